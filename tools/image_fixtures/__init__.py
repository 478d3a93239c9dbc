"""Pictures for tests/data/image: see ../make_image_fixtures.py."""
