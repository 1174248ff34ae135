"""Bytes of every age become text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.errors.problems import word_problem
from notegen.read.decode import decode


@pytest.mark.parametrize(
    ("content", "text", "said"),
    [
        (b"", "", []),
        (b"plain\r\nlines\rall", "plain\nlines\nall", []),
        (b"\xef\xbb\xbfmarked", "marked", []),
        ("größe".encode("utf-16"), "größe", ["the text is not UTF-8; read as UTF-16-LE"]),
        ("a plain line".encode("utf-16-be"), "a plain line", ["the text is not UTF-8; read as UTF-16-BE"]),
        (
            "caf\xe9 \u201cquoted\u201d".encode("cp1252"),
            "café “quoted”",
            ["the text is not UTF-8; read as CP1252"],
        ),
        (b"nul\0s", "nuls", []),
        (
            "ünïcödé, mostly".encode() + b"\n\xff",
            "ünïcödé, mostly\n\ufffd",
            ["1 bytes are no text in UTF-8 and show as `\ufffd`"],
        ),
        ("a real \ufffd stays".encode(), "a real \ufffd stays", []),
    ],
)
def test_bytes_become_text(content: bytes, text: str, said: list[str]) -> None:
    """Each encoding is recognised, line ends and marks go, and what is lost is told."""
    got, problems = decode(content, "n.md")
    assert got == text
    assert [word_problem(problem) for problem in problems] == said


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(content: bytes) -> None:
    """Whatever the bytes, text comes out, without carriage returns and NULs."""
    text, _ = decode(content, "n.md")
    assert "\r" not in text
    assert "\0" not in text
