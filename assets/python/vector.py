compare("vector", network.cube(LAYER)[ROW, COLUMN], ACTIVATION)
