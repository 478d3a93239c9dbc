"""Finds and makes the module to export, and what its library knows about it."""

import importlib
import importlib.util
import pathlib
import sys

import torch

from tessera_export import ExportError


def factory(place):
    """The callable at "package.module.name" or "path/to/file.py:name"."""
    where, _, name = place.rpartition(":") if ".py:" in place else place.rpartition(".")
    try:
        if where.endswith(".py"):
            path = pathlib.Path(where).resolve()
            sys.path.insert(0, str(path.parent))  # for what the file imports from beside it
            spec = importlib.util.spec_from_file_location(path.stem, path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[path.stem] = module  # TorchScript looks the source up through it
            spec.loader.exec_module(module)
        else:
            module = importlib.import_module(where)
        return getattr(module, name)
    except (ImportError, AttributeError, OSError, ValueError) as error:
        raise ExportError(f"--module {place}: {error}. Expected package.name or path/to/file.py:name.") from error


def _state(file):
    """The state dict of a .pth or .safetensors file, also where a training script wrapped it."""
    if pathlib.Path(file).suffix == ".safetensors":
        from safetensors.torch import load_file

        content = load_file(file)
    else:
        content = torch.load(file, map_location="cpu", weights_only=True)
    for key in ("state_dict", "model_state_dict", "model"):
        if isinstance(content.get(key), dict):
            content = content[key]
            break
    return {name.removeprefix("module."): value for name, value in content.items()}


def make(place, arguments, weights):
    """The module in evaluation mode. `weights`: nothing, DEFAULT (torchvision), or a file with a state dict."""
    make_module = factory(place)
    if weights == "DEFAULT":
        arguments = arguments | {"weights": "DEFAULT"}
    module = make_module(**arguments)
    if not isinstance(module, torch.nn.Module):
        raise ExportError(f"--module {place} made a {type(module).__name__}, not a torch.nn.Module.")
    if weights and weights != "DEFAULT":
        try:
            module.load_state_dict(_state(weights))
        except Exception as error:
            raise ExportError(f"--weights {weights} does not fit or is no state dict: {error}") from error
    return module.eval().requires_grad_(False)


def _torchvision_knowledge(place):
    from torchvision.models import get_model_weights

    weights = get_model_weights(place.rpartition(".")[2]).DEFAULT
    transform = weights.transforms()
    known = {
        "width": transform.crop_size[0],
        "height": transform.crop_size[0],
        "crop_fraction": transform.crop_size[0] / transform.resize_size[0],
        "mean": list(transform.mean),
        "std": list(transform.std),
    }
    return known, weights.meta.get("categories")


def _timm_knowledge(module):
    settings = module.pretrained_cfg
    known = {
        "width": settings["input_size"][2],
        "height": settings["input_size"][1],
        "crop_fraction": settings.get("crop_pct") or 1.0,
        "mean": list(settings["mean"]),
        "std": list(settings["std"]),
    }
    return known, None


def known(place, module, weights):
    """What the library that made a module says of its preprocessing and labels: ({}, None) where it says nothing."""
    if place.startswith("torchvision.models.") and weights == "DEFAULT":
        return _torchvision_knowledge(place)
    if getattr(module, "pretrained_cfg", None):
        return _timm_knowledge(module)
    return {}, None
