"""The graph, the calendar and this day in other years, in a real browser from disk: pointer, keyboard, no scripts."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from notegen.config import Config, NoteSettings
from notegen.graph import graph_of
from notegen.model import EmbeddingCard, Insights
from notegen.render import render_pages
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import Texts, grow
from tests.support.patience import await_frames, await_true, fresh_page

NOTES: Texts = {
    "Hub.md": ("# Hub\n\n" + " ".join(f"[[n{number}]]" for number in range(30)), {"date": "2022-11-22"}),
    **{
        f"n{number}.md": (f"# Note {number}\n\n[[n{number // 2}]]", {"date": "2024-03-05"})
        for number in range(30)
    },
    "sub/Far away.md": ("# Far away\n\n[[n7]]", {"date": "2023-11-22", "tags": ["sea"]}),
    "Alone.md": ("# Alone", {"date": "2024-11-22"}),
}


def site_in(folder: Path, notes: Texts) -> Path:
    """The folder of these notes' site, with a graph and a card."""
    garden = grow(notes)
    card = EmbeddingCard(np.linspace(-1, 1, 384, dtype=np.float32), ("n1.md",), ("Alone.md",), 2, 99)
    files = render_pages(
        garden,
        Insights(graph=graph_of(garden), cards={"Hub.md": card}),
        load_theme(),
        Config(title="Sea notes", note=NoteSettings(embedding_picture=True)),
    )
    write_pages(folder, files)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a hub, a note far from it and one alone."""
    return site_in(tmp_path_factory.mktemp("site"), NOTES)


@pytest.fixture
def graph(page: Page, site: Path, file_url: Callable[[Path], str]) -> Locator:
    """The canvas of the graph's page, drawn."""
    page.goto(f"{file_url(site)}graph.html")
    canvas = page.locator("canvas")
    expect(canvas).to_have_attribute("data-links", re.compile("[1-9]"))
    return canvas


def inked(canvas: Locator) -> float:
    """The share of the canvas that is drawn on."""
    share: float = canvas.evaluate(
        """canvas => {
            const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            let count = 0;
            for (let i = 3; i < data.length; i += 4) count += data[i] > 0;
            return count / (data.length / 4);
        }"""
    )
    return share


def said(page: Page) -> Locator:
    """What the graph says of the note that it marks."""
    return page.locator("[data-graph-said]")


def test_a_note_leads_to_the_graph_around_it(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """As close as what is around it allows, by as many steps as are chosen, until all is asked for."""
    page.goto(f"{file_url(site)}n7.html")
    page.locator("#Around").click()
    page.get_by_role("link", name="Graph of all notes").click()
    expect(said(page)).to_contain_text("Note 7,")
    canvas = page.locator("canvas")
    titles = "Number(document.querySelector('canvas').dataset.titles)"
    await_true(page, f"{titles} > 2")
    one_step = page.evaluate(titles)
    steps = page.get_by_label("How far from a note the links are lit")
    assert steps.locator("option").all_inner_texts() == ["1 step", "2 steps", "3 steps"]
    steps.select_option("2")
    await_true(page, f"{titles} > {one_step}")
    canvas.focus()
    page.keyboard.press("n")
    expect(said(page)).not_to_contain_text("Note 7,")
    page.keyboard.press("Escape")
    await_true(page, f"{titles} > {one_step}")
    page.get_by_role("button", name="All").click()
    await_true(page, f"{titles} < 15")


def find(page: Page, title: str) -> None:
    """Brings the note with this title to the middle."""
    page.get_by_label("Find a note in the graph").fill(title)
    page.get_by_label("Find a note in the graph").press("Enter")


@pytest.mark.promise("Double-click a page and all of it works")
def test_the_graph_is_drawn_from_disk(graph: Locator) -> None:
    """All 60 links, some titles, and most of the canvas empty."""
    expect(graph).to_have_attribute("data-links", "60")
    assert 0.005 < inked(graph) < 0.5
    assert 1 <= int(graph.get_attribute("data-titles") or 0) <= 14


def test_closer_there_are_more_titles(page: Page, graph: Locator) -> None:
    """From afar those of the hubs, close by all of them."""
    before = int(graph.get_attribute("data-titles") or 0)
    page.get_by_role("button", name="Closer").click()
    expect(graph).not_to_have_attribute("data-titles", str(before))
    assert int(graph.get_attribute("data-titles") or 0) > before
    page.get_by_role("button", name="All", exact=True).click()
    expect(graph).to_have_attribute("data-titles", str(before))


def test_a_graph_that_was_printed_is_where_it_was(page: Page, graph: Locator) -> None:
    """On paper the table stands in its place, and the canvas has no size."""
    page.get_by_role("button", name="All", exact=True).click()
    await_frames(page)
    whole = graph.get_attribute("data-titles")
    page.get_by_role("button", name="Closer").click()
    expect(graph).not_to_have_attribute("data-titles", str(whole))
    closer = graph.get_attribute("data-titles")
    page.emulate_media(media="print")
    expect(graph).to_be_hidden()
    await_frames(page)
    page.emulate_media(media="screen")
    expect(graph).to_be_visible()
    await_frames(page)
    assert graph.get_attribute("data-titles") == closer


def test_the_wheel_and_dragging_move_the_view(page: Page, graph: Locator) -> None:
    """Without scrolling the page, and without opening a note."""
    box = graph.bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    find(page, "Far away")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    assert page.evaluate("scrollY") == 0
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 300, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"graph\.html$"))


def test_hovering_lights_a_note_and_a_click_opens_it(
    page: Page, graph: Locator, complaints: list[str]
) -> None:
    """The note that is in the middle after it was found; elsewhere there is none."""
    find(page, "Far away")
    expect(said(page)).to_have_text("Far away, 1 link · sub")
    box = graph.bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    expect(said(page)).to_have_text("")
    page.mouse.move(*middle)
    expect(said(page)).to_have_text("Far away, 1 link · sub")
    expect(graph).to_have_class("hovering")
    page.mouse.click(*middle)
    expect(page).to_have_url(re.compile(re.escape(quote("sub/Far-away.html")) + "$"))
    assert complaints == []


def test_notes_are_coloured_and_lit_by_folder_tag_and_year(page: Page, graph: Locator) -> None:
    """What the legend names; a group that is pressed stays lit while another way is not chosen."""
    legend = page.locator("[data-legend] button")
    expect(page.get_by_label("Colour by").locator("option")).to_have_text(["Folders", "Tags", "Years"])
    expect(legend).to_have_text(["sub1"])
    all_lit = graph.get_attribute("data-titles")
    legend.click()
    expect(legend).to_have_attribute("aria-pressed", "true")
    expect(graph).to_have_attribute("data-titles", "1")
    legend.click()
    expect(graph).to_have_attribute("data-titles", str(all_lit))
    page.get_by_label("Colour by").select_option("Years")
    expect(legend).to_have_text(["20221", "20231", "202431"])
    legend.first.click()
    expect(graph).to_have_attribute("data-titles", "1")
    find(page, "Note 1")
    expect(legend.first).to_have_attribute("aria-pressed", "false")
    page.get_by_role("searchbox").fill("Far")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Far away, 1 link · 2023")


def test_a_note_under_the_pointer_shows_its_card(page: Page, graph: Locator) -> None:
    """As a link to it does; away from it the card goes, and so it does when the picture is dragged."""
    find(page, "Far away")
    box = graph.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    card = page.locator(".popover.preview")
    page.mouse.move(x, y)
    expect(card).to_contain_text("Far away")
    card.hover()
    expect(card).to_be_visible()
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    expect(card).to_have_count(0)
    page.mouse.move(x, y)
    expect(card).to_be_visible()
    page.mouse.down()
    page.mouse.move(x + 40, y + 40, steps=4)
    page.mouse.up()
    expect(card).to_have_count(0)


@pytest.mark.promise("everything by keyboard")
def test_the_graph_is_walked_by_keyboard_alone(page: Page, graph: Locator) -> None:
    """The most linked note, along a link and back, closer, away, and into the note; arrows stay in the graph."""
    graph.focus()
    page.keyboard.press("n")
    expect(said(page)).to_have_text("Hub, 30 links")
    walked = set()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        walked.add(said(page).text_content())
    assert len(walked) > 1
    page.keyboard.press("Escape")
    expect(said(page)).to_have_text("")
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    expect(said(page)).to_have_text("Hub, 30 links")
    page.keyboard.press("+")
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"Hub\.html$"))


def test_a_finger_shows_a_note_before_it_opens_it(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """At a phone's width, where nothing is wider than the screen: a first tap says the title, a second opens."""
    with fresh_page(browser, viewport={"width": 360, "height": 740}, has_touch=True) as page:
        page.goto(f"{file_url(site)}graph.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        find(page, "Far away")
        graph = page.locator("canvas")
        box = graph.bounding_box()
        assert box
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.touchscreen.tap(*middle)
        expect(said(page)).to_have_text("Far away, 1 link · sub")
        expect(page).to_have_url(re.compile(r"graph\.html$"))
        page.touchscreen.tap(*middle)
        expect(page).to_have_url(re.compile(r"sub/Far-away\.html$"))


def test_the_graph_turns_with_the_page(page: Page, graph: Locator) -> None:
    """Its colours are the page's: around the titles they are as light, or as dark, as its paper."""
    colour = """canvas => [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data]
        .reduce((sum, value, i) => i % 4 === 3 ? sum : sum + value, 0)"""
    before = graph.evaluate(colour)
    page.locator("[data-theme-switch]").click()
    await_frames(page)
    assert graph.evaluate(colour) < 0.8 * before


def test_the_graph_is_the_same_in_a_page_from_right_to_left(page: Page, graph: Locator) -> None:
    """Titles stand beside their notes, not on them."""
    before = graph.evaluate("canvas => canvas.toDataURL()")
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.get_by_role("button", name="All", exact=True).click()
    await_frames(page)
    assert graph.evaluate("canvas => canvas.toDataURL()") == before


def test_without_scripts_the_graph_is_a_table(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """No empty canvas, no buttons that do nothing; the most linked note is the first row."""
    plain_page.goto(f"{file_url(site)}graph.html")
    expect(plain_page.locator("canvas")).to_be_hidden()
    expect(plain_page.get_by_role("button")).to_have_count(0)
    plain_page.get_by_role("row").nth(1).get_by_role("link").click()
    expect(plain_page).to_have_url(re.compile(r"Hub\.html$"))


def test_ten_thousand_notes_move_without_being_drawn_anew(
    page: Page, tmp_path: Path, site: Path, file_url: Callable[[Path], str]
) -> None:
    """A movement shows the picture that was, without a link drawn anew; at rest all are drawn again."""
    large = shutil.copytree(site, tmp_path / "large")
    (data,) = large.glob("notegen/graph-data.*.js")
    data.write_text(
        """
            let seed = 1;
            const random = most => (seed = seed * 16807 % 2147483647) % most;
            const all = [...Array(10_000).keys()];
            notegen.add("graph", {
                titles: all.map(note => `Note ${note}`),
                urls: all.map(note => `${note}.html`),
                x: all.map(() => random(4096)),
                y: all.map(() => random(4096)),
                links: all.map(note => note ? [...new Set([1, 2, 3, 4].map(() => random(note)))] : []),
                groups: {
                    topic: { names: [], of: [] }, folder: { names: ["a", "b"], of: all.map(() => random(3) - 1) },
                    tag: { names: [], of: [] }, year: { names: [], of: [] },
                },
            });
        """,
        "utf-8",
    )
    page.goto(f"{file_url(large)}graph.html")
    graph = page.locator("canvas")
    expect(graph).to_have_attribute("data-links", re.compile(r"^\d{5}$"))
    graph.hover()
    # It moves for a moment only, between two looks at a busy machine.
    graph.evaluate(
        """canvas => {
            window.drawn = [];
            new MutationObserver(() => window.drawn.push(canvas.dataset.links))
                .observe(canvas, {attributeFilter: ["data-links"]});
        }"""
    )
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    await_true(page, "window.drawn.includes('0')")
    assert inked(graph) > 0.05
    expect(graph).to_have_attribute("data-links", re.compile(r"^\d{5}$"))
    graph.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(said(page)).to_have_text(re.compile(r"^Note 0, "))


def test_a_day_of_the_calendar_is_opened_by_keyboard(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Without a script: tab to the day, whose name says how many notes it has, and enter."""
    plain_page.goto(f"{file_url(site)}calendar.html")
    expect(plain_page.get_by_role("columnheader").first).to_have_text("Su")
    for _ in range(40):
        plain_page.keyboard.press("Tab")
        if (
            plain_page.evaluate("document.activeElement.getAttribute('aria-label')")
            == "5 March 2024: 30 notes"
        ):
            break
    plain_page.keyboard.press("Enter")
    expect(plain_page).to_have_url(re.compile(r"dates/2024-03-05\.html$"))


@pytest.mark.parametrize(
    "url", ["calendar.html", "graph.html", "folders.html", "folders/sub.html", "Hub.html", "dates/2024.html"]
)
def test_nothing_is_wider_than_a_phone(
    url: str, browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Nor is anything in it cut off at 320 pixels."""
    with fresh_page(browser, viewport={"width": 320, "height": 640}) as page:
        page.goto(f"{file_url(site)}{url}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_this_day_in_other_years_is_the_readers(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """By the clock of the browser: the notes of other years, the newest first, and nothing on other days."""
    page.clock.set_fixed_time("2024-11-22T12:00:00")
    page.goto(f"{file_url(site)}index.html")
    section = page.locator("[data-days]")
    expect(section.get_by_role("heading")).to_have_text("On this day, 22 November")
    expect(section.get_by_role("listitem")).to_have_text(["2023Far away", "2022Hub"])
    section.get_by_role("link", name="Far away").click()
    expect(page).to_have_url(re.compile(r"sub/Far-away\.html$"))
    page.clock.set_fixed_time("2024-11-23T12:00:00")
    page.goto(f"{file_url(site)}index.html")
    await_true(page, "document.querySelectorAll('script[src*=days]').length === 0")
    expect(page.locator("[data-days]")).to_be_hidden()


def test_the_links_around_a_note_are_links(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """In the picture, without a script, reached by keyboard; its title is its name."""
    plain_page.goto(f"{file_url(site)}Hub.html")
    picture = plain_page.locator(".local-graph")
    picture.get_by_text("Links around this note").click()
    expect(picture.get_by_text("links to: 7 of 30")).to_be_visible()
    link = picture.get_by_role("link", name="Note 1", exact=True)
    link.focus()
    plain_page.keyboard.press("Enter")
    expect(plain_page).to_have_url(re.compile(r"n1\.html$"))


def test_an_embedding_is_folded_away_and_seen(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """A picture that the browser can read, its size, and notes to go to."""
    page.goto(f"{file_url(site)}Hub.html")
    picture = page.locator(".embedding-card img")
    expect(picture).to_be_hidden()
    page.get_by_text("What search by meaning sees").click()
    expect(picture).to_be_visible()
    assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [24, 16]
    page.locator(".embedding-card").get_by_role("link", name="Alone").click()
    expect(page).to_have_url(re.compile(r"Alone\.html$"))
