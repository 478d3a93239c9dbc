"""Rewrites a TorchScript archive so that it holds no path of the exporting machine and is the same on every run."""

import io
import itertools
import re
import struct
import zipfile

# Where torch puts tensor data so that it can be mapped into memory.
ALIGNMENT = 64
LOCAL_HEADER_SIZE = 30
PADDING_FIELD_HEADER_SIZE = 4
CONSTANT_DECLARATION = re.compile(rb"  \w+ : Final\[")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def _left_out(record):
    # Debug records hold source paths. The serialization id is a hash over all records, those included.
    return record.endswith(".debug_pkl") or record == ".data/serialization_id"


def _padding_field(offset, name):
    """An extra field, marked as torch marks its own, that makes the data after a local header start aligned."""
    start = offset + LOCAL_HEADER_SIZE + len(name.encode()) + PADDING_FIELD_HEADER_SIZE
    padding = -start % ALIGNMENT
    return b"FB" + struct.pack("<H", padding) + b"Z" * padding


def _with_sorted_constants(code):
    """The lines of a class that declare constants come from a set: their order changes from run to run."""
    lines = code.splitlines(keepends=True)
    grouped = itertools.groupby(lines, key=lambda line: CONSTANT_DECLARATION.match(line) is not None)
    return b"".join(line for is_constant, group in grouped for line in (sorted(group) if is_constant else group))


def records(archive):
    """The records of an archive, in order, without its top folder: {name: bytes}."""
    source = zipfile.ZipFile(io.BytesIO(archive))
    return {entry.filename.split("/", 1)[1]: source.read(entry) for entry in source.infolist()}


def written(contents, name):
    """The bytes of an archive of these records under a top folder `name`, stored, aligned, with fixed dates."""
    target_bytes = io.BytesIO()
    with zipfile.ZipFile(target_bytes, "w", zipfile.ZIP_STORED) as target:
        for record, content in contents.items():
            entry = zipfile.ZipInfo(f"{name}/{record}", FIXED_DATE)
            entry.create_system = 0  # else the operating system's number is stored
            entry.external_attr = 0
            entry.extra = _padding_field(target_bytes.tell(), entry.filename)
            target.writestr(entry, content)
    return target_bytes.getvalue()


def rezipped(contents, name, method):
    """The same as an ordinary zip program writes it: by one of zipfile's methods, and not aligned."""
    target_bytes = io.BytesIO()
    with zipfile.ZipFile(target_bytes, "w", method) as target:
        for record, content in contents.items():
            target.writestr(zipfile.ZipInfo(f"{name}/{record}", FIXED_DATE), content, method)
    return target_bytes.getvalue()


def normalized(archive, name):
    """The bytes of a TorchScript archive without debug records, under a top folder `name`, with fixed dates."""
    kept = {record: content for record, content in records(archive).items() if not _left_out(record)}
    for record, content in kept.items():
        if record.startswith("code/"):
            kept[record] = _with_sorted_constants(content)
    return written(kept, name)
