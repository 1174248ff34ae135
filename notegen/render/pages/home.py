"""The page that the site opens with: newest notes first, and ways into the rest."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, sqrt

from notegen.i18n import capital
from notegen.model import Garden, NoteId, OutputFile
from notegen.paths import (
    CALENDAR,
    DRIFT,
    FOLDERS,
    GRAPH,
    HOME,
    INDEX_NAMES,
    MAP,
    TAGS,
    fold,
    month_url,
    year_url,
)
from notegen.render.pages.folders import folder_rows
from notegen.render.pages.map import topic_rows
from notegen.render.pages.notes import cover_address, direction_in, filled_body
from notegen.render.parts.anniversaries import Anniversaries, month_scripts
from notegen.render.parts.body import TitleHeading
from notegen.render.parts.lists import Calendar, NavLink, Row, archive
from notegen.render.parts.map_thumbnail import map_thumbnail_of
from notegen.render.site import Site, link_to, make_page
from notegen.theme import safe, today_script

SMALL_GARDEN = 400
"""Notes up to which the home page lists them all."""
MAX_NEWEST_NOTES = 60
"""Notes that the home page of a larger garden lists."""
MAX_DESCRIBED_NOTES = 12
"""Notes, from the newest, that show what they are about."""
MAX_TAGS = 16
MAX_FOLDERS = 12
MAX_ALMANAC_YEARS = 8
MONTH_SHADES = 4
MAX_LINKED_NOTES = 8
MIN_LINKING_NOTES = 2
"""Notes that must link to a note before it counts as much linked."""


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month of the almanac; without `href` when it has no notes. `share` is 1 to MONTH_SHADES, by how many it has."""

    initial: str
    label: str = ""
    href: str = ""
    share: int = 0


@dataclass(frozen=True, slots=True)
class YearRow:
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
    """The index by date, opened by the text of the note that `opens_site`, where there is one."""
    garden = site.garden
    front = garden.notes[site.front] if site.front else None
    listed = tuple(note for note in reversed(garden.by_date) if note != site.front)
    small = len(listed) <= SMALL_GARDEN
    name = TitleHeading(safe(escape(site.title, quote=False)))
    heading, body = filled_body(site, front) if front else (name, "")
    is_named = front is not None and fold(front.title) not in INDEX_NAMES
    lead = site.config.description
    tags = top_tags(site)
    all_tags = NavLink(link_to(HOME, TAGS), site.translate("home.all_tags", count=len(garden.tags)))
    names = {
        "heading": heading if is_named else name,
        "lead": lead,
        "body": body,
        "picture": cover_address(site, front) if front else "",
        "language": front.language if front else "",
        "direction": direction_in(front) if front else "",
        "search": site.translate("home.search", count=len(garden.notes)) if site.search else "",
        "days": days,
        "folders": folder_rows(site, HOME, top=MAX_FOLDERS),
        "all_folders": link_to(HOME, FOLDERS) if any("/" in folder for folder in garden.folders) else "",
        "calendar": link_to(HOME, CALENDAR) if calendar.years else "",
        "graph": link_to(HOME, GRAPH) if site.graph else "",
        "topics": topic_rows(site, site.overview),
        "map_thumbnail": map_thumbnail_of(site.overview.map) if site.overview else None,
        "linked": tuple(most_linked(site)),
        "map": link_to(HOME, MAP) if site.overview else "",
        "drift": link_to(HOME, DRIFT) if site.overview else "",
        "almanac": tuple(_almanac(site, calendar)),
        "tags": tags,
        "all_tags": all_tags if len(garden.tags) > len(tags) else None,
        "newest": "" if small else site.translate("home.newest", shown=MAX_NEWEST_NOTES, count=len(listed)),
        "years": archive(
            site,
            HOME,
            listed if small else _newest_notes(garden, listed),
            calendar=calendar,
            described=MAX_DESCRIBED_NOTES,
        ),
        "older": () if small else tuple(year_rows(site, calendar)),
    }
    title = front.title if front and is_named else site.title
    return make_page(site, "home.html", HOME, "home", names, title=title, description=lead, own=own)


def _newest_notes(garden: Garden, newest: Sequence[NoteId]) -> Sequence[NoteId]:
    """The newest; where enough notes have a date of their own, only those: a copied folder's are all new."""
    dated = [id for id in newest if not garden.notes[id].dating.is_guess]
    return (dated if len(dated) >= MAX_NEWEST_NOTES else newest)[:MAX_NEWEST_NOTES]


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
        yield Row(link_to(HOME, garden.urls[id]), garden.notes[id].title, site.language.number(linking[id]))


def year_rows(site: Site, calendar: Calendar) -> Iterator[Row]:
    """Every year with its count, newest first."""
    for year in sorted(calendar.years, reverse=True):
        count = site.translate("count.notes", count=len(calendar.years[year]))
        yield Row(link_to(HOME, year_url(year)), site.language.year(year), count)


def _almanac(site: Site, calendar: Calendar) -> Iterator[YearRow]:
    """The newest years, each with its months; nothing when there is but one month."""
    if len(calendar.months) < 2:
        return
    most = max(map(len, calendar.months.values()))
    for year in sorted(calendar.years, reverse=True)[:MAX_ALMANAC_YEARS]:
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
