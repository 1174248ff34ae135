"""Edits a garden at random, and builds it after each step twice: with all that is kept, and from nothing.

    python -m tests.support.edits STEPS FOLDER [--vault VAULT] [--seed N] [--jobs N...] [--kill] [--words] [--locked]

FOLDER is a new one, into which VAULT is copied. The two sites must be the same to the byte. What differs is printed, a
line each, and then how many steps were tried. With more than one job, what is kept is built by several processes, from
300 notes on; of several numbers each keeps a site of its own, compared with the same one from nothing. With `--kill`
each that helps is killed at a moment by chance. With `--words` they are built without meaning, as large gardens are:
packed, and with an early process in place of a second one. With `--locked` notes are encrypted and opened again, by
themselves and by settings, and the password changes.
A step is an edit of a text, a new note, one that goes, moves or comes back, another name, a flag that makes it private,
another setting, another theme.
"""

import argparse
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from unittest.mock import patch

from msgspec.structs import replace

from notegen.build import build
from notegen.cache import open_cache
from notegen.config import Config, ExportSettings, RelatedSettings
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.model import Audit
from notegen.read_ahead import begun_ahead
from notegen.workers.forked import begin_to_help
from tests.support.files import files_in
from tests.support.word_encoder import TABLE, WordEncoder

WORDS = (
    "salt bread oven flour water morning river stone harbour winter letter garden tide moon cellar".split()
)
LONGEST = 3.0
"""Seconds that a process which is to be killed lives at most."""
GARDEN = Path(__file__).parent.parent / "gardens/everything"

Settings = Mapping[str, object]
SETTINGS: tuple[Settings, ...] = (
    {"title": "T"}, {"title": "Another"}, {"language": "de"}, {"language": "en"},
    {"related": RelatedSettings(count=3)}, {"related": RelatedSettings()},
    {"private_tags": ("private", "bread")}, {"private_tags": ("private",)},
    {"private_folders": ("deep",)}, {"private_folders": ()},
    {"base_url": "https://example.org/garden/"}, {"base_url": ""},
    {"attachments": "all"}, {"attachments": "used"}, {"line_breaks": "all"}, {"line_breaks": "auto"},
    {"export": ExportSettings(markdown=True, passages=True)}, {"export": ExportSettings()},
)  # fmt: skip
LOCKING: tuple[Settings, ...] = (
    {"encrypt_tags": ("bread",)}, {"encrypt_tags": ()}, {"encrypt_folders": ("deep",)}, {"encrypt_folders": ()},
)  # fmt: skip


@dataclass(slots=True)
class Writer:
    """Somebody who edits a folder of notes, and a theme."""

    notes: Path
    chance: random.Random
    config: Config = field(default_factory=lambda: Config(title="T"))
    number: int = 0
    locks: bool = False
    """Whether they encrypt notes too."""
    password: str = "six words drawn by dice"

    def step(self) -> str:
        """One edit; gives what was done."""
        self.number += 1
        acts: tuple[Callable[[], str], ...] = (
            self.append, self.append, self.append, self.cut, self.add, self.remove, self.move, self.rename_heading,
            self.give_alias, self.hide, self.bring_back, self.set, self.dress, self.repaint,
        )  # fmt: skip
        locking = (self.lock, self.lock, self.unlock, self.set_locking, self.change_password)
        return self.chance.choice((*acts, *locking) if self.locks else acts)()

    def append(self) -> str:
        """A sentence more, with a link, a tag, an embed or a date in it."""
        note, other = self._note(), self._note()
        end = self.chance.choice(
            [
                "",
                f" See [[{other.stem}]].",
                f" #{self._words(1)}",
                f"\n\n![[{other.stem}]]\n",
                f" {other.stem} is.",
            ]
        )
        text = f"\n\n{self._words(9).capitalize()}.{end}\n"
        return self._write(note, self._text(note) + text)

    def cut(self) -> str:
        """A line less."""
        note = self._note()
        lines = self._text(note).split("\n")
        del lines[self.chance.randrange(len(lines))]
        return self._write(note, "\n".join(lines))

    def add(self) -> str:
        """A note more."""
        day = f"2024-0{self.chance.randrange(1, 10)}-1{self.chance.randrange(10)}"
        head = self.chance.choice(["", f"---\ndate: {day}\ntags: [{self._words(1)}]\n---\n"])
        folder = self.chance.choice(["", "deep/", "new folder/"])
        return self._write(
            self.notes / f"{folder}{self._words(2)} {self.number}.md", f"{head}# {self._words(3)}\n"
        )

    def remove(self) -> str:
        """A note less, unless there are few."""
        note = self._note()
        if len(self._notes()) > 6:
            note.unlink()
        return f"remove {note.name}"

    def move(self) -> str:
        """A note elsewhere, or called otherwise."""
        note = self._note()
        goal = self.notes / self.chance.choice(["", "deep", "moved"]) / f"{self._words(2)} {self.number}.md"
        goal.parent.mkdir(exist_ok=True)
        note.rename(goal)
        return f"move {note.name} to {goal.name}"

    def rename_heading(self) -> str:
        """Another heading on top."""
        note = self._note()
        return self._write(note, f"# {self._words(2).title()}\n\n{self._text(note)}")

    def give_alias(self) -> str:
        """Another name, that others may say."""
        note = self._note()
        return self._write(note, f"---\naliases: [{self._words(1)}]\n---\n{self._text(note)}")

    def hide(self) -> str:
        """Not published any more, or a part of it not."""
        note = self._note()
        head = self.chance.choice(
            ["---\nprivate: true\n---\n", "%% ", "#private\n\n", "---\ndraft: true\n---\n"]
        )
        return self._write(note, f"{head}{self._text(note)}")

    def lock(self) -> str:
        """A note encrypted."""
        note = self._note()
        return self._write(note, f"---\nencrypt: true\n---\n{self._text(note)}")

    def unlock(self) -> str:
        """One that is not encrypted any more, if there is any."""
        notes = [note for note in self._notes() if "encrypt: true" in self._text(note)]
        if not notes:
            return self.lock()
        note = self.chance.choice(notes)
        return self._write(note, self._text(note).replace("encrypt: true\n", ""))

    def set_locking(self) -> str:
        """Another setting that says what is encrypted, or counts for it."""
        change = self.chance.choice(LOCKING)
        self.config = replace(self.config, **change)
        return f"set {change}"

    def change_password(self) -> str:
        """The next one, or the one before."""
        self.password = self.chance.choice(["six words drawn by dice", "six other words drawn by dice"])
        return "change the password"

    def bring_back(self) -> str:
        """As it was at first."""
        first = self.chance.choice(sorted(GARDEN.rglob("*.md")))
        return self._write(self.notes / first.relative_to(GARDEN), first.read_text("utf-8"))

    def set(self) -> str:
        """Another setting."""
        change = self.chance.choice(SETTINGS)
        self.config = replace(self.config, **change)
        return f"set {change}"

    def dress(self) -> str:
        """A theme of their own, another one, or none any more."""
        theme = self.notes / "theme"
        if theme.exists() and self.chance.random() < 0.5:
            shutil.rmtree(theme)
            return "take the theme away"
        theme.mkdir(exist_ok=True)
        name = self.chance.choice(["footer.html", "extra.css"])
        said = f"<p>{self._words(2)}</p>" if name == "footer.html" else f"p {{ margin: {self.number}px }}"
        return self._write(theme / name, said)

    def repaint(self) -> str:
        """Another picture of the same name."""
        files = sorted((self.notes / "files").glob("*")) if (self.notes / "files").is_dir() else []
        if not files:
            return self.append()
        file = self.chance.choice(files)
        file.write_bytes(file.read_bytes() + b"\0")
        return f"repaint {file.name}"

    def _notes(self) -> list[Path]:
        return sorted(path for path in self.notes.rglob("*.md") if path.is_file())

    def _note(self) -> Path:
        return self.chance.choice(self._notes())

    def _words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count))

    def _text(self, note: Path) -> str:
        return note.read_text("utf-8", "replace")

    def _write(self, file: Path, text: str) -> str:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return f"write {file.relative_to(self.notes)}"


def differences(
    steps: int,
    folder: Path,
    vault: Path = GARDEN,
    *,
    seed: int = 1,
    jobs: Sequence[int] = (1,),
    words: bool = False,
    locked: bool = False,
) -> Iterator[str]:
    """What differs after each step, a sentence each.

    Args:
        jobs: of the builds that keep something, each beside the others.
        words: whether they are without meaning.
        locked: whether notes are encrypted too.
    """
    notes = folder / "notes"
    shutil.copytree(vault, notes)
    writer = Writer(notes, random.Random(seed), locks=locked)
    for number in range(steps):
        done = writer.step()
        with packed() if words else in_two_processes() if locked else nullcontext():
            sites = {
                count: built(writer, folder / f"kept{count}", folder / f"cache{count}", count, words=words)
                for count in jobs
            }
        shutil.rmtree(folder / "anew", ignore_errors=True)
        with unsearched():
            anew = built(writer, folder / "anew", None, words=words)
        for count, kept in sites.items():
            different = sorted(name for name in kept.keys() | anew.keys() if kept.get(name) != anew.get(name))
            if different:
                yield f"{number}, {done}, jobs {count}: {', '.join(different[:4])}"


@contextmanager
def helpers_killed(chance: random.Random) -> Iterator[None]:
    """In the block each process that helps a build is killed within some seconds, as by a system short of memory."""

    def begin(before: Callable[[], None] = begin_to_help) -> None:
        before()
        timer = Timer(chance.uniform(0, LONGEST), os.kill, (os.getpid(), signal.SIGKILL))
        timer.daemon = True
        timer.start()

    with patch("notegen.workers.forked.begin_to_help", begin):
        yield


@contextmanager
def packed() -> Iterator[None]:
    """In the block a garden of any size is held in memory, and built by as many processes, as a large one is."""
    with (
        patch("notegen.render.known_pages.MIN_SHARED", 2),
        patch("notegen.render.known_pages._CHUNK", 2),
        patch("notegen.load._PACKED_FROM", 0),
        patch("notegen.link.garden.PACKED_FROM", 0),
        patch("notegen.search.note_groups.MIN_GROUPS_IN_BLOCKS", 1),
        patch("notegen.load.MIN_FOR_HELPERS", 1),
        patch("notegen.build.MAX_NOTES", 0),
        patch("notegen.read_ahead.MIN_NOTES", 1),
        patch("notegen.read_ahead.MAX_NOTES", 0),
        patch("notegen.write.file_stamps.RACY_NS", -(10**12)),
        patch("notegen.workers.second.MAX_NOTES", 0),
    ):
        yield


@contextmanager
def unsearched() -> Iterator[None]:
    """In the block no build looks for what is private: the one that keeps something does, and is to come through."""
    with patch("notegen.build.prepared_audit", lambda *_, **__: lambda *_, **__: Audit(0, 0, ())):
        yield


@contextmanager
def in_two_processes() -> Iterator[None]:
    """In the block a garden of any size is built by a second process too, where it may have one."""
    with (
        patch("notegen.workers.second.MIN_NOTES", 1),
        patch("notegen.write.file_stamps.RACY_NS", -(10**12)),
    ):
        yield


def built(
    writer: Writer, site: Path, cache: Path | None, jobs: int = 1, *, words: bool = False
) -> dict[str, bytes]:
    """The site by path; or what the build was refused with."""
    opened = open_cache(cache) if cache else None
    encoder, table = (None, None) if words else (WordEncoder(), TABLE)
    try:
        context = BuildContext(
            writer.notes, writer.config, encoder, table, opened, jobs, password=lambda opens: writer.password
        )
        with begun_ahead(context, site, reads=True) as ahead:
            build(context, site, ahead=ahead)
    except NotegenError as error:
        return {"": repr(error).encode()}
    finally:
        if opened:
            opened.close()
    return files_in(site)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("steps", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--vault", type=Path, default=GARDEN)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--locked", action="store_true")
    given = parser.parse_args()
    if given.folder.exists() and any(given.folder.iterdir()):
        parser.error("FOLDER is written to: name a new one, or an empty one; the notes are named by --vault")
    with helpers_killed(random.Random(given.seed)) if given.kill else nullcontext():
        found = list(
            differences(
                given.steps,
                given.folder,
                given.vault,
                seed=given.seed,
                jobs=given.jobs,
                words=given.words,
                locked=given.locked,
            )
        )
    print(*found[:20], f"{len(found)} differences in {given.steps} steps", sep="\n")
    sys.exit(bool(found))
