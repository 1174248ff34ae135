"""Parts of files, and files that a browser has already."""
# ruff: noqa: E501  # tables, a row a line

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from notegen.serve.conditions import answer_for

TAG = '"65920080-a"'


@pytest.fixture
def ten(tmp_path: Path) -> os.stat_result:
    """A file of ten bytes, of the first day of 2024."""
    (tmp_path / "ten").write_bytes(b"0123456789")
    os.utime(tmp_path / "ten", ns=(0x65920080, 0x65920080))
    return (tmp_path / "ten").stat()


@pytest.mark.parametrize(
    ("range", "status", "start", "length"),
    [
        ("bytes=0-3", 206, 0, 4), ("bytes=4-", 206, 4, 6), ("bytes=-3", 206, 7, 3), ("bytes=-30", 206, 0, 10),
        ("bytes=9-9", 206, 9, 1), ("bytes=0-99", 206, 0, 10), ("Bytes= 0-3 ", 206, 0, 4),
        ("bytes=10-", 416, 0, 0), ("bytes=10-12", 416, 0, 0), ("bytes=-0", 416, 0, 0),
        ("bytes=3-2", 200, 0, 10), ("bytes=-", 200, 0, 10), ("bytes=a-b", 200, 0, 10), ("lines=0-3", 200, 0, 10),
        ("bytes=0-1,3-4", 200, 0, 10), ("", 200, 0, 10), ("bytes=" + "9" * 5000 + "-", 200, 0, 10), ("bytes=--3", 200, 0, 10),
    ],
)  # fmt: skip
def test_a_range_is_a_part_of_the_file(
    ten: os.stat_result, range: str, status: int, start: int, length: int
) -> None:
    """From a byte on, to a byte, or the last ones; what is none is the whole, what is behind the end is refused."""
    answer = answer_for({"range": range}, ten)
    assert (answer.status, answer.start, answer.length) == (status, start, length)
    if status == 206:
        assert answer.headers["Content-Range"] == f"bytes {start}-{start + length - 1}/10"
    elif status == 416:
        assert answer.headers["Content-Range"] == "bytes */10"


def test_an_empty_file_has_no_part(tmp_path: Path) -> None:
    """Every range is behind its end."""
    (tmp_path / "none").touch()
    none = (tmp_path / "none").stat()
    assert [answer_for({"range": r}, none).status for r in ("bytes=0-", "bytes=-1", "")] == [416, 416, 200]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"if-none-match": TAG}, 304), ({"if-none-match": f'"x", W/{TAG}'}, 304), ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"x"'}, 200), ({"if-match": TAG}, 200), ({"if-match": "*"}, 200), ({"if-match": '"x"'}, 412),
        ({"if-modified-since": "Thu, 01 Jan 1970 00:00:01 GMT"}, 304), ({"if-modified-since": "Wed, 31 Dec 1969 23:59:59 GMT"}, 200),
        ({"if-modified-since": "yesterday"}, 200), ({"if-modified-since": "Thu, 01 Jan 99999 00:00:01 GMT"}, 200),
        ({"if-unmodified-since": "Thu, 01 Jan 1970 00:00:01 GMT"}, 200), ({"if-unmodified-since": "Wed, 31 Dec 1969 23:59:59 GMT"}, 412),
        ({"if-none-match": '"x"', "if-modified-since": "Thu, 01 Jan 1970 00:00:01 GMT"}, 200),
        ({"range": "bytes=0-1", "if-range": TAG}, 206), ({"range": "bytes=0-1", "if-range": '"x"'}, 200),
        ({"range": "bytes=0-1", "if-range": f"W/{TAG}"}, 200), ({"range": "bytes=0-1", "if-range": "Thu, 01 Jan 1970 00:00:01 GMT"}, 206),
        ({"range": "bytes=0-1", "if-range": "Fri, 02 Jan 1970 00:00:01 GMT"}, 200),
    ],
)  # fmt: skip
def test_conditions_are_heeded(ten: os.stat_result, asked: Mapping[str, str], status: int) -> None:
    """By the mark of a version and by its time; a mark that is given outdoes a time."""
    assert answer_for(asked, ten).status == status


def test_a_question_about_a_file_has_no_part(ten: os.stat_result) -> None:
    """HEAD is answered with the whole length."""
    answer = answer_for({"range": "bytes=0-1"}, ten, whole=True)
    assert (answer.status, answer.length) == (200, 10)
