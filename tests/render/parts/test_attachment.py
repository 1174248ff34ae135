"""Attachments: one that is as it was is not read again; whatever changed of it, the site has what it holds now."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import notegen.render.parts.attachment
from notegen.cache import VectorCache, open_cache
from notegen.config import AttachmentMetadata
from notegen.model import KnownFile, OutputFile
from notegen.render.parts.attachment import published_files
from tests.metadata.test_metadata import SECRET, jpeg


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    """An empty one."""
    with open_cache(tmp_path / "cache") as cache:
        yield cache


@pytest.fixture(autouse=True)
def nothing_is_racy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that a test has just written count as old."""
    monkeypatch.setattr(notegen.render.parts.attachment, "RACY_NS", 0)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A picture with metadata, and a file that is copied as it is."""
    contents = {"photo.jpg": jpeg(), "paper.pdf": b"%PDF-1.7\n"}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents}


def published(
    files: dict[str, Path], cache: VectorCache | None, metadata: AttachmentMetadata = "strip"
) -> dict[str, bytes]:
    """What is published under each address."""
    made = published_files(files, metadata, cache)
    return {file.url: held if isinstance(held := file.content, bytes) else held.read_bytes() for file in made}


def refuse_to_read(file: OutputFile, metadata: AttachmentMetadata) -> OutputFile:
    """Stands in for what reads one."""
    raise AssertionError(f"{file.url} was read")


def test_a_file_that_is_as_it_was_is_not_read(
    files: dict[str, Path], cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a picture that is cleaned nor what is copied."""
    first = published(files, cache)
    assert SECRET not in first["photo.jpg"]
    assert first == published(files, cache=None)
    with monkeypatch.context() as patched:
        patched.setattr(notegen.render.parts.attachment, "published_file", refuse_to_read)
        known = [*published_files(files, "strip", cache)]
    assert [file.size for file in known if isinstance(file, KnownFile)] == [len(first[url]) for url in files]
    assert {file.url: file.content for file in known} == {**first, "paper.pdf": files["paper.pdf"]}


def write_again(file: Path) -> None:
    """Other bytes, as many of them, and the time that it had."""
    seen = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def put_another_in_place(file: Path) -> None:
    """As rsync and editors do."""
    other = file.with_suffix(".other")
    other.write_bytes(file.read_bytes()[::-1])
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)


@pytest.mark.parametrize("change", [write_again, put_another_in_place])
def test_a_file_of_the_same_size_and_time_that_holds_something_else_is_published(
    files: dict[str, Path], cache: VectorCache, change: object
) -> None:
    """The disk still tells them apart."""
    published(files, cache)
    assert callable(change)
    change(files["paper.pdf"])
    assert published(files, cache)["paper.pdf"] == b"%PDF-1.7\n"[::-1]


def test_two_files_exchange_their_names(files: dict[str, Path], cache: VectorCache) -> None:
    """What is known is known of a file, wherever it lies."""
    first = published(files, cache)
    photo, paper = files.values()
    photo.rename(photo.with_name("aside"))
    paper.rename(photo)
    photo.with_name("aside").rename(paper)
    assert published(files, cache) == dict(zip(files, reversed(first.values()), strict=True))


def test_metadata_comes_and_goes_with_the_setting(files: dict[str, Path], cache: VectorCache) -> None:
    """What was kept under the other setting is not taken."""
    assert SECRET not in published(files, cache)["photo.jpg"]
    assert SECRET in published(files, cache, "keep")["photo.jpg"]
    assert SECRET not in published(files, cache)["photo.jpg"]


def test_one_that_was_just_written_is_read_again(
    files: dict[str, Path], cache: VectorCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could be written once more and look the same."""
    monkeypatch.setattr(notegen.render.parts.attachment, "RACY_NS", 1 << 60)
    published(files, cache)
    monkeypatch.setattr(notegen.render.parts.attachment, "published_file", refuse_to_read)
    with pytest.raises(AssertionError, match="was read"):
        published(files, cache)


def test_one_that_is_gone_is_left_to_whoever_copies_it(files: dict[str, Path], cache: VectorCache) -> None:
    """Who copies it says that it cannot be read."""
    published(files, cache)
    files["paper.pdf"].unlink()
    (file,) = (file for file in published_files(files, "strip", cache) if file.url == "paper.pdf")
    assert file.content == files["paper.pdf"]
