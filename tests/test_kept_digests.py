"""A file's digest is made once, and again when the disk says that it is another or may be."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from notegen import stamps
from notegen.cache import open_cache
from notegen.kept_digests import kept_digests

LONG_AGO = 10**18
"""Nanoseconds since 1970."""


@pytest.fixture
def asked() -> list[str]:
    """The files whose digests were made, by name."""
    return []


@pytest.fixture
def digest_of(asked: list[str]) -> Callable[[Path], str]:
    """What a file says stands for its digest."""

    def read(path: Path) -> str:
        asked.append(path.name)
        return path.read_text("ascii")

    return read


def test_a_file_is_read_once_until_it_changes(
    tmp_path: Path, asked: list[str], digest_of: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By builds that follow each other; a change of as many letters, with its time put back, is one too."""
    monkeypatch.setattr(stamps, "RACY_NS", -LONG_AGO)  # as if all had been written long ago
    model, other = _file(tmp_path / "model", "12"), _file(tmp_path / "other", "12")
    for _ in range(2):
        with open_cache(tmp_path / "cache") as cache:
            known = kept_digests(cache, digest_of)
            assert [known(model), known(other), known(model)] == ["12", "12", "12"]
    assert asked == ["model", "other"]
    model.unlink()
    _file(model, "34")
    with open_cache(tmp_path / "cache") as cache:
        assert kept_digests(cache, digest_of)(model) == "34"


def test_a_file_that_was_written_just_now_is_read_each_time(
    tmp_path: Path, asked: list[str], digest_of: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could be written once more and look the same."""
    monkeypatch.setattr(stamps, "RACY_NS", LONG_AGO)
    model = _file(tmp_path / "model", "12")
    with open_cache(tmp_path / "cache") as cache:
        known = kept_digests(cache, digest_of)
        assert [known(model), known(model)] == ["12", "12"]
    assert asked == ["model", "model"]


def test_what_refuses_to_be_read_says_so(tmp_path: Path, digest_of: Callable[[Path], str]) -> None:
    """Each time."""
    with open_cache(tmp_path) as cache:
        for _ in range(2):
            with pytest.raises(FileNotFoundError):
                kept_digests(cache, digest_of)(tmp_path / "nothing")


def _file(path: Path, text: str) -> Path:
    path.write_text(text, "ascii")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return path
