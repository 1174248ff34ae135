"""The page that the site opens with: newest notes first, and ways into the rest."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from math import ceil, sqrt

from msgspec import Struct

from notegen.i18n import capital
from notegen.model import Note, NoteId, OutputFile
from notegen.paths import (
    CALENDAR,
    CHANGED,
    DRIFT,
    FOLDERS,
    GRAPH,
    HOME,
    MAP,
    TAGS,
    UNDATED,
    fold,
    month_url,
    stem_of,
    year_url,
)
from notegen.render.pages.changed import changed_notes
from notegen.render.pages.drift import drift_title
from notegen.render.pages.folders import folder_rows
from notegen.render.pages.map import topic_rows
from notegen.render.pages.notes import direction_in, filled_body, markdown_beside
from notegen.render.pages.tags import notes_about_tags
from notegen.render.parts.anniversaries import Anniversaries, month_scripts
from notegen.render.parts.body import TitleHeading
from notegen.render.parts.cover import cover_address
from notegen.render.parts.languages import alternates_of, languages_on
from notegen.render.parts.lists import (
    Calendar,
    NavLink,
    Row,
    archive,
    entry_of,
    listed_day,
    undated_in,
    undated_notes,
)
from notegen.render.parts.map_thumbnail import map_thumbnail_of
from notegen.render.parts.structured_data import website_data
from notegen.render.site import Site, link_to, make_page
from notegen.render.title import own_title
from notegen.theme import safe, today_script

SMALL_GARDEN = 400
"""Notes up to which the home page lists them all."""
MAX_NEWEST_NOTES = 60
"""Notes that the home page of a larger garden lists."""
MAX_DESCRIBED_NOTES = 12
"""Notes, from the newest, that show what they are about; in a narrow window the ways into the rest come after them."""
MAX_FIRST_NOTES = 20
"""The same where the day of the last of them has more, or where the garden has no more than that."""
MAX_OPENING_WORDS = 60
"""Of a `README` without links to notes; the newest notes come before a longer one."""
MAX_FACT_TOPICS = 3
"""What the garden is about, in a line about it."""
MAX_TAGS = 16
MAX_FOLDERS = 12
MAX_ALMANAC_YEARS = 8
MONTH_SHADES = 4
MAX_LINKED_NOTES = 8
MIN_LINKING_NOTES = 2
"""Notes that must link to a note before it counts as much linked."""


class MonthCell(Struct, frozen=True):
    """A month of the almanac; without `href` when it has no notes. `share` is 1 to MONTH_SHADES, by how many it has."""

    initial: str
    label: str = ""
    href: str = ""
    share: int = 0


class YearRow(Struct, frozen=True):
    """A year of the almanac with its twelve months."""

    href: str
    text: str
    count: str
    months: tuple[MonthCell, ...]


def home_files(site: Site, calendar: Calendar, anniversaries: Anniversaries) -> Iterator[OutputFile]:
    """The home page, and what it needs to show the notes of the reader's day in other years."""
    months = dict(month_scripts(site, anniversaries))
    script = (today_script(site.theme),) if months else ()
    days = json.dumps(
        {month: link_to(HOME, file.url) for month, file in months.items()}, separators=(",", ":")
    )
    yield _home_page(site, calendar, days if months else "", script)
    yield from script
    yield from months.values()


def _home_page(site: Site, calendar: Calendar, days: str, own: Sequence[OutputFile]) -> OutputFile:
    """The newest notes, after what is pinned, and the text of the note that `opens_site`, where there is one."""
    garden = site.garden
    front = garden.notes[site.front] if site.front else None
    is_named = front is not None and own_title(front) == front.title
    lead = site.config.description or (front and stated_description(front)) or garden_facts(site)
    tags = top_tags(site)
    all_tags = NavLink(link_to(HOME, TAGS), site.translate("home.all_tags", count=len(garden.tags)))
    names = {
        "heading": TitleHeading(safe(escape(site.title, quote=False))),
        **(_names_of_front(site, front, is_named=is_named) if front else _WITHOUT_FRONT),
        "lead": lead,
        "structured_data": website_data(site),
        "search": site.translate("home.search", count=len(garden.notes)) if site.search else "",
        "days": days,
        "folders": folder_rows(site, HOME, top=MAX_FOLDERS),
        "all_folders": link_to(HOME, FOLDERS) if any("/" in folder for folder in garden.folders) else "",
        "calendar": link_to(HOME, CALENDAR) if calendar.years else "",
        "changed": link_to(HOME, CHANGED) if changed_notes(site) else "",
        "graph": link_to(HOME, GRAPH) if site.graph else "",
        "topics": topic_rows(site, site.overview),
        "map_thumbnail": map_thumbnail_of(site.overview.map) if site.overview else None,
        "linked": tuple(most_linked(site)),
        "map": link_to(HOME, MAP) if site.overview else "",
        "drift": link_to(HOME, DRIFT) if drift_title(site, site.overview) else "",
        "drift_title": drift_title(site, site.overview),
        "almanac": tuple(_almanac(site, calendar)),
        "tags": tags,
        "all_tags": all_tags if len(garden.tags) > len(tags) else None,
        "pinned": tuple(
            entry_of(site, HOME, note, described=True) for note in garden.pinned if note != site.front
        ),
        **_names_of_news(site, calendar),
    }
    title = front.title if front and is_named else site.title
    return make_page(site, "home.html", HOME, "home", names, title=title, description=lead, own=own)


_WITHOUT_FRONT: Mapping[str, object] = {
    "body": "",
    "is_about": False,
    "picture": "",
    "languages": (),
    "alternates": (),
    "markdown": "",
    "language": "",
    "direction": "",
}


def _names_of_front(site: Site, front: Note, *, is_named: bool) -> Mapping[str, object]:
    """What the template is told of the note that opens the site; its heading only where it has a name of its own."""
    heading, body = filled_body(site, front)
    return {
        **({"heading": heading} if is_named else {}),
        "body": body,
        "is_about": _tells_of_repository(site, front),
        "picture": cover_address(site, front),
        "languages": languages_on(site, HOME, front.id),
        "alternates": alternates_of(site, front.id),
        "markdown": markdown_beside(site, HOME),
        "language": front.language,
        "direction": direction_in(front),
    }


def _names_of_news(site: Site, calendar: Calendar) -> Mapping[str, object]:
    """What the template is told of the newest notes: those before everything else, and the rest."""
    by_change = site.config.home.order == "changed"
    news = tuple(_news(site))
    small = len(news) <= SMALL_GARDEN
    shown = news if small else news[:MAX_NEWEST_NOTES]
    first = _first_notes(site, shown)
    rest = shown[len(first) :]
    undated = sum(listed_day(site, note, by_change=by_change) is None for note in site.garden.notes)
    # Where the last is without a date all that have one are here, and the headings say how many have none.
    is_whole = small or listed_day(site, shown[-1], by_change=by_change) is None
    newest = "home.changed_last" if by_change else "home.newest"
    return {
        "newest": "" if is_whole else site.translate(newest, shown=MAX_NEWEST_NOTES, count=len(news)),
        "years": archive(site, HOME, first, calendar=calendar, described=len(first), by_change=by_change),
        "first_undated": undated_in(
            site,
            HOME,
            first,
            described=len(first),
            is_all=undated == len(site.garden.notes),
            total=undated,
            by_change=by_change,
        ),
        "earlier": archive(site, HOME, rest, calendar=calendar, by_change=by_change),
        "goes_on": _goes_on(site, first, rest, by_change=by_change),
        "undated": undated_in(
            site,
            HOME,
            rest,
            is_named=bool(first) and listed_day(site, first[-1], by_change=by_change) is not None,
            total=undated,
            by_change=by_change,
        ),
        "older": () if small else (*year_rows(site, calendar), *_undated_row(site)),
    }


def _news(site: Site) -> Sequence[NoteId]:
    """The notes in the order of the settings, the newest first.

    Without those that only tell about a tag or open a folder, and what is pinned.
    """
    garden = site.garden
    openers = {
        level.note for above in garden.above.values() for level in above if level.note and level.folder
    }
    known = {site.front, *garden.pinned, *openers, *notes_about_tags(garden.notes).values()}
    news = [note for note in reversed(garden.by_date) if note not in known]
    if site.config.home.order == "changed":
        news.sort(key=lambda note: listed_day(site, note, by_change=True) or date.min, reverse=True)
    return news


def _first_notes(site: Site, news: Sequence[NoteId]) -> Sequence[NoteId]:
    """Those that stand before everything else: some of the newest, and the rest of the last one's day.

    Notes without a date are among them only where all are, or where these are all.
    """
    if len(news) <= MAX_FIRST_NOTES:
        return news
    by_change = site.config.home.order == "changed"
    news = [note for note in news if listed_day(site, note, by_change=by_change)] or news
    days = [listed_day(site, note, by_change=by_change) for note in news[: MAX_FIRST_NOTES + 1]]
    ends = (end for end in range(MAX_DESCRIBED_NOTES, len(days)) if days[end] != days[end - 1])
    return news[: next(ends, MAX_DESCRIBED_NOTES)]


def _goes_on(site: Site, first: Sequence[NoteId], rest: Sequence[NoteId], *, by_change: bool) -> str:
    """Which headings the rest of the notes repeats: `year`, `month` of that year too, or none."""
    if not first or not rest:
        return ""
    before, after = (listed_day(site, note, by_change=by_change) for note in (first[-1], rest[0]))
    if not before or not after or before.year != after.year:
        return ""
    return "month" if before.month == after.month else "year"


def _tells_of_repository(site: Site, front: Note) -> bool:
    """Whether the opening note is a long `README` that leads to no note: written for a folder, and no first page."""
    is_readme = fold(stem_of(front.id)) == "readme"
    return is_readme and front.word_count > MAX_OPENING_WORDS and not site.garden.neighbours[front.id].outward


def stated_description(note: Note) -> str:
    """The note's description where somebody wrote it, and it is not how its text begins."""
    opening = " ".join(section.excerpt for section in note.sections)
    return "" if note.description.rstrip(" …") in opening else note.description


def garden_facts(site: Site) -> str:
    """A line about the garden: how many notes it has, from when they are and what they are about."""
    count = site.translate("count.notes", count=len(site.garden.notes))
    days = [day for note in site.garden.notes.values() if (day := note.dating.day)]
    months = sorted({(day.year, day.month) for day in days})
    topics = site.language.list_words(_subjects(site))
    facts = {"notes": count, "topics": topics}
    if not months:
        return site.translate("home.facts_topics", **facts) if topics else count
    first, last = (site.language.month(*month) for month in (months[0], months[-1]))
    of_time = {"month": first} if first == last else {"first": first, "last": last}
    key = f"home.facts_{'month' if first == last else 'span'}{'_topics' if topics else ''}"
    return site.translate(key, **facts, **of_time)


def _subjects(site: Site) -> Sequence[str]:
    """The first word of each of the largest topics; the tags of the most notes where at most one topic has words."""
    topics = site.overview.map.topics if site.overview else ()
    words = [topic.words[0] for topic in topics if topic.words]
    tops = {tag: len(notes) for tag, notes in site.garden.tags.items() if "/" not in tag and len(notes) > 1}
    tags = sorted(tops, key=lambda tag: (-tops[tag], tag))
    return (words if len(words) > 1 else tags or words)[:MAX_FACT_TOPICS]


def top_tags(site: Site) -> tuple[Row, ...]:
    """The tags with the most notes, in their usual order; nested ones are left to their parent's page."""
    tops = {tag: notes for tag, notes in site.garden.tags.items() if "/" not in tag}
    most = set(sorted(tops, key=lambda tag: (-len(tops[tag]), tag))[:MAX_TAGS])
    urls = site.garden.tag_urls
    return tuple(
        Row(link_to(HOME, urls[tag]), tag, site.language.number(len(notes)))
        for tag, notes in tops.items()
        if tag in most
    )


def most_linked(site: Site) -> Iterator[Row]:
    """The notes that most others link to, the most first, ties by id; a few strays do not make a list."""
    garden = site.garden
    linking = {id: len(linked.inward) for id, linked in garden.neighbours.items()}
    much = [id for id in sorted(linking) if linking[id] >= MIN_LINKING_NOTES and id != site.front]
    if len(much) < MAX_LINKED_NOTES // 2:
        return
    for id in sorted(much, key=lambda id: -linking[id])[:MAX_LINKED_NOTES]:
        title = site.typeset_text(garden.notes[id].title, garden.notes[id])
        yield Row(link_to(HOME, garden.urls[id]), title, site.language.number(linking[id]))


def year_rows(site: Site, calendar: Calendar) -> Iterator[Row]:
    """Every year with its count, newest first."""
    for year in sorted(calendar.years, reverse=True):
        count = site.translate("count.notes", count=len(calendar.years[year]))
        yield Row(link_to(HOME, year_url(year)), site.language.year(year), count)


def _undated_row(site: Site) -> Iterator[Row]:
    """What follows the years where some notes are of none."""
    if count := len(undated_notes(site)):
        yield Row(
            link_to(HOME, UNDATED),
            site.translate("dates.undated"),
            site.translate("count.notes", count=count),
        )


def _almanac(site: Site, calendar: Calendar) -> Iterator[YearRow]:
    """The newest years with notes, each with its months; nothing when there is but one month."""
    if len(calendar.months) < 2:
        return
    most = max(map(len, calendar.months.values()))
    years = [year for year in sorted(calendar.years, reverse=True) if calendar.years[year]]
    for year in years[:MAX_ALMANAC_YEARS]:
        cells = tuple(_month_cell(site, calendar, year, month, most) for month in range(1, 13))
        count = site.translate("count.notes", count=len(calendar.years[year]))
        yield YearRow(link_to(HOME, year_url(year)), site.language.year(year), count, cells)


def _month_cell(site: Site, calendar: Calendar, year: int, month: int, most: int) -> MonthCell:
    initial = site.language.month_initial(month)
    notes = calendar.months.get((year, month))
    if notes is None:
        return MonthCell(initial)
    count = site.translate("count.notes", count=len(notes))
    label = capital(site.translate("home.month", month=site.language.month(year, month), notes=count))
    share = max(1, ceil(MONTH_SHADES * sqrt(len(notes) / most))) if most else 1
    return MonthCell(initial, label, link_to(HOME, month_url(year, month)), share)
