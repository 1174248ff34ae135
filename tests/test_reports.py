"""What a build says of itself in the terminal."""

from typing import Any

import pytest
from msgspec.structs import replace

from notegen.model import Code, Place, Problem, Report, Scheduled, Written
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


def test_a_build_names_the_settings_that_it_could_not_follow() -> None:
    """Nothing is kept back by a folder that is not there, which no number of warnings tells."""
    broken = Problem(Code.LINK_MISSING, Place("a.md", 3, 1), (("target", "Nobody"),))
    facts = (("setting", "private_folders"), ("folder", "Clients"))
    in_vain = Problem(Code.SETTING_NAMES_NOTHING, Place("notegen.toml", 2, 1), facts)
    told = "settings  notegen.toml:2: `private_folders` has `Clients`, and no note or file lies there"
    assert [line for line in _lines(problems=(broken, in_vain)) if line.startswith("settings")] == [told]
    many = _lines(problems=(in_vain,) * 7)
    assert many.count(told) == 5
    assert "          … and 2 others" in many


@pytest.mark.parametrize(
    ("scheduled", "line"),
    [
        (Scheduled(), None),
        (Scheduled(1, 0, "2027-01-01"), "1 note waits for its day, on 2027-01-01"),
        (Scheduled(3, 0, "2027-01-01 09:00"), "3 notes wait for their day, the next on 2027-01-01 09:00"),
        (Scheduled(0, 1), "1 note is no longer shown"),
        (
            Scheduled(2, 2, "2027-01-01"),
            "2 notes wait for their day, the next on 2027-01-01; 2 notes are no longer shown",
        ),
    ],
)
def test_a_build_tells_which_notes_are_missing_for_now(scheduled: Scheduled, line: str | None) -> None:
    """In a line of its own, where there are some."""
    told = [one for one in _lines(scheduled=scheduled) if one.startswith("days")]
    assert told == ([f"days      {line}"] if line else [])
