"""Draws assets/icon.png: a mosaic of four by four tesserae, coloured like a heat map that has found something.

    python3 tools/make_icon.py assets/icon.png

Needs Pillow.
"""

import argparse

from PIL import Image, ImageDraw

SIDE = 256  # of the icon, in pixels
FINER = 8  # drawn larger by this and reduced, for smooth corners
CELLS = 4
MARGIN, GAP, ROUNDING = 12, 8, 9  # in pixels of the icon

# The steps of the sequential map of src/render/color_map.cpp on a light ground, and the accent of the light theme for
# the one tessera where the detector fires.
STEPS = ["#e9dbe6", "#d3aecb", "#b27bb4", "#8a4f9c", "#5d2f7c", "#3b1c5a"]
ACCENT = "#e0661a"
STRENGTHS = [
    [0, 1, 2, 1],
    [1, 3, 4, 2],
    [2, 5, None, 4],
    [0, 3, 4, 1],
]


def draw() -> Image.Image:
    """The icon with its opacity."""
    icon = Image.new("RGBA", (SIDE * FINER, SIDE * FINER), (0, 0, 0, 0))
    pen = ImageDraw.Draw(icon)
    step = (SIDE - 2 * MARGIN + GAP) / CELLS
    for row, strengths in enumerate(STRENGTHS):
        for column, strength in enumerate(strengths):
            left, top = MARGIN + column * step, MARGIN + row * step
            box = [round(edge * FINER) for edge in (left, top, left + step - GAP, top + step - GAP)]
            colour = ACCENT if strength is None else STEPS[strength]
            pen.rounded_rectangle([box[0], box[1], box[2] - 1, box[3] - 1], ROUNDING * FINER, fill=colour)
    return icon.resize((SIDE, SIDE), Image.Resampling.BOX)


def main() -> None:
    """Writes the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", help="where to write the PNG")
    draw().save(parser.parse_args().file, optimize=True)


if __name__ == "__main__":
    main()
