"""@SENTENCE@ Computed again with PyTorch.

    python3 @NAME@.py

Tessera @VERSION@ made this. It computes the numbers of the figure and compares them with what Tessera showed,
which @NAME@.npz beside it holds; where they are too far apart it ends with an error. Needs torch, numpy and
pillow.
@REMARKS@
"""

import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
