"""Prints every measurement that the documentation quotes, as the tables it quotes.

    python -m bench                       # all
    python -m bench search sizes          # some

Needs the notes and the labelled sets of ../shared/corpora, which are beside the repository and not in it.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import (
    audit,
    encoder,
    few_notes,
    held_out,
    languages,
    large_sets,
    links,
    map,
    pages,
    passage_texts,
    proofs,
    questions,
    ranked,
    related,
    search,
    sizes,
    small_gardens,
    stages,
)

CORPORA = Path(__file__).parent.parent.parent / "shared/corpora"
GARDEN = CORPORA / "obsidian-garden-jackyzha0/content"

VAULTS = {
    "Obsidian, jackyzha0": GARDEN,
    "Eleventy, 18F": CORPORA / "dated-posts-18f",
    "Logseq, vivshaw": CORPORA / "logseq-zettel-vivshaw",
}

READ = {
    **VAULTS,
    "Logseq, its documentation": CORPORA / "logseq-docs",
    "Dendron, its site": CORPORA / "dendron-site",
    "Foam, its documentation": CORPORA / "foam-docs",
    "Hugo, mtlynch": CORPORA / "hugo-mtlynch",
    "Obsidian, kepano": CORPORA / "obsidian-kepano",
}
"""All vaults that are read whole, of every tool there is one of."""

SITES = {**VAULTS, "notegen's own": Path(__file__).parent.parent / "notes"}

MEASUREMENTS: Mapping[str, Callable[[], None]] = {
    "stages": lambda: stages.main(CORPORA),
    "search": lambda: search.main(sorted(CORPORA.glob("ir-*"))),
    "ranked": lambda: ranked.main([*sorted(CORPORA.glob("ir-*")), GARDEN]),
    "questions": lambda: questions.main(GARDEN),
    "few_notes": few_notes.main,
    "small_gardens": lambda: small_gardens.main([*CORPORA.glob("ir-*-en"), CORPORA / "ir-covid-faq"]),
    "languages": lambda: languages.main(sorted(CORPORA.glob("ir-xquad-*"))),
    "held_out": lambda: search.main(held_out.held_out(search.KEPT / "held-out")),
    "large_sets": lambda: ranked.main(
        large_sets.large_sets(search.KEPT / "large", CORPORA, search.KEPT / "held-out"), full=True
    ),
    "sizes": lambda: sizes.main(CORPORA),
    "encoder": lambda: encoder.main(GARDEN),
    "passage_texts": lambda: passage_texts.main(GARDEN, sorted(CORPORA.glob("ir-jackyzha0-*"))),
    "links": lambda: links.main(READ),
    "map": lambda: map.main(VAULTS),
    "related": lambda: related.main(SITES),
    "pages": lambda: pages.main(SITES),
    "audit": lambda: audit.main(VAULTS),
    "proofs": lambda: proofs.main(SITES),
}


def main(names: list[str]) -> None:
    """Print the tables, each under its name."""
    if not CORPORA.is_dir():
        sys.exit(f"nothing to measure: {CORPORA} is not there")
    for name in names or MEASUREMENTS:
        print(f"\n{name}\n", flush=True)
        MEASUREMENTS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
