"""Style sheets in a whole site and in a real browser: which a page loads, and that a theme's rules win over ours."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.bundled import bundled
from notegen.colours import GROUNDS, PALETTES, WASH, accent_of, blended, colour_named
from notegen.config import Config
from notegen.context import BuildContext
from notegen.theme import minified
from tests.support.axe import LOOKS, violations

FileUrl = Callable[[Path], str]
Themed = Callable[..., Path]


@pytest.fixture
def themed(tmp_path: Path) -> Themed:
    """Builds a site of one note with these files as its theme."""

    def make(language: str = "en", accent: str = "", **files: str) -> Path:
        notes = tmp_path / "notes"
        (notes / "theme").mkdir(parents=True)
        (notes / "Tide.md").write_text("# Tide\n\nTwice a day. [a](https://example.org)\n\n> Once.\n")
        for name, text in files.items():
            (notes / "theme" / name.replace("__", ".")).write_text(text, "utf-8")
        build(BuildContext(notes, Config(language=language, accent=accent), None), tmp_path / "site")
        return tmp_path / "site"

    return make


PAINT = """name => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${name})`;
  const pixel = new OffscreenCanvas(1, 1).getContext("2d");
  pixel.fillStyle = getComputedStyle(probe).color;
  pixel.fillRect(0, 0, 1, 1);
  probe.remove();
  return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
}"""
"""The red, green and blue that a name of the style sheet comes to on the screen."""


@pytest.mark.parametrize("accent", [*PALETTES, "#000000", "#326d91"])
def test_a_site_in_an_accent_of_its_own_is_whole(
    accent: str, themed: Themed, page: Page, file_url: FileUrl
) -> None:
    """Its links are in it by day and in its night's colour by night, axe says nothing, and the policy lets it be.

    At one width: what an accent changes is colour, which no width does.
    """
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    colour = colour_named(accent)
    page.goto(file_url(themed(accent=colour)) + "Tide.html")
    link = page.locator(".prose a").first
    for scheme, wanted in (("light", colour), ("dark", accent_of(colour).dark)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        red, green, blue = bytes.fromhex(wanted[1:])
        expect(link).to_have_css("color", f"rgb({red}, {green}, {blue})")
        wash = blended(wanted, GROUNDS[scheme == "dark"]["paper"], WASH)
        painted = page.evaluate(PAINT, "--accent-wash")
        assert painted == pytest.approx([*bytes.fromhex(wash[1:])], abs=1)
    assert violations(page, [look for look in LOOKS if look.width == 1280]) == []
    assert complaints == []


NEW = """
@layer base {
  .a {
    color: light-dark(#fff, rgb(0 0 0 / 14%));
    & :hover { top: 0 }
    .b :is(p, q) { left: 0 }
    & > b + c { margin-block: calc(1px + 2px) calc(1px - -2px) }
  }
}
@container card (inline-size > 30rem) and style(--x: 1) { p { color: color-mix(in oklab, var(--a) var(--b), red) } }
@scope (.card) to (.content) {
  :scope { color: oklch(from var(--c) l c calc(h + 180)) }
  img :first-child { border-start-start-radius: 2px }
}
@property --angle { syntax: "<angle>"; inherits: false; initial-value: 0deg }
@media (width <= 40rem) and (not (hover)) {
  .y:has(> img, + p)::after { content: "a  /* b */ ; c" / ""; grid-template-areas: "a  b" "c" }
}
@supports selector(::details-content) { @starting-style { u { opacity: 0 } } }
.u { background: url( "a  b.png" ), url(data:image/png;base64,AA==); transition: opacity 1s, display 1s allow-discrete }
"""
"""What style sheets can say today, as people write it."""

RULES = """style => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  // A custom property's value is told as it was written.
  return [...sheet.cssRules].map(rule => rule.cssText.replace(/\\s*([,{};])\\s*/g, "$1"));
}"""


def test_a_browser_reads_the_same_rules_in_fewer_letters(page: Page) -> None:
    """Of what is new in CSS, and of every sheet of ours."""
    for style in [NEW, *(sheet.read_text("utf-8") for sheet in bundled("templates").glob("*.css"))]:
        rules = page.evaluate(RULES, style)
        assert rules
        assert page.evaluate(RULES, minified(style)) == rules
        assert len(minified(style)) < 0.95 * len(style)


def style(page: Page, selector: str, name: str) -> str:
    """A property's computed value at the first element of a selector."""
    value: str = page.locator(selector).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)
    return value


def test_a_line_of_the_users_wins(page: Page, file_url: FileUrl, themed: Themed) -> None:
    """One element's name against classes, and a token named at the root; on screen and on paper."""
    site = themed(extra__css="a { font-size: 7px } h1 { letter-spacing: 5px } :root { --border: red }")
    page.goto(f"{file_url(site)}Tide.html")
    assert style(page, ".prose a", "fontSize") == "7px"
    assert style(page, ".site-nav a", "fontSize") == "7px"
    assert style(page, "h1", "letterSpacing") == "5px"
    assert style(page, ".prose blockquote", "borderLeftColor") == "rgb(255, 0, 0)"
    page.emulate_media(media="print")
    assert style(page, ".prose a", "fontSize") == "7px"


def test_a_rule_outside_all_layers_wins(page: Page, file_url: FileUrl, themed: Themed) -> None:
    """Such as one in a template of the user's, whose policy lets it stand there."""
    head = (bundled("templates") / "head.html").read_text("utf-8")
    site = themed(
        extra__css="a { font-size: 7px }",
        head__html=f"<style>a {{ font-size: 8px }}</style>\n{head}",
        policy__html="",
    )
    page.goto(f"{file_url(site)}Tide.html")
    assert style(page, ".site-nav a", "fontSize") == "8px"


def test_a_sheet_that_takes_the_place_of_ours_has_its_rank(
    page: Page, file_url: FileUrl, themed: Themed
) -> None:
    """Above the sheets before it, below what a theme adds."""
    site = themed(
        code__css=".prose { color: rgb(1, 2, 3) } h1 { color: rgb(1, 2, 3) }",
        mine__css="h1 { color: rgb(4, 5, 6) }",
    )
    page.goto(f"{file_url(site)}Tide.html")
    assert style(page, ".prose", "color") == "rgb(1, 2, 3)"
    assert style(page, "h1", "color") == "rgb(4, 5, 6)"


def test_what_is_hidden_stays_so(page: Page, file_url: FileUrl, themed: Themed) -> None:
    """A theme that gives buttons another display shows none that would do nothing."""
    page.goto(f"{file_url(themed(extra__css='button { display: grid }'))}Tide.html")
    assert style(page, ".theme-switch", "display") == "grid"
    page.evaluate("document.documentElement.classList.remove('scripted')")
    assert style(page, ".theme-switch", "display") == "none"
    page.evaluate("document.documentElement.classList.add('scripted')")
    page.locator(".theme-switch").evaluate("one => { one.hidden = true }")
    assert style(page, ".theme-switch", "display") == "none"


def test_a_typeface_for_the_root_is_the_sites(page: Page, file_url: FileUrl, themed: Themed) -> None:
    """In a language too that has faces of its own."""
    page.goto(f"{file_url(themed('ja', extra__css=':root { --font-prose: Mincho }'))}Tide.html")
    assert style(page, ".prose p", "fontFamily") == "Mincho"


@pytest.mark.parametrize("name", ["own", "full"])
def test_a_page_loads_the_sheets_that_know_its_classes(name: str, request: pytest.FixtureRequest) -> None:
    """The one of every page and at most one of its own; no class on it is known only to a sheet it does not load."""
    site: Path = request.getfixturevalue(f"{name}_site")
    classes = {
        sheet.name: set(re.findall(r"\.([a-z][\w-]*)", sheet.read_text("utf-8")))
        for sheet in (site / "notegen").glob("*.css")
    }
    (common,) = (sheet for sheet in classes if sheet.startswith("style."))
    own = set().union(*classes.values()) - classes[common]
    assert len(classes) >= 3
    assert own
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        linked = [Path(href).name for href in re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)]
        if linked:
            assert linked[0] == common
            assert len(linked) <= 2
        worn = {one for names in re.findall(r' class="([^"]+)"', text) for one in names.split()}
        assert (worn & own) - set().union(*(classes[sheet] for sheet in linked)) == set(), page
