# Each neuron is shared out among the groups of its layer and the rest, in proportion to their magnitudes there.
def shares(layer):
    sizes = with_rest(layer).abs()
    total = sizes.sum(0)
    return torch.where(total > 0, sizes / total, torch.tensor(1 / len(sizes)))


for earlier, later in zip(GROUPED, GROUPED[1:]):
    worth = shares(later) * mean_gradients(later, LOGITS, lambda logits: [objective(logits)])[0]
    back = mean_gradients(earlier, later, lambda cube: [(part * cube).sum() for part in worth])
    flow = torch.einsum("ihwc,jhwc->ij", back, shares(earlier) * network.cube(earlier))
    of_later = (worth * network.cube(later)).sum((1, 2, 3))
    bias = (worth * without(earlier, later)).sum((1, 2, 3)) if STEPS else of_later - flow.sum(1)
    compare(f"flow/{earlier}/{later}", flow, WITHIN)
    compare(f"later/{later}", of_later, WITHIN)
    compare(f"bias/{later}", bias, WITHIN)
