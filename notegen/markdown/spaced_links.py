"""Links that are text, because their address has spaces: `[the plan](My Plan.md)`."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from notegen.model import Code, Place, Problem
from notegen.regex import regex

_ADDRESS = regex(r"\]\((?P<address>[^()<>\"\n]{4,400}+)(?:(?<= )\"[^\"\n]{0,200}\")?\)")
_ENDING = regex(r"\.[A-Za-z0-9]{1,8}\Z")


def spaced_link_problems(
    tokens: Sequence[Token], lines: Sequence[str], *, path: str, first_line: int
) -> Iterator[Problem]:
    """The links and pictures of a text that show as they are written, in order of place.

    Args:
        lines: the text's.
    """
    for token in tokens:
        number, column = token.map[0] if token.map else 0, 0
        for child in token.children or () if token.type == "inline" and "](" in token.content else ():
            if child.type in ("softbreak", "hardbreak"):
                number, column = number + 1, 0
            for match in _ADDRESS.finditer(child.content) if child.type == "text" else ():
                address = match["address"].strip()
                if not _is_spaced_file(address):
                    continue
                number, column = _place_of(match[0], lines, number, column)
                if number < len(lines) and not _is_escaped(lines[number], column):
                    place = Place(path, first_line + number, column + len("](") + 1)
                    yield Problem(Code.LINK_SPACED, place, (("target", address),))


def _is_spaced_file(address: str) -> bool:
    """Whether it names a file with a space: other words in round brackets behind square ones may be a remark."""
    file, _, _ = address.partition("#")
    return " " in file and _ENDING.search(file) is not None


def _place_of(written: str, lines: Sequence[str], first: int, column: int) -> tuple[int, int]:
    """The next line that has it, from a column of the first on, and where; past the last line if none has."""
    for number in range(first, len(lines)):
        if (found := lines[number].find(written, column + 1 if number == first and column else 0)) >= 0:
            return number, found
    return len(lines), 0


def _is_escaped(line: str, column: int) -> bool:
    """Whether the bracket that opens what closes there is to be one."""
    return line[: line.rfind("[", 0, column) + 1].endswith("\\[")
