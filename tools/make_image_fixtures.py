#!/usr/bin/env python3
"""Writes tests/data/image: small pictures of every kind that is read or refused, and Pillow's resamplings of one.

    python3 tools/make_image_fixtures.py [FOLDER]

Needs numpy and pillow. The same versions give the same files.
"""

import io
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image


def scene(width, height):
    """Smooth shades, hard edges and noise: what tells a resampling filter from its neighbours."""
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack([255 * x / width, 255 * y / height, 127 + 127 * np.sin(x * y / 40)], axis=-1)
    picture[height // 4 : height // 2, width // 3 : width // 2] = [255, 255, 255]
    picture[height // 2 :: 7, :] = [0, 0, 0]
    noise = np.random.default_rng(1).integers(0, 256, (height, width, 3))
    picture[:, 3 * width // 4 :] = noise[:, 3 * width // 4 :]
    return Image.fromarray(picture.round().astype(np.uint8))


def quadrants():
    """Red, green, blue, white, in 24 x 16: no two orientations of it look the same, even after JPEG."""
    picture = np.zeros((16, 24, 3), np.uint8)
    picture[:8, :16] = [255, 0, 0]
    picture[:8, 16:] = [0, 255, 0]
    picture[8:, :16] = [0, 0, 255]
    picture[8:, 16:] = [255, 255, 255]
    return Image.fromarray(picture)


def png(width, height, depth, color, rows, extra=b""):
    """A PNG of raw rows, for the kinds that Pillow does not write, and for headers that lie."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def encoded(picture, form, **options):
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def stored_for(upright, orientation):
    """The rows as a camera stores them, so that `orientation` makes them upright."""
    undo = {2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
            6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}
    return upright.transpose(undo[orientation]) if orientation in undo else upright


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
    for name, content in fixtures():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
