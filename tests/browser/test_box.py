"""The search box in a real browser, from disk and from a host: what a reader sees, presses and hears of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_plus, unquote

import pytest
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from tests.browser.conftest import from_disk_and_host
from tests.support.patience import await_true
from tests.support.static_host import Host

NOTES = {
    "sea/Tides.md": """---
date: 2024-03-02
tags: [sea, sea/harbour]
---
# Tides

When nobody was looking the water went out.

## Spring tides

The sun and the *moon* pull [together](Boats.md), and the harbour fills to the second step.
It is `highest` two days after the new moon, and the formula $h = a + b$ says how much.

Seven days later they pull at right angles, and the water hardly moves.

> [!note]- Folded away
> The quahog is a clam that lives for centuries.
""",
    "sea/Boats.md": "---\ndate: 2024-05-11\ntags: [sea]\n---\n# Boats\n\nA boat wants water under it.\n",
    "Bread.md": "---\ndate: 2023-01-20\ntags: [kitchen]\n---\n# Bread\n\nFlour and water, and an oven with steam.\n",
    "tea/Kettle.md": "---\ndate: 2021-01-01\ntags: [brew, tea, hot, metal]\n---\n# Kettle\n\nIt whistles.\n\n"
    "## Descaling\n\nVinegar dissolves it.\n\n## Boiling\n\nVinegar boils, too.\n\n## Pouring\n\nSlowly.\n",
    "long.md": "---\ndate: 2023-02-01\ntags: ["
    + ", ".join(f"stone{number:02}" for number in range(30))
    + "]\n---\n# A long walk\n\n"
    + "\n\n".join(f"Paragraph {number} of the walk is about stones and paths." for number in range(40))
    + "\n\nAt its end stands a periwinkle, blue and small.\n\n"
    + "\n\n".join(f"Paragraph {number} of the way back." for number in range(40)),
    **{
        f"heap/{number}.md": f"---\ndate: 2022-01-01\n---\n# Heap {number}\n\nA pebble.\n"
        for number in range(15)
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small garden as a site, searched by words alone."""
    notes = tmp_path_factory.mktemp("notes")
    for name, text in NOTES.items():
        (notes / name).parent.mkdir(exist_ok=True)
        (notes / name).write_text(text, "utf-8")
    folder = tmp_path_factory.mktemp("built") / "site"
    build(BuildContext(notes, Config(), encoder=None), folder)
    return folder


EVERYWHERE = (
    "test_the_passage_is_marked_on_its_page_with_its_words",
    "test_questions_whose_answer_was_opened_are_offered_again",
    "test_an_empty_box_offers_notes_opened_last_and_the_newest",
    "test_the_tags_are_loaded_when_the_menu_is_opened",
    "test_the_best_passages_are_copied_as_markdown",
    "test_the_menu_writes_tags_and_days_into_the_question",
)
"""What its address may count for."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both addresses for those, one for each other test."""
    from_disk_and_host(metafunc, EVERYWHERE)


def ask(page: Page, question: str) -> None:
    """Opens the box and types, until the answer stands."""
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(question)
    # The address takes the question when the whole answer is shown.
    expect(page).to_have_url(re.compile(rf"[?&]q={re.escape(quote_plus(question, safe='*-._'))}(?=[&#]|$)"))
    expect(page.get_by_role("status")).not_to_be_empty()


def marked(page: Page, name: str) -> list[str]:
    """The texts of the page that are highlighted under a name."""
    texts: list[str] = page.evaluate(
        "name => Array.from(CSS.highlights.get(name) ?? [], range => range.toString().replace(/\\s+/g, ' '))",
        name,
    )
    return texts


# -- the passage that a hit leads to ------------------------------------------------------------------


def test_the_passage_is_marked_on_its_page_with_its_words(page: Page, address: str) -> None:
    """Through a link, emphasis and code; the address is the heading's, as if nothing had been carried."""
    page.goto(f"{address}Bread.html")
    ask(page, "moon harbour")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sea/Tides\.html#spring-tides$"))
    (passage,) = marked(page, "ns-passage")
    assert passage.startswith("The sun and the moon pull together, and the harbour fills")
    assert passage.endswith("clam that lives for centuries")
    assert set(marked(page, "ns-words")) == {"moon", "harbour"}


def test_a_passage_at_the_top_of_a_note_is_marked_too(page: Page, address: str) -> None:
    """Where there is no heading to go to, and nothing is left behind in the address."""
    page.goto(f"{address}Bread.html")
    ask(page, "nobody looking")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sea/Tides\.html(#tides)?$"))
    assert marked(page, "ns-passage") == ["When nobody was looking the water went out"]


@pytest.mark.parametrize("start", ["Bread.html", "long.html"])
def test_a_passage_far_down_is_scrolled_to(page: Page, address: str, start: str) -> None:
    """From another page and from the page itself: the word stands in view, below the top and above the middle."""
    page.goto(address + start)
    ask(page, "periwinkle")
    page.keyboard.press("Enter")
    await_true(page, "CSS.highlights.has('ns-words')")
    # What is scrolled smoothly takes its time.
    await_true(
        page,
        """() => {
          const [word] = CSS.highlights.get("ns-words");
          const { top } = word.getBoundingClientRect();
          return top > 0 && top < innerHeight / 2 + 1;
        }""",
    )
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert marked(page, "ns-words") == ["periwinkle"]


def test_what_is_folded_around_a_passage_opens(page: Page, address: str) -> None:
    """A mark that nobody sees is none."""
    page.goto(f"{address}Bread.html")
    ask(page, "quahog")
    page.keyboard.press("Enter")
    expect(
        page.locator("details.callout, .callout details, details", has_text="quahog").first
    ).to_have_attribute("open", "")


@pytest.mark.parametrize("away", ["Escape", "click"])
def test_the_mark_goes_with_escape_or_a_click(page: Page, address: str, away: str) -> None:
    """Who has found the place wants to read."""
    page.goto(f"{address}Bread.html")
    ask(page, "moon")
    page.keyboard.press("Enter")
    await_true(page, "() => CSS.highlights.size === 2")
    if away == "click":
        page.locator("h1").click()
    else:
        page.keyboard.press(away)
    assert marked(page, "ns-passage") == marked(page, "ns-words") == []


@pytest.mark.promise("nothing leaves the reader's browser")
def test_no_request_tells_what_was_looked_for(page: Page, site: Path, served: Callable[[Path], Host]) -> None:
    """Neither the addresses asked for nor the page that asks: search stays in the browser."""
    requests: list[str] = []

    def remember(request: object) -> None:
        requests.append(json.dumps([request.url, request.all_headers()]))  # type: ignore[attr-defined]

    host = served(site)
    page.goto(f"{host.url}Bread.html")
    page.on("requestfinished", remember)
    ask(page, "moon")
    page.keyboard.press("Control+a")
    page.keyboard.type("harbour")
    expect(page).to_have_url(re.compile(r"q=harbour$"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#spring-tides$"))
    page.wait_for_load_state("networkidle")
    assert any("Tides.html" in request for request in requests)
    assert [request for request in requests if re.search("moon|harbour", request)] == []


# -- keys and what a screen reader hears -------------------------------------------------------------


def test_the_list_is_gone_through_by_leaps(page: Page, address: str) -> None:
    """Page keys go by four, Home and End to the ends; before one is in the list they are the field's."""
    page.goto(f"{address}Bread.html")
    ask(page, "pebble")
    options = page.get_by_role("option")
    expect(options).to_have_count(10)
    page.keyboard.press("Home")
    page.keyboard.type("a ")
    expect(page.get_by_role("combobox")).to_have_value("a pebble")
    expect(options).to_have_count(10)
    for key, number in [
        ("PageDown", 4),
        ("PageDown", 8),
        ("PageDown", 9),
        ("ArrowDown", 0),
        ("End", 9),
        ("PageUp", 5),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        expect(options.nth(number)).to_have_attribute("aria-selected", "true")


def test_more_notes_can_be_shown(page: Page, address: str) -> None:
    """The one after the last is chosen, and the status says how many there are."""
    page.goto(f"{address}Bread.html")
    ask(page, "pebble")
    expect(page.get_by_role("status")).to_have_text("The best 10 notes")
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("option")).to_have_count(15)
    expect(page.get_by_role("status")).to_have_text("15 notes")
    expect(page.get_by_role("option").nth(9)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


def test_the_box_is_a_combobox(page: Page, address: str) -> None:
    """As the ARIA authoring practices have it: the field names its list, whether it is there, and what is active."""
    page.goto(f"{address}Bread.html")
    page.locator("[data-ns-open]").first.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Search the notes")
    expect(page.get_by_role("group", name="Newest notes").get_by_role("option").first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile(""))
    page.keyboard.type("moon")
    expect(page.get_by_role("option", name=re.compile("Spring tides"))).to_be_visible()
    list_id = box.get_attribute("aria-controls")
    expect(page.locator(f"#{list_id}[role=listbox]")).to_be_visible()
    expect(page.locator(f"#{box.get_attribute('aria-activedescendant')}")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.get_by_role("status")).to_have_text("1 note")
    expect(page.get_by_role("option")).to_have_accessible_name(
        re.compile(r"Tides.*Spring tides.*found by words$", re.S)
    )
    page.keyboard.press("Escape")
    expect(page.locator("[data-ns-open]").first).to_be_focused()


def test_an_input_method_keeps_its_enter(page: Page, address: str) -> None:
    """While characters are being composed, Enter takes them and opens nothing."""
    page.goto(f"{address}Bread.html")
    ask(page, "moon")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.evaluate(
        """() => document.querySelector(".ns-input").dispatchEvent(new KeyboardEvent("keydown",
          { key: "Enter", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(page.get_by_role("combobox")).to_be_visible()


def test_tab_stays_inside_and_skips_the_list(page: Page, address: str) -> None:
    """Field, filter, close, copy; the list is for the arrows."""
    page.goto(f"{address}Bread.html")
    ask(page, "moon")
    expect(page.get_by_role("button", name="Copy for an AI chat")).to_be_visible()
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("() => document.activeElement.textContent"))
    assert names[:3] == ["Filter", "Close", "Copy for an AI chat"]
    assert page.evaluate(
        "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
    )


def test_on_a_phone_the_box_fills_the_screen_and_fingers_can_hit_it(page: Page, address: str) -> None:
    """Nothing to press is lower than 44 pixels, and nothing is pushed out sideways."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}Bread.html")
    ask(page, "water")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".ns-chip").first).to_be_visible()
    box = page.locator(".ns-dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 800}
    heights = page.evaluate(
        """() => Array.from(document.querySelectorAll(".ns-dialog button, .ns-dialog input, .ns-option"))
          .filter((one) => one.checkVisibility()).map((one) => [one.className, one.getBoundingClientRect().height])"""
    )
    assert [one for one in heights if one[1] < 44] == []
    assert page.evaluate("() => document.querySelector('.ns-middle').scrollWidth") <= 390


# -- recent searches ----------------------------------------------------------------------------------


def test_questions_whose_answer_was_opened_are_offered_again(page: Page, address: str) -> None:
    """Not those that were only typed; the arrows choose them, and they can be forgotten."""
    page.goto(f"{address}Bread.html")
    ask(page, "moon")
    page.keyboard.press("Escape")
    page.goto(f"{address}Bread.html")
    page.keyboard.press("/")
    expect(page.locator(".ns-hint")).to_be_visible()
    expect(page.get_by_role("group", name="Newest notes")).to_be_visible()
    expect(page.get_by_role("group", name="Recent searches")).to_have_count(0)
    page.keyboard.type("harbour")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#spring-tides$"))
    page.keyboard.press("/")
    expect(page.get_by_role("group", name="Recent searches").get_by_role("option")).to_have_text(["harbour"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value("harbour")
    expect(page.get_by_role("option").first).to_contain_text("Tides")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Clear recent").click()
    expect(page.get_by_role("group", name="Newest notes")).to_be_visible()
    expect(page.get_by_role("group", name=re.compile("Recent|Opened"))).to_have_count(0)
    assert page.evaluate("() => Object.keys(localStorage)") == []


# -- an empty box, and what else a hit leads to ----------------------------------------------------------


def test_an_empty_box_offers_notes_opened_last_and_the_newest(page: Page, address: str) -> None:
    """Each once, and not the one that is open; the arrows choose, Enter opens."""
    for name in ("long.html", "sea/Tides.html", "Bread.html"):
        page.goto(address + name)
    page.keyboard.press("/")
    opened = page.get_by_role("group", name="Opened last").get_by_role("option")
    expect(opened).to_have_text([re.compile("^Tides"), re.compile("^A long walk")])
    newest = page.get_by_role("group", name="Newest notes").get_by_role("option")
    expect(newest).to_have_text([re.compile("^Boats"), re.compile("^Heap 9")])
    expect(newest.first).to_contain_text("sea")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sea/Tides\.html$"))


def test_a_hit_does_not_show_the_folder_that_holds_all_notes(page: Page, address: str) -> None:
    """As the script of a page is told of it."""
    page.goto(f"{address}Bread.html")
    page.evaluate("document.querySelector('script[data-root]').dataset.top = 'te'")
    ask(page, "vinegar boils")
    places = page.get_by_role("option").first.locator(".ns-place")
    expect(places).to_have_text(["tea", "#brew", "#tea", "#hot"])
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('script[data-root]').dataset.top = 'tea'")
    ask(page, "vinegar boils")
    expect(places).to_have_text(["#brew", "#tea", "#hot"])


def test_a_hit_shows_where_its_note_lies_its_tags_and_its_other_headings(page: Page, address: str) -> None:
    """A heading is an option of its own, which leads there."""
    page.goto(f"{address}Bread.html")
    ask(page, "vinegar boils")
    expect(page.get_by_role("option")).to_have_count(2)
    hit, section = page.get_by_role("option").all()
    expect(hit.locator(".ns-title")).to_have_text("Kettle › Boiling")
    expect(hit.locator(".ns-place")).to_have_text(["tea", "#brew", "#tea", "#hot"])
    expect(section).to_have_accessible_name("Kettle › Descaling")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"tea/Kettle\.html#descaling$"))


# -- filters --------------------------------------------------------------------------------------------


def test_the_menu_writes_tags_and_days_into_the_question(page: Page, address: str) -> None:
    """Chips are switches, and show what the question has, by hand or by menu."""
    page.goto(f"{address}Bread.html")
    ask(page, "water")
    page.get_by_role("button", name="Filter").click()
    box = page.get_by_role("combobox")
    expect(page.locator(".ns-chip").first).to_have_text("#sea 2 notes")
    page.get_by_role("button", name="#sea 2 notes").click()
    expect(box).to_have_value("tag:sea water")
    expect(page.get_by_role("button", name="Filter: 1")).to_be_visible()
    expect(page.locator(".ns-chip", has_text="#sea 2 notes")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".ns-chip", has_text="#sea 2 notes")).to_be_focused()
    page.get_by_role("button", name="2023").click()
    expect(box).to_have_value("tag:sea after:2023-01-01 before:2023-12-31 water")
    expect(page.get_by_label("From")).to_have_value("2023-01-01")
    page.get_by_label("To").fill("2024-03-02")
    expect(box).to_have_value("tag:sea after:2023-01-01 before:2024-03-02 water")
    page.get_by_label("From").fill("")
    expect(box).to_have_value("tag:sea before:2024-03-02 water")
    page.locator(".ns-chip", has_text="#sea 2 notes").click()
    expect(box).to_have_value("before:2024-03-02 water")
    box.fill("tag:kitchen water")
    expect(page.locator(".ns-chip", has_text="#kitchen")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("To")).to_have_value("")


def test_a_tag_among_many_is_looked_for_by_its_letters(page: Page, address: str) -> None:
    """The menu shows the most used ones, those that are chosen, and those that have the letters."""
    page.goto(f"{address}Bread.html")
    ask(page, "walk")
    page.get_by_role("button", name="Filter").click()
    chips = page.get_by_role("group", name="Tags").locator(".ns-chip")
    expect(chips).to_have_count(24)
    page.get_by_role("searchbox", name="Find a tag").fill("NE29")
    expect(chips).to_have_text(["#stone29 1 note"])
    chips.click()
    expect(page.get_by_role("combobox")).to_have_value("tag:stone29 walk")
    page.get_by_role("searchbox", name="Find a tag").fill("")
    expect(chips).to_have_count(25)
    page.get_by_role("searchbox", name="Find a tag").fill("zzz")
    expect(page.locator(".ns-none")).to_have_text("No tag has these letters.")


def test_the_tags_are_loaded_when_the_menu_is_opened(
    page: Page, site: Path, served: Callable[[Path], Host]
) -> None:
    """Not before; Escape closes the menu alone, and gives the focus back."""
    host = served(site)
    page.goto(f"{host.url}Bread.html")
    ask(page, "water")
    assert [sent.path for sent in host.sent if sent.path.endswith("/filters.js")] == []
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".ns-chip").first).to_be_visible()
    assert len([sent.path for sent in host.sent if sent.path.endswith("/filters.js")]) == 1
    page.locator(".ns-chip").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator(".ns-filters")).to_be_hidden()
    expect(page.get_by_role("button", name="Filter")).to_be_focused()
    expect(page.get_by_role("combobox")).to_be_visible()


# -- copying ------------------------------------------------------------------------------------------

CLIPBOARD = """() => { Object.defineProperty(navigator, "clipboard", { value: %s }) }"""


@pytest.mark.parametrize("way", ["clipboard", "selection"])
def test_the_best_passages_are_copied_as_markdown(page: Page, address: str, way: str) -> None:
    """By the key or the button, with the clipboard's interface or, where a browser has none, by a selection."""
    page.goto(f"{address}Bread.html")
    if way == "clipboard":
        page.evaluate(CLIPBOARD % "{ writeText: async (text) => { window.copied = text } }")
    else:
        page.evaluate(CLIPBOARD % "undefined")
        page.evaluate(
            """() => document.addEventListener("copy", () => {
              const { value, selectionStart, selectionEnd } = document.activeElement;
              window.copied = value.slice(selectionStart, selectionEnd);
            })"""
        )
    ask(page, "water")
    expect(page.locator(".ns-option:not(.ns-section)")).to_have_count(3)
    if way == "clipboard":
        page.keyboard.press("Control+Shift+C")
    else:
        page.get_by_role("button", name="Copy for an AI chat").click()
    expect(page.get_by_role("status")).to_have_text("Copied 3 passages")
    copied: str = page.evaluate("() => window.copied")
    root = address if address.startswith("http") else ""
    assert copied.startswith("Question: water\n\nFrom these notes:\n\n## [")
    assert (
        f"## [Boats]({root}sea/Boats.html#boats)\n\n2024-05-11\n\n> A boat wants water under it.\n" in copied
    )
    assert "file:" not in copied


# -- nothing found ------------------------------------------------------------------------------------


def test_when_nothing_is_found_less_is_offered(page: Page, address: str) -> None:
    """Words that do find something, each with a note that it finds, and ways to look through everything."""
    page.goto(f"{address}Bread.html")
    page.keyboard.press("/")
    page.keyboard.type("xyzzyx qwertzu")
    expect(page.get_by_role("status")).to_have_text("Nothing found")
    expect(page.locator(".ns-hint").first).to_have_text("No note answers “xyzzyx qwertzu”.")
    assert page.get_by_role("link", name="all notes").get_attribute("href") == f"{unquote(address)}index.html"
    assert page.get_by_role("link", name="all tags").get_attribute("href") == f"{unquote(address)}tags.html"
    page.get_by_role("link", name="all tags").click()
    expect(page).to_have_title(re.compile("^Tags"))


def test_a_filter_that_lets_nothing_through_is_the_first_to_go(page: Page, address: str) -> None:
    """What is offered is chosen like a hit, and asked at once."""
    page.goto(f"{address}Bread.html")
    ask(page, "tag:kitchen after:2024 pebble")
    expect(page.get_by_role("status")).to_have_text("Nothing found")
    offered = page.get_by_role("group", name="These find something").get_by_role("option")
    expect(offered).to_have_text([re.compile("Leave out all filters")])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox")).to_have_value("pebble")
    expect(page.get_by_role("option").first).to_contain_text("Heap")


def test_the_menu_alone_lists_notes(page: Page, address: str) -> None:
    """A tag and a year without a word: its notes, the newest first, found by filters."""
    page.goto(f"{address}Bread.html")
    page.keyboard.press("/")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("button", name="#sea 2 notes").click()
    expect(page.locator(".ns-title")).to_have_text(["Boats", "Tides"])
    expect(page.locator(".ns-badge").first).to_contain_text("found by filters")
    page.get_by_role("button", name="2023").click()
    expect(page.get_by_role("status")).to_have_text("Nothing found")
