"""Which passages mention another note: say its title or an alias, or nearly all the words of one."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.arrays import distinct, stable_order
from notegen.exact import logarithm, logarithms
from notegen.semantic.tfidf import Counts, document_frequency

MAX_OWNERS = 3
"""Notes that may share a name; what more notes are called, such as `Readme`, is nobody's name."""

MIN_SHARE = 0.6
"""Share of a name's words, weighted by rarity, that a passage must have to mention it."""


class TitleMentions(Struct, frozen=True, eq=False):
    """Passages that mention another note; each pair of the two once, by passage, then note."""

    passages: NDArray[np.intp]  # (m,)
    notes: NDArray[np.intp]  # (m,)
    strengths: NDArray[np.float32]  # (m,) 0 to 1: 1 for the whole of a rare name


def find_title_mentions(
    counts: Counts, notes: NDArray[np.intp], names: Sequence[Sequence[Sequence[str]]]
) -> TitleMentions:  # fmt: skip
    """Which passages mention which notes.

    The strength is the cube of the share of the name's words that the passage has, times the name's own rarity: 1 for
    the weight of a word that is in one note only, less for a name of common words.

    Args:
        counts: the words of each passage.
        notes: (n,) the note of each passage, ascending.
        names: for each note its names, each as its words.
    """
    number = {word: i for i, word in enumerate(counts.vocabulary)}
    passage_of = np.repeat(np.arange(len(notes)), np.diff(counts.starts))
    holders = passage_of[stable_order(counts.words)]
    frequency = document_frequency(counts)
    begins = np.concatenate([[0], np.cumsum(frequency)])
    weights, max_idf = _idf(np.repeat(np.arange(len(frequency)), frequency), notes[holders], len(frequency))
    idf = weights.tolist()
    found: list[tuple[NDArray[np.intp], int, NDArray[np.float64]]] = []
    owners = Counter(words for its_names in names for words in {frozenset(name) for name in its_names})
    for note, its_names in enumerate(names):
        for words in dict.fromkeys(map(frozenset, its_names)):
            if owners[words] > MAX_OWNERS:
                continue
            known = sorted((number[word] for word in words if word in number), key=lambda i: (-idf[i], i))
            parts = [idf[word] for word in known]
            whole = sum(parts) + max_idf * (len(words) - len(known))
            if whole <= 0 or sum(parts) < MIN_SHARE * whole:
                continue
            holding = [holders[begins[word] : begins[word + 1]] for word in known]
            # A passage without any of these rarest words cannot reach MIN_SHARE with the others.
            needed = next(n for n in range(1, len(parts) + 1) if sum(parts[n:]) < MIN_SHARE * whole)
            places = holding[0] if needed == 1 else distinct(np.concatenate(holding[:needed]))
            share = np.zeros(len(places))
            for part, held in zip(parts, holding, strict=True):
                share += part if held is places else part * _among(places, held)
            share /= whole
            enough = (share >= MIN_SHARE) & (notes[places] != note)
            cube = share[enough] * share[enough] * share[enough]
            found.append((places[enough], note, cube * min(1.0, whole / max_idf)))
    return _strongest(found, len(names))


def _idf(
    words: NDArray[np.intp], holders: NDArray[np.intp], width: int
) -> tuple[NDArray[np.float64], float]:  # fmt: skip
    """The weight of each word, (v,), by how many notes have it, and that of a word that no note has.

    Args:
        words: (w,) of all passages, ascending.
        holders: (w,) the note that has each, ascending of one word.
        width: words that there are.
    """
    count = int(holders.max(initial=0)) + 1
    is_new = (np.diff(words, prepend=-1) != 0) | (np.diff(holders, prepend=-1) != 0)
    frequency = np.bincount(words[is_new], minlength=width)
    return logarithms((1 + count) / (1 + frequency)), logarithm(1 + count)


def _among(wanted: NDArray[np.intp], held: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of the wanted are among the held; both ascending, the latter not empty."""
    is_held: NDArray[np.bool_] = held[np.minimum(np.searchsorted(held, wanted), len(held) - 1)] == wanted
    return is_held


def _strongest(
    found: Sequence[tuple[NDArray[np.intp], int, NDArray[np.float64]]], width: int
) -> TitleMentions:  # fmt: skip
    """One strength for each passage and note, the largest over the note's names."""
    if not found:
        return TitleMentions(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.float32))
    keys = np.concatenate([passages * width + note for passages, note, _ in found])
    strengths = np.concatenate([strength for _, _, strength in found])
    order = np.lexsort((-strengths, keys))
    first = order[np.diff(keys[order], prepend=-1) != 0]
    return TitleMentions(keys[first] // width, keys[first] % width, strengths[first].astype(np.float32))
