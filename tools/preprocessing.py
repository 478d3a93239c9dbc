"""The one-line form of a preprocessing, as Tessera's --preprocess reads it: see docs/model_metadata.md."""

import math
import re

LARGEST_SIDE = 4096
FITS = ("center_crop", "letterbox", "stretch")
ORDERS = ("rgb", "bgr", "grey")

IMAGENET = {
    "width": 224,
    "height": 224,
    "fit": "center_crop",
    "crop_fraction": 1.0,
    "range": 1.0,
    "mean": [0.485, 0.456, 0.406],
    "std": [0.229, 0.224, 0.225],
    "order": "rgb",
}
PRESETS = {
    "imagenet": {},
    "inception": {"mean": [0.5] * 3, "std": [0.5] * 3},
    "minus_one_one": {"mean": [0.5] * 3, "std": [0.5] * 3},
    "unit": {"mean": [0.0] * 3, "std": [1.0] * 3},
    "raw": {"range": 255.0, "mean": [0.0] * 3, "std": [1.0] * 3},
}


def _number(text):
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


def _numbers(text):
    return [_number(part) for part in text.split("/")]


def _one_of(*choices):
    def read(text):
        if text not in choices:
            raise ValueError(f"expected one of {', '.join(choices)}")
        return text

    return read


FIELDS = {
    "range": ("range", _number),
    "mean": ("mean", _numbers),
    "std": ("std", _numbers),
    "order": ("order", _one_of(*ORDERS)),
    "fit": ("fit", _one_of(*FITS)),
    "crop": ("crop_fraction", _number),
}


def size(text):
    """Width and height of "224x224" or "224"."""
    match = re.fullmatch(r"(\d+)(?:x(\d+))?", text)
    if not match:
        raise ValueError(f'"{text}" is no size: expected WIDTHxHEIGHT')
    return int(match[1]), int(match[2] or match[1])


def parse(text, defaults=IMAGENET):
    """The `preprocessing` object of the metadata. Raises ValueError with a sentence."""
    result = dict(defaults)
    for position, part in enumerate(filter(None, text.split(","))):
        key, _, value = part.strip().partition("=")
        try:
            if not value and key in PRESETS:
                if position:
                    raise ValueError("a preset comes first")
                result = IMAGENET | PRESETS[key]
            elif key == "size" or not value:
                result["width"], result["height"] = size(value or key)
            else:
                name, read = FIELDS[key]
                result[name] = read(value)
        except KeyError:
            raise ValueError(f'"{part}": there is no field "{key}"') from None
        except ValueError as error:
            raise ValueError(f'"{part}": {error}') from None
    return checked(result)


def checked(result):
    """The same with one mean and std for each channel. Raises ValueError with a sentence."""
    channels = 1 if result["order"] == "grey" else 3
    for name in ("mean", "std"):
        values = result[name]
        if len(values) not in (1, 3):
            raise ValueError(f"{name} wants one number, or three")
        result[name] = (values * 3)[:channels] if len(values) == 1 else values[:channels]
    if 0 in result["std"]:
        raise ValueError("std may not be 0")
    if not 0 < result["crop_fraction"] <= 1:
        raise ValueError("crop is a fraction above 0, at most 1")
    if not result["range"] > 0:
        raise ValueError("range must be above 0")
    if not all(1 <= result[side] <= LARGEST_SIDE for side in ("width", "height")):
        raise ValueError(f"width and height are 1 to {LARGEST_SIDE}")
    return result


def black_and_white(result):
    """What a channel's 0 and 255 become: the range of the network's input."""
    lowest = min(-mean / std for mean, std in zip(result["mean"], result["std"]))
    highest = max((result["range"] - mean) / std for mean, std in zip(result["mean"], result["std"]))
    return lowest, highest
