"""Prints how well notes are found when the encoder reads passages with and without their title and headings.

    python -m bench.passage_texts ../shared/corpora/obsidian-garden-jackyzha0/content ../shared/corpora/ir-jackyzha0-*

The first folder is a vault; the others are labelled sets whose documents are that vault's notes. A note scores
as its best passage. `notegen.embed.text_of` is what won.
"""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import numpy as np

from bench.labelled import best_first, ndcg, read_set
from bench.usage import arguments
from notegen.bundled import bundled
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder
from notegen.load import load_garden
from notegen.model import Passage
from notegen.semantic.passages import passages_of

WAYS: dict[str, Callable[[Passage], str]] = {
    "text": lambda passage: passage.text,
    "last heading, text": lambda passage: f"{' '.join(passage.trail[-1:])}\n{passage.text}",
    "title, text": lambda passage: f"{passage.title}\n{passage.text}",
    "title. headings, text": lambda passage: f"{'. '.join([passage.title, *passage.trail])}\n{passage.text}",
}


def main(vault: Path, folders: list[Path]) -> None:
    """One row a way, one column a labelled set."""
    _, garden = load_garden(BuildContext(vault, Config(), None))
    passages = tuple(chain.from_iterable(map(passages_of, garden.notes.values())))
    encoder = load_encoder(bundled("models") / "all-MiniLM-L6-v2")
    sets = [read_set(folder) for folder in folders]
    print(f"| the encoder reads | {' | '.join(folder.name for folder in folders)} |")
    print("|" + "---|" * (len(folders) + 1))
    for name, way in WAYS.items():
        vectors = encoder.encode_passages([way(passage) for passage in passages])
        figures = []
        for labelled in sets:
            scores = encoder.encode_queries(labelled.queries) @ vectors.T  # (q, p)
            best = np.full((len(scores), len(labelled.documents)), -1, np.float32)
            places = {note: place for place, note in enumerate(labelled.names)}
            for passage, column in zip(passages, scores.T, strict=True):
                if passage.note in places:
                    at = places[passage.note]
                    best[:, at] = np.maximum(best[:, at], column)
            figures.append(f"{ndcg(best_first(best), labelled.grades):.4f}")
        print(f"| {name} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    vault, *sets = map(Path, arguments("passage_texts VAULT SET..."))
    main(vault, sets)
