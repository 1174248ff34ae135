"""axe-core in a page: what it finds there, worded so that a failing test can be mended from its message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.conftest import ROOT

SOURCE = ROOT / "browser/node_modules/axe-core/axe.min.js"

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Everything that axe knows of WCAG 2.2 AA, and what it recommends beyond."""

_RUN = """async tags => {
    const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations'], preload: false});
    return found.violations.flatMap(one => one.nodes.map(node => ({
        rule: one.id, target: node.target.flat().join(' '), summary: node.failureSummary, html: node.html,
    })));
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    name: str
    width: int
    media: Mapping[str, Any]


LOOKS = tuple(
    Look(f"{width} {name}", width, media)
    for width in (390, 820, 1280)
    for name, media in {
        "light": {"color_scheme": "light", "contrast": "no-preference"},
        "dark": {"color_scheme": "dark", "contrast": "no-preference"},
        "light, more contrast": {"color_scheme": "light", "contrast": "more"},
        "dark, more contrast": {"color_scheme": "dark", "contrast": "more"},
    }.items()
)
"""Phone, tablet and desktop, in every theme."""

FEW = tuple(look for look in LOOKS if look.name in {"390 light", "1280 dark", "820 dark, more contrast"})
"""Every theme and every width once."""


def violations(page: Page, looks: Sequence[Look] = LOOKS) -> list[str]:
    """What axe finds on the page as it stands, in each look, without loading it again; a line each."""
    lines = []
    for look in looks:
        page.set_viewport_size({"width": look.width, "height": 800})
        page.emulate_media(reduced_motion="reduce", **look.media)
        if not page.evaluate("!!window.axe"):
            page.evaluate(SOURCE.read_text("utf-8"))
        for one in page.evaluate(_RUN, list(TAGS)):
            why = " ".join(one["summary"].split())
            lines.append(f"{look.name}: {one['rule']}: {one['target']}: {why}: {one['html'][:200]}")
    return lines
