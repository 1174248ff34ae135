"""Problems for machines: SARIF 2.1.0, which code hosts show beside the line, and plain lines as compilers print.

SARIF: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from notegen import __version__
from notegen.errors.problems import WORDINGS, level_of, word_help, word_hint, word_problem
from notegen.model import Code, Problem

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"warning": "warning", "advice": "note"}


def sarif_log(problems: Sequence[Problem], notes: Path) -> dict[str, Any]:
    """One run of notegen; each kind of problem that was met is a rule."""
    codes = sorted({problem.code for problem in problems})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "notegen",
                        "version": __version__,
                        "rules": [_sarif_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_sarif_result(problem, codes, notes) for problem in problems],
            }
        ],
    }


def plain_line(problem: Problem, notes: Path) -> str:
    """`notes/a.md:12:18: warning: no note or file is called `x` [link-missing]`; a whole file's problem is on 1:1."""
    place = f"{_shown_path(problem, notes)}:{problem.place.line or 1}:{problem.place.column or 1}"
    message = f"{place}: {level_of(problem)}: {word_problem(problem)} [{problem.code}]"
    return " ".join(message.split("\n"))


def _sarif_rule(code: Code) -> dict[str, Any]:
    wording = WORDINGS[code]
    return {
        "id": code.value,
        "shortDescription": {"text": wording.summary},
        "help": {"text": word_help(code)},
        "defaultConfiguration": {"level": _LEVELS[wording.level]},
    }


def _sarif_result(problem: Problem, codes: list[Code], notes: Path) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(_shown_path(problem, notes))}}
    if problem.place.line:
        location["region"] = {"startLine": problem.place.line}
        if problem.place.column:
            location["region"]["startColumn"] = problem.place.column
    hint = word_hint(problem)
    return {
        "ruleId": problem.code.value,
        "ruleIndex": codes.index(problem.code),
        "level": _LEVELS[level_of(problem)],
        "message": {"text": word_problem(problem) + (f"; {hint}" if hint else "")},
        "locations": [{"physicalLocation": location}],
    }


def _shown_path(problem: Problem, notes: Path) -> str:
    """The file from the current folder, or from the notes folder when the notes lie elsewhere."""
    here, file = Path.cwd(), notes.resolve() / problem.place.path
    return (file.relative_to(here) if file.is_relative_to(here) else Path(problem.place.path)).as_posix()
