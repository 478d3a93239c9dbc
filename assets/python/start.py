DATA = np.load(Path(__file__).with_suffix(".npz"))
RECORDED = {name[4:]: torch.from_numpy(DATA[name]) for name in DATA.files if name.startswith("act/")}
LOGITS = "(logits)"  # as no module is called
RECORDED[LOGITS] = torch.from_numpy(DATA["logits"])
# How far numbers may be apart, as a share of an array's largest: a neuron that rounding puts on the other side of a kink of
# its ReLU has another gradient, and with it the contributions of what it sees …
ACTIVATION, CONTRIBUTION = 1e-3, 2e-2
LEAST = 1e-3 * float(np.abs(DATA["logits"]).max())  # … or of this, where all of them are small
FAR = []


def compare(name, value, within):
    """Prints how far PyTorch's numbers are from an array of DATA."""
    recorded = torch.from_numpy(DATA[name])
    value = value.detach().reshape(recorded.shape)
    difference, largest = float((value - recorded).abs().max()), float(recorded.abs().max())
    judged = within is not None
    is_far = judged and not difference <= within * max(largest, LEAST)
    shape = " x ".join(str(size) for size in recorded.shape)
    end = "  TOO FAR" if is_far else "" if judged else "  (not judged)"
    print(f"{name:44} {shape:>16}   largest {largest:10.4g}   difference {difference:8.2g}{end}")
    if is_far:
        FAR.append(name)


def look_at_picture():
    """How far Pillow's resampling is from Tessera's, whose input all that follows takes."""
    height, width, channels = DATA["input"].shape
    try:
        picture = ImageOps.exif_transpose(Image.open(IMAGE)).convert("L" if channels == 1 else "RGB")
    except OSError as error:
        print(f"The picture was not looked at: {error}")
        return
    left, top, right, bottom = REGION  # what of it the network sees
    if left < 0 or top < 0 or right > picture.width or bottom > picture.height:
        print("The picture has a frame in Tessera, so Pillow was not asked for it")
        return
    pixels = np.asarray(picture.resize((width, height), Image.BICUBIC, REGION), np.float32)
    pixels = pixels.reshape(height, width, channels)[:, :, ::-1 if ORDER == "bgr" else 1]
    shown = (DATA["input"] * np.array(STD[:channels]) + MEAN[:channels]) * 255 / RANGE
    print(f"Pillow fits the picture up to {np.abs(pixels - shown).max():.1f} of 255 differently from Tessera")


look_at_picture()
