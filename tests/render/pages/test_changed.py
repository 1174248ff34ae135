"""The list of notes by their last change, and the day of it on their pages."""

import re

import pytest

from notegen.config import Config, NoteSettings
from notegen.render.parts import lists
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of

TEXTS: Texts = {
    "b.md": ("x", {"date": "2024-01-01", "updated": "2024-03-01"}),
    "a.md": ("x", {"date": "2024-01-02", "updated": "2024-03-01"}),
    "x/c.md": ("x", {"date": "2024-01-03", "lastmod": "2024-02-01T10:00:00Z"}),
    "never.md": ("x", {"date": "2024-01-04", "updated": "2024-01-04"}),
    "index.md": ("# Home", {"updated": "2024-05-01", "date": "2024-01-01"}),
}
LISTED = re.compile(r'<time datetime="([^"]*)">|<li><a href="\.\./([^"]*)">')


def test_notes_are_listed_by_their_last_change(theme: Theme) -> None:
    """The last one first, those of a day by title; the first page leads there."""
    site = render(grow(TEXTS), theme)
    page = text_of(site["dates/~changed.html"])
    assert LISTED.findall(page) == [
        ("2024-03-01", ""),
        ("", "a.html"),
        ("", "b.html"),
        ("2024-02-01", ""),
        ("", "x/c.html"),
    ]
    assert '<a href="dates/~changed.html">Recently changed</a>' in text_of(site["index.html"])
    assert '<time datetime="2024-02-01">changed 1 February 2024</time>' in text_of(site["x/c.html"])
    assert "changed" not in text_of(site["never.html"])


def test_a_long_list_goes_on(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    """In parts, as others do."""
    monkeypatch.setattr(lists.parts_of, "__defaults__", (2,))
    site = render(grow(TEXTS), theme)
    assert LISTED.findall(text_of(site["dates/~changed~2.html"])) == [("2024-02-01", ""), ("", "x/c.html")]


def test_without_changes_or_with_them_off_there_is_no_list(theme: Theme) -> None:
    """And no way to it."""
    off = Config(title="Sea", note=NoteSettings(changed=False))
    for site in (render(grow(TEXTS), theme, config=off), render(grow({"a.md": "x"}), theme)):
        assert "dates/~changed.html" not in site
        assert "~changed" not in text_of(site["index.html"])
    assert "changed 1" not in text_of(render(grow(TEXTS), theme, config=off)["x/c.html"])
