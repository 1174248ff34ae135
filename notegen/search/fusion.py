"""One ranking from two: what words say and what meaning says. The page's `fusion.ts` is the same in TypeScript."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from math import floor
from sys import maxsize
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.exact import logarithm
from notegen.search.rules import (
    LENGTH_DISCOUNT,
    LENGTH_UNIT,
    MIN_COSINE,
    MIN_COSINE_RANGE,
    MIN_MEANT_FAMILIARITY,
    NEAR_SIMILARITY,
    SCORE_STEPS,
    UNSCANNED_SIMILARITY,
)
from notegen.search.vector_index import PassageScores
from notegen.text.familiarity import MAX_FAMILIARITY

Why = Literal["words", "meaning", "words and meaning", "filters"]
"""What brought a note; filters alone bring notes to a question that has nothing else."""


class NoteScores(Struct, frozen=True):
    """How close notes are to a question."""

    cosines: Mapping[int, float]
    """The cosine of each note's closest passage; notes of which no passage was looked at are missing."""
    mean: float
    """About the cosine of the mean of all passages."""
    discounts: Mapping[int, float] = field(default_factory=dict)
    """What notes count less close than they are when they are ranked; what is near enough to be shown stays so."""


class Ranked(Struct, frozen=True):
    """A note of the ranking: `score` is 0 to 1."""

    note: int
    score: float
    why: Why


def fuse(
    lexical: Mapping[int, float],
    semantic: NoteScores | None,
    *,
    weight: float,
    limit: int,
    pinned: Mapping[int, int] | None = None,
    min_cosine: float = MIN_COSINE,
    levels: Sequence[int] | None = None,
    numbers: Sequence[int] | None = None,
) -> list[Ranked]:
    """Notes best first, at most `limit`; ties by the words' score, then by number.

    Args:
        lexical: the notes that match any word, with scores from 0 to 1.
        semantic: how close notes are in meaning; None to rank by words alone.
        weight: how much meaning counts, 0 to 1.
        limit: how many at most.
        pinned: notes that come before all others, those with the lowest number first; their score is 1.
        min_cosine: below it a note without a word of the question is not shown.
        levels: how well the model knows each note, for this question; None for very well. Meaning weighs so much
            less. Below MIN_MEANT_FAMILIARITY it brings no note that has no word of the question, and takes from what
            the words say in proportion, so that it decides only between notes of which they say nearly the same.
        numbers: of the notes, as the page knows them; None where they are the notes.

    Cosines are scaled to 0 to 1 from the garden's mean up to the best note. Against the usual minimum, which is one
    odd note, the mean lifts nDCG@10 over the labelled sets from .812 to .827; zero gives .817, no scaling .802.
    At a weight of one half no note without a word of the question comes before the only note with all of them.
    A note that was not looked at never comes before one that was and is near.
    """
    pinned = pinned or {}
    if semantic is None:
        notes = lexical.keys() | pinned.keys()
        ranked = [Ranked(note, 1.0 if note in pinned else lexical[note], "words") for note in notes]
        return _best(ranked, lexical, limit, pinned, numbers=numbers)
    counted = {note: cosine - semantic.discounts.get(note, 0.0) for note, cosine in semantic.cosines.items()}
    closest = max(counted.values(), default=semantic.mean)
    ranked = []
    unscanned: list[Ranked] = []
    lowest_near = 1.0
    for note in lexical.keys() | semantic.cosines.keys() | pinned.keys():
        by_words, cosine = lexical.get(note, 0.0), semantic.cosines.get(note)
        level = levels[note] if levels else MAX_FAMILIARITY
        share = level_weight(weight, level)
        similarity = (
            UNSCANNED_SIMILARITY if cosine is None else _scaled(counted[note], semantic.mean, closest)
        )
        is_close = cosine is not None and cosine >= min_cosine
        may_be_meant = weight and is_close and level >= MIN_MEANT_FAMILIARITY
        if by_words or note in pinned or (may_be_meant and similarity > 0):
            score = 1.0 if note in pinned else _note_score(by_words, similarity, share, level)
            is_near = is_close and similarity >= NEAR_SIMILARITY
            # What is said of a note that the model hardly knows puts no other behind it.
            if is_near and weight and level == MAX_FAMILIARITY:
                lowest_near = min(lowest_near, score)
            by_both = bool(by_words or note in pinned), is_near
            (unscanned if cosine is None else ranked).append(Ranked(note, score, _WHY[by_both]))
    capped = [
        one if one.note in pinned else replace(one, score=min(one.score, lowest_near)) for one in unscanned
    ]
    behind = {one.note for one in capped}
    return _best([*ranked, *capped], lexical, limit, pinned, behind=behind, numbers=numbers)


def _note_score(by_words: float, similarity: float, share: float, level: int) -> float:
    if level < MIN_MEANT_FAMILIARITY:
        return by_words * (1 - share + share * similarity)
    return (1 - share) * by_words + share * similarity


def level_weight(weight: float, level: int) -> float:
    """How much meaning counts for a note that the model knows so well; `weight` where it knows it."""
    return weight * level / MAX_FAMILIARITY


def note_scores(scores: PassageScores, starts: Sequence[int], *, precise: bool = False) -> NoteScores:
    """How close notes are: as their closest passage, a long one somewhat less where a question is precise.

    Args:
        scores: of passages.
        starts: where each note's passages begin, and the last one's end.
        precise: whether the question has so many words that it asks for one thing.
    """
    best: dict[int, float] = {}
    for passage, cosine in scores.cosines.items():
        note = bisect_right(starts, passage) - 1
        best[note] = max(best.get(note, -2.0), cosine)
    return NoteScores(best, scores.mean, _discounts(best, starts) if precise else {})


def _discounts(notes: Collection[int], starts: Sequence[int]) -> dict[int, float]:
    """What notes count less close for having more passages than the shortest of them."""
    lengths = {note: (starts[note + 1] - starts[note] - 1) / LENGTH_UNIT for note in notes}
    shortest = min(lengths.values(), default=0.0)
    return {
        note: LENGTH_DISCOUNT * logarithm((1 + length) / (1 + shortest)) for note, length in lengths.items()
    }


def best_passage(lexical: Sequence[float], cosines: Sequence[float | None], *, weight: float) -> int:
    """Which of a note's passages to show: by the same weights, words against the note's best; ties to the first.

    Args:
        lexical: for each passage the words' score, 0 where it holds none.
        cosines: each passage's cosine with the query; None where it is not known, which counts as the note's lowest.
        weight: how much meaning counts.
    """
    highest = max(lexical) or 1.0
    scores = [score / highest for score in lexical]
    known = [cosine for cosine in cosines if cosine is not None]
    if known:
        distances = [max(known) - (min(known) if cosine is None else cosine) for cosine in cosines]
        scores = [(1 - weight) * a + weight * (1 - b) for a, b in zip(scores, distances, strict=True)]
    rounded = [score_steps(score) for score in scores]
    return rounded.index(max(rounded))


def _scaled(cosine: float, mean: float, closest: float) -> float:
    """From 0, the garden's mean or less, to 1, the best note; 1 where there is no difference."""
    return max(0.0, (cosine - mean) / (closest - mean)) if closest - mean >= MIN_COSINE_RANGE else 1.0


_WHY: Mapping[tuple[bool, bool], Why] = {
    (True, True): "words and meaning",
    (True, False): "words",
    (False, True): "meaning",
    (False, False): "meaning",
}
"""By whether the note has a word of the question, and whether it is near: `meaning` only of a note without any."""


def _best(
    ranked: Sequence[Ranked],
    lexical: Mapping[int, float],
    limit: int,
    pinned: Mapping[int, int],
    behind: Collection[int] = (),
    numbers: Sequence[int] | None = None,
) -> list[Ranked]:
    """In order; of equal scores, notes of `behind` are the last."""
    order = sorted(
        ranked,
        key=lambda hit: (
            pinned.get(hit.note, LAST_PINNED),
            -score_steps(hit.score),
            hit.note in behind,
            -score_steps(lexical.get(hit.note, 0.0)),
            numbers[hit.note] if numbers else hit.note,
        ),
    )
    return order[:limit]


LAST_PINNED = maxsize
"""More than any number of `pinned`."""


def score_steps(score: float) -> int:
    """A score rounded to whole steps, so that rounding errors decide no order."""
    return floor(score * SCORE_STEPS + 0.5)
