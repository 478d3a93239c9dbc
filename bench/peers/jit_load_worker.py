#!/usr/bin/env python3
"""One process of jit_load.py: answers one line of JSON, or with --make FILE, writes the VGG-11."""

import json
import os
import resource
import sys
import time

import torch
from torch import nn

VGG11 = [64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool", 512, 512, "pool"]


def vgg11():
    layers, channels = [], 3
    for each in VGG11:
        if each == "pool":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, each, 3, padding=1), nn.ReLU(inplace=True)]
            channels = each
    classifier = [nn.Linear(512 * 7 * 7, 4096), nn.ReLU(inplace=True), nn.Dropout()]
    classifier += [nn.Linear(4096, 4096), nn.ReLU(inplace=True), nn.Dropout(), nn.Linear(4096, 1000)]
    return nn.Sequential(nn.Sequential(*layers), nn.AdaptiveAvgPool2d(7), nn.Flatten(), nn.Sequential(*classifier))


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(run):
    before = time.perf_counter()
    result = run()
    return result, time.perf_counter() - before


def main():
    torch.manual_seed(0)
    torch.set_num_threads(os.cpu_count())
    if sys.argv[1] == "--make":
        torch.jit.save(torch.jit.script(vgg11().eval()), sys.argv[2])
        return
    base = peak()
    torch.jit.load(sys.argv[1])
    before = time.process_time()
    module, load = timed(lambda: torch.jit.load(sys.argv[1]))
    processor = time.process_time() - before
    memory = peak()
    x = torch.zeros(1, 3, 224, 224)
    with torch.no_grad():
        for _ in range(3):  # the executor of TorchScript settles after two
            _, forward = timed(lambda: module(x))
    print(json.dumps({"load": load, "processor": processor, "forward": forward, "peak_MiB": memory, "base_MiB": base}))


if __name__ == "__main__":
    main()
