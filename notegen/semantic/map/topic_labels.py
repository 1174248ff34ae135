"""What topics are called: the words that their notes say more often than the others do.

A word counts once a note, so that one long note does not label its topic alone, and more where it is in the title.
Only prose counts: code, formulas and addresses say how something is written down, not what it is about. Names of months
and weekdays say when it was: a diary would be called by them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.exact import logarithm
from notegen.model import Garden, NoteId
from notegen.note_memory import NoteMemory
from notegen.semantic.map.note_stems import INT, NoteStems, forget_stems, note_stems, stems_in
from notegen.semantic.map.topic_stop_words import stop_lists, topic_stop_words
from notegen.text.stems import algorithms_of

MAX_WORDS = 3
"""Words of a label."""

_TOP_WORDS = (
    20  # words of a topic by which its languages are known; short notes have few that more than one says
)
_TITLE_WEIGHT = 2
"""What a word in a note's title counts; one in its text counts 1. With 4 a few titles name a topic of seventy notes."""

_MIN_NOTES = 2  # notes of a topic that must say a word
_MIN_SHARE = 0.08  # of the topic's notes


def label_topics(
    garden: Garden,
    topics: Sequence[Sequence[NoteId]],
    language: str,
    memory: NoteMemory | None = None,
) -> tuple[tuple[str, ...], ...]:
    """For each topic at most three words, the most distinctive first; no word is in two labels.

    Stop words of the languages that the topic's notes are in are left out. A topic without distinctive words has none.

    Args:
        topics: every note in one of them.
        language: BCP 47 tag of the language most notes are in.
        memory: of the notes' words; None to find all anew.

    A word's score is its part of the divergence between the topic and the rest: the share of the topic's notes that say
    it, times the logarithm of how many times the share of the others that is. The z of a log-odds ratio, which is
    common, and class-based TF-IDF prefer rarer words: the first names of those who wrote on a topic.
    """
    tags = {tag for tag in (language, *(note.language for note in garden.notes.values())) if tag}
    algorithms = algorithms_of(tags)
    notes = [*chain.from_iterable(topics)]
    of_notes = (memory or NoteMemory(garden)).values(
        "stems", notes, lambda note: stems_in(garden.notes[note], algorithms), note_stems, settings=algorithms
    )
    forget_stems()
    said = _count(of_notes, [len(topic) for topic in topics])
    scores = _scores(said)
    widespread = [_most_said(count, said.stems) for count in said.counts]
    spellings = _spellings(of_notes, frozenset(chain(*scores, *widespread)))
    written = {stem: min(forms, key=lambda form: (-forms[form], form)) for stem, forms in spellings.items()}
    lists = stop_lists(memory.cache if memory else None)
    stops = [topic_stop_words({written[stem] for stem in stems}, tags, lists) for stems in widespread]
    return _choose(scores, stops, written, spellings)


class _Said(Struct, frozen=True, eq=False):
    """Which stems the notes of each topic say: t topics, s stems."""

    stems: tuple[str, ...]
    counts: NDArray[np.int64]  # (t, s) how often each topic says a stem, titles weighted
    notes: NDArray[np.int64]  # (t, s) how many of its notes do
    sizes: tuple[int, ...]  # (t,) how many notes it has


def _count(of_notes: Sequence[NoteStems], sizes: Sequence[int]) -> _Said:
    """Args: of_notes: those of the first topic first."""
    numbers: dict[str, int] = {}
    stems = [numbers.setdefault(stem, len(numbers)) for note in of_notes for stem in note.stems]
    topic_of = np.repeat(np.arange(len(sizes)), sizes)
    keys = np.array(stems, np.intp)
    keys += len(numbers) * np.repeat(topic_of, [len(note.stems) for note in of_notes])
    in_title, in_text = (
        np.frombuffer(b"".join(getattr(note, name) for note in of_notes), np.bool_)
        for name in ("in_title", "in_text")
    )
    shape, width = (len(sizes), len(numbers)), len(sizes) * len(numbers)
    titles, texts, notes = (
        np.bincount(some, minlength=width).reshape(shape) for some in (keys[in_title], keys[in_text], keys)
    )
    return _Said(tuple(numbers), _TITLE_WEIGHT * titles + texts, notes, tuple(sizes))


def _most_said(counts: NDArray[np.int64], stems: Sequence[str]) -> list[str]:
    """The stems that a topic says most often, ties by alphabet.

    Args:
        counts: (s,) how often it says each.
    """
    said = np.flatnonzero(counts)
    if len(said) > _TOP_WORDS:
        least = np.sort(counts[said])[-_TOP_WORDS]
        said = np.flatnonzero(counts >= least)
    found = sorted((-int(counts[number]), stems[number]) for number in said.tolist())
    return [stem for _, stem in found[:_TOP_WORDS]]


def _spellings(of_notes: Sequence[NoteStems], wanted: frozenset[str]) -> Mapping[str, Counter[str]]:
    """How each wanted stem is written, and in how many titles and texts."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for note in of_notes:
        is_wanted = np.fromiter(map(wanted.__contains__, note.stems), np.bool_, len(note.stems))
        stem_of = np.frombuffer(note.stem_of, INT)
        chosen = np.flatnonzero(is_wanted[stem_of])
        times = np.frombuffer(note.times, INT)[chosen].tolist()
        for place, stem, count in zip(chosen.tolist(), stem_of[chosen].tolist(), times, strict=True):
            spellings[note.stems[stem]][note.forms[place]] += count
    return spellings


def _scores(said: _Said) -> list[dict[str, float]]:
    """For each topic the stems that enough of its notes say, with how distinctive they are.

    Only stems that are more distinctive than chance makes the best of all words. A stem's score times the topic's notes
    is the logarithm of how unlikely it is by chance, and there are as many chances as words.
    """
    garden, notes = said.counts.sum(axis=0), sum(said.sizes)
    by_chance = logarithm(max(1, len(said.stems)))
    scores = []
    for count, by_notes, size in zip(said.counts, said.notes, said.sizes, strict=True):
        inside, outside = count / size, (garden - count + 1) / (notes - size + 1)
        enough = (by_notes >= max(_MIN_NOTES, _MIN_SHARE * size)) & (inside > outside)
        found = {}
        for number in np.flatnonzero(enough).tolist():
            score = float(inside[number]) * logarithm(float(inside[number] / outside[number]))
            if score * size > by_chance:
                found[said.stems[number]] = score
        scores.append(found)
    return scores


def _choose(
    scores: Sequence[Mapping[str, float]],
    stops: Sequence[frozenset[str]],
    said: Mapping[str, str],
    spellings: Mapping[str, Counter[str]],
) -> tuple[tuple[str, ...], ...]:
    """The best words of each topic, each word only where it scores best."""
    owner: dict[str, tuple[float, int]] = {}
    for number, found in enumerate(scores):
        for stem, score in found.items():
            owner[stem] = max(owner.get(stem, (0.0, 0)), (score, -number))
    labels = []
    for number, found in enumerate(scores):
        best = sorted(
            (-score, said[stem])
            for stem, score in found.items()
            if owner[stem][1] == -number and not stops[number].intersection(spellings[stem])
        )
        labels.append(tuple(word for _, word in best[:MAX_WORDS]))
    return tuple(labels)
