#!/usr/bin/env python3
"""A long session at a real window on a virtual screen: two pictures, two models, every view hovered and clicked, exported where
that takes seconds, exports that are opened again. Keeps a screenshot of each view. Passed over where there is no Xvfb or
xdotool."""

import json
import os
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections import deque
from collections.abc import Callable
from pathlib import Path

from x11 import Display, Picture, missing_tools, wait_for

SKIPPED = 77
WIDTH, HEIGHT = 1440, 900
STAGE = (320, 20, 800, 860)
AWAY = (WIDTH - 40, HEIGHT - 20)
PATIENCE = 240
KEYS = {
    "overview": "1",
    "dictionary": "2",
    "grids": "3",
    "spatial": "4",
    "channels": "5",
    "comparison": "6",
    "groups": "7",
    "flows": "8",
    "cube": "9",
    "sheet": "0",
    "space": "d",
}
# Of a tiny network, what needs few icons; the tests of golden pictures draw every figure, with other icons.
EXPORTED = ("comparison", "flows", "cube", "space")


def figure_of(png: Path) -> dict:
    """What the text chunk says that Tessera writes."""
    data = png.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", png
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(b"tessera\0"):
            compressed, text = body[8], body.split(b"\0", 5)[-1] if body[8] == 0 else body[10:].split(b"\0", 2)[2]
            return json.loads(zlib.decompress(text) if compressed else text)
        at += 12 + length
    raise AssertionError(f"{png.name} has no text chunk 'tessera'")


class Session:
    """A person at the window."""

    def __init__(self, display: Display, process: subprocess.Popen, folder: Path, kept: Path) -> None:
        self.display, self.process, self.folder, self.kept = display, process, folder, kept

        self.start = time.monotonic()

    def say(self, what: str) -> None:
        """How far it is: where it waits in vain, that tells since when."""
        print(f"{time.monotonic() - self.start:6.1f} s  {what}", flush=True)

    def alive(self) -> None:
        assert self.process.poll() is None, f"the program ended with {self.process.returncode}"

    def keys(self, *names: str) -> None:
        self.alive()
        for name in names:
            self.display.press(name)

    def insist(self, key: str, before: Picture) -> None:
        """Presses a key until the stage changes: on a slow machine a whole press may fall between two frames."""
        for _ in range(8):
            self.keys(key)
            deadline = time.monotonic() + 4
            while time.monotonic() < deadline:
                if self.display.look().region(*STAGE) != before.region(*STAGE):
                    return
                time.sleep(0.05)
        raise AssertionError(f"{key} changes nothing")

    def confirm(self, what: str, done: Callable[[], set[Path]]) -> set[Path]:
        """Presses Return, again where it came before the dialog took the keys: then nothing else has them."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.keys("Return")
            pause = time.monotonic() + 5
            while time.monotonic() < pause:
                if found := done():
                    return found
                time.sleep(0.05)
        raise AssertionError(f"waited {PATIENCE:.0f} s in vain for {what}")

    def type(self, text: str) -> None:
        self.display.xdotool("type", "--delay", "8", text)

    def move(self, x: int, y: int) -> None:
        self.display.xdotool("mousemove", str(x), str(y))

    def click(self, x: int, y: int) -> None:
        self.move(x, y)
        self.display.xdotool("click", "1")

    def title(self, *words: str) -> None:
        """Waits for the title to have these words."""

        def shown() -> str:
            self.alive()
            window = self.display.window("Tessera")
            title = self.display.title(window) if window else ""
            return title if all(word in title for word in words) else ""

        wait_for(f"the title to say {words}", shown, PATIENCE)
        self.say(f"{', '.join(words)} open")

    def open(self, keys: str, file: Path) -> None:
        """As a person who types a path."""
        before = self.display.look()
        self.keys(keys)
        wait_for("the file panel", lambda: self.display.look().region(*STAGE) != before.region(*STAGE))
        self.still("the file panel", 6)
        self.keys("ctrl+a")
        self.type(str(file))
        self.keys("Return")

    def still(self, name: str, looks: int = 10) -> None:
        """Waits until nothing changes any more: what is on its way would be mistaken for what a key does. Few looks
        where a text cursor blinks."""
        seen: deque[bytes] = deque(maxlen=looks)

        def same() -> bool:
            self.alive()
            seen.append(self.display.look().region(0, 0, WIDTH, HEIGHT))
            return len(seen) == looks and all(look == seen[0] for look in seen)

        wait_for(f"{name} to be still", same, PATIENCE)

    def look_at(self, key: str, name: str) -> None:
        """One view: shown, hovered, clicked, kept."""
        before = self.display.look()
        self.keys(key)
        wait_for(
            f"the view {name}", lambda: self.display.look().region(*STAGE) != before.region(*STAGE), PATIENCE
        )
        left, top, width, height = STAGE
        for share_y in (0.25, 0.5, 0.75):
            for share_x in (0.15, 0.35, 0.55, 0.8):
                self.move(int(left + width * share_x), int(top + height * share_y))
                self.alive()
        self.click(int(left + width * 0.2), int(top + height * 0.3))
        self.move(*AWAY)
        picture = self.display.look()
        assert picture.colours(*STAGE) > 20, f"{name} is all but empty"
        picture.save(self.kept / f"{name}.png")
        self.say(f"{name} looked at")

    def export(self, name: str) -> Path:
        """As the dialog suggests it, in the folder that the program was started in."""
        before = set(self.folder.glob("*.png"))
        self.still(name)
        looked = self.display.look()
        self.insist("ctrl+e", looked)
        self.still("the export dialog", 6)
        made = self.confirm(f"the export of {name}", lambda: set(self.folder.glob("*.png")) - before)
        (file,) = made
        figure = figure_of(file)
        assert figure["figure"] == name, (figure["figure"], name)
        self.say(f"{name} exported")
        return file


def run(session: Session, source: Path) -> None:
    """All of it."""
    cat, coffee = source / "assets/images/chelsea.png", source / "assets/images/coffee.png"
    bundled, tiny = source / "models/efficientnet_lite0.pt", source / "tests/data/models/squeeze_excite.pt"
    session.title("chelsea.png", "EfficientNet")
    for name, key in KEYS.items():
        session.look_at(key, name)
        session.keys("Escape")
        if name == "channels":
            session.export(name)
    session.keys("b")
    session.open("ctrl+o", coffee)
    session.title("coffee.png", "EfficientNet")
    session.look_at("5", "channels beside the design space")
    both = session.export("channels")
    made = figure_of(both)
    assert (made["kept"]["figure"], made["kept"]["image"]["file"]) == ("space", "chelsea.png"), made
    assert made["image"]["file"] == "coffee.png", made
    session.keys("b")
    session.open("ctrl+o", cat)
    session.title("chelsea.png", "EfficientNet")
    session.open("ctrl+o", both)
    session.title("coffee.png", "EfficientNet")
    session.keys("b")

    session.open("ctrl+shift+o", tiny)
    session.title("coffee.png", "squeeze_excite")
    session.keys("Escape")
    for name in EXPORTED:
        session.keys(KEYS[name])
        session.export(name)
    session.look_at("0", "sheet")
    session.keys("Escape")
    exported = session.export("sheet")

    # Back to the first pair, then to what the export shows.
    session.open("ctrl+shift+o", bundled)
    session.title("coffee.png", "EfficientNet")
    session.open("ctrl+o", cat)
    session.title("chelsea.png", "EfficientNet")
    session.open("ctrl+o", exported)
    session.title("coffee.png", "squeeze_excite")
    session.move(*AWAY)
    session.display.look().save(session.kept / "reopened.png")


def main() -> int:
    """0: well; 77: could not be tried."""
    if missing := missing_tools():
        print(f"skipped: {', '.join(missing)} missing")
        return SKIPPED
    tessera, source, kept = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "figures").mkdir()
        display = Display(folder, WIDTH, HEIGHT)
        display.xdotool("mousemove", *map(str, AWAY))
        environment = display.environment | {
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_DATA_HOME": str(folder / "data"),
            "MESA_DEBUG": "1",
        }
        errors = folder / "errors.txt"
        with errors.open("w") as stream:
            process = subprocess.Popen(
                [tessera, "--scale", "1", "--size", str(WIDTH), str(HEIGHT)],
                env=environment,
                stderr=stream,
                cwd=folder / "figures",
            )
        try:
            session = Session(display, process, folder / "figures", kept)
            run(session, source)
            start = time.monotonic()
            display.ask_to_close(str(display.window("Tessera")))
            code = process.wait(timeout=30)
            assert code == 0, f"the program ended with {code}"
            print(f"closed within {time.monotonic() - start:.2f} s")
            complaints = [line for line in errors.read_text().splitlines() if "GL" in line or "error" in line.lower()]
            assert not complaints, complaints
        except AssertionError:
            if process.poll() is None:
                display.look().save(kept / "failed.png")
            print(errors.read_text(), file=sys.stderr)
            raise
        finally:
            process.kill()
            process.wait()
            display.close()
    print(f"a screenshot of every view is in {kept}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
