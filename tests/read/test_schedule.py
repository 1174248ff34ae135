"""A note is shown from its day on and up to its end; `schedule_ways.py` has all ways to say so."""

from pathlib import Path

import pytest

from notegen.config import Config
from notegen.errors import NotegenError
from notegen.errors.problems import word_problem
from notegen.model import Code, Scheduled, Span
from notegen.read import ReadMemory, read_sources
from tests.support.files import write_files
from tests.support.kept_in_memory import KeptInMemory

UTC = Config(time_zone="UTC")
NEW_YEAR = 1_798_761_600.0
"""The beginning of 2027 in UTC, in seconds since 1970."""
DAY = 86_400
FILES = {
    "a.md": "Always.",
    "b.md": "---\npublishDate: 2027-01-01\n---\nFrom 2027 on.",
    "c.md": "---\nexpiryDate: 2027-01-02\n---\nUp to the second.",
    "d.md": "---\npublishDate: 2027-01-03\nprivate: true\n---\nNever.",
}


def shown(root: Path, moment: float, config: Config = UTC, **options: object) -> str:
    """The notes that everybody sees at a moment, by the first letter of their names."""
    reading = read_sources(root, config, moment=moment, **options)  # type: ignore[arg-type]
    return "".join(source.id[0] for source in reading.sources)


def test_a_note_is_shown_from_its_day_on_and_up_to_its_end(tmp_path: Path) -> None:
    """To the second; what is private besides stays so, and waits for nothing."""
    write_files(tmp_path, FILES)
    assert shown(tmp_path, NEW_YEAR - 1) == "ac"
    assert shown(tmp_path, NEW_YEAR) == "abc"
    assert shown(tmp_path, NEW_YEAR + DAY - 1) == "abc"
    assert shown(tmp_path, NEW_YEAR + DAY) == "ab"
    assert shown(tmp_path, NEW_YEAR + 9 * DAY) == "ab"


def test_a_reading_says_how_long_it_stands(tmp_path: Path) -> None:
    """Up to the next day that a note is shown or over, and from the last one."""
    write_files(tmp_path, FILES)
    moments = [NEW_YEAR - DAY, NEW_YEAR, NEW_YEAR + DAY]
    readings = [read_sources(tmp_path, UTC, moment=moment) for moment in moments]
    assert [reading.stands for reading in readings] == [
        Span(end=NEW_YEAR),
        Span(NEW_YEAR, NEW_YEAR + DAY),
        Span(NEW_YEAR + DAY),
    ]
    told = [reading.scheduled_at(moment) for reading, moment in zip(readings, moments, strict=True)]
    assert told == [Scheduled(1, 0, "2027-01-01"), Scheduled(), Scheduled(0, 1)]
    (problem,) = (one for one in readings[0].problems if one.code is Code.NOTE_SCHEDULED)
    assert (problem.place.path, problem.place.line) == ("b.md", 2)
    assert word_problem(problem) == "not shown before 2027-01-01: `publishdate: 2027-01-01`"


def test_what_was_read_for_another_moment_is_read_again(tmp_path: Path) -> None:
    """By a process that remembers, by what is kept between builds, forwards and back: always as from nothing."""
    write_files(tmp_path, FILES)
    memory, kept = ReadMemory(), KeptInMemory()
    for moment in (NEW_YEAR - 1, NEW_YEAR, NEW_YEAR + DAY, NEW_YEAR - 1, NEW_YEAR + DAY, NEW_YEAR):
        plain = read_sources(tmp_path, UTC, moment=moment)
        assert read_sources(tmp_path, UTC, moment=moment, memory=memory) == plain
        assert (
            read_sources(tmp_path, UTC, moment=moment, memory=memory, only=["a.md"]).sources == plain.sources
        )
        assert read_sources(tmp_path, UTC, moment=moment, kept=kept) == plain
    assert all(b"second" not in content or b"expiry" in content for content in kept.contents.values())


def test_a_note_that_was_changed_alone_waits_as_it_says(tmp_path: Path) -> None:
    """A process that is told which note changed reads that one only, and still knows how long it stands."""
    write_files(tmp_path, FILES)
    memory = ReadMemory()
    read_sources(tmp_path, UTC, moment=NEW_YEAR, memory=memory)
    (tmp_path / "a.md").write_text("---\nexpiryDate: 2027-01-01T12:00:00Z\n---\nUp to noon.")
    reading = read_sources(tmp_path, UTC, moment=NEW_YEAR, memory=memory, only=["a.md"])
    assert reading.stands == Span(NEW_YEAR, NEW_YEAR + DAY / 2)
    assert shown(tmp_path, NEW_YEAR + DAY / 2, memory=memory, only=["a.md"]) == "bc"


def test_days_begin_where_the_settings_say(tmp_path: Path) -> None:
    """By the setting, else by the generator's own, which may have another midnight."""
    write_files(
        tmp_path, {"hugo.toml": 'timeZone = "Asia/Tokyo"\n', "content/b.md": "---\ndate: 2027-01-01\n---\n"}
    )
    tokyo = NEW_YEAR - 9 * 3600
    assert shown(tmp_path, tokyo, Config()) == "c"
    assert shown(tmp_path, tokyo - 1, Config()) == ""
    assert shown(tmp_path, tokyo, UTC) == ""
    assert shown(tmp_path, NEW_YEAR, UTC) == "c"


def test_the_setting_says_which_days_count(tmp_path: Path) -> None:
    """Usually a diary's day to come does not; with `private` every later date, by name too; with `public` none."""
    write_files(
        tmp_path,
        {
            "b.md": "---\npublishDate: 2027-01-01\n---\n",
            "c.md": "---\ncreated: 2027-01-01\n---\n",
            "2027-01-01.md": "A day.",
            "e.md": "---\nexpiryDate: 2020-01-01\n---\n",
        },
    )
    before = NEW_YEAR - 1
    assert shown(tmp_path, before) == "2c"
    assert shown(tmp_path, before, Config(time_zone="UTC", future="private")) == ""
    assert shown(tmp_path, NEW_YEAR, Config(time_zone="UTC", future="private")) == "2bc"
    assert shown(tmp_path, before, Config(time_zone="UTC", future="public")) == "2bce"


def test_the_environment_may_say_what_time_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for reproducible builds; what is no number is refused."""
    write_files(tmp_path, FILES)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NEW_YEAR)))
    assert [source.id for source in read_sources(tmp_path, UTC).sources] == ["a.md", "b.md", "c.md"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    with pytest.raises(NotegenError, match="SOURCE_DATE_EPOCH"):
        read_sources(tmp_path, UTC)


def test_a_file_that_is_no_note_waits_too(tmp_path: Path) -> None:
    """By how it begins, and with the page of its bundle."""
    write_files(
        tmp_path,
        {
            "hugo.toml": "",
            "content/a.mdown": "---\npublishDate: 2027-01-01\n---\n",
            "content/p/index.md": "---\ndate: 2027-01-01\n---\n",
            "content/p/x.png": "x",
        },
    )
    files = {"content/a.mdown", "content/p/x.png"}
    then = read_sources(tmp_path, UTC, moment=NEW_YEAR - 1)
    assert then.stands == Span(end=NEW_YEAR)
    assert files.isdisjoint(then.assets)
    assert files <= read_sources(tmp_path, UTC, moment=NEW_YEAR).assets.keys()


def test_a_day_that_nobody_understands_is_not_waited_for(tmp_path: Path) -> None:
    """Its note is private as others are; nor is a day waited for that comes after the end."""
    write_files(
        tmp_path,
        {
            "b.md": "---\npublishDate: soon\n---\n",
            "c.md": "---\npublishDate: 2028-01-01\nexpiryDate: 2027-06-01\n---\n",
        },
    )
    reading = read_sources(tmp_path, UTC, moment=NEW_YEAR)
    assert sorted(reading.withheld) == ["b.md", "c.md"]
    assert reading.stands == Span()
    assert reading.scheduled_at(NEW_YEAR) == Scheduled(0, 1)
    words = [word_problem(problem) for problem in reading.problems]
    assert "not shown from 2027-06-01 on: `expirydate: 2027-06-01`" in words
    assert words[0].startswith("`publishdate: soon` does not say plainly when the note is shown")
