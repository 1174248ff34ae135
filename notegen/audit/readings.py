"""A file of a site in all the ways that it can be read: as it is, unescaped, decoded, as the page reads its data."""

import base64
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from pathlib import PurePosixPath
from urllib.parse import unquote

from notegen.audit.data_scripts import lines_of_script
from notegen.audit.pixels import without_pixels

ENCODINGS = ("utf-8", "utf-16", "folded", "percent", "html", "json", "base64", "punycode", "gzip", "data")
"""How files are read; `notegen/reports.py` has words for each."""

_WORDS_AND_ADDRESS = "]("
"""What stands between a link's words and its address in Markdown: no row of words goes over it."""

_SCRIPT = re.compile(rb'notegen\.add\("')
_ESCAPE = re.compile(r"&(?:#|\w{2,8};)|%[0-9a-fA-F]{2}|\\[bfnrtux\"/]|xn--")
_LETTER = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_PUNYCODE = re.compile(r"xn--([a-z0-9-]+)", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z0-9+/_-]{12,}")
_MIXED = re.compile(r"[a-z]*[A-Z0-9+/]")
"""The beginning of a run that is more than a word: of base64, as a rule, or of an address."""
_PRINTED = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]{6,}")
_NO_TEXT = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MAX_UNPACKED = 64_000_000  # bytes
_BINARY = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .bmp .ico .pdf .mp3 .mp4 .m4a .mov .mkv .ogg .ogv .wav .webm .flac .woff .woff2 "
    ".ttf .otf .zip .7z .epub".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file or an entry of a shard; `written` is as in the file, `read` what it stands for."""

    number: int
    written: str
    read: str


def lines_of(url: str, content: bytes, seen: set[int], held: dict[int, int]) -> Iterator[Line]:
    """What a file says, line by line; lines that were seen in another file already are left out.

    Args:
        seen: the hashes of the lines of the files before; gets those of this one.
        held: gets the hashes of all lines of this file, each with the number of one that has it.
    """
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    content = without_pixels(content)
    if _SCRIPT.match(content):
        numbered = lines_of_script(content.decode("utf-8", "replace"))
    else:
        numbered = enumerate(_text_of(url, content).split("\n"), 1)
        if url.endswith((".md", ".txt")):
            numbered = (
                (number, part) for number, line in numbered for part in line.split(_WORDS_AND_ADDRESS)
            )
    new: list[tuple[int, str]] = []
    for number, line in numbered:
        held[mark := hash(line)] = number
        if mark not in seen:
            new.append((number, line))
    seen.update(held)
    yield from readings_of(new)


def readings_of(numbered: Sequence[tuple[int, str]]) -> Iterator[Line]:
    """All that lines can be read as, each with its number."""
    reads = [
        plain(line) if "&" in line or "%" in line or "\\" in line or "xn--" in line else line
        for _, line in numbered
    ]
    runs = _base64_runs(reads)
    for place, ((number, line), read) in enumerate(zip(numbered, reads, strict=True)):
        yield Line(number, line, read)
        for run in runs.get(place, ()):
            for decoded in _decoded(run):
                yield Line(number, line, decoded)


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


def _base64_runs(lines: Sequence[str]) -> dict[int, list[str]]:
    """What may be base64, by the line that has it; all lines are looked through at once, since few have any."""
    ends = list(accumulate(len(line) + 1 for line in lines))
    runs: dict[int, list[str]] = {}
    for found in _RUN.finditer("\n".join(lines)):
        if _MIXED.match(found[0]):
            runs.setdefault(bisect_right(ends, found.start()), []).append(found[0])
    return runs


def _decoded(run: str) -> Iterator[str]:
    """What a run of base64 stands for, where that is text."""
    code = run.replace("-", "+").replace("_", "/")
    if _NO_TEXT.search(base64.b64decode(code[:12])):  # packed numbers, as nearly all that there are
        return
    try:
        content = base64.b64decode(code[: len(code) // 4 * 4] + _rest(code))
    except ValueError:
        return
    for encoding in ("utf-16-le", "utf-16-be") if 0 in content else ("utf-8",):
        text = content.decode(encoding, "replace")
        if text.isprintable() and "\ufffd" not in text:
            yield text
        elif len(content) > 30 and content.isascii():
            yield " ".join(text.split())


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
