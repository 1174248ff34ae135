"""What a graph's `logseq/config.edn` says about its pages."""

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from notegen.errors.reasons import edn_setting_wrong
from notegen.model import Code, Place, Problem
from notegen.read.beginning import open_file
from notegen.read.decode import decode
from notegen.read.logseq.edn import read_edn_settings
from notegen.regex import regex

SETTINGS = "logseq/config.edn"
_COMMENT = regex(r";[^\n]*")


class LogseqGraph(Struct, frozen=True):
    """A graph's settings, as far as they decide what its pages are called, hold and show."""

    folder: Path
    path: str = ""
    """The graph's folder in the notes folder, empty for that folder itself."""
    legacy_names: bool = False
    """Whether a `.` in a file's name stands for `/`, as it did before `:file/name-format :triple-lowbar`."""
    journals: str = "journals"
    """The folder of the journals, in the graph."""
    journal_name: str = "yyyy_MM_dd"
    """The format of a journal's file name."""
    journal_title: str = "MMM do, yyyy"
    """The format of a journal's title."""
    public_only: bool = False
    """Whether only pages that say `public:: true` are to be published."""
    hidden: tuple[str, ...] = ()
    """What the paths in the graph of files begin with that Logseq itself does not read."""
    hidden_properties: frozenset[str] = frozenset()
    macros: Mapping[str, str] = field(default_factory=dict)
    """The graph's own macros: name to text, in which `$1` is the first thing that a use of it gives."""
    problems: tuple[Problem, ...] = ()
    """What of the settings could not be read."""

    def path_in_graph(self, note: str) -> str:
        """A note's path in the graph."""
        return note.removeprefix(f"{self.path}/") if self.path else note


def read_graph(folder: Path, path: str = "") -> LogseqGraph:
    """The settings of the graph in `folder`, Logseq's defaults for what is not set or makes no sense.

    A graph without any config.edn (people keep it out of git) is taken to be one of today: Logseq has written
    `:file/name-format` into every new graph since 0.8.9, and a dot in a name is far more often a dot than a slash.

    Args:
        folder: the graph's folder.
        path: the same folder's path in the notes folder, empty for that folder itself.
    """
    file = f"{path}/{SETTINGS}" if path else SETTINGS
    try:
        with open_file(folder / SETTINGS) as stream:
            text, problems = decode(stream.read(), file)
    except FileNotFoundError:
        return LogseqGraph(folder, path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        # What a file says that nobody may read is not known; a folder of that name says nothing.
        unknown = not isinstance(error, IsADirectoryError)
        problems = (_settings_problem(Place(file), reason),)
        return LogseqGraph(folder, path, public_only=unknown, problems=problems)
    found, fault = read_edn_settings(text)
    if fault:
        problems = (*problems, _settings_problem(_place_at(file, text, fault.position), fault.reason))
    settings = _Settings(found, text, file)
    hidden = (*settings.several(":hidden"), *(_seem_hidden(text) if fault else ()))
    return LogseqGraph(
        folder=folder,
        path=path,
        legacy_names=found.get(":file/name-format") != ":triple-lowbar",
        journals=settings.words(":journals-directory", "journals").strip("/"),
        journal_name=settings.words(":journal/file-name-format", "yyyy_MM_dd"),
        journal_title=settings.words(":journal/page-title-format", "MMM do, yyyy"),
        # Any value but `true` withholds pages; no value leaves it to each page.
        public_only=found.get(":publishing/all-pages-public?") not in (None, True)
        or (fault is not None and _seems_public_only(text)),
        hidden=tuple(dict.fromkeys(prefix.strip("/") for prefix in hidden if prefix.strip("/"))),
        hidden_properties=frozenset(
            name.lstrip(":").lower().replace("_", "-")
            for name in settings.several(":block-hidden-properties")
        ),
        macros=settings.pairs(":macros"),
        problems=(*problems, *settings.problems),
    )


def _seems_public_only(text: str) -> bool:
    """Whether a text that is no EDN says, outside comments, that not all pages are public, or begins to say so."""
    values = re.findall(r":publishing/all-pages-public\?[\s,]*([\w-]*)", _COMMENT.sub("", text))
    return any(value != "true" for value in values)


def _seem_hidden(text: str) -> list[str]:
    """The texts after `:hidden` in a text that is no EDN."""
    lists = re.findall(r":hidden[\s,]*(\[[^\]]*)", _COMMENT.sub("", text))
    return [prefix for each in lists for prefix in re.findall(r"\"([^\"\n]+)\"", each)]


class _Settings:
    """Looks settings up by key and type; one of another type is left out and becomes a problem."""

    def __init__(self, found: Mapping[str, object], text: str, file: str) -> None:
        self.problems: list[Problem] = []
        self._found, self._text, self._file = found, text, file

    def words(self, key: str, default: str) -> str:
        value = self._found.get(key)
        if isinstance(value, str):
            return value if value.strip() else default
        self._odd(key, value, str)
        return default

    def several(self, key: str) -> tuple[str, ...]:
        value = self._found.get(key)
        if isinstance(value, tuple):
            return tuple(item for item in value if isinstance(item, str))
        self._odd(key, value, tuple)
        return ()

    def pairs(self, key: str) -> dict[str, str]:
        value = self._found.get(key)
        if isinstance(value, dict):
            return {name.lstrip(":"): text for name, text in value.items() if isinstance(text, str)}
        self._odd(key, value, dict)
        return {}

    def _odd(self, key: str, value: object, wanted: type) -> None:
        if value is not None:
            at = re.search(rf"{re.escape(key)}(?![\w/?-])", self._text)
            place = _place_at(self._file, self._text, at.start() if at else 0)
            self.problems.append(_settings_problem(place, edn_setting_wrong(key, wanted)))


def _place_at(file: str, text: str, position: int) -> Place:
    above = text[:position]
    return Place(file, above.count("\n") + 1, position - above.rfind("\n"))


def _settings_problem(place: Place, reason: str) -> Problem:
    return Problem(Code.TOOL_SETTINGS_INVALID, place, (("reason", reason),))
