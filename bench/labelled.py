"""Labelled sets, and how well a ranking answers them."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Documents, queries, and the grade of each document that answers a query, by place."""

    names: tuple[str, ...]
    """The documents' own."""
    documents: tuple[str, ...]
    """Title and text."""
    queries: tuple[str, ...]
    grades: tuple[Mapping[int, int], ...]
    """For each query: a document's place to its grade, above 0."""


def read_set(folder: Path) -> LabelledSet:
    """A labelled set in BEIR's layout; queries without an answer are left out."""
    documents = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    places = {document["_id"]: place for place, document in enumerate(documents)}
    answers: dict[str, dict[int, int]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        answers.setdefault(query, {})[places[document]] = int(grade)
    lines = (folder / "queries.jsonl").read_text("utf-8").splitlines()
    queries = [query for query in map(json.loads, lines) if query["_id"] in answers]
    return LabelledSet(
        tuple(places),
        tuple(f"{document['title']}\n{document['text']}" for document in documents),
        tuple(query["text"] for query in queries),
        tuple(answers[query["_id"]] for query in queries),
    )


def best_first(scores: NDArray[np.float32]) -> list[list[int]]:
    """For each query the places of the documents, the best first, ties by place; scores (queries, documents)."""
    ranked: list[list[int]] = np.argsort(-scores, axis=1, kind="stable").tolist()
    return ranked


def ndcg(rankings: Sequence[Sequence[int]], grades: Sequence[Mapping[int, int]], *, depth: int = 10) -> float:
    """Mean nDCG over queries, each ranking the best first; gain is the grade, discount log2(rank + 1)."""
    return float(
        np.mean(
            [
                _gain([grade.get(place, 0) for place in ranking[:depth]])
                / _gain(sorted(grade.values(), reverse=True)[:depth])
                for ranking, grade in zip(rankings, grades, strict=True)
            ]
        )
    )


def recall(
    rankings: Sequence[Sequence[int]], grades: Sequence[Mapping[int, int]], *, depth: int = 10
) -> float:
    """Mean share of a query's answers that are among the first `depth`."""
    return float(
        np.mean(
            [
                len(grade.keys() & set(ranking[:depth])) / len(grade)
                for ranking, grade in zip(rankings, grades, strict=True)
            ]
        )
    )


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades))
