"""What a build says of itself in the terminal."""

from typing import Any

from msgspec.structs import replace

from notegen.model import Report, Written
from notegen.reports import report_build


def _lines(**facts: Any) -> list[str]:
    report = Report(
        notes=40,
        passages=90,
        withheld=0,
        problems=(),
        written=Written(files=1, size=2, stamp=""),
        seconds={},
        semantic=True,
        encoder_language="en",
    )
    return report_build(replace(report, **facts), site="site", home="file:///site/index.html", notes="notes")


def test_a_build_says_where_meaning_counts_little() -> None:
    """Of all notes, or of how many; a few in another language are no news."""
    little = "the model knows English; see the note on languages"
    assert _lines(unfamiliar=40)[1] == f"meaning   counts little here: {little}"
    assert _lines(unfamiliar=38)[1] == f"meaning   counts little here: {little}"
    assert _lines(unfamiliar=10)[1] == f"meaning   counts little for 10 of 40 notes: {little}"
    assert not any(line.startswith("meaning") for line in _lines(unfamiliar=3))
    assert not any(line.startswith("meaning") for line in _lines())


def test_a_model_of_another_language_is_named_by_its_tag() -> None:
    """Nobody else knows its name."""
    assert _lines(unfamiliar=40, encoder_language="fr")[1] == (
        "meaning   counts little here: the model knows `fr`; see the note on languages"
    )
