#!/usr/bin/env python3
"""Icons: Tessera (bench_icons) and Lucent taking turns in one run.

  lucent.py --ours build/release/bench/bench_icons [--rounds 3] [--busy] [--only tuned grid …]

Prints seconds an icon of 512 steps for each route, the least and the median of the rounds, and how many times as long
as ours it took; steps cost the same, so that a few are timed and scaled. Then what ours takes for 128, 256 and 512
steps, and the share of the 512 steps' objective that it reaches by then, and how many operations a second ours
reaches beside matrix products on the same machine. Needs the PyPI packages torch,
torch-lucent, torchvision, kornia==0.4.1, tqdm, decorator, packaging, numpy, pillow.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

from worker import Worker

HERE = pathlib.Path(__file__).resolve().parent
STEPS = 512

# What is asked of ours: routes of Lucent to the same, as (process, name, request). Lucent enlarges what it made to 224
# pixels and runs the whole network; tuned, it is given the size that ours sees, and the batch.
CHANNEL = {"size": 128, "objective": "channel"}
CELL = {"size": 64, "objective": "direction"}
PEERS = {
    "alone": [("shipped", "one at a time, defaults", {**CHANNEL, "batch": 1, "steps": 12, "fixed": None})],
    "tuned": [
        ("shipped", "one at a time, defaults", {**CHANNEL, "batch": 1, "steps": 12, "fixed": None}),
        ("shipped", "batch of 8, defaults", {**CHANNEL, "batch": 8, "steps": 3, "fixed": None}),
        ("tuned", "batch of 8, 140 pixels", {**CHANNEL, "batch": 8, "steps": 4, "fixed": 140}),
    ],
    "grid": [
        ("shipped", "batch of 14, defaults", {**CELL, "batch": 14, "steps": 2, "fixed": None}),
        ("tuned", "batch of 14, 76 pixels", {**CELL, "batch": 14, "steps": 5, "fixed": 76}),
    ],
}
OURS = {
    "alone": (["--channels", "0", "--batch", "1"], 32),
    "tuned": (["--channels", "0-7", "--batch", "8"], 32),
    "grid": (["--grid", str(HERE.parent.parent / "assets" / "images" / "chelsea.png"), "--size", "64"], 4),
}

def icon_seconds(worker, request):
    """Of an icon of STEPS steps. A call's own start, whatever its steps, is not counted."""
    short = worker.seconds(json.dumps({**request, "steps": 1}))
    long = worker.seconds(json.dumps({**request, "steps": 1 + request["steps"]}))
    return (long - short) / request["steps"] / request["batch"] * STEPS


def ours(program, options, steps):
    found = subprocess.run(
        [program, "--layer", "blocks.10", *options, "--steps", str(steps)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if found.returncode:
        sys.exit(f"{program} failed: {found.stderr.strip()}")
    return json.loads(found.stdout)


def report(label, times, own):
    line = f"  {label:34} {min(times):9.3f} {statistics.median(times):9.3f}"
    if own:
        line += f" {min(times) / min(own):8.2f} {statistics.median(times) / statistics.median(own):8.2f}"
    print(line, flush=True)


def compare(name, workers, arguments):
    own, times = [], {label: [] for _, label, _ in PEERS[name]}
    for _ in range(arguments.rounds):
        for kind, label, request in PEERS[name]:
            times[label].append(icon_seconds(workers[kind], request))
        if arguments.ours:
            options, steps = OURS[name]
            own.append(ours(arguments.ours, options, steps)["seconds_an_icon"] / steps * STEPS)
    print(f"{name}, load {os.getloadavg()[0]:.1f}")
    if own:
        report("tessera", own, own)
    for label, found in times.items():
        report(f"lucent, {label}", found, own)
    if own:
        report_work(name, own, workers["tuned"])


def report_work(name, own, worker):
    """How much of what the machine can do our icons use. The work counted is that of the network alone."""
    sides = {kind: request["fixed"] for kind, _, request in PEERS[name]}
    if not sides.get("tuned"):
        return
    flop = STEPS * worker.ask(json.dumps({"measure": "work", "fixed": sides["tuned"]}))["flop"]
    peak = worker.ask(json.dumps({"measure": "peak"}))["flops"]
    reached = flop / min(own)
    print(f"  tessera: {flop / 1e9:.0f} GFLOP an icon, {reached / 1e9:.1f} GFLOP/s, {reached / peak:.0%} of the "
          f"{peak / 1e9:.0f} GFLOP/s of matrix products here", flush=True)


def by_steps(program):
    print("tessera, 8 channels of blocks.10 at 128 pixels: steps, seconds an icon, share of the objective of 512")
    found = [ours(program, OURS["tuned"][0], steps) for steps in (128, 256, STEPS)]
    for one in found:
        print(f"  {one['steps']:4} {one['seconds_an_icon']:8.3f} {one['objective'] / found[-1]['objective']:6.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", help="the program bench_icons")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--busy", action="store_true", help="with one core kept busy by another process")
    parser.add_argument("--only", nargs="+", choices=[*PEERS, "steps"], default=[*PEERS, "steps"])
    arguments = parser.parse_args()
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if arguments.busy else None
    asked = [name for name in arguments.only if name in PEERS]
    workers = {kind: Worker("lucent_worker.py", kind) for kind in ({"shipped", "tuned"} if asked else ())}
    try:
        print(f"{os.cpu_count()} cores{', one kept busy' if busy else ''}, {arguments.rounds} rounds")
        print(f"  {'seconds an icon of 512 steps':34} {'least':>9} {'median':>9} {'× least':>8} {'× median':>8}")
        for name in asked:
            compare(name, workers, arguments)
        if arguments.ours and "steps" in arguments.only:
            by_steps(arguments.ours)
    finally:
        for worker in workers.values():
            worker.close()
        if busy:
            busy.kill()
            busy.wait()


if __name__ == "__main__":
    main()
