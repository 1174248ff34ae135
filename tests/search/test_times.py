"""What time a question speaks of, by golden cases that the page's own test reads too."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from notegen.search.times import time_of
from tests.support.golden import CASES

FILE = CASES / "times.json"


def test_every_question_speaks_of_the_time_on_record(update_cases: bool) -> None:
    """Days, months, seasons and what was last, as seen from the newest note; numbers that are no dates."""
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [facts_of(case["text"], case["newest"]) for case in cases]
    if update_cases:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in actual)
        FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))


@given(
    st.text(alphabet="0123456789-./年月日 maylstsumeryecdbntu", max_size=30),
    st.dates(min_value=date(2, 1, 1)),
)
def test_nothing_typed_is_an_error(text: str, newest: date) -> None:
    """And what is a time has its days in order."""
    time = time_of(text, newest)
    assert time is None or time.first <= time.last


def facts_of(text: str, newest: str) -> dict[str, Any]:
    """A case as it stands in the file: the first and the last day, and the words that say them."""
    time = time_of(text, date.fromisoformat(newest))
    days = time and [time.first.isoformat(), time.last.isoformat()]
    return {"text": text, "newest": newest, "days": days, "words": sorted(time.words) if time else []}
