"""Networks that PyTorch loads or would load, and Tessera refuses."""

import torch
from torch import nn

import tessera_archive

from .building_blocks import Bare, conv
from .fixture import CLASSES, Fixture, edited, initialized, refused, scripted

SIDE_EFFECT_FILE = "tessera_side_effect.bin"  # relative: where the test runs


class Segmentation(nn.Module):
    def __init__(self):
        super().__init__()
        self.stage = conv(3, 6)
        self.head = nn.Conv2d(6, CLASSES, 1)

    def forward(self, x):
        return self.head(self.stage(x))


class TokenOutput(Segmentation):
    def forward(self, x):
        return self.head(self.stage(x)).flatten(2).transpose(1, 2)


class NumberOutput(Bare):
    def forward(self, x) -> float:
        return float(self.features(x).mean())


class TwoInputs(Bare):
    def forward(self, x, y):
        return self.classify(self.features(x + y))


class ListInput(Bare):
    def forward(self, pictures: list[torch.Tensor]):
        return self.classify(self.features(torch.stack(pictures)))


class TextInput(Bare):
    def forward(self, x: str):
        return torch.full((1, len(x)), 0.0)


class NoForward(nn.Module):
    @torch.jit.export
    def describe(self, x: torch.Tensor):
        return x * 2


class Volume(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3d(3, 4, 3, padding=1)
        self.classifier = nn.Linear(4, CLASSES)

    def forward(self, x):
        return self.classifier(self.conv(x).mean((2, 3, 4)))


class Mismatch(nn.Module):
    """Four channels arrive where six are wanted."""

    def __init__(self):
        super().__init__()
        self.reduce = conv(6, 4)
        self.mix = conv(6, 6)

    def forward(self, x):
        return self.mix(self.reduce(x))


class FailsInside(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = conv(3, 6)
        self.features = nn.Sequential(conv(6, 6), nn.Sequential(conv(6, 6), Mismatch()))
        self.classifier = nn.Linear(6, CLASSES)

    def forward(self, x):
        return self.classifier(self.features(self.stem(x)).mean((2, 3)))


class Raises(Bare):
    def forward(self, x):
        if x.shape[2] != 200:
            raise ValueError("this network wants pictures of 200 pixels")
        return self.classify(self.features(x))


class HugeAllocation(Bare):
    def forward(self, x):
        return self.classify(self.features(x)) + torch.zeros(1 << 24, 1 << 24).sum()


class Saves(Bare):
    def forward(self, x):
        x = self.features(x)
        torch.save(x, "tessera_side_effect.bin")
        return self.classify(x)


class ReadsFile(Bare):
    def forward(self, x):
        secret = torch.from_file("tessera_side_effect.bin", True, 8)
        return self.classify(self.features(x)) + secret.sum()


class Scale(nn.Module):
    """Restores itself by code of its own while it is loaded."""

    def __init__(self):
        super().__init__()
        self.factor = torch.tensor([2.0])

    @torch.jit.export
    def __getstate__(self) -> tuple[torch.Tensor, bool]:
        return self.factor * 0.5, self.training

    @torch.jit.export
    def __setstate__(self, state: tuple[torch.Tensor, bool]):
        self.factor = state[0] * 2
        self.training = state[1]

    def forward(self, x):
        return x * self.factor


class OwnState(Bare):
    def __init__(self):
        super().__init__()
        self.scale = Scale()

    def forward(self, x):
        return self.classify(self.scale(self.features(x)))


class OwnStateWrites(nn.Module):
    """Writes a file while it is loaded."""

    def __init__(self):
        super().__init__()
        self.training = False

    @torch.jit.export
    def __getstate__(self):
        return self.training

    @torch.jit.export
    def __setstate__(self, state: bool):
        torch.save(state, "tessera_side_effect.bin")
        self.training = state

    def forward(self, x):
        return x.mean((2, 3))


def quantized():
    """Weights packed in objects of a C++ class that LibTorch registers, with a __setstate__ of their own."""
    torch.backends.quantized.engine = "fbgemm" if "fbgemm" in torch.backends.quantized.supported_engines else "onednn"
    module = torch.ao.nn.quantized.Conv2d(3, CLASSES, 3)
    module.set_weight_bias(
        torch.quantize_per_tensor(torch.linspace(-1, 1, 135).view(CLASSES, 3, 3, 3), 0.01, 0, torch.qint8), None
    )
    network = nn.Sequential(
        torch.ao.nn.quantized.Quantize(0.02, 0, torch.quint8),
        module,
        torch.ao.nn.quantized.DeQuantize(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
    )
    return scripted(network.eval())


def fixtures():
    bare = initialized(Bare())
    yield refused(
        "segmentation.pt",
        "output [1,C,H,W]",
        scripted(initialized(Segmentation())),
        "an output for each position, not for each class",
    )
    yield refused(
        "token_output.pt",
        "output [1,T,C]",
        scripted(initialized(TokenOutput())),
        "an output for each token, not for each class",
    )
    yield refused(
        "number_output.pt", "returns a Python float", scripted(initialized(NumberOutput())), "the output is no tensor"
    )
    yield refused("two_inputs.pt", "forward(x, y)", scripted(initialized(TwoInputs())), "several inputs")
    yield refused(
        "list_input.pt", "forward(list of tensors)", scripted(initialized(ListInput())), "the input is no tensor"
    )
    yield refused("text_input.pt", "forward(str)", scripted(initialized(TextInput())), "the input is no tensor")
    yield refused("no_forward.pt", "no forward method", scripted(NoForward()), "nothing to run")
    yield refused(
        "conv3d.pt",
        "wants [N,C,D,H,W]",
        scripted(initialized(Volume())),
        "the dry run fails in `conv`: not pictures but volumes",
    )
    yield refused(
        "fails_inside.pt",
        "channels do not match in a nested module",
        scripted(initialized(FailsInside())),
        "the dry run fails in `features.1.1.mix`",
    )
    yield refused(
        "raises.pt",
        "raises for this input size",
        scripted(initialized(Raises())),
        "the dry run fails; the network's own message is in the sentence",
    )
    yield refused(
        "huge_allocation.pt",
        "forward allocates 1 PiB",
        scripted(initialized(HugeAllocation())),
        "the dry run fails; no memory is exhausted",
    )

    yield refused(
        "saves.pt",
        "`torch.save` in forward",
        scripted(initialized(Saves())),
        f"side effect `aten::save`; no `{SIDE_EFFECT_FILE}` appears",
    )
    yield refused(
        "reads_file.pt",
        "`torch.from_file` in forward",
        scripted(initialized(ReadsFile())),
        "side effect `aten::from_file`; no file is opened or made",
    )
    yield refused(
        "own_state.pt",
        "`__setstate__`",
        scripted(initialized(OwnState())),
        "code that would run on loading, found before loading",
    )
    yield refused(
        "own_state_writes.pt",
        "`__setstate__` that writes a file",
        scripted(OwnStateWrites()),
        f"the same; no `{SIDE_EFFECT_FILE}` appears",
    )

    fixture = refused(
        "quantized.pt",
        "quantized convolution: objects of LibTorch's own C++ classes",
        quantized(),
        "custom class (quantized networks have no gradients)",
    )
    yield fixture
    unknown = {
        record: lambda data: data.replace(b"torch.classes.quantized", b"torch.classes.unheardof")
        for record, data in tessera_archive.records(fixture.content).items()
        if b"torch.classes.quantized" in data
    }
    yield Fixture(
        "custom_class.pt",
        "objects of a C++ class that nobody registers",
        "refused: custom class",
        edited(fixture.content, unknown),
    )

    program = refused(
        "unknown_operator.pt", "an operator that this LibTorch does not have", scripted(bare), "the operator is named"
    )
    replace = lambda data: data.replace(b"torch.mean(", b"ops.elsewhere.mean(")
    program.content = edited(program.content, {"code/__torch__/model_fixtures/building_blocks.py": replace})
    yield program
