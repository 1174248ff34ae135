"""Prints how well search answers sixty questions as a person types them, and which it answers badly.

    python -m bench.questions ../shared/corpora/obsidian-garden-jackyzha0/content

`questions.tsv` has them, each with the notes that answer it. They were written for this garden, by somebody who had
read the beginnings of its notes and not asked its search, mostly in other words than the notes'; some are names, one of
them misspelt. A note has the grade 2 where it says by itself what is asked, and 1 where it says a good part of it or
leads there; this was settled before the first ranking was seen, and no note was added because a ranking had it. So a
note that answers and was not thought of counts as none, and figures are too low rather than too high.
A question is answered badly where no note of grade 2 is among the first three.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from bench.labelled import ndcg
from bench.ranked import ways
from bench.search import KEPT
from bench.usage import arguments
from notegen.model import NoteId
from notegen.search.engine import Searchable, search_garden

QUESTIONS = Path(__file__).with_suffix(".tsv")
"""A line a question: its words, then each answer and its grade, between tabs."""

GOOD = 2
FIRST = 3
DEPTH = 10


def main(vault: Path) -> None:
    """A row a way: nDCG@10, how often an answer is first, and among the first three; the bad ones on standard error."""
    KEPT.mkdir(parents=True, exist_ok=True)
    asked = read_questions()
    print(f"| {len(asked)} questions | nDCG@10 | answer first | among {FIRST} | bad |\n|---|---|---|---|---|")
    for searchable, weight in ways(vault):
        print(
            row("words" if searchable.meaning is None else "the page", searchable, weight, asked), flush=True
        )


def read_questions() -> dict[str, Mapping[NoteId, int]]:
    """By question the grade of each note that answers it."""
    asked: dict[str, Mapping[NoteId, int]] = {}
    for line in QUESTIONS.read_text("utf-8").splitlines():
        question, *answers = line.split("\t")
        asked[question] = {
            note: int(grade) for note, _, grade in (answer.rpartition(" ") for answer in answers)
        }
    return asked


def row(name: str, searchable: Searchable, weight: float, asked: Mapping[str, Mapping[NoteId, int]]) -> str:
    """One way's row."""
    places = {id: place for place, id in enumerate(searchable.garden.notes)}
    rankings: list[list[int]] = []
    first = among = 0
    for question, grades in asked.items():
        found = [hit.note for hit in search_garden(searchable, question, weight=weight, limit=DEPTH)]
        rankings.append([places[note] for note in found])
        good = {note for note, grade in grades.items() if grade == GOOD}
        first += bool(good & set(found[:1]))
        among += bool(good & set(found[:FIRST]))
        if not good & set(found[:FIRST]):
            print(f"{name}: {question!r} gives {found[:FIRST]}", file=sys.stderr)
    graded = [{places[note]: grade for note, grade in grades.items()} for grades in asked.values()]
    total = len(asked)
    shares = (first / total, among / total, 1 - among / total)
    return f"| {name} | {ndcg(rankings, graded):.3f} | {' | '.join(f'{share:.0%}' for share in shares)} |"


if __name__ == "__main__":
    main(Path(arguments("questions VAULT")[0]))
