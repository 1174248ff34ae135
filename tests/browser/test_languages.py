"""Sites in other languages in a real browser: what scripts say, where things stand, and which way they run."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from tests.support.made_up_language import MADE_UP, left_over, wrapped_theme
from tests.support.word_encoder import TABLE, WordEncoder

ARABIC = {
    "البحر.md": "---\ndate: 2024-03-02\ntags: [بحر]\n---\n# البحر\n\nيرتفع البحر مرتين في اليوم.\n\n```\nx = 1\n```\n",
    "الخبز.md": "---\ndate: 2024-05-11\ntags: [مطبخ]\n---\n# الخبز\n\nدقيق وماء وفرن ساخن، والبحر بعيد. [[البحر]]\n",
    "النجوم.md": "---\ndate: 2023-01-20\n---\n# النجوم (قديم)\n\nنجم القطب يشير إلى الشمال. [[البحر]] [[الخبز]]\n",
}
JAPANESE = {
    "海.md": "---\ndate: 2024-03-02\ntags: [海]\n---\n# 海\n\n海は一日に二度満ちて二度引く。\n",
    "パン.md": "---\ndate: 2024-05-11\n---\n# パン\n\n海の塩を少し入れて、高温の窯で焼く。[[海]]\n",
}

Make = Callable[..., Path]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Builds a site of these notes."""

    def made(notes: Mapping[str, str], **settings: str) -> Path:
        folder = tmp_path_factory.mktemp("notes")
        for name, text in notes.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        site = tmp_path_factory.mktemp("built") / "site"
        build(BuildContext(folder, Config(**settings), WordEncoder(), TABLE), site)  # type: ignore[arg-type]
        return site

    return made


@pytest.fixture(scope="module")
def arabic(make: Make) -> Path:
    """Three notes, one with a Latin bracket's neighbour."""
    return make(ARABIC, language="ar", title="ملاحظات")


@pytest.fixture(scope="module")
def japanese(make: Make) -> Path:
    """Two notes."""
    return make(JAPANESE, language="ja", title="ノート")


FileUrl = Callable[[Path], str]


def test_an_arabic_page_runs_to_the_left(page: Page, file_url: FileUrl, arabic: Path) -> None:
    """The site's name is on the right, the switch on the left; code still runs to the right, and nothing sticks out."""
    page.goto(f"{file_url(arabic)}البحر.html")
    assert page.locator("html").get_attribute("dir") == "rtl"
    name, switch = page.locator(".site-name").bounding_box(), page.locator(".theme-switch").bounding_box()
    assert name
    assert switch
    assert name["x"] > switch["x"]
    assert page.locator("pre").evaluate("element => getComputedStyle(element).direction") == "ltr"
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_is_open_is_marked_where_lines_begin(page: Page, file_url: FileUrl, make: Make) -> None:
    """In the folders and in the search: a bar on the right."""
    page.set_viewport_size({"width": 1500, "height": 800})
    site = make({**ARABIC, "بر/الجبل.md": "# الجبل\n"}, language="ar")
    page.goto(f"{file_url(site)}البحر.html")
    page.locator(".folders-open").click()
    page.keyboard.press("/")
    page.keyboard.type("البحر")
    for marked in (".explorer a[aria-current]", ".ns-option[aria-selected=true]"):
        expect(page.locator(marked)).to_have_css("box-shadow", re.compile(r" -[23]px 0px 0px 0px inset"))


RIGHT_OF_TEXT = """element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return Math.round(range.getBoundingClientRect().right);
}"""


@pytest.mark.parametrize("title", ["Sea notes", "ملاحظات"])
def test_a_name_of_another_direction_begins_where_all_else_does(
    title: str, page: Page, file_url: FileUrl, make: Make
) -> None:
    """On the first page and on one of a tag: their names and the lines under them end at one edge."""
    notes = {**ARABIC, "a.md": "---\ntags: [sea]\n---\nx\n"}
    site = file_url(make(notes, language="ar", title=title))
    for url in ("index.html", "tags/sea.html"):
        page.goto(f"{site}{url}")
        edges = {
            page.locator(part).first.evaluate(RIGHT_OF_TEXT) for part in (".page-head h1", ".page-head p")
        }
        assert max(edges) - min(edges) <= 2, url


def test_arrow_keys_follow_the_direction_of_reading(
    page: Page, file_url: FileUrl, arabic: Path, japanese: Path
) -> None:
    """In Arabic what comes next is on the left; so the arrows on the links say too."""
    page.goto(f"{file_url(arabic)}البحر.html")
    expect(page.locator("a[rel=next]")).to_contain_text("اللاحقة ←")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", level=1)).to_have_text("الخبز")
    page.wait_for_load_state()  # the script that listens runs after the heading is there
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("البحر")
    page.goto(f"{file_url(japanese)}海.html")
    expect(page.locator("a[rel=next]")).to_contain_text("次のノート →")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("パン")


def test_the_box_speaks_arabic(page: Page, file_url: FileUrl, arabic: Path) -> None:
    """Its names, its counts in the form for two, its days, and its own direction."""
    page.goto(f"{file_url(arabic)}index.html")
    page.keyboard.press("/")
    box = page.get_by_role("dialog", name="البحث")
    expect(box.get_by_role("combobox", name="البحث في الملاحظات")).to_be_focused()
    page.keyboard.type("البحر")
    expect(box.locator(".ns-status")).to_have_text("3 ملاحظات")
    expect(box.locator(".ns-option time").first).to_have_text("2 مارس 2024")
    expect(box.get_by_role("option").first).to_contain_text("الكلمات")
    box.get_by_role("button", name="تصفية").click()
    expect(box.get_by_role("group", name="الوسوم")).to_be_visible()
    assert box.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_the_box_speaks_japanese(page: Page, file_url: FileUrl, japanese: Path) -> None:
    """Days with their signs, counts with their counters."""
    page.goto(f"{file_url(japanese)}index.html")
    page.keyboard.press("/")
    box = page.get_by_role("dialog", name="検索")
    page.keyboard.type("海")
    expect(box.locator(".ns-status")).to_have_text("2件のノート")
    expect(box.locator(".ns-option time").first).to_have_text("2024年3月2日")
    expect(page.locator(".archive h2").first).to_contain_text("2024年")


def test_japanese_lines_break_by_japanese_rules(page: Page, file_url: FileUrl, japanese: Path) -> None:
    """And its letters stand where the face puts them."""
    page.goto(f"{file_url(japanese)}海.html")
    style = page.locator("h1").evaluate(
        "element => (({ lineBreak, letterSpacing }) => [lineBreak, letterSpacing])(getComputedStyle(element))"
    )
    assert style == ["strict", "normal"]


# -- the made-up language: whatever a script says in English is a word outside of brackets ----------------------


@pytest.fixture(scope="module")
def wrapped(make: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough notes for a map, in Cyrillic, with pictures, code, footnotes and a diagram."""
    theme = tmp_path_factory.mktemp("theme")
    wrapped_theme(theme)
    letters = "абвгдежзиклмнопрстуф"
    notes = {
        f"{letter}.md": f"---\ndate: 2024-0{3 + n % 2}-{n + 1:02}\ntags: [вода, тег{n}]\n---\n# Море {letter}\n\n"
        f"Вода и соль {letter * 3}. [[{letters[n - 1]}]] [^1]\n\n## Часть\n\n```\nкод\n```\n\n"
        "| а | б |\n|---|---|\n| в | г |\n\n[^1]: Сноска\n"
        for n, letter in enumerate(letters)
    }
    return make(notes, language=MADE_UP, title="Записки", theme=str(theme))


def english_on(page: Page) -> list[str]:
    """The words of the page as it is now that are neither its authors' nor in brackets; letters on keys are none."""
    keys_and_signs = r"<kbd[^<>]*>[^<]*</kbd>|<span class=\"ns-icon\"[^<>]*>[^<]*</span>"
    return [*left_over(re.sub(keys_and_signs, "", page.content()))]


@pytest.mark.parametrize("name", ["index", "а", "map", "graph", "drift", "calendar", "404"])
def test_scripts_leave_no_english_on_a_page(name: str, page: Page, file_url: FileUrl, wrapped: Path) -> None:
    """As it opens, with all that scripts have added."""
    page.goto(f"{file_url(wrapped)}{name}.html")
    page.wait_for_load_state("load")
    assert english_on(page) == []


def test_the_box_has_no_english(page: Page, file_url: FileUrl, wrapped: Path) -> None:
    """Empty, with hits, with nothing found, with its filters, and after copying."""
    page.goto(f"{file_url(wrapped)}index.html")
    page.keyboard.press("/")
    box = page.locator(".ns-dialog")
    expect(box.locator(".ns-hint")).to_be_visible()
    assert english_on(page) == []
    page.keyboard.type("вода")
    expect(box.locator(".ns-more")).to_be_visible()
    assert english_on(page) == []
    box.locator(".ns-copy").click()
    expect(box.locator(".ns-status")).to_contain_text("⟦")
    box.locator(".ns-filter").click()
    expect(box.locator(".ns-chip").first).to_be_visible()
    page.get_by_role("combobox").fill("ъъъъъъъъ")
    expect(box.locator(".ns-status")).to_contain_text("⟦Nothing found⟧")
    assert english_on(page) == []


def test_the_list_of_keys_has_no_english(page: Page, file_url: FileUrl, wrapped: Path) -> None:
    """But for the letters on the keys."""
    page.goto(f"{file_url(wrapped)}index.html")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert english_on(page) == []


@pytest.mark.parametrize(("name", "field"), [("map", "[data-map-find]"), ("graph", "[data-graph-find]")])
def test_pictures_of_the_garden_speak_the_language(
    name: str, field: str, page: Page, file_url: FileUrl, wrapped: Path
) -> None:
    """What is found in them, and which note is marked."""
    page.goto(f"{file_url(wrapped)}{name}.html")
    page.locator(field).fill("Море")
    expect(page.get_by_role("status").first).to_contain_text("⟦")
    page.locator("canvas").focus()
    page.keyboard.press("n" if name == "graph" else "ArrowDown")
    assert english_on(page) == []
