"""Times builds of notes made of one construct, small and four times as large, and prints what grows too fast.

    python -m bench.growth                # every construct, as notes of no tool
    python -m bench.growth pieces logseq  # every piece of syntax, as notes of Logseq
    python -m bench.growth wholes         # whole notes and folders

A build whose time is in proportion takes four times as long, less what every build takes; one that grows with the
square, sixteen times.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.fuzz import EndlessError, limited
from notegen.build import build
from notegen.config import Config, SearchSettings
from notegen.context import BuildContext
from notegen.errors import NotegenError
from tests.support.growing import PIECES, TOOLS, WHOLES, Files, note_of

LETTERS = 8_000
"""Of the smaller text of a piece."""
TIMES = 2_000
"""How often the smaller one has a construct."""
MAX_RATIO = 7.0
MIN_SECONDS = 0.4
"""Growth below this is not looked at."""
LIMIT = 60.0
"""Seconds of processor time after which a build is ended."""


def seconds_of(files: Files) -> float:
    """Of processor time, for a site by words alone."""
    config = Config(title="T", search=SearchSettings(semantic=False))
    with tempfile.TemporaryDirectory() as name:
        notes = Path(name) / "notes"
        for path, text in files.items():
            file = notes / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        before = time.process_time()
        try:
            with limited(LIMIT):
                build(BuildContext(notes=notes, config=config, encoder=None, table=None), Path(name) / "site")
        except (EndlessError, NotegenError) as error:
            return LIMIT if isinstance(error, EndlessError) else 0.0
        return time.process_time() - before


def growing(name: str, make: Callable[[int], Files], count: int) -> str:
    """What to say of a construct whose time grows too fast; empty for any other."""
    least, small, large = (seconds_of(make(number)) for number in (64, count, 4 * count))
    ratio = (large - least) / max(small - least, 0.02)
    if large >= LIMIT or (large - least > MIN_SECONDS and ratio > MAX_RATIO):
        return f"{name!r:44} {least:6.2f} s {small:6.2f} s {large:6.2f} s, {ratio:.1f} times as long"
    return ""


def piece_files(piece: str, tool: str) -> Callable[[int], Files]:
    """Notes of a tool with so many letters of a piece."""
    return lambda letters: {**TOOLS[tool], **note_of(piece * max(1, letters // len(piece)))}


def constructs(kinds: str, tool: str) -> Iterator[tuple[str, Callable[[int], Files], int]]:
    """Each by name, with what makes notes of it, and how many of it are few."""
    if kinds in ("", "pieces"):
        yield from ((piece, piece_files(piece, tool), LETTERS) for piece in PIECES)
    if kinds in ("", "wholes"):
        yield from ((name, make, TIMES) for name, make in WHOLES.items())


def main(words: list[str]) -> None:
    """Print what grows too fast, as it is found."""
    kinds, tool = (*words, "", "")[:2]
    tried = 0
    for name, make, count in constructs(kinds, tool or "plain"):
        tried += 1
        if said := growing(name, make, count):
            print(said, flush=True)
    print(f"{tried} constructs")


if __name__ == "__main__":
    main(sys.argv[1:])
