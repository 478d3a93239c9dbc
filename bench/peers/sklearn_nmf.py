#!/usr/bin/env python3
"""Non-negative factorization: Tessera (bench_factorization) and scikit-learn taking turns in one run.

  sklearn_nmf.py --bench build/release/bench/bench_factorization beer.npy dog_cat.npy …
  sklearn_nmf.py --errors NAME=FILE[:ARRAY] …      scikit-learn's errors alone, as rows for the test

Each round times scikit-learn from both of its singular starts and Tessera once; times are those of whole calls.
Printed: minimum and median of each, the ratios of the medians, and the relative errors. Needs numpy, scikit-learn,
threadpoolctl.
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time
import warnings

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

STARTS = ("nndsvd", "nndsvda")


def load(name):
    """A cube, positions x channels. FILE.npz:ARRAY names an array of an archive."""
    file, _, array = name.partition(":")
    values = np.load(file)
    if array:
        values = values[array]
    values = np.ascontiguousarray(values.reshape(-1, values.shape[-1]), dtype=np.float32)
    return np.maximum(values, 0)


def peer(values, k, start):
    before = time.perf_counter()
    model = NMF(k, init=start, random_state=0)
    maps = model.fit_transform(values)
    taken = time.perf_counter() - before
    exact = values.astype(np.float64)
    return taken, np.linalg.norm(exact - maps.astype(np.float64) @ model.components_) / np.linalg.norm(exact)


class Bench:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().split()

    def load(self, values):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "cube.npy")
            np.save(file, values)
            self.ask("load " + file)


def compare(arguments):
    bench = Bench(arguments.bench)
    print(f"{'cube':34} {'k':>2} {'':8} {'min ms':>8} {'median':>8} {'ratio':>6} {'error':>9}")
    for name in arguments.cubes:
        values = load(name)
        bench.load(values)
        label = os.path.basename(name)[-34:]
        for k in arguments.k:
            times = {who: [] for who in ("tessera", *STARTS)}
            errors = {}
            for _ in range(arguments.rounds):
                for start in STARTS:
                    taken, errors[start] = peer(values, k, start)
                    times[start].append(taken)
                for _ in range(3):  # it is over before the processor has found its pace
                    seconds, residual, _ = bench.ask(f"nmf {k} nndsvda {arguments.restarts}")
                    times["tessera"].append(float(seconds))
                errors["tessera"] = float(residual)
            own = statistics.median(times["tessera"])
            for who, taken in times.items():
                median = statistics.median(taken)
                worse = " larger" if who != "tessera" and errors["tessera"] > errors[who] else ""
                print(f"{label:34} {k:2} {who:8} {1e3 * min(taken):8.2f} {1e3 * median:8.2f} {median / own:6.1f} "
                      f"{errors[who]:9.6f}{worse}", flush=True)


def errors(arguments):
    for name in arguments.cubes:
        label, _, file = name.partition("=")
        values = load(file)
        for k in arguments.k:
            found = [peer(values, k, start)[1] for start in STARTS]
            print(f'{{"{label}", {k}, {found[0]:.6f}, {found[1]:.6f}}},', flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cubes", nargs="+")
    parser.add_argument("--bench", help="the program bench_factorization")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("-k", type=int, nargs="+", default=[3, 6, 10, 16])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--restarts", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    with threadpool_limits(arguments.threads):
        if arguments.errors:
            errors(arguments)
        elif arguments.bench:
            compare(arguments)
        else:
            parser.error("--bench or --errors is needed")


if __name__ == "__main__":
    main()
