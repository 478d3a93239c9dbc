"""Files that are no TorchScript archive, or a damaged or malicious one."""

import io
import re
import struct
import zipfile

import torch

import tessera_archive

from .building_blocks import Bare
from .fixture import Fixture, archive, edited, initialized, metadata, scripted

CENTRAL_ENTRY = struct.Struct("<4s6H3I5H2I")  # of a zip file's directory
CENTRAL_SIZES = slice(20, 28)  # compressed and uncompressed size in it
CENTRAL_CONTENT = slice(16, 28)  # checksum and both sizes
CENTRAL_PLACE = slice(42, 46)  # of what the entry is about
FIRST_SHAPE = b"(K\x04K\x03K\x03K\x03t"  # stage.weight in data.pkl: a tuple of 4, 3, 3, 3
FIRST_STORAGE_SIZE = b"Klt"  # its storage: 108 numbers
BOMB_SIZE = 32 << 20
NESTING = 200_000


def saved(thing, **options):
    buffer = io.BytesIO()
    torch.save(thing, buffer, **options)
    return buffer.getvalue()


def without_addresses(pickled):
    """Before torch 1.6 storages were named by where they were in memory, which changes from run to run."""
    numbers = {}
    rename = lambda match: b"X\x01\x00\x00\x00" + str(numbers.setdefault(match[1], len(numbers))).encode()
    return re.sub(rb"X[\x07-\x0f]\x00\x00\x00(\d{7,15})", rename, pickled)


def compressed(contents):
    return tessera_archive.rezipped(contents, "edited", zipfile.ZIP_DEFLATED)


def with_declared_size(content, record, size):
    """The directory says that a record has this many bytes."""
    changed = bytearray(content)
    name = f"edited/{record}".encode()
    entry = changed.rindex(name) - CENTRAL_ENTRY.size
    changed[entry + CENTRAL_SIZES.start : entry + CENTRAL_SIZES.stop] = struct.pack("<2I", size, size)
    return bytes(changed)


def with_shared_place(content, record, other):
    """The directory says that a record is where another one is, and the same."""
    changed = bytearray(content)
    start = lambda name: changed.rindex(f"edited/{name}".encode()) - CENTRAL_ENTRY.size
    here, there = start(record), start(other)
    for part in (CENTRAL_CONTENT, CENTRAL_PLACE):
        changed[here + part.start : here + part.stop] = changed[there + part.start : there + part.stop]
    return bytes(changed)


def with_flipped_byte(content, record):
    """A stored record that its checksum no longer fits."""
    position = content.index(tessera_archive.records(content)[record])
    return content[:position] + bytes([content[position] ^ 0x40]) + content[position + 1 :]


def number(value):
    """A pickled integer, in the only width that torch reads beyond 32 bits."""
    return b"\x8a\x08" + value.to_bytes(8, "little", signed=True)


def shaped(*sizes):
    return lambda pickled: pickled.replace(FIRST_SHAPE, b"(" + b"".join(map(number, sizes)) + b"t", 1)


def fixtures():
    bare = initialized(Bare())
    whole = archive(scripted(bare), "edited", metadata("edited"))
    contents = tessera_archive.records(whole)
    code = "code/__torch__/model_fixtures/building_blocks.py"

    def bad(name, exercises, expected, content):
        return Fixture(name, exercises, "refused: " + expected, content)

    yield bad("empty.pt", "no bytes at all", "not a TorchScript file", b"")
    yield bad("text.pt", "a text file", "not a TorchScript file", b"These are not the weights you are looking for.\n")
    yield bad(
        "other_zip.pt", "a zip file of something else", "not a TorchScript file", compressed({"readme.txt": b"hello\n"})
    )
    yield bad(
        "state_dict.pth",
        "`torch.save(module.state_dict())`",
        "weights without a network; says how to export",
        saved(bare.state_dict()),
    )
    yield bad(
        "state_dict_legacy.pth",
        "the same in the format before torch 1.6",
        "the same",
        without_addresses(saved({"weight": bare.classifier.weight}, _use_new_zipfile_serialization=False)),
    )
    yield bad("eager_module.pt", "`torch.save(module)`", "a pickled Python module; says how to export", saved(bare))

    yield bad("truncated_half.pt", "the first half of an archive", "truncated", whole[: len(whole) // 2])
    yield bad("truncated_end.pt", "all but the last 100 bytes", "truncated", whole[:-100])
    yield bad(
        "flipped_weight.pt",
        "one bit of a weight differs from its checksum",
        "corrupt",
        with_flipped_byte(whole, "data/0"),
    )
    yield bad(
        "flipped_code.pt", "one bit of the code differs from its checksum", "corrupt", with_flipped_byte(whole, code)
    )
    yield bad("no_data.pt", "`data.pkl` is missing", "corrupt", edited(whole, {}, lambda record: record != "data.pkl"))
    yield bad(
        "no_tensor.pt", "a tensor's record is missing", "corrupt", edited(whole, {}, lambda record: record != "data/0")
    )
    yield bad(
        "no_code.pt",
        "the code is missing",
        "corrupt, or not TorchScript",
        edited(whole, {}, lambda record: not record.startswith("code/")),
    )
    yield bad(
        "bad_code.pt",
        "code that does not parse",
        "corrupt",
        edited(whole, {code: lambda text: text.replace(b"def forward", b"def def forward")}),
    )
    yield bad(
        "undefined_name.pt",
        "code that returns what is defined nowhere: LibTorch's message begins with an empty line",
        "what is not defined is told",
        edited(whole, {code: lambda text: text.replace(b"return ", b"return nowhere #", 1)}),
    )
    yield bad(
        "bad_pickle.pt",
        "`data.pkl` ends in the middle",
        "corrupt",
        edited(whole, {"data.pkl": lambda text: text[: len(text) // 2]}),
    )
    yield bad(
        "future_version.pt",
        "archive version 99",
        "made by a later torch",
        edited(whole, {"version": lambda _: b"99\n"}),
    )

    yield bad(
        "declared_size.pt",
        "the directory says that a weight has 4 GB",
        "corrupt; no memory is exhausted",
        with_declared_size(whole, "data/0", 0xF0000000),
    )
    yield bad(
        "overlapping.pt",
        "the directory says that two weights are the same bytes",
        "corrupt",
        with_shared_place(whole, "data/1", "data/0"),
    )
    yield bad(
        "huge_parameter.pt",
        "a weight of 2^40 numbers with a storage of 108",
        "corrupt; no memory is exhausted",
        edited(whole, {"data.pkl": shaped(1 << 20, 1 << 20, 1, 1)}),
    )
    yield bad(
        "overflowing_parameter.pt",
        "a weight whose size overflows 64 bits",
        "corrupt",
        edited(whole, {"data.pkl": shaped(1 << 40, 1 << 40, 3, 3)}),
    )
    yield bad(
        "negative_parameter.pt", "a weight of size -4", "corrupt", edited(whole, {"data.pkl": shaped(-4, 3, 3, 3)})
    )
    yield bad(
        "beyond_storage.pt",
        "a weight that reaches beyond its storage",
        "corrupt; no memory outside is read",
        edited(whole, {"data.pkl": shaped(60, 3, 3, 3)}),
    )
    offset = lambda pickled: pickled.replace(b"K\x00" + FIRST_SHAPE, number(1000) + FIRST_SHAPE, 1)
    declared = lambda pickled: offset(pickled).replace(FIRST_STORAGE_SIZE, number(1 << 20) + b"t", 1)
    yield bad(
        "beyond_record.pt",
        "a weight 1000 numbers into a storage of 2^20 whose record has 108 (LibTorch alone reads beyond it)",
        "corrupt; no memory outside is read",
        edited(whole, {"data.pkl": declared}),
    )
    bomb = contents | {"extra/more.bin": bytes(BOMB_SIZE)}
    yield bad(
        "deflate_bomb.pt",
        "a record of 32 MB that is compressed a thousandfold",
        "a record that unpacks to far more than the file has",
        compressed(bomb),
    )
    deep_code = contents[code].replace(b"torch.mean(", b"(" * NESTING + b"torch.mean(")
    yield bad(
        "deep_code.pt",
        "200,000 nested parentheses in the code (compressed)",
        "corrupt; the stack does not overflow",
        compressed(contents | {code: deep_code}),
    )
    deep_pickle = b"\x80\x02" + b"]" * NESTING + b"a" * (NESTING - 1) + b"."
    yield bad(
        "deep_pickle.pt",
        "200,000 nested lists in `data.pkl` (compressed)",
        "corrupt; the stack does not overflow",
        compressed(contents | {"data.pkl": deep_pickle}),
    )
