# What the channel feeds, at the picture: the change of each later channel's sum along the channel's activations.
# A derivative forwards is the derivative of one backwards, by what that starts from.
for layer in LATER:
    entry = network.cube(CHANNEL_LAYER).clone().requires_grad_()
    later = network.above(CHANNEL_LAYER, entry, [layer])[0]
    start = torch.zeros_like(later).requires_grad_()
    backwards = torch.autograd.grad(later, entry, start, create_graph=True)[0]
    along = torch.zeros_like(entry)
    along[:, :, CHANNEL] = entry.detach()[:, :, CHANNEL]
    change = torch.autograd.grad(backwards, start, along)[0]
    compare(f"contribution/{layer}", change.sum((0, 1)), WITHIN)
