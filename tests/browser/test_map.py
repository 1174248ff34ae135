"""The map in a real browser, from disk: drawn, walked, searched, coloured, and a table without scripts."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Garden, GardenMap, Insights, NoteId, Overview, Reading, Topic
from notegen.render import render_pages
from notegen.theme import load_theme
from tests.support.gardens import grow
from tests.support.patience import await_true, fresh_page, let_pass, stop_clock

# Four groups in the corners of the square, a topic each, and one note in the middle.
CORNERS = ((0.05, 0.05), (0.95, 0.05), (0.05, 0.95), (0.95, 0.95))
WORDS = ("north", "east", "west", "south")


def write_site(garden: Garden, overview: Overview, folder: Path, *, with_notes: bool = True) -> Path:
    """The folder of a site with a map, without a search index."""
    left_out = frozenset() if with_notes else frozenset(garden.urls.values())
    for file in render_pages(garden, Insights(overview=overview), load_theme(), Config()):
        if file.url in left_out:
            continue
        target = folder / file.url
        target.parent.mkdir(parents=True, exist_ok=True)
        assert isinstance(file.content, bytes)
        target.write_bytes(file.content)
    return folder


def overview_of(places: dict[NoteId, tuple[float, float]], topic_of: list[int]) -> Overview:
    """Notes by id at these places, the topics called after `WORDS`."""
    notes = tuple(sorted(places))
    topics = tuple(
        Topic(
            (word, f"{word}ern"),
            tuple(note for note, of in zip(notes, topic_of, strict=True) if of == number),
        )
        for number, word in enumerate(WORDS)
    )
    where = np.array([places[note] for note in notes], np.float32)
    return Overview(GardenMap(notes, where, topics, tuple(topic_of), notes, 0.93, 0.75), None, (), ())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty-one notes: ten in a row along each corner, two years, a tag, and one in the middle."""
    texts: dict[NoteId, tuple[str, dict[str, object]]] = {}
    places: dict[NoteId, tuple[float, float]] = {}
    topic_of = []
    for corner, (x, y) in enumerate(CORNERS):
        for number in range(10):
            id = f"{corner}/note {number}.md"
            tag = "\n\n#odd" if number % 2 else ""
            texts[id] = (f"# {WORDS[corner].title()} {number}{tag}", {"date": f"{2020 + corner % 2}-01-01"})
            places[id] = (x + (0.02 - 0.04 * (x > 0.5)) * number, y)
            topic_of.append(corner)
    texts["middle.md"] = ("# Middle", {"date": "2020-01-01"})
    places["middle.md"] = (0.5, 0.4)
    return write_site(grow(texts), overview_of(places, [*topic_of, 0]), tmp_path_factory.mktemp("site"))


@pytest.fixture
def opened(page: Page, site: Path, file_url: Callable[[Path], str]) -> Page:
    """The page of the map, drawn."""
    page.goto(f"{file_url(site)}map.html")
    expect(page.locator("canvas")).to_have_attribute("data-points", "41")
    return page


def colours(page: Page) -> int:
    """How many clearly different colours the canvas shows in large numbers."""
    return int(
        page.evaluate(
            """() => {
              const canvas = document.querySelector("canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const counts = new Map();
              for (let i = 0; i < data.length; i += 4) {
                if (data[i + 3] < 220) continue;
                const key = `${data[i] >> 4} ${data[i + 1] >> 4} ${data[i + 2] >> 4}`;
                counts.set(key, (counts.get(key) ?? 0) + 1);
              }
              return [...counts.values()].filter((count) => count > 60).length;
            }"""
        )
    )


def spot(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place of the square is on the screen: notes lie from .05 to .95, seen with a margin of 36 pixels."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    side = (min(box["width"], box["height"]) - 72) / 0.9
    left, top = box["x"] + (box["width"] - side) / 2, box["y"] + (box["height"] - side) / 2
    return left + x * side, top + y * side


@pytest.mark.promise("a map shows all notes by meaning, with their topics")
def test_it_is_drawn_with_its_topics_named(opened: Page) -> None:
    """All points in at least four colours, and the names of the topics on it and under it."""
    expect(opened.locator("canvas")).to_have_attribute("data-points", "41")
    expect(opened.locator("[data-legend] button")).to_have_text(
        ["north · northern11", "east · eastern10", "west · western10", "south · southern10"]
    )
    assert colours(opened) >= 4


def test_the_pointer_shows_a_title_and_a_click_opens_the_note(
    opened: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """With the topic beside the title; off the points there is nothing."""
    opened.mouse.move(*spot(opened, 0.5, 0.4))
    expect(opened.locator("[data-map-said]")).to_have_text("Middle · north · northern")
    opened.mouse.move(*spot(opened, 0.5, 0.2))
    expect(opened.locator("[data-map-said]")).to_be_empty()
    opened.mouse.click(*spot(opened, 0.5, 0.4))
    expect(opened).to_have_url(f"{file_url(site)}middle.html")


@pytest.mark.promise("everything by keyboard")
def test_the_keyboard_walks_the_points_and_opens_one(
    opened: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Tab comes to the point in the middle, an arrow to the nearest that way, Enter opens it."""
    opened.locator("[data-map-all]").focus()
    opened.keyboard.press("Tab")
    said = opened.locator("[data-map-said]")
    expect(said).to_contain_text("Middle")
    opened.keyboard.press("Escape")
    expect(said).to_be_empty()
    opened.keyboard.press("ArrowUp")
    expect(said).to_contain_text("Middle")
    opened.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("North 0")
    opened.keyboard.press("ArrowRight")
    expect(said).to_contain_text("North 1")
    opened.keyboard.press("Enter")
    expect(opened).to_have_url(f"{file_url(site)}0/note-1.html")


def test_plus_minus_and_nought_change_the_distance(opened: Page) -> None:
    """As the wheel and the buttons do; titles are shown when few notes are left."""
    canvas = opened.locator("canvas")
    canvas.focus()
    for _ in range(6):
        opened.keyboard.press("+")
    expect(canvas).to_have_attribute("data-points", "1")
    opened.keyboard.press("-")
    opened.keyboard.press("0")
    expect(canvas).to_have_attribute("data-points", "41")
    opened.mouse.move(*spot(opened, 0.05, 0.05))
    opened.keyboard.down("Control")
    for _ in range(10):
        opened.mouse.wheel(0, -120)
    opened.keyboard.up("Control")
    expect(canvas).to_have_attribute("data-names", "0")
    expect(canvas).not_to_have_attribute("data-points", "41")
    opened.get_by_role("button", name="All").click()
    expect(canvas).to_have_attribute("data-points", "41")


def test_a_wheel_alone_scrolls_the_page_and_says_how_to_come_closer(opened: Page) -> None:
    """The map stays as it was, and the hint goes again."""
    opened.set_viewport_size({"width": 1000, "height": 600})
    hint = opened.locator(".canvas-hint")
    expect(hint).to_have_css("opacity", "0")
    stop_clock(opened)
    opened.mouse.move(*spot(opened, 0.5, 0.5))
    opened.mouse.wheel(0, 200)
    await_true(opened, "scrollY > 100")
    expect(hint).to_have_css("opacity", "1")
    expect(hint.locator(".for-wheel")).to_be_visible()
    expect(hint.locator(".for-touch")).to_be_hidden()
    expect(opened.locator("canvas")).to_have_attribute("data-points", "41")
    let_pass(opened)
    expect(hint).to_have_css("opacity", "0")


def test_one_finger_scrolls_the_page_and_two_move_the_map(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """As on any page; two that come apart bring the map closer, two side by side move it, and the page stays."""
    with fresh_page(browser, viewport={"width": 390, "height": 740}, has_touch=True, is_mobile=True) as page:
        page.goto(f"{file_url(site)}map.html")
        canvas = page.locator("canvas")
        expect(canvas).to_have_attribute("data-points", "41")
        hand = page.context.new_cdp_session(page)

        def touch(kind: str, *places: tuple[float, float]) -> None:
            points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
            hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        x, y = spot(page, 0.5, 0.5)
        touch("touchStart", (x - 40, y), (x + 40, y))
        for step in range(1, 9):
            touch("touchMove", (x - 40 - 15 * step, y), (x + 40 + 15 * step, y))
        touch("touchEnd")
        expect(canvas).not_to_have_attribute("data-points", "41")
        assert page.evaluate("scrollY") == 0
        closer = page.evaluate("document.querySelector('canvas').toDataURL()")
        touch("touchStart", (x - 40, y), (x + 40, y))
        for step in range(1, 5):
            touch("touchMove", (x - 40, y - 20 * step), (x + 40, y - 20 * step))
        touch("touchEnd")
        await_true(page, "before => document.querySelector('canvas').toDataURL() !== before", arg=closer)
        assert page.evaluate("scrollY") == 0
        touch("touchStart", (x, y))
        for step in range(1, 9):
            touch("touchMove", (x, y - 25 * step))
        touch("touchEnd")
        await_true(page, "scrollY > 50")


def test_dragging_moves_the_map_and_opens_nothing(opened: Page) -> None:
    """The point under the pointer comes along."""
    url = opened.url
    x, y = spot(opened, 0.5, 0.4)
    opened.mouse.move(x, y)
    opened.mouse.down()
    opened.mouse.move(x + 60, y + 40, steps=4)
    opened.mouse.up()
    assert opened.url == url
    opened.mouse.move(x, y - 100)
    opened.mouse.move(x + 60, y + 40)
    expect(opened.locator("[data-map-said]")).to_contain_text("Middle")


def test_finding_lights_what_is_found_and_enter_goes_through_it(opened: Page) -> None:
    """By title, as this site has no search; nothing found is said too."""
    opened.get_by_role("searchbox").fill("south")
    said = opened.locator("[data-map-said]")
    expect(said).to_have_text("10 notes found")
    expect(opened.locator("canvas")).to_have_attribute("data-names", "0")
    opened.keyboard.press("Enter")
    expect(said).to_contain_text("South 0")
    opened.keyboard.press("Enter")
    expect(said).to_contain_text("South 1")
    opened.get_by_role("searchbox").fill("nowhere")
    expect(said).to_have_text("0 notes found")


def test_finding_asks_the_sites_search_where_there_is_one(opened: Page) -> None:
    """Its hits are lit, whatever their titles, in its order; when it fails, titles are looked at."""
    opened.evaluate(
        """() => { window.notegen.search = async (text) => {
          if (text === "west") throw new Error("did not load");
          return { hits: [{ url: "middle.html" }, { url: "3/note-4.html" }] };
        } }"""
    )
    box, said = opened.get_by_role("searchbox"), opened.locator("[data-map-said]")
    box.fill("anything")
    expect(said).to_have_text("2 notes found")
    box.press("Enter")
    expect(said).to_contain_text("Middle")
    box.fill("west")
    expect(said).to_have_text("10 notes found")


def test_it_can_be_coloured_by_tag_and_year_and_a_colour_lights_its_notes(opened: Page) -> None:
    """The legend follows; pressing again lets go."""
    opened.get_by_role("combobox").select_option("tag")
    legend = opened.locator("[data-legend] button")
    expect(legend).to_have_text(["odd20"])
    opened.get_by_role("combobox").select_option("folder")
    expect(legend).to_have_text(["010", "110", "210", "310"])
    opened.get_by_role("combobox").select_option("year")
    expect(legend).to_have_text(["202021", "202120"])
    legend.first.click()
    expect(legend.first).to_have_attribute("aria-pressed", "true")
    expect(opened.locator("canvas")).not_to_have_attribute("data-titles", "0")
    legend.first.click()
    expect(legend.first).to_have_attribute("aria-pressed", "false")


def test_it_turns_with_the_page(opened: Page) -> None:
    """The switch redraws it in the colours of the dark page."""
    shown = """() => document.querySelector("canvas").toDataURL()"""
    light = opened.evaluate(shown)
    opened.locator("[data-theme-switch]").click()
    await_true(opened, f"before => ({shown})() !== before", arg=light)


def test_without_scripts_it_is_tables_by_topic(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """No canvas and no tools; every note is a link, and a link to a topic opens its table."""
    plain_page.goto(f"{file_url(site)}map.html#Topic-3")
    expect(plain_page.locator("canvas")).to_be_hidden()
    expect(plain_page.get_by_role("searchbox")).to_have_count(0)
    assert plain_page.locator("table td:first-child a").count() == 41
    expect(plain_page.get_by_role("link", name="West 3").first).to_be_visible()
    expect(plain_page.get_by_role("link", name="South 3").first).to_be_hidden()


def test_a_phone_has_room_for_it(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """Nothing is wider than the screen, and the tools stand above the map, not on it."""
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(f"{file_url(site)}map.html")
    expect(page.locator("canvas")).to_have_attribute("data-points", "41")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    canvas, tools = page.locator("canvas").bounding_box(), page.locator(".canvas-tools").bounding_box()
    assert canvas is not None
    assert tools is not None
    assert tools["y"] + tools["height"] <= canvas["y"] + 1
    assert tools["x"] >= 0


def test_a_finger_shows_a_note_before_it_opens_it(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """The first tap says which it is, the second opens it."""
    with fresh_page(browser, viewport={"width": 375, "height": 740}, has_touch=True) as page:
        page.goto(f"{file_url(site)}map.html")
        expect(page.locator("canvas")).to_have_attribute("data-points", "41")
        where = spot(page, 0.5, 0.4)
        page.touchscreen.tap(*where)
        expect(page.locator("[data-map-said]")).to_contain_text("Middle")
        page.touchscreen.tap(*where)
        expect(page).to_have_url(f"{file_url(site)}middle.html")


def test_ten_thousand_notes_are_drawn_while_the_map_moves(
    page: Page, tmp_path: Path, file_url: Callable[[Path], str]
) -> None:
    """All of them, in every picture of a drag; a picture takes a few milliseconds, and far less than this."""
    random = np.random.default_rng(1)
    places = {f"{i:05}.md": (float(x), float(y)) for i, (x, y) in enumerate(random.random((10_000, 2)))}
    overview = overview_of(places, random.integers(0, 4, 10_000).tolist())
    (note,) = grow({"x.md": "x"}).notes.values()
    garden = link_notes(
        (replace(note, id=place, title=place) for place in places), Reading((), {}, frozenset())
    )
    site = write_site(garden, overview, tmp_path, with_notes=False)
    page.goto(f"{file_url(site)}map.html")
    expect(page.locator("canvas")).to_have_attribute("data-points", "10000")
    x, y = spot(page, 0.5, 0.5)
    page.evaluate(
        """() => {
          window.pictures = 0;
          const canvas = document.querySelector("canvas");
          new MutationObserver(() => { window.pictures += 1; }).observe(canvas, { attributeFilter: ["data-points"] });
        }"""
    )
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(10):
        page.mouse.move(x + 3 * step, y + 3 * step)
    page.mouse.up()
    await_true(page, "window.pictures >= 3")
