WITHIN = CONTRIBUTION if JUDGED else None


def points(cube):
    """Where gradients are taken: midpoints of the way from a zero cube, or at the cube itself (linear)."""
    return [cube * ((i + 0.5) / STEPS) for i in range(STEPS)] if STEPS else [cube]


def mean_gradients(layer, output, scalars):
    """The gradient at a layer of each of `scalars` of a later layer or the logits, as a mean over the points."""
    total = 0
    for point in points(network.cube(layer)):
        entry = point.clone().requires_grad_()
        values = scalars(network.above(layer, entry, [output])[0])
        total = total + torch.stack([torch.autograd.grad(v, entry, retain_graph=True)[0] for v in values])
    return total / max(STEPS, 1)


def without(layer, output):
    """A later layer or the logits with a zero cube in a layer's place."""
    with torch.no_grad():
        return network.above(layer, torch.zeros_like(network.cube(layer)), [output])[0]
