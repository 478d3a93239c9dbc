"""JPEGs of every kind of sampling and colour."""

import struct

from PIL import Image

from image_fixtures.pictures import encoded, scene


def patched(jpeg, marker, offset, data):
    """With bytes changed in a segment; `offset` counts from the marker."""
    at = jpeg.index(b"\xff" + bytes([marker])) + offset
    return jpeg[:at] + data + jpeg[at + len(data):]


def jpegs():
    picture = scene(45, 29)
    for name, subsampling in ("444", 0), ("422", 1), ("420", 2):
        yield name, encoded(picture, "JPEG", quality=90, subsampling=subsampling)
    yield "422_progressive", encoded(picture, "JPEG", quality=90, subsampling=1, progressive=True)
    yield "420_progressive", encoded(picture, "JPEG", quality=90, subsampling=2, progressive=True)
    # Small as a file, and large in memory.
    tall = Image.new("RGB", (16, 1600), (40, 160, 90))
    yield "tall", encoded(tall, "JPEG", quality=90, subsampling=2)
    yield "tall_progressive", encoded(tall, "JPEG", quality=90, subsampling=2, progressive=True)
    yield "restarts", encoded(picture, "JPEG", quality=90, subsampling=2, restart_marker_blocks=2)
    # The same blocks put together otherwise: a scrambled picture whose colours are halved the other way, which Pillow
    # does not write.
    wide = encoded(scene(64, 16), "JPEG", quality=90, subsampling=1)
    yield "440", patched(patched(wide, 0xC0, 5, struct.pack(">HH", 64, 16)), 0xC0, 11, b"\x12")
    yield "rgb", encoded(picture, "JPEG", quality=90, keep_rgb=True)
    yield "grey", encoded(picture.convert("L"), "JPEG", quality=90)
    ink = encoded(picture.convert("CMYK"), "JPEG", quality=90)
    yield "cmyk", ink
    # The last byte of the segment by Adobe says that the four colours were turned into YCCK.
    yield "ycck", patched(ink, 0xEE, 15, b"\x02")
