"""EDN, the notation of Logseq's config.edn, read as far as it makes sense; total.

A reader of our own: edn-format takes half a second to import (it builds ply's tables each time), and a parser that
gives nothing for a text with one bracket too few would lose the settings that keep pages private.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

_TOKEN = re.compile(
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
_WORDS: Mapping[str, object] = {"nil": None, "true": True, "false": False}
_DISCARD = object()


def read_settings(text: str) -> Mapping[str, object]:
    """The outermost map, its keys with their colon: `:file/name-format`.

    In a text whose brackets do not match, a key counts wherever it stands: a setting is better read than lost.
    """
    forms, whole = read_edn(text)
    if whole:
        return next((form for form in forms if isinstance(form, dict)), {})
    found: dict[str, object] = {}
    for key, value in _pairs(forms):
        found.setdefault(key, value)
    return found


def read_edn(text: str) -> tuple[tuple[object, ...], bool]:
    """The forms of a text, and whether all of it was understood.

    Maps are dictionaries of their textual keys, other collections tuples; keywords and symbols are text; tags are
    read over.
    """
    stack: list[tuple[str, list[object]]] = [("", [])]
    whole = True
    position = 0
    while match := _TOKEN.match(text, position):
        position = match.end()
        if match["discard"]:
            stack[-1][1].append(_DISCARD)
        elif opening := match["open"]:
            stack.append((opening, []))
        elif closing := match["close"]:
            if len(stack) > 1 and _CLOSES[stack[-1][0]] == closing:
                _close(stack)
            else:
                whole = False
        elif match["string"] is not None:
            _add(
                stack, re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), match["string"], flags=re.DOTALL)
            )
        elif match["letter"]:
            _add(stack, match["letter"])
        elif match["atom"] and not match["atom"].startswith("#"):
            _add(stack, _WORDS.get(match["atom"], match["atom"]))
    whole = whole and len(stack) == 1 and position == len(text)
    while len(stack) > 1:
        _close(stack)
    return tuple(form for form in stack[0][1] if form is not _DISCARD), whole


def _close(stack: list[tuple[str, list[object]]]) -> None:
    opening, forms = stack.pop()
    forms = [form for form in forms if form is not _DISCARD]
    if opening == "{":
        pairs = zip(forms[::2], forms[1::2], strict=False)
        _add(stack, {key: value for key, value in pairs if isinstance(key, str)})
    else:
        _add(stack, tuple(forms))


def _add(stack: list[tuple[str, list[object]]], form: object) -> None:
    forms = stack[-1][1]
    if forms and forms[-1] is _DISCARD:
        forms.pop()
    else:
        forms.append(form)


def _pairs(forms: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    """Every keyword with the form after it, outer ones before those inside."""
    level: list[tuple[object, ...]] = [forms]
    while level:
        for each in level:
            yield from ((a, b) for a, b in pairwise(each) if isinstance(a, str) and a.startswith(":"))
        inner = [form for each in level for form in each if isinstance(form, (dict, tuple))]
        level = [
            tuple(chain.from_iterable(form.items())) if isinstance(form, dict) else form for form in inner
        ]
