"""Prints how well search finds, by the ranking's own code: quick enough to judge each change of it.

    python -m bench.ranked ../shared/corpora/ir-*                  # labelled sets: nDCG@10
    python -m bench.ranked ../shared/corpora/obsidian-garden-jackyzha0/content     # a garden: known items
    python -m bench.ranked build/bench/large/* --full              # beside words and the full model

A folder with `qrels.tsv` is a labelled set and is laid out as `bench.search` does; any other is a garden, whose notes
are asked for by their own titles: as they are, with two letters swapped, without the last letter, and 60 % typed.
Made-up words are asked too, of which no garden knows anything.
Vectors are kept in build/bench.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from bench.labelled import ndcg, read_set
from bench.search import KEPT, MODEL, lay_out
from bench.usage import arguments
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from notegen.load import embed_garden, load_garden, query_table
from notegen.model import NoteId
from notegen.search.cached_index import cached_vector_index
from notegen.search.engine import MeaningByModel, MeaningByTable, Searchable, open_search, search_garden
from notegen.text.tokens import find_words, fold
from notegen.text.wordpiece import wordpiece_tokenizer

MADE_UP = 200
"""Words that no language has."""

SYLLABLES = 3

BEGUN = 0.6
"""Of a title's characters."""


def main(folders: Sequence[Path], *, full: bool = False) -> None:
    """A row a folder: labelled sets first, then gardens; `full` ranks sets by words and the full model too."""
    KEPT.mkdir(parents=True, exist_ok=True)
    sets = [folder for folder in folders if (folder / "qrels.tsv").exists()]
    if sets:
        beside = ["words"] + ["words and model"] * full
        heads = ["nDCG@10", *beside, "the page's way", *(f"to {name}" for name in beside)]
        print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
        rows = [judge(folder, full=full) for folder in sets]
        for folder, figures in zip(sets, rows, strict=True):
            print(row(folder.name, figures), flush=True)
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{row('mean', means)}\n")
    for folder in folders:
        if folder not in sets:
            known_items(folder)


def row(name: str, figures: Sequence[float]) -> str:
    """A table's row: each way's figure, then the last one's ratio to those before it."""
    *beside, page = figures
    ratios = [f"{page / other:.3f}" for other in beside]
    return f"| {name} | {' | '.join([*(f'{figure:.4f}' for figure in figures), *ratios])} |"


def judge(folder: Path, *, full: bool) -> list[float]:
    """nDCG@10 of a labelled set: by words alone, maybe by words and the full model, and as the page ranks."""
    labelled = read_set(folder)
    with TemporaryDirectory() as notes:
        places = lay_out(labelled, Path(notes))
        found = []
        for searchable, weight in ways(Path(notes), full=full):
            rankings = [
                [places[hit.note] for hit in search_garden(searchable, query, weight=weight)]
                for query in labelled.queries
            ]
            found.append(ndcg(rankings, labelled.grades))
    return found


def known_items(folder: Path) -> None:
    """How often a note comes first for what its reader knows of its title, and how many made-up words have answers."""
    for searchable, weight in ways(folder):
        titles = own_titles(searchable)
        names = {
            id: {fold(note.title), *map(fold, note.aliases)} for id, note in searchable.garden.notes.items()
        }
        print(
            f"| {folder.name}, {'words' if searchable.meaning is None else 'the page'} | of {len(titles)} |"
        )
        for name, change in QUESTIONS.items():
            chance = random.Random(1)
            first, missed = 0, []
            for title in titles.values():
                question = change(title, chance)
                hits = search_garden(searchable, question, weight=weight, limit=1)
                if hits and fold(title) in names[hits[0].note]:
                    first += 1
                else:
                    missed.append(f"{question!r} gives {hits[0].title if hits else None!r}, not {title!r}")
            print(f"| {name} | {first / len(titles):.1%} |", flush=True)
            print(*missed[:SHOWN], sep="\n", file=sys.stderr)
        answered = [
            word for word in made_up_words() if search_garden(searchable, word, weight=weight, limit=1)
        ]
        print(f"| made-up words with answers | {len(answered) / MADE_UP:.1%} |\n", flush=True)


SHOWN = 12
"""Misses of each kind that are named on standard error."""


def ways(notes: Path, *, full: bool = False) -> Iterator[tuple[Searchable, float]]:
    """A garden ready to be asked by words, maybe as `--full` asks, then as its page is, each with meaning's weight."""
    with open_cache(KEPT / "vectors") as cache:
        config = Config()
        context = BuildContext(notes, config, load_encoder(MODEL), load_table(MODEL), cache)
        known = embed_garden(load_garden(context)[1], context)
        index = cached_vector_index(known.garden, known.vectors, query_table(known, context), cache)
        assert index is not None
        by_words = open_search(
            known.garden, known.passages, None, table=context.table, familiarity=known.familiarity
        )
        yield by_words, 0.0
        weight = config.search.meaning_weight
        if full:
            assert known.vectors is not None
            assert context.encoder is not None
            yield replace(by_words, meaning=MeaningByModel(known.vectors, context.encoder)), weight
        yield replace(by_words, meaning=MeaningByTable(index, wordpiece_tokenizer(index.tokens))), weight


def own_titles(searchable: Searchable) -> dict[NoteId, str]:
    """The titles that one note alone has, and that hold a word."""
    notes = searchable.garden.notes
    counts = Counter(fold(note.title) for note in notes.values())
    return {
        id: note.title
        for id, note in notes.items()
        if counts[fold(note.title)] == 1 and find_words(note.title)
    }


def swapped(title: str, chance: random.Random) -> str:
    """The title with two different letters beside each other swapped, not the first of a word."""
    places = [
        place
        for place in range(1, len(title) - 1)
        if title[place - 1].isalpha() and title[place].isalpha() and title[place + 1].isalpha()
        if title[place].lower() != title[place + 1].lower()
    ]
    if not places:
        return title
    place = chance.choice(places)
    return title[:place] + title[place + 1] + title[place] + title[place + 2 :]


QUESTIONS: dict[str, Callable[[str, random.Random], str]] = {
    "own title": lambda title, _: title,
    "two letters swapped": swapped,
    "last letter missing": lambda title, _: title[:-1] or title,
    "60 % typed": lambda title, _: title[: max(1, round(len(title) * BEGUN))],
}


def made_up_words() -> list[str]:
    """Words of syllables, the same each time."""
    chance = random.Random(1)
    return [
        "".join(
            chance.choice("bcdfghjklmnprstvwz")
            + chance.choice("aeiou")
            + chance.choice(["", "", "l", "n", "r", "x"])
            for _ in range(SYLLABLES)
        )
        for _ in range(MADE_UP)
    ]


if __name__ == "__main__":
    words = arguments("ranked VAULT... [--full]")
    main([Path(name) for name in words if name != "--full"], full="--full" in words)
