"""Decides which notes the settings of a folder keep private: the audit's second opinion, on the clear cases only.

A cascade with a target, a pattern of several words, and settings that must be computed are left to the reader of notes.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from notegen.audit.file_bytes import text_of
from notegen.paths import fold
from notegen.regex import regex

_SECTION = regex(r"_index(?:\.\w+)?", re.IGNORECASE)
_HEAD = regex(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*\n(?P<head>.*?)^(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE
)
_CASCADE = regex(
    r"^cascade:[ \t]*(?:\n[ \t]+|\{[ \t]*)(?P<key>draft|private)[ \t]*:[ \t]*true\b[ \t]*\}?[ \t]*$"
    r"|^\[cascade\][ \t]*\n[ \t]*(?P<other>draft|private)[ \t]*=[ \t]*true[ \t]*$",
    re.MULTILINE,
)
_DRAFT = regex(r"^draft[ \t]*=[ \t]*true[ \t]*$", re.MULTILINE)
_DEFAULT = regex(
    r"^[ \t]*-[ \t]*scope:[ \t]*(?:\n[ \t]+|\{[ \t]*)path:[ \t]*[\"']?(?P<path>[\w/-]+?)/?[\"']?[ \t]*\}?[ \t]*\n"
    r"[ \t]*values:[ \t]*(?:\n[ \t]+|\{[ \t]*)published:[ \t]*false\b",
    re.MULTILINE,
)
_PATTERNS = regex(r"^[^/\n]*\bignorePatterns[\"']?\s*:\s*\[(?P<list>[^\[\]/]*)\]", re.MULTILINE)
_EXPLICIT = regex(r"^[^/\n]*\bPlugin\.ExplicitPublish\(", re.MULTILINE)
_EXCLUDED = regex(r"^exclude_docs:[ \t]*\|?[ \t]*\n?[ \t]*(?P<folder>[\w-]+)/[ \t]*$", re.MULTILINE)
_MAX_BYTES = 200_000


class _Below(Struct, frozen=True):
    """A folder, folded, with the keys by one of which a note in it may say otherwise."""

    folder: str
    keys: tuple[str, ...] = ()


_MAY_DATE = regex(r"pub|buildFuture", re.IGNORECASE)
"""Stands in settings that give the notes below a day of publishing, or show them before it."""
_SHOWS_LATER = regex(
    r"^(?:defaults|future|source_dir|public_dir|skip_render|render_drafts|new_post_name)\b", re.MULTILINE
)
"""Of Jekyll's settings and Hexo's: then it may."""


class FolderWords(Struct):
    """All that is said below a notes folder; filled while the folders are walked through, from the top down."""

    _private: list[_Below] = field(default_factory=list)
    _silent: list[str] = field(default_factory=list)
    """Folders, folded, for which something nearer speaks, so that nothing is sure."""
    _zola: list[str] = field(default_factory=list)
    _wanting: list[str] = field(default_factory=list)
    _dated: list[str] = field(default_factory=list)
    """Folders, folded, of Hugo's sites and of posts of Jekyll's, in which a later date keeps a note back."""
    _gives_days: bool = False
    """Whether some folder gives its notes a day of publishing, which counts before their date."""

    def enter(self, folder: Path, path: str, names: Iterable[str]) -> None:
        """Read what the settings in a folder say.

        Args:
            path: the folder, from the notes folder.
            names: of its entries.
        """
        here, names = fold(path), tuple(names)
        data = [name for name in names if name.endswith(".json") or ".11tydata." in name]
        for name in names:
            stem, _, suffix = name.rpartition(".")
            if name == "config.toml" and re.search(
                r"^base_url[ \t]*=", _text_of(folder / name), re.MULTILINE
            ):
                self._zola.append(here)
            elif _SECTION.fullmatch(stem) and suffix in ("md", "markdown"):
                self._gives_days |= bool(_MAY_DATE.search(_text_of(folder / name)))
                self._read_section(_text_of(folder / name), here, is_plain=stem == "_index")
            elif data == [name] and path and stem in (folder.name, f"{folder.name}.11tydata"):
                self._private += _of_data(_text_of(folder / name), here)
            elif name == "hugo.toml" and "config" not in names:
                if not _MAY_DATE.search(_text_of(folder / name)):
                    self._dated.append(here)
            elif name in ("_config.yml", "mkdocs.yml", "quartz.config.ts"):
                self._private += _of_site(text := _text_of(folder / name), here)
                if name == "_config.yml" and "_posts" in names and not _SHOWS_LATER.search(text):
                    self._dated.append(fold("/".join(part for part in (path, "_posts") if part)))
                if _EXPLICIT.search(text):
                    self._wanting.append(fold("/".join(part for part in (path, "content") if part)))

    def counts_date(self, path: str) -> bool:
        """Whether a later date keeps a note there back."""
        return not self._gives_days and any(
            not one or fold(path).startswith(f"{one}/") for one in self._dated
        )

    def wants_word(self, path: str) -> bool:
        """Whether a note there is private unless it says that it is public."""
        return any(fold(path).startswith(f"{one}/") for one in self._wanting)

    def keep(self, path: str, text: str) -> bool:
        """Whether a note is private by where it lies and by what it does not say."""
        folded = fold(path)
        nearer = [one for one in self._silent if folded.startswith(f"{one}/")]
        return any(
            folded.startswith(f"{one.folder}/" if one.folder else "")
            and not (one.keys and any(len(place) > len(one.folder) for place in nearer))
            and not any(re.search(rf"\b{key}\b", text[:6000], re.IGNORECASE) for key in one.keys)
            for one in self._private
        )

    def _read_section(self, text: str, here: str, *, is_plain: bool) -> None:
        front = _HEAD.match(text)
        head = front["head"] if front else ""
        if "cascade" in text[:6000].lower():
            self._silent.append(here)
        stated = _CASCADE.search(head)
        if stated and is_plain and "target" not in head.lower() and "cascade.params" not in head:
            self._private.append(_Below(here, (stated["key"] or stated["other"],)))
        if _DRAFT.search(head) and any(here.startswith(f"{one}/" if one else "") for one in self._zola):
            self._private.append(_Below(here))


def _of_data(text: str, here: str) -> Iterator[_Below]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(value, dict) and value.get("draft") is True:
        yield _Below(here, ("draft",))
    if isinstance(value, dict) and value.get("permalink") is False:
        yield _Below(here, ("permalink",))


def _of_site(text: str, here: str) -> Iterator[_Below]:
    def below(*parts: str) -> str:
        return fold("/".join(part for part in (here, *parts) if part))

    defaults = list(_DEFAULT.finditer(text))
    if text.count("published") == len(defaults):  # else one may outdo another
        yield from (_Below(below(found["path"]), ("published",)) for found in defaults)
    if "!" not in text and "docs_dir" not in text:
        yield from (_Below(below("docs", found["folder"])) for found in _EXCLUDED.finditer(text))
    for found in _PATTERNS.finditer(text):
        yield from (
            _Below(below("content", name)) for name in re.findall(r"[\"']([\w-]+)[\"']", found["list"])
        )


def _text_of(file: Path) -> str:
    return text_of(file, _MAX_BYTES) or ""
