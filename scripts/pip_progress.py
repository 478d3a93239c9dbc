"""Runs `pip install` and says how far it is, also where pip itself would be silent for minutes.

    python3 pip_progress.py NAME FOLDER PIP [ARGUMENT…]

What is fetched and unpacked goes through FOLDER, which is new and removed in the end: on the disk where it is to stay, since
/tmp is often too small. Progress goes to standard output; where pip fails, all that it said goes to standard error.
"""

import os
import re
import shutil
import sys
import time
from pathlib import Path

from progress import Estimate, ProgressLine, follow, in_words

FETCHES = re.compile(r"^\s*Downloading \S+ \(([\d.]+) ([kMG])B\)")
UNITS = {"k": 1e-3, "M": 1, "G": 1e3}


def megabytes(folder: Path) -> float:
    """What lies in it now; files may come and go meanwhile."""
    size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(parent, name)).st_size
            except OSError:
                pass
    return size / 1e6


class Install:
    """What pip has told so far."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.screen = ProgressLine(sys.stdout, interval=10)
        self.start = time.monotonic()
        self.estimate: Estimate | None = None
        self.expected = 0.0  # to be fetched, in megabytes
        self.before = 0.0
        self.doing = f"Looking for {name}"
        self.said: list[str] = []

    def line(self, text: str) -> None:
        """One line of pip's output."""
        self.said.append(text)
        if fetches := FETCHES.match(text):
            self.doing = f"Fetching {self.name}"
            self.expected = float(fetches[1]) * UNITS[fetches[2]]
            self.before = megabytes(self.folder)
            self.estimate = Estimate(time.monotonic())
        elif text.startswith(("Processing ", "Installing ")):
            self.doing = f"Unpacking {self.name}"
            self.estimate = None
            self.before = megabytes(self.folder)

    def tick(self) -> None:
        """Shows where it is."""
        here = max(0, megabytes(self.folder) - self.before)
        if self.estimate:
            here = min(here, self.expected)
            self.estimate.observe(here / self.expected, time.monotonic())
            left = self.estimate.text(time.monotonic())
            self.screen.show(f"{self.doing}: {here:.0f} of {self.expected:.0f} MB{left}")
        else:
            self.screen.show(f"{self.doing}: {here:.0f} MB so far" if here >= 1 else self.doing)

    def end(self, status: int) -> None:
        """The last word."""
        self.screen.clear()
        if status == 0:
            self.screen.print(f"Installed {self.name} in {in_words(time.monotonic() - self.start)}")
        else:
            sys.stderr.write("\n".join(self.said) + "\n")


def main() -> int:
    """pip's exit status."""
    name, folder, command = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    install = Install(name, folder)
    try:
        status = follow(command, os.environ | {"TMPDIR": str(folder)}, install.line, install.tick)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    install.end(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
