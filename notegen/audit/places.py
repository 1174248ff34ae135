"""Which places of a notes folder are private, as tools' settings, folders' names and our own settings say.

Stated anew, like `flags.py`: it reads the settings files by itself, and only what they surely say.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from notegen.audit.file_bytes import text_of
from notegen.config import PRIVATE_BY_NAME, Config
from notegen.paths import NOTE_SUFFIXES, PICTURE_SUFFIXES, fold, is_hidden
from notegen.read.patterns import match_patterns
from notegen.regex import regex

_COPY_FOLDERS = frozenset({"$recycle.bin", "#recycle", "@eadir"})
_COPY_NAMES = regex(
    r".*\.sync-conflict-.*|.*\(.*(?:conflicted copy|case conflict).*\).*|.*\.(?:bak|orig|swp)|.*~|#.*#"
    r"|.*_conflict-\d{8}-\d{6}.*|.*\[conflicted\].*|.*\(sfconflict [^()]*\).*|conflict-files-obsidian-git\.md"
    r"|.*\((?:in konflikt stehende kopie|copie en conflit|copia en conflicto)[^()]* \d{4}-\d\d-\d\d[^()]*\).*",
    re.IGNORECASE,
)
_LOGSEQ_COPIES = frozenset({"bak", "version-files", ".recycle"})
_TEMPLATES = {
    "templates.json": ("folder",),
    "daily-notes.json": ("template",),
    "zk-prefixer.json": ("template",),
    "plugins/templater-obsidian/data.json": ("templates_folder",),
    "plugins/periodic-notes/data.json": ("template",),
}
_SHOWN = PICTURE_SUFFIXES | {".base"}
_MAX_SETTINGS = 1_000_000  # bytes
_VAULT = regex(r"\{[^{}]*\}|^[ \t]*-[ \t][^\n]*(?:\n(?![ \t]*-[ \t])[ \t]+[^\n]*)*", re.MULTILINE)
_FOLDER = regex(r"\bfsPath[\"']?\s*:\s*[\"']?([^\s,\"'}]+)")
_SECLUDED = regex(r"\bvisibility[\"']?\s*:\s*[\"']?private\b", re.IGNORECASE)
_HIERARCHIES = regex(r"^[ \t]*siteHierarchies:[ \t]*(\[[^\]]*\]|(?:\n[ \t]*-[ \t][^\n]*)+)", re.MULTILINE)
_BY_DEFAULT = regex(r"^[ \t]*([\w-]+):\s*\{?\s*publishByDefault:\s*false", re.MULTILINE)


class _Rule(Struct, frozen=True):
    path: str
    unless_public: bool = False
    below_only: bool = False
    spares_shown: bool = False
    """Whether what notes show, pictures and Bases, is not meant."""


class Places(Struct):
    """What is private below a notes folder by where it lies; filled while the folders are walked through."""

    config: Config
    _rules: list[_Rule] = field(default_factory=list)
    _wanting: list[str] = field(default_factory=list)
    _hierarchies: list[tuple[str, frozenset[str], frozenset[str]]] = field(default_factory=list)

    def enter(self, folder: Path, path: str, names: Iterable[str]) -> None:
        """Read what the tools' settings in a folder keep out of a site.

        Args:
            path: the folder, from the notes folder; empty for that.
            names: of its entries.
        """
        for name in names:
            lower = name.lower()
            if lower.startswith(".obsidian"):
                self._rules += _obsidian_rules(folder / name, path)
            elif lower == "logseq":
                self._read_graph(folder / name / "config.edn", path)
            elif lower in ("dendron.yml", "dendron.yaml"):
                self._read_dendron(folder / name, path)

    def is_private(self, path: str, *, may_say_public: bool) -> bool:
        """Whether a note or file is private by where it lies."""
        folded = fold(path)
        may_say_so = may_say_public and self.config.private_folders == PRIVATE_BY_NAME
        if "_drafts" in folded.split("/")[:-1] or (self._is_in_private_folder(folded) and not may_say_so):
            return True
        endings = (*NOTE_SUFFIXES, *self.config.extensions)
        return any(
            _names(rule, folded, endings) and not (rule.unless_public and may_say_public)
            for rule in self._rules
        ) or (folded.endswith(endings) and self._is_of_private_hierarchy(folded, may_say_public))

    def wants_word(self, path: str) -> bool:
        """Whether a note there is private unless it says that it is public."""
        folded = fold(path)
        return any(not root or folded.startswith(f"{root}/") for root in self._wanting)

    def _is_in_private_folder(self, folded: str) -> bool:
        folders = (
            fold(one).strip("! \t").removeprefix("./").rstrip("/*") for one in self.config.private_folders
        )
        patterns = [f"{one}/" for one in folders if one]
        return bool(patterns) and match_patterns(patterns, setting="private_folders").match_file(folded)

    def _is_of_private_hierarchy(self, folded: str, may_say_public: bool) -> bool:
        first = folded.rpartition("/")[2].partition(".")[0]
        return any(
            (not root or folded.startswith(f"{root}/"))
            and (
                (published and "root" not in published and first not in published)
                or (not may_say_public and not wanting.isdisjoint((first, "root")))
            )
            for root, published, wanting in self._hierarchies
        )

    def _read_graph(self, settings: Path, path: str) -> None:
        text = re.sub(r";[^\n]*", "", _text_of(settings))
        for listed in re.findall(r"(?<!#_):hidden[\s,]*\[([^\]]*)", text):
            names = (name.strip("/ ") for name in re.findall(r"\"([^\"\n]+)\"", listed))
            self._rules += (_Rule(_below(path, name)) for name in names if name)
        if re.search(r"(?<!#_):publishing/all-pages-public\?[\s,]*(?:false|nil)\b", text):
            self._wanting.append(fold(path))

    def _read_dendron(self, settings: Path, path: str) -> None:
        text = _text_of(settings)
        for vault in _VAULT.findall(text):
            if (found := _FOLDER.search(vault)) and _SECLUDED.search(vault):
                self._rules.append(_Rule(_below(path, found[1])))
        listed = (
            name for found in _HIERARCHIES.findall(text) for name in re.findall(r"[\w.-]*\w[\w.-]*", found)
        )
        published = frozenset(fold(name).lstrip("-").partition(".")[0] for name in listed)
        wanting = frozenset(map(fold, _BY_DEFAULT.findall(text)))
        if published or wanting:
            self._hierarchies.append((fold(path), published, wanting))


def is_copy(path: str, *, ignored: bool) -> bool:
    """Whether a file is outside the notes but may hold an earlier text of one: in a backup, a bin, a dot folder.

    Args:
        ignored: whether a setting leaves the file out.
    """
    folded = fold(path)
    parts = folded.split("/")
    in_graph = any(one == "logseq" and after in _LOGSEQ_COPIES for one, after in pairwise(parts))
    return (
        ignored
        or in_graph
        or is_hidden(folded)
        or not _COPY_FOLDERS.isdisjoint(parts)
        or bool(_COPY_NAMES.fullmatch(parts[-1]))
    )


def _names(rule: _Rule, folded: str, endings: Iterable[str]) -> bool:
    if rule.spares_shown and PurePosixPath(folded).suffix in _SHOWN:
        return False
    if folded in (rule.path, *(rule.path + suffix for suffix in endings)) and rule.path:
        return not rule.below_only and not rule.unless_public
    if rule.path and not folded.startswith(f"{rule.path}/"):
        return False
    return not rule.below_only or "/" in (folded.removeprefix(f"{rule.path}/") if rule.path else folded)


def _obsidian_rules(settings: Path, path: str) -> Iterator[_Rule]:
    publish = settings / "publish.json"
    if publish.is_file():
        found = _json_of(publish)
        excluded = found.get("excluded", []) if isinstance(found, Mapping) else None
        if excluded is None:
            yield _Rule(fold(path), unless_public=True, below_only=True)
        for name in (
            [excluded] if isinstance(excluded, str) else excluded if isinstance(excluded, list) else ()
        ):
            if isinstance(name, str) and name.strip("/ ."):
                yield _Rule(_below(path, name), unless_public=True)
    for file, keys in _TEMPLATES.items():
        for name in _texts_under(_json_of(settings / file), keys):
            if name.strip("/ ."):
                yield _Rule(_below(path, name), spares_shown=True)


def _texts_under(value: object, keys: tuple[str, ...], depth: int = 2) -> Iterator[str]:
    for key, item in value.items() if isinstance(value, Mapping) and depth else ():
        if isinstance(item, str) and key in keys:
            yield item
        else:
            yield from _texts_under(item, keys, depth - 1)


def _json_of(file: Path) -> object:
    """What a file in JSON says, which may have comments and trailing commas; None where it cannot be read."""
    text = _text_of(file)
    strings = r'("(?:[^"\\]|\\.)*")'
    text = re.sub(rf"{strings}|//[^\n]*|/\*.*?\*/", lambda m: m[1] or "", text, flags=re.DOTALL)
    text = re.sub(rf"{strings}|,(?=\s*[\]}}])", lambda m: m[1] or "", text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _text_of(file: Path) -> str:
    return text_of(file, _MAX_SETTINGS) or ""


def _below(path: str, name: str) -> str:
    parts = [part.strip() for part in name.replace("\\", "/").split("/") if part.strip() not in ("", ".")]
    return fold("/".join([*([path] if path else []), *parts]))
