"""Finds the Chromium that the browser tests drive.

As a script it exits 0 when there is one and 1 when not, which `make test` asks before it installs Debian's.
"""

import os
import shutil
import sys
from pathlib import Path

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


def find_chromium() -> Path | None:
    """The executable that `NOTEGEN_CHROMIUM` names, else the first that this machine has by a known name."""
    chosen = os.environ.get("NOTEGEN_CHROMIUM")
    if chosen:
        return Path(chosen) if Path(chosen).is_file() else None
    found = [Path(path) for path in map(shutil.which, NAMES) if path]
    return next((path for path in [*found, MAC] if path.is_file()), None)


if __name__ == "__main__":
    sys.exit(find_chromium() is None)
