picture = torch.from_numpy(DATA["input"]).permute(2, 0, 1)[None].contiguous()
network = Network(MODEL, picture)
compare("logits", network.logits(), ACTIVATION)
for layer in RECORDED:
    if layer != LOGITS:
        compare(f"act/{layer}", network.cube(layer), ACTIVATION)
