#!/usr/bin/env python3
"""Writes tests/data/attribution: the part of the recorded attributions that the tests carry with them.

The whole recordings are read where a machine has them; these excerpts stand in where it has not. Values are copied,
never computed. Needs numpy.
"""

import argparse
import fnmatch
import pathlib
import shutil
import sys

import numpy as np

DEFAULT_OUTPUT = pathlib.Path(__file__).resolve().parent.parent / "tests" / "data" / "attribution"

# Arrays that are carried whole, by picture. The other two pictures have what a wrong class or layer would show in.
ELSEWHERE = ["logits", "top10", "attr_spatial/*.expand", "attr_channel_0minus1/*", "ig/*", "ig_delta/*", "ablate_*"]
WHOLE = {
    "chelsea": [
        "logits", "top10", "attr_spatial/*", "attr_channel/*", "attr_channel_0minus1/*", "ig/*", "ig_channel/*",
        "ig_delta/*", "ss/_blocks.10/_blocks.15", "cc_sel/*", "cc_*/_blocks.10/_blocks.15", "nmf_[WH]/*.expand/*",
        "group_class/*.expand/*", "group_group/*.expand/*.expand", "group_val/*.expand", "ablate_*",
    ],
    "coffee": ELSEWHERE,
    "astronaut": ELSEWHERE,
}  # fmt: skip

# Matrices too large to carry: every STEP-th row, flattened over the later layer's positions, channels or classes. The
# rows taken are in rows/KEY.
ROWS = {
    "chelsea": {
        "ss/_blocks.7/_blocks.10": 13,
        "ss/blocks.8.expand/blocks.11.expand": 13,
        "ss/blocks.11.expand/blocks.15.expand": 4,
        "cc_sum/_blocks.7/_blocks.10": 4,
        "class_spatial/_blocks.15": 25,
    },
    "coffee": {"class_spatial/_blocks.15": 25, "ss/blocks.11.expand/blocks.15.expand": 4},
    "astronaut": {"class_spatial/_blocks.15": 25, "ss/blocks.11.expand/blocks.15.expand": 4},
}

# Of the small networks everything but the activations, which tests/data/tiny has, and what says nothing new.
LEFT_OUT = {
    "tiny_inception": ["input", "act/*", "ig_left/*", "ig_right/*", "attr_*/conv2/*", "ss_*/mixed3a/mixed4b"],
    "tiny_resnet": ["input", "act/*", "ig_right/*", "attr_*/relu/*", "attr_lucid/layer1/*", "attr_*/layer1/7",
                    "ss_lucid/*", "ig_mid/layer1/*", "ig_delta/layer1/*"],
    "tiny_vit": ["input", "act/*"],
}  # fmt: skip
# …and back in.
KEPT = {"tiny_inception": ["attr_plain/conv2/7", "attr_lucid_blur/conv2/7"], "tiny_resnet": ["attr_prop/relu/*"]}


def matches(key, patterns):
    return any(fnmatch.fnmatchcase(key, pattern) for pattern in patterns)


def read(*files):
    arrays = {}
    for file in files:
        with np.load(file) as recorded:
            arrays.update({key: recorded[key] for key in recorded.files})
    return arrays


def rows_of(array, later_axes, step):
    rows = array.reshape(-1, *array.shape[later_axes:])
    taken = np.arange(0, len(rows), step)
    return taken, rows[taken]


def excerpt(recorded, whole, rows):
    kept = {key: value for key, value in recorded.items() if matches(key, whole)}
    for key, step in rows.items():
        taken, kept[key] = rows_of(recorded[key], 2 if key.startswith("ss/") else 1, step)
        kept[f"rows/{key}"] = taken
    return kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference", type=pathlib.Path, help="folder of the recordings")
    parser.add_argument("-o", "--output", type=pathlib.Path, default=DEFAULT_OUTPUT)
    arguments = parser.parse_args()
    if not (arguments.reference / "efficientnet_lite0").is_dir() or not (arguments.reference / "tiny").is_dir():
        sys.exit(f"No recordings in {arguments.reference}: it should hold efficientnet_lite0 and tiny.")
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name in WHOLE:
        folder = arguments.reference / "efficientnet_lite0"
        recorded = read(folder / f"{name}.npz", folder / f"{name}_expand.npz")
        np.savez_compressed(arguments.output / f"{name}.npz", **excerpt(recorded, WHOLE[name], ROWS[name]))
        shutil.copyfile(folder / f"{name}.png", arguments.output / f"{name}.png")
    for name, left_out in LEFT_OUT.items():
        recorded = read(arguments.reference / "tiny" / f"{name}_dev_chelsea.npz")
        kept = {
            key: value
            for key, value in recorded.items()
            if not matches(key, left_out) or matches(key, KEPT.get(name, ()))
        }
        np.savez_compressed(arguments.output / f"{name}.npz", **kept)
    total = 0
    for file in sorted(arguments.output.glob("*.*")):
        total += file.stat().st_size
        print(f"{file.name:24s} {file.stat().st_size / 1e3:8.0f} kB")
    print(f"{'':24s} {total / 1e3:8.0f} kB")


if __name__ == "__main__":
    main()
