"""Gardens of any size, made of real notes: the same notes over and over, each time in other words.

They are for bytes and time only, never for quality. Past the real notes every note is a variation of a real one: some
of its sentences are replaced by sentences of other notes, some words by others, and some of its rare words by new
ones, as a larger garden has a larger vocabulary. Its vectors are varied alike: the real passages' vectors mixed by
their share of the sentences, and moved by the difference of two passages drawn at random, at the length that
`print_calibration` found. Nothing is encoded but the real passages.

    python -m bench.gardens VAULT...        # the calibration
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from bench.usage import arguments
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder
from notegen.load import embed_garden, load_garden
from notegen.model import Encoder, Garden, Note, NoteContent, NoteId, Passage, Vectors
from notegen.paths import page_url
from notegen.semantic.embed import text_of

SEED = 20261122

FOREIGN = 0.25
"""The share of a varied passage's sentences that come from another note."""

SWAPPED = 0.1
"""The share of words that are replaced by one drawn from all words of the notes, so that common ones stay common."""

RARE, COINED = 3, 0.3
"""A word of at most RARE occurrences becomes another with probability COINED, the same throughout its note."""

SYLLABLES = tuple(f"{first}{last}" for first in "bcdfgklmnprstvz" for last in "aeiou")

MOVED = 0.65
"""How far a mixed vector of length 1 is moved on average, 0 to twice as far; see `print_calibration`."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """A garden with all that its index is made of."""

    garden: Garden
    passages: tuple[Passage, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """What variations are made from."""

    real: Grown
    starts: Mapping[NoteId, int]
    """Where each real note's passages begin."""
    words: Sequence[str]
    """Every word as often as it occurs, to draw from."""
    counts: Mapping[str, int]


def real_garden(vaults: Sequence[Path], encoder: Encoder, cached: Path) -> Grown:
    """The notes of all vaults as one garden, each vault in a folder of its own."""
    notes: dict[NoteId, Note] = {}
    passages: list[Passage] = []
    rows: list[NDArray[np.float32]] = []
    with open_cache(cached) as cache:
        for number, vault in enumerate(vaults):
            context = BuildContext(vault, Config(), encoder, cache=cache)
            known = embed_garden(load_garden(context)[1], context)
            assert known.vectors is not None
            notes |= {
                f"{number}/{id}": _alone(note, f"{number}/{id}") for id, note in known.garden.notes.items()
            }
            passages += [replace(passage, note=f"{number}/{passage.note}") for passage in known.passages]
            rows.append(known.vectors.matrix)
    return _grown(notes, passages, np.concatenate(rows), encoder.fingerprint)


def garden_of(real: Grown, count: int) -> Grown:
    """A garden of `count` notes: real ones drawn at random, or all real ones and variations of them."""
    chance = Random(SEED)
    ids = list(real.garden.notes)
    stock = stock_of(real)
    drawn = sorted(chance.sample(ids, count)) if count < len(ids) else ids
    notes = {id: real.garden.notes[id] for id in drawn}
    kept = set(drawn)
    places = [place for place, passage in enumerate(real.passages) if passage.note in kept]
    passages = [real.passages[place] for place in places]
    rows = [real.vectors.matrix[places]]
    for number in range(len(drawn), count):
        turn, of = divmod(number, len(ids))
        made = vary(stock, ids[of], f"{turn}-{ids[of]}", chance)
        notes[made[0].id] = made[0]
        passages += made[1]
        rows.append(made[2])
    return _grown(notes, passages, np.concatenate(rows), real.vectors.encoder)


def part_of(real: Grown, wanted: Callable[[NoteId], bool]) -> Grown:
    """The notes that are wanted, as a garden."""
    places = [place for place, passage in enumerate(real.passages) if wanted(passage.note)]
    notes = {id: note for id, note in real.garden.notes.items() if wanted(id)}
    passages = [real.passages[place] for place in places]
    return _grown(notes, passages, real.vectors.matrix[places], real.vectors.encoder)


def stock_of(real: Grown) -> Stock:
    """Counts the words."""
    words = list(chain.from_iterable(_WORD.findall(passage.text) for passage in real.passages))
    starts: dict[NoteId, int] = {}
    for place, passage in enumerate(real.passages):
        starts.setdefault(passage.note, place)
    return Stock(real, starts, words, Counter(words))


def vary(
    stock: Stock, of: NoteId, id: NoteId, chance: Random
) -> tuple[Note, list[Passage], NDArray[np.float32]]:
    """The variation of a note: itself, its passages, and their vectors (passages, dimensions)."""
    real = stock.real
    coined: dict[str, str] = {}
    base = real.garden.notes[of]
    title = _vary_words(stock, base.title, coined, chance)
    note = replace(base, id=id, title=title, aliases=())
    passages, rows = [], []
    for place in range(stock.starts[of], len(real.passages)):
        passage = real.passages[place]
        if passage.note != of:
            break
        text, sources = _vary_text(stock, place, coined, chance)
        passages.append(replace(passage, note=id, title=title, text=text))
        rows.append(_vary_vector(real.vectors.matrix, place, sources, chance))
    return note, passages, np.array(rows, np.float32)


def _vary_text(stock: Stock, place: int, coined: dict[str, str], chance: Random) -> tuple[str, list[int]]:
    """The text, and for each of its sentences the passage that it is from."""
    paragraphs, sources = [], []
    for paragraph in stock.real.passages[place].text.split("\n"):
        sentences = []
        for sentence in _SENTENCE.split(paragraph):
            source = place
            if chance.random() < FOREIGN:
                source = chance.randrange(len(stock.real.passages))
                sentence = chance.choice(_SENTENCE.split(stock.real.passages[source].text)).replace("\n", " ")
            sentences.append(_vary_words(stock, sentence, coined, chance))
            sources.append(source)
        paragraphs.append(" ".join(sentences))
    return "\n".join(paragraphs), sources


def _vary_words(stock: Stock, text: str, coined: dict[str, str], chance: Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = match[0]
        if stock.counts.get(word, 0) <= RARE:
            return coined.setdefault(word, _coin(word, chance) if chance.random() < COINED else word)
        return chance.choice(stock.words) if chance.random() < SWAPPED else word

    return _WORD.sub(other, text)


def _coin(word: str, chance: Random) -> str:
    """The word with another syllable in its middle; a few syllables are frequent, so that new words get fewer.

    The vocabulary then grows with the 0.55th power of the text, to 235,000 words at 100,000 notes; from 700 real notes
    to all 2,991 it grows with the 0.48th.
    """
    middle = len(word) // 2
    return f"{word[:middle]}{SYLLABLES[int(len(SYLLABLES) * chance.random() ** 6)]}{word[middle:]}"


def _vary_vector(
    matrix: NDArray[np.float32], place: int, sources: Sequence[int], chance: Random
) -> NDArray[np.float32]:
    """A unit vector (dimensions,)."""
    mixed = matrix[sources].mean(axis=0) if sources else matrix[place]
    apart = matrix[chance.randrange(len(matrix))] - matrix[chance.randrange(len(matrix))]
    far = chance.uniform(0, 2 * MOVED) / max(float(np.linalg.norm(apart)), 1e-9)
    moved = mixed / np.linalg.norm(mixed) + far * apart
    return np.asarray(moved / np.linalg.norm(moved), np.float32)


def _alone(note: Note, id: NoteId) -> Note:
    """The note with what an index does not use left out, so that a hundred thousand fit into memory."""
    return replace(note, id=id, content=NoteContent.of(), properties=(), problems=())


def _grown(
    notes: dict[NoteId, Note], passages: list[Passage], matrix: NDArray[np.float32], encoder: str
) -> Grown:
    """In order: notes by id, and passages with their vectors as their notes are."""
    held: defaultdict[NoteId, list[int]] = defaultdict(list)
    for place, passage in enumerate(passages):
        held[passage.note].append(place)
    ordered = dict(sorted(notes.items()))
    places = list(chain.from_iterable(held[id] for id in ordered))
    put = tuple(passages[place] for place in places)
    tags: defaultdict[str, list[NoteId]] = defaultdict(list)
    for id, note in ordered.items():
        for tag in note.tags:
            tags[tag].append(id)
    garden = Garden(
        notes=ordered,
        urls={id: page_url(id) for id in ordered},
        resolutions=dict.fromkeys(ordered, ()),
        backlinks={},
        by_date=tuple(ordered),
        days={},
        tags={tag: tuple(ids) for tag, ids in tags.items()},
        tag_urls={},
        assets={},
    )
    return Grown(garden, put, Vectors(put, matrix[places], encoder))


def print_calibration(vaults: Sequence[Path]) -> None:
    """How near variations are to the passages they were made of: as the encoder sees them, and as they are given."""
    encoder = load_encoder(bundled("models") / "all-MiniLM-L6-v2")
    real = real_garden(vaults, encoder, Path("build/bench/vectors"))
    stock, chance = stock_of(real), Random(1)
    texts, given, bases = [], [], []
    for id in chance.sample(list(real.garden.notes), 120):
        _, passages, rows = vary(stock, id, id, chance)
        texts += [text_of(passage) for passage in passages[:2]]
        given += list(rows[:2])
        start = stock.starts[id]
        bases += list(real.vectors.matrix[start : start + len(passages[:2])])
    encoded = encoder.encode_passages(texts)
    for name, made in (("encoded", encoded), ("given", np.array(given))):
        cosines = np.einsum("pd,pd->p", made, np.array(bases))
        print(name, np.percentile(cosines, [10, 25, 50, 75, 90]).round(3))


if __name__ == "__main__":
    print_calibration([Path(name) for name in arguments("gardens VAULT...")])
