if FAR:
    sys.exit("Too far from what Tessera showed: " + ", ".join(FAR))
print("PyTorch computes what Tessera showed.")
