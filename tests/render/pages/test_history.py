"""The page of what changed in a note."""

from datetime import date

from notegen.config import Config
from notegen.model import ChangedText, DayOfChanges, Insights, NoteHistory, TextPiece
from notegen.render import PagesOnDemand, open_site, render_pages
from notegen.render.parts.explorer import explorer_of
from notegen.render.parts.previews import previews_of
from notegen.theme import Theme
from tests.support.gardens import grow, text_of

CHANGED = ChangedText(
    (TextPiece("same", "a <b> & "), TextPiece("removed", "lake"), TextPiece("added", "sea"))
)
HISTORY = NoteHistory((DayOfChanges(date(2024, 2, 2), (CHANGED,), 2),), date(2024, 1, 1))


def test_a_page_is_the_same_whether_made_with_all_or_alone(theme: Theme) -> None:
    """As a server makes it when it is asked for; so is the list of what was changed last."""
    garden = grow({"x/a.md": ("x", {"date": "2024-01-01", "updated": "2024-02-02"}), "b.md": "y"})
    insights, config = Insights(history={"x/a.md": HISTORY}), Config(title="Sea")
    pages = {page.url: page for page in render_pages(garden, insights, theme, config)}
    site = open_site(
        garden, insights, theme, config, previews_of(garden, insights.related), explorer_of(garden)
    )
    alone = PagesOnDemand(site, insights)
    for url in ("x/a~history.html", "dates/~changed.html", "x/a.html"):
        assert text_of(pages[url]) == text_of(alone.make(url) or pages["b.html"])
    assert alone.make("b~history.html") is None


def test_what_a_note_said_is_text(theme: Theme) -> None:
    """Escaped, with what went and came marked; the note's page leads there and back."""
    garden = grow({"x/a.md": "x"})
    pages = {
        page.url: page
        for page in render_pages(garden, Insights(history={"x/a.md": HISTORY}), theme, Config(title="Sea"))
    }
    page = text_of(pages["x/a~history.html"])
    assert "a &lt;b&gt; &amp; <del>lake</del><ins>sea</ins>" in page
    assert "2 more changes" in page
    assert "Begun 1 January 2024" in page
    assert '<a href="a.html">a</a>' in page
    assert '<a href="a~history.html">History</a>' in text_of(pages["x/a.html"])
