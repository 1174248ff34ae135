"""Footnotes that are not shown, and marks of footnotes that are not there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from notegen.model import Code, Place, Problem
from notegen.regex import regex

_MARK = regex(r"\[\^(?P<label>[^\s\[\]]{1,60})\]")


def footnote_problems(
    tokens: Sequence[Token], env: Mapping[str, Any], lines: Sequence[str], *, path: str, first_line: int
) -> Iterator[Problem]:
    """What is wrong with the footnotes of a text, in order of place.

    A mark in a text without any footnote is one only if it is a number: `[^a-z]` says which letters are not meant.

    Args:
        env: what the text was parsed in.
        lines: the text's.
    """
    defined: Sequence[tuple[str, int]] = env.get("footnote_definitions", ())
    found = [(line, Code.FOOTNOTE_UNUSED, label) for label, line in _unused(defined, env)]
    for token in tokens:
        for child in token.children or () if token.type == "inline" and "[^" in token.content else ():
            for mark in _MARK.finditer(child.content) if child.type == "text" else ():
                if defined or mark["label"].isdecimal():
                    line = _line_of(mark["label"], lines, *(token.map or (0, len(lines))))
                    found += [] if line is None else [(line, Code.FOOTNOTE_MISSING, mark["label"])]
    for line, code, label in sorted(dict.fromkeys(found)):
        column = _column_of(label, lines[line]) + 1 if line < len(lines) else 0
        yield Problem(code, Place(path, first_line + line, column), (("label", label),))


def _unused(defined: Sequence[tuple[str, int]], env: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The definitions that nothing refers to, and those that a later one of the same label takes the place of."""
    shown: Mapping[str, int] = env.get("footnotes", {}).get("refs", {})
    last = dict(defined)
    for label, line in defined:
        if shown.get(f":{label}", -1) < 0 or last[label] != line:
            yield label, line


def _line_of(label: str, lines: Sequence[str], first: int, end: int) -> int | None:
    """The first of the lines that has the mark; None where it only looks so, behind a backslash or as an entity."""
    numbers = range(first, min(end, len(lines)))
    return next((number for number in numbers if _column_of(label, lines[number]) >= 0), None)


def _column_of(label: str, line: str) -> int:
    mark = re.search(rf"(?<!\\)\[\^{re.escape(label)}\]", line)
    return mark.start() if mark else -1
