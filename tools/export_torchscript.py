#!/usr/bin/env python3
"""Exports a PyTorch image classifier as a TorchScript file that Tessera opens without asking.

  export_torchscript.py --module torchvision.models.resnet18 --weights DEFAULT -o resnet18.pt
  export_torchscript.py --module timm.create_model --arguments '{"model_name": "resnet18", "pretrained": true}' -o r.pt
  export_torchscript.py --module nets.py:MyNet --weights my.pth --preprocess unit,96x96 --labels names.txt -o my.pt

The module is scripted; where that fails, or Tessera refuses what comes of it, it is traced. Before the file is written,
PyTorch and Tessera open it, and their logits are compared with the module's.
"""

import argparse
import json
import pathlib
import sys
import warnings

import torch

import module_source
import preprocessing
import tessera_export
import tessera_program
from tessera_export import ExportError

TOLERANCE = 1e-4  # of the largest logit


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--module", required=True, help="what makes the module: package.name or path/to/file.py:name")
    parser.add_argument("--arguments", type=json.loads, default={}, help="its keyword arguments, as JSON")
    parser.add_argument(
        "--weights", help="a file with a state dict (.pth or .safetensors), or DEFAULT for torchvision's own"
    )
    parser.add_argument("--input", type=preprocessing.size, help="the input's size, WIDTHxHEIGHT")
    parser.add_argument(
        "--preprocess",
        help="as Tessera's option, see docs/model_metadata.md; default: what torchvision "
        "or timm says, else ImageNet's usual values",
    )
    parser.add_argument("--labels", type=pathlib.Path, help="a text file with a class name on each line")
    parser.add_argument(
        "--suggest", action="append", default=[], metavar="LAYER", help="a layer to show first; repeatable"
    )
    parser.add_argument("--name", help="what to call the model; default: the output's stem")
    parser.add_argument("--source", help="where the weights come from")
    parser.add_argument("--license", help="of the weights")
    parser.add_argument("--method", choices=("auto", "script", "trace"), default="auto")
    parser.add_argument(
        "--tessera",
        metavar="PROGRAM",
        help="what the file is tried with before it is written; `none`: nothing "
        "(default: $TESSERA, tessera on PATH, or what this checkout built)",
    )
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    return parser.parse_args()


def chosen_preprocessing(options, known):
    defaults = preprocessing.IMAGENET | known
    try:
        chosen = preprocessing.parse(options.preprocess or "", defaults)
        if options.input:
            chosen["width"], chosen["height"] = options.input
        return preprocessing.checked(chosen)
    except ValueError as error:
        raise ExportError(f"--preprocess: {error}.") from None


def trial_batch(chosen, size):
    """Noise over the range of values that pictures have after this preprocessing."""
    lowest, highest = preprocessing.black_and_white(chosen)
    generator = torch.Generator().manual_seed(size)
    shape = (size, len(chosen["mean"]), chosen["height"], chosen["width"])
    return torch.rand(shape, generator=generator) * (highest - lowest) + lowest


def logits(output):
    """[N,classes] of what a network returns: a tensor, or the first of a tuple, or of a dictionary the logits."""
    if isinstance(output, dict):
        output = next((output[key] for key in ("logits", "out") if key in output), next(iter(output.values()), None))
    elif isinstance(output, (tuple, list)) and output:
        output = output[0]
    if not isinstance(output, torch.Tensor) or output.dim() != 2:
        shape = list(output.shape) if isinstance(output, torch.Tensor) else type(output).__name__
        raise ExportError(f"Tessera wants one number for each class, [N,classes]; this module returns {shape}.")
    return output


def run(module, batch):
    with torch.no_grad():
        return logits(module(batch))


class CannotScript(ExportError):
    """Whatever the module's own code provokes in the compiler."""


def scripted(module):
    try:
        return torch.jit.script(module)
    except Exception as error:
        raise CannotScript(f"The module cannot be scripted: {error}") from error


def traced(module, example):
    try:
        return torch.jit.trace(module, example, strict=False)  # not strict: dictionaries may be returned
    except Exception as error:
        raise ExportError(f"The module cannot be traced: {error}") from error


def first_line(error):
    return str(error).strip().splitlines()[0]


def first_run(module, batch):
    try:
        return run(module, batch)
    except RuntimeError as error:
        raise ExportError(f"The module does not run on an input of {list(batch.shape)}: {error}") from error


def distance(values, expected):
    """The largest difference between logits, and whether it is more than rounding."""
    difference = (values - expected).abs().max().item()
    return difference, not difference <= TOLERANCE * max(1.0, expected.abs().max().item())  # NaN is more, too


def check(program, expected, chosen):
    """Refuses a file that computes something else; warns of one that only takes single pictures."""
    difference, differs = distance(run(program, trial_batch(chosen, 1)), expected)
    if differs:
        raise ExportError(f"The exported network's logits differ by {difference:.3g}; nothing was written.")
    batch = trial_batch(chosen, 2)
    try:
        alone = torch.cat([run(program, batch[i : i + 1]) for i in range(len(batch))])
        agrees = torch.allclose(run(program, batch), alone, rtol=1e-3, atol=1e-3)
    except (RuntimeError, ExportError):
        agrees = False
    if not agrees:
        print("Warning: the network gives other values for several pictures at once; attributions will be slower.")
    return difference


def try_out(tessera, archive, module, stem, chosen):
    """Opens the archive with Tessera. Raises Refused where that says no, or computes something else."""
    batch, values = tessera_program.logits_of(tessera, archive, stem, chosen)
    expected = run(module, batch)
    if values.shape != expected.shape:
        raise tessera_program.Refused(f"it finds {values.shape[1]} classes instead of {expected.shape[1]}")
    difference, differs = distance(values, expected)
    if differs:
        raise tessera_program.Refused(f"its logits differ from the module's by {difference:.3g}")


def exported(module, expected, chosen, options, metadata, tessera):
    """The archive, how it was made, and by how much its logits differ. `tessera`: the program, or None."""
    stem = options.output.stem

    def checked(program):
        archive = tessera_export.archive_bytes(program, stem, metadata)
        difference = check(tessera_export.load_bytes(archive), expected, chosen)
        if tessera:
            try_out(tessera, archive, module, stem, chosen)
        return archive, difference

    if options.method != "trace":
        try:
            archive, difference = checked(scripted(module))
            return archive, "scripted", difference
        except (CannotScript, tessera_program.Refused) as error:
            if options.method == "script":
                raise
            why = "Tessera refuses it scripted" if isinstance(error, tessera_program.Refused) else "Cannot be scripted"
            print(f"{why}, so it is traced: {first_line(error.__cause__ or error)}")
    archive, difference = checked(traced(module, trial_batch(chosen, 1)))
    return archive, "traced", difference


def main():
    options = arguments()
    warnings.simplefilter("ignore", DeprecationWarning)
    try:
        tessera = tessera_program.find(options.tessera)
        module = module_source.make(options.module, options.arguments, options.weights)
        known, labels = module_source.known(options.module, module, options.weights)
        chosen = chosen_preprocessing(options, known)
        if options.labels:
            labels = options.labels.read_text(encoding="utf-8").splitlines()
        missing = set(options.suggest) - {name for name, _ in module.named_modules()}
        if missing:
            raise ExportError(f"--suggest: the module has no submodule {', '.join(sorted(missing))}.")

        expected = first_run(module, trial_batch(chosen, 1))
        classes = expected.shape[1]
        if labels and len(labels) != classes:
            raise ExportError(f"There are {len(labels)} labels for {classes} classes.")

        metadata = {
            "tessera": tessera_export.FORMAT_VERSION,
            "name": options.name or options.output.stem,
            "preprocessing": chosen,
        }
        optional = {
            "suggested_layers": options.suggest,
            "source": options.source,
            "license": options.license,
            "labels": labels,
        }
        metadata |= {key: value for key, value in optional.items() if value}
        archive, how, difference = exported(module, expected, chosen, options, metadata, tessera)
        tessera_export.write(options.output, archive)
    except tessera_program.Refused as error:
        sys.exit(f"error: Tessera refuses the network, so nothing was written: {error}")
    except (ExportError, OSError) as error:
        sys.exit(f"error: {error}")
    print(f"{options.output}: {how}, {classes} classes, {len(archive) / 1e6:.1f} MB, logits within {difference:.1e}")
    if tessera:
        print(f"Tessera opens it: tried with {tessera}.")
    else:
        print("It was not tried with Tessera: there is no program, or --tessera says `none`.")


if __name__ == "__main__":
    main()
