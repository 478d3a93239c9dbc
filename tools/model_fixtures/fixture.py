"""What a fixture is, and how its expected values are recorded."""

import collections
import copy
import pathlib
from dataclasses import dataclass, field

import numpy
import torch
from PIL import Image
from torch import nn

import tessera_archive
import tessera_export

CLASSES = 5
PICTURE = pathlib.Path(__file__).resolve().parents[2] / "tests" / "data" / "tiny" / "chelsea_64.png"


@dataclass
class Fixture:
    file: str
    exercises: str
    expected: str
    content: bytes
    arrays: dict = field(default_factory=dict)  # of NAME.npz; empty for models that are refused
    beside: dict = field(default_factory=dict)  # other files by name


def picture(width, height, grey=False):
    """The top left corner of the test picture, H,W,3."""
    image = Image.open(PICTURE).convert("L" if grey else "RGB").convert("RGB")
    return numpy.asarray(image)[:height, :width]


def metadata(name, width=16, height=16, order="rgb", labels=None):
    channels = 1 if order == "grey" else 3
    content = {
        "tessera": 1,
        "name": name,
        "preprocessing": {
            "width": width,
            "height": height,
            "fit": "stretch",
            "range": 1,
            "mean": [0.5] * channels,
            "std": [0.25] * channels,
            "order": order,
        },
    }
    return content if labels is None else content | {"labels": labels}


def network_input(pixels, order="rgb"):
    """[1,C,H,W], as the preprocessing of `metadata` gives it."""
    values = torch.from_numpy(pixels.astype(numpy.float32)).permute(2, 0, 1)[None]
    values = values[:, :1] if order == "grey" else values
    return ((values / 255 - 0.5) / 0.25).contiguous()


def initialized(module, seed=0):
    """He weights, and batch norms that have something to fold."""
    generator = torch.Generator().manual_seed(seed)
    for part in module.modules():
        if isinstance(part, (nn.Conv2d, nn.Conv3d, nn.Linear)):
            fan_in = part.weight[0].numel()
            part.weight.data.normal_(0, (2 / fan_in) ** 0.5, generator=generator)
            if part.bias is not None:
                part.bias.data.normal_(0, 0.1, generator=generator)
        elif isinstance(part, nn.BatchNorm2d):
            if part.affine:
                part.weight.data.uniform_(0.5, 1.5, generator=generator)
                part.bias.data.normal_(0, 0.2, generator=generator)
            part.running_mean.normal_(0, 0.2, generator=generator)
            part.running_var.uniform_(0.5, 1.5, generator=generator)
    return module.eval().requires_grad_(False)


def recorded(module, pixels, order="rgb", layers=(), pick=None):
    """The arrays of a fixture: picture, logits, and act/LAYER as the module returned it.

    A module that runs several times gives act/LAYER, act/LAYER#1, … in that order. `pick` takes the logits out of an
    output that is not a tensor.
    """
    module = copy.deepcopy(module).eval()
    calls = collections.Counter()
    arrays = {"picture": pixels}

    def keep(name):
        def hook(_, __, output):
            repetition = f"#{calls[name]}" if calls[name] else ""
            calls[name] += 1
            arrays[f"act/{name}{repetition}"] = output[0].permute(1, 2, 0).clone().numpy()

        return hook

    for name in layers:
        module.get_submodule(name).register_forward_hook(keep(name))
    with torch.no_grad():
        output = module(network_input(pixels, order))
    arrays["logits"] = (output if pick is None else pick(output))[0].clone().numpy()
    return arrays


def scripted(module):
    return torch.jit.script(module)


def traced(module, width=16, height=16, channels=3):
    example = torch.linspace(-1, 1, channels * width * height).view(1, channels, height, width)
    return torch.jit.trace(module, example, check_trace=False)


def archive(program, file, content=None):
    return tessera_export.archive_bytes(program, pathlib.Path(file).stem, content)


def edited(content, edits, keep=lambda record: True):
    """An archive with some records changed. Each edit is a function of the record's bytes and must change them."""
    contents = {record: data for record, data in tessera_archive.records(content).items() if keep(record)}
    for record, edit in edits.items():
        changed = edit(contents[record])
        if changed == contents[record]:
            raise ValueError(f"the edit of {record} changes nothing")
        contents[record] = changed
    return tessera_archive.written(contents, "edited")


def working(file, exercises, module, layers, *, expected="", program=None, **options):
    """A fixture that loads. Expected values come from the module in evaluation mode, whatever mode it is saved in."""
    width, height, order = (
        options.get(key, default) for key, default in (("width", 16), ("height", 16), ("order", "rgb"))
    )
    pixels = picture(width, height, grey=order == "grey")
    arrays = recorded(module, pixels, order, layers, options.get("pick"))
    stem = pathlib.Path(file).stem
    content = archive(program if program is not None else scripted(module), file, metadata(stem, width, height, order))
    names = ", ".join(f"`{name}`" for name in layers)
    expected = expected or (f"loads; logits, {names} agree" if names else "loads; logits agree")
    return Fixture(file, exercises, expected, content, arrays)


def refused(file, exercises, program, expected):
    return Fixture(file, exercises, "refused: " + expected, archive(program, file, metadata(pathlib.Path(file).stem)))
