"""Pages by keyboard, and at any size: every stop can be seen, none is a trap, and nothing is cut off."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.specimen_pages import specimens

STOP = """async () => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    if (one === window.firstStop) return {name: '', faults: []};
    if (window.lastStop === one) return null;
    window.firstStop ??= one;
    window.lastStop = one;
    const look = () => {
        const faults = [];
        const style = getComputedStyle(one);
        const shows = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        if (!shows && !one.matches('object, iframe')) faults.push('shows no focus');
        const box = Array.from(one.getClientRects()).find(rect => rect.width && rect.height);
        if (!box) return [...faults, 'has no place'];
        const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, innerHeight - box.y) / 2];
        if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) faults.push('is out of sight');
        const hit = document.elementFromPoint(x, y);
        if (hit && !one.contains(hit) && !hit.contains(one)) faults.push(`is covered by ${hit.outerHTML.slice(0, 80)}`);
        return faults;
    };
    // The browser scrolls to what has the focus when it draws the next frame.
    if (look().length) await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return {name: one.outerHTML.slice(0, 120), faults: look()};
}"""
"""What has the focus, with what is wrong with it: nameless when the walk has come round, null between stops.

A document within the page, as that of a PDF, shows the focus inside itself, and has stops of its own.
"""

ATTEMPTS = 5
"""To walk around a page with a PDF: Chromium tells nobody when the step out of it has been taken."""

FOCUSABLE = """() => Array.from(document.querySelectorAll(
    'a[href], button, input:not([disabled]), select, textarea, summary, audio, video, iframe, object, [tabindex]'))
    .filter(one => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true})).length"""


@pytest.mark.promise("everything by keyboard")
@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("full", "Everything.html"),
        ("full", "deep/مرفأ.html"),
        ("full", "calendar.html"),
        ("own", "index.html"),
        ("own", "map.html"),
        ("own", "graph.html"),
        ("own", "drift.html"),
        ("own", "tags/reading.html"),
    ],
    ids=lambda value: value.partition(".")[0],
)
def test_tab_walks_through_the_whole_page(
    name: str,
    url: str,
    request: pytest.FixtureRequest,
    file_url: Callable[[Path], str],
) -> None:
    """From the link that skips the header to the foot: each stop is in sight, not covered, and shows that it is it.

    Where there is a PDF, in the whole browser: what it shows is a stop too. A step takes twice as long there, and one
    in seven times two of them are taken out of the PDF, past the stop behind it: then once more around.
    """
    page: Page = request.getfixturevalue("page_in_window" if url == "Everything.html" else "page")
    site: Path = request.getfixturevalue(f"{name}_site")
    page.emulate_media(
        reduced_motion="reduce"
    )  # a page that scrolls smoothly arrives only after the look at it
    for _ in range(ATTEMPTS if url == "Everything.html" else 1):
        page.goto(file_url(site) + url)
        wait_for_documents(page)
        stops = walk(page)
        if len(stops) == page.evaluate(FOCUSABLE):
            break
    assert "Skip to the text" in stops[0]["name"]
    assert [f"{stop['name']}: {fault}" for stop in stops for fault in stop["faults"]] == []
    assert len(stops) == page.evaluate(FOCUSABLE)


def wait_for_documents(page: Page) -> None:
    """Until each PDF is shown, which is no stop before that: in the page, and once more within the browser's viewer."""
    for file in page.locator("object").evaluate_all("all => all.map(one => one.data)"):
        while [frame.url for frame in page.frames].count(file) < 2:
            page.wait_for_event("framenavigated")


def walk(page: Page, most: int = 500) -> list[dict[str, list[str]]]:
    """The stops of the Tab key in order, once around."""
    stops: list[dict[str, list[str]]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop and not stop["name"]:
            return stops
        if stop:
            stops.append(stop)
    raise AssertionError(f"{most} times Tab, and no way out after {stops[-1]['name']}")


def test_the_box_keeps_the_focus_and_gives_it_back(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Tab goes round inside, each stop shows it, and Esc returns to where the reader was."""
    page.goto(f"{file_url(own_site)}writing/links.html")
    opener = page.locator(".site-head [data-ns-open]")
    opener.focus()
    page.keyboard.press("Enter")
    page.get_by_role("combobox").fill("links")
    expect(page.get_by_role("option").first).to_be_visible()
    inside = []
    for _ in range(12):
        page.keyboard.press("Tab")
        inside.append(page.evaluate("document.activeElement.matches('body, dialog, dialog *')"))
    assert all(inside)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


CUT = """() => Array.from(document.body.querySelectorAll('*')).filter(one => {
    const style = getComputedStyle(one);
    return ['hidden', 'clip'].includes(style.overflowY) && !one.closest('.visually-hidden, svg, .display')
        && one.innerText?.trim() && one.checkVisibility() && one.scrollHeight > one.clientHeight + 2;
}).map(one => `cuts off: ${one.outerHTML.slice(0, 120)}`)
    .concat(document.documentElement.scrollWidth > innerWidth ? ['scrolls sideways'] : [])"""

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""
"""What text must bear, which formulas are not: https://www.w3.org/WAI/WCAG22/Understanding/text-spacing.html"""


@pytest.mark.parametrize("name", ["own", "full"])
def test_nothing_is_lost_at_any_size(
    name: str, request: pytest.FixtureRequest, page: Page, file_url: Callable[[Path], str]
) -> None:
    """At 320 pixels, which is 400 % zoom (1.4.10), with letters twice as large (1.4.4), and spaced wide (1.4.12)."""
    site: Path = request.getfixturevalue(f"{name}_site")
    found = []
    for url in specimens(site):
        page.goto(file_url(site) + url)
        page.evaluate("css => document.adoptedStyleSheets = css.map(() => new CSSStyleSheet())", [1, 2])
        for look, width, css in (
            ("320 pixels", 320, ""),
            ("320 pixels and spaced", 320, SPACED),
            ("spaced", 1280, SPACED),
            ("letters twice as large", 1280, "html { font-size: 200% }"),
        ):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("css => document.adoptedStyleSheets[0].replaceSync(css)", css)
            found += [f"{url}, {look}: {one}" for one in page.evaluate(CUT)]
    assert found == []


@pytest.mark.parametrize("url", ["index.html", "writing/markup.html", "map.html", "calendar.html"])
def test_where_colours_are_forced_what_is_chosen_still_shows(
    url: str, page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """The open part of the site, days with notes and the theme switch keep an edge or a line that no colour makes."""
    page.emulate_media(forced_colors="active")
    page.goto(f"{file_url(own_site)}{url}")
    plain = """element => {
        const style = getComputedStyle(element);
        return style.borderStyle !== 'none' || style.outlineStyle !== 'none' || style.textDecorationLine !== 'none'
            || +style.fontWeight >= 600;
    }"""
    marked = page.locator(".site-nav [aria-current], .month-table td a, .month-grid .month").all()
    assert [one.inner_text() for one in marked if not one.evaluate(plain)] == []
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_where_colours_are_forced_marks_and_boxes_can_be_read(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Letters of a mark, a marked line of code too, are the system's for its ground; a box that is done is full."""
    page.emulate_media(forced_colors="active")
    colours = """elements => elements.map(element => {
        const {color, backgroundColor, forcedColorAdjust} = getComputedStyle(element);
        return [color, backgroundColor, forcedColorAdjust];
    })"""
    page.goto(f"{file_url(own_site)}writing/markup.html")
    pair = page.evaluate(
        """() => {
            const probe = document.body.appendChild(document.createElement("i"));
            probe.style = "color: MarkText; background: Mark; forced-color-adjust: none";
            const {color, backgroundColor} = getComputedStyle(probe);
            return [color, backgroundColor, "none"];
        }"""
    )
    marks = page.locator(".prose mark, .context mark").evaluate_all(colours)
    assert {tuple(mark) for mark in marks} == {tuple(pair)}
    box = "element => getComputedStyle(element).backgroundColor"
    ground = page.locator("body").evaluate(box)
    assert page.locator("[data-task=x] > input").first.evaluate(box) != ground
    page.goto(f"{file_url(own_site)}writing/code.html")
    letters = page.locator(".prose pre mark *").evaluate_all(colours)
    assert {(color, adjust) for color, _, adjust in letters} == {(pair[0], "none")}


def test_where_colours_are_forced_topics_keep_theirs(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """On the map as in its legend: what is drawn has no other sign of them."""
    page.emulate_media(forced_colors="active")
    page.goto(f"{file_url(own_site)}map.html")
    shown = page.locator(".legend-item i").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(shown)) == len(shown) > 1
    drawn = """([canvas, colours]) => {
        const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const found = new Set();
        for (let i = 0; i < data.length; i += 4) found.add(`rgb(${data[i]}, ${data[i + 1]}, ${data[i + 2]})`);
        return colours.every(colour => {
            const probe = document.createElement("canvas").getContext("2d");
            probe.fillStyle = colour;
            probe.fillRect(0, 0, 1, 1);
            const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
            return found.has(`rgb(${r}, ${g}, ${b})`);
        });
    }"""
    page.wait_for_function(drawn, arg=[page.locator("canvas").element_handle(), shown])


def test_nothing_moves_for_those_who_asked_for_stillness(
    page: Page, own_site: Path, file_url: Callable[[Path], str]
) -> None:
    """No animation and no transition runs, on the page, in the box, and when the box opens."""
    page.emulate_media(reduced_motion="reduce")
    for url in ("index.html", "writing/links.html", "map.html", "graph.html"):
        page.goto(f"{file_url(own_site)}{url}")
        page.keyboard.press("/")
        expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
