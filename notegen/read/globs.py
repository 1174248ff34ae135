"""Patterns of paths as site generators have them: `*` within a name, `**` over folders, braces, and `!(…)`."""

import re
from functools import lru_cache

from notegen.paths import fold
from notegen.regex import regex

MAX_STARS = 8
"""The most stars in one pattern: time grows with the length of a path to the power of their number."""
_PART = regex(
    r"(?P<deep>\*{2,}/?)|(?P<open>[!?+*@]\()|(?P<star>\*)|(?P<one>\?)|(?P<set>\[[^\]/]+\])|(?P<brace>[{}(),|])"
    r"|\\(?P<plain>.)|(?P<text>[^*?\[\]{}(),|\\!+@]+|.)",
    re.DOTALL,
)


class GlobError(ValueError):
    """A pattern that nobody understands, or with more stars than may be."""


@lru_cache(maxsize=256)
def glob_pattern(glob: str, *, crosses: bool = False) -> re.Pattern[str]:
    """The pattern of whole paths, folded, without the slashes around them.

    Args:
        crosses: whether a `*` stands for slashes too, as in Ruby's and Python's `fnmatch`.

    Raises:
        GlobError: it cannot be read.
    """
    folded = re.sub(r"(?<=[{,(|])/", "", fold(glob).strip().removeprefix("./").strip("/"))
    if folded.count("*") - folded.count("**") > MAX_STARS:
        raise GlobError(glob)
    within = ".*" if crosses else "[^/]*"
    opened: list[str] = []
    made = ""
    for part in _PART.finditer(folded):
        made += _translated(part, opened, within)
    try:
        return re.compile(made.removesuffix("/(?:.*/)?") + "/?", re.DOTALL)
    except re.error as error:
        raise GlobError(glob) from error


def names_any_part(pattern: re.Pattern[str], path: str) -> bool:
    """Whether the pattern is the path's, or a folder's that it lies in."""
    parts = path.split("/")
    return any(pattern.fullmatch("/".join(parts[:end])) for end in range(len(parts), 0, -1))


def _translated(part: re.Match[str], opened: list[str], within: str) -> str:
    match part.lastgroup:
        case "deep":
            return "(?:.*/)?" if part[0].endswith("/") else ".*"
        case "star":
            return within
        case "one":
            return "[^/]"
        case "set":
            inner = part[0][1:-1].replace("\\", "\\\\").replace("[", "\\[")
            return f"[{'^' + inner[1:] if inner[0] == '!' else inner}]"
        case "open":
            opened.append(part[0][0])
            return "(?!(?:" if part[0][0] == "!" else "(?:"
        case "brace":
            return _brace(part[0], opened)
        case _:
            if part[0] == "[":
                raise GlobError(part.string)
            return re.escape(part["plain"] or part[0])


def _brace(sign: str, opened: list[str]) -> str:
    if sign == "{":
        opened.append(sign)
        return "(?:"
    if opened and ((sign == "," and opened[-1] == "{") or (sign == "|" and opened[-1] != "{")):
        return "|"
    if opened and sign == ("}" if opened[-1] == "{" else ")"):
        closed = opened.pop()
        return {"!": r")(?:/|\Z))[^/]*", "?": ")?", "*": ")*", "+": ")+"}.get(closed, ")")
    return re.escape(sign)
