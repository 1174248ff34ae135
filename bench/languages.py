"""Prints how well search finds in each language, by words and as the page ranks, and from one language to another.

    python -m bench.languages ../shared/corpora/ir-xquad-*
    python -m bench.languages --model build/multilingual ../shared/corpora/ir-xquad-*
    python -m bench.languages                                 # the small set of this folder alone

The sets have the same passages and questions in each language, by the same names. The bundled model is measured, and
the one named, or the one in build/multilingual where `python -m models.multilingual` has made it; that one is also
asked the questions of each language about the passages in English, and those in English about each. The ranking is
that of `notegen search`, with which the page agrees. Vectors are kept in build/bench.

    python -m bench.languages --told ../shared/corpora/ir-xquad-* ../shared/corpora/foam-docs

prints only which language the texts of each are told to be in: passages of sets, or the notes in a folder.

`own_languages.tsv` is a small set in languages that the others are not in, English beside them, written for this; it is
measured last.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.labelled import LabelledSet, ndcg, read_set
from bench.search import KEPT, MODEL, lay_out, rank
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table, load_vocabulary
from notegen.load import embed_garden, load_garden, query_table
from notegen.search.cached_index import cached_vector_index
from notegen.search.engine import MeaningByTable, open_search
from notegen.search.query_table.choose import weight_with
from notegen.text.wordpiece import wordpiece_tokenizer

MULTILINGUAL = Path("build/multilingual")

QUESTIONS = 300
"""Of each set, evenly taken."""

ENGLISH = "en"

OWN = Path(__file__).with_name("own_languages.tsv")


def main(folders: Sequence[Path], model: Path | None = None) -> None:
    """The tables of the sets in the folders, and those of `own_languages.tsv`."""
    if folders:
        print_tables({name(folder): some_questions(read_set(folder)) for folder in folders}, model)
    print_tables(own_sets(), model)


def name(folder: Path) -> str:
    """The language of a set, with which its folder's name ends."""
    return folder.name.rpartition("-")[2]


def print_tables(sets: Mapping[str, LabelledSet], model: Path | None = None) -> None:
    """A row a language for each model, then rows from one language to another."""
    KEPT.mkdir(parents=True, exist_ok=True)
    model = model or (MULTILINGUAL if MULTILINGUAL.is_dir() else None)
    for title, folder in {"the bundled model": MODEL, "the multilingual model": model}.items():
        if folder is None:
            continue
        print(f"| nDCG@10, {title} | words | page | page to words |\n|---|---|---|---|")
        crossed = []
        for tag, labelled in sets.items():
            others = {tag: labelled}
            if folder != MODEL and ENGLISH in sets:
                others |= sets if tag == ENGLISH else {ENGLISH: sets[ENGLISH]}
            for asked, (words, page) in judge(labelled, others, folder).items():
                ratio = f"{page / words:.3f}" if words else "–"
                row = f"{words:.3f} | {page:.3f} | {ratio} |"
                if asked == tag:
                    print(f"| {tag} | {row}", flush=True)
                else:
                    crossed.append(f"| {asked} to {tag} | {row}")
        print("\n".join([*crossed, ""]), flush=True)


def print_told(folders: Sequence[Path]) -> None:
    """A row a set or folder of notes: how many notes are told to be in which language; `-` where none is told."""
    print("| | notes | told |\n|---|---|---|")
    sets = {folder.name: read_set(folder) for folder in folders if folder.name.startswith("ir-")} | own_sets()
    for title, labelled in sets.items():
        with TemporaryDirectory() as notes:
            lay_out(labelled, Path(notes))
            print_row(title, Path(notes))
    for folder in folders:
        if folder.name not in sets:
            print_row(folder.name, folder)


def print_row(title: str, notes: Path) -> None:
    """Of the notes in one folder."""
    told = Counter(
        note.told_language or note.language or "-"
        for note in load_garden(BuildContext(notes, Config(), None))[1].notes.values()
    )
    found = ", ".join(f"{tag} {count}" for tag, count in told.most_common())
    print(f"| {title} | {told.total()} | {found} |", flush=True)


def own_sets() -> dict[str, LabelledSet]:
    """The sets of `own_languages.tsv`: a row has a passage, or a question about one, in each language."""
    with OWN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    passages = [row for row in rows if row["kind"] == "passage"]
    questions = [row for row in rows if row["kind"] == "question"]
    names = tuple(row["id"] for row in passages)
    return {
        tag: LabelledSet(
            names,
            tuple(f"\n{row[tag]}" for row in passages),
            tuple(row[tag] for row in questions),
            tuple({names.index(row["id"]): 1} for row in questions),
        )
        for tag in rows[0]
        if tag not in {"id", "kind"}
    }


def some_questions(labelled: LabelledSet) -> LabelledSet:
    """The set with QUESTIONS of its questions."""
    step = max(1, len(labelled.queries) // QUESTIONS)
    queries, grades = labelled.queries[::step][:QUESTIONS], labelled.grades[::step][:QUESTIONS]
    return replace(labelled, queries=queries, grades=grades)


def judge(
    passages: LabelledSet, asked: Mapping[str, LabelledSet], model: Path
) -> dict[str, tuple[float, float]]:
    """By the language of the questions nDCG@10 about these passages, by words alone and as the page ranks."""
    with TemporaryDirectory() as notes, open_cache(KEPT / "vectors") as cache:
        places = lay_out(passages, Path(notes))
        context = BuildContext(
            Path(notes),
            config := Config(),
            load_encoder(model),
            load_table(model),
            cache,
            vocabulary=partial(load_vocabulary, model),
        )
        known = embed_garden(load_garden(context)[1], context)
        table = query_table(known, context)
        index = cached_vector_index(known.garden, known.vectors, table, cache)
        assert index is not None
        meaning = MeaningByTable(index, wordpiece_tokenizer(index.tokens))
        search = open_search(
            known.garden, known.passages, meaning, table=context.table, familiarity=known.familiarity
        )
        weight = weight_with(table, config.search.meaning_weight)
        found = {}
        for tag, labelled in asked.items():
            [words] = rank(search, None, labelled, places, [0])
            [page] = rank(search, meaning, labelled, places, [weight])
            found[tag] = ndcg(words, labelled.grades), ndcg(page, labelled.grades)
        return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path)
    parser.add_argument("--told", action="store_true")
    parser.add_argument("folders", type=Path, nargs="*")
    chosen = parser.parse_args()
    print_told(chosen.folders) if chosen.told else main(chosen.folders, chosen.model)
