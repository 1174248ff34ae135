"""Prints how well search answers forty questions to twelve short notes, such as somebody begins with.

    python -m bench.few_notes

`few_notes.toml` has both, written for this: each question has one note that answers it, and is mostly in other words
than the note's. The notes were written first, and all questions before the first was asked. What is nearest is
counted where a question has no hit, as the page names it then.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.questions import name_of
from bench.ranked import ways
from bench.search import KEPT
from notegen.model import NoteId
from notegen.search.engine import Searchable, answer_question

NOTES = Path(__file__).with_suffix(".toml")
FIRST = 3
"""Notes that a reader looks at."""


def main() -> None:
    """A row a way."""
    KEPT.mkdir(parents=True, exist_ok=True)
    print(
        f"| twelve notes | answer first | among {FIRST} | no hit | of these nearest | among the nearest |\n"
        "|---|---|---|---|---|---|"
    )
    with TemporaryDirectory() as folder:
        answers = write_notes(Path(folder))
        for searchable, weight in ways(Path(folder), full=True):
            print(row(name_of(searchable), searchable, weight, answers), flush=True)


def write_notes(folder: Path) -> dict[str, NoteId]:
    """Writes the notes; gives the one that answers each question."""
    answers: dict[str, NoteId] = {}
    for number, note in enumerate(tomllib.loads(NOTES.read_text("utf-8"))["note"]):
        id = NoteId(f"{number}.md")
        (folder / id).write_text(f"# {note['title']}\n\n{note['text']}", "utf-8")
        answers |= dict.fromkeys(note["questions"], id)
    return answers


def row(name: str, searchable: Searchable, weight: float, answers: Mapping[str, NoteId]) -> str:
    """Its row of the table."""
    first = among = empty = nearest = near = 0
    for question, note in answers.items():
        answer = answer_question(searchable, question, weight=weight, limit=FIRST)
        found, far = [hit.note for hit in answer.hits], [hit.note for hit in answer.far]
        first += found[:1] == [note]
        among += note in found
        empty += not found
        nearest += far[:1] == [note]
        near += note in far
    return f"| {name} | {first} of {len(answers)} | {among} | {empty} | {nearest} | {near} |"


if __name__ == "__main__":
    main()
