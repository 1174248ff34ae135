"""The page of each note."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from html import escape
from urllib.parse import quote

from msgspec import Struct

from notegen.i18n import capital, direction_of
from notegen.model import (
    Heading,
    Insights,
    Note,
    NoteId,
    OutputFile,
    Url,
)
from notegen.paths import GRAPH, HOME, UNDATED, day_url, fold, href, markdown_url, month_url
from notegen.render.known_pages import PageOrder, PageSources
from notegen.render.pages.history import history_link
from notegen.render.parts.anniversaries import Anniversaries, others_of_the_day
from notegen.render.parts.backlinks import backlinks_on, unlinked_mentions_on
from notegen.render.parts.body import TitleHeading, fill_links, fill_properties, split_title
from notegen.render.parts.book_order import book_order
from notegen.render.parts.cards import picture_address
from notegen.render.parts.embedding_card import embedding_card
from notegen.render.parts.languages import alternates_of, languages_on
from notegen.render.parts.lists import NavLink, Row, children_on
from notegen.render.parts.local_graph import local_graph_of
from notegen.render.parts.outline import level_headings
from notegen.render.parts.similar import similar_on
from notegen.render.parts.structured_data import article_data
from notegen.render.parts.tool_properties import is_for_readers
from notegen.render.reading_time import hours_to_read, minutes_to_read
from notegen.render.site import Site, link_to, make_page
from notegen.text.html_tags import text_of
from notegen.theme import safe

MIN_CONTENTS_HEADINGS = 3
"""Headings that a note must have before it gets a table of contents."""
MAX_PROPERTY_LINE = 90
"""Letters of properties, names and values, that stand in a line under the tags; with more, they are folded."""
PROPERTY_GAP = 3
"""What stands between two of them, in letters."""
MAX_CONTENTS_ROWS = 60
"""Rows of a table of contents; a note with more headings shows only its upper levels."""


class Date(Struct, frozen=True):
    """A note's date as its page shows it; `iso` is empty where there is none, and `text` says so."""

    href: str
    iso: str
    text: str


class Article(Struct, frozen=True):
    """What is told of a note where a link to it is shown: days as `2024-05-01`, empty for none."""

    published: str
    changed: str


def file_address(pattern: str, note: NoteId) -> str:
    """Where the note's file is, by the pattern of a setting; empty where there is none."""
    return pattern.replace("{path}", quote(note, safe="/"))


def note_orders(site: Site) -> Iterator[PageOrder]:
    """A page for every note but the one that is the home page, oldest first."""
    order = book_order(site.garden)
    for number, note in enumerate(site.garden.by_date):
        if note != site.front:
            given = (note, *_beside(site, number, order))
            yield PageOrder(site.garden.urls[note], given, partial(_ordered, *given))


def note_page(site: Site, insights: Insights, anniversaries: Anniversaries, number: int) -> OutputFile:
    """The page of the note that is at this place in the order of dates."""
    note = site.garden.by_date[number]
    beside = _beside(site, number, book_order(site.garden))
    return _page_of(note, *beside, site, insights, anniversaries)


def _beside(
    site: Site, number: int, order: Mapping[NoteId, tuple[NoteId | None, NoteId | None]]
) -> tuple[NoteId | None, NoteId | None]:
    """The notes before and after one: by date, or where it has none, by a book's table."""
    note = site.garden.by_date[number]
    if site.garden.notes[note].dating.day is None and note in order:
        return order[note]
    return _dated_beside(site, number)


def _dated_beside(site: Site, number: int) -> tuple[NoteId | None, NoteId | None]:
    """The notes with a date before and after the one at this place in the order of dates."""
    order = site.garden.by_date
    note = order[number]
    dated = [other for other in order[max(0, number - 1) : number + 2] if site.garden.notes[other].dating.day]
    place = dated.index(note) if note in dated else -1
    earlier = dated[place - 1] if place > 0 else None
    later = dated[place + 1] if 0 <= place < len(dated) - 1 else None
    return earlier, later


def _ordered(
    note: NoteId, earlier: NoteId | None, later: NoteId | None, sources: PageSources
) -> tuple[OutputFile, ...]:
    return (_page_of(note, earlier, later, sources.site, sources.insights, sources.anniversaries),)


def _page_of(
    note: NoteId,
    earlier: NoteId | None,
    later: NoteId | None,
    site: Site,
    insights: Insights,
    anniversaries: Anniversaries,
) -> OutputFile:
    page = site.garden.urls[note]
    card = insights.cards.get(note)
    further = {
        "local_graph": local_graph_of(site, page, note),
        "others": others_of_the_day(site, anniversaries, page, site.garden.notes[note]),
        **_lists_of(site, insights, page, note),
        "card": embedding_card(site, page, card) if card else None,
        "graph": f"{link_to(page, GRAPH)}#note={link_to(GRAPH, page)}" if site.graph else "",
        "history": history_link(page, page, insights.history, note),
    }
    return _note_page(site, site.garden.notes[note], earlier, later, further)


def _lists_of(site: Site, insights: Insights, page: Url, note: NoteId) -> Mapping[str, object]:
    """The lists of other notes under a note, of which none names a note that one before it names.

    Who links here comes first, since it says why; then who is similar, which may say the name too; then who only does.
    """
    backlinks = site.garden.backlinks.get(note, ())
    linking = frozenset(backlink.note for backlink in backlinks)
    mentions = [one for one in insights.mentions.get(note, ()) if one.note not in linking]
    neighbours = [one for one in insights.related.neighbours.get(note, ()) if one.note not in linking]
    similar = {id for one in neighbours if not one.linked for id in (one.note, *one.near_duplicates)}
    return {
        "links": backlinks_on(site, page, backlinks),
        "similar": tuple(similar_on(site, page, neighbours, mentions, linking)),
        "unlinked": unlinked_mentions_on(site, page, [one for one in mentions if one.note not in similar]),
    }


def contents_of(site: Site, note: Note, page: Url) -> tuple[Row, ...]:
    """The headings to list, without the one that is the page's title; empty when they are too few to help.

    Their quotes are set as in the text, but where code or a formula may hold some.
    """
    headings = note.headings[1:] if note.has_title_heading else note.headings
    if len(headings) < MIN_CONTENTS_HEADINGS:
        return ()
    deepest = _deepest_level(headings)
    shown = [heading for heading in headings if heading.level <= deepest][:MAX_CONTENTS_ROWS]
    top = min(heading.level for heading in shown)
    return tuple(
        Row(
            href(page, page, one.anchor),
            one.text if "`" in one.written or "$" in one.written else site.typeset_text(one.text, note),
            "",
            min(one.level - top, 3),
        )
        for one in shown
    )


def filled_body(site: Site, note: Note) -> tuple[TitleHeading, str]:
    """The title and the rest of the body, both ready for a template."""
    title, body = split_title(note, fill_links(note, site))
    return TitleHeading(safe(site.typeset(title.html, note)), title.anchor), safe(
        level_headings(body.strip())
    )


def markdown_beside(site: Site, page: Url) -> str:
    """The link from a note's page to its Markdown; empty where there is none, as of notes that may be encrypted."""
    has_it = site.config.export.markdown and site.locked is None
    return link_to(page, markdown_url(page)) if has_it else ""


def direction_in(note: Note) -> str:
    """What the text's `dir` says: what the note states, else as its language runs, else as its first letter does."""
    return note.direction or direction_of(note.language) or "auto"


def _note_page(
    site: Site,
    note: Note,
    earlier: NoteId | None,
    later: NoteId | None,
    further: Mapping[str, object],
) -> OutputFile:
    garden = site.garden
    page = garden.urls[note.id]
    day = note.dating.day
    heading, body = filled_body(site, note)
    direction = direction_in(note)
    properties = tuple(properties_of(site, note))
    levels = tuple(_breadcrumbs(site, note.id))
    changed = note.changed if site.config.note.changed else None
    names = {
        **further,
        "path": tuple(NavLink(link_to(page, url) if url else "", name) for url, name in levels),
        "article": Article(note.dating.iso, note.changed.isoformat() if note.changed else ""),
        "structured_data": article_data(site, note, levels),
        "heading": heading,
        "language": note.language,
        "direction": direction,
        "turned": direction not in ("auto", site.language.direction),
        "foreign": note.language.partition("-")[0] not in ("", site.language.tag.partition("-")[0]),
        "date": Date(
            link_to(page, day_url(day) if day else UNDATED),
            note.dating.iso,
            site.language.day(day) if day else site.translate("dates.undated"),
        ),
        "dated": site.is_dated,
        "changed": Date(
            "", changed.isoformat(), site.translate("note.changed", day=site.language.day(changed))
        )
        if changed
        else None,
        "edit": file_address(site.config.note.edit_link, note.id),
        "source": file_address(site.config.note.source_link, note.id),
        "languages": languages_on(site, page, note.id),
        "alternates": alternates_of(site, note.id),
        "minutes": minutes_to_read(note.word_count),
        "hours": hours_to_read(note.word_count),
        "tags": tuple(_tag_rows(site, page, note)),
        "contents": contents_of(site, note, page),
        "lead": "" if body.strip() or "description" in dict(note.properties) else note.description,
        "body": body,
        "picture": picture_address(site, note),
        "properties": properties,
        "has_short_properties": sum(
            len(name) + len(text_of(value)) + PROPERTY_GAP for name, value in properties
        )
        <= MAX_PROPERTY_LINE,
        "earlier": _note_link(site, page, earlier, "note.earlier" if day else "list.before"),
        "later": _note_link(site, page, later, "note.later" if day else "list.after"),
        "up": _month_above(site, page, day) if day else None,
        "markdown": markdown_beside(site, page),
        "below": children_on(site, page, garden.below.get(note.id, ())),
    }
    return make_page(site, "note.html", page, "", names, title=note.title, description=note.description)


def _month_above(site: Site, page: Url, day: date) -> NavLink:
    month = day.year, day.month
    return NavLink(link_to(page, month_url(*month)), capital(site.language.month(*month)))


def properties_of(site: Site, note: Note) -> Iterator[tuple[str, str]]:
    """Names and values, which are HTML; what else the note is called is the first."""
    if note.aliases:
        called = site.translate("page.and_then").join(note.aliases)
        yield site.translate("note.also_called"), safe(escape(called, quote=False))
    names = frozenset(name for name, _ in note.properties)
    for name, html in fill_properties(note, site):
        if name == "translation" and note.id in site.garden.translations:
            continue
        if is_for_readers(name, html, names, note.tool):
            yield name, safe(html)


def _breadcrumbs(site: Site, note: NoteId) -> Iterator[tuple[Url, str]]:
    """The home page and the levels above a note with their names: the note that stands for each, or its folder's page.

    A level that has neither is only a name.
    """
    levels = [level for level in site.garden.above.get(note, ()) if level.folder not in site.whole_folders]
    if levels:
        yield HOME, site.translate("page.home")
    for level in levels:
        goal = site.garden.urls[level.note] if level.note else site.garden.folder_urls.get(level.folder, "")
        yield goal, level.name


def _tag_rows(site: Site, page: Url, note: Note) -> Iterator[Row]:
    for tag in note.tags:
        url = site.tag_urls.get(fold(tag))
        if url:
            yield Row(link_to(page, url), tag, "")


def _note_link(site: Site, page: Url, note: NoteId | None, kind: str) -> NavLink | None:
    if note is None:
        return None
    parsed = site.garden.notes[note]
    title = site.typeset_text(parsed.title, parsed)
    return NavLink(link_to(page, site.garden.urls[note]), title, site.translate(kind))


def _deepest_level(headings: Sequence[Heading]) -> int:
    """The deepest level that still keeps the contents short; the top level always stays."""
    levels = sorted({heading.level for heading in headings})
    fitting = [
        level for level in levels if sum(heading.level <= level for heading in headings) <= MAX_CONTENTS_ROWS
    ]
    return fitting[-1] if fitting else levels[0]
