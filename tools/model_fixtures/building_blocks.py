"""What most of the fixtures are made of."""

from torch import nn
from torch.nn import functional as F

from .fixture import CLASSES


def conv(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride, padding=1)


class Stage(nn.Module):
    """Convolution, batch norm and a ReLU that is no module."""

    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv = conv(inputs, outputs, stride)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return F.relu(self.norm(self.conv(x)))


class Plain(nn.Module):
    """The smallest network that has everything: two stages, global average, linear."""

    def __init__(self, channels=3, classes=CLASSES):
        super().__init__()
        self.stage1 = Stage(channels, 6, stride=2)
        self.stage2 = Stage(6, 8)
        self.classifier = nn.Linear(8, classes)

    def forward(self, x):
        return self.classifier(self.stage2(self.stage1(x)).mean((2, 3)))


class Bare(nn.Module):
    """The smallest network, for what is refused for another reason than its structure."""

    def __init__(self):
        super().__init__()
        self.stage = conv(3, 4, stride=2)
        self.classifier = nn.Linear(4, CLASSES)

    def features(self, x):
        return F.relu(self.stage(x))

    def classify(self, features):
        return self.classifier(features.mean((2, 3)))

    def forward(self, x):
        return self.classify(self.features(x))
