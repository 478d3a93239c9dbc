def objective(logits):
    """What is explained: a class, or one class rather than another."""
    return logits[PLUS] - logits[MINUS] if MINUS is not None else logits[PLUS]
