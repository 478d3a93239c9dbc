# What feeds the channel: activations times the gradient of the channel's sum over positions.
for layer in EARLIER:
    gradient = mean_gradients(layer, CHANNEL_LAYER, lambda cube: [cube[:, :, CHANNEL].sum()])[0]
    contribution = network.cube(layer) * gradient
    if f"counts/{layer}" in DATA.files:
        contribution = contribution * torch.from_numpy(DATA[f"counts/{layer}"])[:, :, None]
    compare(f"contribution/{layer}", contribution.sum((0, 1)), WITHIN)
    compare(f"bias/{layer}", without(layer, CHANNEL_LAYER)[:, :, CHANNEL].sum(), WITHIN)
