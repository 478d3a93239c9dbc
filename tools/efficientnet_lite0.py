"""EfficientNet-Lite0 (Tan & Le 2019, Lite variant: no squeeze-and-excitation, ReLU6, fixed stem and head).

The submodules' names are what Tessera shows in its list of layers.
"""

from typing import Final

from torch import nn
from torch.nn import functional as F

# (blocks, kernel, stride of the first block, expansion, output channels)
STAGES = [
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]
STEM_CHANNELS = 32
HEAD_CHANNELS = 1280
NORM_EPSILON = 1e-3


class ConvNorm(nn.Module):
    """Convolution, batch norm and, if wanted, ReLU6.

    Padded as TensorFlow pads for an even input size: with stride 2 the odd cell goes right and below.
    """

    asymmetric: Final[bool]
    relu: Final[bool]

    def __init__(self, inputs, outputs, kernel=1, stride=1, groups=1, relu=True):
        super().__init__()
        before, after = (kernel - stride) // 2, (kernel - stride + 1) // 2
        self.asymmetric = before != after
        self.relu = relu
        self.padding = [before, after, before, after]
        padding = 0 if self.asymmetric else before
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=NORM_EPSILON)

    def forward(self, x):
        if self.asymmetric:
            x = F.pad(x, self.padding)
        x = self.norm(self.conv(x))
        return F.relu6(x) if self.relu else x


class Block(nn.Module):
    """Inverted residual: expand, filter each channel by itself, project; skipped where shapes allow."""

    skip: Final[bool]

    def __init__(self, inputs, outputs, kernel, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        self.expand = ConvNorm(inputs, hidden) if expansion > 1 else None
        self.depthwise = ConvNorm(hidden, hidden, kernel, stride, groups=hidden)
        self.project = ConvNorm(hidden, outputs, relu=False)
        self.skip = stride == 1 and inputs == outputs

    def forward(self, x):
        hidden = x
        if self.expand is not None:
            hidden = self.expand(hidden)
        projected = self.project(self.depthwise(hidden))
        return x + projected if self.skip else projected


class EfficientNetLite0(nn.Module):
    """[N,3,H,W], even H and W, RGB as (0…255 - 127) / 128, to [N,classes] logits."""

    def __init__(self, classes=1000):
        super().__init__()
        self.stem = ConvNorm(3, STEM_CHANNELS, kernel=3, stride=2)
        blocks = []
        channels = STEM_CHANNELS
        for count, kernel, first_stride, expansion, outputs in STAGES:
            for i in range(count):
                blocks.append(Block(channels, outputs, kernel, first_stride if i == 0 else 1, expansion))
                channels = outputs
        self.blocks = nn.ModuleList(blocks)
        self.head = ConvNorm(channels, HEAD_CHANNELS)
        self.classifier = nn.Linear(HEAD_CHANNELS, classes)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        x = self.head(x)
        return self.classifier(x.mean((2, 3)))
