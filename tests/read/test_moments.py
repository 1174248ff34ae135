"""The moments that days in front matter name: all ways to write one, in every zone, and what nobody understands."""

from datetime import UTC, date, datetime

import pytest

from notegen.model import Span
from notegen.read.moments import moments_in


def utc(text: str) -> float:
    """Seconds since 1970 of a time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2027-01-01", "2027-01-01"),
        ("2027-01-01T09:30:15.250Z", "2027-01-01T09:30:15"),
        ("2027-01-01 09:30 +02:00", "2027-01-01T07:30"),
        ("2027-01-01T09:30:00-0500", "2027-01-01T14:30"),
        ("2027-01-01T09:30:00−05", "2027-01-01T14:30"),
        ("2027-01-01 09:30 UTC+2", "2027-01-01T07:30"),
        ("2027-01-01 09:30 GMT", "2027-01-01T09:30"),
        ("2027-07-01 09:30 CEST", "2027-07-01T07:30"),
        ("2027-07-01T09:30:00 Europe/Berlin", "2027-07-01T07:30"),
        ("2027-07-01T09:30:00+02:00[Europe/Berlin]", "2027-07-01T07:30"),
        ("2027-01-01 9pm", "2027-01-01T21:00"),
        ("2027-01-01 at 9:30 p.m.", "2027-01-01T21:30"),
        ("2027-01-01 21h30", "2027-01-01T21:30"),
        ("2027-01-01, 9 Uhr", "2027-01-01T09:00"),
        ("Fri, 1 Jan 2027 10:00:00 +0000", "2027-01-01T10:00"),
        ("1st of January 2027", "2027-01-01"),
        ("2027年1月1日", "2027-01-01"),
        ("令和9年1月1日", "2027-01-01"),
        ("1 มกราคม 2570", "2027-01-01"),
        ("2027–01–01", "2027-01-01"),
        ("2027-W01-1", "2027-01-04"),
        ("2027", "2027-01-01"),
        ("2027-03", "2027-03-01"),
        ("03/2027", "2027-03-01"),
        ("March 2027", "2027-03-01"),
        ("März 2027", "2027-03-01"),
        ("सितंबर 2027", "2027-09-01"),
        ("1798761600", "2027-01-01"),
        ("1798761600000", "2027-01-01"),
        (1798761600, "2027-01-01"),
        ("20270101", "2027-01-01"),
        (date(2027, 1, 1), "2027-01-01"),
        (datetime(2027, 1, 1, 9, tzinfo=UTC), "2027-01-01T09:00"),
        ("2027-01-01 (or so) # a remark", "2027-01-01"),
        ('"[[2027-01-01]]"', "2027-01-01"),
        ("01.02.2027", "2027-02-01"),
        ("２０２７－０１－０１", "2027-01-01"),
        ("01-JAN-2027", "2027-01-01"),
        ("2027/1/1", "2027-01-01"),
        ("2027.01.01 09:00", "2027-01-01T09:00"),
        ("Friday, January 1, 2027", "2027-01-01"),
        ("1/1/27", "2027-01-01"),
        ("2027-01-01T9:00", "2027-01-01T09:00"),
        ("2027-01-01T09:00:00.000000+0000", "2027-01-01T09:00"),
        ({"created": "2027-01-01", "updated": "2028-01-01"}, "2027-01-01"),
    ],
)
def test_a_moment_is_read_in_whatever_way_it_is_written(value: object, moment: str) -> None:
    """Its zone is applied where it is written; a day is its midnight, a month its first day."""
    assert moments_in(value, "UTC", "ask") == Span(utc(moment), utc(moment))


@pytest.mark.parametrize(
    "value",
    [
        "soon", "tomorrow", "2027-13-45", "2027-02-30", "2027-W01", "2027-001-01", "民國116年1月1日", "{{date}}",
        "2026-01-01 or 2027-01-01", "12 of 2027-01-01", True, None, {}, {"year": 2027}, [], ["2027-01-01", "soon"],
        "99", "a week after 2027-01-01", "2027-01-01 + 7", "2027-01-01 or later", "2027–01–01–02",
    ],
)  # fmt: skip
def test_what_nobody_understands_is_no_moment(value: object) -> None:
    """Other calendars, two days, a part of one."""
    assert moments_in(value, "UTC", "ask") is None


def test_what_is_in_doubt_has_a_first_and_a_last_moment() -> None:
    """Words beside a day, a zone that nobody knows, day and month in either order, a list."""
    anywhere = Span(utc("2026-12-31T10:00"), utc("2027-01-02T12:00"))
    assert moments_in("2027-01-01 in the evening", "UTC", "ask") == anywhere
    assert moments_in("2027-01-01 09:00 XYZ", "UTC", "ask") == anywhere
    assert moments_in("2027-01-01 24:00", "UTC", "ask") == anywhere
    assert moments_in("1/2/2027", "UTC", "ask") == Span(utc("2027-01-02"), utc("2027-02-01"))
    assert moments_in("1/2/2027", "UTC", "dmy") == Span(utc("2027-02-01"), utc("2027-02-01"))
    assert moments_in(["2027-01-01", "2026-01-01"], "UTC", "ask") == Span(
        utc("2026-01-01"), utc("2027-01-01")
    )


def test_a_day_begins_where_the_site_is() -> None:
    """In the zone that is asked for, summer time included; days that no clock tells have a moment too."""
    berlin = Span(utc("2027-06-30T22:00"), utc("2027-06-30T22:00"))
    assert moments_in("2027-07-01", "Europe/Berlin", "ask") == berlin
    assert moments_in("2027-07-01", "No/Where", "ask") == moments_in("2027-07-01", "", "ask")
    for value in ("0001-01-01", "9999-12-31"):
        assert moments_in(value, "Pacific/Auckland", "ask")
        assert moments_in(value, "America/Los_Angeles", "ask")
