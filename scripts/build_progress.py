"""Runs Ninja and says how far it is. What compilers say is printed in full, and the exit status is Ninja's.

    python3 build_progress.py NAME NINJA [ARGUMENT…]
"""

import os
import re
import sys
import time

from progress import Estimate, ProgressLine, follow, in_words

STATUS = re.compile(r"^@(\d+)/(\d+)@ ")
CHATTER = re.compile(r"^ninja: (Entering directory|no work to do)")


class Build:
    """What Ninja has told so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.screen = ProgressLine(sys.stderr)
        self.start = time.monotonic()
        self.estimate = Estimate(self.start)
        self.finished = self.total = 0

    def line(self, text: str) -> None:
        """One line of Ninja's output."""
        if status := STATUS.match(text):
            finished, total = int(status[1]), int(status[2])
            if finished < self.finished:  # configured again first
                self.estimate = Estimate(time.monotonic())
            self.finished, self.total = finished, total
            self.estimate.observe(finished / max(total, 1), time.monotonic())
            self.tick()
        elif text and not CHATTER.match(text):
            self.screen.print(text)

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
    build = Build(name)
    status = follow(command, os.environ | {"NINJA_STATUS": "@%f/%t@ "}, build.line, build.tick)
    build.end(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
