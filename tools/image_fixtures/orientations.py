"""Pictures stored for orientation 6, which is written in every place where programs write it, and in wrong ones."""

import struct
import zlib

from image_fixtures.pictures import encoded, quadrants, stored_for

XMP = b"http://ns.adobe.com/xap/1.0/\0"
XMP_6 = b'<x:xmpmeta><rdf:RDF><rdf:Description tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
EXIF = b"Exif\0\0"
BYTE, ASCII, SHORT, LONG, SBYTE, UNDEFINED, SSHORT, SLONG = 1, 2, 3, 4, 6, 7, 8, 9


def with_segments(jpeg, *segments):
    """With segments APP1 at the start."""
    app1 = b"".join(b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data for data in segments)
    return jpeg[:2] + app1 + jpeg[2:]


def tiff(kind, value=6, endian="<", tag=0x0112, count=1):
    """EXIF data with one tag."""
    code = {BYTE: "B", ASCII: "B", SHORT: "H", LONG: "I", SBYTE: "b", UNDEFINED: "B", SSHORT: "h", SLONG: "i"}[kind]
    signature = b"II*\0" if endian == "<" else b"MM\0*"
    stored = struct.pack(endian + code, value).ljust(4, b"\0")
    return signature + struct.pack(endian + "IHHHI", 8, 1, tag, kind, count) + stored + bytes(4)


def imagemagick(data, name="exif", width=72):
    """A profile in the text of a PNG."""
    digits = data.hex()
    lines = [digits[at : at + width] for at in range(0, len(digits), width)]
    return "\n".join(["", name, f"{len(data):8d}", *lines, ""]).encode()


def png_with(picture, *chunks, at_end=False):
    """With chunks (kind, data) before or behind the pixels."""
    content = encoded(picture, "PNG")
    more = b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
                    for kind, data in chunks)
    at = len(content) - 12 if at_end else 33
    return content[:at] + more + content[at:]


def orientations():
    stored = stored_for(quadrants(), 6)
    plain = encoded(stored, "JPEG", quality=95, subsampling=0)

    def jpeg(*segments):
        return with_segments(plain, *segments)

    def png(*chunks, **options):
        return png_with(stored, *chunks, **options)

    six, one, other = tiff(SHORT), tiff(SHORT, 1), tiff(SHORT, tag=0x0128)
    for name, kind in (("byte", BYTE), ("ascii", ASCII), ("short", SHORT), ("long", LONG), ("sbyte", SBYTE),
                       ("undefined", UNDEFINED), ("sshort", SSHORT), ("slong", SLONG)):
        yield f"{name}.jpg", jpeg(EXIF + tiff(kind))
        yield f"{name}_big_endian.jpg", jpeg(EXIF + tiff(kind, endian=">"))
    yield "nine.jpg", jpeg(EXIF + tiff(SHORT, 9))
    yield "nine_and_xmp.jpg", jpeg(EXIF + tiff(SHORT, 9), XMP + XMP_6)
    yield "huge_long.jpg", jpeg(EXIF + tiff(LONG, 0xFFFF0006))
    yield "negative.jpg", jpeg(EXIF + tiff(SSHORT, -6))
    yield "exif_twice.jpg", jpeg(EXIF + one, EXIF + six)
    yield "exif_in_parts.jpg", jpeg(EXIF + six[:12], EXIF + six[12:])
    yield "exif_empty_first.jpg", jpeg(EXIF, EXIF + six)
    yield "exif_signed_twice.jpg", jpeg(EXIF + EXIF + six)

    element = b"<rdf:Description><tiff:Orientation>6</tiff:Orientation></rdf:Description>"
    yield "xmp.jpg", jpeg(XMP + XMP_6)
    yield "xmp_element.jpg", jpeg(XMP + element)
    yield "xmp_in_apostrophes.jpg", jpeg(XMP + XMP_6.replace(b'"', b"'"))
    yield "xmp_other_name.jpg", jpeg(XMP + XMP_6.replace(b"tiff:", b"exif:"))
    yield "xmp_nine.jpg", jpeg(XMP + XMP_6.replace(b"6", b"9"))
    yield "xmp_cut.jpg", jpeg(XMP + XMP_6[: XMP_6.index(b"6")])
    yield "xmp_before_exif.jpg", jpeg(XMP + XMP_6, EXIF + six)
    yield "xmp_1_before_exif.jpg", jpeg(XMP + XMP_6.replace(b"6", b"1"), EXIF + six)
    yield "xmp_behind_exif_1.jpg", jpeg(EXIF + one, XMP + XMP_6)
    yield "xmp_behind_other_exif.jpg", jpeg(EXIF + other, XMP + XMP_6)
    yield "xmp_twice.jpg", jpeg(XMP + XMP_6.replace(b"6", b"1"), XMP + XMP_6)
    yield "xmp_withdrawn.jpg", jpeg(XMP + XMP_6, XMP + b"<x/>")

    yield "exif.png", png((b"eXIf", six))
    yield "exif_long.png", png((b"eXIf", tiff(LONG, endian=">")))
    yield "exif_at_end.png", png((b"eXIf", six), at_end=True)
    yield "exif_signed.png", png((b"eXIf", EXIF + six))
    yield "exif_twice.png", png((b"eXIf", six), (b"eXIf", one))
    yield "exif_text.png", png((b"tEXt", b"exif\0" + EXIF + six))
    key, profile = b"Raw profile type exif\0", imagemagick(EXIF + six)
    yield "profile.png", png((b"tEXt", key + profile))
    yield "profile_packed.png", png((b"zTXt", key + b"\0" + zlib.compress(profile)))
    yield "profile_itxt.png", png((b"iTXt", key + b"\0\0\0\0" + profile))
    yield "profile_itxt_packed.png", png((b"iTXt", key + b"\1\0\0\0" + zlib.compress(profile)))
    yield "profile_at_end.png", png((b"zTXt", key + b"\0" + zlib.compress(profile)), at_end=True)
    yield "profile_unsigned.png", png((b"tEXt", key + imagemagick(six)))
    yield "profile_capitals.png", png((b"tEXt", key + profile.upper()))
    yield "profile_carriage_returns.png", png((b"tEXt", key + profile.replace(b"\n", b"\r\n")))
    yield "profile_odd_lines.png", png((b"tEXt", key + imagemagick(EXIF + six, width=71)))
    yield "profile_app1.png", png((b"tEXt", b"Raw profile type APP1\0" + imagemagick(EXIF + six, "APP1")))
    yield "profile_and_exif_1.png", png((b"eXIf", one), (b"tEXt", key + profile))
    key = b"XML:com.adobe.xmp\0"
    yield "xmp.png", png((b"iTXt", key + b"\0\0\0\0" + XMP_6))
    yield "xmp_element.png", png((b"iTXt", key + b"\0\0\0\0" + element))
    yield "xmp_packed.png", png((b"iTXt", key + b"\1\0\0\0" + zlib.compress(XMP_6)))
    yield "xmp_text.png", png((b"tEXt", key + XMP_6))
    yield "xmp_text_packed.png", png((b"zTXt", key + b"\0" + zlib.compress(XMP_6)))
    yield "xmp_at_end.png", png((b"iTXt", key + b"\0\0en\0XMP\0" + XMP_6), at_end=True)
    yield "xmp_and_exif_1.png", png((b"eXIf", one), (b"iTXt", key + b"\0\0\0\0" + XMP_6))
    yield "xmp_and_other_exif.png", png((b"eXIf", other), (b"iTXt", key + b"\0\0\0\0" + XMP_6))
