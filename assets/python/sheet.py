compare("mean", network.cube(LAYER).mean((0, 1)), ACTIVATION)
compare("deviation", network.cube(LAYER).std((0, 1), correction=0), ACTIVATION)
