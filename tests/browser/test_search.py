"""Search in a real browser: the script's function, the box, from disk and from a host, and on the real vaults."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from notegen.build import build
from notegen.bundled import bundled
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from notegen.load import embed_garden, load_garden
from notegen.model import Garden, Insights
from notegen.paths import SEARCH_POINTER
from notegen.render import render_pages
from notegen.search.cached_index import cached_vector_index
from notegen.search.engine import MeaningByTable, Searchable, open_search, search_garden
from notegen.text.stems import stems_of
from notegen.text.tokens import find_words, query_terms, tokens_of
from notegen.text.wordpiece import wordpiece_tokenizer
from notegen.theme import load_theme
from tests.browser.conftest import from_disk_and_host
from tests.support import searchable_garden as made
from tests.support.files import write_pages
from tests.support.gardens import grow
from tests.support.static_host import Host

MODEL = bundled("models") / "all-MiniLM-L6-v2"

WEIGHT = Config().search.meaning_weight


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden made by hand as a site."""
    return write_site(tmp_path_factory.mktemp("site"), semantic=True)


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without meaning."""
    return write_site(tmp_path_factory.mktemp("plain"), semantic=False)


def write_site(folder: Path, *, semantic: bool, garden: Garden | None = None) -> Path:
    """Index and pages, as `build` puts them together."""
    garden = garden or made.garden()
    passages = made.passages(garden)
    meaning = made.meaning(passages) if semantic else None
    files = [
        *made.index_files(garden, passages, meaning),
        *render_pages(garden, Insights(search=SEARCH_POINTER), load_theme(), Config(title="Sea notes")),
    ]
    write_pages(folder, files)
    return folder


def found(page: Page, query: str, **options: Any) -> dict[str, Any]:
    """What `window.notegen.search` gives."""
    result: dict[str, Any] = page.evaluate("([q, o]) => window.notegen.search(q, o)", [query, options])
    return result


def urls(result: dict[str, Any]) -> list[str]:
    """The hits' pages, best first."""
    return [hit["url"] for hit in result["hits"]]


EVERYWHERE = (
    "test_a_word_and_a_paraphrase_find_their_notes",
    "test_a_second_search_loads_only_what_is_new",
    "test_the_box_is_worked_by_keys_alone",
    "test_a_hit_opens_at_its_heading",
    "test_a_hit_on_the_open_page_closes_the_box",
    "test_escape_closes_the_box_and_the_address_forgets_the_question",
)
"""What its address may count for."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both addresses for those, one for each other test."""
    from_disk_and_host(metafunc, EVERYWHERE)


@pytest.mark.promise("search it by word and by meaning")
@pytest.mark.promise("search too")
@pytest.mark.promise("The same files work at any address")
@pytest.mark.parametrize("start", ["index.html", "journeys/tokyo.html"])
def test_a_word_and_a_paraphrase_find_their_notes(page: Page, address: str, start: str) -> None:
    """From the first page and from one in a folder, with the anchor, the marks and the reason."""
    page.goto(address + start)
    hit = found(page, "steam")["hits"][0]
    assert (hit["url"], hit["anchor"], hit["title"], hit["heading"]) == (
        "bread.html",
        "oven",
        "Sourdough",
        "Oven",
    )
    assert [hit["excerpt"][a:b] for a, b in hit["marks"]] == ["steam"]
    hit = found(page, "my vehicle")["hits"][0]
    assert (hit["url"], hit["why"]) == ("engine.html", "meaning")


def test_nothing_is_loaded_before_the_box_is_opened(
    page: Page, site: Path, served: Callable[[Path], Host]
) -> None:
    """A reader who does not search pays for the page's script only."""
    host = served(site)
    page.goto(f"{host.url}index.html", wait_until="networkidle")
    assert [sent.path for sent in host.sent if re.match(r"notegen/search(/|\.js)", sent.path)] == []
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.locator(".ns-reach")).to_have_text("By words and meaning")
    loaded = [sent.path.rpartition("/")[2] for sent in host.sent if sent.path.startswith("notegen/search")]
    assert loaded.index("search.js") < loaded.index("manifest.js")


def test_a_second_search_loads_only_what_is_new(page: Page, address: str) -> None:
    """The same query again costs nothing."""
    page.goto(f"{address}index.html")
    first, again = found(page, "steam"), found(page, "steam")
    assert first["stats"]["requests"] > 3
    assert first["stats"]["bytes"] > 1000
    assert (again["stats"]["requests"], again["stats"]["bytes"]) == (0, 0)
    assert again["hits"] == first["hits"]


def test_the_limit_is_kept(page: Page, address: str) -> None:
    """Ten hits unless asked otherwise."""
    page.goto(f"{address}index.html")
    assert len(found(page, "flour water the lake", limit=2)["hits"]) == 2


@pytest.mark.promise("everything by keyboard")
@pytest.mark.parametrize(("key", "code"), [("л", "KeyK"), ("κ", "KeyK"), ("ن", "KeyK"), ("k", "KeyV")])
def test_search_opens_on_every_layout(page: Page, address: str, key: str, code: str) -> None:
    """Russian, Greek, Arabic, Dvorak: by the letter where it is a Latin one, else by its place."""
    page.goto(f"{address}index.html")
    pressed = f"new KeyboardEvent('keydown', {{key: '{key}', code: '{code}', ctrlKey: true, bubbles: true}})"
    page.evaluate(f"document.body.dispatchEvent({pressed})")
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_the_box_is_worked_by_keys_alone(page: Page, address: str, key: str) -> None:
    """Open, type, arrow down and up, Enter opens the note."""
    page.goto(f"{address}index.html")
    page.keyboard.press(key)
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("water")
    options = page.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile(r"\?q=water$"))
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    title = page.locator("[aria-selected=true] .ns-title").inner_text()
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile(f"^{re.escape(title.partition(' › ')[0])}"))


def test_a_hit_opens_at_its_heading(page: Page, address: str) -> None:
    """By a click, from a page in another folder."""
    page.goto(f"{address}journeys/tokyo.html?q=steam")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"/bread\.html#oven$"))


def test_a_hit_on_the_open_page_closes_the_box(page: Page, address: str) -> None:
    """There is nothing to load, so nothing else would."""
    page.goto(f"{address}bread.html")
    page.keyboard.press("/")
    page.keyboard.type("steam")
    expect(page.locator("mark").first).to_have_text("steam")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/bread\.html#oven$"))


def test_results_come_while_typing(page: Page, address: str) -> None:
    """Half a word is enough."""
    page.goto(f"{address}index.html")
    page.locator("[data-ns-open]").first.click()
    page.keyboard.type("zyz")
    expect(page.get_by_role("option").first).to_contain_text("東京 in spring")
    expect(page.locator(".ns-excerpt mark").first).to_have_text("zyzzyva")
    page.keyboard.type("zzz")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator(".ns-hint").first).to_contain_text("zyzzzz")
    expect(page.get_by_role("status")).to_have_text("Nothing found")


def test_escape_closes_the_box_and_the_address_forgets_the_question(page: Page, address: str) -> None:
    """Until it is opened again, with the question still in it."""
    page.goto(f"{address}index.html?q=water")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/index\.html$"))
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_have_value("water")
    expect(page.get_by_role("option").first).to_be_visible()


def test_a_slash_in_the_box_is_a_slash(page: Page, address: str) -> None:
    """The key that opens it is a character once it is open."""
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    page.keyboard.type("a/b")
    expect(page.get_by_role("combobox")).to_have_value("a/b")


def test_an_empty_box_says_what_to_do(page: Page, address: str) -> None:
    """Not a blank list."""
    page.goto(f"{address}index.html?q=")
    expect(page.locator(".ns-hint")).to_contain_text("in your own words")


def test_what_a_note_says_is_shown_as_text(page: Page, address: str) -> None:
    """Signs of HTML, quotes and backslashes come through the index as they were."""
    page.goto(f"{address}index.html")
    assert "“quotes” \\ with <tags> & all" in found(page, "quotes")["hits"][0]["excerpt"]


def test_a_site_without_meaning_says_so(
    page: Page, plain_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Words still find; a paraphrase does not."""
    page.goto(f"{file_url(plain_site)}index.html?q=water")
    expect(page.locator(".ns-reach")).to_have_text("By words only")
    assert found(page, "steam")["hits"][0]["why"] == "words"
    assert found(page, "my vehicle")["hits"] == []


def test_a_lost_index_is_reported_and_tried_again(
    page: Page, site: Path, tmp_path: Path, file_url: Callable[[Path], str], complaints: list[str]
) -> None:
    """As when a train enters a tunnel: the box says so, and the next question works."""
    lost = tmp_path / "site"
    shutil.copytree(site, lost)
    away = tmp_path / "away"
    shutil.move(lost / "notegen/search", away)
    page.goto(f"{file_url(lost)}index.html")
    page.keyboard.press("/")
    page.keyboard.type("steam")
    expect(page.locator(".ns-hint")).to_contain_text("did not load")
    shutil.move(away, lost / "notegen/search")
    page.keyboard.type(" ")
    expect(page.get_by_role("option").first).to_contain_text("Sourdough")
    assert {complaint for complaint in complaints if "ERR_FILE_NOT_FOUND" not in complaint} == set()
    complaints.clear()


@pytest.fixture(params=["file", "host"])
def published(
    request: pytest.FixtureRequest,
    plain_site: Path,
    tmp_path: Path,
    file_url: Callable[[Path], str],
    served: Callable[..., Host],
) -> tuple[Path, str]:
    """A site that can be published anew, and its address; the host says that all files may be kept for an hour."""
    folder = tmp_path / "site"
    shutil.copytree(plain_site, folder)
    if request.param == "file":
        return folder, file_url(folder)
    return folder, served(folder, headers={"Cache-Control": "max-age=3600"}).url


def test_an_open_page_goes_on_with_the_index_of_a_later_build(
    page: Page, published: tuple[Path, str], complaints: list[str]
) -> None:
    """What the page knew of is gone, which it sees when it needs a piece; it then has what is new."""
    folder, address = published
    page.goto(f"{address}index.html")
    page.keyboard.press("/")
    expect(page.locator(".ns-reach")).to_have_text("By words only")
    shutil.rmtree(folder / "notegen/search")
    write_site(folder, semantic=True, garden=grow({**made.NOTES, "a new note.md": "# A new note\n\nHay."}))
    page.keyboard.type("steam")
    expect(page.get_by_role("option").first).to_contain_text("Sourdough")
    assert urls(found(page, "my vehicle"))[0] == "engine.html"
    assert {one for one in complaints if not re.search("ERR_FILE_NOT_FOUND|404", one)} == set()
    complaints.clear()


def test_an_open_page_takes_the_pieces_of_a_later_build_of_the_same_notes(
    page: Page, plain_site: Path, tmp_path: Path, served: Callable[..., Host]
) -> None:
    """Which say what was edited under the names that it knows; nothing is asked for twice."""
    folder = tmp_path / "site"
    shutil.copytree(plain_site, folder)
    host = served(folder)
    page.goto(f"{host.url}index.html")
    page.keyboard.press("/")
    expect(page.locator(".ns-reach")).to_have_text("By words only")
    edited = "# Sourdough\n\nFlour.\n\n## Starter\n\nFeed it.\n\n## Oven\n\nBake it in a hot kiln with steam."
    note = (edited, {"date": "2024-01-02", "tags": ["kitchen"]})
    write_site(folder, semantic=False, garden=grow({**made.NOTES, "bread.md": note}))
    page.keyboard.type("kiln")
    expect(page.get_by_role("option").first).to_contain_text("hot kiln with steam")
    assert [sent.path for sent in host.sent].count(SEARCH_POINTER) == 1


def test_an_index_of_another_version_is_said_to_be_of_a_changed_site(
    page: Page, published: tuple[Path, str]
) -> None:
    """A page's script reads no index that it might read wrongly."""
    folder, address = published
    page.goto(f"{address}index.html")
    pointer = folder / "notegen/search.js"
    pointer.write_text(re.sub(r'"format":\d+', '"format":999', pointer.read_text("utf-8")), "utf-8")
    page.keyboard.press("/")
    page.keyboard.type("steam")
    expect(page.locator(".ns-hint")).to_contain_text("The site has changed since this page was opened.")
    expect(page.get_by_role("option")).to_have_count(0)


def test_rows_stay_where_they_were_shown(page: Page, site: Path, served: Callable[[Path], Host]) -> None:
    """What meaning finds late is put below what words have found, so that a quick Enter opens what was seen."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/k\.js\?"), hold)
    page.goto(f"{served(site).url}index.html")
    page.keyboard.press("/")
    page.keyboard.type("storm boats")
    options = page.get_by_role("option")
    # By words and meaning together the weather is first: it is about storms.
    expect(options).to_have_count(1)
    expect(options.first).to_contain_text("Zürich")
    for route in held:
        route.continue_()
    expect(options.nth(1)).to_contain_text("Weather")
    expect(options.first).to_contain_text("Zürich")
    assert urls(found(page, "storm boats"))[0] == "weather.html"


def test_the_words_of_the_question_are_marked_in_titles(page: Page, address: str) -> None:
    """As in excerpts, in any of their forms."""
    page.goto(f"{address}index.html?q=troubles%20of%20engines")
    expect(page.locator(".ns-title mark")).to_have_text(["Engine", "trouble"])


def test_a_quotation_that_no_note_says_becomes_its_words(page: Page, address: str) -> None:
    """And the box says so."""
    page.goto(f"{address}index.html?q=%22water%20and%20flour%22")
    expect(page.get_by_role("option").first).to_contain_text("Sourdough")
    expect(page.get_by_role("status")).to_contain_text("the words of “water and flour”, which no note says")


def test_a_name_that_is_nearly_right_comes_first(page: Page, address: str) -> None:
    """With a letter swapped, without its space, or begun; and by its file."""
    page.goto(f"{address}index.html")
    for question in ("enigne trouble", "enginetrouble", "engine tro", "engine troubles"):
        assert urls(found(page, question))[0] == "engine.html", question
    assert urls(found(page, "journeys/tokyo")) == ["journeys/tokyo.html"]


# -- the bundled model on real notes -----------------------------------------------------------------

VAULTS = {
    "obsidian-garden-jackyzha0/content/thoughts": ("sleep.md", "Bluetooth.md"),
    "logseq-zettel-vivshaw/pages": ("four noble truths.md",),
    "dated-posts-18f/posts": (
        "2015-12-08-using-emoji-for-knowledge-sharing.md",
        "2016-05-20-get-your-pass-for-kids-to-parks-day.md",
        "2018-02-21-technology-transformation-services-launches-new-job-site.md",
    ),
}
OTHERS = 6
"""Notes of each vault beside those that are looked for: the first, by name, of 500 to 2,000 bytes."""

PARAPHRASES = {
    "exhausted drowsy nap": "sleep.html",
    "iOS wireless accessories": "Bluetooth.html",
    "buddhist teachings": "four-noble-truths.html",
    "smileys": "2015-12-08-using-emoji-for-knowledge-sharing.html",
    "hiking wilderness schoolchildren": "2016-05-20-get-your-pass-for-kids-to-parks-day.html",
    "vacancies, careers, employment": "2018-02-21-technology-transformation-services-launches-new-job-site.html",
}


@dataclass(frozen=True, slots=True)
class RealSite:
    """A site of real notes, and the terminal's search over the same notes."""

    folder: Path
    search: Searchable


@pytest.fixture(scope="module")
def real_site(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> RealSite:
    """A few notes of each vault, built with the bundled model and its query table."""
    notes = tmp_path_factory.mktemp("notes")
    for vault, wanted in VAULTS.items():
        files = sorted((shared / "corpora" / vault).rglob("*.md"), key=lambda file: file.name)
        others = [file for file in files if 500 <= file.stat().st_size <= 2000][:OTHERS]
        for file in {*others, *(file for file in files if file.name in wanted)}:
            shutil.copyfile(file, notes / file.name)
    context = BuildContext(notes, Config(), load_encoder(MODEL), load_table(MODEL))
    folder = tmp_path_factory.mktemp("real") / "site"
    build(context, folder)
    known = embed_garden(load_garden(context)[1], context)
    index = cached_vector_index(known.garden, known.vectors, context.table)
    assert index is not None
    meaning = MeaningByTable(index, wordpiece_tokenizer(index.tokens))
    search = open_search(
        known.garden, known.passages, meaning, table=context.table, familiarity=known.familiarity
    )
    return RealSite(folder, search)


def test_what_is_no_text_asks_for_nothing(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """Scripts of others pass what they have: nothing throws, a number is its digits, a bad limit is none."""
    page.goto(f"{file_url(site)}index.html")
    for nothing in ("null", "undefined", "{}", "[]", "true", "Symbol()", "''"):
        assert page.evaluate(f"window.notegen.search({nothing}).then(found => found.hits)") == [], nothing
    usual = found(page, "flour")["hits"]
    assert usual
    for options in ("null", "5", "{limit: null}", "{limit: -1}", "{limit: NaN}", "{limit: 'many'}"):
        assert page.evaluate(f"window.notegen.search('flour', {options}).then(found => found.hits)") == usual
    assert len(page.evaluate("window.notegen.search('flour', {limit: '1'}).then(found => found.hits)")) == 1
    assert page.evaluate("window.notegen.search('flour', {limit: 0}).then(found => found.hits)") == []
    year = "window.notegen.search(2024).then(found => found.stats.requests >= 0)"
    assert page.evaluate(year)


def test_paraphrases_that_share_no_word_find_their_notes(
    page: Page, real_site: RealSite, file_url: Callable[[Path], str], served: Callable[[Path], Host]
) -> None:
    """Six real notes, from disk and from a sub-path of a host."""
    garden = real_site.search.garden
    notes = {garden.urls[id]: " ".join([id, note.title, note.body]) for id, note in garden.notes.items()}
    for root in (file_url(real_site.folder), served(real_site.folder).url):
        page.goto(f"{root}index.html")
        for query, url in PARAPHRASES.items():
            asked = {stem for term in query_terms(query) for stem in stems_of(term.token, ("english",))}
            said = {
                stem
                for word in find_words(notes[url])
                for token in tokens_of(word)
                for stem in stems_of(token, ("english",))
            }
            assert not asked & said, query
            best = found(page, query)["hits"][0]
            assert (best["url"], best["why"]) == (url, "meaning"), query


def test_the_page_ranks_as_the_terminal_does(
    page: Page, real_site: RealSite, file_url: Callable[[Path], str]
) -> None:
    """The same notes in the same order with the same scores, for words, questions, names and half-typed words."""
    page.goto(f"{file_url(real_site.folder)}index.html")
    titles = [note.title for note in real_site.search.garden.notes.values()]
    for query in [
        *PARAPHRASES,
        *titles,
        *(title[:5] for title in titles),
        "how do people sleep",
        "the",
        "a b c",
    ]:
        here = [(hit["url"], hit["why"], hit["score"]) for hit in found(page, query)["hits"]]
        there = [
            (hit.url, hit.why, hit.score) for hit in search_garden(real_site.search, query, weight=WEIGHT)
        ]
        assert [hit[:2] for hit in here] == [hit[:2] for hit in there], query
        assert [hit[2] for hit in here] == pytest.approx([hit[2] for hit in there], abs=1e-4), query
