"""Prints how well small gardens answer what their notes say, and how often they answer what none of them says.

    python -m bench.small_gardens ../shared/corpora/ir-covid-faq ../shared/corpora/ir-xquad-en

Gardens of a few notes are drawn from each labelled set and asked its own questions that these notes answer, and
questions of the other sets, which they do not: whoever is told of a note there is told of one in vain. A change that
makes every question closer, or further, moves both. `few_notes` is asked what its own notes say, and the same others.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.few_notes import write_notes
from bench.labelled import LabelledSet, read_set
from bench.ranked import ways
from bench.search import KEPT, lay_out
from bench.usage import arguments
from notegen.search.engine import answer_question

SIZES = (8, 20, 54, 120)
"""Notes of a garden."""
DRAWS = 3
"""Gardens of each size and set."""
QUESTIONS = 100
"""Asked of each garden, at most, that its notes answer; as many that they do not."""


class Asked(NamedTuple):
    """What came of a garden's questions."""

    own: int
    first: int
    """Of its own, those whose answer came first."""
    empty: int
    """Of its own, those without a hit."""
    others: int
    hits: int
    """Of the others, those with one."""


def main(folders: Sequence[Path]) -> None:
    """A row for each set and size."""
    KEPT.mkdir(parents=True, exist_ok=True)
    sets = {folder.name: read_set(folder) for folder in folders}
    print(
        "| notes | of | own questions: answer first | no hit | others' questions: hit |\n|---|---|---|---|---|"
    )
    with TemporaryDirectory() as folder:
        own = {question: {note} for question, note in write_notes(Path(folder)).items()}
        others = [query for labelled in sets.values() for query in labelled.queries]
        print(_row(len(set().union(*own.values())), "few_notes", [_ask(Path(folder), own, others)]))
    for name, labelled in sets.items():
        others = [query for other, its in sets.items() if other != name for query in its.queries]
        for size in SIZES:
            asked = [
                _drawn(labelled, others, size, random.Random(f"{name} {size} {draw}"))
                for draw in range(DRAWS)
            ]
            print(_row(size, name, asked), flush=True)


def _drawn(labelled: LabelledSet, others: Sequence[str], size: int, chance: random.Random) -> Asked:
    """A garden of so many documents that answer something."""
    answering = sorted({place for grades in labelled.grades for place in grades})
    drawn = sorted(chance.sample(answering, min(size, len(answering))))
    names = tuple(labelled.names[place] for place in drawn)
    part = LabelledSet(names, tuple(labelled.documents[place] for place in drawn), (), ())
    with TemporaryDirectory() as folder:
        notes = {drawn[place]: note for note, place in lay_out(part, Path(folder)).items()}
        own = {
            query: {notes[place] for place in grades if place in notes}
            for query, grades in zip(labelled.queries, labelled.grades, strict=True)
        }
        questions = [query for query, answers in own.items() if answers]
        some = chance.sample(questions, min(QUESTIONS, len(questions)))
        return _ask(Path(folder), {query: own[query] for query in some}, others)


def _ask(folder: Path, own: dict[str, set[str]], others: Sequence[str]) -> Asked:
    *_, (page, weight) = ways(folder)

    def hits(question: str) -> list[str]:
        return [hit.note for hit in answer_question(page, question, weight=weight, limit=1).hits]

    found = {question: hits(question) for question in own}
    foreign = random.Random(1).sample(others, min(QUESTIONS, len(others)))
    return Asked(
        len(own),
        sum(bool(own[question] & {*notes}) for question, notes in found.items()),
        sum(not notes for notes in found.values()),
        len(foreign),
        sum(bool(hits(question)) for question in foreign),
    )


def _row(size: int, name: str, asked: Sequence[Asked]) -> str:
    total = Asked(*map(sum, zip(*asked, strict=True)))
    shares = (total.first / total.own, total.empty / total.own, total.hits / max(1, total.others))
    return f"| {size} | {name} | {' | '.join(f'{share:.1%}' for share in shares)} |"


if __name__ == "__main__":
    main([Path(name) for name in arguments("small_gardens SET SET...")])
