#!/usr/bin/env python3
"""How far attributions in float32 are from the recorded ones in float64, and whether ReLU6's kinks explain it.

Needs the PyPI packages torch, numpy and pillow, and the folder of recorded arrays. Prints the tables of
docs/attribution_accuracy.md.
"""

import argparse
import collections
import pathlib
import re
import sys

import numpy as np
import torch
from PIL import Image

import bundled_network

PICTURES = ("chelsea", "coffee", "astronaut")
# Whole-cube normalised deviation that a float32 sweep is held to, by kind of array.
WITHIN_ATTRIBUTION = 1e-4
WITHIN = 1e-3
VARIANTS = {
    "as exported": dict(),
    "folded": dict(fold=True),
    "folded, channels last": dict(fold=True, channels_last=True),
}
# The one whose masks are also put into the network in float64: nearest to what the product runs.
HELD = "folded, channels last"
# A unit is near a kink where its distance is below this many times the root mean square error of float32 there.
NOISE = 3

Deviation = collections.namedtuple("Deviation", "largest l2 cosine")


def deviation(value, recorded):
    value, recorded = np.asarray(value, np.float64).ravel(), np.asarray(recorded, np.float64).ravel()
    difference = value - recorded
    return Deviation(
        np.abs(difference).max() / np.abs(recorded).max(),
        np.linalg.norm(difference) / np.linalg.norm(recorded),
        value @ recorded / np.linalg.norm(value) / np.linalg.norm(recorded),
    )


def tolerance(key):
    return WITHIN_ATTRIBUTION if key.startswith(("attr", "class_spatial")) else WITHIN


def our_layer(recorded):
    """`_blocks.8._swish#1` is blocks.8.depthwise, `_blocks.8` is blocks.8; our own names stay."""
    found = re.fullmatch(r"_blocks\.(\d+)(\._swish#1)?", recorded)
    return f"blocks.{found[1]}{'.depthwise' if found[2] else ''}" if found else recorded


class Run:
    """One forward pass with all layers, and gradients of anything at any of them. Arrays are H,W,C."""

    def __init__(self, network, picture, held=None):
        self.network = network
        self.clips = bundled_network.clips(network)
        self.held = held or {}
        self.picture = picture
        self.values = {}
        self.by_class = {}  # gradients at all layers
        self.path_masks = {}
        modules = dict(network.named_modules())
        hooks = [
            module.register_forward_hook(lambda _, __, value, name=name: self.values.__setitem__(name, value))
            for name, module in modules.items()
            if re.fullmatch(r"blocks\.\d+(\.expand|\.depthwise)?", name)
        ]
        self._hold(self.held.get("picture"))
        self.logits = network(picture.clone().requires_grad_())[0]
        self.masks = self._masks()
        for hook in hooks:
            hook.remove()

    def _hold(self, masks):
        for name, clip in self.clips.items():
            clip.held = masks[name] if masks else None

    def _masks(self):
        return {name: (clip.seen > 0) & (clip.seen < 6) for name, clip in self.clips.items()}

    def seen(self):
        return {name: clip.seen.clone() for name, clip in self.clips.items()}

    def cube(self, layer):
        return self.values[layer].detach()[0].permute(1, 2, 0)

    def gradients(self, objective, layers):
        found = torch.autograd.grad(objective, [self.values[layer] for layer in layers], retain_graph=True)
        return [gradient[0].permute(1, 2, 0) for gradient in found]

    def attribution(self, objective, layer):
        return self.cube(layer) * self.gradients(objective, [layer])[0]

    def logit_gradients(self, index):
        if index not in self.by_class:
            self.by_class[index] = dict(zip(self.values, self.gradients(self.logits[index], self.values)))
        return self.by_class[index]

    def logit_attribution(self, index, layer):
        return self.cube(layer) * self.logit_gradients(int(index))[layer]

    def above(self, layer, cubes):
        """Logits with the layer's value replaced; what is not downstream of it stays, as the cubes' batch."""
        module = dict(self.network.named_modules())[layer]
        hook = module.register_forward_hook(lambda *_: cubes)
        logits = self.network(self.picture.expand(len(cubes), -1, -1, -1))
        hook.remove()
        return logits

    def path(self, layer, target, steps=50):
        cube = self.values[layer].detach()
        at = (torch.arange(steps, dtype=torch.float64) + 0.5) / steps
        points = (cube * at.to(cube.dtype).view(-1, 1, 1, 1)).requires_grad_()
        self._hold(self.held.get(layer))
        (gradient,) = torch.autograd.grad(self.above(layer, points)[:, target].sum(), points)
        self.path_masks[layer] = self._masks()
        self._hold(self.held.get("picture"))
        return (cube * gradient.mean(0, keepdim=True))[0].permute(1, 2, 0)

    def answer(self, key, recorded):
        kind, *layers = key.split("/")
        names = [our_layer(layer) for layer in layers]
        classes = recorded["top10"][:5]
        logit = lambda index: self.logits[int(index)]
        if kind in ("attr_spatial", "attr_channel"):
            over = 2 if kind == "attr_spatial" else (0, 1)
            return torch.stack([self.logit_attribution(c, names[0]).sum(over) for c in classes])
        if kind == "attr_channel_0minus1":
            return self.attribution(logit(classes[0]) - logit(classes[1]), names[0]).sum((0, 1))
        if kind == "attr":
            return self.logit_attribution(classes[0], names[0])
        if kind in ("class_spatial", "class_spatial50"):
            wanted = range(1000) if kind == "class_spatial" else recorded["top50"]
            return torch.stack([self.attribution(logit(c), names[0]).sum(2).detach() for c in wanted])
        if kind in ("ig", "ig_channel"):
            return self.path(names[0], int(classes[0])).sum(2 if kind == "ig" else (0, 1))
        if kind == "ss":
            later = self.values[names[1]][0]
            _, height, width = later.shape
            maps = [
                self.attribution(later[:, y, x].norm(), names[0]).sum(2) for y in range(height) for x in range(width)
            ]
            return torch.stack(maps).unflatten(0, (height, width))
        if kind in ("cc_sum", "cc_norm"):
            later = self.values[names[1]][0]
            selected = recorded.get(f"cc_sel/{layers[1]}", range(len(later)))
            if recorded[key].shape[0] == len(later):
                selected = range(len(later))
            measure = torch.sum if kind == "cc_sum" else torch.linalg.vector_norm
            return torch.stack([self.attribution(measure(later[int(d)]), names[0]).sum((0, 1)) for d in selected])
        if kind == "group_class":
            groups = self.groups(layers[0], layers[1], recorded)
            gradients = [self.logit_gradients(int(c))[names[0]] for c in classes]
            return torch.stack([torch.stack([(gradient * group).sum() for group in groups]) for gradient in gradients])
        if kind == "group_group":
            earlier, later = self.groups(layers[0], None, recorded), self.groups(layers[1], None, recorded)
            if len(layers) == 3:
                earlier, later = (self.groups(layer, layers[2], recorded) for layer in layers[:2])
            value = self.values[names[1]][0].permute(1, 2, 0)
            rows = []
            for group in later:
                gradient = self.gradients((group / group.norm() * value).sum(), [names[0]])[0]
                rows.append(torch.stack([(gradient * part).sum() for part in earlier]))
            return torch.stack(rows)
        if kind == "ablate_delta":
            cubes = self.values["blocks.15.expand"].detach().repeat(len(recorded["ablate_sel"]), 1, 1, 1)
            for row, channel in enumerate(recorded["ablate_sel"]):
                cubes[row, int(channel)] = 0
            with torch.no_grad():
                return logit(classes[0]) - self.above("blocks.15.expand", cubes)[:, int(classes[0])]
        return None

    @staticmethod
    def groups(layer, count, recorded):
        if count is None:
            count = next(key for key in recorded if key.startswith(f"nmf_W/{layer}/")).rsplit("/", 1)[1]
        maps, directions = (torch.from_numpy(recorded[f"nmf_{m}/{layer}/{count}"]).double() for m in "WH")
        return [maps[:, :, i, None] * directions[i] for i in range(maps.shape[2])]

    def all_masks(self):
        return {"picture": self.masks, **self.path_masks}


def answers(run, keys, recorded):
    return {key: run.answer(key, recorded).detach().double().numpy() for key in keys}


def crossings(single, double):
    """How many units' masks differ, by ReLU6."""
    differ = {name: int((single[name] != double[name]).sum()) for name in single}
    return {name: count for name, count in differ.items() if count}


def wanted(key):
    return key.split("/")[0] in {
        "attr_spatial", "attr_channel", "attr_channel_0minus1", "attr", "ss", "cc_sum", "cc_norm", "group_class",
        "group_group", "ig", "ig_channel", "class_spatial", "class_spatial50", "ablate_delta",
    }  # fmt: skip


def read(folder, name):
    recorded = {}
    for part in (f"{name}.npz", f"{name}_expand.npz"):
        with np.load(folder / part) as arrays:
            recorded.update({key: arrays[key] for key in arrays.files})
    pixels = np.asarray(Image.open(folder / f"{name}.png").convert("RGB"), np.float64)
    picture = (torch.from_numpy(pixels).permute(2, 0, 1)[None] - 127) / 128
    return recorded, picture.contiguous()


def near_kinks(exact_run, exact_seen, single_seen):
    """Masks of the float64 pass, every unit turned over whose distance to a kink is within float32's error there."""
    masks, turned = dict(exact_run.masks), {}
    for name, exact in exact_seen.items():
        error = max((seen[name].double() - exact).square().mean().sqrt() for seen in single_seen)
        near = torch.minimum(exact.abs(), (exact - 6).abs()) < NOISE * error
        masks[name] = masks[name] ^ near
        if near.any():
            turned[name] = int(near.sum())
    return {"picture": masks}, turned


def measure(name, folder):
    recorded, picture = read(folder, name)
    keys = [key for key in recorded if wanted(key)]
    exact_run = Run(bundled_network.load(torch.float64), picture)
    exact_seen = exact_run.seen()
    exact = answers(exact_run, keys, recorded)
    result = {"exact": {key: deviation(exact[key], recorded[key]) for key in keys}, "variants": {}}
    result["units"] = sum(mask.numel() for mask in exact_run.masks.values())
    single_seen = []
    for variant, options in VARIANTS.items():
        print(f"{name}: {variant}", file=sys.stderr, flush=True)
        memory_format = torch.channels_last if options.get("channels_last") else torch.contiguous_format
        network = bundled_network.load(torch.float32, **options)
        run = Run(network, picture.float().contiguous(memory_format=memory_format))
        single_seen.append(run.seen())
        single = answers(run, keys, recorded)
        held = {}
        if variant == HELD:
            held = answers(Run(bundled_network.load(torch.float64), picture, run.all_masks()), keys, recorded)
        result["variants"][variant] = {
            "recorded": {key: deviation(single[key], recorded[key]) for key in keys},
            "held": {key: deviation(single[key], held[key]) for key in held},
            "crossed": crossings(run.masks, exact_run.masks),
        }
    print(f"{name}: every unit near a kink turned over", file=sys.stderr, flush=True)
    masks, result["near"] = near_kinks(exact_run, exact_seen, single_seen)
    on_picture = [key for key in keys if not key.startswith(("ig", "ablate"))]
    turned = answers(Run(bundled_network.load(torch.float64), picture, masks), on_picture, recorded)
    result["turned"] = {key: deviation(turned[key], recorded[key]) for key in on_picture}
    return result


def table(head, rows):
    for row in [head, ["---"] * len(head), *rows]:
        print("| " + " | ".join(row) + " |")
    print()


def counted(units):
    return ", ".join(f"{name} {count}" for name, count in units.items()) or "none"


def write(results):
    units = next(iter(results.values()))["units"]
    print(f"Units on the other side of a kink than in float64, of {units}:\n")
    table(
        ["picture", *VARIANTS, "near a kink"],
        [
            [name, *(counted(result["variants"][variant]["crossed"]) for variant in VARIANTS), counted(result["near"])]
            for name, result in results.items()
        ],
    )
    print("Beyond the tolerance in one of the columns (largest deviation / largest value; L2, cosine: the worst):\n")
    rows, kinds, misses = [], {}, set()
    for name, result in results.items():
        for key in result["exact"]:
            found = [variant["recorded"][key] for variant in result["variants"].values()]
            turned = [result["turned"][key]] if key in result["turned"] else []
            if max(value.largest for value in found + turned) > tolerance(key):
                rows.append([
                    name, f"`{key}`", *(f"{value.largest:.0e}" for value in found),
                    *(f"{value.largest:.0e}" for value in turned),
                    f"{max(value.l2 for value in found + turned):.0e}",
                    f"1 - {max(1 - value.cosine for value in found + turned):.0e}",
                ])  # fmt: skip
                misses.add(key)
    table(["picture", "array", *VARIANTS, "near units turned", "L2", "cosine"], rows)
    print("All others (largest deviation over pictures and arithmetics / largest value):\n")
    for result in results.values():
        for key in result["exact"]:
            if key not in misses:
                worst = max(variant["recorded"][key].largest for variant in result["variants"].values())
                kind = key.split("/")[0]
                kinds[kind] = max(kinds.get(kind, (0, "")), (worst, key))
    table(["kind", "worst", "of"], [[f"`{kind}`", f"{worst:.0e}", f"`{key}`"] for kind, (worst, key) in kinds.items()])
    exact = max(value.largest for result in results.values() for value in result["exact"].values())
    held = max(value.largest for result in results.values() for value in result["variants"][HELD]["held"].values())
    print(f"float64 against the recorded arrays: {exact:.0e} of the largest.")
    print(f"float64 with the masks of float32 ({HELD}) against float32: {held:.0e} of the largest.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference", type=pathlib.Path, help="folder of NAME.png, NAME.npz, NAME_expand.npz")
    parser.add_argument("--pictures", nargs="+", default=PICTURES)
    arguments = parser.parse_args()
    write({name: measure(name, arguments.reference) for name in arguments.pictures})


if __name__ == "__main__":
    main()
