"""Networks of which other tools give wrong numbers without a word, or none at all."""

import copy
from enum import Enum
from typing import Dict, List, Optional

import numpy
import torch
from torch import nn
from torch.nn import functional as F

from .building_blocks import Bare, conv
from .fixture import CLASSES, initialized, network_input, picture, traced, working

CLASS = 2  # that `linear/` and `path/` explain
STEPS = 20


class Mode(Enum):
    MEAN = 1
    MAX = 2


class WordsAndCollections(nn.Module):
    """Asserts with texts, a print, dictionaries, lists of lists, an enumeration, an optional value, parallel tasks."""

    def __init__(self):
        super().__init__()
        self.stem = conv(3, 6, stride=2)
        self.left = conv(6, 4)
        self.right = conv(6, 4)
        self.classifier = nn.Linear(8, CLASSES)
        self.mode = Mode.MEAN

    def branch(self, x, scale: Optional[float]):
        return F.relu(self.right(x)) if scale is None else F.relu(self.right(x)) * scale

    def forward(self, x):
        height, width = x.shape[2], x.shape[3]
        assert height % 2 == 0, f"Input height ({height}) doesn't match {2}; width {width}."
        if width > 1000:
            print("a large picture", width)
        x = F.relu(self.stem(x))
        print("size", x.shape[2])
        task = torch.jit.fork(self.branch, x, 0.5)
        maps: Dict[str, List[torch.Tensor]] = {"left": [F.relu(self.left(x))]}
        maps["right"] = [torch.jit.wait(task)]
        sizes: List[List[int]] = [[1, 2], [3, 4]]
        sizes[0].append(len(sizes[1]))
        rows = [pair[::-1] for pair in sizes]
        joined = torch.cat(maps["left"] + maps["right"], 1) * float(rows[0][0])
        if self.mode == Mode.MEAN:
            return self.classifier(joined.mean((2, 3)))
        return self.classifier(joined.amax((2, 3)))


class Prints(Bare):
    def forward(self, x):
        print("a side effect")
        return self.classify(self.features(x))


class PrintsRarely(Bare):
    def forward(self, x):
        if x.shape[0] > 1000:
            print("a side effect")
        return self.classify(self.features(x))


class Recurrent(nn.Module):
    """A recurrent layer over the columns, as text recognisers have it."""

    def __init__(self, layer):
        super().__init__()
        self.stem = conv(3, 6, stride=2)
        self.layer = layer
        self.classifier = nn.Linear(10, CLASSES)

    def forward(self, x):
        columns = F.relu(self.stem(x)).mean(2).permute(0, 2, 1)
        output, _ = self.layer(columns)
        return self.classifier(output[:, -1])


class Range(nn.Module):
    """Normalises by the least and the greatest of all values."""

    def __init__(self):
        super().__init__()
        self.point = nn.Conv2d(3, 6, 1)
        self.stem = conv(6, 6, stride=2)
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        x = self.point(x)
        x = (x - x.min()) / (x.max() - x.min())
        return self.classifier(F.relu(self.stem(x)).mean((2, 3)))


class BatchStatistics(nn.Module):
    """A batch norm without running statistics."""

    def __init__(self):
        super().__init__()
        self.point = nn.Conv2d(3, 6, 1)
        self.norm = nn.BatchNorm2d(6, track_running_stats=False)
        self.stem = conv(6, 6, stride=2)
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        return self.classifier(F.relu(self.stem(self.norm(self.point(x)))).mean((2, 3)))


class InstanceNorms(nn.Module):
    """Instance norms, whose derivative LibTorch gets wrong for gradients in another memory layout."""

    def __init__(self):
        super().__init__()
        self.stem = conv(3, 6, stride=2)
        self.norm = nn.InstanceNorm2d(6, affine=True)
        self.mix = conv(6, 8)
        self.other = nn.InstanceNorm2d(8)
        self.classifier = nn.Linear(8, CLASSES)

    def forward(self, x):
        x = F.relu(self.norm(self.stem(x)))
        return self.classifier((F.relu(self.other(self.mix(x))) * x.mean(1, keepdim=True)).mean((2, 3)))


class Spectrum(nn.Module):
    """Weights on the spectrum, beside a by-pass."""

    def __init__(self):
        super().__init__()
        self.stem = conv(3, 6, stride=2)
        generator = torch.Generator().manual_seed(4)
        self.weight = nn.Parameter(torch.randn(6, 8, 5, 2, generator=generator))
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        x = F.relu(self.stem(x))
        spectrum = torch.fft.rfft2(x, norm="ortho") * torch.view_as_complex(self.weight)
        return self.classifier(F.relu(x + torch.fft.irfft2(spectrum, s=(8, 8), norm="ortho")).mean((2, 3)))


class Turned(nn.Module):
    """Turns its picture inside."""

    def __init__(self, how: str):
        super().__init__()
        self.how = how
        self.stem = conv(3, 6, stride=2)
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        if self.how == "transposed":
            x = x.permute(0, 1, 3, 2)
        elif self.how == "flipped":
            x = torch.flip(x, [3])
        else:
            x = torch.rot90(x, 1, [2, 3])
        return self.classifier(F.relu(self.stem(x)).mean((2, 3)))


class Decides(nn.Module):
    """Brightens dark pictures before anything else."""

    def __init__(self):
        super().__init__()
        self.stem = conv(3, 6, stride=2)
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        if bool(x.mean() < -1.0):
            x = x * 0.5 + 1.0
        return self.classifier(F.relu(self.stem(x)).mean((2, 3)))


class DropPath(nn.Module):
    def forward(self, x):
        if not self.training:
            return x
        mask = x.new_empty((x.shape[0], 1, 1, 1)).bernoulli_(0.6).div_(0.6)
        return x * mask


class FloorDropPath(nn.Module):
    def forward(self, x):
        if not self.training:
            return x
        mask = torch.floor(0.7 + torch.rand((x.shape[0], 1, 1, 1)))
        return x / 0.7 * mask


class MaskedDropout(nn.Module):
    def forward(self, x):
        return x.masked_fill(torch.rand_like(x) < 0.3, 0.0) / 0.7 if self.training else x


class Gaussian(nn.Module):
    def forward(self, x):
        return x + torch.randn_like(x) * 0.5 if self.training else x


class Noisy(nn.Module):
    """Noise of training that a trace keeps."""

    def __init__(self, noise):
        super().__init__()
        self.stem = conv(3, 6, stride=2)
        self.noise = noise
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        x = F.relu(self.stem(x))
        return self.classifier((x + self.noise(x)).mean((2, 3)))


class LastToken(nn.Module):
    """PyTorch's own encoder layer, which a trace in evaluation mode has as one fused operation; the class token is the last."""

    def __init__(self, middle=False):
        super().__init__()
        self.middle = middle
        self.patch = nn.Conv2d(3, 8, 4, 4)
        self.token = nn.Parameter(torch.linspace(-1, 1, 8).view(1, 1, 8))
        self.block = nn.TransformerEncoderLayer(8, 2, 16, 0.0, "gelu", batch_first=True, norm_first=True)
        self.classifier = nn.Linear(8, CLASSES)

    def forward(self, x):
        patches = self.patch(x).flatten(2).transpose(1, 2)
        token = self.token.expand(x.shape[0], -1, -1)
        half = patches.shape[1] // 2
        parts = [patches[:, :half], token, patches[:, half:]] if self.middle else [patches, token]
        x = self.block(torch.cat(parts, 1))
        return self.classifier(x[:, half if self.middle else -1])


def contributions(module, pixels, layer):
    """(H,W,C): gradient times activation, and integrated gradients, one point at a time, of one class at a layer."""
    module = copy.deepcopy(module).eval()
    held = {}

    def hook(_, __, output):
        if "value" in held:
            return held["value"]
        held["activation"] = output.detach()
        return None

    module.get_submodule(layer).register_forward_hook(hook)
    inputs = network_input(pixels)
    module(inputs)
    activation = held["activation"]

    def gradient(value):
        held["value"] = value.clone().requires_grad_()
        return torch.autograd.grad(module(inputs)[0, CLASS], held["value"])[0]

    linear = activation * gradient(activation)
    path = activation * sum(gradient(activation * ((k + 0.5) / STEPS)) for k in range(STEPS)) / STEPS
    return {f"{name}/{layer}": value[0].permute(1, 2, 0).numpy() for name, value in (("linear", linear), ("path", path))}


def explained(file, exercises, module, layer, **options):
    fixture = working(file, exercises, module, [layer], expected=f"loads; logits, `{layer}` and its contributions agree", **options)
    fixture.arrays |= contributions(module, picture(16, 16), layer)
    return fixture


def in_training_mode(module):
    with torch.random.fork_rng():
        torch.manual_seed(1)
        return traced(copy.deepcopy(module).train())


def turned_back(how):
    return {
        "transposed": lambda map_: map_.transpose(1, 0, 2),
        "flipped": lambda map_: map_[:, ::-1],
        "rotated": lambda map_: numpy.rot90(map_, -1, (0, 1)),
    }[how]


def tokens(name, middle):
    module = initialized(LastToken(middle))
    what = f"PyTorch's fused encoder layer; the class token is {'in the middle' if middle else 'the last'}"
    fixture = working(f"{name}.pt", what, module, ["patch"], expected="loads; logits, `patch`, `block` agree", program=traced(module))
    values = {}
    module.block.register_forward_hook(lambda _, __, output: values.update(block=output[0].numpy()))
    torch.backends.mha.set_fastpath_enabled(False)
    with torch.no_grad():
        module(network_input(picture(16, 16)))
    torch.backends.mha.set_fastpath_enabled(True)
    at = 8 if middle else 16
    fixture.arrays["act/block"] = numpy.delete(values["block"], at, 0).reshape(4, 4, 8)
    return fixture


def fixtures():
    yield working(
        "words_and_collections.pt",
        "f-strings in asserts, prints, dictionaries, lists of lists, an enumeration, parallel tasks",
        initialized(WordsAndCollections()),
        ["stem", "left"],
    )
    said = "loads; logits agree; nothing is printed, and a note says so"
    yield working("prints.pt", "`print` in forward", initialized(Prints()), [], expected=said)
    yield working("prints_rarely.pt", "`print` in a branch that is not taken", initialized(PrintsRarely()), [])
    for name, layer in (
        ("lstm", nn.LSTM(6, 5, 2, batch_first=True, bidirectional=True)),
        ("gru", nn.GRU(6, 10, batch_first=True)),
    ):
        module = initialized(Recurrent(layer))
        yield explained(f"{name}.pt", f"{layer._get_name()} over the columns", module, "stem")
        yield explained(f"{name}_traced.pt", "the same, traced", module, "stem", program=traced(module))
    yield explained("range.pt", "normalises by the range of the whole tensor: pictures in a batch see each other", initialized(Range()), "point")
    statistics = BatchStatistics()
    statistics.norm.running_mean, statistics.norm.running_var = torch.zeros(6), torch.ones(6)
    statistics = initialized(statistics)
    statistics.norm.running_mean = statistics.norm.running_var = None
    yield explained("batch_statistics.pt", "a batch norm without running statistics", statistics, "point")
    yield explained("instance_norms.pt", "instance norms", initialized(InstanceNorms()), "stem")
    yield explained("spectrum.pt", "weights on the spectrum (complex numbers), with a by-pass", initialized(Spectrum()), "stem")
    for how in ("transposed", "flipped", "rotated"):
        module = initialized(Turned(how))
        fixture = working(f"{how}.pt", "the network turns its picture inside", module, ["stem"], expected="loads; logits agree, `stem` turned back")
        fixture.arrays["act/stem"] = numpy.ascontiguousarray(turned_back(how)(fixture.arrays["act/stem"]))
        yield fixture
    decides = initialized(Decides())
    fixture = working("decides.pt", "a branch by the mean of the picture", decides, ["stem"])
    dark = picture(16, 16) // 8
    fixture.arrays["dark"] = dark
    with torch.no_grad():
        fixture.arrays["dark_logits"] = decides(network_input(dark))[0].numpy()
    yield fixture
    for name, noise in (
        ("drop_path", DropPath()),
        ("floor_drop_path", FloorDropPath()),
        ("masked_dropout", MaskedDropout()),
        ("gaussian", Gaussian()),
        ("rrelu", nn.RReLU()),
    ):
        module = initialized(Noisy(noise))
        yield working(
            f"{name}_traced.pt",
            f"{noise._get_name()} traced in training mode",
            module,
            ["stem"],
            expected="loads, runs in evaluation mode: logits agree and do not change from run to run; a note says so",
            program=in_training_mode(module),
        )
    yield tokens("last_token", middle=False)
    yield tokens("middle_token", middle=True)
