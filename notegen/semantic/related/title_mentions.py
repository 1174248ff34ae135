"""Which passages say the name of another note: its title or an alias, or nearly all the words of one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notegen.semantic.related.tfidf import Counts, run_lengths, spread_of

SHARED_BY = 3
"""Notes that may have a name alike; what more are called, such as `Readme`, is nobody's name."""

LEAST = 0.6
"""Share of a name's words, weighed by rarity, that a passage must say to have said it."""


@dataclass(frozen=True, slots=True, eq=False)
class Namings:
    """Passages that name another note; a pair of both once, by passage, then note."""

    passages: NDArray[np.intp]  # (m,)
    notes: NDArray[np.intp]  # (m,)
    strengths: NDArray[np.float32]  # (m,) 0 to 1: 1 for the whole of a rare name


def find_namings(
    counts: Counts, notes: NDArray[np.intp], names: Sequence[Sequence[Sequence[str]]]
) -> Namings:  # fmt: skip
    """Who names whom.

    The strength is the cube of the share of the name's words that are there, times the name's own rarity: what a word
    in only one note would weigh is 1, and a name of common words weighs less.

    Args:
        counts: the words of each passage.
        notes: (n,) the note of each passage, ascending.
        names: for each note its names, each as its words.
    """
    number = {word: i for i, word in enumerate(counts.vocabulary)}
    weights, most = _rarity(counts, notes)
    rarity = weights.tolist()
    passage_of = np.repeat(np.arange(len(notes)), np.diff(counts.starts))
    order = np.argsort(counts.words, kind="stable")
    holders = passage_of[order]
    begins = np.concatenate([[0], np.cumsum(spread_of(counts))])
    found: list[tuple[NDArray[np.intp], int, NDArray[np.float64]]] = []
    owners = Counter(words for its_names in names for words in {frozenset(name) for name in its_names})
    for note, its_names in enumerate(names):
        for words in dict.fromkeys(map(frozenset, its_names)):
            if owners[words] > SHARED_BY:
                continue
            known = sorted((number[word] for word in words if word in number), key=lambda i: (-rarity[i], i))
            parts = [rarity[word] for word in known]
            whole = sum(parts) + most * (len(words) - len(known))
            if whole <= 0 or sum(parts) < LEAST * whole:
                continue
            holding = [holders[begins[word] : begins[word + 1]] for word in known]
            # A passage without any of these rarest words cannot reach LEAST with the others.
            needed = next(n for n in range(1, len(parts) + 1) if sum(parts[n:]) < LEAST * whole)
            places = np.unique(np.concatenate(holding[:needed]))
            share = (
                sum(part * _among(places, held) for part, held in zip(parts, holding, strict=True)) / whole
            )
            enough = (share >= LEAST) & (notes[places] != note)
            found.append((places[enough], note, share[enough] ** 3 * min(1.0, whole / most)))
    return _strongest(found, len(names))


def _rarity(counts: Counts, notes: NDArray[np.intp]) -> tuple[NDArray[np.float64], float]:
    """The weight of each word, (v,), by how many notes say it, and what a word that none says would weigh."""
    count = int(notes[-1]) + 1
    width = max(1, len(counts.vocabulary))
    pairs, _ = run_lengths(np.repeat(notes, np.diff(counts.starts)) * width + counts.words)
    spread = np.bincount(pairs % width, minlength=width)
    return np.log((1 + count) / (1 + spread)), float(np.log(1 + count))


def _among(wanted: NDArray[np.intp], held: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of the wanted are held; both ascending, the latter not empty."""
    there: NDArray[np.bool_] = held[np.minimum(np.searchsorted(held, wanted), len(held) - 1)] == wanted
    return there


def _strongest(
    found: Sequence[tuple[NDArray[np.intp], int, NDArray[np.float64]]], width: int
) -> Namings:  # fmt: skip
    """One strength a passage and note, the largest of those of the note's names."""
    if not found:
        return Namings(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.float32))
    keys = np.concatenate([passages * width + note for passages, note, _ in found])
    strengths = np.concatenate([strength for _, _, strength in found])
    order = np.lexsort((-strengths, keys))
    first = order[np.diff(keys[order], prepend=-1) != 0]
    return Namings(keys[first] // width, keys[first] % width, strengths[first].astype(np.float32))
