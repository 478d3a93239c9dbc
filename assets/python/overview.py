compare("probabilities", torch.softmax(network.logits(), 0), ACTIVATION)
for layer in LAYERS:
    compare(f"mean/{layer}", network.cube(layer).mean((0, 1)), ACTIVATION)
