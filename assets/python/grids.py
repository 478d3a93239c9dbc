for layer in LAYERS:
    compare(f"magnitude/{layer}", network.cube(layer).norm(dim=2), ACTIVATION)
