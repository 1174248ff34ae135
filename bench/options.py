"""Prints what an edit costs under each setting, beside one under none, in turns.

    python -m bench.options VAULT [ROUNDS] [SETTING...]

One setting after the other has a garden of its own, which is built by two processes. Then in as many rounds as are said
(3) a note gets a sentence, the same in it and in the garden without settings, and both are built again. Settings are
called as in the table; all are measured where none is named. The medians of the rounds count, of ratios within a round:
of processor time, of all processes, and of wall time, which others on the machine change more.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.build import Cost, timed
from bench.usage import arguments

ROUNDS = 3
DAYS = 100
"""With a commit, in the garden with `history`."""
LOCKED = (1, 20, 200)
"""Notes that are encrypted, in a garden each."""
RACY_SECONDS = 2.2
"""What was written in so many seconds before a build is read once more by the next."""
AUTHOR = ("-c", "user.name=n", "-c", "user.email=n@example.invalid")

SETTINGS: Mapping[str, str] = {
    "author, description": 'author = "A"\ndescription = "What the sea did."',
    "language": 'language = "de"',
    "base_url (feeds, cards, sitemap, llms.txt)": 'base_url = "https://example.org/"',
    "base_url, cards off": 'base_url = "https://example.org/"\n[social_cards]\ndraw = "off"',
    "feeds.tags": 'base_url = "https://example.org/"\n[feeds]\ntags = true\ncount = 100',
    "keep_addresses": "keep_addresses = true",
    "private_tags": 'private_tags = ["private", "seed"]',
    "line_breaks": 'line_breaks = "keep"',
    "attachments": 'attachments = "all"',
    "attachment_metadata": 'attachment_metadata = "keep"',
    "offline": 'offline = "on"',
    "repair_text": "repair_text = true",
    "accent": 'accent = "ocean"',
    "header_links, footer_links": 'header_links = ["[Source](https://me.example/)"]\nfooter_links = ["[B](https://b.example/)"]',
    "home.order": '[home]\norder = "changed"',
    "export.markdown": "[export]\nmarkdown = true",
    "export.passages": "[export]\npassages = true",
    "note.changed off": "[note]\nchanged = false",
    "note.embedding_picture": "[note]\nembedding_picture = true",
    "note.edit_link, note.source_link": '[note]\nedit_link = "https://e.example/{path}"\nsource_link = "https://s.example/{path}"',
    "note.smart_quotes off": "[note]\nsmart_quotes = false",
    "related.count": "[related]\ncount = 50",
    "related.count 0": "[related]\ncount = 0",
    "search.semantic off": "[search]\nsemantic = false",
    "search.meaning_weight": "[search]\nmeaning_weight = 1.0",
}
"""What `notegen.toml` says, by what it is called."""


class Garden:
    """A folder with notes, a site and a cache."""

    def __init__(
        self, folder: Path, vault: Path, settings: str = "", prepare: "Prepare | None" = None
    ) -> None:
        self.notes, self._site, self._cache = folder / "notes", folder / "site", folder / "cache"
        shutil.copytree(vault, self.notes)
        (self.notes / "notegen.toml").write_text(f'title = "G"\n{settings}\n', encoding="utf-8")
        if prepare:
            prepare(self.notes)

    def begin_as(self, other: "Garden") -> None:
        """Take over what another one's builds have kept."""
        shutil.copytree(other._cache, self._cache)

    def edit(self, note: Path, sentence: str) -> None:
        """Add a sentence to a note, by its path in the garden."""
        with (self.notes / note).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{sentence}\n")

    def build(self) -> Cost:
        """Build it."""
        environment = {
            **os.environ,
            "NOTEGEN_CACHE": str(self._cache),
            "NOTEGEN_PASSWORD": "six words that were drawn by dice",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        words = ["build", str(self.notes), "-o", str(self._site), "--quiet", "--jobs", "2"]
        return timed([sys.executable, "-m", "notegen", *words], environment)


Prepare = Callable[[Path], None]
"""Makes of a folder of notes what a setting needs."""


def main(vault: Path, rounds: int = ROUNDS, names: Sequence[str] = ()) -> None:
    """One row a setting."""
    print("| setting | CPU s | without | ratio | wall s | without | ratio |\n|---|---|---|---|---|---|---|")
    with TemporaryDirectory() as name:
        folder = Path(name)
        plain = Garden(folder / "plain", vault)
        plain.build()
        chance = random.Random(1)
        for setting, begin in gardens(vault).items():
            if names and setting not in names:
                continue
            garden = begin(folder / "garden")
            garden.begin_as(plain)
            garden.build()
            _round(plain, garden, chance)  # after which no file of the site is new
            _print_row(setting, [_round(plain, garden, chance) for _ in range(rounds)])
            shutil.rmtree(folder / "garden")


def gardens(vault: Path) -> dict[str, Callable[[Path], Garden]]:
    """What makes the garden of each setting in a folder."""

    def of(settings: str, prepare: Prepare | None = None) -> Callable[[Path], Garden]:
        return lambda folder: Garden(folder, vault, settings, prepare)

    return {
        "none": of(""),
        **{name: of(settings) for name, settings in SETTINGS.items()},
        "theme": of("", _with_theme),
        "history": of("history = true", _with_history),
        **{f"encrypt, {count}": of("", partial(_lock, count=count)) for count in LOCKED},
        "encrypt, export.passages, base_url": of(
            'base_url = "https://example.org/"\n[export]\npassages = true',
            partial(_lock, count=LOCKED[1]),
        ),
    }


def _round(plain: Garden, garden: Garden, chance: random.Random) -> tuple[Cost, Cost]:
    """What the same edit costs without the setting and with it."""
    notes = [note.relative_to(plain.notes) for note in sorted(plain.notes.rglob("*.md"))]
    long = [note for note in notes if (plain.notes / note).stat().st_size > 1_000]
    open_ones = [note for note in long if b"encrypt: true" not in (garden.notes / note).read_bytes()]
    note = chance.choice(open_ones)
    sentence = f"Round {chance.randrange(10**6)} found a tide table by the harbour wall."
    for one in (plain, garden):
        one.edit(note, sentence)
    time.sleep(RACY_SECONDS)
    return plain.build(), garden.build()


def _print_row(setting: str, rounds: Sequence[tuple[Cost, Cost]]) -> None:
    cpu = [(plain.cpu, garden.cpu) for plain, garden in rounds]
    wall = [(plain.wall, garden.wall) for plain, garden in rounds]
    cells = [
        cell
        for pairs in (cpu, wall)
        for cell in (
            f"{median(with_it for _, with_it in pairs):.2f}",
            f"{median(without for without, _ in pairs):.2f}",
            f"{median(with_it / without for without, with_it in pairs):.2f}",
        )
    ]
    print(f"| {setting} | {' | '.join(cells)} |", flush=True)


def _with_theme(notes: Path) -> None:
    (notes / "theme").mkdir()
    (notes / "theme/extra.css").write_text("p { margin: 1em }\n", encoding="utf-8")
    (notes / "theme/footer.html").write_text("<p>{{ author }}</p>\n", encoding="utf-8")


def _lock(notes: Path, count: int) -> None:
    """Has some notes encrypted, the same ones among more."""
    every = sorted(notes.rglob("*.md"))
    random.Random(2).shuffle(every)
    for note in every[:count]:
        text = note.read_text("utf-8", "surrogateescape")
        head = text.removeprefix("---\n") if text.startswith("---\n") else f"---\n\n{text}"
        note.write_text(f"---\nencrypt: true\n{head}", "utf-8", "surrogateescape")


def _with_history(notes: Path) -> None:
    """Has the notes come about in as many commits, one a day, with a note changed in each."""
    every = sorted(notes.rglob("*.md"))
    chance = random.Random(3)
    _git(notes, "init", "-q")
    for day in range(DAYS):
        if day:
            note = chance.choice(every)
            note.write_text(
                f"{note.read_text('utf-8', 'replace')}\nDay {day} had a tide of its own.\n", "utf-8"
            )
        _git(notes, "add", "-A")
        stamp = f"{1_700_000_000 + day * 86_400} +0000"
        _git(notes, *AUTHOR, "commit", "-qm", "x", GIT_AUTHOR_DATE=stamp, GIT_COMMITTER_DATE=stamp)


def _git(folder: Path, *words: str, **environment: str) -> None:
    subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **environment}, check=True, capture_output=True
    )


if __name__ == "__main__":
    vault, *rest = arguments("options VAULT [ROUNDS] [SETTING...]")
    main(Path(vault), int(rest[0]) if rest else ROUNDS, rest[1:])
