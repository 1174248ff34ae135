"""Prints how well search finds on labelled sets: the built site's own answers, beside other ways to rank.

    python -m bench.search ../shared/corpora/ir-*
    python -m bench.search $(ls -d build/bench/held-out/ho-*)      # made by `python -m bench.held_out`

Each set is laid out as a folder of notes and built as anyone's; what counts for the page is what
`window.notegen.search` answers in Chromium, from disk and over HTTP. The other ways are ranked by the code of
`notegen search`: words alone, the full model alone on question and notes, and both. Vectors are kept in build/bench.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from msgspec.structs import replace
from playwright.sync_api import Browser

from bench.labelled import LabelledSet, ndcg, read_set, recall
from bench.transfer import chromium
from bench.usage import arguments
from notegen.build import build
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from notegen.load import embed_garden, load_garden
from notegen.model import Url
from notegen.search.engine import Meaning, MeaningByModel, Searchable, open_search, search_garden
from tests.support.static_host import hosted

MODEL = bundled("models") / "all-MiniLM-L6-v2"
KEPT = Path("build/bench")

WEIGHTS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)
"""How much meaning counts in the best hybrid that runs the full model: the weight with the best mean is chosen."""

AT_ONCE = 100
"""Queries between two calls into the page."""

DISK, HTTP = "**the page**, from disk", "**the page**, over HTTP"
WORDS, FULL, HALF = "words (BM25)", "full model", "words + full model, as `--full`"

ASK = """async queries => {
    const answers = []
    for (const query of queries) {
        const start = performance.now()
        const found = await window.notegen.search(query, { limit: 10 })
        answers.push([found.hits.map(hit => hit.url), performance.now() - start])
    }
    return answers
}"""

Rankings = Sequence[Sequence[int]]
"""For each query the places of the first ten documents, the best first."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What every way answered on one set."""

    labelled: LabelledSet
    ways: Mapping[str, Rankings]
    seconds: Sequence[float]
    """What each query took in the page from disk, files included."""


def main(folders: Sequence[Path]) -> None:
    """A table of nDCG@10, one of recall@10, and what the targets ask of them."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        answers = {folder.name: answer(browser, read_set(folder)) for folder in folders}
    best = max(map(_weighted, WEIGHTS), key=lambda way: _mean(answers, way, ndcg))
    ways = [WORDS, FULL, HALF, best, DISK, HTTP]
    for name, measure in (("nDCG@10", ndcg), ("recall@10", recall)):
        print(f"| {name} | {' | '.join(answers)} | mean |\n{'|---' * (len(answers) + 2)}|")
        for way in dict.fromkeys(ways):
            figures = [measure(one.ways[way], one.labelled.grades) for one in answers.values()]
            print(
                f"| {way} | {' | '.join(f'{figure:.3f}' for figure in [*figures, float(np.mean(figures))])} |"
            )
        print()
    page = _mean(answers, DISK, ndcg)
    print(f"The page to the best hybrid with the full model: {page / _mean(answers, best, ndcg):.3f}")
    print(f"The page to words alone: {page / _mean(answers, WORDS, ndcg):.3f}")
    behind = [
        name
        for name, one in answers.items()
        if ndcg(one.ways[DISK], one.labelled.grades) <= ndcg(one.ways[FULL], one.labelled.grades)
    ]
    print(f"Sets on which the full model alone is not below the page: {', '.join(behind) or 'none'}")
    for name, one in answers.items():
        middle, slow = np.percentile(one.seconds, [50, 95])
        print(
            f"{name}: {middle * 1000:.0f} ms a query from disk, {slow * 1000:.0f} ms at the 95th percentile"
        )


def answer(browser: Browser, labelled: LabelledSet) -> Answers:
    """Build the set's site and ask it everything, and rank in the other ways."""
    with TemporaryDirectory() as folder, open_cache(KEPT / "vectors") as cache:
        notes, site = Path(folder) / "notes", Path(folder) / "site"
        places = lay_out(labelled, notes)
        config = Config()
        context = BuildContext(notes, config, load_encoder(MODEL), load_table(MODEL), cache)
        known = embed_garden(load_garden(context)[1], context)
        assert known.vectors is not None
        assert context.encoder is not None
        searchable = open_search(
            known.garden, known.passages, None, table=context.table, familiarity=known.familiarity
        )
        by_model = MeaningByModel(known.vectors, context.encoder)
        half = config.search.meaning_weight
        ways = {
            WORDS: rank(searchable, None, labelled, places, [0])[0],
            **dict(
                zip(
                    [FULL, HALF, *map(_weighted, WEIGHTS)],
                    rank(searchable, by_model, labelled, places, [1, half, *WEIGHTS]),
                    strict=True,
                )
            ),
        }
        build(context, site)
        urls = {known.garden.urls[note]: place for note, place in places.items()}
        ways[DISK], seconds = ask(browser, f"{site.resolve().as_uri()}/index.html", labelled, urls)
        with hosted(site) as host:
            ways[HTTP], _ = ask(browser, f"{host.url}index.html", labelled, urls)
    return Answers(labelled, ways, seconds)


def lay_out(labelled: LabelledSet, notes: Path) -> dict[str, int]:
    """Write each document as a note; gives each note's id its document's place."""
    places: dict[str, int] = {}
    for place, (name, document) in enumerate(zip(labelled.names, labelled.documents, strict=True)):
        title, _, text = document.partition("\n")
        id = name if name.endswith(".md") else f"{name}.md"
        places[id] = place
        file = notes / id
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {title.replace('_', ' ')}\n\n{text}\n", "utf-8")
    return places


def rank(
    searchable: Searchable,
    meaning: Meaning | None,
    labelled: LabelledSet,
    places: Mapping[str, int],
    weights: Sequence[float],
) -> list[Rankings]:
    """For each weight the first ten of every query, as `notegen search` orders them."""
    asked = replace(searchable, meaning=meaning and Remembering(meaning))
    return [
        [
            [places[hit.note] for hit in search_garden(asked, query, weight=weight)]
            for query in labelled.queries
        ]
        for weight in weights
    ]


class Remembering:
    """Meaning that asks the model once for each question, however often that is ranked."""

    def __init__(self, meaning: Meaning) -> None:
        self.direction = cache(meaning.direction)
        self.note_direction = meaning.note_direction
        self.scores = meaning.scores


def ask(
    browser: Browser, address: str, labelled: LabelledSet, urls: Mapping[Url, int]
) -> tuple[Rankings, list[float]]:
    """The first ten of every query as the page answers, one after the other, and the seconds each took."""
    rankings: list[list[int]] = []
    seconds: list[float] = []
    page = browser.new_page()
    page.goto(address)
    for queries in _portions(labelled.queries):
        for hits, ms in page.evaluate(ASK, list(queries)):
            rankings.append([urls[url] for url in hits])
            seconds.append(ms / 1000)
    page.close()
    return rankings, seconds


def _portions(queries: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(queries), AT_ONCE):
        yield queries[start : start + AT_ONCE]


def _weighted(weight: float) -> str:
    return f"words + full model, weight {weight}, the best"


def _mean(
    answers: Mapping[str, Answers],
    way: str,
    measure: Callable[[Rankings, Sequence[Mapping[int, int]]], float],
) -> float:
    return float(np.mean([measure(one.ways[way], one.labelled.grades) for one in answers.values()]))


if __name__ == "__main__":
    main([Path(name) for name in arguments("search SET...")])
