"""Small models for tests/data/models: see ../make_model_fixtures.py."""
