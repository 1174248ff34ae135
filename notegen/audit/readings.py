"""Reads a file of a site in every way in which it may be read: as it is, unescaped, decoded, as the page reads data."""

import re
import zlib
from binascii import a2b_base64
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct

from notegen.audit.base64_runs import base64_runs
from notegen.audit.data_scripts import lines_of_script
from notegen.audit.numbers import without_numbers
from notegen.audit.pixels import without_pixels
from notegen.regex import regex

ENCODINGS = ("utf-8", "utf-16", "folded", "percent", "html", "json", "base64", "punycode", "gzip", "data")
"""How files are read; `notegen/reports.py` has words for each."""

LINE_END = " | "
"""What stands for the end of a line within one that is read: no row of words goes over it."""

_WORDS_AND_ADDRESS = "]("
"""What stands between a link's words and its address in Markdown: no row of words goes over it."""

_SCRIPT = regex(rb'notegen\.add\("')
_ESCAPE = regex(r"&(?:#|\w{2,8};)|%[0-9a-fA-F]{2}|\\[bfnrtux\"/]|xn--")
_LETTER = regex(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_PUNYCODE = regex(r"xn--([a-z0-9-]+)", re.IGNORECASE)
_PRINTED = regex(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]{6,}")
_MAX_UNPACKED = 64_000_000  # bytes
_BINARY = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .bmp .ico .pdf .mp3 .mp4 .m4a .mov .mkv .ogg .ogv .wav .webm .flac .woff .woff2 "
    ".ttf .otf .zip .7z .epub".split()
)


class Line(Struct, frozen=True):
    """A line of a file or an entry of a shard; `written` is as in the file, `read` what it stands for."""

    number: int
    written: str
    read: str


class Lines(Struct, frozen=True):
    """The lines of a file, or the texts of a shard, as written, each with its number."""

    numbers: Sequence[int]
    written: Sequence[str]


def lines_of(url: str, content: bytes) -> Lines:
    """What a file says, line by line."""
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    content = without_numbers(without_pixels(content))
    if _SCRIPT.match(content):
        return _listed(lines_of_script(content.decode("utf-8", "replace")))
    lines = _text_of(url, content).split("\n")
    if url.endswith((".md", ".txt")):
        return _listed(
            (number, part) for number, line in enumerate(lines, 1) for part in line.split(_WORDS_AND_ADDRESS)
        )
    return Lines(range(1, len(lines) + 1), lines)


def _listed(numbered: Iterable[tuple[int, str]]) -> Lines:
    every = [*numbered]
    return Lines([number for number, _ in every], [line for _, line in every])


def reads_of(lines: Sequence[str]) -> list[str]:
    """What each line stands for, its escapes undone, as one line."""
    return [
        plain(line).replace("\n", LINE_END)
        if "&" in line or "%" in line or "\\" in line or "xn--" in line or "\n" in line
        else line
        for line in lines
    ]


def plain(line: str) -> str:
    """A line with all escapes undone, also those within others."""
    for _ in range(3):
        if not _ESCAPE.search(line):
            break
        before = line
        if "\\" in line:
            line = _without_backslashes(line)
        if "&" in line:
            line = unescape(line)
        if "%" in line:
            line = unquote(line)
        if "xn--" in line:
            line = _PUNYCODE.sub(lambda found: _from_punycode(found[1]), line)
        if line == before:
            break
    return line


def _without_backslashes(line: str) -> str:
    line = _LETTER.sub(lambda found: _letter(found[1] or found[2] or found[3]), line)
    return re.sub(r"\\([bfnrt])", " ", line).replace('\\"', '"').replace("\\/", "/")


def _letter(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code < 0x110000 else " "


def _from_punycode(code: str) -> str:
    try:
        return code.encode("ascii").decode("punycode")
    except UnicodeError:
        return code


def decoded_in(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What lines have in base64, where that is text, each with the place of its line; in order.

    All lines are looked through at once, since few have any.
    """
    for place, run in base64_runs(lines):
        for text in _decoded(run):
            yield place, text


def _decoded(run: str) -> Iterator[str]:
    """What a run of base64 stands for, where that is text."""
    code = run.replace("-", "+").replace("_", "/")
    try:
        content = a2b_base64(code[: len(code) // 4 * 4] + _rest(code))
        texts = (content.decode(),) if 0 not in content else _from_utf_16(content)
    except ValueError:
        return
    for text in texts:
        if text.isprintable() and "\ufffd" not in text:
            yield text
        elif len(content) > 30 and content.isascii():
            yield " ".join(text.split())


def _from_utf_16(content: bytes) -> tuple[str, ...]:
    return tuple(content.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be"))


def _rest(code: str) -> str:
    rest = code[len(code) // 4 * 4 :]
    return rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""


def _text_of(url: str, content: bytes) -> str:
    if b"\0" in content[:4000]:
        if content[:4000].count(0) > len(content[:4000]) * 0.3:
            return content.decode(
                "utf-16-be" if content[:1] == b"\0" or content[:2] == b"\xfe\xff" else "utf-16-le", "replace"
            )
        return "\n".join(_PRINTED.findall(content.decode("latin-1")))
    if PurePosixPath(url).suffix.lower() in _BINARY:
        return "\n".join(_PRINTED.findall(content.decode("latin-1")))
    return content.decode("utf-8", "replace")


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(content, _MAX_UNPACKED)
    except zlib.error:
        return content
