"""Prints what a first and a later search transfer, beside Pagefind's search by words of the same notes.

    python -m bench.sizes ../shared/corpora                  # three real vaults, and gardens of every size
    python -m bench.sizes ../shared/corpora 700 10000        # gardens of these sizes only

Gardens of a given size are made of the vaults' notes, see `bench.gardens`. Each query is asked on a fresh page, and
then the next one; both sides answer the same queries in one run, over HTTP with gzip, in Chromium. `bench.transfer`
says what is counted. Pagefind is left out above PAGEFIND_MOST notes, where indexing alone takes it minutes.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench import pagefind
from bench.gardens import Grown, garden_of, part_of, real_garden
from bench.transfer import Cost, Costs, chromium, measure
from bench.usage import arguments
from notegen.bundled import bundled
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from notegen.load import load_garden
from notegen.model import Insights, NoteId, OutputFile
from notegen.paths import SEARCH_FOLDER, SEARCH_POINTER
from notegen.render import render_pages
from notegen.search.cached_index import cached_vector_index
from notegen.search.shards import IndexSource, make_search_index
from notegen.theme import load_theme
from notegen.write import write_site
from tests.support.static_host import hosted

MODEL = bundled("models") / "all-MiniLM-L6-v2"
KEPT = Path("build/bench")
SIZES = (700, 1_000, 10_000, 100_000)
PAGEFIND_MOST = 10_000

VAULTS: Mapping[str, Sequence[str]] = {
    "obsidian-garden-jackyzha0/content": (
        "crdt",
        "trusting",
        "agency",
        "ATProto",
        "peer to peer",
        "causal trees",
        "linear filter",
        "commutative replicated data type",
        "how do communities govern themselves without a leader",
        "what is the difference between agency and play",
        "how to be a good community member online",
        "why do people trust strangers on the internet",
    ),
    "logseq-zettel-vivshaw": (
        "monad",
        "meditation",
        "haskell",
        "habits",
        "type theory",
        "four noble truths",
        "emotional regulation",
        "notes on reading books",
        "why is it hard to keep a new habit",
        "how do I stop procrastinating and start doing work",
        "what is the difference between a functor and a monad",
        "how can I fall asleep when my mind is busy",
    ),
    "dated-posts-18f": (
        "accessibility",
        "procurement",
        "emoji",
        "agile",
        "open source",
        "design system",
        "user research",
        "working with a product manager",
        "how to hire people into government",
        "what does a product manager do at an agency",
        "how can small businesses sell software to the government",
        "why should a public service write its code in the open",
    ),
}
"""Twelve queries each: four of one word, four of two to five, four of six or more."""

MIXED = tuple(
    query for queries in VAULTS.values() for query in (*queries[:4:2], *queries[4:8:2], *queries[8::2])
)
"""For gardens made of all three: six of each."""


ASK = "text => window.notegen.search(text)"

PIECES = {
    "stem": "script",
    "w": "words",
    "c": "words",
    "common": "table",
    "t": "table",
    "u": "table",
    "x": "table",
    "y": "table",
    "xo": "table",
    "yo": "table",
    "scripts": "table",
    "k": "vectors",
    "v": "vectors",
    "p": "texts",
}
"""The kinds of the pieces of a site's index, by the letters that their names begin with."""

KINDS = ("script", "manifest", "words", "table", "vectors", "texts")


@dataclass(frozen=True, slots=True)
class Measured:
    """The costs of every query, in order."""

    ours: Sequence[Costs]
    pagefind: Sequence[Costs]
    """Empty where Pagefind was left out."""


def main(corpora: Path, sizes: Sequence[int] = ()) -> None:
    """One row a garden, and then what makes up the bytes, and the bytes by the length of a query."""
    rows: list[tuple[str, Grown, Sequence[str], Measured]] = []
    encoder = load_encoder(MODEL)
    real = real_garden([corpora / name for name in VAULTS], encoder, KEPT / "vectors")
    print(
        "| notes | passages | first kB | Pagefind | to Pagefind | requests | Pagefind | next kB | Pagefind "
        "| requests | Pagefind | first ms | Pagefind | next ms | warm ms |"
    )
    print("|---" * 15 + "|")
    with chromium() as browser:
        for name, grown, queries in _gardens(real, sizes):
            measured = _measure(browser, grown, queries, paged=len(grown.garden.notes) <= PAGEFIND_MOST)
            rows.append((name, grown, queries, measured))
            _print_row(name, grown, measured)
    print(f"\n| first search, kB | | {' | '.join(KINDS)} |")
    print("|---" * (len(KINDS) + 2) + "|")
    for name, _, _, measured in rows:
        _print_kinds(name, "notegen", measured.ours)
        _print_kinds(name, "Pagefind", measured.pagefind)
    print("\n| first search, kB | | one word | two to five | six or more |\n|---|---|---|---|---|")
    for name, _, queries, measured in rows:
        _print_lengths(name, "notegen", queries, measured.ours)
        _print_lengths(name, "Pagefind", queries, measured.pagefind)


def _gardens(real: Grown, sizes: Sequence[int]) -> Iterator[tuple[str, Grown, Sequence[str]]]:
    if not sizes:
        for number, (name, queries) in enumerate(VAULTS.items()):
            yield name.partition("/")[0], part_of(real, _in_folder(f"{number}/")), queries
    for size in sizes or SIZES:
        yield f"{size:,} made of all three", garden_of(real, size), MIXED


def _measure(browser: Browser, grown: Grown, queries: Sequence[str], *, paged: bool) -> Measured:
    pairs = list(zip(queries, [*queries[1:], queries[0]], strict=True))
    ours, theirs = [], []
    with TemporaryDirectory() as folder:
        site, notes, pages = (Path(folder) / name for name in ("site", "notes", "pages"))
        notes.mkdir()
        write_site(_site_files(grown, notes), site)
        with hosted(site) as host:
            ours = [measure(browser, host, "index.html", ASK, pair, kind_of) for pair in pairs]
        if paged:
            pagefind.index_notes(grown.garden, grown.passages, pages, tools=KEPT / "pagefind")
            with hosted(pages) as host:
                theirs = [
                    measure(browser, host, pagefind.PAGE, pagefind.ASK, pair, pagefind.kind_of)
                    for pair in pairs
                ]
    return Measured(ours, theirs)


def _site_files(grown: Grown, notes: Path) -> Iterator[OutputFile]:
    """The index of the whole garden, and the pages of a single note, any of which can search it; `notes` is empty."""
    config = Config(title="Bench")
    source = IndexSource(
        grown.garden,
        grown.passages,
        cached_vector_index(grown.garden, grown.vectors, load_table(MODEL)),
        weight=config.search.meaning_weight,
    )
    index = make_search_index(source)
    (notes / "one.md").write_text("# One\n\nA page to search from.\n", "utf-8")
    _, alone = load_garden(BuildContext(notes, config, None))
    pages = render_pages(
        alone,
        Insights(search=SEARCH_POINTER),
        load_theme(language=config.language, accent=config.accent),
        config,
    )
    return chain(pages, index.files)


def kind_of(path: str) -> str:
    """What a file of notegen's is; `notegen.search.shards` names the pieces of the index."""
    folder, _, name = path.rpartition("/")
    if path == SEARCH_POINTER:
        return "manifest"
    if not f"{folder}/".startswith(f"{SEARCH_FOLDER}/"):
        return "script"
    start = re.match(r"[a-z]+", name)
    return PIECES.get(start[0] if start else "", "manifest")


def _in_folder(folder: str) -> Callable[[NoteId], bool]:
    return lambda id: id.startswith(folder)


def _print_row(name: str, grown: Grown, measured: Measured) -> None:
    def kb(costs: Sequence[Cost]) -> str:
        return f"{mean(cost.bytes for cost in costs) / 1000:.0f}" if costs else "–"

    def requests(costs: Sequence[Cost]) -> str:
        return f"{mean(cost.requests for cost in costs):.0f}" if costs else "–"

    ours, theirs = measured.ours, measured.pagefind
    first, their_first = [one.first for one in ours], [one.first for one in theirs]
    later, their_later = [one.later for one in ours], [one.later for one in theirs]
    ratio = (
        f"{sum(cost.bytes for cost in first) / sum(cost.bytes for cost in their_first):.2f}"
        if theirs
        else "–"
    )
    cells = [
        name,
        f"{len(grown.garden.notes):,}",
        f"{len(grown.passages):,}",
        f"**{kb(first)}**",
        kb(their_first),
        f"**{ratio}**",
        requests(first),
        requests(their_first),
        kb(later),
        kb(their_later),
        requests(later),
        requests(their_later),
        f"{median(cost.ms for cost in first):.0f}",
        f"{median(cost.ms for cost in later):.0f}",
        f"{median(one.warm for one in ours):.0f}",
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


def _print_kinds(name: str, by: str, costs: Sequence[Costs]) -> None:
    if costs:
        figures = [mean(one.first.kinds.get(kind, 0) for one in costs) / 1000 for kind in KINDS]
        print(f"| {name} | {by} | {' | '.join(f'{figure:.0f}' for figure in figures)} |")


def _print_lengths(name: str, by: str, queries: Sequence[str], costs: Sequence[Costs]) -> None:
    if costs:
        groups: dict[str, list[int]] = {"one": [], "few": [], "many": []}
        for query, one in zip(queries, costs, strict=True):
            words = len(query.split())
            groups["one" if words == 1 else "few" if words < 6 else "many"].append(one.first.bytes)
        print(f"| {name} | {by} | {' | '.join(f'{mean(group) / 1000:.0f}' for group in groups.values())} |")


if __name__ == "__main__":
    corpora, *sizes = arguments("sizes CORPORA [NOTES...]")
    main(Path(corpora), [int(size) for size in sizes])
