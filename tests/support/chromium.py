"""Finds the Chromium that the browser tests drive.

As a script it exits 0 when what they need is there and 1 when not, which `make test` asks before it installs Debian's.
"""

import os
import platform
import shutil
import sys
from pathlib import Path

# The engine without the browser's windows: to open a page in a window that nobody sees costs four times as much.
HEADLESS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

# No call home, and no need of a display, a graphics card or a user namespace.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def find_chromium(*, with_windows: bool = False) -> Path | None:
    """The executable that `NOTEGEN_CHROMIUM` names, else the first that this machine has by a known name.

    One without windows comes first, but for those who ask for what only the whole browser has.
    """
    chosen = os.environ.get("NOTEGEN_CHROMIUM")
    if chosen and not (with_windows and Path(chosen).name in HEADLESS):
        return Path(chosen) if Path(chosen).is_file() else None
    names = NAMES if with_windows else (*HEADLESS, *NAMES)
    found = [Path(path) for path in map(shutil.which, names) if path]
    return next((path for path in [*found, MAC] if path.is_file()), None)


def is_ready() -> bool:
    """Whether there is a whole browser, and, where Debian could give it, one without windows for nearly all tests."""
    found = find_chromium()
    can_be_quicker = _is_debian() and not os.environ.get("NOTEGEN_CHROMIUM")
    return (
        found is not None
        and find_chromium(with_windows=True) is not None
        and (found.name in HEADLESS or not can_be_quicker)
    )


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(not is_ready())
