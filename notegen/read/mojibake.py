"""Text that was UTF-8, was read as something else, and was saved again: `Ã©` for `é`, `‚Äî` for a dash.

ftfy knows what such text looks like. It judges a line, and a line of few letters says too little, so what it proves of
one line is then believed of the whole note. It misses most punctuation and emoji that went through Mac Roman, where
Apple's logo, or a low quotation mark with two accented letters after it, leaves no doubt: that is looked for here.
"""

import re
import unicodedata
from functools import cache

from msgspec import Struct

from notegen.read.code_spans import without_code
from notegen.regex import regex

# ftfy's, under the names that Python itself knows.
_ENCODINGS = (
    "latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso-8859-2", "mac_roman", "cp437"
)  # fmt: skip
_MAC = "mac_roman"
_FTFY_NAMES = {"macroman": _MAC, **{str(n): f"cp{n}" for n in range(1250, 1258)}}
_LEADS, _CONTINUATIONS = range(0xC2, 0xF5), range(0x80, 0xC0)
_LONG = ((range(0xE1, 0xF0), 2), (range(0xF0, 0xF5), 3))
_SHORT = ((range(0xC2, 0xC4), 1),)
"""The accented letters of western Europe; only where these bytes are no letters that stand side by side in words."""
_SHORT_IN = ("latin-1", "cp1252", _MAC, "cp437")
_SURE_MAC = regex("[\u2010-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u27bf\U0001f000-\U0001faff]")
"""Punctuation, currencies, arrows, shapes and emoji: nobody's low quotation mark is followed by their bytes."""

_ASCII = regex(r"[\x00-\x7f]+")


class Garbled(Struct, frozen=True):
    """A text with mojibake: the text as it was meant, and the first spot of it."""

    text: str
    """Line by line what the garbled text is, letters outside the mojibake untouched."""
    line: int
    column: int
    found: str
    meant: str
    lines: int
    """How many lines differ."""


def find_garbled(text: str) -> Garbled | None:
    """The mojibake of a text, or None; a text that only shows some as code is not garbled.

    Costs nothing for ASCII, and about 5 ms a megabyte for other text, unless two neighbours in it could be the bytes
    of one letter.
    """
    if text.isascii() or not _suspicious().search(_ASCII.sub(" ", text)):
        return None
    proofs = [proof for _, line in without_code(text) if (proof := _proof(line)) is not None]
    if not proofs:
        return None
    encodings = sorted(frozenset[str]().union(*proofs))
    lines = text.split("\n")
    repaired = [_repair(line, encodings) for line in lines]
    differ = [number for number, line in enumerate(lines) if line != repaired[number]]
    if not differ:
        return None
    first = differ[0]
    column, found, meant = _difference(lines[first], repaired[first])
    return Garbled("\n".join(repaired), first + 1, column + 1, found, meant, len(differ))


def _proof(line: str) -> frozenset[str] | None:
    """The encodings that a line was surely read in by mistake, where they can be told; None for a line in order."""
    if not _suspicious().search(line):
        return None
    mended, encodings = _ftfy(line)
    if any(_SURE_MAC.fullmatch(_decode(match[0], _MAC)) for match in _sequences(_MAC).finditer(line)):
        return encodings | {_MAC}
    return encodings if mended != line else None


def _repair(line: str, encodings: list[str]) -> str:
    """The line with what was proved of the note; ftfy goes first, since it turns a whole line or nothing."""
    if not _suspicious().search(line):
        return line
    line = _ftfy(line)[0]
    for encoding in encodings:
        line = _sequences(encoding).sub(lambda match: _decode(match[0], encoding), line)  # noqa: B023
    return line


def _decode(sequence: str, encoding: str) -> str:
    """What the letters were before they were read in that encoding; themselves when they were nothing visible."""
    try:
        meant = sequence.encode(encoding).decode("utf-8")
    except UnicodeError:
        return sequence
    return meant if unicodedata.category(meant)[0] in "LMNPS" else sequence


def _ftfy(line: str) -> tuple[str, frozenset[str]]:
    """The line with its encoding mended and nothing else, and the encodings that it had been read in."""
    # Here, not on top: it takes a third of the time that the whole command line takes to start.
    from ftfy import TextFixerConfig, fix_encoding_and_explain

    mended, steps = fix_encoding_and_explain(line, TextFixerConfig(replace_lossy_sequences=False))
    # A line separator would split a line in two, and control characters belong to no text.
    if any(unicodedata.category(letter) in ("Cc", "Cn", "Zl", "Zp") for letter in set(mended) - set(line)):
        return line, frozenset()
    encodings = (
        step.parameter.removeprefix("sloppy-windows-") for step in steps or () if step.action == "encode"
    )
    return mended, frozenset(_FTFY_NAMES.get(name, name) for name in encodings)


def _difference(before: str, after: str) -> tuple[int, str, str]:
    """The column, from 0, of the first garbled letters, what they are and what they were meant to be."""
    start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    while start and not before[start - 1].isascii() and before[start - 1] != " ":
        start -= 1
    stop = start
    while stop < len(before) and stop - start < 12 and not before[stop].isascii():
        stop += 1
    rest = before[stop : stop + 8]
    end = after.find(rest, start) if rest else len(after)
    return start, before[start:stop], after[start : end if end > start else start + 1]


@cache
def _suspicious() -> re.Pattern[str]:
    """Two neighbours that one encoding writes as the first two bytes of a UTF-8 sequence."""
    # A no-break space is often typed over with a plain one: `Ã ` for `à`.
    pairs = [f"[{_letters(_LEADS, e)}][{_letters(_CONTINUATIONS, e)}]" for e in _ENCODINGS]
    return re.compile("|".join([*dict.fromkeys(pairs), "[ÃÂ] "]))


@cache
def _sequences(encoding: str) -> re.Pattern[str]:
    """What UTF-8's sequences look like when they are read in that encoding: the long ones, and sure short ones."""
    shapes = (*_LONG, *(_SHORT if encoding in _SHORT_IN else ()))
    continuation = _letters(_CONTINUATIONS, encoding)
    return re.compile(
        "|".join(f"[{_letters(leads, encoding)}][{continuation}]{{{n}}}" for leads, n in shapes)
    )


def _letters(values: range, encoding: str) -> str:
    return re.escape(bytes(values).decode(encoding, errors="ignore"))
