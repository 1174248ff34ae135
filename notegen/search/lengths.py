"""The lengths of notes, rounded to 64 steps: one digit of base 64 for each note, by which a page ranks (BM25)."""

from collections.abc import Sequence

from notegen.search.rules import K1, B


def length_class(length: int) -> int:
    """The step, an eighth to a quarter wide, that a length is in; up to 63."""
    dropped = max(0, length.bit_length() - 3)
    return min(63, 4 * dropped + (length >> dropped))


def class_length(step: int) -> int:
    """The least length of a step."""
    return step if step < 8 else (4 + step % 4) << (step // 4 - 1)


def norms_of(steps: Sequence[int]) -> tuple[float, ...]:
    """What BM25 puts beside the count of a word in each note: more in notes that are longer than the average."""
    lengths = [class_length(step) for step in steps]
    average = sum(lengths) / max(1, len(lengths))
    return tuple(K1 * (1 - B + B * length / average) if average else K1 for length in lengths)
