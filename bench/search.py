"""Prints how well search finds, and what a first search transfers.

    python -m bench.search ../shared/corpora              # both tables
    python -m bench.search ../shared/corpora --quality
    python -m bench.search ../shared/corpora --bytes

Quality: each labelled set is laid out as a folder of notes and goes through the same stages as anyone's; nDCG@10 of
the ranking of `notegen search`, which the tests hold to the page's. Bytes: three vaults are built, hosted with gzip
and opened in Chromium; what it transfers for the first search of a fresh page, the page's script included, the page
not. Vectors are kept in build/bench between runs.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from bench.labelled import LabelledSet, ndcg, read_set
from notegen.build import Setting, build, survey, understand
from notegen.bundled import bundled
from notegen.cache import open_cache
from notegen.config import Config
from notegen.encoder import load_encoder, load_query_tokens, load_table
from notegen.search import Meaning, Searchable, meaning_by_model, meaning_by_table, open_search, search_garden
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.host import Host, hosted

MODEL = bundled("models") / "all-MiniLM-L6-v2"
KEPT = Path("build/bench")

SETS = ("ir-covid-faq", "ir-xquad-en", "ir-jackyzha0-aliases", "ir-jackyzha0-anchors")

VAULTS: Mapping[str, tuple[str, ...]] = {
    "obsidian-garden-jackyzha0/content": ("peer to peer", "how do communities govern themselves", "crdt"),
    "logseq-zettel-vivshaw": ("type theory", "why is it hard to keep a habit", "monad"),
    "dated-posts-18f": ("accessibility", "how to hire people into government", "open source"),
}
"""Each with queries of words, of a question, and of one word."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to rank: by what meaning, if any, and how much it counts."""

    name: str
    meaning: Meaning | None
    weight: float


def main(corpora: Path, *, quality: bool, sizes: bool) -> None:
    """The tables asked for."""
    KEPT.mkdir(parents=True, exist_ok=True)
    if quality:
        print_quality(corpora)
    if sizes:
        print_sizes(corpora)


def print_quality(corpora: Path) -> None:
    """One row a way to rank, one column a labelled set, and their mean."""
    figures: dict[str, list[float]] = {}
    for name in SETS:
        labelled = read_set(corpora / name)
        for way, figure in measure_quality(labelled):
            figures.setdefault(way, []).append(figure)
    print(f"| nDCG@10 | {' | '.join(name.removeprefix('ir-') for name in SETS)} | mean |")
    print("|" + "---|" * (len(SETS) + 2))
    for way, values in figures.items():
        print(f"| {way} | {' | '.join(f'{value:.3f}' for value in [*values, float(np.mean(values))])} |")


def measure_quality(labelled: LabelledSet) -> Iterator[tuple[str, float]]:
    """The figure of each way to rank."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder)
        for name, document in zip(labelled.names, labelled.documents, strict=True):
            title, _, text = document.partition("\n")
            file = notes / (name if name.endswith(".md") else f"{name}.md")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"# {title.replace('_', ' ')}\n\n{text}\n", "utf-8")
        with open_cache(KEPT / "vectors") as cache:
            setting = Setting(notes, Config(), load_encoder(MODEL), cache=cache)
            known = understand(survey(setting)[1], setting)
        assert known.vectors is not None
        assert setting.encoder is not None
        table = load_table(MODEL)
        assert table is not None
        by_table = meaning_by_table(known.vectors, table, load_query_tokens(MODEL))
        by_model = meaning_by_model(known.vectors, setting.encoder)
        half = setting.config.search.meaning_weight
        searchable = open_search(known.garden, known.passages, None)
        for way in (
            Way("words (BM25)", None, 0),
            Way("query table", by_table, 1),
            Way("full model", by_model, 1),
            Way("words + query table (the page)", by_table, half),
            Way("words + full model (`--full`)", by_model, half),
        ):
            yield way.name, ndcg(rank(searchable, labelled, way), labelled.grades)


def rank(
    searchable: Searchable, labelled: LabelledSet, way: Way
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Scores (queries, documents) that order the first ten as the search does."""
    places = {(n if n.endswith(".md") else f"{n}.md"): place for place, n in enumerate(labelled.names)}
    scores = np.zeros((len(labelled.queries), len(places)), np.float32)
    ready = Searchable(
        searchable.garden, searchable.passages, searchable.starts, searchable.lexicon, way.meaning
    )
    for row, query in zip(scores, labelled.queries, strict=True):
        for number, hit in enumerate(search_garden(ready, query, weight=way.weight, limit=10)):
            row[places[hit.note]] = 10 - number
    return scores


def print_sizes(corpora: Path) -> None:
    """One row a vault: what the first search transfers, the median of its queries."""
    print("| vault | notes | passages | kB gzip | requests | second search kB | requests | ms from disk |")
    print("|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for name, queries in VAULTS.items():
            with tempfile.TemporaryDirectory() as folder, open_cache(KEPT / "vectors") as cache:
                site = Path(folder) / "site"
                setting = Setting(corpora / name, Config(), load_encoder(MODEL), load_table(MODEL), cache)
                report = build(setting, site)
                with hosted(site) as host:
                    first, later = zip(
                        *(measure_first(browser, host, query) for query in queries), strict=True
                    )
                disk = [measure_disk(browser, site, query) for query in queries]
            print(
                f"| {name.partition('/')[0]} | {report.notes} | {report.passages} "
                f"| {np.median([s for s, _ in first]) / 1000:.0f} | {np.median([r for _, r in first]):.0f} "
                f"| {np.median([s for s, _ in later]) / 1000:.0f} | {np.median([r for _, r in later]):.0f} "
                f"| {np.median(disk):.0f} |",
                flush=True,
            )
        browser.close()


def measure_first(browser: Browser, host: Host, query: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Bytes and requests of the query on a fresh page, and of another query after it."""
    page = browser.new_page()
    page.goto(host.url)
    script = sum(sent.bytes for sent in host.sent if sent.path.startswith("notegen/notegen."))
    costs: list[tuple[int, int]] = []
    for text in (query, "where is the nearest garden"):
        before = len(host.sent)
        page.evaluate("text => window.notegen.search(text)", text)
        sent = host.sent[before:]
        costs.append(
            (sum(one.bytes for one in sent) + (0 if costs else script), len(sent) + (0 if costs else 1))
        )
    page.close()
    host.sent.clear()
    return costs[0], costs[1]


def measure_disk(browser: Browser, site: Path, query: str) -> float:
    """Milliseconds of the query on a fresh page opened from disk."""
    page = browser.new_page()
    page.goto((site / "index.html").resolve().as_uri())
    result: dict[str, dict[str, float]] = page.evaluate("text => window.notegen.search(text)", query)
    page.close()
    return result["stats"]["ms"]


if __name__ == "__main__":
    wanted = set(sys.argv[2:])
    main(
        Path(sys.argv[1]),
        quality=not wanted or "--quality" in wanted,
        sizes=not wanted or "--bytes" in wanted,
    )
