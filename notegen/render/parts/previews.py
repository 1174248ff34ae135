"""What a link shows of its target before it is followed: the beginnings of notes, in files of a few notes each.

A page finds the file of a note by its address alone, so that no page carries a list of them. The files hold only what
notes say to every reader; of a note's sections, those that some link leads to.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import dropwhile, takewhile

from msgspec import Struct

from notegen.markdown import paragraphs_of_html
from notegen.model import Garden, Note, NoteId, OutputFile, Related, Section, ToNote, Url
from notegen.note_memory import NoteMemory
from notegen.packed import Decoder, unpacker
from notegen.page_data import numbered_shards
from notegen.render.parts.excerpt import excerpt
from notegen.text.one_line import in_one_line

SHARD_SIZE = 4_000
"""Bytes that a file is to have on average: what a reader pays for the first glance at a note."""
MAX_PREVIEW_LENGTH = 320
"""Characters shown of a note or of a section."""

_Places = tuple[tuple[str, tuple[str, str]], ...]
"""Of a note anchors, each with the heading that is there, empty for a block, and the first words."""

_openings = unpacker(str)
_all_places: Decoder[_Places] = unpacker(tuple[tuple[str, tuple[str, str]], ...])

PreviewRecord = list[object]
"""`[title, day, heading, text]`; the day is empty where nobody chose it, the heading for a note as a whole."""


class Previews(Struct, frozen=True):
    """The previews of a site's notes."""

    folder: Url
    count: int
    """Files in it, `v0` to `v{count - 1}`."""
    files: tuple[OutputFile, ...]


def has_previews(garden: Garden) -> bool:
    """Whether there are any: a garden of one note has none."""
    return len(garden.notes) > 1


def previews_of(garden: Garden, related: Related, memory: NoteMemory | None = None) -> Previews | None:
    """A preview of every note, and of every place in one that a link leads to; None for a garden of one note.

    Args:
        memory: of the notes' first words; None to find all anew.
    """
    if not has_previews(garden):
        return None
    memory = memory or NoteMemory(garden)
    openings = memory.values(
        "opening", [*garden.notes], lambda note: _opening_of(garden.notes[note].sections), _openings
    )
    places = _places(garden, _linked_anchors(garden, related), memory)
    records = {
        key: record
        for (id, note), opening in zip(garden.notes.items(), openings, strict=True)
        for key, record in _preview_records(note, garden.urls[id], places.get(id, ()), opening)
    }
    size = sum(len(str(record).encode("utf-8", "replace")) for record in records.values())
    count = max(1, size // SHARD_SIZE)
    shards: list[dict[str, PreviewRecord]] = [{} for _ in range(count)]
    for key, record in records.items():
        shards[shard_of(key, count)][key] = record
    folder, files = numbered_shards("previews", "v", shards)
    return Previews(folder, count, files)


def shard_of(key: str, count: int) -> int:
    """The number of the file that has the note at this address, or the place: `sea/Tides.html#springs`.

    Places are spread like notes, since a long note that everything links into would make a long file.

    Source:
        FNV-1a of the key in UTF-8, 32 bits; browser/src/enhancements/previews.ts does the same.
    """
    value = 0x811C9DC5
    for byte in key.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value % count


def _linked_anchors(garden: Garden, related: Related) -> Mapping[NoteId, dict[str, None]]:
    """By note, the anchors in it that some page links to."""
    anchors: dict[NoteId, dict[str, None]] = {}
    for goals in garden.resolutions.values():
        for goal in goals:
            if isinstance(goal, ToNote) and goal.anchor:
                anchors.setdefault(goal.note, {})[goal.anchor] = None
    for neighbours in related.neighbours.values():
        for one in neighbours:
            if one.reason.there.anchor:
                anchors.setdefault(one.note, {})[one.reason.there.anchor] = None
    return anchors


def _places(
    garden: Garden, anchors: Mapping[NoteId, Mapping[str, None]], memory: NoteMemory
) -> Mapping[NoteId, _Places]:
    """By note, what those of its anchors say that are there, in order."""
    asked = [id for id in garden.notes if id in anchors]
    contents = (garden.notes[id].content for id in asked)

    def derive(id: NoteId) -> _Places:
        found = ((anchor, _preview_at(garden.notes[id], anchor)) for anchor in sorted(anchors[id]))
        return tuple((anchor, place) for anchor, place in found if place)

    # A block's words are those of the page.
    each = [
        (sorted(anchors[id]), content.body, content.outline)
        for id, content in zip(asked, contents, strict=True)
    ]
    return dict(zip(asked, memory.values("places", asked, derive, _all_places, each=each), strict=True))


def _preview_records(
    note: Note, url: Url, places: _Places, opening: str
) -> Iterator[tuple[str, PreviewRecord]]:
    """The note's own record, and one for each place in it, with its key.

    Args:
        opening: the note's first words.
    """
    day = note.dating.iso
    # A description that somebody wrote says more than the first words do.
    stated = note.description if note.description.rstrip(" …") not in opening else ""
    yield url, [note.title, day, "", stated or opening]
    for anchor, place in places:
        yield f"{url}#{anchor}", [note.title, day, *place]


def _preview_at(note: Note, anchor: str) -> tuple[str, str] | None:
    """The heading, empty for a block, and the first words at an anchor; None for one that is not there."""
    sections = tuple(dropwhile(lambda section: section.anchor != anchor, note.sections))
    if sections:
        trail = sections[0].trail
        within = takewhile(lambda section: section.trail[: len(trail)] == trail, sections)
        return trail[-1], _opening_of(within)
    start, end = note.spans.get(anchor, (0, 0))
    words = in_one_line(paragraphs_of_html(note.body[start:end]))
    return ("", excerpt(words, size=MAX_PREVIEW_LENGTH)) if words else None


def _opening_of(sections: Iterable[Section]) -> str:
    """The first words of the sections, without their headings, as they are shown."""
    words = ""
    for section in sections:
        words += f"{section.excerpt}\n"
        if len(words) > MAX_PREVIEW_LENGTH + 50:
            break
    return excerpt(words, size=MAX_PREVIEW_LENGTH)
