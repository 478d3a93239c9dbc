"""Opens the workbench in a real window and uses it: waits for the first picture, hovers, looks, closes.

    python3 smoke_test.py TESSERA SCREENSHOT.png

Exit code 77 where this machine has no X server to try it on: ctest shows that as skipped.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from x11 import Display, Picture, missing_tools, wait_for

SKIPPED = 77
WIDTH, HEIGHT = 1440, 900  # of the window, in the upper left of a screen of its size
RAIL, INSPECTOR = 272, 304  # widths in src/ui/theme.h

Rectangle = tuple[int, int, int, int]
STAGE: Rectangle = (RAIL + 10, 70, WIDTH - RAIL - INSPECTOR - 20, HEIGHT - 80)
SHEET: Rectangle = (RAIL + 400, 75, 420, 400)
FACTS: Rectangle = (WIDTH - INSPECTOR + 10, 40, INSPECTOR - 20, 400)


def is_heat(colour: tuple[int, int, int]) -> bool:
    """Whether a colour is of the upper half of the map for magnitudes: plum."""
    red, green, blue = colour
    return red > green + 40 and blue > green + 40


def heat(picture: Picture) -> int:
    """How many pixels of the contact sheet are hot, of every fourth in both directions."""
    left, top, width, height = SHEET
    return sum(
        is_heat(picture.pixel(x, y)) for y in range(top, top + height, 4) for x in range(left, left + width, 4)
    )


def hot_spot(picture: Picture) -> tuple[int, int]:
    """A place on the contact sheet that is hot all around."""
    left, top, width, height = SHEET
    for y in range(top, top + height, 3):
        for x in range(left, left + width, 3):
            if all(is_heat(picture.pixel(x + dx, y + dy)) for dx in (0, 3) for dy in (0, 3)):
                return x, y
    raise AssertionError("nothing on the contact sheet is hot")


def cpu_seconds(process: int) -> float:
    """What a process and its threads have computed so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cpu_seconds_while_idle(process: int) -> float:
    """What it computes in one second in which nobody does anything."""
    before = cpu_seconds(process)
    time.sleep(1)
    return cpu_seconds(process) - before


def use(display: Display, process: subprocess.Popen, screenshot: Path) -> None:
    """A short session at the open window."""

    def shown() -> str:
        assert process.poll() is None, f"the program ended with {process.returncode}"
        return display.window("EfficientNet-Lite0 — Tessera")

    window = str(wait_for("the title to name the model", shown))
    assert display.title(window).startswith("chelsea.png"), display.title(window)
    wait_for("the first heat maps", lambda: heat(display.look()) > 200)

    wait_for("the window to fall asleep", lambda: cpu_seconds_while_idle(process.pid) < 0.3)

    before = display.look()
    x, y = hot_spot(before)
    display.xdotool("mousemove", str(x), str(y))
    wait_for("facts about the hovered channel", lambda: display.look().region(*FACTS) != before.region(*FACTS))
    wait_for("its heat map over the image", lambda: display.look().region(*STAGE) != before.region(*STAGE))
    display.look().save(screenshot)

    display.xdotool("mousemove", str(WIDTH - 100), str(HEIGHT - 100))
    wait_for("the facts to go", lambda: display.look().region(*FACTS) == before.region(*FACTS))

    display.ask_to_close(window)
    code = process.wait(timeout=30)
    assert code == 0, f"the program ended with {code}"


def main() -> int:
    """0: well; 77: could not be tried."""
    if missing := missing_tools():
        print(f"skipped: {', '.join(missing)} missing")
        return SKIPPED
    tessera, screenshot = sys.argv[1], Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        display = Display(folder, WIDTH, HEIGHT)
        # The pointer starts in the middle of the screen: away, so that nothing is hovered.
        display.xdotool("mousemove", str(WIDTH - 100), str(HEIGHT - 100))
        environment = display.environment | {"XDG_CONFIG_HOME": str(folder / "config")}
        process = subprocess.Popen([tessera, "--scale", "1", "--size", str(WIDTH), str(HEIGHT), "--show", "view=sheet"], env=environment)
        try:
            use(display, process, screenshot)
            settings = json.loads((folder / "config" / "tessera" / "settings.json").read_text())
            assert settings["window"] == [WIDTH, HEIGHT], settings
            assert settings["recent_images"][0].endswith("chelsea.png"), settings
        finally:
            process.kill()
            process.wait()
            display.close()
    print(f"the window as it was while a channel was hovered: {screenshot}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
