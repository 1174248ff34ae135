"""The page that draws all notes as points by meaning, with a table by topic as its other form."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from notegen.i18n import Language
from notegen.model import Garden, GardenMap, NoteId, OutputFile, Overview, Topic
from notegen.page_data import data_file
from notegen.paths import DRIFT, MAP, day_url, fold
from notegen.render.parts.lists import NavLink, Row
from notegen.render.site import Site, link_to, make_page
from notegen.theme import map_script

MAX_LISTED_NOTES = 200
"""Notes of one topic in the table, the ones closest to its middle."""

MAX_COLOURED_TAGS = 12
"""Tags with a colour of their own, and folders; more cannot be told apart."""

GRID_STEPS = 4095
"""The square in which positions lie is this many steps wide in the page's data."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """A row of the table: a note, its day, and the note that is nearest to it in meaning."""

    href: str
    title: str
    day_href: str
    iso: str
    day: str
    nearest: NavLink


@dataclass(frozen=True, slots=True)
class TopicTable:
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
    script, content = map_script(site.theme), map_data(site, garden_map)
    garden, notes, topics = site.garden, garden_map.notes, garden_map.topics
    counts = {
        "notes": site.translate("count.notes", count=len(notes)),
        "topics": site.translate("count.topics", count=len(topics)) if topics else "",
    }
    names = {
        **counts,
        "folders": bool(_folder_groups(garden, notes)[0]),
        "years": bool(_year_groups(garden, notes)[0]),
        "tags": bool(_tag_groups(garden, notes)[0]),
        "trust": round(100 * garden_map.trust),
        "pca_trust": round(100 * garden_map.pca_trust),
        "drift": link_to(MAP, DRIFT),
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


def topic_name(garden: Garden, topic: Topic, language: Language) -> str:
    """Its words; for a topic that has none of its own, the note in its middle."""
    middle = garden.notes[topic.notes[0]].title
    return language.translate("page.and_then").join(topic.words) or language.translate(
        "map.around", note=middle
    )


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


def map_data(site: Site, garden_map: GardenMap) -> OutputFile:
    """What the page's script draws.

    `titles`, `urls`, `x` and `y` (0 to GRID_STEPS) are by note. `groups` has, for each way to colour them by, the
    groups' names and each note's group, -1 for none.
    """
    garden, notes = site.garden, garden_map.notes
    positions = np.rint(garden_map.positions * GRID_STEPS).astype(int)
    folders, folder_of = _folder_groups(garden, notes)
    (tags, tag_of), (years, year_of) = _tag_groups(garden, notes), _year_groups(garden, notes)
    content = {
        "titles": [garden.notes[note].title for note in notes],
        "urls": [link_to(MAP, garden.urls[note]) for note in notes],
        "x": positions[:, 0].tolist(),
        "y": positions[:, 1].tolist(),
        "groups": {
            "topic": {
                "names": [topic_name(site.garden, topic, site.language) for topic in garden_map.topics],
                "of": garden_map.topic_of,
            },
            "folder": {"names": folders, "of": folder_of},
            "tag": {"names": tags, "of": tag_of},
            "year": {"names": years, "of": year_of},
        },
    }
    return data_file("map-data", "map", content)


def _folder_groups(garden: Garden, notes: Sequence[NoteId]) -> tuple[list[str], list[int]]:
    """The first folders that divide the notes, those with most of them, and each note's; -1 for none of these.

    A folder that holds all notes divides nothing, and is passed through.
    """
    ways = [note.split("/")[:-1] for note in notes]
    depth = 0
    while ways and all(len(way) > depth and way[depth] == ways[0][depth] for way in ways):
        depth += 1
    folders = [way[depth] if len(way) > depth else "" for way in ways]
    counts = Counter(folder for folder in folders if folder)
    names = sorted(counts, key=lambda folder: (-counts[folder], folder))[:MAX_COLOURED_TAGS]
    numbers = {folder: number for number, folder in enumerate(names)}
    return names, [numbers.get(folder, -1) for folder in folders]


def _tag_groups(garden: Garden, notes: Sequence[NoteId]) -> tuple[list[str], list[int]]:
    """The most used tags, and of each note the most used among them that it has, -1 for none."""
    tags = sorted(garden.tags, key=lambda tag: (-len(garden.tags[tag]), tag))[:MAX_COLOURED_TAGS]
    of: dict[NoteId, int] = {}
    for number, tag in enumerate(tags):
        for note in garden.tags[tag]:
            of.setdefault(note, number)
    return tags, [of.get(note, -1) for note in notes]


def _year_groups(garden: Garden, notes: Sequence[NoteId]) -> tuple[list[str], list[int]]:
    """The years, oldest first, and each note's; -1 where there is no date."""
    datings = [garden.notes[note].dating for note in notes]
    years = sorted({dating.day.year for dating in datings if dating.day})
    numbers = {year: number for number, year in enumerate(years)}
    of = [numbers[dating.day.year] if dating.day else -1 for dating in datings]
    return [f"{year}" for year in years], of


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
    notes = sorted(garden_map.notes, key=lambda note: (fold(garden.notes[note].title), note))
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
