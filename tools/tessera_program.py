"""Opens an exported network with Tessera itself, which refuses some that PyTorch runs."""

import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import zlib

import torch

from tessera_export import ExportError

NOT_TRIED = "none"  # for --tessera
LONGEST = 900  # seconds
CHECKOUT = pathlib.Path(__file__).resolve().parent.parent


class Refused(ExportError):
    """What the program says of a file that it does not take."""


def find(named=None):
    """The program: as named, else $TESSERA, on PATH, or what this checkout built last. None where there is none."""
    named = named or os.environ.get("TESSERA")
    if named == NOT_TRIED:
        return None
    if named:
        found = shutil.which(named)
        if not found:
            raise ExportError(f"--tessera: there is no program {named}. Name Tessera's, or `{NOT_TRIED}`.")
        return found
    built = [path for path in CHECKOUT.glob("build/*/src/app/tessera") if os.access(path, os.X_OK)]
    newest = max(built, key=lambda path: path.stat().st_mtime, default=None)
    return shutil.which("tessera") or newest and str(newest)


def _png(pixels):
    """A PNG file of uint8 [H,W,3]."""
    height, width, _ = pixels.shape
    part = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(row.flatten().tolist()) for row in pixels)
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows, 1)) + part(b"IEND", b"")


def _noise(chosen):
    """A picture of the input's size whose channels are as the network reads them: grey ones are equal."""
    generator = torch.Generator().manual_seed(0)
    channels = len(chosen["mean"])
    shape = (chosen["height"], chosen["width"], channels)
    return torch.randint(0, 256, shape, dtype=torch.uint8, generator=generator).expand(-1, -1, 3)


def _batch(pixels, chosen):
    """What the network gets of it."""
    channels = len(chosen["mean"])
    values = pixels[..., :channels].to(torch.float32) / 255 * chosen["range"]
    if chosen["order"] == "bgr":
        values = values.flip(-1)
    values = (values - torch.tensor(chosen["mean"])) / torch.tensor(chosen["std"])
    return values.permute(2, 0, 1)[None].contiguous()


def _as_option(chosen):
    """The preprocessing as --preprocess has it; a picture of the input's size stays as it is."""
    listed = lambda numbers: "/".join(map(repr, numbers))
    return (
        f"{chosen['width']}x{chosen['height']},range={chosen['range']!r},mean={listed(chosen['mean'])},"
        f"std={listed(chosen['std'])},order={chosen['order']},fit=stretch"
    )


def _inspect(program, picture, file, chosen):
    command = [program, "inspect", picture, "--model", file, "--preprocess", _as_option(chosen), "--device", "cpu"]
    try:
        run = subprocess.run([*command, "--json"], capture_output=True, text=True, timeout=LONGEST)
    except OSError as error:
        raise ExportError(f"--tessera: {program} does not run: {error}. Name Tessera's program.") from error
    except subprocess.TimeoutExpired:
        raise Refused(f"it takes longer than {LONGEST} s to open the network") from None
    if run.returncode:
        said = [line for line in run.stderr.splitlines() if line.startswith("tessera: ")]
        raise Refused(said[-1].removeprefix("tessera: ") if said else f"it ended with {run.returncode}, without a word")
    try:
        return {score["index"]: score["logit"] for score in json.loads(run.stdout)["classes"]}
    except (ValueError, KeyError, TypeError) as error:
        raise ExportError(f"--tessera: {program} does not answer as Tessera does. Name Tessera's program.") from error


def logits_of(program, archive, stem, chosen):
    """Opens the archive: the batch that stood for a picture, and the program's logits of it. Raises Refused."""
    pixels = _noise(chosen)
    with tempfile.TemporaryDirectory() as folder:
        file, picture = (pathlib.Path(folder) / f"{stem}{extension}" for extension in (".pt", ".png"))
        file.write_bytes(archive)
        picture.write_bytes(_png(pixels))
        try:
            scores = _inspect(program, str(picture), str(file), chosen)
        except Refused as error:
            raise Refused(str(error).replace(str(file), file.name)) from None
    values = [scores.get(index) for index in range(len(scores))]
    if None in values:  # what is not finite is null in JSON
        raise Refused("it computes logits that are not finite")
    return _batch(pixels, chosen), torch.tensor([values])
