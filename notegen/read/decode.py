"""Bytes to text, whatever an editor of the last thirty years made of it."""

import codecs
from collections.abc import Mapping

from notegen.model import Code, Place, Problem
from notegen.regex import regex

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SURROGATE = regex("[\ud800-\udfff]")
_SURROGATE_ESCAPE = regex(r"\\(?:u|U0000)[dD][89a-fA-F]")

# NUL ends a text for some libraries; Unicode's noncharacters are for inner use, and notegen uses them.
NO_TEXT = dict.fromkeys((0, *range(0xFDD0, 0xFDF0)))
_NO_TEXT = regex("[\0\ufdd0-\ufdef]")


def decode(content: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    r"""The text with `\n` line ends and no byte order mark or NUL, and what was odd about it.

    In order: a byte order mark decides; valid UTF-8 is UTF-8; NULs at every other byte are UTF-16; a file with more
    good than bad UTF-8 sequences is damaged UTF-8; the rest is Windows' CP1252.
    """
    encoding, start = _encoding(content)
    text = content[start:].decode(encoding, errors="replace")
    problems: list[Problem] = []
    if encoding != "utf-8":
        problems.append(Problem(Code.TEXT_NOT_UTF8, Place(path), (("encoding", encoding.upper()),)))
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    if lost and lost > content.count("\N{REPLACEMENT CHARACTER}".encode()):
        line = text[: text.index("\N{REPLACEMENT CHARACTER}")].count("\n") + 1
        facts = (("count", str(lost)), ("encoding", encoding.upper()))
        problems.append(Problem(Code.TEXT_DECODED_LOSSILY, Place(path, line), facts))
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    # Looking is thirty times as fast as translating, and looking for what both begin with as fast again.
    may_hold = b"\0" in content or b"\xef\xb7" in content or encoding != "utf-8"
    if may_hold and _NO_TEXT.search(plain):
        plain = plain.translate(NO_TEXT)
    return plain, tuple(problems)


def without_surrogates(text: str) -> str:
    r"""The text with a replacement character for every surrogate on its own.

    No file holds one, but escapes make them: `"\ud800"` in YAML and JSON. They can neither be written nor shown.
    """
    try:  # a tenth of the time that looking for them takes
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text


def mapping_without_surrogates(values: Mapping[str, object], raw: str) -> tuple[Mapping[str, object], bool]:
    """The same for all texts in a mapping that was read from the text `raw`, and whether there was any.

    It may hold a value many times, and itself.
    """
    if not _SURROGATE_ESCAPE.search(raw):
        return values, False
    seen: dict[int, object] = {}
    found = False

    def mended(value: object) -> object:
        nonlocal found
        if isinstance(value, str):
            found = found or bool(_SURROGATE.search(value))
            return without_surrogates(value)
        if isinstance(value, dict | list) and id(value) not in seen:
            seen[id(value)] = None  # what holds itself is cut there
            seen[id(value)] = (
                {mended(key): mended(one) for key, one in value.items()}
                if isinstance(value, dict)
                else [mended(one) for one in value]
            )
        return seen.get(id(value), value)

    return {str(mended(key)): mended(value) for key, value in values.items()}, found


def _encoding(content: bytes) -> tuple[str, int]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return (_utf16_without_mark(content) or "utf-8"), 0
    if wide := _utf16_without_mark(content):
        return wide, 0
    damaged = content.decode("utf-8", errors="replace")
    bad = damaged.count("\N{REPLACEMENT CHARACTER}")
    good = sum(ord(letter) > 127 for letter in damaged) - bad
    return ("utf-8" if good > bad else "cp1252"), 0


def _utf16_without_mark(content: bytes) -> str | None:
    head = content[:2000]
    if head.count(0) <= len(head) * 0.3:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
