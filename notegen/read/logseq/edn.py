"""EDN, the notation of Logseq's config.edn and of Hiccup, read as far as it makes sense; total.

A reader of our own: edn-format takes half a second to import (it builds ply's tables each time), and a parser that
gives nothing for a text with one bracket too few would lose the settings that keep pages private.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from msgspec import Struct

from notegen.errors.reasons import edn_bracket_open, edn_bracket_wrong, edn_key_alone, edn_text_open
from notegen.regex import regex

_TOKEN = regex(
    r"""[\s,]+ | ;[^\n]*
    | (?P<discard>\#_)
    | (?P<open>\#?\{|[\[(])
    | (?P<close>[\])}])
    | "(?P<string>(?:[^"\\]|\\.)*)"
    | \\(?P<letter>\w+|\S)
    | (?P<atom>[^\s,;\[\](){}"]+)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSES = {"[": "]", "(": ")", "{": "}", "#{": "}"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_LITERALS: Mapping[str, object] = {"nil": None, "true": True, "false": False}
_DISCARD = object()


class Fault(Struct, frozen=True):
    """The first thing in a text that is no EDN: the index of its character, and the reason in words."""

    position: int
    reason: str


def read_edn_settings(text: str) -> tuple[Mapping[str, object], Fault | None]:
    """The outermost map, its keys with their colon, `:file/name-format`; and what of the text is no EDN.

    In a text whose brackets do not match, a key counts wherever it stands: a setting is better read than lost.
    """
    forms, fault = read_edn(text)
    if fault is None:
        return next((form for form in forms if isinstance(form, dict)), {}), None
    found: dict[str, object] = {}
    for key, value in _keyword_pairs(forms):
        found.setdefault(key, value)
    return found, fault


def read_edn(text: str) -> tuple[tuple[object, ...], Fault | None]:
    """The forms of a text, and the first thing in it that could not be understood.

    Maps are dictionaries of their textual keys, other collections tuples; keywords and symbols are text; tags are
    skipped.
    """
    reader = _Reader()
    position = 0
    while match := _TOKEN.match(text, position):
        reader.take(match)
        position = match.end()
    if position < len(text):
        reader.blame(position, edn_text_open())
    if len(reader.stack) > 1:
        reader.blame(reader.stack[-1].position, edn_bracket_open(reader.stack[-1].bracket))
    while len(reader.stack) > 1:
        reader.close()
    return tuple(form for form in reader.stack[0].forms if form is not _DISCARD), reader.fault


def read_form(text: str, start: int) -> tuple[object, int] | None:
    """The one collection whose bracket stands at `start`, and the index after it; None if it is not whole."""
    reader = _Reader()
    position = start
    while match := _TOKEN.match(text, position):
        reader.take(match)
        position = match.end()
        if reader.fault:
            return None
        if len(reader.stack) == 1:
            return reader.stack[0].forms[0], position
    return None


class _Collection(Struct):
    """A collection that is being read: its bracket, where that stands, and the forms so far."""

    bracket: str
    position: int
    forms: list[object]


class _Reader:
    def __init__(self) -> None:
        self.stack = [_Collection("", 0, [])]
        self.fault: Fault | None = None

    def take(self, token: re.Match[str]) -> None:
        if token["discard"]:
            self.stack[-1].forms.append(_DISCARD)
        elif opening := token["open"]:
            self.stack.append(_Collection(opening, token.start(), []))
        elif closing := token["close"]:
            bracket = self.stack[-1].bracket
            if _CLOSES.get(bracket) == closing:
                self.close()
            else:
                self.blame(token.start(), edn_bracket_wrong(closing, bracket))
        elif token["string"] is not None:
            self.add(re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), token["string"], flags=re.DOTALL))
        elif token["letter"]:
            self.add(token["letter"])
        elif token["atom"] and not token["atom"].startswith("#"):
            self.add(_LITERALS.get(token["atom"], token["atom"]))

    def blame(self, position: int, reason: str) -> None:
        self.fault = self.fault or Fault(position, reason)

    def close(self) -> None:
        collection = self.stack.pop()
        forms = [form for form in collection.forms if form is not _DISCARD]
        if collection.bracket != "{":
            self.add(tuple(forms))
            return
        if len(forms) % 2:
            self.blame(collection.position, edn_key_alone())
        pairs = zip(forms[::2], forms[1::2], strict=False)
        self.add({key: value for key, value in pairs if isinstance(key, str)})

    def add(self, form: object) -> None:
        forms = self.stack[-1].forms
        if forms and forms[-1] is _DISCARD:
            forms.pop()
        else:
            forms.append(form)


def _keyword_pairs(forms: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    """Every keyword with the form after it, outer ones before those inside."""
    level: list[tuple[object, ...]] = [forms]
    while level:
        for each in level:
            yield from ((a, b) for a, b in pairwise(each) if isinstance(a, str) and a.startswith(":"))
        inner = [form for each in level for form in each if isinstance(form, (dict, tuple))]
        level = [
            tuple(chain.from_iterable(form.items())) if isinstance(form, dict) else form for form in inner
        ]
