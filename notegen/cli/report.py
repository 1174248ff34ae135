"""Problems and reports in words for people and in JSON for machines."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from notegen.errors import level_of, word_hint, word_problem
from notegen.model import Problem, Report


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
        "semantic": report.semantic,
        "files": report.written.files,
        "bytes": report.written.size,
        "seconds": dict(report.seconds),
        "site": str(out),
        "problems": [problem_facts(problem) for problem in report.problems],
    }


def show_report(report: Report, out: Path, notes: Path) -> None:
    """A build in a few lines."""
    kept = f", {report.withheld} withheld" if report.withheld else ""
    meaning = f"{report.passages:,} passages" if report.semantic else "by words only"
    total = sum(report.seconds.values())
    slow = sorted(report.seconds.items(), key=lambda item: -item[1])[:3]
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in slow if seconds >= 0.05)
    click.echo(f"notes     {report.notes:,}{kept}; {meaning}")
    if report.problems:
        click.echo(f"problems  {count_problems(report.problems)}; `notegen check {notes}` lists them")
    click.echo(f"site      {out}: {report.written.files:,} files, {report.written.size / 1e6:.1f} MB")
    click.echo(f"time      {total:.1f} s" + (f" ({stages})" if stages else ""))
    click.echo(f"open      {(out.resolve() / 'index.html').as_uri()}")


def count_problems(problems: Iterable[Problem], *, kinds: bool = True) -> str:
    """`3 warnings (2 link-missing, 1 url-taken), 1 piece of advice`, or that without the kinds."""
    codes = Counter((level_of(problem), problem.code.value) for problem in problems)
    parts = []
    for level, one, many in (
        ("warning", "warning", "warnings"),
        ("advice", "piece of advice", "pieces of advice"),
    ):
        of_level = [(code, n) for (found, code), n in codes.most_common() if found == level]
        total = sum(n for _, n in of_level)
        if total:
            named = ", ".join(f"{n:,} {code}" for code, n in of_level)
            parts.append(f"{total:,} {one if total == 1 else many}" + (f" ({named})" if kinds else ""))
    return ", ".join(parts) or "no problems"


def has_warnings(problems: Iterable[Problem]) -> bool:
    """Whether `check` and `build --strict` fail."""
    return any(level_of(problem) == "warning" for problem in problems)
