"""What part of a file a request asks for, and whether it has the file already: RFC 9110, sections 13 and 14."""

import re
import time
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import Protocol

from msgspec import Struct

from notegen.regex import regex

_STARTED = float(int(time.time()))
_RANGE = regex(r"bytes=[ \t]*(?P<first>\d{0,18})-(?P<last>\d{0,18})[ \t]*", re.IGNORECASE)


class FileStamp(Protocol):
    """What tells one version of a file from another, as the disk says it."""

    @property
    def st_size(self) -> int:
        """Bytes."""

    @property
    def st_mtime(self) -> float:
        """Seconds."""

    @property
    def st_mtime_ns(self) -> int:
        """Nanoseconds."""


class ContentStamp(Struct, frozen=True):
    """The same of content that lies on no disk."""

    st_size: int
    st_mtime: float
    st_mtime_ns: int


def stamp_of(content: bytes) -> ContentStamp:
    """The stamp of a content, as old as this process; another content has another."""
    digest = int.from_bytes(blake2b(content, digest_size=8).digest(), "big")
    return ContentStamp(len(content), _STARTED, digest)


class Answer(Struct, frozen=True):
    """What of a file is sent: the bytes from `start` on, `length` of them, with these headers."""

    status: HTTPStatus
    start: int
    length: int
    headers: Mapping[str, str]


def answer_for(asked: Mapping[str, str], file: FileStamp, *, whole: bool = False) -> Answer:
    """The answer to a request with these headers, their names in lower case.

    Several ranges at once are answered with the whole file, as is one that is no range, or of another version.

    Args:
        whole: never a part, as for HEAD.
    """
    size = file.st_size
    tag = f'"{file.st_mtime_ns:x}-{size:x}"'
    modified = int(file.st_mtime)
    headers = {"Accept-Ranges": "bytes", "ETag": tag, "Last-Modified": formatdate(modified, usegmt=True)}
    if not _is_wanted(asked, tag, modified):
        return Answer(HTTPStatus.PRECONDITION_FAILED, 0, 0, headers)
    if _is_known(asked, tag, modified):
        return Answer(HTTPStatus.NOT_MODIFIED, 0, 0, headers)
    span = _RANGE.fullmatch(asked.get("range", ""))
    if whole or span is None or not _is_version(asked.get("if-range", ""), tag, modified):
        return Answer(HTTPStatus.OK, 0, size, headers)
    first, last = span["first"], span["last"]
    if not first and not last:
        return Answer(HTTPStatus.OK, 0, size, headers)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if first and last and int(last) < start:
        return Answer(HTTPStatus.OK, 0, size, headers)  # no range: to be ignored
    if start >= size or (not first and int(last) == 0):
        unsatisfied = {**headers, "Content-Range": f"bytes */{size}"}
        return Answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, 0, 0, unsatisfied)
    part = {**headers, "Content-Range": f"bytes {start}-{end}/{size}"}
    return Answer(HTTPStatus.PARTIAL_CONTENT, start, end - start + 1, part)


def _is_wanted(asked: Mapping[str, str], tag: str, modified: int) -> bool:
    """Whether the file is still the one that the request is about."""
    if "if-match" in asked:
        return asked["if-match"].strip() == "*" or tag in _tags(asked["if-match"])
    since = _seconds(asked.get("if-unmodified-since", ""))
    return since is None or modified <= since


def _is_known(asked: Mapping[str, str], tag: str, modified: int) -> bool:
    """Whether whoever asks has this version of the file."""
    if "if-none-match" in asked:
        known = asked["if-none-match"]
        return known.strip() == "*" or tag in [one.removeprefix("W/") for one in _tags(known)]
    since = _seconds(asked.get("if-modified-since", ""))
    return since is not None and modified <= since


def _is_version(asked: str, tag: str, modified: int) -> bool:
    """Whether a part of this version goes on from the part that whoever asks has."""
    return not asked or asked.strip() == tag or _seconds(asked) == modified


def _tags(listed: str) -> list[str]:
    return [one.strip() for one in listed.split(",")]


def _seconds(text: str) -> int | None:
    try:
        return int(parsedate_to_datetime(text).timestamp()) if text else None
    except (ValueError, TypeError, OverflowError):
        return None
