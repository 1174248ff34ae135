"""What can be done with a note's text: its contents, headings, pictures and tables, at file://."""

import itertools
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from notegen.config import Config
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import grow, render
from tests.support.patience import await_true, fresh_page, let_pass, stop_clock
from tests.support.png import png_of
from tests.support.static_host import Host

FILL = "\n\n".join(f"Paragraph {number} of a section that one scrolls through." for number in range(12))
TABLE = (
    "| " + " | ".join(f"column {n}" for n in range(30)) + " |\n" + "|---" * 30 + "|\n" + "| word " * 30 + "|"
)

NOTE = (
    f"# Long\n\nBegin.\n\n## First\n\n{FILL}\n\n## Second & last\n\n{FILL}\n\n### Third\n\n{FILL}\n\n## Fourth\n\n"
    f"{FILL}\n\n![[large.png|A large picture]]\n\n![[small.png|A small one]]\n\n{TABLE}\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n"
)

NOTED = (
    "# Noted\n\nA claim[^one] and a second[^two].\n\n<details>\n<summary>Folded</summary>\n\n"
    "Inside[^three].\n\n</details>\n\n"
    f"{FILL}\n\n{FILL}\n\nAgain[^one].\n\n[^one]: See [[long]].\n[^two]: {'Many words. ' * 20}\n[^three]: In a fold.\n"
)

BOTH = (
    f"# Both\n\n## One\n\nText[^1].\n\n## Two\n\n{FILL}\n\n{FILL}\n\n## Three\n\nEnd.\n\n[^1]: A footnote.\n"
)


def png(width: int, height: int) -> bytes:
    """A grey picture of this size."""
    rows = zlib.compress(b"".join(b"\0" + b"\x99" * width for _ in range(height)))
    return png_of(width, height, 0, rows)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with a long page."""
    folder: Path = tmp_path_factory.mktemp("text")
    assets = {name: folder / name for name in ("large.png", "small.png")}
    assets["large.png"].write_bytes(png(2400, 1200))
    assets["small.png"].write_bytes(png(40, 20))
    garden = grow(
        {
            "long.md": (NOTE, {"date": "2024-01-07"}),
            "next.md": "See [[long]].\n",
            "noted.md": NOTED,
            "in/both.md": BOTH,
            "in/short.md": "Short[^1].\n\n[^1]: Yes.\n",
        },
        assets=assets,
    )
    for url, file in render(garden, load_theme(), config=Config(title="Text"), search=None).items():
        (folder / url).parent.mkdir(parents=True, exist_ok=True)
        if isinstance(file.content, bytes):
            (folder / url).write_bytes(file.content)
    return folder


@pytest.fixture
def long(page: Page, site: Path, file_url: Callable[[Path], str]) -> Page:
    """The long page, opened from disk."""
    page.goto(f"{file_url(site)}long.html")
    return page


def test_the_contents_say_where_the_reader_is(long: Page) -> None:
    """Step by step, after a jump to the end, and back on top, where no section has begun."""
    current = long.locator(".toc [aria-current=true]")
    expect(current).to_have_count(0)
    long.evaluate("document.getElementById('second-last').scrollIntoView()")
    expect(current).to_have_text("Second & last")
    long.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    expect(current).to_have_text("Fourth")
    long.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    expect(current).to_have_count(0)


def test_the_contents_come_along_in_a_narrow_window(long: Page) -> None:
    """With the bar on top; opened there they move no line of the text, and a choice, Escape or a click closes them."""
    long.set_viewport_size({"width": 390, "height": 800})
    contents, row = long.locator(".toc"), long.locator(".toc summary")
    last = "document.getElementById('fourth').getBoundingClientRect().top"
    row.click()
    assert long.evaluate(f"{last} - document.querySelector('.toc nav').getBoundingClientRect().bottom > 0")
    row.click()
    long.evaluate("scrollTo({ top: 3000, behavior: 'instant' })")
    expect(row).to_be_hidden()
    long.evaluate("scrollTo({ top: 2800, behavior: 'instant' })")
    expect(row).to_be_in_viewport()
    before = long.evaluate(last)
    row.click()
    expect(contents.get_by_role("link", name="Third")).to_be_in_viewport()
    assert long.evaluate(last) == before
    long.keyboard.press("Escape")
    expect(contents).not_to_have_attribute("open", "")
    expect(row).to_be_focused()
    row.click()
    contents.get_by_role("link", name="Second & last").click()
    expect(contents).not_to_have_attribute("open", "")
    expect(long.locator("#second-last")).to_be_in_viewport()


def test_footnotes_stand_beside_their_lines_where_there_is_room(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Below each other, at the fold that hides a mark; in a narrow window they are a list below the text."""
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{file_url(site)}noted.html")
    one, two, three = (page.locator(f"#fn{number}") for number in (1, 2, 3))
    prose, mark = _box(page.locator(".prose")), _box(page.locator("#fnref1"))
    boxes = [_box(note) for note in (one, two, three)]
    assert all(box["x"] > prose["x"] + prose["width"] for box in boxes)
    assert abs(boxes[0]["y"] - mark["y"]) < 12
    assert all(upper["y"] + upper["height"] <= lower["y"] for upper, lower in itertools.pairwise(boxes))
    page.locator(".prose summary").click()
    await_true(page, "document.querySelector('#fn3').getBoundingClientRect().top > 0")
    page.locator("#fnref1").evaluate(
        "mark => mark.closest('p').before(...'x'.repeat(9).split('').map(letter => {"
        " const line = document.createElement('p'); line.textContent = letter; return line; }))"
    )
    await_true(
        page,
        "Math.abs(document.querySelector('#fn1').getBoundingClientRect().top"
        " - document.querySelector('#fnref1').getBoundingClientRect().top) < 12",
    )
    one.get_by_role("link", name="Long").click()
    page.wait_for_url("**/long.html")
    page.go_back()
    page.set_viewport_size({"width": 1000, "height": 900})
    expect(page.locator(".has-sidenotes")).to_have_count(0)
    page.locator(".footnote-backref").first.click()
    expect(page.locator("#fnref1")).to_be_in_viewport()


def test_footnotes_that_a_reader_has_seen_stay_below(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """On a page that is whole in sight nothing moves; made wide anew, it has them beside the text."""
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{file_url(site)}in/short.html")
    expect(page.locator("html.scripted .footnotes")).to_be_in_viewport()
    expect(page.locator(".has-sidenotes")).to_have_count(0)
    page.set_viewport_size({"width": 1000, "height": 900})
    await_true(page, "innerWidth === 1000")
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.locator(".has-sidenotes")).to_have_count(1)


def test_footnotes_keep_out_of_the_way_of_contents_and_folders(
    page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """The contents stand after the text, so these stand before it; with the folders there, they are a list again."""
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{file_url(site)}in/both.html")
    assert _box(page.locator("#fn1"))["x"] < _box(page.locator(".prose"))["x"] - 100
    page.keyboard.press("b")
    expect(page.locator(".explorer-docked")).to_be_visible()
    expect(page.locator(".has-sidenotes")).to_have_count(0)


def _box(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box
    return box


def test_each_heading_has_a_link_that_moves_nothing(long: Page) -> None:
    """Quiet until it is pointed at or has the focus, and no letter of the text."""
    link = long.get_by_role("link", name="Link to “Second & last”")
    expect(link).to_have_css("opacity", "0")
    link.focus()
    long.keyboard.press("Shift+Tab")
    long.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_have_css("opacity", "1")
    long.keyboard.press("Enter")
    long.wait_for_url("**/long.html#second-last")
    expect(long.locator("#second-last")).to_have_text("Second & last")
    tops = "[...document.querySelectorAll('.prose p')].map(p => p.offsetTop)"
    before = long.evaluate(tops)
    long.evaluate("document.querySelectorAll('.anchor').forEach(link => link.remove())")
    assert long.evaluate(tops) == before


def test_a_picture_shown_smaller_than_it_is_can_be_enlarged(long: Page) -> None:
    """By key and by click; its words stay, Escape closes, and the focus comes back."""
    long.locator("img").first.scroll_into_view_if_needed()
    picture = long.get_by_role("button", name="Enlarge: A large picture")
    picture.focus()
    long.keyboard.press("Enter")
    dialog = long.get_by_role("dialog", name="A large picture")
    large = dialog.get_by_role("img", name="A large picture")
    box = large.bounding_box()
    assert box
    assert box["width"] > 1.5 * float(picture.evaluate("picture => picture.clientWidth"))
    long.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(picture).to_be_focused()
    picture.click()
    large.click()
    assert large.evaluate("picture => picture.clientWidth") == 2400
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_a_phone_shows_a_large_picture_in_its_own_size(long: Page) -> None:
    """As large as the window would be as large as in the text."""
    long.set_viewport_size({"width": 390, "height": 844})
    long.locator("img").first.scroll_into_view_if_needed()
    long.get_by_role("button", name="Enlarge: A large picture").click()
    large = long.get_by_role("dialog").get_by_role("img")
    assert large.evaluate("picture => picture.clientWidth") == 2400


def test_a_picture_in_its_own_size_is_no_button(long: Page) -> None:
    """A click would show nothing new."""
    long.get_by_role("img", name="A small one").scroll_into_view_if_needed()
    expect(long.get_by_role("img", name="A small one")).not_to_have_attribute("tabindex", "0")


def test_a_wide_table_scrolls_in_a_box_that_the_keyboard_reaches(long: Page) -> None:
    """A narrow one asks for no stop; both are tables still."""
    boxes = long.locator(".table-wrapper")
    expect(boxes.nth(0)).to_have_attribute("tabindex", "0")
    expect(boxes.nth(0)).to_have_attribute("role", "group")
    expect(boxes.nth(1)).not_to_have_attribute("tabindex", "0")
    boxes.nth(0).focus()
    long.keyboard.press("ArrowRight")
    await_true(long, "document.querySelector('.table-wrapper').scrollLeft > 0")
    assert long.url.endswith("long.html")
    expect(long.get_by_role("table")).to_have_count(2)


def test_without_scripts_headings_pictures_and_tables_are_themselves(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """And a wide table still scrolls."""
    plain_page.goto(f"{file_url(site)}long.html")
    expect(plain_page.get_by_role("heading", name="First", exact=True)).to_be_visible()
    expect(plain_page.get_by_role("img", name="A large picture")).to_be_attached()
    expect(plain_page.locator(".anchor")).to_have_count(0)
    expect(plain_page.locator(".table-wrapper").first).to_have_css("overflow-x", "auto")


def test_a_page_begins_to_load_while_the_pointer_rests_on_its_link(
    page: Page, site: Path, served: Callable[[Path], Host]
) -> None:
    """Over HTTP, once, and only for one that rests."""
    host = served(site)
    stop_clock(page)
    page.goto(f"{host.url}next.html")
    hints = page.locator("link[rel=prefetch]")
    page.locator(".prose a").hover()
    let_pass(page, 50)
    page.mouse.move(0, 0)
    let_pass(page)
    expect(hints).to_have_count(0)
    page.locator(".prose a").hover()
    with page.expect_response("**/long.html"):
        let_pass(page)
    page.mouse.move(0, 0)
    page.locator(".prose a").hover()
    let_pass(page)
    expect(hints).to_have_count(1)
    assert [sent.path for sent in host.sent].count("long.html") == 1


def test_nothing_is_prefetched_from_disk_or_for_who_saves_data(
    page: Page, site: Path, file_url: Callable[[Path], str], served: Callable[[Path], Host]
) -> None:
    """There a page is at hand, here every byte counts."""
    stop_clock(page)
    page.goto(f"{file_url(site)}next.html")
    page.locator(".prose a").hover()
    let_pass(page)
    expect(page.locator("link[rel=prefetch]")).to_have_count(0)
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.goto(f"{served(site).url}next.html")
    page.locator(".prose a").hover()
    let_pass(page)
    expect(page.locator("link[rel=prefetch]")).to_have_count(0)


def test_a_title_that_is_one_long_word_breaks_in_every_list(
    browser: Browser, tmp_path: Path, file_url: Callable[[Path], str]
) -> None:
    """As the address of a page that was clipped is one: no list makes its page wider than a phone.

    Nor does a tag, a folder, or the name of the site and of who writes it.
    """
    word = "wordswithoutanend" * 8
    title = f"https://clipped.example/{word}"
    garden = grow(
        {
            f"{word}/2024-05-01 a.md": f"# {title}\n\n[[c]] #{word} #tide/{word}\n",
            "2024-05-02 b.md": "See [[2024-05-01 a]] and [[c]].\n",
            "c.md": f"# {title}/c\n\n[[2024-05-01 a]]\n",
        }
    )
    config = Config(title=word, author=word, description=word)
    write_pages(tmp_path, render(garden, load_theme(), config=config, search=None).values())
    with fresh_page(browser, viewport={"width": 390, "height": 844}) as page:
        for url in sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")):
            page.goto(f"{file_url(tmp_path)}{url}")
            assert (url, page.evaluate("document.documentElement.scrollWidth")) == (url, 390)


@pytest.mark.parametrize(("direction", "text"), [("ltr", "هذا"), ("rtl", "This")])
def test_a_heading_that_runs_otherwise_than_its_page_makes_it_no_wider(
    browser: Browser, tmp_path: Path, file_url: Callable[[Path], str], direction: str, text: str
) -> None:
    """Its sign stands in the margin where lines end, which is narrower than the sign on a phone."""
    language = "ar" if direction == "rtl" else "en"
    garden = grow({"a.md": f"{text}.\n\n## {text}\n\n{text}.\n"})
    write_pages(
        tmp_path,
        render(garden, load_theme(language=language), config=Config(language=language), search=None).values(),
    )
    with fresh_page(browser, viewport={"width": 320, "height": 800}) as page:
        page.goto(f"{file_url(tmp_path)}a.html")
        expect(page.locator("body")).to_have_css("direction", direction)
        expect(page.locator(".prose .anchor")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


# -- a long note, opened again ---------------------------------------------------------------------


def test_a_long_note_goes_on_where_it_was_left(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """The way is offered once, at the top, and is gone as soon as it is followed."""
    page.set_viewport_size({"width": 390, "height": 700})
    home = file_url(own_site)
    page.goto(f"{home}reference/problems.html")
    way = page.locator(".continue a")
    expect(way).to_have_count(0)
    page.locator(".prose h3").nth(20).evaluate("heading => heading.scrollIntoView()")
    current = page.locator(".toc [aria-current]")
    expect(current).to_have_count(1)
    anchor, words = current.get_attribute("href"), current.text_content()
    page.goto(f"{home}index.html")
    page.goto(f"{home}reference/problems.html")
    expect(way).to_have_text(f"Continue at “{words}”")
    way.click()
    expect(page).to_have_url(f"{home}reference/problems.html{anchor}")
    expect(page.locator(f".prose {anchor}")).to_be_in_viewport()
    expect(way).to_have_count(0)


@pytest.mark.parametrize("place", ["0", "document.documentElement.scrollHeight"])
def test_a_note_that_was_read_to_its_end_or_not_begun_is_not_gone_on_with(
    place: str, page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Nor one that is opened at a place of its own."""
    page.set_viewport_size({"width": 390, "height": 700})
    address = f"{file_url(own_site)}reference/problems.html"
    page.goto(f"{address}?visit=1")
    page.locator(".prose h3").nth(20).evaluate("heading => heading.scrollIntoView()")
    expect(page.locator(".toc [aria-current]")).to_have_count(1)
    page.goto(f"{address}?visit=2#note-empty")
    page.evaluate("new Promise(done => setTimeout(done))")
    assert page.locator(".continue").count() == 0
    page.evaluate(f"scrollTo({{top: {place}, behavior: 'instant'}})")
    page.goto(f"{address}?visit=3")
    page.evaluate("new Promise(done => setTimeout(done))")
    assert page.locator(".continue").count() == 0
