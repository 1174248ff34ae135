"""Titles of callouts in the language of the text: what need not be taken apart is told from what must be."""

import pytest

from notegen.bundled import bundled
from notegen.i18n import load_language
from notegen.render.localize import _with_callout_titles, localize_text

KINDS = ["note", "tip", "bug", "info", "my-own", "see-also", ""]
TITLES = ["Note", "Tip", "Bug", "Info", "My own", "note", "Tip: wash it", "<em>Tip</em>", "Tip & Co", ""]


@pytest.mark.parametrize("tag", ["en", "en-GB", "de", "fr", "ja", "ar"])
def test_what_is_not_taken_apart_stays_as_it_would(tag: str) -> None:
    """A title by its author, one that is the same word in the language, and what only looks like a title."""
    language = load_language(tag, [bundled("templates")])
    for kind in KINDS:
        for title in TITLES:
            for element in ("p", "summary"):
                html = (
                    f'<div class="callout" data-callout="{kind}"><{element} class="callout-title">{title}'
                    f"</{element}><p>Tip</p></div>"
                )
                assert localize_text(language, html) == _with_callout_titles(language, html)


def test_two_callouts_are_told_apart() -> None:
    """One has its author's title."""
    language = load_language("de", [bundled("templates")])
    html = "".join(
        f'<div data-callout="tip"><p class="callout-title">{title}</p></div>' for title in ("Mine", "Tip")
    )
    assert localize_text(language, html) == html.replace(">Tip<", ">Tipp<")
