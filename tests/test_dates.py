"""Dates as people write them."""

from collections.abc import Callable

import pytest

from notegen.dates import FoundDay, day_in_line, day_in_name, day_in_value, find_day
from tests.support.golden import Case, check_case, read_cases

CASES = dict(zip(("name", "line", "value"), read_cases("dates"), strict=True))
FINDERS: dict[str, Callable[[str], FoundDay | None]] = {
    "name": day_in_name,
    "line": day_in_line,
    "value": day_in_value,
}


@pytest.mark.promise("found in front matter, a file's name, its first line")
@pytest.mark.parametrize(("kind", "case"), CASES.items(), ids=CASES)
def test_dates_are_found_where_they_stand(kind: str, case: Case, update_cases: bool) -> None:
    """Each line of the case beside the day it is read as."""
    lines = [f"{line}: {_words(FINDERS[kind](line))}" for line in case.given.splitlines()]
    check_case(case, "\n".join(lines), update=update_cases)


def test_the_setting_decides_between_day_and_month() -> None:
    """With an order set, nothing is unclear; a number above 12 is a day whatever the order."""
    read = {order: find_day("5/4/23", order=order) for order in ("dmy", "mdy", "ask")}
    assert {order: _words(found) for order, found in read.items()} == {
        "dmy": "2023-04-05",
        "mdy": "2023-05-04",
        "ask": "2023-05-04, or 2023-04-05",
    }
    assert _words(find_day("17/4/23", order="mdy")) == "2023-04-17"


def _words(found: FoundDay | None) -> str:
    if found is None:
        return "no date"
    at = f" at {found.at}" if found.at else ""
    return f"{found.day}{at}" + (f", or {found.other}" if found.other else "")
