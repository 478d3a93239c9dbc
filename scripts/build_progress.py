"""Runs Ninja and says how far it is. What compilers say is printed in full, and the exit status is Ninja's.

    python3 build_progress.py NAME NINJA [ARGUMENT…]
"""

import os
import re
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

from progress import Estimate, ProgressLine, follow, in_words

STATUS = re.compile(r"^@(\d+)/(\d+)@ (.*)")
CHATTER = re.compile(r"^ninja: (Entering directory|no work to do)")


JOBS = (os.cpu_count() or 1) + 1  # about as many as Ninja has
# Roughly how many times longer than others of their size these take, for torch's and Eigen's templates.
SLOW = {"/tessera_core.dir/": 2, "src_factorization_": 3}


def seconds_for(step: str, tree: Path) -> float:
    """About how long a step takes, by Ninja's description of it; only how it compares with others counts."""
    if step.endswith((".gch", ".pch")):
        seconds = 10.0
    elif "Building C" not in step:
        return 0.5
    else:
        source = tree / step.rpartition(" ")[2].removesuffix(".o")
        unity = source.read_text().count("#include") if source.name.startswith("unity_") and source.exists() else 0
        seconds = 5 + 1.2 * unity
    for part, times in SLOW.items():
        if part in step:
            seconds *= times
    return seconds


def planned(command: list[str], environment: dict[str, str]) -> list[str]:
    """Descriptions of the steps that Ninja will take."""
    dry = subprocess.run([command[0], "-n", *command[1:]], env=environment, capture_output=True, text=True)
    return [status[3] for line in dry.stdout.splitlines() if (status := STATUS.match(line))]


class Build:
    """What Ninja has told so far."""

    def __init__(self, name: str, tree: Path, steps: list[str]) -> None:
        self.name = name
        self.waiting = {step: seconds_for(step, tree) for step in steps}  # or under way
        self.all = sum(self.waiting.values())
        self.screen = ProgressLine(sys.stderr)
        self.start = time.monotonic()
        self.estimate = Estimate(self.start)
        self.finished, self.total = 0, len(steps)

    def line(self, text: str) -> None:
        """One line of Ninja's output."""
        if status := STATUS.match(text):
            finished, total = int(status[1]), int(status[2])
            if finished < self.finished:  # configured again first
                self.estimate = Estimate(time.monotonic())
            self.finished, self.total = finished, total
            self.waiting.pop(status[3], None)
            self.estimate.observe(self.share(), time.monotonic())
            self.tick()
        elif text and not CHATTER.match(text):
            self.screen.print(text)

    def share(self) -> float:
        """How much of the work is done, from 0 to 1. What is under way counts half."""
        under_way = islice(self.waiting.values(), JOBS)
        return 1 - (sum(self.waiting.values()) - 0.5 * sum(under_way)) / self.all if self.all else 0

    def tick(self) -> None:
        """Shows where it is."""
        left = self.estimate.text(time.monotonic()) if self.finished < self.total else ""
        count = f": {self.finished} of {self.total}" if self.total else ""
        self.screen.show(f"Building {self.name}{count}{left}")

    def end(self, status: int) -> None:
        """The last word, which is the compiler's where it failed."""
        self.screen.clear()
        if status == 0:
            self.screen.print(f"Built {self.name} in {in_words(time.monotonic() - self.start)}")


def main() -> int:
    """Ninja's exit status."""
    name, *command = sys.argv[1:]
    environment = os.environ | {"NINJA_STATUS": "@%f/%t@ "}
    tree = Path(command[command.index("-C") + 1] if "-C" in command else ".")
    build = Build(name, tree, planned(command, environment))
    status = follow(command, environment, build.line, build.tick)
    build.end(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
