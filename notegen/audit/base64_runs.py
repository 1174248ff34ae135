"""Finds what may be text in base64: long runs of its letters whose beginning stands for no control characters."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

MIN_RUN = 12
"""Letters of base64, nine bytes of text."""
_LOWER, _OTHER, _NO_BEGINNING = 1, 2, 3
"""Small letters; the rest of base64's; `-` and `_`, which behind small letters alone are those of a word."""
_BYTES_AT_ONCE = 1 << 18


def base64_runs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The runs of letters in some lines that may be base64, each with the place of its line, in order."""
    start = size = 0
    for place, line in enumerate(lines):
        size += len(line) + 1
        if size > _BYTES_AT_ONCE:
            yield from _runs(lines, start, place + 1)
            start, size = place + 1, 0
    yield from _runs(lines, start, len(lines))


def _runs(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    content = "\n".join(lines[start:end]).encode("utf-8", "surrogatepass")
    letters = np.frombuffer(content, np.uint8)
    kinds = _kinds()[letters]
    is_letter = np.zeros(len(letters) + 2, np.bool_)
    np.greater(kinds, 0, out=is_letter[1:-1])
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    begins, ends = edges[::2], edges[1::2]  # (r,)
    long = ends - begins >= MIN_RUN
    begins, ends = begins[long], ends[long]
    # More than a word: its first letter that is no small one is a capital, a digit, `+` or `/`.
    others = np.append(np.flatnonzero(kinds != _LOWER), len(letters))
    first = others[np.searchsorted(others, begins)]
    more = first < ends
    more[more] = kinds[first[more]] == _OTHER
    begins, ends = begins[more], ends[more]
    packed = _is_packed(letters, begins)
    begins, ends = begins[~packed], ends[~packed]
    line_ends = np.flatnonzero(letters == ord("\n"))
    places = np.searchsorted(line_ends, begins)
    for place, low, high in zip(places.tolist(), begins.tolist(), ends.tolist(), strict=True):
        yield start + place, content[low:high].decode("ascii")


def _is_packed(letters: NDArray[np.uint8], begins: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of each run, whether its first nine bytes have control characters: it is packed numbers, as nearly all are."""
    digits = _digits()[letters[begins[:, None] + np.arange(MIN_RUN)]].reshape(
        -1, MIN_RUN // 4, 4
    )  # (r, 3, 4)
    bits = (digits << np.array([18, 12, 6, 0], np.uint32)).sum(axis=2, dtype=np.uint32)  # (r, 3)
    decoded = (bits[:, :, None] >> np.array([16, 8, 0], np.uint32)) & np.uint32(0xFF)  # (r, 3, 3)
    packed: NDArray[np.bool_] = _controls()[decoded].any(axis=(1, 2))
    return packed


@cache
def _kinds() -> NDArray[np.uint8]:
    kinds = np.zeros(256, np.uint8)
    kinds[np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/", np.uint8)] = _OTHER
    kinds[np.frombuffer(b"abcdefghijklmnopqrstuvwxyz", np.uint8)] = _LOWER
    kinds[np.frombuffer(b"-_", np.uint8)] = _NO_BEGINNING
    return kinds


@cache
def _digits() -> NDArray[np.uint32]:
    """By letter, the six bits that it stands for."""
    digits = np.zeros(256, np.uint32)
    for alphabet in (b"+/", b"-_"):
        letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + alphabet
        digits[np.frombuffer(letters, np.uint8)] = np.arange(64)
    return digits


@cache
def _controls() -> NDArray[np.bool_]:
    """By byte, whether no text has it; of UTF-16 each second one is zero, which counts as text here."""
    controls = np.zeros(256, np.bool_)
    controls[1:32] = True
    controls[list(b"\t\n\r")] = False
    controls[127] = True
    return controls
