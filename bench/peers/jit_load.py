#!/usr/bin/env python3
"""Opening a model: Tessera (bench_model) and torch.jit.load taking turns in one run.

  jit_load.py --ours build/release/bench/bench_model [MODEL] [--rounds 7]

Without MODEL, a VGG-11 with random weights, half a gigabyte. Prints the least and the median of the rounds in
milliseconds, and how many times as long as torch.jit.load ours took; then what ours is made of. Each side starts a
process of its own in every round, loads once to warm up, and counts the second time. Needs the PyPI package torch.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def peer(model):
    found = subprocess.run([sys.executable, str(HERE / "jit_load_worker.py"), model], capture_output=True, text=True)
    if found.returncode:
        sys.exit(f"torch.jit.load failed: {found.stderr.strip()}")
    return json.loads(found.stdout)


def ours(program, benchmark, model):
    found = subprocess.run(
        [program, f"--benchmark_filter=^{benchmark}/", "--benchmark_format=json", "--benchmark_min_time=0.001"],
        capture_output=True,
        text=True,
        env={**os.environ, "TESSERA_BENCH_MODEL": model},
    )
    if found.returncode:
        sys.exit(f"{program} failed at {benchmark}: {found.stderr.strip()}")
    return json.loads(found.stdout)["benchmarks"][0]


def row(label, times, theirs):
    least, median = min(times), statistics.median(times)
    print(
        f"  {label:28} {1e3 * least:9.1f} {1e3 * median:9.1f}"
        f" {least / min(theirs):8.2f} {median / statistics.median(theirs):8.2f}"
    )


def compare(program, model, rounds):
    theirs, opened, scored, stages, peaks, processor = [], [], [], {}, [], []
    for _ in range(rounds):
        theirs.append(peer(model))
        found = ours(program, "load", model)
        opened.append(found["real_time"] / 1e3)
        # Benchmarks report what they counted beside their own fields.
        for name, value in found.items():
            if isinstance(value, float) and name not in ("real_time", "cpu_time", "peak_MiB"):
                stages.setdefault(name, []).append(value)
        peaks.append(found["peak_MiB"])
        processor.append(found["cpu_time"] / 1e3)
        scored.append(ours(program, "load_and_run", model)["real_time"] / 1e3)
    print(f"{os.path.basename(model)}, {os.path.getsize(model) / 1e6:.0f} MB, load {os.getloadavg()[0]:.1f}")
    print(f"  {'':28} {'least ms':>9} {'median ms':>9} {'× least':>8} {'× median':>8}")
    seconds = [each["load"] for each in theirs]
    row("torch.jit.load", seconds, seconds)
    row("… and a forward pass", [each["load"] + each["forward"] for each in theirs], seconds)
    row("tessera, opening", opened, seconds)
    row("tessera, until first scores", scored, seconds)
    for name, times in sorted(stages.items(), key=lambda stage: -statistics.median(stage[1])):
        row(f"  {name}", times, seconds)
    print("  processor time, of all threads:")
    worked = [each["processor"] for each in theirs]
    row("torch.jit.load", worked, worked)
    row("tessera, opening", processor, worked)
    print(
        f"  most memory: torch {max(each['peak_MiB'] for each in theirs):.0f} MiB,"
        f" of which {max(each['base_MiB'] for each in theirs):.0f} before loading; tessera {max(peaks):.0f} MiB"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", help="a TorchScript file")
    parser.add_argument("--ours", required=True, help="the program bench_model")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    print(f"{os.cpu_count()} cores, {arguments.rounds} rounds")
    if arguments.model:
        compare(arguments.ours, arguments.model, arguments.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "vgg11.pt")
        subprocess.run([sys.executable, str(HERE / "jit_load_worker.py"), "--make", model], check=True)
        compare(arguments.ours, model, arguments.rounds)


if __name__ == "__main__":
    main()
