"""Networks that load, by mode, input, output, number type and metadata."""

import copy
import json
import warnings
import zipfile
from typing import Optional

import torch
from torch import nn
from torch.nn import functional as F

import tessera_archive
import tessera_export

from .building_blocks import Plain, Stage
from .fixture import (
    CLASSES,
    Fixture,
    archive,
    edited,
    initialized,
    metadata,
    picture,
    recorded,
    scripted,
    traced,
    working,
)


class Dropouts(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage = Stage(3, 6, stride=2)
        self.maps = nn.Dropout2d(0.5)
        self.last = Stage(6, 8)
        self.units = nn.Dropout(0.5)
        self.classifier = nn.Linear(8, CLASSES)

    def forward(self, x):
        x = self.last(self.maps(self.stage(x)))
        x = F.dropout(x.mean((2, 3)), 0.3, self.training)
        return self.classifier(self.units(x))


class Flatten(nn.Module):
    """Needs one input size, and reads the batch size from its input."""

    def __init__(self, width, height, batch=None):
        super().__init__()
        self.stage = Stage(3, 2, stride=2)
        self.batch = batch
        self.classifier = nn.Linear(2 * ((width + 1) // 2) * ((height + 1) // 2), CLASSES)

    def forward(self, x):
        x = self.stage(x)
        return self.classifier(x.view(x.shape[0] if self.batch is None else self.batch, -1))


class BatchBranch(nn.Module):
    """Another path, with the same values, for a batch of one."""

    def __init__(self):
        super().__init__()
        self.stage = Stage(3, 4, stride=2)
        self.classifier = nn.Linear(4, CLASSES)

    def forward(self, x):
        x = self.stage(x)
        if x.shape[0] == 1:
            pooled = x.squeeze(0).mean((1, 2)).unsqueeze(0)
        else:
            pooled = x.mean((2, 3))
        return self.classifier(pooled)


class TupleOutput(Plain):
    def forward(self, x) -> tuple[torch.Tensor, torch.Tensor]:
        first = self.stage1(x)
        return self.classifier(self.stage2(first).mean((2, 3))), first.mean((2, 3))


class DictOutput(Plain):
    def forward(self, x) -> dict[str, torch.Tensor]:
        features = self.stage2(self.stage1(x))
        return {"features": features, "logits": self.classifier(features.mean((2, 3)))}


class SoftmaxOutput(Plain):
    def forward(self, x):
        return torch.softmax(self.classifier(self.stage2(self.stage1(x)).mean((2, 3))), 1)


class DefaultArgument(Plain):
    def forward(self, x, scale: Optional[torch.Tensor] = None, double: bool = False):
        logits = self.classifier(self.stage2(self.stage1(x)).mean((2, 3)))
        if scale is not None:
            logits = logits * scale
        return logits * 2 if double else logits


class Checks(Plain):
    """What well-meaning authors put into a forward function."""

    def forward(self, x):
        assert x.dim() == 4, "expected a batch of pictures"
        if x.shape[1] != 3:
            raise ValueError("expected three channels")
        if x.shape[2] < 8:
            warnings.warn("a small picture", stacklevel=2)
        return self.classifier(self.stage2(self.stage1(x)).mean((2, 3)))


class PaddedUnevenly(Plain):
    """LibTorch warns of a convolution with an even kernel that keeps the size."""

    def __init__(self):
        super().__init__()
        self.stage1.conv = nn.Conv2d(3, 6, 4, padding="same")


class Clipped(Plain):
    """ReLU6 units that are all at 6: the logits do not depend on the picture."""

    def forward(self, x):
        return self.classifier(F.relu6(self.stage2.conv(self.stage1(x)) + 1000.0).mean((2, 3)))


class MakesTensors(Plain):
    """Makes a constant on a device: a trace of it remembers which."""

    def forward(self, x):
        x = self.stage2(self.stage1(x))
        return self.classifier((x + torch.ones(1, 8, 1, 1, device=x.device)).mean((2, 3)))


def training(module):
    return copy.deepcopy(module).train()


def train_mode():
    dropouts = initialized(Dropouts())
    layers = ["stage", "maps", "last"]
    expected = "loads, runs in evaluation mode: logits agree and do not change from run to run; a note says so"
    yield working(
        "dropout_train.pt",
        "dropout saved in train mode",
        dropouts,
        layers,
        expected=expected,
        program=scripted(training(dropouts)),
    )
    # A trace runs the module, and in train mode that moves the statistics of its norms: keep those that were recorded.
    program = traced(training(dropouts))
    program.load_state_dict(dropouts.state_dict())
    what = "the same traced: train mode is a constant of the graph"
    yield working("dropout_train_traced.pt", what, dropouts, layers, expected=expected, program=program)

    plain = initialized(Plain())
    layers = ["stage1.norm", "stage1", "stage2"]
    expected = "loads, uses the running statistics: logits and layers agree; a note says so"
    yield working(
        "batch_norm_train.pt",
        "batch norm saved in train mode",
        plain,
        layers,
        expected=expected,
        program=scripted(training(plain)),
    )
    program = traced(training(plain))
    program.load_state_dict(plain.state_dict())
    what = "the same traced: train mode is a constant of the graph"
    yield working("batch_norm_train_traced.pt", what, plain, layers, expected=expected, program=program)


def inputs():
    grey = initialized(Plain(channels=1))
    yield working(
        "grey_input.pt", "one input channel; the picture has equal channels", grey, ["stage1", "stage2"], order="grey"
    )
    odd = initialized(Flatten(53, 37))
    size = {"width": 53, "height": 37}
    yield working("odd_size.pt", "input 53 wide, 37 high, and no other", odd, ["stage"], **size)
    what = "the same traced: the batch size is read from the input"
    yield working("odd_size_traced.pt", what, odd, ["stage"], program=traced(odd, **size), **size)
    fixed = initialized(Flatten(16, 16, batch=1))
    expected = "loads, logits agree; a batch above a layer must run one by one"
    yield working(
        "batch_of_one.pt",
        "`view(1, -1)`: only ever a batch of one",
        fixed,
        ["stage"],
        expected=expected,
        program=traced(fixed),
    )
    yield working("batch_branch.pt", "control flow depends on the batch size", initialized(BatchBranch()), ["stage"])
    what = "other arguments have defaults"
    yield working("default_argument.pt", what, initialized(DefaultArgument()), ["stage1", "stage2"])


def outputs():
    layers = ["stage1", "stage2"]
    what = "returns (logits, auxiliary)"
    yield working("output_tuple.pt", what, initialized(TupleOutput()), layers, pick=lambda output: output[0])
    what = "returns a dictionary: `features` [N,C,H,W], `logits`"
    yield working("output_dict.pt", what, initialized(DictOutput()), layers, pick=lambda output: output["logits"])
    expected = "loads; the outputs (`logits` in the .npz) are probabilities: not softmaxed again, or a warning"
    yield working(
        "softmax_output.pt", "softmax already applied", initialized(SoftmaxOutput()), layers, expected=expected
    )


def numbers():
    layers = ["stage1", "stage2"]
    plain = initialized(Plain())
    for name, kind in [("half", torch.float16), ("bfloat16", torch.bfloat16), ("double", torch.float64)]:
        rounded = copy.deepcopy(plain).to(kind)
        expected = "loads, runs in float32 with these weights; logits and layers agree; a note says so"
        program = scripted(rounded)
        yield working(
            f"{name}_weights.pt",
            f"{name} weights",
            copy.deepcopy(rounded).float(),
            layers,
            expected=expected,
            program=program,
        )

    broken = initialized(Plain())
    broken.stage2.conv.weight[3, 0, 0, 0] = float("nan")
    expected = "loads; warned: non-finite values, first in `stage2.conv` (or the norm it is folded with)"
    yield working("non_finite.pt", "one weight is NaN", broken, [], expected=expected)
    dead = initialized(Plain())
    dead.stage2.norm.bias.fill_(-1000)
    expected = "loads; warned: `stage2` is zero everywhere"
    yield working("dead.pt", "a ReLU layer that never fires", dead, layers, expected=expected)
    expected = "loads; warned: saturated or constant"
    yield working("saturated.pt", "a ReLU6 layer that is 6 everywhere", initialized(Clipped()), [], expected=expected)
    certain = initialized(Plain())
    certain.classifier.weight.mul_(1e4)
    expected = "loads; warned: one class has all the probability"
    yield working(
        "overconfident.pt",
        "logits in the ten thousands, as wrong normalisation gives them",
        certain,
        layers,
        expected=expected,
    )


def origins():
    layers = ["stage1", "stage2"]
    plain = initialized(Plain())
    yield working("checks.pt", "`assert`, `raise`, `warnings.warn` in forward", initialized(Checks()), layers)
    yield working(
        "warns.pt",
        "LibTorch warns while it runs: a convolution of even size with padding `same`",
        initialized(PaddedUnevenly()),
        layers,
        expected="loads; logits, `stage1`, `stage2` agree; LibTorch's warning is told with `--verbose` alone",
    )
    expected = "loads; logits agree; layers without module names"
    yield working(
        "frozen.pt",
        "frozen before saving: module names are lost",
        plain,
        [],
        expected=expected,
        program=torch.jit.freeze(scripted(plain)),
    )

    old = working(
        "version_2.pt", "archive version 2 without later records: older than any that is promised", plain, layers
    )
    keep = lambda record: record not in ("byteorder", ".format_version", ".storage_alignment")
    old.content = edited(old.content, {"version": lambda _: b"2\n"}, keep)
    yield old

    for name, method, exercises in (
        ("deflated.pt", zipfile.ZIP_DEFLATED, "zipped again: every record is compressed"),
        ("unaligned.pt", zipfile.ZIP_STORED, "zipped again: stored, but not where torch aligns records to"),
    ):
        again = working(name, exercises, plain, layers)
        again.content = tessera_archive.rezipped(tessera_archive.records(again.content), name[:-3], method)
        yield again

    makes = initialized(MakesTensors())
    gpu = working(
        "saved_on_gpu.pt",
        "storages and a constant are on `cuda:0`",
        makes,
        layers,
        program=traced(makes),
        expected="loads on any machine; logits agree",
    )
    to_gpu = {
        "data.pkl": lambda text: text.replace(b"X\x03\x00\x00\x00cpu", b"X\x06\x00\x00\x00cuda:0"),
        "code/__torch__/model_fixtures/modes.py": lambda text: text.replace(b'"cpu"', b'"cuda:0"'),
    }
    gpu.content = edited(gpu.content, to_gpu)
    yield gpu


def metadata_variants():
    plain = initialized(Plain())
    arrays = recorded(plain, picture(16, 16), layers=["stage1", "stage2"])
    program = scripted(plain)
    labels = [f"kind {i}" for i in range(CLASSES)]
    yield Fixture(
        "labels.pt",
        "labels in the archive",
        "loads; labels `kind 0` … `kind 4`",
        archive(program, "labels.pt", metadata("labels", labels=labels)),
        arrays,
    )
    yield Fixture(
        "labels_too_few.pt",
        "3 labels for 5 classes",
        "loads; classes are numbered; a note says so",
        archive(program, "labels_too_few.pt", metadata("labels_too_few", labels=labels[:3])),
        arrays,
    )
    sidecar = json.dumps(metadata("named by its sidecar", labels=labels), indent=1).encode() + b"\n"
    yield Fixture(
        "sidecar.pt",
        "metadata in `sidecar.json` beside it",
        "loads; labels and name from there",
        archive(program, "sidecar.pt"),
        arrays,
        {"sidecar.json": sidecar},
    )
    yield Fixture(
        "no_metadata.pt",
        "no metadata at all",
        "loads with assumed preprocessing (ImageNet, 224×224)",
        archive(program, "no_metadata.pt"),
    )
    for name, text, what in [
        ("metadata_not_json", "{width: 16", "`tessera.json` is not JSON"),
        (
            "metadata_nonsense",
            '{"tessera": 1, "preprocessing": {"width": -5, "std": [0, 0, 0], "mean": "x"}}',
            "impossible values",
        ),
        ("metadata_future", '{"tessera": 99, "preprocessing": {}}', "a later version of the format"),
    ]:
        yield Fixture(
            f"{name}.pt",
            what,
            "loads as without metadata, and a note says what is wrong; or refused with that sentence",
            tessera_export.archive_with_text(program, name, text),
        )


def fixtures():
    for group in (train_mode, inputs, outputs, numbers, origins, metadata_variants):
        yield from group()
