"""The search language in a real browser, from disk and from a host, and the examples of its documentation."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.config import Config
from notegen.context import BuildContext
from notegen.load import embed_garden, load_garden
from notegen.model import Garden, Insights, Passage
from notegen.paths import SEARCH_POINTER
from notegen.render import render_pages
from notegen.search.engine import open_search, search_garden
from notegen.theme import load_theme
from notegen.write import write_site
from tests.conftest import ROOT
from tests.support import searchable_garden
from tests.support.gardens import Texts, grow
from tests.support.static_host import Host

NOTES: Texts = {
    "sea/Tides.md": ("# Tides\n\nHigh water follows the moon.\n\n## Spring tide\n\nThe moon is full or new.",
                     {"date": "2024-02-10", "tags": ["sea/moon"]}),
    "sea/Boats.md": ("# Boats\n\nThe water is high where boats lie.", {"date": "2024-09-25", "tags": ["sea"]}),
    "log/2023-12-31.md": ("# Last day\n\nWater and a full moon. Ebbe und Flut, Ärger im Café.",
                          {"date": "2023-12-31", "tags": ["two words"]}),
    "log/2025.md": ("# Running\n\nI ran; she was running by the water.", {"date": "2025-01-01"}),
    "log/東京.md": ("# 東京\n\n東京都の塔", {"date": "2025-03-01"}),
}  # fmt: skip

ANSWERS = {
    '"high water"': ["Tides"],
    '"HIGH WATER"': ["Tides"],
    # No note says this, so its words are looked for.
    '"water high"': ["Boats", "Tides", "Running", "Last day"],
    '"spring tide"': ["Tides"],
    '"last day"': ["Last day"],
    '"arger im cafe"': ["Last day"],
    '"京都"': ["東京"],
    "water -moon": ["Boats", "Running"],
    "water -run": ["Last day", "Tides", "Boats"],
    '-"high water" water': ["Last day", "Running", "Boats"],
    "-東京 -water": [],
    "tag:sea": ["Boats", "Tides"],
    "tag:sea/moon": ["Tides"],
    "tag:#SEA moon": ["Tides"],
    'tag:"two words"': ["Last day"],
    "-tag:sea": ["東京", "Running", "Last day"],
    "path:sea": ["Boats", "Tides"],
    "path:log/2023": ["Last day"],
    "path:京": ["東京"],
    "path:ea": [],
    "-path:log water": ["Tides", "Boats"],
    "before:2024": ["Boats", "Tides", "Last day"],
    "before:2024-02-10": ["Tides", "Last day"],
    "after:2025": ["東京", "Running"],
    "after:2024-02-10 before:2024-09-25": ["Boats", "Tides"],
    "after:2024 before:2024-08 moon": ["Tides"],
    "-after:2024": ["Last day"],
    'tag:sea "the moon" -boat path:tides after:2024 high': ["Tides"],
    "tag: moon": ["Last day", "Tides"],
    "before:soon water tag:nowhere": [],
}
"""Questions to the titles that they find; for lists in their order."""


@pytest.fixture(scope="module")
def parts() -> tuple[Garden, tuple[Passage, ...]]:
    """The garden and its passages."""
    garden = grow(NOTES)
    return garden, searchable_garden.passages(garden)


@pytest.fixture(scope="module")
def site(parts: tuple[Garden, tuple[Passage, ...]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site, without meaning."""
    garden, passages = parts
    pages = render_pages(garden, Insights(search=SEARCH_POINTER), load_theme(), Config(title="Sea"))
    folder = tmp_path_factory.mktemp("operators") / "site"
    write_site((*pages, *searchable_garden.index_files(garden, passages, None)), folder)
    return folder


def titles_of(page: Page, question: str) -> list[str]:
    """What `window.notegen.search` finds."""
    found: list[str] = page.evaluate(
        "question => window.notegen.search(question).then(found => found.hits.map(hit => hit.title))",
        question,
    )
    return found


def test_every_operator_finds_what_it_says(
    page: Page,
    parts: tuple[Garden, tuple[Passage, ...]],
    site: Path,
    file_url: Callable[[Path], str],
    served: Callable[[Path], Host],
) -> None:
    """From disk and from a host, as in the terminal."""
    ready = open_search(*parts, None)
    for root in (file_url(site), served(site).url):
        page.goto(f"{root}index.html")
        for question, titles in ANSWERS.items():
            there = [hit.title for hit in search_garden(ready, question, weight=0.5)]
            assert sorted(there) == sorted(titles), question
            assert titles_of(page, question) == there, question


def test_a_question_of_operators_alone_lists_the_newest_first(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """In the box too, which says that a filter brought them."""
    page.goto(f"{file_url(site)}index.html")
    for question in ("tag:sea", "-tag:sea", "before:2024", "after:2025", "-after:2024", "path:log/2023"):
        assert titles_of(page, question) == ANSWERS[question], question
    page.goto(f"{file_url(site)}index.html?q=-tag:sea")
    expect(page.get_by_role("option")).to_have_count(3)
    expect(page.get_by_role("option").first).to_contain_text("東京")
    expect(page.get_by_role("option").first).to_contain_text("filters")


def test_a_phrase_shows_the_passage_that_says_it(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Not another one that says one of its words more often."""
    page.goto(f"{file_url(site)}index.html")
    hit = page.evaluate("window.notegen.search('\"full or new\" moon water').then(found => found.hits[0])")
    assert (hit["heading"], hit["anchor"]) == ("Spring tide", "spring-tide")


def test_a_misspelt_word_finds_its_note_and_the_box_says_so(
    page: Page, site: Path, served: Callable[[Path], Host]
) -> None:
    """The words that it may mean are loaded for it alone."""
    host = served(site)
    page.goto(f"{host.url}index.html")
    titles_of(page, "moon")
    assert not [sent for sent in host.sent if re.search(r"/[fb]-\w+\.js$", sent.path)]
    assert page.evaluate("window.notegen.search('watre runing').then(found => found.corrected)") == [
        {"typed": "watre", "used": ["water"]},
        {"typed": "runing", "used": ["running"]},
    ]
    assert titles_of(page, "botas") == ["Boats"]
    assert len([sent for sent in host.sent if re.search(r"/[fb]-\w+\.js$", sent.path)]) == 2
    page.goto(f"{host.url}index.html?q=botas")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 note, “boats” for “botas”")


def test_what_an_operator_looks_at_is_loaded_for_it_alone(
    page: Page, site: Path, served: Callable[[Path], Host]
) -> None:
    """A question of words loads none of it, one with a tag loads the tags."""
    host = served(site)
    page.goto(f"{host.url}index.html")
    kinds = {"tags", "paths", "days"}
    for question, loaded in (
        ("water", set()),
        ("tag:sea water", {"tags"}),
        ("path:sea moon", {"tags", "paths"}),
    ):
        titles_of(page, question)
        assert {sent.path.rpartition("/")[2].removesuffix(".js") for sent in host.sent} & kinds == loaded


def test_the_examples_of_the_documentation_find_what_they_say() -> None:
    """On the project's own notes, by words alone, among the first three."""
    notes = ROOT / "notes"
    context = BuildContext(notes, Config(), None)
    garden = load_garden(context)[1]
    ready = open_search(garden, embed_garden(garden, context).passages, None)
    text = (
        (notes / "reading/search-language.md")
        .read_text("utf-8")
        .partition("## On these notes")[2]
        .partition("\n## ")[0]
    )
    examples = re.findall(r"^\| `(.+)` \| \[\[(.+)\]\] \|$", text, re.MULTILINE)
    assert len(examples) > 5
    for question, name in examples:
        hits = search_garden(ready, question, weight=0.5, limit=3)
        assert name in [Path(hit.note).stem for hit in hits], question
