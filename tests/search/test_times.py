"""What time a question speaks of, by golden cases that the page's own test reads too."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from notegen.search.times import _other_names, month_names, numbers_of_months, time_of
from notegen.text.tokens import fold
from tests.support.golden import CASES

FILE = CASES / "times.json"


def test_every_question_speaks_of_the_time_on_record(update_cases: bool) -> None:
    """Days, months, seasons and what was last, as seen from the newest note; numbers that are no dates."""
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [
        facts_of(**{name: case[name] for name in ("text", "newest", "languages") if name in case})
        for case in cases
    ]
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


def facts_of(text: str, newest: str, languages: Sequence[str] = ()) -> dict[str, Any]:
    """A case as it stands in the file: the first and the last day, and the words that say them.

    Where there are languages, the names of months in them stand there too, for the page's test.
    """
    names = month_names(languages)
    time = time_of(text, date.fromisoformat(newest), numbers_of_months(names))
    days = time and [time.first.isoformat(), time.last.isoformat()]
    words = sorted(time.words) if time else []
    found = {"text": text, "newest": newest, "days": days, "words": words}
    return {**found, "languages": languages, "months": names} if languages else found


def test_names_of_months_are_folded_and_name_one_month_in_their_language() -> None:
    """As words of questions are; where two languages mean different months by one name, the first one's counts."""
    for tag in _other_names():
        names = month_names([tag])
        assert len(names) == 12
        words = " ".join(names).split()
        assert [fold(word) for word in words] == words
        assert len(words) == len(set(words)) == len(numbers_of_months(names)), tag
    assert month_names(["en", "de-AT", "xx"]) == []
    assert numbers_of_months(month_names(["pl", "hr"]))["listopad"] == 10
