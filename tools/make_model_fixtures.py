#!/usr/bin/env python3
"""Writes the small models of tests/data/models, what is expected of them, and the table in its README.md.

Needs torch, numpy and pillow. The same versions give the same bytes.
"""

import pathlib
import sys

import numpy
import torch

from model_fixtures import broken, modes, refusals, structures, traps

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "data" / "models"
FAMILIES = {
    "Structures": structures,
    "Modes, inputs, outputs, numbers, origins, metadata": modes,
    "Networks that other tools get wrong": traps,
    "Networks that are refused": refusals,
    "Files that are refused": broken,
}
INTRODUCTION = """# Small models for tests

Written by `tools/make_model_fixtures.py`, this table included. Unless the table says otherwise, a model has metadata in
its archive: input 16×16 RGB, `(value / 255 - 0.5) / 0.25`, 5 classes.

`NAME.npz` holds what PyTorch computed for `NAME.pt`: `picture` (uint8, H,W,3, of the size the network wants), `logits`,
and `act/LAYER` (H,W,C) as the module returned it, before any later in-place operation. Logits agree within 1e-4,
activations within 1e-4 of the largest.

*Refused* means one clear sentence, no crash, no output, no file written, and no more memory than the file's size
warrants.
"""


def write(folder, fixture):
    (folder / fixture.file).write_bytes(fixture.content)
    for name, content in fixture.beside.items():
        (folder / name).write_bytes(content)
    if fixture.arrays:
        numpy.savez_compressed(folder / pathlib.Path(fixture.file).with_suffix(".npz"), **fixture.arrays)


def main():
    torch.manual_seed(0)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    readme = INTRODUCTION
    for title, family in FAMILIES.items():
        readme += f"\n## {title}\n\n| file | exercises | expected |\n| --- | --- | --- |\n"
        for fixture in family.fixtures():
            write(FOLDER, fixture)
            readme += f"| `{fixture.file}` | {fixture.exercises} | {fixture.expected} |\n"
    (FOLDER / "README.md").write_text(readme)
    files = list(FOLDER.iterdir())
    print(f"{len(files)} files, {sum(file.stat().st_size for file in files) / 1e6:.2f} MB in {FOLDER}")


if __name__ == "__main__":
    sys.exit(main())
