"""Prints how far closeness agrees with people, beside TF-IDF and the mean of passage vectors.

    pip download --no-deps --dest build/bench/gensim gensim
    python -m bench.judged build/bench/gensim

Lee's 50 short news texts, each pair judged by 8 to 12 people, are among the test data of the package gensim, of which
nothing is installed or run: the two files are read from its wheel. What is compared is the score of a pair before
CSLS is applied and lists are made, with all passages of other notes counted as near. Texts have no titles.

Source:
    Lee, Pincombe and Welsh, "An empirical evaluation of models of text document similarity", CogSci 2005.
"""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from bench.related import MODEL, tf_idf
from bench.usage import arguments
from notegen.cache import open_cache
from notegen.encoder import load_encoder
from notegen.model import Passage, Vectors
from notegen.semantic.embed import embed_passages
from notegen.semantic.related.pairs import pair_notes
from notegen.semantic.related.title_mentions import find_title_mentions
from notegen.semantic.tfidf import count_words
from notegen.text.tokens import singular_forms

KEPT = Path("build/bench")
TEXTS, JUDGMENTS = "gensim/test/test_data/lee.cor", "gensim/test/test_data/similarities0-1.txt"


def main(folder: Path) -> None:
    """One row a way to compare two texts: Pearson's r of all pairs with the mean of what people said."""
    (wheel,) = folder.glob("gensim-*.whl")
    with ZipFile(wheel) as files:
        texts = files.read(TEXTS).decode("utf-8", "replace").split("\n")
        judged = np.array([line.split() for line in files.read(JUDGMENTS).decode().splitlines()], float)
    texts = [text for text in texts if text.strip()]
    assert judged.shape == (len(texts), len(texts)), (judged.shape, len(texts))
    with open_cache(KEPT) as cache:
        passages = tuple(Passage(f"{i:02}.md", 0, "", (), "", text) for i, text in enumerate(texts))
        vectors = embed_passages(passages, load_encoder(MODEL), cache)
    pairs = np.triu_indices(len(texts), 1)
    print("| compared by | Pearson's r |")
    print("| --- | ---: |")
    for name, closeness in ways(vectors):
        print(f"| {name} | {np.corrcoef(closeness[pairs], judged[pairs])[0, 1]:.3f} |")


def ways(vectors: Vectors) -> Iterator[tuple[str, NDArray[np.floating]]]:
    """How close each text is to each, (n, n), by name of the way."""
    ids = [passage.note for passage in vectors.passages]
    for name, rows in (("TF-IDF", tf_idf(vectors, ids)), ("mean of vectors", vectors.matrix)):
        yield f"{name}, cosine", rows @ rows.T
    counts = count_words(singular_forms(passage.text) for passage in vectors.passages)
    notes = np.arange(len(ids))
    mentions = find_title_mentions(counts, notes, [[] for _ in ids])
    pairs = pair_notes(vectors.matrix, notes, vectors.matrix, counts, mentions, nearest=len(ids))
    closeness = np.zeros((len(ids), len(ids)))
    closeness[pairs.here, pairs.there] = pairs.score
    yield "notegen", closeness


if __name__ == "__main__":
    main(Path(arguments("judged WHEELS")[0]))
