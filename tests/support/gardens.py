"""Small gardens for tests of pages, grown from texts by the real stages; nothing comes from a disk."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from notegen.config import Config
from notegen.link import link_notes
from notegen.model import (
    EmbeddingCard,
    Garden,
    Graph,
    Insights,
    Mention,
    Neighbour,
    NoteId,
    OutputFile,
    Overview,
    Passage,
    Reading,
    Reason,
    Related,
    Source,
    Url,
)
from notegen.parse import parse_note
from notegen.paths import SEARCH_POINTER
from notegen.render import render_pages
from notegen.theme import Theme

MODIFIED = date(2024, 2, 1)

Texts = Mapping[NoteId, str | tuple[str, Mapping[str, object]]]
"""A note's text, or its text with its front matter."""

TINY: Texts = {
    "Tides.md": (
        "# Tides and *moons*\n\nThe sea rises twice a day, see [[Harbour]] and [[2024-01-06]].\n\n"
        "## Springs\n\nWhen sun and moon pull together. #sea/tides\n\n## Neaps\n\nWhen they do not.\n\n"
        "## Tables\n\n| port | height |\n|---|---|\n| Brest | 6 m |\n\nOnly [[Secret]] knows.\n",
        {
            "date": "2024-01-05",
            "tags": ["sea"],
            "aliases": ["Ebb & flow"],
            "source": "<b>almanac</b>",
            "lang": "en-GB",
        },
    ),
    "coast/Harbour.md": ("A harbour fills with the [[Tides#Springs|spring tide]].\n", {"date": "2024-01-06"}),
    "coast/Old quay.md": "Nobody wrote down when.\n\n![[plan.png|The plan|320x200]]\n",
    "2023-11-05.md": "- rowed out\n  - [ ] mend the oar\n  - then [[coast/Harbour]]\n",
}

TINY_ASSETS = {"plan.png": Path("plan.png")}


def grow(
    texts: Texts,
    *,
    assets: Mapping[str, Path] | None = None,
    documents: frozenset[str] = frozenset(),
    withheld: frozenset[str] = frozenset(),
    config: Config = Config(),  # noqa: B008  # frozen
) -> Garden:
    """The garden of these notes."""
    sources = tuple(_source(note, texts[note]) for note in sorted(texts))
    reading = Reading(sources, assets or {}, withheld, documents=documents)
    return link_notes(map(parse_note, sources), reading, config)


def render(
    garden: Garden,
    theme: Theme,
    *,
    config: Config | None = None,
    related: Related | None = None,
    files: Mapping[str, Path] | None = None,
    search: Url | None = SEARCH_POINTER,
    graph: Graph | None = None,
    cards: Mapping[NoteId, EmbeddingCard] = MappingProxyType({}),
    mentions: Mapping[NoteId, tuple[Mention, ...]] = MappingProxyType({}),
    overview: Overview | None = None,
) -> dict[Url, OutputFile]:
    """All files of the garden's site, by URL."""
    config = config or Config(title="Sea notes", description="What the water does.")
    pages = list(
        render_pages(
            garden,
            Insights(related or Related(), mentions, graph, overview, cards, search),
            theme,
            config,
            files=files or {},
        )
    )
    by_url = {page.url: page for page in pages}
    assert len(by_url) == len(pages), "two files have one URL"
    return by_url


def text_of(file: OutputFile) -> str:
    """The content of a page."""
    assert isinstance(file.content, bytes)
    return file.content.decode()


def tie(garden: Garden, here: NoteId, there: NoteId, *words: str) -> Related:
    """Two notes that are related by the first section of each that has text."""
    reason = Reason(_passage(garden, here), _passage(garden, there), words)
    return Related({here: (Neighbour(there, 0.5, reason),)})


def _passage(garden: Garden, note: NoteId) -> Passage:
    section = next(section for section in garden.notes[note].sections if section.paragraphs)
    title = garden.notes[note].title
    return Passage(note, 0, title, section.trail, section.anchor, "\n".join(section.paragraphs))


def _source(note: NoteId, written: str | tuple[str, Mapping[str, object]]) -> Source:
    text, properties = (written, {}) if isinstance(written, str) else written
    return Source(note, text, 1, properties, "0" * 32, MODIFIED)
