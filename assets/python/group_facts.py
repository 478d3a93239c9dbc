for layer in GROUPED:
    compare(f"magnitude/{layer}", group_cubes(layer).flatten(1).norm(dim=1), ACTIVATION)
