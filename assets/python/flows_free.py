# What each group does to the activation of each later one: the later layer along that group's own cube.
for earlier, later in zip(GROUPED, GROUPED[1:]):
    along = group_cubes(later)
    along = along / along.flatten(1).norm(dim=1).clamp_min(1e-30)[:, None, None, None]
    back = mean_gradients(earlier, later, lambda cube: [(part * cube).sum() for part in along])
    compare(f"flow/{earlier}/{later}", torch.einsum("ihwc,jhwc->ij", back, with_rest(earlier)), WITHIN)
