"""The places of a note that a link may name: its headings by their words and by other tools' anchors, and its ids.

A heading is looked for by its words as they are first, marks, signs and emoji included: two that differ only in those
are two. Then by the anchors that GitHub, Visual Studio Code, Hugo, kramdown, Pandoc, MkDocs and Joplin make of it. Last
comes what all rules for anchors leave of a heading, its letters and digits, without accents, spaces and signs.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from notegen.model import Heading, Note
from notegen.paths import fold
from notegen.regex import regex

_REFUSED = regex(r"%%|\[\[|\]\]|[#|^:]|\\")
"""What Obsidian leaves out of a link to a heading, as no link may hold it."""
_MARKS = regex(r"[*_`=~]")
_UNSPOKEN = regex(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,1000}\)|:[a-z0-9_+-]{1,60}:|<[^<>\n]*>")
"""What most tools leave out of an anchor: pictures, codes of emoji, tags, and in MkDocs code that looks like a tag."""
_VARIATION = "\ufe0f"
_TOP = ("top", "")
_NUMBERED = regex(r"(?P<words>.+)[-_](?P<number>\d{1,3})")
_PREFIXES = ("user-content-", "markdown-header-", "h-")
"""What GitHub, Bitbucket and Outline put before an anchor."""
_PLAIN_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "Ø": "o",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)
"""Letters that have no accent to leave out, as tools write them in anchors of ASCII."""
_KEPT = frozenset({"Nd", "Nl", "Mn", "Mc", "Me"})
"""Kinds of characters beside letters that GitHub keeps: digits, Roman numbers, marks over letters; no `²`."""
_MIN_ASCII = 3
"""Letters that are enough to tell a heading by, where all others of it are left out."""


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

    @cached_property
    def _by_letters(self) -> Mapping[str, Sequence[str]]:
        """The anchors of all headings of the same letters, in order."""
        anchors = defaultdict(list)
        for heading in self._note.headings:
            if letters := _letters(heading.source or heading.text):
                anchors[letters].append(heading.anchor)
        return anchors

    def find(self, fragment: str, *, is_address: bool = False) -> str | None:
        """The anchor; empty for the note's top, None where the note has no such place.

        Args:
            is_address: whether the fragment is part of an address, in which an anchor comes before a heading's words.
        """
        if fragment in self._ids:
            return fragment
        # What a browser is to look for in the text says no place.
        fragment = fragment.partition(":~:")[0]
        found = self._find(fragment, is_address=is_address)
        if found is None and (prefix := next(filter(fragment.startswith, _PREFIXES), "")):
            found = self._find(fragment.removeprefix(prefix), is_address=is_address)
        return "" if found is None and fragment.lower() in _TOP else found

    def _find(self, fragment: str, *, is_address: bool) -> str | None:
        if is_address and not re.search(r"\s", fragment) and (anchor := self._anchor(fragment)):
            return anchor
        for form in (_words, _linkable):
            if found := self._in_chain(fragment, form):
                return found
        return (
            self._anchor(fragment)
            or self._in_chain(fragment, _letters)
            or self._numbered(fragment)
            # `#C# and F#` is no chain, but a heading with the sign in it, which no link can hold.
            or (self._in_chain(fragment.replace("#", " "), _linkable) if "#" in fragment else None)
        )

    def _anchor(self, fragment: str) -> str | None:
        plain = _plain_anchor(fragment)
        return (self._own.get(plain) or self._others.get(plain)) if plain else None

    def _numbered(self, fragment: str) -> str | None:
        """The second, third, … of headings with the same letters: `#ежик-1`."""
        if not (numbered := _NUMBERED.fullmatch(fragment)):
            return None
        equal = self._by_letters.get(_letters(numbered["words"]), ())
        number = int(numbered["number"])
        return equal[number] if number < len(equal) else None

    def _in_chain(self, fragment: str, form: Callable[[str], str]) -> str | None:
        """The heading of a chain `A#B`, or else of its last part."""
        parts = [form(part) for part in fragment.split("#") if part]
        if not parts or not parts[-1]:
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
    for heading in note.headings:
        written = heading.written or heading.text
        if (spoken := _UNSPOKEN.sub("", written)) != written:
            keys.setdefault(form(spoken), heading.anchor)
    return keys


def _by_anchor(headings: Iterable[Heading]) -> dict[str, str]:
    """The anchors that other tools make, numbered as they number equal ones."""
    keys: dict[str, str] = {}
    counts: Counter[tuple[int, str]] = Counter()
    for heading in headings:
        for kind, (form, sign) in enumerate(_anchors_of(heading)):
            # MkDocs calls what it finds no letter in `_1`, where others have a word or nothing.
            number = counts[kind, form] + (not form and sign == "_")
            counts[kind, form] += 1
            keys.setdefault(f"{form}{sign}{number}" if number else form, heading.anchor)
    return keys


def _anchors_of(heading: Heading) -> Iterator[tuple[str, str]]:
    """What other tools call a heading, in a fixed order, each with the sign before the number of an equal one.

    Lower case, spaces as dashes, most signs left out; what is empty then has a name of its own in some.
    """
    text = (
        unicodedata.normalize("NFC", heading.source or heading.text).replace(_VARIATION, "").lower().strip()
    )
    github = _kept(text, "_-").replace(" ", "-")
    yield github, "-"  # GitHub, Hugo, Foam
    yield github.strip("-"), "-"  # Visual Studio Code, of a heading that begins with an emoji
    in_scripts = re.sub(r"-{2,}", "-", github).strip("-")
    yield in_scripts, "-"  # GitLab
    yield in_scripts, "_"  # MkDocs in scripts of its own
    yield _from_letter(github), "-"  # kramdown
    yield _from_letter(re.sub(r"\s+", "-", _kept(text, "_-."))) or "section", "-"  # Pandoc
    yield (github if github.strip("-") else "heading"), "-"  # Hugo, where nothing is left
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    yield re.sub(r"[-\s]+", "-", _kept(plain, "_-").strip()), "_"  # MkDocs
    ascii_alone = re.sub(r"[^A-Za-z0-9]+", "-", heading.written or heading.text).strip("-").lower()
    yield ascii_alone if len(ascii_alone) >= _MIN_ASCII else "", "-"  # Joplin


def _kept(text: str, signs: str) -> str:
    """Letters of every script with their marks, digits, some signs, and every blank as a space."""
    return "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isalpha() or letter.isspace() or letter in signs or unicodedata.category(letter) in _KEPT
    )


def _from_letter(anchor: str) -> str:
    return re.sub(r"\A[\W\d_]+", "", anchor)


def _plain_anchor(fragment: str) -> str:
    return unicodedata.normalize("NFC", fragment).replace(_VARIATION, "").lower()


def _words(heading: str) -> str:
    return " ".join(fold(_MARKS.sub("", heading)).split())


def _linkable(heading: str) -> str:
    return _words(_REFUSED.sub(" ", heading))


def _letters(heading: str) -> str:
    """Letters without their accents, and digits: `Ёжик № 5` is `ежикno5`."""
    plain = unicodedata.normalize("NFKD", heading).translate(_PLAIN_LETTERS).casefold()
    return "".join(filter(str.isalnum, plain))
