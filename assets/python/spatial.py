# Of each position to each of the classes that the legend names.
classes = DATA["classes"].astype(int)
for layer in LAYERS:
    gradients = mean_gradients(layer, LOGITS, lambda logits: [logits[index] for index in classes])
    compare(f"positions/{layer}", (network.cube(layer) * gradients).sum(3), WITHIN)
