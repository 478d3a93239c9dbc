#!/usr/bin/env python3
"""One process of captum.py: times Captum's routes on request, as shipped or tuned.

Reads a route's name a line from stdin; answers one line of JSON, {"seconds": …}. Needs torch, captum, numpy, pillow.
"""

import json
import os
import pathlib
import sys
import time
import warnings

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# captum.py beside this file is not the package.
sys.path[:] = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != HERE]
sys.path.append(str(ROOT / "tools"))

import numpy as np  # noqa: E402
import torch  # noqa: E402
from captum.attr import (  # noqa: E402
    InputXGradient,
    IntegratedGradients,
    LayerGradientXActivation,
    LayerIntegratedGradients,
    NeuronGradient,
)
from PIL import Image  # noqa: E402
from torch import nn  # noqa: E402

from efficientnet_lite0 import EfficientNetLite0  # noqa: E402

LAYER, LATER = 10, 12  # 14×14×112 and 7×7×192
CLASS = 285
CLASSES = 1000
STEPS = 50
MEASURED = 40  # classes of the loop that are timed, of 1000
BATCH = 50  # classes of a batched run, of which two are timed


class Upper(nn.Module):
    """What a user writes to split the network above a block."""

    def __init__(self, network, last=None):
        super().__init__()
        self.blocks = network.blocks[LAYER + 1 : None if last is None else last + 1]
        self.head, self.classifier = (network.head, network.classifier) if last is None else (None, None)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x if self.head is None else self.classifier(self.head(x).mean((2, 3)))


class Lengths(nn.Module):
    """[N, positions]: the length of the activation vector at each position of the module's output."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x):
        return self.module(x).square().sum(1).sqrt().flatten(1)


class Lower(nn.Module):
    """The network up to LATER."""

    def __init__(self, network):
        super().__init__()
        self.stem, self.blocks = network.stem, network.blocks[: LATER + 1]

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return x


def picture():
    image = Image.open(ROOT / "assets" / "images" / "chelsea.png").convert("RGB")
    scale = 224 / min(image.size)
    image = image.resize([round(side * scale) for side in image.size], Image.Resampling.BICUBIC)
    left, top = (image.width - 224) // 2, (image.height - 224) // 2
    pixels = np.asarray(image.crop((left, top, left + 224, top + 224)), np.float32)
    return ((torch.from_numpy(pixels).permute(2, 0, 1)[None] - 127) / 128).contiguous()


class Packed(nn.Module):
    """The network as somebody in a hurry would write its forward pass: batch norms folded, every convolution one operation
    of oneDNN with its bias and ReLU6, its kernel packed once."""

    def __init__(self, network, x):
        super().__init__()
        self.network, self.calls = network, []
        with torch.no_grad():
            x = self.convolution(network.stem, x)
            for block in network.blocks:
                x = self.block(block, x)
            self.convolution(network.head, x)

    def convolution(self, module, x):
        scale = module.norm.weight / (module.norm.running_var + module.norm.eps).sqrt()
        kernel = module.conv.weight * scale.view(-1, 1, 1, 1)
        bias = module.norm.bias - module.norm.running_mean * scale
        padding = module.padding if module.asymmetric else None
        geometry = [list(module.conv.padding), list(module.conv.stride), list(module.conv.dilation), module.conv.groups]
        appended = ("hardtanh", [0.0, 6.0], "") if module.relu else ("none", [], "")
        shape = list((x if padding is None else torch.nn.functional.pad(x, padding)).shape)
        packed = torch.ops.mkldnn._reorder_convolution_weight(kernel, *geometry, shape)
        self.calls.append((packed, bias, geometry, appended, padding))
        return self.run(len(self.calls) - 1, x)

    def run(self, index, x):
        packed, bias, geometry, appended, padding = self.calls[index]
        if padding is not None:
            x = torch.nn.functional.pad(x, padding)
        return torch.ops.mkldnn._convolution_pointwise(x, packed, bias, *geometry, *appended)

    def block(self, block, x):
        hidden = x if block.expand is None else self.convolution(block.expand, x)
        projected = self.convolution(block.project, self.convolution(block.depthwise, hidden))
        return projected.add_(x) if block.skip else projected

    def forward(self, x):
        x, index = self.run(0, x), 1
        for block in self.network.blocks:
            hidden = x
            for _ in range(2 if block.expand is None else 3):
                hidden, index = self.run(index, hidden), index + 1
            x = hidden.add_(x) if block.skip else hidden
        return self.network.classifier(self.run(index, x).mean((2, 3)))


class Routes:
    def __init__(self, tuned):
        scripted = torch.jit.load(str(ROOT / "models" / "efficientnet_lite0.pt"))
        network = EfficientNetLite0().eval().requires_grad_(False)
        network.load_state_dict(scripted.state_dict())
        x = picture()
        if tuned:
            network.to(memory_format=torch.channels_last)
            x = x.contiguous(memory_format=torch.channels_last)
        self.x, self.network = x, network
        layer = network.blocks[LAYER]
        kept = {}
        hook = layer.register_forward_hook(lambda _, __, value: kept.update(value=value))
        with torch.no_grad():
            network(x)
        hook.remove()
        self.cube = kept["value"]
        upper, part = Upper(network), Upper(network, LATER)
        later = part.blocks[-1]
        self.by_layer = LayerGradientXActivation(network, layer)
        self.by_all_layers = LayerGradientXActivation(network, [network.stem, *network.blocks, network.head])
        self.by_layer_path = LayerIntegratedGradients(network, layer)
        self.split = InputXGradient(upper)
        self.split_path = IntegratedGradients(upper)
        self.lengths = LayerGradientXActivation(Lengths(Lower(network)), layer)
        self.split_lengths = InputXGradient(Lengths(part))
        self.neurons = NeuronGradient(part, later)
        with torch.no_grad():
            self.positions = Lengths(part)(self.cube).shape[1]
            self.packed = Packed(network, x)
            if not torch.allclose(self.packed(x), network(x), rtol=1e-3, atol=1e-3):
                raise SystemExit("The packed network gives other scores.")

    def start(self):
        return self.cube.clone().requires_grad_()

    def repeated(self, count):
        return self.cube.expand(count, -1, -1, -1).clone(memory_format=torch.preserve_format).requires_grad_()

    # Each route returns by what its time is to be multiplied.

    def classes_loop(self):
        for target in range(MEASURED):
            self.by_layer.attribute(self.x, target=target).sum(1)
        return CLASSES / MEASURED

    def classes_split(self):
        for first in (0, BATCH):
            self.split.attribute(self.repeated(BATCH), target=torch.arange(first, first + BATCH)).sum(1)
        return CLASSES / BATCH / 2

    def pairs_loop(self):
        for target in range(self.positions):
            self.lengths.attribute(self.x, target=target).sum(1)
        return 1

    def pairs_neuron(self):
        side = int(self.positions**0.5)
        for y in range(side):
            for x in range(side):
                length = lambda value, y=y, x=x: value[:, :, y, x].square().sum(1).sqrt()
                (self.neurons.attribute(self.start(), neuron_selector=length) * self.cube).sum(1)
        return 1

    def pairs_split(self):
        self.split_lengths.attribute(self.repeated(self.positions), target=torch.arange(self.positions)).sum(1)
        return 1

    def path(self):
        self.by_layer_path.attribute(self.x, torch.zeros_like(self.x), target=CLASS, n_steps=STEPS).sum(1)
        return 1

    def path_in_tens(self):
        self.by_layer_path.attribute(
            self.x, torch.zeros_like(self.x), target=CLASS, n_steps=STEPS, internal_batch_size=10
        ).sum(1)
        return 1

    def path_split(self):
        self.split_path.attribute(self.cube, torch.zeros_like(self.cube), target=CLASS, n_steps=STEPS).sum(1)
        return 1

    def all_layers(self):
        for value in self.by_all_layers.attribute(self.x, target=CLASS):
            value.sum(1)
        return 1

    def bare(self):
        start = self.x.clone().requires_grad_()
        torch.autograd.grad(self.network(start)[0, CLASS], start)
        return 1

    def forward(self):
        with torch.no_grad():
            self.network(self.x)
        return 1

    def forward_packed(self):
        with torch.no_grad():
            self.packed(self.x)
        return 1


def main():
    warnings.filterwarnings("ignore")
    torch.set_num_threads(os.cpu_count())
    routes = Routes(tuned=sys.argv[1:] == ["tuned"])
    for line in sys.stdin:
        run = getattr(routes, line.strip())
        before = time.perf_counter()
        scale = run()
        print(json.dumps({"seconds": (time.perf_counter() - before) * scale}), flush=True)


if __name__ == "__main__":
    main()
