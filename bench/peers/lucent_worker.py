#!/usr/bin/env python3
"""One process of lucent.py: times Lucent on request, as shipped or tuned.

Reads a line of JSON from stdin, {"batch": …, "steps": …, "size": …, "fixed": … or null, "objective": "channel" or
"direction"}; answers one, {"seconds": …}, of a whole call. {"measure": "work", "fixed": …} is answered with the
floating-point operations of one step of one icon, {"measure": "peak"} with the most a second that matrix products
reach here. Needs torch, torchvision, torch-lucent, kornia, numpy.
"""

import json
import os
import pathlib
import sys
import time
import types
import warnings

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# lucent.py beside this file is not the package.
sys.path[:] = [entry for entry in sys.path if pathlib.Path(entry or ".").resolve() != HERE]
sys.path.append(str(ROOT / "tools"))
warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
import torch  # noqa: E402

# torchvision's wheel on PyPI is linked against CUDA. Under a CPU build of torch its operators do not load; with
# their names declared, the part in Python that Lucent uses does.
declared = torch.library.Library("torchvision", "DEF")
for operator in (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
):
    try:
        declared.define(operator)
    except RuntimeError:
        pass

# Lucent imports IPython to show pictures in notebooks, which is not done here.
for name in ("IPython", "IPython.display"):
    sys.modules.setdefault(name, types.ModuleType(name))
sys.modules["IPython"].display = sys.modules["IPython.display"]

from lucent.optvis import objectives, param, render  # noqa: E402

from efficientnet_lite0 import EfficientNetLite0  # noqa: E402

LAYER = "blocks_10"
CHANNELS = 112


class Named(torch.nn.Module):
    """Lucent's preprocessing is for pictures in ImageNet's normalisation: this takes it back to the network's."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406])[:, None, None])
        self.register_buffer("std", torch.tensor([0.229, 0.224, 0.225])[:, None, None])

    def forward(self, x):
        return self.network(((x * self.std + self.mean) * 255 - 127) / 128)


def network_of(tuned):
    scripted = torch.jit.load(str(ROOT / "models" / "efficientnet_lite0.pt"))
    network = EfficientNetLite0().eval().requires_grad_(False)
    network.load_state_dict(scripted.state_dict())
    if tuned:
        network.to(memory_format=torch.channels_last)
    return Named(network).eval()


def objective_of(asked):
    batch = asked["batch"]
    layer = "network_" + LAYER
    if asked["objective"] == "direction":
        directions = torch.rand(batch, CHANNELS, generator=torch.Generator().manual_seed(0))
        parts = [objectives.direction(layer, directions[i], batch=i) for i in range(batch)]
    else:
        parts = [objectives.channel(layer, i, batch=i) for i in range(batch)]
    return sum(parts[1:], parts[0])


def seconds(network, asked):
    for module in network.modules():
        module._forward_hooks.clear()  # Lucent leaves its hooks behind
    torch.manual_seed(0)
    np.random.seed(0)
    start = time.perf_counter()
    render.render_vis(
        network,
        objective_of(asked),
        lambda: param.image(asked["size"], batch=asked["batch"]),
        thresholds=(asked["steps"],),
        progress=False,
        show_image=False,
        fixed_image_size=asked["fixed"],
    )
    return time.perf_counter() - start


def work(network, side):
    """Of the convolutions up to the layer, there and back to the picture: a multiplication and an addition each."""
    counted, hooks = [0], []

    def count(module, _, output):
        taps = module.in_channels // module.groups * module.kernel_size[0] * module.kernel_size[1]
        counted[0] += 2 * output[0].numel() * taps

    class Reached(Exception):
        pass

    def stop(*_):
        raise Reached

    for name, module in network.network.named_modules():
        if isinstance(module, torch.nn.Conv2d):
            hooks.append(module.register_forward_hook(count))
        if name == LAYER.replace("_", "."):
            hooks.append(module.register_forward_hook(stop))
    try:
        network(torch.zeros(1, 3, side, side))
    except Reached:
        pass
    for hook in hooks:
        hook.remove()
    return 2 * counted[0]


def peak(side=1024, rounds=20):
    one, other = torch.rand(side, side), torch.rand(side, side)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        one @ other
        times.append(time.perf_counter() - start)
    return 2 * side**3 / min(times)


def answer(network, asked):
    if asked.get("measure") == "work":
        return {"flop": work(network, asked["fixed"])}
    if asked.get("measure") == "peak":
        return {"flops": peak()}
    return {"seconds": seconds(network, asked)}


def main():
    torch.set_num_threads(os.cpu_count())
    network = network_of(tuned=sys.argv[1] == "tuned")
    for line in sys.stdin:
        print(json.dumps(answer(network, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
