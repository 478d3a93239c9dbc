# Of each channel: its activations times the gradient of the objective, over the positions that count.
for layer in LAYERS:
    contribution = network.cube(layer) * mean_gradients(layer, LOGITS, lambda logits: [objective(logits)])[0]
    if f"counts/{layer}" in DATA.files:
        contribution = contribution * torch.from_numpy(DATA[f"counts/{layer}"])[:, :, None]
    compare(f"contribution/{layer}", contribution.sum((0, 1)), WITHIN)
    compare(f"bias/{layer}", objective(without(layer, LOGITS)), ACTIVATION)
