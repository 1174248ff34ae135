"""What changed in a note, day by day: a page beside the note's own."""

from collections.abc import Iterator, Mapping
from html import escape

from msgspec import Struct

from notegen.model import ChangedText, DayOfChanges, NoteHistory, NoteId, OutputFile, Url
from notegen.paths import history_url
from notegen.render.site import Site, link_to, make_page
from notegen.theme import safe

MAX_PAGE = 40_000
"""Letters of HTML up to which days are shown; of older ones only the dates are."""

_ELEMENTS = {"removed": "del", "added": "ins"}


class ShownDay(Struct, frozen=True):
    """A day of a note's history: HTML of each paragraph that changed, and how many more there were."""

    iso: str
    text: str
    changes: tuple[str, ...]
    further: str


def history_pages(site: Site, histories: Mapping[NoteId, NoteHistory]) -> Iterator[OutputFile]:
    """The page of each note that has a history, oldest note first."""
    for note in site.garden.by_date:
        if note in histories:
            yield history_page(site, note, histories[note])


def history_page(site: Site, note: NoteId, history: NoteHistory) -> OutputFile:
    """The days of one note, the newest first, as many as a page may hold."""
    title = site.garden.notes[note].title
    page = history_url(site.garden.urls[note])
    days = list(_days(site, history))
    names = {
        "note": title,
        "href": link_to(page, site.garden.urls[note]),
        "language": site.garden.notes[note].language,
        "days": days,
        "begun": site.translate("history.begun", day=site.language.day(history.begun))
        if history.begun
        else "",
    }
    return make_page(
        site,
        "history.html",
        page,
        "",
        names,
        title=site.translate("history.title", note=title),
        canonical=False,
        style="history",
    )


def history_link(page: Url, url: Url, histories: Mapping[NoteId, NoteHistory], note: NoteId) -> str:
    """The way from a page to the history of the note at `url`; empty where it has none."""
    return link_to(page, history_url(url)) if note in histories else ""


def _days(site: Site, history: NoteHistory) -> Iterator[ShownDay]:
    left = MAX_PAGE
    for day in history.days:
        changes = tuple(safe(_html(text)) for text in day.texts) if left > 0 else ()
        left -= sum(map(len, changes))
        further = day.further + (len(day.texts) if not changes else 0)
        yield ShownDay(day.day.isoformat(), site.language.day(day.day), changes, _further(site, further, day))


def _further(site: Site, count: int, day: DayOfChanges) -> str:
    return site.translate("history.further", count=count) if count else ""


def _html(text: ChangedText) -> str:
    return "".join(
        f"<{_ELEMENTS[piece.kind]}>{escape(piece.text, quote=False)}</{_ELEMENTS[piece.kind]}>"
        if piece.kind in _ELEMENTS
        else escape(piece.text, quote=False)
        for piece in text.pieces
    )
