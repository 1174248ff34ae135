"""Builds with a cache that is damaged at one place, each as a bad disk, a killed copy or somebody's editor would.

    python -m tests.support.spoiled_caches COUNT FOLDER

Each build must end well and give the site that one without a cache gives; so must the next one, with what the
first left. What does not hold is printed, a line each, and then how many were tried. No build may change what a
file beside the cache holds.
"""

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from notegen.build import build
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.model import Code
from notegen.paths import CACHE_FILE
from tests.support.files import files_in
from tests.support.word_encoder import TABLE, WordEncoder

PAGE_BYTES = 4096
"""Of SQLite's pages."""
WORDS = "salt bread oven flour water morning river stone harbour winter letter garden".split()
CACHE_PROBLEMS = {Code.CACHE_DAMAGED, Code.CACHE_UNUSABLE}

Spoil = Callable[[bytearray, random.Random], None]


def flip_bit(content: bytearray, chance: random.Random) -> None:
    """One bit, anywhere."""
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def flip_bit_of_header(content: bytearray, chance: random.Random) -> None:
    """One bit of what says how the file is laid out, or where the tables begin."""
    content[chance.randrange(min(len(content), 256))] ^= 1 << chance.randrange(8)


def write_noise(content: bytearray, chance: random.Random) -> None:
    """Up to 64 bytes of anything."""
    at = chance.randrange(len(content))
    content[at : at + 64] = chance.randbytes(min(64, len(content) - at))


def write_zeros(content: bytearray, chance: random.Random) -> None:
    """A page that never reached the disk."""
    at = PAGE_BYTES * chance.randrange(len(content) // PAGE_BYTES)
    content[at : at + PAGE_BYTES] = bytes(PAGE_BYTES)


def swap_pages(content: bytearray, chance: random.Random) -> None:
    """Two pages, each in the other's place."""
    one, other = (PAGE_BYTES * chance.randrange(len(content) // PAGE_BYTES) for _ in range(2))
    first, second = bytes(content[one : one + PAGE_BYTES]), bytes(content[other : other + PAGE_BYTES])
    content[one : one + PAGE_BYTES], content[other : other + PAGE_BYTES] = second, first


def cut_off(content: bytearray, chance: random.Random) -> None:
    """The end is missing, down to all of it."""
    del content[chance.randrange(len(content)) :]


SPOILS: tuple[Spoil, ...] = (flip_bit, flip_bit_of_header, write_noise, write_zeros, swap_pages, cut_off)


class Trial:
    """A garden, its site as a build without a cache makes it, and a good cache."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes, self.cache = folder, folder / "notes", folder / "cache"
        chance = random.Random(1)
        self.notes.mkdir()
        for number in range(12):
            said = " ".join(chance.choices(WORDS, k=40))
            text = f"---\ndate: 2024-01-{number + 1:02}\n---\n# {WORDS[number].title()}\n\n{said}.\n"
            (self.notes / f"{number}.md").write_text(text, encoding="utf-8")
        self.cold = self.build(None)[0]
        self.build(self.cache)
        self.good = (self.cache / CACHE_FILE).read_bytes()

    def build(self, cache: Path | None) -> tuple[dict[str, bytes], set[Code]]:
        """The site by path, and what was said of the cache."""
        site = self.folder / "site"
        shutil.rmtree(site, ignore_errors=True)
        opened = open_cache(cache) if cache else None
        try:
            report = build(BuildContext(self.notes, Config(title="T"), WordEncoder(), TABLE, opened), site)
        finally:
            if opened:
                opened.close()
        return files_in(site), {problem.code for problem in report.problems} & CACHE_PROBLEMS

    def faults_with(self, content: bytes) -> Iterator[str]:
        """What does not hold of the builds that find this in place of the cache."""
        shutil.rmtree(self.cache)
        self.cache.mkdir()
        (self.cache / CACHE_FILE).write_bytes(content)
        mine = self.cache / "mine.txt"
        mine.write_text("mine", encoding="utf-8")
        for which in ("first", "next"):
            try:
                files, said = self.build(self.cache)
            except Exception as error:  # whatever it is, it is what is looked for
                yield f"{which} build: {type(error).__name__}: {error}"
                continue
            if files != self.cold:
                yield f"{which} build: {[name for name in files if files[name] != self.cold.get(name)][:3]} differ"
            if which == "next" and said:
                yield f"next build: {said}"
        if mine.read_text("utf-8") != "mine":
            yield "a file beside the cache is another"


def faults_of_caches(count: int, folder: Path) -> Iterator[str]:
    """What does not hold, a sentence each, of caches spoiled at as many places."""
    trial = Trial(folder)
    for number in range(count):
        chance = random.Random(number)
        spoil = SPOILS[number % len(SPOILS)]
        content = bytearray(trial.good)
        spoil(content, chance)
        yield from (f"{number}, {spoil.__name__}: {fault}" for fault in trial.faults_with(bytes(content)))


if __name__ == "__main__":
    tried = int(sys.argv[1])
    found = list(faults_of_caches(tried, Path(sys.argv[2])))
    print(*found[:20], f"{len(found)} faults in {tried} caches", sep="\n")
    sys.exit(bool(found))
