"""Problems and reports for people and in JSON for machines."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from notegen.errors.phrases import as_argument
from notegen.errors.problems import level_of, word_hint, word_problem
from notegen.model import Problem, Report
from notegen.reports import report_build


def problem_facts(problem: Problem) -> dict[str, Any]:
    """One problem for `--json`."""
    place = problem.place
    return {
        "code": problem.code.value,
        "level": level_of(problem),
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "message": word_problem(problem),
        "hint": word_hint(problem),
    }


def report_facts(report: Report, out: Path) -> dict[str, Any]:
    """A build for `--json`."""
    return {
        "notes": report.notes,
        "passages": report.passages,
        "withheld": report.withheld,
        "templates": report.templates,
        "waiting": report.scheduled.waiting,
        "over": report.scheduled.over,
        "next": report.scheduled.next,
        "encrypted": report.encrypted,
        "semantic": report.semantic,
        "unfamiliar": report.unfamiliar,
        "files": report.written.files,
        "bytes": report.written.size,
        "unchanged": report.is_unchanged,
        "seconds": dict(report.seconds),
        "beside": report.beside,
        "site": str(out),
        "left": dict(report.written.left),
        "problems": [problem_facts(problem) for problem in report.problems],
    }


def echo_json(facts: object) -> None:
    """Print facts for machines, in UTF-8 whatever the terminal has."""
    text = json.dumps(facts, indent=2, ensure_ascii=False)
    # Half of a pair of surrogates, as in a file name that is no UTF-8, stands as its escape, which is JSON too.
    click.echo(f"{text}\n".encode("utf-8", "backslashreplace"), nl=False)


def echo_lines(lines: Iterable[str]) -> None:
    """Print lines for people."""
    for line in lines:
        click.echo(line)


def show_report(report: Report, out: Path, notes: Path, endings: Sequence[str] = ()) -> None:
    """A build in a few lines; the command that lists its problems reads files of the same endings."""
    read = " ".join([as_argument(str(notes)), *(f"--extension {ending}" for ending in endings)])
    echo_lines(report_build(report, site=str(out), home=home_of(out), notes=read))


def home_of(site: Path) -> str:
    """The address of a site's first page on this disk."""
    return (site.resolve() / "index.html").as_uri()


def has_warnings(problems: Iterable[Problem]) -> bool:
    """Whether `check` and `build --strict` fail."""
    return any(level_of(problem) == "warning" for problem in problems)
