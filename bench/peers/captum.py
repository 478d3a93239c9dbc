#!/usr/bin/env python3
"""Attribution: Tessera (bench_attribution) and Captum taking turns in one run.

  captum.py --ours build/release/bench/bench_attribution [--rounds 5] [--busy] [--only position_pairs …]

Prints the least and the median of the rounds for each route, and how many times as long as ours it took: the ratio of
the leasts, and of the medians. Without --ours, Captum alone. Needs the PyPI packages torch, captum, numpy, pillow.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

from worker import Worker


# Benchmark of ours: routes of Captum to the same answer, as (process, route).
PEERS = {
    "positions_by_classes": [("shipped", "classes_loop"), ("tuned", "classes_loop"), ("tuned", "classes_split")],
    "position_pairs": [
        ("shipped", "pairs_loop"),
        ("tuned", "pairs_loop"),
        ("tuned", "pairs_neuron"),
        ("tuned", "pairs_split"),
    ],
    # Like for like: both are given what the network computes up to the layer.
    "position_pairs_again": [("tuned", "pairs_split")],
    "positions_by_classes_again": [("tuned", "classes_split")],
    "path_50_steps": [("shipped", "path"), ("tuned", "path"), ("tuned", "path_in_tens"), ("tuned", "path_split")],
    "one_class_all_stages": [("shipped", "all_layers"), ("tuned", "all_layers")],
    "one_class_all_layers": [],
    "forward_backward": [("shipped", "bare"), ("tuned", "bare")],
    "forward": [("shipped", "forward"), ("tuned", "forward"), ("tuned", "forward_packed")],
    "hover": [],
}

def ours(program, benchmark):
    """Seconds of wall time an iteration, by google-benchmark's own count of iterations."""
    found = subprocess.run(
        [program, f"--benchmark_filter=^{benchmark}(/real_time)?$", "--benchmark_format=json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if found.returncode:
        sys.exit(f"{program} failed at {benchmark}: {found.stderr.strip()}")
    rows = json.loads(found.stdout or '{"benchmarks": []}')["benchmarks"]
    if not rows:
        sys.exit(f"{program} has no benchmark {benchmark}.")
    row = rows[0]
    if row.get("error_occurred"):
        sys.exit(f"{program}: {benchmark}: {row['error_message']}")
    return row["real_time"] * {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}[row["time_unit"]]


def report(label, times, own):
    line = f"  {label:26} {1e3 * min(times):11.3f} {1e3 * statistics.median(times):11.3f}"
    if own:
        line += f" {min(times) / min(own):8.2f} {statistics.median(times) / statistics.median(own):8.2f}"
    print(line, flush=True)


def compare(benchmark, workers, arguments):
    peers = PEERS[benchmark]
    for kind, route in peers:
        workers[kind].seconds(route)  # warm: oneDNN builds its kernels at the first call
    own, times = [], {peer: [] for peer in peers}
    for _ in range(arguments.rounds):
        for kind, route in peers:
            times[kind, route].append(workers[kind].seconds(route))
        if arguments.ours:
            own.append(ours(arguments.ours, benchmark))
    print(f"{benchmark}, load {os.getloadavg()[0]:.1f}")
    if own:
        report("tessera", own, own)
    for (kind, route), found in times.items():
        report(f"{route}, {kind}", found, own)
    return own


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", help="the program bench_attribution")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--busy", action="store_true", help="with one core kept busy by another process")
    parser.add_argument("--only", nargs="+", choices=PEERS, default=list(PEERS))
    arguments = parser.parse_args()
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if arguments.busy else None
    workers = {kind: Worker("captum_worker.py", kind) for kind in ("shipped", "tuned")}
    try:
        print(f"{os.cpu_count()} cores{', one kept busy' if busy else ''}, {arguments.rounds} rounds")
        print(f"  {'':26} {'least ms':>11} {'median ms':>11} {'× least':>8} {'× median':>8}")
        own = {}
        for benchmark in arguments.only:
            if PEERS[benchmark] or arguments.ours:
                own[benchmark] = compare(benchmark, workers, arguments)
        bare = own.get("forward_backward")
        for benchmark in ("one_class_all_stages", "one_class_all_layers"):
            if bare and own.get(benchmark):
                print(f"tessera, {benchmark} / forward_backward: {min(own[benchmark]) / min(bare):.2f}")
    finally:
        for worker in workers.values():
            worker.close()
        if busy:
            busy.kill()
            busy.wait()


if __name__ == "__main__":
    main()
