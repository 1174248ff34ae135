"""Mermaid in a real browser: drawn from disk, in the page's colours, only where there is a diagram."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.config import Config
from notegen.model import Insights
from notegen.render import render_pages
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import grow

FLOW = """\
# Flow

```mermaid
flowchart LR
  A[Wake up] --> B{Tide?}
```

```mermaid
mindmap
  root((sea))
    tides
```

```mermaid
nothing that can be drawn <script>alert(1)</script>
```
"""
LINKS = """\
# Links

```mermaid
flowchart TD
  A["Flow"] --> B(Gone) --> Plain
  A --> C["Plain<br/>words"] --> D[Flow]
  class A,B,Plain,D internal-link
```

```mermaid
stateDiagram-v2
  state "Shown otherwise" as Flow
  [*] --> Flow
  class Flow internal-link
```
"""
NOTES = {
    "sub/Flow.md": (FLOW, {"date": "2024-01-01"}),
    "sub/Links.md": (LINKS, {"date": "2024-01-04"}),
    "Embeds.md": ("![[Flow]]", {"date": "2024-01-02"}),
    "Plain.md": ("No diagram, though `language-mermaid` is named.", {"date": "2024-01-03"}),
}


def site_of(notes: dict[str, tuple[str, dict[str, str]]], folder: Path) -> Path:
    """The folder of a site with these notes."""
    write_pages(folder, render_pages(grow(notes), Insights(), load_theme(), Config()))
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with diagrams."""
    return site_of(NOTES, tmp_path_factory.mktemp("site"))


@pytest.mark.promise("Double-click a page and all of it works")
def test_diagrams_are_drawn_from_disk(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """Each in place of its source, every kind that Mermaid knows; a source it cannot read stays, with the reason."""
    page.goto(f"{file_url(site)}sub/Flow.html")
    expect(page.locator("figure.diagram svg")).to_have_count(2)
    expect(page.locator("figure.diagram").first).to_contain_text("Wake up")
    expect(page.locator("figure.diagram").last).to_contain_text("tides")
    expect(page.locator("pre:visible")).to_have_text("nothing that can be drawn <script>alert(1)</script>\n")
    expect(page.locator("pre[title^='Mermaid cannot draw this: ']")).to_have_count(1)


def test_diagrams_turn_with_the_page(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """The switch and the system both redraw them, in colours that are the page's."""
    page.emulate_media(color_scheme="light")
    page.goto(f"{file_url(site)}Embeds.html")
    box = page.locator("figure.diagram .node rect").first
    light = box.evaluate("box => getComputedStyle(box).fill")
    page.locator("[data-theme-switch]").click()
    expect(box).not_to_have_css("fill", light)
    page.locator("[data-theme-switch]").click()
    expect(box).to_have_css("fill", light)
    page.emulate_media(color_scheme="dark")
    expect(box).not_to_have_css("fill", light)


def test_nodes_lead_to_their_notes(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """Obsidian's class `internal-link`: the node is a link; one to no note says so; a list shows what is not drawn."""
    page.goto(f"{file_url(site)}sub/Links.html")
    figure = page.locator("figure.diagram").first
    expect(figure.locator("a")).to_have_count(3)
    expect(figure.locator(".missing title")).to_have_text("There is no page for this")
    expect(page.locator(".diagram-links:visible")).to_have_text("Flow")
    page.locator("[data-theme-switch]").click()
    expect(figure.locator("a")).to_have_count(3)
    figure.get_by_text("Plain", exact=True).click()
    expect(page).to_have_url(f"{file_url(site)}Plain.html")


def test_without_scripts_a_diagram_is_its_source(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """As a block of code."""
    plain_page.goto(f"{file_url(site)}sub/Flow.html")
    expect(plain_page.locator("pre:visible")).to_have_count(3)


def test_without_scripts_a_diagrams_links_are_a_list(
    plain_page: Page, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Under its source, to the same notes."""
    plain_page.goto(f"{file_url(site)}sub/Links.html")
    plain_page.locator(".diagram-links").first.get_by_text("Plain").click()
    expect(plain_page).to_have_url(f"{file_url(site)}Plain.html")


def test_only_pages_with_diagrams_load_mermaid(site: Path, tmp_path: Path) -> None:
    """A page that embeds one does; a site without any does not even hold it."""
    loading = sorted(path.name for path in site.rglob("*.html") if "/mermaid." in path.read_text("utf-8"))
    assert loading == ["Embeds.html", "Flow.html", "Links.html"]
    without = site_of({"Plain.md": NOTES["Plain.md"]}, tmp_path)
    names = {path.name.partition(".")[0] for path in (without / "notegen").iterdir()}
    assert not names & {"diagrams", "mermaid"}
