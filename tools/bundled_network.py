"""The bundled network as an ordinary module, so that its ReLU6 can be watched and layers replaced."""

import pathlib

import torch
from torch import nn
from torch.nn import functional as F

from efficientnet_lite0 import EfficientNetLite0

MODEL = pathlib.Path(__file__).resolve().parent.parent / "models" / "efficientnet_lite0.pt"


class HeldRelu6(torch.autograd.Function):
    """ReLU6 whose gradient passes where `mask` says, whatever the value."""

    @staticmethod
    def forward(context, x, mask):
        context.save_for_backward(mask)
        return x.clamp(0, 6)

    @staticmethod
    def backward(context, gradient):
        (mask,) = context.saved_tensors
        return gradient * mask, None


class Relu6(nn.Module):
    """ReLU6 that keeps its input, and takes its mask from `held` where there is one."""

    def __init__(self):
        super().__init__()
        self.seen = None
        self.held = None

    def forward(self, x):
        self.seen = x.detach()
        return F.relu6(x) if self.held is None else HeldRelu6.apply(x, self.held.to(x.dtype))


class Filter(nn.Module):
    """A ConvNorm of the network with its activation as a module of its own."""

    def __init__(self, source, fold):
        super().__init__()
        self.padding = source.padding if source.asymmetric else None
        self.conv, self.norm = source.conv, source.norm
        if fold:
            self.conv, self.norm = nn.utils.fusion.fuse_conv_bn_eval(source.conv, source.norm), nn.Identity()
        self.activation = Relu6() if source.relu else nn.Identity()

    def forward(self, x):
        if self.padding:
            x = F.pad(x, self.padding)
        return self.activation(self.norm(self.conv(x)))


def load(dtype=torch.float32, fold=False, channels_last=False, model=MODEL):
    """The weights of the TorchScript file; norms folded, where asked for, in float64."""
    scripted = torch.jit.load(str(model), map_location="cpu").eval()
    network = EfficientNetLite0().eval().requires_grad_(False)
    network.load_state_dict(scripted.state_dict())
    network.double()
    for block in network.blocks:
        for name in ("expand", "depthwise", "project"):
            if getattr(block, name) is not None:
                setattr(block, name, Filter(getattr(block, name), fold))
    network.stem, network.head = Filter(network.stem, fold), Filter(network.head, fold)
    memory_format = torch.channels_last if channels_last else torch.contiguous_format
    return network.to(dtype=dtype, memory_format=memory_format).requires_grad_(False)


def clips(network):
    """Every ReLU6, by its layer's name."""
    return {
        name.removesuffix(".activation"): module
        for name, module in network.named_modules()
        if isinstance(module, Relu6)
    }
