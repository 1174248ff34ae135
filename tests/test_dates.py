"""Dates as people write them."""

from collections.abc import Callable
from datetime import date

import pytest

from notegen.dates import (
    FoundDay,
    day_in_line,
    day_in_link,
    day_in_name,
    day_in_value,
    day_of_file,
    find_day,
)
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


@pytest.mark.parametrize(
    ("target", "day"),
    [
        ("Thursday, 02.05.2024", date(2024, 5, 2)),
        ("Thu, 05/02/2024", date(2024, 5, 2)),
        ("thu 02/05/2024", date(2024, 5, 2)),
        ("2024-05-02 Thursday", date(2024, 5, 2)),
        ("Thursday, May 2nd, 2024", date(2024, 5, 2)),
        ("05/02/2024", None),
        ("Fri, 05/02/2024", None),
        ("Thursdays, 02.05.2024", None),
        ("Sun", None),
        ("Sun, sea and sand", None),
    ],
)
def test_a_link_may_name_a_day_with_its_weekday(target: str, day: date | None) -> None:
    """Numbers alone are the day that is that weekday; a weekday that is another's names nothing."""
    assert day_in_link(target) == day


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        (0, date(1970, 1, 1)),
        (-0.5, date(1969, 12, 31)),
        (86_399.9, date(1970, 1, 1)),
        (2**31, date(2038, 1, 19)),
        (253_402_300_799, date.max),
        (253_402_300_800, date.max),
        (2.0**63, date.max),
        (-62_135_596_801, date.min),
        (-(2.0**63), date.min),
    ],
)
def test_every_time_of_a_file_is_of_a_day(seconds: float, day: date) -> None:
    """Disks keep times of years that no calendar has."""
    assert day_of_file(seconds) == day


def _words(found: FoundDay | None) -> str:
    if found is None:
        return "no date"
    at = f" at {found.at}" if found.at else ""
    return f"{found.day}{at}" + (f", or {found.other}" if found.other else "")
