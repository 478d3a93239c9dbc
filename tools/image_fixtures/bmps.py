"""BMPs of every header, depth and packing."""

import struct

import numpy as np

from image_fixtures.pictures import scene

STANDARD = (0xFF0000, 0xFF00, 0xFF)


def bmp(width, height, bits, rows, *, header=40, compression=0, masks=(), palette=b"", colors=0, offset=None):
    """A BMP of these rows; a negative height has them from the top. A header of 40 bytes has its `masks` behind it."""
    if header == 12:
        head = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        head = struct.pack("<IiiHHII", header, width, height, 1, bits, compression, len(rows))
        head += struct.pack("<iiII", 2835, 2835, colors, 0)
        head += struct.pack(f"<{len(masks)}I", *masks)
        head = head.ljust(header, b"\0")
    at = 14 + len(head) + len(palette)
    at = at if offset is None else offset
    return b"BM" + struct.pack("<IHHI", 14 + len(head) + len(palette) + len(rows), 0, 0, at) + head + palette + rows


def bmp_rows(rows):
    """The rows from below, each filled up to a multiple of four bytes."""
    return b"".join(row + bytes(-len(row) % 4) for row in rows[::-1])


def bmps():
    picture = np.asarray(scene(13, 9))
    height, width = picture.shape[:2]
    noise = np.random.default_rng(2).integers(0, 256, (height, width), np.uint8)

    def rows32(fourth, order=(2, 1, 0, 3)):
        pixels = np.dstack([picture, np.broadcast_to(np.asarray(fourth, np.uint8), (height, width))])
        return bmp_rows([row.tobytes() for row in pixels[..., list(order)]])

    # A fourth byte that is nothing: zeros, anything, a single one; with the headers that could say otherwise.
    one = np.zeros((height, width))
    one[3, 4] = 1
    for name, fourth in ("zero", 0), ("noise", noise), ("one", one), ("full", 255):
        yield f"unused_{name}", bmp(width, height, 32, rows32(fourth))
    top_down = np.dstack([picture[..., ::-1], noise]).tobytes()
    yield "unused_top_down", bmp(width, -height, 32, top_down)
    yield "unused_masks", bmp(width, height, 32, rows32(noise), compression=3, masks=STANDARD)
    yield "unused_v2", bmp(width, height, 32, rows32(noise), header=52, compression=3, masks=STANDARD)
    yield "unused_v3", bmp(width, height, 32, rows32(noise), header=56, compression=3, masks=STANDARD)
    yield "unused_os2", bmp(width, height, 32, rows32(noise), header=64)
    for version, header in ("v4", 108), ("v5", 124):
        yield f"unused_{version}", bmp(width, height, 32, rows32(noise), header=header, compression=3, masks=STANDARD)
        # Only a header whose masks count can have one for opacity.
        masks = (*STANDARD, 0xFF000000)
        yield f"unused_{version}_plain", bmp(width, height, 32, rows32(noise), header=header, masks=masks)
    yield "unused_first", bmp(width, height, 32, rows32(noise, (3, 2, 1, 0)), compression=3,
                              masks=(0xFF000000, 0xFF0000, 0xFF00))

    # Opacity.
    opaque = (*STANDARD, 0xFF000000)
    yield "alpha_v3", bmp(width, height, 32, rows32(noise), header=56, compression=3, masks=opaque)
    yield "alpha_v4", bmp(width, height, 32, rows32(noise), header=108, compression=3, masks=opaque)
    yield "alpha_v5", bmp(width, height, 32, rows32(noise), header=124, compression=3, masks=opaque)
    yield "alpha_full", bmp(width, height, 32, rows32(255), header=124, compression=3, masks=opaque)
    yield "alpha_none", bmp(width, height, 32, rows32(0), header=124, compression=3, masks=opaque)
    yield "alpha_rgba", bmp(width, height, 32, rows32(noise, (0, 1, 2, 3)), header=108, compression=3,
                            masks=(0xFF, 0xFF00, 0xFF0000, 0xFF000000))
    yield "alpha_no_masks", bmp(width, height, 32, rows32(noise), header=108, compression=3, masks=(0, 0, 0, 0))

    # 16 bits; the one that is left over counts for nothing.
    q = picture.astype(np.uint16)
    left_over = noise.astype(np.uint16) >> 7 << 15
    five = (left_over | q[..., 0] >> 3 << 10 | q[..., 1] >> 3 << 5 | q[..., 2] >> 3).astype("<u2")
    six = (q[..., 0] >> 3 << 11 | q[..., 1] >> 2 << 5 | q[..., 2] >> 3).astype("<u2")
    rows5, rows6 = (bmp_rows([row.tobytes() for row in pixels]) for pixels in (five, six))
    yield "bits16", bmp(width, height, 16, rows5)
    yield "bits16_555", bmp(width, height, 16, rows5, compression=3, masks=(0x7C00, 0x3E0, 0x1F))
    yield "bits16_1555", bmp(width, height, 16, rows5, header=108, compression=3, masks=(0x7C00, 0x3E0, 0x1F, 0x8000))
    yield "bits16_565", bmp(width, height, 16, rows6, compression=3, masks=(0xF800, 0x7E0, 0x1F))
    yield "bits16_565_v5", bmp(width, height, 16, rows6, header=124, compression=3, masks=(0xF800, 0x7E0, 0x1F))

    # 24 bits.
    rows24 = bmp_rows([row.tobytes() for row in picture[..., ::-1]])
    yield "bits24", bmp(width, height, 24, rows24)
    yield "bits24_os2_old", bmp(width, height, 24, rows24, header=12)
    yield "bits24_os2", bmp(width, height, 24, rows24, header=64)
    yield "bits24_v5", bmp(width, height, 24, rows24, header=124)
    yield "bits24_masks", bmp(width, height, 24, rows24, compression=3, masks=STANDARD)
    yield "bits24_masks_v4", bmp(width, height, 24, rows24, header=108, compression=3, masks=opaque)
    yield "bits24_gap", bmp(width, height, 24, bytes(10) + rows24, offset=64)

    # Palettes: numbers of colours that differ from their neighbours'.
    numbers = (picture[..., 1].astype(int) + np.arange(width)) % 256
    colors = np.random.default_rng(3).integers(0, 256, (256, 3), np.uint8)

    def palette(count, size=4):
        return b"".join(color.tobytes() + bytes(size - 3) for color in colors[:count])

    def packed(bits):
        kept = numbers % (1 << bits)
        places = 8 // bits
        padded = np.pad(kept, ((0, 0), (0, -width % places))).reshape(height, -1, places)
        shifts = np.arange(places)[::-1] * bits
        return bmp_rows([row.astype(np.uint8).tobytes() for row in (padded << shifts).sum(-1)])

    for bits in 1, 4, 8:
        yield f"bits{bits}", bmp(width, height, bits, packed(bits), palette=palette(1 << bits))
        yield f"bits{bits}_os2_old", bmp(width, height, bits, packed(bits), palette=palette(1 << bits, 3), header=12)
        yield f"bits{bits}_os2", bmp(width, height, bits, packed(bits), palette=palette(1 << bits), header=64)
        yield f"bits{bits}_v5", bmp(width, height, bits, packed(bits), palette=palette(1 << bits), header=124)
    yield "bits8_few", bmp(width, height, 8, bmp_rows([(row % 20).astype(np.uint8).tobytes() for row in numbers]),
                           palette=palette(20), colors=20)
    yield "bits8_too_few", bmp(width, height, 8, packed(8), palette=palette(100), colors=100)
    yield "bits8_forgotten_palette", bmp(width, height, 8, packed(8), palette=palette(256), offset=54)

    # Runs: repeated pixels, single ones, an empty place, too long a run.
    def runs(bits, width, rows):
        def row_of(row):
            text = bytes([3, 0x12, 0, 5]) + (bytes([1, 2, 3, 4, 5, 0]) if bits == 8 else bytes([0x12, 0x34, 0x50, 0]))
            text += bytes([4, row * 16 + 7])
            return text + bytes([0, 2, 1, 0]) + bytes([width, 0x35])

        return b"".join(row_of(row) + b"\0\0" for row in range(rows))

    for bits, compression in (8, 1), (4, 2):
        table = palette(1 << bits)
        text = runs(bits, 20, 6)
        yield f"rle{bits}", bmp(20, 6, bits, text + b"\0\1", compression=compression, palette=table)
        yield f"rle{bits}_no_end", bmp(20, 6, bits, text[:-2], compression=compression, palette=table)
        yield f"rle{bits}_top_down", bmp(20, -6, bits, text + b"\0\1", compression=compression, palette=table)
        # Much larger than its file.
        yield f"rle{bits}_long", bmp(250, 8, bits, b"\xfa\x21\0\0" * 8, compression=compression, palette=table)
        skipped = runs(bits, 20, 2) + b"\x05\x11\0\x02\x03\x02\x05\x22" + b"\0\0" + runs(bits, 20, 1) + b"\0\1"
        yield f"rle{bits}_skips", bmp(20, 6, bits, skipped, compression=compression, palette=table)
