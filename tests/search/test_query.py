"""Questions as they are read, by golden cases that the page's own test reads too (`search/engine/query.test.ts`)."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from notegen.search.query import days_of, parse_query
from tests.support.golden import CASES

FILE = CASES / "queries.json"


def test_every_question_is_read_as_on_record(update_cases: bool) -> None:
    """Words, phrases, what is excluded, filters and sums, and what is not quite one of them."""
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [facts_of(case["typed"]) for case in cases]
    if update_cases:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in actual)
        FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))


@given(st.text(alphabet='a b"-+:[]|#/0tagpathbeforeafter“” \n', max_size=40))
def test_nothing_typed_is_an_error(typed: str) -> None:
    """And the places of words stay as they are, so that the last one is still the last."""
    assert len(parse_query(typed).text) == len(typed)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024", (date(2024, 1, 1), date(2024, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2023-02-28", (date(2023, 2, 28), date(2023, 2, 28))),
        ("2023-02-29", None),
        ("2024-13", None),
        ("2024-00", None),
        ("2024-01-00", None),
        ("0999", None),
        ("24", None),
    ],
)
def test_a_year_a_month_or_a_day(value: str, days: tuple[date, date] | None) -> None:
    """From its first to its last day; what the calendar has not is none."""
    assert days_of(value) == days


def facts_of(typed: str) -> dict[str, Any]:
    """A case as it stands in the file: parts that are empty are left out, and runs of spaces are one."""
    facts = to_builtins(parse_query(typed))
    facts["text"] = " ".join(facts["text"].split())
    for filter in facts["filters"]:
        days = days_of(filter["value"]) if filter["kind"] in ("before", "after") else None
        filter["days"] = [day.toordinal() for day in days] if days else None
    return {"typed": typed, **json.loads(json.dumps({key: part for key, part in facts.items() if part}))}
