"""Labelled sets of more than five thousand notes, since what a page does not look at is lost in large gardens only.

    python -m bench.large_sets build/bench/large ../shared/corpora build/bench/held-out
    python -m bench.ranked build/bench/large/*

Two sets, each in the layout of the small ones. `descriptions` holds pages of C++ documentation, each its title and the
first words of its text, and asks for them by the descriptions that their authors wrote for web searches, which are
taken out: those of six words and more that do not only say the title again. `together` holds the notes of the small
sets in English in one garden, among as many pages of that documentation as make it large, and asks a part of each
set's own questions; pages about other things answer none of them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.usage import arguments
from notegen.text.tokens import find_words, fold

PAGES = 5_200
"""Of the documentation, evenly taken from those that are asked for by nothing."""

FEWER_PAGES = 4_200
"""In `together`, which has other notes too."""

WORDS = 80
"""Of a page's text, so that a set is encoded in minutes."""

MIN_WORDS = 6
"""Of a description that is asked."""

QUESTIONS = 300
"""At most, of a set; in `together` a quarter of that from each."""

SMALL_SETS = ("ir-covid-faq", "ir-jackyzha0-anchors", "ir-xquad-en", "ho-perl-faq", "ho-sqlite-anchors")

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_NOTHING_SAID = re.compile(
    r"learn (more )?about|api reference|reference (for|guide)|describes the", re.IGNORECASE
)
_MARKS = re.compile(r"```.*?```|:::.*|<[^>]*>|[*`>|#]|\]\([^)]*\)|\[", re.DOTALL)


@dataclass(slots=True)
class LargeSet:
    """Notes, questions and their answers, in the names of BEIR's layout."""

    documents: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By name the title and the text."""
    queries: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of documentation."""

    title: str
    description: str
    text: str


def large_sets(folder: Path, corpora: Path, held_out: Path) -> list[Path]:
    """The folders of both sets, made anew: the same notes and questions each time."""
    pages = dict(read_pages(corpora / "scale-cpp-docs"))
    small = [read_small((held_out if name.startswith("ho-") else corpora) / name) for name in SMALL_SETS]
    write(folder / "descriptions", descriptions(pages))
    write(folder / "together", together(small, pages))
    return [folder / "descriptions", folder / "together"]


def read_pages(vault: Path) -> Iterator[tuple[str, Page]]:
    """The pages that have a title and a text, by their paths in order."""
    for file in sorted((vault / "docs").rglob("*.md")):
        written = file.read_text("utf-8", "replace")
        front = _FRONT.match(written)
        title = front and re.search(r"^title: *(.*)$", front[1], re.MULTILINE)
        if not front or not title:
            continue
        described = re.search(r"^description: *(.*)$", front[1], re.MULTILINE)
        words = _MARKS.sub(
            " ", re.sub(r"^# .*$", "", written[front.end() :], count=1, flags=re.MULTILINE)
        ).split()
        if words:
            name, description = (found[1].strip("\"' ") if found else "" for found in (title, described))
            yield file.relative_to(vault).as_posix(), Page(name, description, " ".join(words[:WORDS]))


def descriptions(pages: Mapping[str, Page]) -> LargeSet:
    """Pages asked for by their descriptions, among others."""
    asked = {path: page for path, page in pages.items() if is_question(page)}
    made = LargeSet()
    for path in evenly([*asked], QUESTIONS):
        made.queries[path] = asked[path].description
        made.answers[path] = {path: 1}
    others = [path for path in pages if path not in asked]
    for path in sorted([*asked, *evenly(others, PAGES - len(asked))]):
        page = pages[path]
        made.documents[path] = page.title, page.text.replace(page.description, " ")
    return made


def is_question(page: Page) -> bool:
    """Whether a description says something of its own, and names nothing by its number."""
    words = set(map(fold, find_words(page.description)))
    own = words - set(map(fold, find_words(page.title)))
    numbered = any(any(map(str.isdecimal, word)) for word in words)
    return len(own) >= MIN_WORDS and not numbered and not _NOTHING_SAID.match(page.description)


def together(small: Sequence[LargeSet], pages: Mapping[str, Page]) -> LargeSet:
    """Small sets in one garden, each with a part of its questions, among pages."""
    made = LargeSet()
    for number, part in enumerate(small):
        made.documents |= {f"{number}/{name}": document for name, document in part.documents.items()}
        for query in evenly([*part.queries], QUESTIONS // 4):
            made.queries[f"{number}/{query}"] = part.queries[query]
            made.answers[f"{number}/{query}"] = {
                f"{number}/{name}": grade for name, grade in part.answers[query].items()
            }
    for path in evenly([*pages], FEWER_PAGES):
        made.documents[path] = pages[path].title, pages[path].text
    return made


def evenly(names: Sequence[str], count: int) -> list[str]:
    """So many of them, as far apart as can be."""
    step = max(1.0, len(names) / max(1, count))
    return [names[int(number * step)] for number in range(min(count, len(names)))]


def read_small(folder: Path) -> LargeSet:
    """A set of BEIR's layout; questions without an answer are left out."""
    made = LargeSet()
    for document in map(json.loads, (folder / "corpus.jsonl").read_text("utf-8").splitlines()):
        made.documents[document["_id"]] = document["title"], document["text"]
    answers: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, name, grade = line.split("\t")
        answers.setdefault(query, {})[name] = int(grade)
    for query in map(json.loads, (folder / "queries.jsonl").read_text("utf-8").splitlines()):
        if query["_id"] in answers:
            made.queries[query["_id"]] = query["text"]
            made.answers[query["_id"]] = answers[query["_id"]]
    return made


def write(folder: Path, made: LargeSet) -> None:
    """The three files of BEIR's layout."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = [
        {"_id": name, "title": title, "text": text} for name, (title, text) in made.documents.items()
    ]
    queries = [{"_id": name, "text": text} for name, text in made.queries.items()]
    for name, rows in (("corpus", documents), ("queries", queries)):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")
    judged = [
        f"{query}\t{name}\t{grade}\n" for query, of in made.answers.items() for name, grade in of.items()
    ]
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(judged), "utf-8")


if __name__ == "__main__":
    for made in large_sets(*map(Path, arguments("large_sets FOLDER CORPORA HELD_OUT"))):
        print(made)
