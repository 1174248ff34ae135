"""Questions by meaning of a few notes that stay as they are, with the bundled model, from disk and from a host."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.bundled import bundled
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from tests.browser.conftest import from_disk_and_host, made_once
from tests.conftest import ROOT

NOTES = ROOT / "tests/gardens/meanings"
URLS = {page.stem: page.relative_to(NOTES).with_suffix(".html").as_posix() for page in NOTES.rglob("*.md")}
"""By the name of a note, where its page lies, before what no address has is replaced."""

PARAPHRASES = {
    "medicine": "Fever",
    "caffeine": "Coffee",
    "yacht": "Sailing",
    "mountains": "Skiing",
    "money": "Taxes",
    "lunar": "Tides",
    "vineyard": "Wine",
}
"""Questions, none of whose words stands in any note."""


@pytest.fixture(scope="session")
def meanings_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notes, on what everybody knows, with the bundled model."""
    model = bundled("models") / "all-MiniLM-L6-v2"

    def make(site: Path) -> None:
        build(BuildContext(NOTES, Config(), load_encoder(model), load_table(model)), site)

    return made_once(tmp_path_factory, "meanings", make)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both addresses for each test."""
    from_disk_and_host(metafunc)


@pytest.fixture
def site(meanings_site: Path) -> Path:
    """Whose `address` tests are given."""
    return meanings_site


@pytest.mark.promise("Ask in your own words, and notes answer that share none of them")
@pytest.mark.promise("search it by word and by meaning")
def test_a_question_in_other_words_finds_its_note(page: Page, address: str) -> None:
    """First of all, by meaning alone."""
    said = "".join(note.read_text("utf-8").casefold() for note in NOTES.rglob("*.md"))
    assert [question for question in PARAPHRASES if question in said] == []
    page.goto(f"{address}index.html")
    for question, note in PARAPHRASES.items():
        assert found(page, question)[:1] == [(url_of(note), "meaning")], question


NEAREST = {"opera": "Cello", "insurance": "Taxes", "wedding": "The queen", "election": "The queen"}
"""Questions that no note answers, and which is nearest."""


def test_where_no_note_answers_the_nearest_are_named(page: Page, address: str) -> None:
    """Below the sentence that says so, apart from answers, three at most; they are opened as hits are."""
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    box, first = page.get_by_role("combobox"), ""
    for question, first in NEAREST.items():
        box.clear()
        page.keyboard.type(question)
        expect(page.locator(".ns-hint").first).to_have_text(f"No note answers “{question}”.")
        expect(page.get_by_role("status")).to_have_text("Nothing found")
        nearest = page.get_by_role("group", name="Nearest in meaning").get_by_role("option")
        expect(nearest.first).to_contain_text(first)
        assert nearest.count() <= 3
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(first)


def test_what_is_nearest_is_no_hit_and_not_for_every_question(page: Page, address: str) -> None:
    """Scripts are told apart too; operators and words that nobody knows want what they say."""
    page.goto(f"{address}index.html")
    ask = "async q => { const { hits, far } = await window.notegen.search(q); return [hits.length, far.length]; }"
    assert page.evaluate(ask, "wedding") == [0, 1]
    for question in ('"wedding"', "wedding -violin", "wedding after:1990", "blorptang", ""):
        assert page.evaluate(ask, question) == [0, 0], question


def test_meanings_can_be_computed_with(page: Page, address: str) -> None:
    """As the note on what can be typed shows; the notes that a sum names are not among the hits."""
    shown = (ROOT / "notes/reading/search-language.md").read_text("utf-8")
    part = shown.partition("## Sums of meanings")[2].partition("\n## ")[0]
    sums = dict(re.findall(r"^\| `(.+)` \| (\w[^|]*) \|$", part, re.MULTILINE))
    assert len(sums) > 5
    page.goto(f"{address}index.html")
    for question, note in sums.items():
        hits = found(page, question)
        assert hits[:1] == [(url_of(note), "meaning")], question
        named = {url_of(name) for name in re.findall(r"\[\[(.+?)\]\]", question)}
        assert not named & {url for url, _ in hits}, question


def url_of(note: str) -> str:
    """Where the page of a note lies."""
    return URLS[note].replace(" ", "-")


def found(page: Page, question: str) -> list[tuple[str, str]]:
    """What the page's search gives, with how it was found."""
    hits = page.evaluate("question => window.notegen.search(question).then(found => found.hits)", question)
    return [(hit["url"], hit["why"]) for hit in hits]
