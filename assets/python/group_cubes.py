def group_cubes(layer):
    """Groups as they were found: the map of each times its direction, groups x height x width x channels."""
    maps, directions = (torch.from_numpy(DATA[f"{kind}/{layer}"]) for kind in ("maps", "directions"))
    return torch.einsum("hwk,kc->khwc", maps, directions)


def with_rest(layer):
    """The groups, and last what they leave of the layer."""
    groups = group_cubes(layer)
    return torch.cat([groups, (network.cube(layer) - groups.sum(0))[None]])
