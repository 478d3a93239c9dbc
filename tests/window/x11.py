"""An X server without a screen, and what a person does at one. Nothing but Xvfb, xdotool and libX11."""

import ctypes
import ctypes.util
import mmap
import os
import shutil
import struct
import subprocess
import time
import zlib
from collections.abc import Callable
from pathlib import Path


def missing_tools() -> list[str]:
    """What of the above this machine lacks."""
    missing = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
    if ctypes.util.find_library("X11") is None:
        missing.append("libX11")
    return missing


def wait_for(what: str, condition: Callable[[], object], seconds: float = 120) -> object:
    """The first true answer of `condition`; fails the test where none comes."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


class Picture:
    """What the screen showed, rows of 4 bytes a pixel (blue, green, red, unused)."""

    def __init__(self, width: int, height: int, stride: int, data: bytes) -> None:
        self.width, self.height, self.stride, self.data = width, height, stride, data

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green, blue."""
        blue, green, red = self.data[y * self.stride + 4 * x :][:3]
        return red, green, blue

    def region(self, left: int, top: int, width: int, height: int) -> bytes:
        """The bytes of a part, to be compared."""
        rows = range(top, top + height)
        return b"".join(self.data[y * self.stride + 4 * left :][: 4 * width] for y in rows)

    def colours(self, left: int, top: int, width: int, height: int) -> int:
        """How many different colours a part has."""
        part = self.region(left, top, width, height)
        return len({part[i : i + 3] for i in range(0, len(part), 4)})

    def save(self, file: Path) -> None:
        """As PNG."""

        def chunk(kind: bytes, body: bytes) -> bytes:
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        rows = bytearray()
        for y in range(self.height):
            row = self.data[y * self.stride :][: 4 * self.width]
            rgb = bytearray(3 * self.width)
            rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
            rows += b"\0" + rgb
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows), 6)) + chunk(b"IEND", b"")
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


class Display:
    """A running Xvfb whose screen can be looked at."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-fbdir", str(folder)]
            + ["-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        self.name = f":{number}"
        self.environment = os.environ | {"DISPLAY": self.name}
        self.frame = folder / "Xvfb_screen0"

    def close(self) -> None:
        """Ends the server."""
        self.server.terminate()
        self.server.wait()

    def look(self) -> Picture:
        """The screen as it is now. The server keeps it in a file in xwd's format."""
        with self.frame.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as xwd:
            header = struct.unpack(">25I", xwd[:100])
            size, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
            start = size + 12 * colours
            return Picture(width, height, stride, xwd[start : start + stride * height])

    def press(self, name: str) -> None:
        """A key, perhaps with others ("ctrl+e"), tapped: often let go before the next frame begins."""
        parts = name.split("+")
        down = [word for part in parts for word in ("keydown", part)]
        up = [word for part in reversed(parts) for word in ("keyup", part)]
        self.xdotool(*down, *up)

    def xdotool(self, *arguments: str) -> str:
        """What it prints; nothing where it fails."""
        done = subprocess.run(["xdotool", *arguments], env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """The number of the window whose title has these words; nothing where there is none."""
        return self.xdotool("search", "--name", title).partition("\n")[0]

    def title(self, window: str) -> str:
        """A window's title."""
        return self.xdotool("getwindowname", window)

    def ask_to_close(self, window: str) -> None:
        """What a window manager does when the cross in the corner is clicked."""
        x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XInternAtom.restype = ctypes.c_ulong
        x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
        x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        display = x11.XOpenDisplay(self.name.encode())
        protocols = x11.XInternAtom(display, b"WM_PROTOCOLS", 0)
        delete = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
        client_message, format_32, now = 33, 32, 0
        event = struct.pack(
            "@iLiPLLi4x5l24x20l",
            *(client_message, 0, 1, display, int(window), protocols, format_32, delete, now, 0, 0, 0),
            *([0] * 20),
        )
        x11.XSendEvent(display, int(window), 0, 0, event)
        x11.XCloseDisplay(display)
