"""The statements of a settings file about the notes below its folder: flags as in front matter, paths to leave out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

from msgspec import Struct
from pathspec import GitIgnoreSpec

from notegen.errors.reasons import glob_not_understood
from notegen.errors.settings import cannot_read_config
from notegen.model import Code, Place, Problem
from notegen.paths import fold
from notegen.read.beginning import open_file
from notegen.read.decode import decode
from notegen.read.globs import GlobError, glob_pattern, names_any_part
from notegen.regex import regex

Pairs = tuple[tuple[str, object], ...]

_MAX_BYTES = 1_000_000
_SPECIAL = regex(r"([\\*?\[\]!# ])")
LANGUAGE = regex(r"[a-z]{2}(?:-[a-z]{2,4})?")
"""What names of files and folders may say of their language, as Hugo has it."""


class FolderFlags(Struct, frozen=True):
    """Keys of front matter that a file gives to the notes below a folder."""

    file: str
    """The file that says so, from the notes folder."""
    folder: str
    """Folded; empty for all notes."""
    values: Pairs
    tool: str
    rank: tuple[int, ...] = ()
    """Of a tool's statements that give a note the same key, those of the highest rank count; of equal ones all."""
    paths: tuple[str, ...] = ()
    """Patterns of the notes that are meant, from one of the `roots`; none for all of the folder."""
    roots: tuple[str, ...] = ("",)
    """Folded."""
    kind: str = ""
    """A pattern of Hugo's kinds of pages, `page`, `section` and `home`; empty for all."""
    language: str = ""
    """A pattern of languages; empty for all."""
    is_final: bool = False
    """Whether a note cannot say otherwise."""

    def names(self, path: str) -> bool:
        """Whether a note or file is meant, by its path, folded."""
        if self.folder and not path.startswith(f"{self.folder}/"):
            return False
        if self.kind and not glob_pattern(self.kind).fullmatch(_kind_of(path, self.roots)):
            return False
        if self.language and not glob_pattern(self.language).fullmatch(_language_of(path, self.roots)):
            return False
        return not self.paths or any(
            glob_pattern(pattern).fullmatch(way)
            for root in self.roots
            if (below := below_root(path, root)) is not None
            for way in _ways(below)
            for pattern in self.paths
        )


class FileFlags(Struct, frozen=True):
    """Keys of front matter that a file gives to one note or file."""

    file: str
    """The file that says so, from the notes folder."""
    path: str
    """The path of the note or file, folded."""
    values: Pairs


class LeftOut(Struct, frozen=True):
    """Paths below a folder that a site generator does not publish."""

    folder: str
    """Folded; empty for all."""
    globs: tuple[str, ...] = ()
    crosses: bool = False
    """Whether a `*` in them stands for slashes too."""
    expressions: tuple[str, ...] = ()
    """Regular expressions that find something in a path that begins with a slash."""
    lines: tuple[str, ...] = ()
    """Lines of a .gitignore."""
    unless_published: bool = False
    """Whether a note that says `publish: true` is published all the same."""
    told_of: str = ""
    """The settings of which it is told how many notes they keep back, since they do not name these; empty for none."""
    within: str = ""
    """Where the notes lie, folded, below the folder that the paths begin at, which is above them."""

    def names(self, path: str) -> bool:
        """Whether a note or file is meant, by its path, folded."""
        below = below_root(path, self.folder)
        if below is None:
            return False
        below = f"{self.within}/{below}" if self.within else below
        return (
            any(names_any_part(glob_pattern(glob, crosses=self.crosses), below) for glob in self.globs)
            or any(re.search(one, f"/{below}", re.IGNORECASE) for one in self.expressions)
            or (bool(self.lines) and _spec(self.lines).match_file(below))
        )


class WantsWord(Struct, frozen=True):
    """A folder of which only notes are published that say so."""

    folder: str
    key: str = ""
    """Under which they may say it, beside those that say it everywhere; false, it keeps its note back."""
    is_needed: bool = True
    """Whether it is so; if not, only what the key says counts."""


class HoldsDates(Struct, frozen=True):
    """What is done below a folder with notes whose date is to come."""

    folder: str
    """Folded; empty for all."""
    held: bool
    """Whether they are kept back."""
    in_collections: bool = False
    """Whether only those in folders are meant whose names begin with `_`."""
    by_name: bool = False
    """Whether the day in a file's name counts too."""
    zone: str = ""
    """Where days begin, as IANA calls it; empty where nothing says it."""

    def names(self, path: str) -> bool:
        """Whether a note is meant, by its path, folded."""
        below = below_root(path, self.folder)
        return below is not None and (not self.in_collections or "/_" in f"/{below}")


Statement = FileFlags | FolderFlags | HoldsDates | LeftOut | WantsWord | Problem
"""One thing that a settings file says, or what of it cannot be read."""


def left_out(
    folders: Iterable[str], globs: Iterable[str], file: str, *, crosses: bool = False
) -> Iterator[Statement]:
    """The paths that patterns name below each of the folders; a pattern that nobody understands names all."""
    known = []
    for glob in globs:
        if not glob.strip(" ./"):
            continue
        try:
            glob_pattern(glob, crosses=crosses)
            known.append(glob)
        except GlobError:
            known.append("**")
            yield settings_problem(file, glob_not_understood(glob))
    if known:
        yield from (LeftOut(fold(folder), tuple(known), crosses) for folder in folders)


def understood(globs: Iterable[str], file: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The patterns that can be read, with all paths in the place of one that cannot be, and what is wrong."""
    known, wrong = [], []
    for glob in globs:
        try:
            glob_pattern(glob)
            known.append(glob)
        except GlobError:
            known.append("**")
            wrong.append(settings_problem(file, glob_not_understood(glob)))
    return tuple(known), tuple(wrong)


def settings_problem(file: str, reason: str) -> Problem:
    """What of a settings file cannot be read."""
    return Problem(Code.TOOL_SETTINGS_INVALID, Place(file), (("reason", reason),))


def below_root(path: str, root: str) -> str | None:
    """The path from a folder; None for one that is not in it."""
    if not root:
        return path
    return path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else None


def joined(folder: str, name: str) -> str:
    """A path below a folder, which may be the notes folder itself, `""`."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip() not in ("", ".")]
    return "/".join([*([folder] if folder else []), *parts])


def only(path: str, endings: tuple[str, ...], listed: Iterable[str]) -> LeftOut:
    """All notes below a folder but for those that are listed."""
    every = [f"*{ending}" for ending in endings]
    return LeftOut(
        fold(path), lines=tuple(map(fold, (*every, *(f"!/{escaped(one.lstrip('/'))}" for one in listed))))
    )


def escaped(path: str) -> str:
    """A path as a line of a .gitignore has it, which means nothing but it."""
    return _SPECIAL.sub(r"\\\1", path)


def text_of(file: Path) -> str:
    """What a settings file says; nothing of one that is not there.

    Raises:
        NotegenError: it cannot be read, so that nobody knows what is private.
    """
    try:
        with open_file(file) as stream:
            return decode(stream.read(_MAX_BYTES), file.name)[0]
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""
    except OSError as error:
        raise cannot_read_config(str(file), error.strerror or str(error)) from error


def texts(value: object) -> list[str]:
    """A text, or the texts of a list; else none."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def table(value: object) -> Mapping[str, object]:
    """A mapping by its keys in lower case; empty for anything else."""
    return {str(key).lower(): one for key, one in value.items()} if isinstance(value, Mapping) else {}


def is_index(path: str) -> bool:
    """Whether a path is of the note of a section of Hugo's or Zola's, `_index.md` or `_index.fr.md`."""
    return PurePosixPath(path).name.lower().startswith("_index.")


@lru_cache(maxsize=64)
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(lines)


def _kind_of(path: str, roots: tuple[str, ...]) -> str:
    if not is_index(path):
        return "page"
    return "home" if path.rpartition("/")[0] in roots else "section"


def _language_of(path: str, roots: tuple[str, ...]) -> str:
    """Of its name, `post.fr.md`, or of the first folder, `fr/post.md`; Hugo's default where neither says one."""
    suffixes = PurePosixPath(path).name.split(".")[1:-1]
    if suffixes and LANGUAGE.fullmatch(suffixes[-1]):
        return suffixes[-1]
    for root in roots:
        first = (below_root(path, root) or "").partition("/")[0]
        if LANGUAGE.fullmatch(first):
            return first
    return "en"


def _ways(path: str) -> Iterator[str]:
    """How Hugo may call a page: with its ending or without, with dashes for spaces, by its bundle's folder."""
    pure = PurePosixPath(path)
    stem = path.removesuffix(pure.suffix)
    plain = stem.rpartition(".")[0] if LANGUAGE.fullmatch(PurePosixPath(stem).suffix[1:]) else stem
    ways = {path, stem, plain}
    if pure.name.startswith(("_index.", "index.")):
        ways.add(path.rpartition("/")[0])
    for way in ways:
        yield from {way, way.replace(" ", "-")}
