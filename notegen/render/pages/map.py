"""The page that draws all notes as points by meaning, with a table by topic as its other form."""

from collections.abc import Iterator

from msgspec import Struct

from notegen.model import GardenMap, NoteId, OutputFile, Overview
from notegen.page_data import data_file
from notegen.paths import DRIFT, MAP, day_url
from notegen.render.pages.drift import drift_title
from notegen.render.parts.groupings import Groups, groups_data, groups_of, topic_name, ways_of
from notegen.render.parts.lists import NavLink, Row
from notegen.render.parts.placed_notes import placed_notes
from notegen.render.site import Site, link_to, make_page
from notegen.text.collation import sort_key
from notegen.theme import map_script

MAX_LISTED_NOTES = 200
"""Notes of one topic in the table, the ones closest to its middle."""


class MapRow(Struct, frozen=True):
    """A row of the table: a note, its day, and the note that is nearest to it in meaning."""

    href: str
    title: str
    day_href: str
    iso: str
    day: str
    nearest: NavLink


class TopicTable(Struct, frozen=True):
    """A topic with its notes; `kind` is the number of its colour, from 1, and 0 for the notes of a garden without."""

    anchor: str
    kind: int
    name: str
    count: str
    rows: tuple[MapRow, ...]
    unlisted: int


def map_files(site: Site, overview: Overview) -> Iterator[OutputFile]:
    """The page, the script that draws, and the points that it draws."""
    garden_map = overview.map
    groups = groups_of(site, garden_map.notes, garden_map)
    script, content = map_script(site.theme), map_data(site, garden_map, groups)
    notes, topics = garden_map.notes, garden_map.topics
    counts = {
        "notes": site.translate("count.notes", count=len(notes)),
        "topics": site.translate("count.topics", count=len(topics)) if topics else "",
    }
    names = {
        **counts,
        "ways": ways_of(site, groups),
        "grade": garden_map.grade,
        "trust": round(100 * garden_map.trust),
        "pca_trust": round(100 * garden_map.pca_trust),
        "drift": link_to(MAP, DRIFT) if drift_title(site, overview) else "",
        "drift_title": drift_title(site, overview),
        "tables": tuple(_topic_tables(site, garden_map)) if topics else (_whole_table(site, garden_map),),
    }
    title = site.translate("map.title")
    about = site.translate("map.about" if topics else "map.about_plain", **counts)
    yield make_page(
        site, "map.html", MAP, "map", names,
        title=title, description=about, own=(script, content), style="map",
    )  # fmt: skip
    yield site.theme.page_styles["map"]
    yield script
    yield content


def topic_rows(site: Site, overview: Overview | None) -> tuple[Row, ...]:
    """The topics with their numbers of notes, as the home page lists them."""
    if overview is None:
        return ()
    topics = overview.map.topics
    return tuple(
        Row(
            link_to("", MAP, f"Topic-{number}"),
            topic_name(site.garden, topic, site.language),
            site.language.number(len(topic.notes)),
        )
        for number, topic in enumerate(topics, 1)
    )


def map_data(site: Site, garden_map: GardenMap, groups: Groups) -> OutputFile:
    """What the page's script draws: the notes with their places, and what they can be coloured by."""
    content = {
        **placed_notes(site, MAP, garden_map.notes, garden_map.positions),
        "groups": groups_data(groups),
    }
    return data_file("map-data", "map", content)


def _topic_tables(site: Site, garden_map: GardenMap) -> Iterator[TopicTable]:
    nearest = dict(zip(garden_map.notes, garden_map.nearest, strict=True))
    for number, topic in enumerate(garden_map.topics, 1):
        yield TopicTable(
            anchor=f"Topic-{number}",
            kind=number,
            name=topic_name(site.garden, topic, site.language),
            count=site.translate("count.notes", count=len(topic.notes)),
            rows=tuple(_map_row(site, note, nearest[note]) for note in topic.notes[:MAX_LISTED_NOTES]),
            unlisted=max(0, len(topic.notes) - MAX_LISTED_NOTES),
        )


def _whole_table(site: Site, garden_map: GardenMap) -> TopicTable:
    """All notes, by title, of a garden without topics."""
    garden = site.garden
    nearest = dict(zip(garden_map.notes, garden_map.nearest, strict=True))
    notes = sorted(garden_map.notes, key=lambda note: (sort_key(garden.notes[note].title), note))
    return TopicTable(
        anchor="Notes",
        kind=0,
        name="",
        count="",
        rows=tuple(_map_row(site, note, nearest[note]) for note in notes[:MAX_LISTED_NOTES]),
        unlisted=max(0, len(notes) - MAX_LISTED_NOTES),
    )


def _map_row(site: Site, note: NoteId, nearest: NoteId) -> MapRow:
    garden = site.garden
    day = garden.notes[note].dating.day
    return MapRow(
        href=link_to(MAP, garden.urls[note]),
        title=garden.notes[note].title,
        day_href=link_to(MAP, day_url(day)) if day else "",
        iso=day.isoformat() if day else "",
        day=site.language.day(day) if day else "",
        nearest=NavLink(link_to(MAP, garden.urls[nearest]), garden.notes[nearest].title),
    )
