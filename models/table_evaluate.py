"""Prints nDCG@10 of a query table on labelled sets, beside BM25 and the model, for several ways to store the vectors.

The sets are judged with, never trained on.

    python -m models.table_evaluate ../shared/corpora/ir-*

A set is a folder with `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv` (a
header, then query, document, grade). A document is one vector: its title and first 256 tokens.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.source import WEIGHTS, fetch
from models.table_format import QueryTable, quantised, read_table
from models.table_teacher import Teacher
from models.train_table import ARTEFACT

Float = NDArray[np.float32]
SHARES = (0.5, 0.6)
"""Weights of meaning in the hybrids."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Documents, queries, and which document answers which query how well."""

    name: str
    documents: tuple[str, ...]
    queries: tuple[str, ...]
    grades: tuple[Mapping[int, int], ...]
    """For each query: document -> grade above 0."""


def read_set(folder: Path) -> LabelledSet:
    """A labelled set in the layout of BEIR; queries without any answer are left out."""
    documents = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    queries = [json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines()]
    places = {document["_id"]: at for at, document in enumerate(documents)}
    grades: dict[str, dict[int, int]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0 and document in places:
            grades.setdefault(query, {})[places[document]] = int(grade)
    kept = [query for query in queries if query["_id"] in grades]
    return LabelledSet(
        folder.name,
        tuple(f"{document['title']}\n{document['text']}".strip() for document in documents),
        tuple(query["text"] for query in kept),
        tuple(grades[query["_id"]] for query in kept),
    )


def bm25_scores(
    documents: Sequence[str], queries: Sequence[str], *, k1: float = 1.2, b: float = 0.75
) -> Float:
    """(q, n) BM25 scores over lower-case words, without stemming or stop words.

    Source:
        Robertson and Zaragoza 2009, with the idf log(1 + (n - df + .5) / (df + .5)) of Lucene.
    """
    bags = [Counter(words_of(document)) for document in documents]
    lengths = np.array([sum(bag.values()) for bag in bags], np.float32)
    norms = k1 * (1 - b + b * lengths / lengths.mean())
    postings: dict[str, list[tuple[int, int]]] = {}
    for at, bag in enumerate(bags):
        for word, count in bag.items():
            postings.setdefault(word, []).append((at, count))
    scores = np.zeros((len(queries), len(documents)), np.float32)
    for row, query in enumerate(queries):
        for word in words_of(query):
            found = postings.get(word, [])
            idf = math.log(1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            for at, count in found:
                scores[row, at] += idf * count * (k1 + 1) / (count + norms[at])
    return scores


def words_of(text: str) -> list[str]:
    """The lower-case words of a text."""
    return re.findall(r"\w+", text.lower())


def ndcg(scores: Float, grades: Sequence[Mapping[int, int]], *, depth: int = 10) -> float:
    """Mean nDCG at `depth`, gain 2^grade - 1; ties go to the earlier document."""
    found = []
    for row, wanted in zip(scores, grades, strict=True):
        ranked = np.argsort(-row, kind="stable")[:depth]
        gain = sum((2 ** wanted.get(int(at), 0) - 1) / math.log2(rank + 2) for rank, at in enumerate(ranked))
        best = sorted(wanted.values(), reverse=True)[:depth]
        found.append(gain / sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(best)))
    return float(np.mean(found))


def fused(words: Float, meaning: Float, weight: float) -> Float:
    """(1 - weight) x words + weight x meaning, each stretched to 0..1 over a query's documents."""
    return (1 - weight) * stretched(words) + weight * stretched(meaning)


def stretched(scores: Float) -> Float:
    """Scores moved to 0..1 for each query; a row of equal scores becomes zeros."""
    low, high = scores.min(1, keepdims=True), scores.max(1, keepdims=True)
    result: Float = np.where(high > low, (scores - low) / np.where(high > low, high - low, 1), 0).astype(
        np.float32
    )
    return result


def rounded_notes(notes: Float) -> Float:
    """Vectors as int8 would hold them, one step for each vector."""
    rows, scales = quantised(notes)
    result: Float = rows.astype(np.float32) * scales[:, None]
    return result


def signs(notes: Float) -> Float:
    """Vectors as one bit a dimension would hold them: -1 or 1."""
    result: Float = np.where(notes >= 0, 1, -1).astype(np.float32)
    return result


STORED: tuple[tuple[str, Callable[[Float], Float]], ...] = (
    ("float notes", lambda notes: notes),
    ("int8 notes", rounded_notes),
    ("sign bits of notes", signs),
)


def evaluate(
    sets: Sequence[LabelledSet], teacher: Teacher, table: QueryTable
) -> list[tuple[str, list[float]]]:
    """(what, nDCG@10 for each set) in the order printed, and the table's mean cosine to the model on the queries."""
    lines: dict[str, list[float]] = {}
    for labelled in sets:
        teacher.tokenizer.enable_truncation(256)
        notes = teacher.encode(labelled.documents).astype(np.float32)  # (n, e)
        asked = teacher.encode(labelled.queries).astype(np.float32)  # (q, e)
        guessed = table.encode([encoding.ids for encoding in tokens_of(teacher, labelled.queries)])  # (q, d)
        words = bm25_scores(labelled.documents, labelled.queries)

        def note(what: str, scores: Float, judged: LabelledSet = labelled) -> None:
            lines.setdefault(what, []).append(ndcg(scores, judged.grades))

        note("BM25", words)
        turned = table.turn(notes)
        ways = [("model, float notes", asked @ notes.T)]
        ways += [(f"table, {how}", guessed @ stored(turned).T) for how, stored in STORED]
        for what, scores in ways:
            note(what, scores)
            for weight in SHARES:
                note(f"BM25 + {what}, weight {weight}", fused(words, scores, weight))
        lines.setdefault("cosine of table and model on the queries", []).append(
            float(np.mean(np.sum(table.turn(asked) * guessed, axis=1)))
        )
    return list(lines.items())


def tokens_of(teacher: Teacher, texts: Sequence[str]):  # type: ignore[no-untyped-def]  # the library has no types
    """Encodings without special tokens."""
    return teacher.tokenizer.encode_batch(list(texts), add_special_tokens=False)


def main() -> None:
    """Print the table of results."""
    parser = argparse.ArgumentParser(description="judge a query table on labelled sets")
    parser.add_argument("sets", nargs="+", type=Path, help="folders of labelled sets")
    parser.add_argument(
        "--teacher", type=Path, default=WEIGHTS, help="the published weights (default: %(default)s)"
    )
    parser.add_argument(
        "--table", type=Path, default=ARTEFACT, help="folder of the table (default: %(default)s)"
    )
    chosen = parser.parse_args()
    fetch(chosen.teacher)
    sets = [read_set(folder) for folder in chosen.sets]
    print(f"| nDCG@10 | {' | '.join(labelled.name for labelled in sets)} | mean |")
    print("|---" * (len(sets) + 2) + "|")
    for what, found in evaluate(sets, Teacher(chosen.teacher), read_table(chosen.table)):
        print(f"| {what} | {' | '.join(f'{value:.3f}' for value in found)} | {np.mean(found):.3f} |")


if __name__ == "__main__":
    main()
