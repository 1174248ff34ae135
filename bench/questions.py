"""Prints how well search answers sixty questions as a person types them, and which it answers badly.

    python -m bench.questions ../shared/corpora/obsidian-garden-jackyzha0/content

`questions.tsv` has them, each with the notes that answer it. They were written for this garden, by somebody who had
read the beginnings of its notes and not asked its search, mostly in other words than the notes'; some are names, one of
them misspelt. A note has the grade 2 where it says by itself what is asked, and 1 where it says a good part of it or
leads there; this was settled before the first ranking was seen, and no note was added because a ranking had it. So a
note that answers and was not thought of counts as none, and figures are too low rather than too high. By this strict
rule a question is answered badly where no note of grade 2 is among the first three.

A `+` is the second label, given by reading: the note also answers. For each question that words or the page answered
badly, the first five notes by words, of the page before and after long notes were discounted, and by words and the full
model were put together in the order of their names, without who had found them, and where; each was read, and has
a `+` where one of its passages says what was asked in words that one could quote to whoever asked. No note elsewhere
was looked at, and what only touches the subject has none. It counts for the last column alone: by the rule of a reader,
a question is answered badly where none of the first five notes has the grade 2 or a `+`.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.labelled import ndcg
from bench.ranked import ways
from bench.search import KEPT
from bench.usage import arguments
from notegen.model import NoteId
from notegen.search.engine import MeaningByTable, Searchable, search_garden

QUESTIONS = Path(__file__).with_suffix(".tsv")
"""A line a question: its words, then each answer and its grade or `+`, between tabs."""

GOOD = 2
FIRST = 3
READ = 5
"""Notes that a reader looks at."""
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what answers it."""

    words: str
    grades: Mapping[NoteId, int]
    also: frozenset[NoteId]
    """The notes with a `+`."""

    @property
    def good(self) -> frozenset[NoteId]:
        """The notes that say by themselves what is asked."""
        return frozenset(note for note, grade in self.grades.items() if grade == GOOD)


def main(vault: Path) -> None:
    """A row a way: nDCG@10, how often an answer is first and among three, and how often it is bad by both rules."""
    KEPT.mkdir(parents=True, exist_ok=True)
    asked = read_questions()
    print(
        f"| {len(asked)} questions | nDCG@10 | answer first | among {FIRST} | none among {FIRST} "
        f"| read: none among {READ} |\n|---|---|---|---|---|---|"
    )
    for searchable, weight in ways(vault, full=True):
        print(row(name_of(searchable), searchable, weight, asked), flush=True)


def name_of(searchable: Searchable) -> str:
    """What a way is called in its row."""
    if searchable.meaning is None:
        return "words"
    return "the page" if isinstance(searchable.meaning, MeaningByTable) else "words and model"


def read_questions() -> list[Asked]:
    """All questions, in order."""
    asked: list[Asked] = []
    for line in QUESTIONS.read_text("utf-8").splitlines():
        words, *answers = line.split("\t")
        labels = {note: label for note, _, label in (answer.rpartition(" ") for answer in answers)}
        grades = {note: int(label) for note, label in labels.items() if label != "+"}
        asked.append(Asked(words, grades, frozenset(labels.keys() - grades.keys())))
    return asked


def row(name: str, searchable: Searchable, weight: float, asked: Sequence[Asked]) -> str:
    """One way's row; what it answers badly by either rule is named on standard error."""
    places = {id: place for place, id in enumerate(searchable.garden.notes)}
    rankings: list[list[int]] = []
    first = among = read = 0
    for one in asked:
        found = [hit.note for hit in search_garden(searchable, one.words, weight=weight, limit=DEPTH)]
        rankings.append([places[note] for note in found])
        first += bool(one.good & set(found[:1]))
        is_among = bool(one.good & set(found[:FIRST]))
        is_read = bool((one.good | one.also) & set(found[:READ]))
        among += is_among
        read += is_read
        if not is_among:
            rule = "the strict rule" if is_read else "both rules"
            print(f"{name}, bad by {rule}: {one.words!r} gives {found[:READ]}", file=sys.stderr)
    graded = [{places[note]: grade for note, grade in one.grades.items()} for one in asked]
    total = len(asked)
    shares = (first / total, among / total, 1 - among / total, 1 - read / total)
    return f"| {name} | {ndcg(rankings, graded):.3f} | {' | '.join(f'{share:.0%}' for share in shares)} |"


if __name__ == "__main__":
    main(Path(arguments("questions VAULT")[0]))
