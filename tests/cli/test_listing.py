"""Lists of problems for a person, whatever they hold: two screens, every kind, and all of them when asked."""

import re
from collections import Counter

import click
import pytest

from notegen.cli.listing import list_problems
from notegen.cli.overview import MAX_ROWS, WIDTH
from notegen.errors.problems import WORDINGS
from notegen.model import Code, Place, Problem

FACTS = tuple(
    (name, "x" * 70)
    for name in sorted(
        {
            name
            for wording in WORDINGS.values()
            for name in re.findall(r"\{(\w+)\}", wording.text + wording.hint)
        }
    )
)
LONG = "a folder/" * 20 + "note.md"


@pytest.mark.parametrize("count", [1, 2, 3, 5, 40, 400])
@pytest.mark.parametrize("kinds", [1, 2, 7, 16, 23, len(WORDINGS)])
def test_a_list_fits_two_screens_and_has_every_kind(kinds: int, count: int) -> None:
    """Also with the longest names, as many kinds as there are, and words that hold line breaks."""
    problems = [
        Problem(code, Place(f"{number}/{LONG}", number % 3), (*FACTS, ("words", f"a\n{number}")))
        for code in list(WORDINGS)[:kinds]
        for number in range(count)
    ]
    lines = [click.unstyle(line) for line in list_problems(problems, ["the summary"], notes=count)]
    assert sum(max(1, -(-len(line) // WIDTH)) for line in lines) <= MAX_ROWS
    assert "the summary" in lines
    assert all(sum(f"[{code}]" in line for line in lines) >= 1 for code in list(WORDINGS)[:kinds])


def test_all_of_them_are_listed_when_asked() -> None:
    """Each with its place, so that nothing is only counted."""
    problems = [
        Problem(Code.LINK_MISSING, Place("a.md", line), (("target", f"n{line}"),)) for line in range(1, 500)
    ]
    problems += [
        Problem(Code.DATE_FROM_FILE_TIME, Place(f"{n}.md"), (("day", "2024-01-01"),)) for n in range(500)
    ]
    lines = "\n".join(click.unstyle(line) for line in list_problems(problems, [], notes=500, everything=True))
    assert Counter(word for word in lines.split() if word.startswith("`n")) == Counter(
        f"`n{line}`" for line in range(1, 500)
    )
    assert all(f"  {n}.md: no date" in lines for n in range(500))
