"""What the pictures of graph and map colour notes by: topics, folders, tags and years."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from notegen.i18n import Language
from notegen.model import Garden, GardenMap, NoteId, Topic
from notegen.render.site import Site

MAX_COLOURS = 12
"""Tags with a colour of their own, and folders; more cannot be told apart."""


NEARLY_ALL = 0.9
"""The share of notes from which on a folder is divided: what lies beside it would hardly be seen."""

Folder = tuple[str, ...]
"""The names of a folder and of those above it, the uppermost first."""


class Grouping(NamedTuple):
    """The groups' names, and each note's group by its number; -1 for none."""

    names: Sequence[str]
    of: Sequence[int]


Groups = Mapping[str, Grouping]
"""By the name of the way."""


def groups_of(site: Site, notes: Sequence[NoteId], garden_map: GardenMap | None) -> Groups:
    """Each way to colour these notes by; without a map there are no topics."""
    return {
        "topic": _topic_groups(site, notes, garden_map),
        "folder": _folder_groups(notes),
        "tag": _tag_groups(site.garden, notes),
        "year": _year_groups(site.garden, notes),
    }


def ways_of(site: Site, groups: Groups) -> tuple[tuple[str, str], ...]:
    """The ways that have something to show for them, each with what it is called."""
    return tuple((way, site.translate(f"map.by_{_PLURALS[way]}")) for way in groups if groups[way].names)


def groups_data(groups: Groups) -> Mapping[str, Mapping[str, Sequence[object]]]:
    """The groups as a page's script is given them."""
    return {way: grouping._asdict() for way, grouping in groups.items()}


def topic_name(garden: Garden, topic: Topic, language: Language) -> str:
    """Its words; for a topic that has none of its own, the note in its middle."""
    middle = garden.notes[topic.notes[0]].title
    return language.list_words(topic.words) or language.translate("map.around", note=middle)


_PLURALS = {"topic": "topics", "folder": "folders", "tag": "tags", "year": "years"}


def _topic_groups(site: Site, notes: Sequence[NoteId], garden_map: GardenMap | None) -> Grouping:
    if garden_map is None:
        return Grouping([], [-1] * len(notes))
    names = [topic_name(site.garden, topic, site.language) for topic in garden_map.topics]
    of = dict(zip(garden_map.notes, garden_map.topic_of, strict=True)) if names else {}
    return Grouping(names, [of.get(note, -1) for note in notes])


def _folder_groups(notes: Sequence[NoteId]) -> Grouping:
    """The first folders that divide the notes, those with most of them, and each note's; -1 for none of these."""
    ways = [tuple(note.split("/")[:-1]) for note in notes]
    folders = [way[:1] for way in ways]
    while (one := _folder_to_open(ways, folders)) is not None:
        opened = len(one) + 1
        folders = [
            (way[:opened] if len(way) >= opened else ()) if folder == one else folder
            for way, folder in zip(ways, folders, strict=True)
        ]
    counts = Counter(folder for folder in folders if folder)
    chosen = sorted(counts, key=lambda folder: (-counts[folder], folder))[:MAX_COLOURS]
    numbers = {folder: number for number, folder in enumerate(chosen)}
    return Grouping(_names_of(chosen), [numbers.get(folder, -1) for folder in folders])


def _folder_to_open(ways: Sequence[Folder], folders: Sequence[Folder]) -> Folder | None:
    """The folder that divides nothing, since it holds all notes, or nearly all and most of them in folders of its own.

    Args:
        ways: the folders that each note lies in.
        folders: the one of each note that it has its colour from; empty for none.
    """
    folder, count = max(Counter(folders).items(), key=lambda item: item[1], default=((), 0))
    deeper = sum(len(way) > len(folder) and way[: len(folder)] == folder for way in ways)
    opens = count == len(folders) or (count >= NEARLY_ALL * len(folders) and 2 * deeper >= count)
    return folder if folder and opens else None


def _names_of(folders: Sequence[Folder]) -> list[str]:
    """What folders are called: their own names, and with those above where two have the same one."""
    counts = Counter(folder[-1] for folder in folders)
    return [folder[-1] if counts[folder[-1]] == 1 else "/".join(folder) for folder in folders]


def _tag_groups(garden: Garden, notes: Sequence[NoteId]) -> Grouping:
    """The most used tags, and of each note the most used among them that it has, -1 for none."""
    tags = sorted(garden.tags, key=lambda tag: (-len(garden.tags[tag]), tag))[:MAX_COLOURS]
    of: dict[NoteId, int] = {}
    for number, tag in enumerate(tags):
        for note in garden.tags[tag]:
            of.setdefault(note, number)
    return Grouping(tags, [of.get(note, -1) for note in notes])


def _year_groups(garden: Garden, notes: Sequence[NoteId]) -> Grouping:
    """The years, oldest first, and each note's; -1 where there is no date."""
    datings = [garden.notes[note].dating for note in notes]
    years = sorted({dating.day.year for dating in datings if dating.day})
    numbers = {year: number for number, year in enumerate(years)}
    of = [numbers[dating.day.year] if dating.day else -1 for dating in datings]
    return Grouping([f"{year}" for year in years], of)
