"""Problems as a list for a person: all of them where they fit two screens, else what they have in common.

In full they stand by file and in order of place, then what concerns whole files, by kind. Real vaults have thousands of
one kind and one cause, so that a longer list gives way to an overview, `cli/overview.py`; `--all` shows it whole.
"""

import re
from collections.abc import Sequence
from itertools import groupby

import click

from notegen.cli.overview import MAX_ROWS, WIDTH, colour_of, counted, name_undated, overview
from notegen.errors.problems import WORDINGS, level_of, word_help, word_hint, word_problem
from notegen.model import Code, Problem
from notegen.reports import how_to_list_all, undated_notes

MAX_UNDATED = 3
"""How many notes without a date are listed; more are one sentence."""

_INDENT = " " * 21


def list_problems(
    problems: Sequence[Problem],
    summary: Sequence[str],
    *,
    notes: int,
    everything: bool = False,
    kinds: bool = True,
) -> list[str]:
    """The lines of a report, styled: the problems, `summary`, and with `kinds` how many there are of each kind.

    Longer than two screens, it is an overview with the summary, unless `everything` is asked for.
    """
    short = [
        *_by_place(problems, notes=notes, everything=everything),
        *summary,
        *(_kinds(problems) if kinds else ()),
    ]
    if everything or sum(map(_rows, short)) <= MAX_ROWS:
        return short
    below = [*summary, f"  {how_to_list_all()}"]
    shown = overview(problems, notes=notes, rows=MAX_ROWS - len(below) - 1)
    # As many kinds as fill two screens leave no room for the blank line.
    return [*shown, *([""] if len(shown) + len(below) < MAX_ROWS else []), *below]


def _by_place(problems: Sequence[Problem], *, notes: int, everything: bool) -> list[str]:
    placed = [problem for problem in problems if problem.place.line]
    whole = sorted(
        (p for p in problems if not p.place.line), key=lambda p: (level_of(p) != "warning", p.code)
    )
    lines: list[str] = []
    for path, group in groupby(placed, key=lambda problem: problem.place.path):
        lines += [click.style(path, bold=True), *_lines_of_file(list(group)), ""]
    for code, group in groupby(whole, key=lambda problem: problem.code):
        files = list(group)
        if code is Code.DATE_FROM_FILE_TIME and len(files) > MAX_UNDATED and not everything:
            lines += [*_undated(files, notes), ""]
        else:
            lines += [*_lines_of_kind(code, files), ""]
    return lines


def _lines_of_file(problems: list[Problem]) -> list[str]:
    """The problems of one file; neighbours that share a hint have it once, after the last."""
    lines: list[str] = []
    for index, problem in enumerate(problems):
        place = ":".join(str(n) for n in (problem.place.line, problem.place.column) if n)
        level = click.style(f"{level_of(problem):7}", fg=colour_of(problem.code))
        lines.append(f"  {place:>8}  {level}  {word_problem(problem)}  [{problem.code}]")
        following = problems[index + 1 : index + 2]
        hint = word_hint(problem)
        if hint and [(p.code, word_hint(p)) for p in following] != [(problem.code, hint)]:
            lines.append(click.style(f"{_INDENT}{hint}", dim=True))
    return lines


def _lines_of_kind(code: Code, problems: list[Problem]) -> list[str]:
    """The files that have a problem of one kind as a whole."""
    wording = WORDINGS[code]
    differs = bool(re.search(r"\{\w+\}", wording.text))
    title = click.style(wording.summary if differs else wording.text, bold=True)
    lines = [f"{title}  {click.style(wording.level, fg=colour_of(code))}  [{code}]"]
    for index, problem in enumerate(problems):
        lines.append(f"  {problem.place.path}" + (f": {word_problem(problem)}" if differs else ""))
        hint = word_hint(problem)
        if hint and [word_hint(p) for p in problems[index + 1 : index + 2]] != [hint]:
            lines.append(click.style(f"    {hint}", dim=True))
    return lines


def _undated(problems: list[Problem], notes: int) -> list[str]:
    """One sentence for notes without a date, some by name, and what to do about them."""
    code = Code.DATE_FROM_FILE_TIME
    title = click.style(undated_notes(len(problems), notes), bold=True)
    return [
        f"{title}  {click.style(WORDINGS[code].level, fg=colour_of(code))}  [{code}]",
        f"  {name_undated([problem.place.path for problem in problems])}",
        click.style(f"    {word_help(code, problems[0])}", dim=True),
    ]


def _kinds(problems: Sequence[Problem]) -> list[str]:
    """How many there are of each kind, warnings first and the most frequent first."""
    counts = counted(problems)
    digits = max((len(f"{count:,}") for count in counts.values()), default=0)
    letters = max(map(len, counts), default=0)
    return [
        f"  {count:>{digits},}  {click.style(f'{WORDINGS[code].level:7}', fg=colour_of(code))}"
        f"  {code:{letters}}  {WORDINGS[code].summary}"
        for code, count in counts.items()
    ]


def _rows(line: str) -> int:
    """Of a screen of `WIDTH` columns."""
    return max(1, -(-len(click.unstyle(line)) // WIDTH))
