"""What is printed arrives whole, whatever the stream below does with it."""

import io
import sys
from pathlib import Path

import click
import pytest

from notegen.__main__ import as_utf8
from notegen.cli.terminal import set_up_streams

SAID = "日記 " * 1000


class Interrupted(io.FileIO):
    """A pipe that is full whenever somebody writes, and takes a few bytes before a signal comes."""

    def write(self, content: object, /) -> int:
        """As the system does it, which gives how many went out."""
        return super().write(bytes(memoryview(content))[:7])  # type: ignore[arg-type]  # bytes of any kind


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", SAID), ("ascii", r"\u65e5\u8a18 " * 1000)])
@pytest.mark.parametrize("way", ["letters", "bytes"])
def test_without_a_buffer_all_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str, way: str
) -> None:
    """As PYTHONUNBUFFERED asks for it, in images of containers above all; and each line as soon as it is said."""
    file = tmp_path / "said"
    with Interrupted(file, "w") as below:
        monkeypatch.setattr(sys, "stderr", None)
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(below, encoding, write_through=True))
        set_up_streams()
        set_up_streams()
        if way == "bytes":
            click.echo(shown.encode(encoding))
        else:
            print(SAID)
        assert file.read_text(encoding) == f"{shown}\n"


@pytest.mark.parametrize(
    ("word", "encoding", "read"),
    [
        ("Zürich", "iso8859-1", "Zürich"),
        ("日記", "euc-jp", "日記"),
        ("日記", "utf-8", "日記"),
        ("Zürich", "utf-8", "Zürich"),
    ],
)
def test_a_word_is_read_as_it_was_typed_or_completed(word: str, encoding: str, read: str) -> None:
    """In a terminal of another encoding names of files are UTF-8 nonetheless."""
    terminal = "iso8859-1" if encoding == "utf-8" else encoding
    assert as_utf8(word.encode(encoding), terminal).decode("utf-8") == read


def test_a_word_that_is_no_text_stays_as_it_is() -> None:
    """It may be a file's name."""
    assert as_utf8(b"a\xff", "ascii") == b"a\xff"
