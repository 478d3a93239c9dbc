"""What the scripts say while something long goes on: how far it is, and about how much longer it takes."""

import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TextIO


class ProgressLine:
    """A line that is rewritten in place on a terminal; elsewhere, as in a log, a new one every `interval` seconds."""

    def __init__(self, stream: TextIO, interval: float = 20) -> None:
        self.stream, self.interval = stream, interval
        self.live = stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        self.shown = ""
        self.last = time.monotonic()

    def show(self, text: str) -> None:
        """Says how far it is now."""
        if self.live:
            columns = shutil.get_terminal_size().columns
            if text != self.shown:
                self._write(f"\r{text[: columns - 1]}\033[K")
            self.shown = text
        elif time.monotonic() - self.last >= self.interval:
            self._write(text + "\n")
            self.last = time.monotonic()

    def print(self, text: str) -> None:
        """A whole line that stays; the progress goes on below it."""
        self.clear()
        self._write(text + "\n")

    def clear(self) -> None:
        """Takes the progress off the terminal."""
        if self.live and self.shown:
            self._write("\r\033[K")
            self.shown = ""

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


class Estimate:
    """How long something may still take, by its pace so far."""

    def __init__(self, now: float) -> None:
        self.start = now
        self.total_time: float | None = None

    def observe(self, share: float, now: float) -> None:
        """`share` of the work is done, from 0 to 1."""
        elapsed = now - self.start
        # The first few say little about the rest: no number is better than a wrong one.
        if elapsed < 10 or share < 0.1:
            return
        total_time = elapsed / share
        self.total_time = total_time if self.total_time is None else 0.7 * self.total_time + 0.3 * total_time

    def text(self, now: float) -> str:
        """Words to add to a line, nothing while it cannot be said."""
        if self.total_time is None:
            return ""
        left = self.total_time - (now - self.start)
        minutes = round(left / 60)
        if left < 50:
            return "; less than a minute left"
        return "; about a minute left" if minutes <= 1 else f"; about {minutes} minutes left"


def in_words(seconds: float) -> str:
    """A duration: 48 s, 6 min 12 s."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def follow(
    command: list[str], environment: dict[str, str], line: Callable[[str], None], tick: Callable[[], None]
) -> int:
    """Runs a command to its end and returns its exit status. Calls `line` for each line that it prints and `tick` every
    second. An interrupted command is waited for, so that it can tidy up; then this process ends by the same signal."""
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    received: list[int] = []

    def pass_on(number: int, _frame: object) -> None:
        received.append(number)
        process.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, pass_on)
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            if selector.select(timeout=1):
                data = os.read(process.stdout.fileno(), 1 << 16)
                if not data:
                    break
                *lines, rest = (rest + data).split(b"\n")
                for text in lines:
                    line(text.decode(errors="replace"))
            if not received:
                tick()
    if rest:
        line(rest.decode(errors="replace"))
    status = process.wait()
    if received:
        sys.stderr.flush()
        signal.signal(received[0], signal.SIG_DFL)
        os.kill(os.getpid(), received[0])
    return status if status >= 0 else 128 - status
