"""Prints how well search finds with a query table distilled for a model that came without one.

    python -m bench.own_model ../shared/corpora/ir-*
    python -m bench.own_model --model ~/models/multilingual ../shared/corpora/ir-*

With the bundled model its trained table is measured too: what the distilled one is short of. All are ranked by the code
of `notegen search`. Vectors are kept in build/bench.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.labelled import LabelledSet, ndcg, read_set
from bench.search import KEPT, MODEL, lay_out, rank
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table, load_vocabulary
from notegen.load import embed_garden, load_garden, query_table
from notegen.search.cached_index import cached_vector_index
from notegen.search.engine import Meaning, MeaningByModel, MeaningByTable, open_search
from notegen.search.query_table.choose import weight_with
from notegen.text.wordpiece import wordpiece_tokenizer

WAYS = (
    "words",
    *("trained table", "words + trained table"),
    *("distilled table", "words + distilled table"),
    *("full model", "words + full model"),
)
"""In the order of the table; what a model has not is left out."""


def main(model: Path, folders: Sequence[Path]) -> None:
    """A table of nDCG@10, then the seconds that distilling took; nearly none where the pieces are in the cache."""
    KEPT.mkdir(parents=True, exist_ok=True)
    seconds: dict[str, float] = {}
    found = {folder.name: _measure(model, read_set(folder), folder.name, seconds) for folder in folders}
    print(f"| nDCG@10 | {' | '.join(found)} | mean |\n{'|---' * (len(found) + 2)}|")
    for way in WAYS:
        figures = [ways[way] for ways in found.values() if way in ways]
        if figures:
            print(
                f"| {way} | {' | '.join(f'{figure:.3f}' for figure in [*figures, float(np.mean(figures))])} |"
            )
    print()
    for name, taken in seconds.items():
        print(f"{name}: distilled in {taken:.1f} s")


def _measure(model: Path, labelled: LabelledSet, name: str, seconds: dict[str, float]) -> Mapping[str, float]:
    with TemporaryDirectory() as folder, open_cache(KEPT / "vectors") as cache:
        places = lay_out(labelled, Path(folder))
        vocabulary = partial(load_vocabulary, model)
        context = BuildContext(
            Path(folder), Config(), load_encoder(model), cache=cache, vocabulary=vocabulary
        )
        known = embed_garden(load_garden(context)[1], context)
        assert known.vectors is not None
        assert context.encoder is not None
        start = time.perf_counter()
        distilled = query_table(known, context)
        seconds[name] = time.perf_counter() - start
        search = open_search(known.garden, known.passages, None)

        def quality(meaning: Meaning | None, *weights: float) -> list[float]:
            rankings = rank(search, meaning, labelled, places, weights)
            return [ndcg(ranking, labelled.grades) for ranking in rankings]

        half = context.config.search.meaning_weight
        both = quality(MeaningByModel(known.vectors, context.encoder), 1, half)
        ways = dict(zip(("full model", "words + full model"), both, strict=True))
        [ways["words"]] = quality(None, 0)
        for kind, table in (("trained table", load_table(model)), ("distilled table", distilled)):
            if index := cached_vector_index(known.garden, known.vectors, table):
                counts = weight_with(table, half)
                both = quality(MeaningByTable(index, wordpiece_tokenizer(index.tokens)), 1, counts)
                ways |= zip((kind, f"words + {kind}"), both, strict=True)
        return ways


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("folders", type=Path, nargs="+")
    chosen = parser.parse_args()
    main(chosen.model, chosen.folders)
