# Of each group, and last of what is in none, to each class.
classes = DATA["classes"].astype(int)
layer = GROUPED[-1]
gradients = mean_gradients(layer, LOGITS, lambda logits: [logits[index] for index in classes])
compare("contribution", torch.einsum("ahwc,nhwc->na", with_rest(layer), gradients), WITHIN)
compare("bias", without(layer, LOGITS)[classes], ACTIVATION)
