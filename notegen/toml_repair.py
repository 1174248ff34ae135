"""What is wrong in a text that is no TOML: each mistake with its place, and what the line was probably meant to be.

tomllib ends at the first one. Here the line with it is taken out and the rest read again, so that somebody who writes
settings for the first time sees all of them at once.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from notegen.regex import regex

MAX_MISTAKES = 20

_LINE = regex(r"(?P<key>\s*[\w.\"'-]+?)\s*(?P<sign>[=:])\s*(?P<value>.*?)\s*(?P<comment>#[^\"'“”]*)?")
_QUOTES = "\"'“”„‟«»‘’`"


class Mistake(Struct, frozen=True):
    """What tomllib says of a line, where it stands, and a line that it may have been meant to be, or nothing."""

    reason: str
    line: int
    column: int
    meant: str = ""


def parse_toml(text: str) -> tuple[Mapping[str, Any], tuple[Mistake, ...]]:
    """The table that a text is, as far as it is one, and what is wrong with it, by place.

    Raises:
        ValueError, RecursionError: it cannot be read in another way, as with a number of thousands of digits.
    """
    lines = text.split("\n")
    mistakes: list[Mistake] = []
    while True:
        try:
            return tomllib.loads("\n".join(lines)), tuple(sorted(mistakes, key=lambda one: one.line))
        except tomllib.TOMLDecodeError as error:
            line, column = _place_of(str(error), "\n".join(lines))
            reason = str(error).partition(" (at ")[0]
            mistakes.append(Mistake(reason, line, column, meant_by(lines[line - 1])))
            if len(mistakes) >= MAX_MISTAKES or not lines[line - 1].strip():
                return {}, tuple(sorted(mistakes, key=lambda one: one.line))
            lines[line - 1] = ""


def meant_by(line: str) -> str:
    """The line with its text in quotes and an equals sign, if that is what it lacks; else empty."""
    found = _LINE.fullmatch(line)
    if not found or not found["value"] or found["value"][0] in "[{":
        return ""
    value = found["value"].rstrip(",;").strip(_QUOTES).strip()
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(value.lower(), value.lower())
    if meant not in ("true", "false"):
        meant = value if _is_number(value) else f'"{value}"'
    whole = f"{found['key'].strip()} = {meant}"
    try:
        tomllib.loads(whole)
    except ValueError:
        return ""
    return whole if whole != line.strip() else ""


def _is_number(value: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(?:\.\d+)?", value))


def _place_of(message: str, text: str) -> tuple[int, int]:
    """Line and column from tomllib's `… (at line 3, column 7)`; Python 3.11 gives them in words only."""
    if match := re.search(r"\(at line (\d+), column (\d+)\)", message):
        return int(match[1]), int(match[2])
    lines = text.splitlines() or [""]
    return len(lines), len(lines[-1]) + 1
