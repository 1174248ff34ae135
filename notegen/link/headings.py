"""The places of a note that a link may name: its headings by their words and by other tools' anchors, and its ids.

A heading is looked for by its words as they are first, marks, signs and emoji included: two that differ only in those
are two. Then by the anchors that GitHub, Visual Studio Code, Hugo, kramdown, Pandoc and MkDocs make of it, and last
by its letters and digits alone.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from notegen.model import Heading, Note
from notegen.paths import fold, slug
from notegen.regex import regex

_REFUSED = regex(r"%%|\[\[|\]\]|[#|^:]|\\")
"""What Obsidian leaves out of a link to a heading, as no link may hold it."""
_MARKS = regex(r"[*_`=~]")
_VARIATION = "\ufe0f"
_TOP = ("top", "")


class HeadingAnchors:
    """Finds the anchor that a link's fragment means in one note; a look-up is a few dictionary reads."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._ids = frozenset(note.ids)
        self._own = {_plain_anchor(heading.anchor): heading.anchor for heading in reversed(note.headings)}
        self._by_words: dict[tuple[Callable[[str], str], bool], dict[str, str]] = {}

    @cached_property
    def _others(self) -> Mapping[str, str]:
        """By the anchors that other tools make."""
        return _by_anchor(self._note.headings)

    def find(self, fragment: str, *, is_address: bool = False) -> str | None:
        """The anchor; empty for the note's top, None where the note has no such place.

        Args:
            is_address: whether the fragment is part of an address, in which an anchor comes before a heading's words.
        """
        if fragment in self._ids:
            return fragment
        fragment = fragment.partition(":~:")[
            0
        ]  # what a browser is to look for in the text, which says no place
        if is_address and not re.search(r"\s", fragment) and (anchor := self._anchor(fragment)):
            return anchor
        for form in (_words, _linkable):
            if found := self._in_chain(fragment, form):
                return found
        found = self._anchor(fragment) or self._in_chain(fragment, _letters)
        return found or ("" if fragment.lower() in _TOP else None)

    def _anchor(self, fragment: str) -> str | None:
        plain = _plain_anchor(fragment)
        return (self._own.get(plain) or self._others.get(plain)) if plain else None

    def _in_chain(self, fragment: str, form: Callable[[str], str]) -> str | None:
        """The heading of a chain `A#B`, or else of its last part."""
        parts = [form(part) for part in fragment.split("#") if part]
        if not parts:
            return None
        # All chains of a long note take many times what its headings do, and links seldom name one.
        asked = form, len(parts) > 1
        if asked not in self._by_words:
            self._by_words[asked] = _by_words(self._note, form, chains=len(parts) > 1)
        keys = self._by_words[asked]
        return keys.get("#".join(parts)) or keys.get(parts[-1])


def _by_words(note: Note, form: Callable[[str], str], *, chains: bool) -> dict[str, str]:
    """Anchors by heading, and by chain of headings, in one form; the first of equals wins."""
    keys: dict[str, str] = {}
    trail: list[tuple[int, str]] = []
    for heading in note.headings:
        key = form(heading.source or heading.text)
        trail = [(level, above) for level, above in trail if level < heading.level] + [(heading.level, key)]
        keys.setdefault(key, heading.anchor)
        if heading.written:
            keys.setdefault(form(heading.written), heading.anchor)
        if heading.source:
            keys.setdefault(form(heading.text), heading.anchor)
        for start in range(len(trail) - 1) if chains else ():
            keys.setdefault("#".join(above for _, above in trail[start:]), heading.anchor)
            keys.setdefault(f"{trail[start][1]}#{key}", heading.anchor)
    return keys


def _by_anchor(headings: Iterable[Heading]) -> dict[str, str]:
    """The anchors that other tools make, numbered as they number equal ones."""
    keys: dict[str, str] = {}
    counts: Counter[tuple[int, str]] = Counter()
    for heading in headings:
        for kind, form in enumerate(_anchors_of(heading)):
            number = counts[kind, form]
            counts[kind, form] += 1
            for name in (f"{form}-{number}", f"{form}_{number}") if number else (form,):
                keys.setdefault(name, heading.anchor)
    return keys


def _anchors_of(heading: Heading) -> Iterator[str]:
    """What other tools call a heading, in a fixed order: lower case, spaces as dashes, most signs left out."""
    text = (
        unicodedata.normalize("NFC", heading.source or heading.text).replace(_VARIATION, "").lower().strip()
    )
    github = _kept(text, "_-").replace(" ", "-")
    yield github  # GitHub, Hugo, Foam
    yield github.strip("-")  # Visual Studio Code, of a heading that begins with an emoji
    yield re.sub(r"-{2,}", "-", github).strip("-")  # GitLab, and MkDocs in scripts of its own
    yield _from_letter(github)  # kramdown
    yield _from_letter(re.sub(r"\s+", "-", _kept(text, "_-.")))  # Pandoc
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    yield re.sub(r"[-\s]+", "-", _kept(plain, "_-").strip())  # MkDocs


def _kept(text: str, signs: str) -> str:
    """Letters of every script with their marks, digits, some signs, and every blank as a space."""
    return "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isalnum() or letter.isspace() or letter in signs or unicodedata.category(letter)[0] == "M"
    )


def _from_letter(anchor: str) -> str:
    return re.sub(r"\A[\W\d_]+", "", anchor)


def _plain_anchor(fragment: str) -> str:
    composed = unicodedata.normalize("NFC", fragment).replace(_VARIATION, "").lower()
    return composed.removeprefix("user-content-")


def _words(heading: str) -> str:
    return " ".join(fold(_MARKS.sub("", heading)).split())


def _linkable(heading: str) -> str:
    return _words(_REFUSED.sub(" ", heading))


def _letters(heading: str) -> str:
    return slug(_MARKS.sub("", heading))
