"""What the exporters share: the metadata of a model, checks, and writing the archive. See docs/model_metadata.md."""

import io
import json
import os
import pathlib
import tempfile
import warnings

import torch

import tessera_archive

FORMAT_VERSION = 1
METADATA_RECORD = "tessera.json"


class ExportError(Exception):
    """A sentence for the person who exports."""


def largest_difference(module, reference, inputs):
    """The largest absolute difference between two modules' outputs over a list of input batches."""
    with torch.no_grad():
        return max((module(batch) - reference(batch)).abs().max().item() for batch in inputs)


def require_agreement(module, reference, inputs, tolerance, what):
    """Raises ExportError unless both modules give the same outputs within an absolute tolerance."""
    difference = largest_difference(module, reference, inputs)
    if not difference <= tolerance:  # also refuses NaN
        raise ExportError(f"{what} differ by {difference:.3g}, more than {tolerance:g}; nothing was written.")
    return difference


def archive_bytes(program, name, metadata=None):
    """The archive of a scripted or traced module, the same bytes for the same module on any machine."""
    return archive_with_text(program, name, metadata and json.dumps(metadata, ensure_ascii=False, indent=1))


def archive_with_text(program, name, text=None):
    """The same, with the text of tessera.json as it is."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.jit.save(program, buffer, _extra_files={} if text is None else {METADATA_RECORD: text})
    return tessera_archive.normalized(buffer.getvalue(), name)


def load_bytes(archive):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.load(io.BytesIO(archive))


def write(path, content):
    """Writes a whole file or, where that fails, leaves what was there."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
