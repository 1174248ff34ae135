"""Problems as a list for a person: by file and in order of place, then what concerns whole files, by kind.

Real vaults have thousands of one kind. A person reads some and fixes the cause, so a kind is shown a few times a file
and some dozen times in all, and what is left out is counted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import click

from notegen.errors import WORDINGS, level_of, word_hint, word_problem
from notegen.model import Code, Problem
from notegen.reports import how_to_list_all, listed_only, more_files, more_in_file

MAX_LISTED_PER_FILE = 5
"""How many of one kind are listed in one file."""
MAX_LISTED_PER_KIND = 40
"""How many of one kind are listed in all."""

_INDENT = " " * 21


def show_problems(problems: Sequence[Problem], *, everything: bool = False) -> None:
    """The list; with `everything`, nothing is left out."""
    listed = list(problems if everything else shortened(problems))
    placed = [problem for problem in listed if problem.place.line]
    whole = sorted((p for p in listed if not p.place.line), key=lambda p: (level_of(p) != "warning", p.code))
    counts = Counter((problem.place.path, problem.code) for problem in problems)
    for path, group in groupby(placed, key=lambda problem: problem.place.path):
        click.secho(path, bold=True)
        _show_lines(list(group), counts)
        click.echo()
    for code, group in groupby(whole, key=lambda problem: problem.code):
        _show_files(code, list(group), sum(p.code == code and not p.place.line for p in problems))
        click.echo()


def shortened(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, of one kind at most `MAX_LISTED_PER_FILE` in a file and `MAX_LISTED_PER_KIND` together."""
    in_file: Counter[tuple[str, Code]] = Counter()
    in_all: Counter[Code] = Counter()
    for problem in problems:
        here = problem.place.path, problem.code
        if in_file[here] < MAX_LISTED_PER_FILE and in_all[problem.code] < MAX_LISTED_PER_KIND:
            in_file[here] += 1
            in_all[problem.code] += 1
            yield problem


def show_kinds(problems: Sequence[Problem], *, everything: bool = False) -> None:
    """How many there are of each kind, warnings first and the most frequent first."""
    counts = Counter(problem.code for problem in problems)
    listed = counts if everything else Counter(problem.code for problem in shortened(problems))
    order = sorted(counts, key=lambda code: (WORDINGS[code].level != "warning", -counts[code], code))
    digits = max((len(f"{count:,}") for count in counts.values()), default=0)
    letters = max(map(len, order), default=0)
    for code in order:
        left_out = listed_only(listed[code]) if listed[code] < counts[code] else ""
        level = click.style(f"{WORDINGS[code].level:7}", fg=_colour(code))
        click.echo(
            f"  {counts[code]:>{digits},}  {level}  {code:{letters}}  {WORDINGS[code].summary}{left_out}"
        )
    if listed != counts:
        click.echo(f"  {how_to_list_all()}")


def _show_lines(problems: list[Problem], counts: Counter[tuple[str, Code]]) -> None:
    """The problems of one file; neighbours that share a hint have it once, after the last."""
    shown = Counter(problem.code for problem in problems)
    seen: Counter[Code] = Counter()
    for index, problem in enumerate(problems):
        place = ":".join(str(n) for n in (problem.place.line, problem.place.column) if n)
        level = click.style(f"{level_of(problem):7}", fg=_colour(problem.code))
        click.echo(f"  {place:>8}  {level}  {word_problem(problem)}  [{problem.code}]")
        following = problems[index + 1 : index + 2]
        seen[problem.code] += 1
        hint = word_hint(problem)
        if hint and [(p.code, word_hint(p)) for p in following] != [(problem.code, hint)]:
            click.secho(f"{_INDENT}{hint}", dim=True)
        left_out = counts[problem.place.path, problem.code] - shown[problem.code]
        if left_out and seen[problem.code] == shown[problem.code]:
            click.secho(f"{_INDENT}{more_in_file(left_out, problem.code)}", dim=True)


def _show_files(code: Code, problems: list[Problem], count: int) -> None:
    """The files that have a problem of one kind as a whole."""
    wording = WORDINGS[code]
    differs = bool(re.search(r"\{\w+\}", wording.text))
    title = click.style(wording.summary if differs else wording.text, bold=True)
    click.echo(f"{title}  {click.style(wording.level, fg=_colour(code))}  [{code}]")
    for index, problem in enumerate(problems):
        click.echo(f"  {problem.place.path}" + (f": {word_problem(problem)}" if differs else ""))
        hint = word_hint(problem)
        if hint and [word_hint(p) for p in problems[index + 1 : index + 2]] != [hint]:
            click.secho(f"    {hint}", dim=True)
    if count > len(problems):
        click.secho(f"  {more_files(count - len(problems))}", dim=True)


def _colour(code: Code) -> str:
    return "yellow" if WORDINGS[code].level == "warning" else "blue"
