"""What many problems have in common, in two screens: a sentence a kind, and under it what is met most often.

A person who has a thousand problems has a dozen causes: a folder of pictures that was not cloned, a note that was
renamed, a note that is private. So a kind's problems are put together by what they say, or by the folder of the files
that are missing, with how often each is met and where first.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import wrap

import click
from msgspec import Struct

from notegen.errors.phrases import in_backticks
from notegen.errors.problems import WORDINGS, word_help, word_problem
from notegen.model import Code, Problem
from notegen.regex import regex
from notegen.reports import (
    count_kind,
    count_same,
    found_in_folder,
    is_met_at,
    list_names,
    missing_in_folder,
    more_of_kind,
    undated_notes,
    without_dates,
)

MAX_ROWS = 48
"""The rows of two screens."""
WIDTH = 100
"""The columns of a screen."""
MAX_EXAMPLES = 10
"""Lines under one kind's sentence."""
MIN_OF_FOLDER = 4
"""So many files that are missing in one folder are said together."""

_INDENT = "  "
_FIRST_FOLDER = regex(r"(?:\.{1,2}/)*(/?[^/]+)/")


class _Kind(Struct, frozen=True):
    """A kind of problem: its sentence, what is met, the most frequent first, and what to do about it."""

    title: str
    items: tuple[str, ...]
    hint: str
    code: Code


def overview(problems: Sequence[Problem], *, notes: int, rows: int) -> list[str]:
    """At most `rows` lines, styled, each at most `WIDTH` columns: every kind, and examples as there is room.

    A kind has its sentence, then an example, then what to do; what is left goes to further examples in turn, warnings
    first. Of more kinds than rows the last have only their names.
    """
    codes = list(counted(problems))
    most = next((n for n in range(len(codes), 0, -1) if n + len(_named(codes[n:])) <= rows), 0)
    kinds = [_kind(code, [p for p in problems if p.code is code], notes) for code in codes[:most]]
    shown, hinted, spaced = _shares(kinds, rows - len(_named(codes[most:])))
    lines: list[str] = []
    for kind, count, hint in zip(kinds, shown, hinted, strict=True):
        lines += [""] if spaced and lines else []
        level = WORDINGS[kind.code].level
        title = cut(kind.title, len(f"  {level}  [{kind.code}]"))
        styled = click.style(title, bold=True), click.style(level, fg=colour_of(kind.code))
        lines.append(f"{'  '.join(styled)}  [{kind.code}]")
        lines += [f"{_INDENT}{item}" for item in kind.items[:count]]
        left = len(kind.items) - count
        if left and count > 1:
            lines[-1] = f"{_INDENT}{more_of_kind(left + 1)}"
        if hint and kind.hint:
            lines.append(click.style(f"{_INDENT * 2}{kind.hint}", dim=True))
    return [*lines, *_named(codes[most:])]


def _named(codes: Sequence[Code]) -> list[str]:
    """The names of kinds, as many in a line as it has room for."""
    return wrap(" ".join(f"[{code}]" for code in codes), WIDTH, break_on_hyphens=False)


def counted(problems: Iterable[Problem]) -> Mapping[Code, int]:
    """How many there are of each kind, warnings first and the most frequent first."""
    counts = Counter(problem.code for problem in problems)
    order = sorted(counts, key=lambda code: (WORDINGS[code].level != "warning", -counts[code], code))
    return {code: counts[code] for code in order}


def colour_of(code: Code) -> str:
    """A terminal's colour for a kind."""
    return "yellow" if WORDINGS[code].level == "warning" else "blue"


def name_undated(names: Sequence[str]) -> str:
    """What stands under the sentence about notes without a date, in one line."""
    return without_dates(name_files(names, taken=len(without_dates(""))))


def name_files(names: Sequence[str], *, taken: int = 0) -> str:
    """As many of the names as stand in one line, of which some columns are taken, and the number of the others."""
    room = WIDTH - len(_INDENT) - taken
    most = next((n for n in range(min(len(names), room), 1, -1) if len(list_names(names, n)) <= room), 1)
    if most > 1 or len(names) == 1:
        return cut(list_names(names, most), len(_INDENT) + taken)
    others = len(list_names(names, 1)) - len(names[0])
    return list_names([_without_middle(names[0], room - others), *names[1:]], 1)


def cut(text: str, indent: int = 0) -> str:
    """The text in one line, shortened to what an indented line has room for."""
    line = " ".join(text.split())
    return line if len(line) <= WIDTH - indent else f"{line[: WIDTH - indent - 1]}…"


def _shares(kinds: Sequence[_Kind], rows: int) -> tuple[list[int], list[bool], bool]:
    """How many examples each kind has, which have their hint, and whether there is an empty line between them."""
    shown, hinted = [0] * len(kinds), [False] * len(kinds)
    left = rows - len(kinds)
    for index, kind in enumerate(kinds):
        if kind.items and left > 0:
            shown[index], left = 1, left - 1
    for index, kind in enumerate(kinds):
        if kind.hint and left > 0:
            hinted[index], left = True, left - 1
    spaced = left >= len(kinds) - 1
    left -= len(kinds) - 1 if spaced else 0
    while left > 0 and any(
        shown[index] < min(MAX_EXAMPLES, len(kind.items)) for index, kind in enumerate(kinds)
    ):
        for index, kind in enumerate(kinds):
            if shown[index] < min(MAX_EXAMPLES, len(kind.items)) and left > 0:
                shown[index], left = shown[index] + 1, left - 1
    return shown, hinted, spaced


def _kind(code: Code, problems: Sequence[Problem], notes: int) -> _Kind:
    wording = WORDINGS[code]
    paths = list(dict.fromkeys(problem.place.path for problem in problems))
    hint = cut(word_help(code, problems[0]), 2 * len(_INDENT))
    if code is Code.DATE_FROM_FILE_TIME:
        return _Kind(undated_notes(len(problems), notes), (name_undated(paths),), hint, code)
    if not re.search(r"\{\w+\}", wording.text):
        return _Kind(count_kind(wording.summary, len(problems), 0), (name_files(paths),), hint, code)
    title = count_kind(wording.summary, len(problems), len(paths))
    return _Kind(title, tuple(_items(code, problems)), hint, code)


def _items(code: Code, problems: Sequence[Problem]) -> list[str]:
    """A line for all problems that name the same, or miss files of one folder, the most frequent first."""
    groups = _together(problems, _subject)
    if code is Code.ASSET_MISSING:
        folders = _together(problems, _folder)
        groups = {
            cause: group
            for folder, found in folders.items()
            for cause, group in (
                {folder: found} if len(found) >= MIN_OF_FOLDER else _together(found, _subject)
            ).items()
        }
    order = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_item(cause, group) for cause, group in order]


def _together(problems: Iterable[Problem], key: Callable[[Problem], str]) -> dict[str, list[Problem]]:
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[key(problem)].append(problem)
    return groups


def _subject(problem: Problem) -> str:
    """What a problem is about, where its kind's sentence says the rest; else its own sentence."""
    facts = dict(problem.facts)
    match problem.code:
        case Code.LINK_MISSING | Code.LINK_WITHHELD | Code.ASSET_MISSING:
            return in_backticks([facts["target"]])
        case Code.HEADING_MISSING:
            return in_backticks([f"{facts['target']}#{facts['heading']}"])
        case Code.TITLE_TAKEN:
            return in_backticks([facts["title"]])
        case Code.LINK_BY_SUFFIX if above := facts["chosen"].rpartition(facts["target"])[0].strip("/"):
            return found_in_folder(above)
        case _:
            return word_problem(problem)


def _folder(problem: Problem) -> str:
    """Where a missing file should be: the first folder of its path."""
    found = _FIRST_FOLDER.match(dict(problem.facts)["target"])
    return missing_in_folder(found[1] if found else "")


def _item(subject: str, group: Sequence[Problem]) -> str:
    """``/consulting/`: 17 times, first in posts/a.md:207`, within the width of a screen."""
    place = group[0].place
    first = f"{place.path}:{place.line}" if place.line else place.path
    where = count_same(len(group), first) if len(group) > 1 else is_met_at(first)
    room = WIDTH - len(_INDENT)
    said, where = " ".join(subject.split()), " ".join(where.split())
    if len(said) + len(where) > room:
        said = _without_middle(said, max(room // 2, room - len(where)))
        where = _without_middle(where, room - len(said))
    return f"{said}{where}"


def _without_middle(text: str, room: int) -> str:
    """The text, or its beginning and its end with an ellipsis between."""
    head = room // 2
    return text if len(text) <= room else f"{text[:head]}…{text[len(text) - (room - head - 1) :]}"
