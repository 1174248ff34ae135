"""Prints what an edit costs of a garden with many megabytes of pictures and films, beside one without.

    python -m bench.attachments [MIB]

Forty notes show so many MiB (300 unless said), half of it pictures and half films. The rows are a build from nothing,
one after an edit of a note, and one after another edit, without meaning: the medians of five rounds, with the files and
without them in turns. What a build wrote in its last two seconds, as here all of it, is read once more by the next.
"""

import os
import random
import shutil
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.build import Cost, timed
from bench.usage import arguments

NOTES, ROUNDS = 40, 5
FILE_BYTES = 3 << 20
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0"
"""How a picture begins, up to its pixels."""
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\x7f\xff\xff\xffmdat"


def main(mib: int = 300) -> None:
    """A row for each build."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        gardens = {"without": folder / "plain", "with": folder / "rich"}
        for kind, garden in gardens.items():
            _write_garden(garden / "notes", mib if kind == "with" else 0)
        time.sleep(2.5)  # what was written just now is read again
        rows: dict[str, dict[str, list[Cost]]] = {}
        for number in range(ROUNDS):
            for kind, garden in gardens.items():
                shutil.rmtree(garden / "cache", ignore_errors=True)
                shutil.rmtree(garden / "site", ignore_errors=True)
                for step in ("from nothing", "one note edited", "one more"):
                    rows.setdefault(step, {}).setdefault(kind, []).append(_build(garden))
                    time.sleep(2.5)
                    with (garden / "notes/0.md").open("a", encoding="utf-8") as file:
                        file.write(f"\nRound {number} found a tide table by the harbour wall.\n")
    print(f"| build | without | with {mib} MiB, wall s | CPU s |\n|---|---|---|---|")
    for step, costs in rows.items():
        plain, rich = costs["without"], costs["with"]
        figures = (
            median(cost.wall for cost in plain),
            median(cost.wall for cost in rich),
            median(cost.cpu for cost in rich),
        )
        print(f"| {step} | {' | '.join(f'{figure:.2f}' for figure in figures)} |")


def _write_garden(notes: Path, mib: int) -> None:
    chance = random.Random(1)
    files = (mib << 20) // FILE_BYTES
    notes.mkdir(parents=True)
    for number in range(files):
        held = chance.randbytes(FILE_BYTES)
        is_film = number % 2
        # A byte 255 of a picture's pixels has a zero behind it.
        content = FILM + held if is_film else JPEG + held.replace(b"\xff", b"\xff\0") + b"\xff\xd9"
        (notes / _file(number)).write_bytes(content)
    for note in range(NOTES):
        shown = "".join(f"![[{_file(number)}]]\n\n" for number in range(note, files, NOTES))
        (notes / f"{note}.md").write_text(f"---\ndate: 2026-01-02\n---\n# Note {note}\n\nTides.\n\n{shown}")


def _file(number: int) -> str:
    return f"{number}.mp4" if number % 2 else f"{number}.jpg"


def _build(garden: Path) -> Cost:
    environment = {**os.environ, "NOTEGEN_CACHE": str(garden / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    words = ("build", str(garden / "notes"), "-o", str(garden / "site"), "--quiet", "--no-semantic")
    return timed([sys.executable, "-m", "notegen", *words], environment)


if __name__ == "__main__":
    main(*map(int, arguments("attachments [MIB]")))
