#!/usr/bin/env python3
"""Writes tests/data/image: small pictures of every kind that is read or refused, Pillow's resamplings of one, and
what Pillow makes of those kinds that programs read differently.

    python3 tools/make_image_fixtures.py [FOLDER]

Needs numpy and pillow. The same versions give the same files.
"""

import io
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from image_fixtures.bmps import bmps
from image_fixtures.jpegs import jpegs
from image_fixtures.orientations import orientations
from image_fixtures.pictures import encoded, quadrants, scene, stored_for


def png(width, height, depth, color, rows, extra=b""):
    """A PNG of raw rows, for the kinds that Pillow does not write, and for headers that lie."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def as_pillow_reads(content):
    """What Pillow reads: upright, opacity on white."""
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    if picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(white, picture)
    return picture.convert("RGB")


def judged_by_pillow():
    for name, content in jpegs():
        yield f"jpeg/{name}.jpg", content
        yield f"jpeg/{name}.png", encoded(as_pillow_reads(content), "PNG")
    for name, content in bmps():
        yield f"bmp/{name}.bmp", content
        yield f"bmp/{name}.png", encoded(as_pillow_reads(content), "PNG")
    # Two folders rather than two pictures each: which it is in is what Pillow says.
    for name, content in orientations():
        is_turned = as_pillow_reads(content).size == quadrants().size
        yield f"{'turned' if is_turned else 'not_turned'}/{name}", content


def fixtures():
    big = scene(90, 61)
    yield "scene.png", encoded(big, "PNG")
    yield "scene_crop_24x24.png", encoded(big.crop((14, 0, 75, 61)).resize((24, 24), Image.BICUBIC), "PNG")
    yield "scene_stretch_33x50.png", encoded(big.resize((33, 50), Image.BICUBIC), "PNG")
    yield "scene_stretch_140x100.png", encoded(big.resize((140, 100), Image.BICUBIC), "PNG")
    framed = Image.new("RGB", (40, 40), (128, 128, 128))
    framed.paste(big.resize((40, 27), Image.BICUBIC), (0, 6))
    yield "scene_letterbox_40x40.png", encoded(framed, "PNG")
    square = big.crop((14, 0, 75, 61)).resize((32, 32), Image.BICUBIC)
    yield "scene_crop_28of32.png", encoded(square.crop((2, 2, 30, 30)), "PNG")

    upright = quadrants()
    yield "quadrants.png", encoded(upright, "PNG")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = stored_for(upright, orientation)
        yield f"orientation_{orientation}.jpg", encoded(stored, "JPEG", quality=95, subsampling=0, exif=exif)
    yield "orientation_stored_6.png", encoded(stored_for(upright, 6), "PNG")
    exif = Image.Exif()
    exif[0x0112] = 6
    yield "orientation_6.png", encoded(stored_for(upright, 6), "PNG", exif=exif)

    # Every kind that is read. The grey and alpha values are repeated in tests/image/load_test.cpp.
    yield "quadrants.bmp", encoded(upright, "BMP")
    yield "quadrants.gif", encoded(upright, "GIF")
    yield "quadrants.ppm", encoded(upright, "PPM")
    yield "quadrants_palette.png", encoded(upright.quantize(4), "PNG")
    yield "quadrants_progressive.jpg", encoded(upright, "JPEG", quality=95, progressive=True)
    yield "quadrants_subsampled.jpg", encoded(upright, "JPEG", quality=95, subsampling=2)
    yield "grey.pgm", encoded(Image.fromarray(np.array([[0, 100, 255]], np.uint8)), "PPM")
    yield "grey.jpg", encoded(Image.new("L", (9, 7), 100), "JPEG", quality=95)
    yield "grey.png", png(3, 1, 8, 0, [bytes([0, 100, 255])])
    yield "grey_1_bit.png", png(3, 1, 1, 0, [bytes([0b01000000])])
    yield "grey_16_bit.png", png(4, 1, 16, 0, [struct.pack(">4H", 0, 0x0080, 0x0081, 0xFFFF)])
    yield "grey_alpha.png", png(3, 1, 8, 4, [bytes([100, 255, 100, 0, 100, 128])])
    yield "grey_alpha_16_bit.png", png(2, 1, 16, 4, [struct.pack(">4H", 0x6464, 0x8080, 0x6464, 0)])
    yield "rgba.png", png(2, 1, 8, 6, [bytes([10, 20, 30, 255, 10, 20, 30, 51])])
    yield "rgba_16_bit.png", png(1, 1, 16, 6, [struct.pack(">4H", 0x0A0A, 0x1414, 0x1E1E, 0x3333)])
    yield "rgb_16_bit.png", png(1, 1, 16, 2, [struct.pack(">3H", 0x1234, 0xABCD, 0xFFFF)])
    yield "hundred_megapixels.png", png(12500, 8000, 1, 0, [bytes(1563)] * 8000)

    # What is refused.
    yield "cmyk.jpg", encoded(upright.convert("CMYK"), "JPEG", quality=95)
    yield "webp.webp", encoded(upright, "WEBP")
    yield "tiff.tif", encoded(upright, "TIFF")
    yield "over_hundred_megapixels.png", png(12500, 8001, 1, 0, [b""])
    yield "hollow.png", png(9000, 9000, 8, 6, [b""])
    yield "sixteen_bit.pgm", b"P5 1 1 65535\n\x12\x34"


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "tests" / "data" / "image"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (*fixtures(), *judged_by_pillow()):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
