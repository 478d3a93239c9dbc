"""Networks that load, by the structure of their graph."""

import torch
from torch import nn
from torch.nn import functional as F

from .building_blocks import Plain, Stage, conv
from .fixture import CLASSES, initialized, traced, working


class InPlace(nn.Module):
    """Every value is overwritten after its module returned it."""

    def __init__(self):
        super().__init__()
        self.first = conv(3, 6)
        self.second = conv(3, 6)
        self.third = conv(6, 6)
        self.relu = nn.ReLU(inplace=True)
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        a = self.first(x)
        b = self.second(x)
        a.add_(b)
        a.relu_()
        b.mul_(2.0).sub_(a)
        c = self.relu(self.third(b))
        c.clamp_(max=1.5)
        c[:, 0] = 0.25
        return self.classifier(c.mean((2, 3)))


class ReusedModule(nn.Module):
    """One block that runs three times, with one ReLU module for all of it."""

    def __init__(self):
        super().__init__()
        self.stem = conv(3, 6, stride=2)
        self.block = conv(6, 6)
        self.relu = nn.ReLU(inplace=True)
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        x = self.relu(self.stem(x))
        x = self.relu(self.block(x))
        x = self.relu(self.block(x))
        x = self.relu(self.block(x))
        return self.classifier(x.mean((2, 3)))


class Branches(nn.Module):
    """Residual adds, a concatenation, a split and a concatenation that a layer by-passes."""

    def __init__(self):
        super().__init__()
        self.stem = Stage(3, 6, stride=2)
        self.left = Stage(6, 4)
        self.right = Stage(6, 8)
        self.mix = nn.Conv2d(12, 6, 1)
        self.last = Stage(12, 8)
        self.classifier = nn.Linear(8, CLASSES)

    def forward(self, x):
        stem = self.stem(x)
        joined = torch.cat([self.left(stem), self.right(stem)], 1)
        mixed = stem + self.mix(joined)
        a, b = torch.chunk(mixed, 2, 1)
        swapped = torch.cat([b, a, stem], 1)
        return self.classifier(self.last(swapped).mean((2, 3)))


class Pools(nn.Module):
    """Each kind of pool: overlapping, ceiling mode, dilated, average with and without its padding, adaptive."""

    def __init__(self):
        super().__init__()
        self.stem = Stage(3, 6)
        self.overlapping = nn.MaxPool2d(3, 2, padding=1)
        self.ceiling = nn.MaxPool2d(2, 2, ceil_mode=True)
        self.dilated = nn.MaxPool2d(2, 1, dilation=2, padding=1)
        self.average = nn.AvgPool2d(3, 1, padding=1)
        self.unpadded = nn.AvgPool2d(3, 1, padding=1, count_include_pad=False)
        self.adaptive = nn.AdaptiveMaxPool2d(2)
        self.classifier = nn.Linear(24, CLASSES)

    def forward(self, x):
        x = self.ceiling(self.overlapping(self.stem(x)))
        x = self.dilated(x)
        x = self.average(x) + self.unpadded(x)
        return self.classifier(torch.flatten(self.adaptive(x), 1))


class Norms(nn.Module):
    """Batch norms that can and that cannot be folded into the convolution before them."""

    def __init__(self):
        super().__init__()
        self.first = nn.BatchNorm2d(3)
        self.conv1 = nn.Conv2d(3, 6, 3, 2, padding=1, bias=False)
        self.foldable = nn.BatchNorm2d(6)
        self.conv2 = nn.Conv2d(6, 6, 3, padding=1, groups=3)
        self.shared = nn.BatchNorm2d(6)
        self.joined = nn.BatchNorm2d(12)
        self.plain = nn.BatchNorm2d(12, affine=False)
        self.group = nn.GroupNorm(3, 12)
        self.classifier = nn.Linear(12, CLASSES)

    def forward(self, x):
        x = F.relu(self.foldable(self.conv1(self.first(x))))
        raw = self.conv2(x)
        x = torch.cat([raw, F.relu(self.shared(raw))], 1)
        x = self.group(self.plain(F.relu(self.joined(x))))
        return self.classifier(x.mean((2, 3)))


class SqueezeExcite(nn.Module):
    """Smooth activations, and a gate computed from 1×1 maps."""

    def __init__(self):
        super().__init__()
        self.stem = conv(3, 8, stride=2)
        self.activation = nn.SiLU()
        self.squeeze = nn.AdaptiveAvgPool2d(1)
        self.reduce = nn.Conv2d(8, 4, 1)
        self.excite = nn.Conv2d(4, 8, 1)
        self.last = conv(8, 8)
        self.classifier = nn.Linear(8, CLASSES)

    def forward(self, x):
        x = self.activation(self.stem(x))
        x = x * torch.sigmoid(self.excite(F.gelu(self.reduce(self.squeeze(x)))))
        return self.classifier(F.hardswish(self.last(x)).mean((2, 3)))


class ChannelsLast(nn.Module):
    """A layer norm over the channels, as in ConvNeXt: `norm` returns [N,H,W,C], which is not a map."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 4, 4)
        self.norm = nn.LayerNorm(8)
        self.mix = conv(8, 8)
        self.classifier = nn.Linear(8, CLASSES)

    def forward(self, x):
        x = self.norm(self.stem(x).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return self.classifier(F.relu(self.mix(x)).mean((2, 3)))


def fixtures():
    plain = initialized(Plain())
    stages = ["stage1.conv", "stage1.norm", "stage1", "stage2"]
    yield working("functional_relu.pt", "ReLU called as a function", plain, stages)
    yield working("functional_relu_traced.pt", "the same, traced", plain, stages, program=traced(plain))

    in_place = initialized(InPlace())
    what = (
        "`add_`, `relu_`, `mul_`, `sub_`, `clamp_`, slice assignment and `ReLU(inplace=True)` overwrite recorded values"
    )
    yield working("in_place.pt", what, in_place, ["first", "second", "third"])
    yield working(
        "in_place_traced.pt", "the same, traced", in_place, ["first", "second", "third"], program=traced(in_place)
    )

    reused = initialized(ReusedModule())
    what = "one module instance runs three times; one ReLU module runs after all"
    expected = "loads; all runs of `block` and `relu` are layers, told apart; in the .npz run n has the suffix `#n`"
    yield working("reused_module.pt", what, reused, ["stem", "block"], expected=expected)
    yield working(
        "reused_module_traced.pt",
        "the same, traced",
        reused,
        ["stem", "block"],
        expected=expected,
        program=traced(reused),
    )

    branches = initialized(Branches())
    layers = ["stem", "left", "right", "mix", "last"]
    yield working("branches.pt", "residual adds, concatenations, split, by-passes", branches, layers)
    yield working("branches_traced.pt", "the same, traced", branches, layers, program=traced(branches))

    pools = initialized(Pools())
    layers = ["stem", "overlapping", "ceiling", "dilated", "average", "unpadded", "adaptive"]
    yield working("pools.pt", "max pools (overlapping, ceiling mode, dilated, adaptive), average pools", pools, layers)

    norms = initialized(Norms())
    layers = ["first", "conv1", "foldable", "conv2", "shared", "joined", "plain", "group"]
    yield working(
        "norms.pt",
        "batch norms that fold (`foldable`) and not: at the input, after a value used twice, after a concatenation",
        norms,
        layers,
        expected="loads; logits and all norms agree; `conv1` need not be a layer once folded",
    )

    squeeze = initialized(SqueezeExcite())
    layers = ["stem", "activation", "squeeze", "reduce", "excite", "last"]
    yield working("squeeze_excite.pt", "SiLU, GELU, hard swish, a gate from 1×1 maps", squeeze, layers)

    channels_last = initialized(ChannelsLast())
    expected = "loads; logits, `stem`, `mix` agree; `norm` is [N,H,W,C], not a map"
    yield working(
        "channels_last_norm.pt", "layer norm over permuted channels", channels_last, ["stem", "mix"], expected=expected
    )
