"""Remembers where the links of notes lead, so that after an edit only the links of a few notes are looked up again.

Names, paths and dates, and whatever else a link may find a note or file by, are part of the key of all links, since any
of them may change what a link means. The headings of a note are part of the key only for notes that link to one of
them. Notes are kept in groups, in which most links lead to the same goals.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

from msgspec import Raw, Struct

from notegen.groups import in_groups
from notegen.link.backlinks import LeadingLinks, leading_links
from notegen.link.embeds import SHOWN_KINDS
from notegen.link.resolve import Found, Resolver
from notegen.model import (
    Note,
    NoteId,
    Nowhere,
    Problem,
    Reading,
    Resolution,
    ToAsset,
    ToDay,
    ToFolder,
    ToHome,
    ToLocked,
    ToNote,
    ToPeriod,
    ToTag,
)
from notegen.note_memory import KeptBytes
from notegen.packed import Decoder, key_of_ordered, pack, pack_small, unpack_small, unpacker

_OWN_RULES = frozenset({"dendron", "logseq"})
"""Tools in whose gardens what a link means hangs on more than is said here."""

_KINDS = (ToNote, ToDay, ToPeriod, ToAsset, ToTag, ToHome, ToFolder, Nowhere, ToLocked)
_READERS: tuple[Decoder[Any], ...] = tuple(map(unpacker, _KINDS))


class NoteLinks(Struct, frozen=True):
    """Where the links of one note lead, in order."""

    found: tuple[Found, ...]
    showing: tuple[int, ...]
    """The numbers of those that may show something."""
    leading: LeadingLinks
    """The links to other notes."""


class _Kept(Struct, frozen=True):
    """What is kept of one note."""

    key: bytes
    """A digest of its links as they are written."""
    goals: tuple[int, ...]
    """The number of each link's goal in the group."""
    problems: tuple[tuple[int, Problem], ...]
    """The problems, each with the number of its link."""
    showing: tuple[int, ...]
    leading: tuple[tuple[NoteId, bytes], ...]


class _Group(Struct, frozen=True):
    """What is kept of notes that follow each other; compressed, since a new name makes all of it anew."""

    places: tuple[tuple[NoteId, bytes, bytes], ...]
    """The notes of which links name a place, with digests of their outlines and of all their places."""
    goals: tuple[tuple[int, Raw], ...]
    """Each different one, its kind's number first."""
    notes: tuple[_Kept, ...]


def note_links(id: NoteId, note: Note, resolver: Resolver, *, packed: bool) -> NoteLinks:
    """Looks up the links of a note.

    Args:
        packed: whether those to other notes are to be packed.
    """
    links = note.links  # which are read each time that they are asked for
    found = tuple(resolver.resolve(link, id) for link in links)
    showing = tuple(number for number, link in enumerate(links) if link.kind in SHOWN_KINDS)
    goals = ((f.resolution, link) for f, link in zip(found, links, strict=True))
    others = [(to.note, link) for to, link in goals if isinstance(to, ToNote) and to.note != id]
    return NoteLinks(found, showing, leading_links(id, others, packed=packed))


def may_be_known(notes: Iterable[Note], reading: Reading) -> bool:
    """Whether the links of these notes depend on nothing but the keys of this module, so that they may be kept."""
    return not reading.encrypted and all(note.tool not in _OWN_RULES for note in notes)


def known_links(
    notes: Mapping[NoteId, Note],
    resolver: Resolver,
    reading: Reading,
    tags: Mapping[str, str],
    kept: KeptBytes,
) -> Iterator[tuple[NoteId, NoteLinks]]:
    """Each note with its links, those to others packed; looked up only where the cache does not know them.

    Args:
        notes: as `may_be_known` has them.
        tags: each tag, folded, as it is shown.
    """
    ground = _ground(notes, reading, tags)
    garden = _KnownLinks(notes, resolver, kept)
    for some in in_groups(notes, str):
        yield from garden.of_group(some, ground)


class _KnownLinks:
    """The links of one garden, a group of notes at a time."""

    def __init__(self, notes: Mapping[NoteId, Note], resolver: Resolver, kept: KeptBytes) -> None:
        self._notes, self._resolver, self._kept = notes, resolver, kept
        self._outlines: dict[NoteId, bytes] = {}
        self._places: dict[NoteId, bytes] = {}
        self._found: dict[Resolution, Found] = {}  # so that what many links lead to is in memory once

    def of_group(self, ids: Sequence[NoteId], ground: bytes) -> Iterable[tuple[NoteId, NoteLinks]]:
        """Each note with its links."""
        row = blake2b(ground + ids[0].encode("utf-8", "surrogatepass"), digest_size=16).digest()
        content = self._kept.get([row]).get(row)
        group = unpack_small(content, _Group) if content else None
        known = {one.key: one for one in group.notes} if group and self._has_places(group) else {}
        goals = [self._found_at(number, raw) for number, raw in group.goals] if group and known else []
        keys = {id: key_of_ordered((id, self._notes[id].content.links)) for id in ids}
        look_up = partial(note_links, resolver=self._resolver, packed=True)
        made = {
            id: _read(known[key], goals) if key in known else look_up(id, self._notes[id])
            for id, key in keys.items()
        }
        if known.keys() != {*keys.values()}:
            self._kept.put({row: self._packed(made, keys)})
        return made.items()

    def _has_places(self, group: _Group) -> bool:
        """Whether all places that the links of a group may name are as they were."""
        return all(
            self._digest_of_outline(note) == outline or self._digest_of_places(note) == places
            for note, outline, places in group.places
        )

    def _found_at(self, number: int, raw: Raw) -> Found:
        goal: Resolution = _READERS[number].decode(raw)
        return self._found.setdefault(goal, Found(goal))

    def _digest_of_outline(self, id: NoteId) -> bytes:
        """Of all that says which places a note has, as it is packed; empty where it is gone.

        Another text before a heading gives another one, but most notes have not changed, and need not be read.
        """
        if id not in self._outlines:
            note = self._notes.get(id)
            facts = (note.content.outline, note.ids, [*note.blocks.items()]) if note else None
            self._outlines[id] = key_of_ordered(facts) if facts else b""
        return self._outlines[id]

    def _digest_of_places(self, id: NoteId) -> bytes:
        """Of all that a link's fragment may name in a note; empty where it is gone."""
        if id not in self._places:
            note = self._notes.get(id)
            self._places[id] = key_of_ordered(_places_of(note)) if note else b""
        return self._places[id]

    def _packed(self, made: Mapping[NoteId, NoteLinks], keys: Mapping[NoteId, bytes]) -> bytes:
        goals: dict[Resolution, int] = {}
        named: dict[NoteId, None] = {}
        notes: list[_Kept] = []
        for id, one in made.items():
            numbers = tuple(goals.setdefault(f.resolution, len(goals)) for f in one.found)
            problems = tuple((number, f.problem) for number, f in enumerate(one.found) if f.problem)
            leading = tuple((note, bytes(link)) for note, link in one.leading)  # type: ignore[arg-type]  # packed
            notes.append(_Kept(keys[id], numbers, problems, one.showing, leading))
            named |= dict.fromkeys(_named_by(self._notes[id], one.found))
        places = tuple((note, self._digest_of_outline(note), self._digest_of_places(note)) for note in named)
        every = tuple((_KINDS.index(type(goal)), Raw(pack(goal))) for goal in goals)
        return pack_small(_Group(places, every, tuple(notes)))


def _read(one: _Kept, goals: Sequence[Found]) -> NoteLinks:
    found = [goals[number] for number in one.goals]
    for number, problem in one.problems:
        found[number] = Found(found[number].resolution, problem)
    return NoteLinks(tuple(found), one.showing, one.leading)


def _named_by(note: Note, found: Sequence[Found]) -> Iterable[NoteId]:
    """The notes of which a note's links name a place, whether it is there or not."""
    goals = [f.resolution for f in found]
    return [
        goal.note
        for link, goal in zip(note.links, goals, strict=True)
        if isinstance(goal, ToNote) and (link.fragment or goal.anchor or goal.missing)
    ]


def _ground(notes: Mapping[NoteId, Note], reading: Reading, tags: Mapping[str, str]) -> bytes:
    """A digest of all that says what a link means, but for the places of notes."""
    facts = [
        [_found_by(note) for note in notes.values()],
        [*reading.assets],
        sorted(reading.withheld),
        sorted(reading.withheld_names),
        [*tags.items()],
    ]
    # Names of files need not be Unicode.
    return blake2b(repr(facts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _found_by(note: Note) -> tuple[object, ...]:
    """What a note is found by from outside."""
    return (
        note.id, note.title, note.dating.day, note.aliases, note.properties, note.former, note.names, note.root,
        note.tool, note.blocks,
    )  # fmt: skip


def _places_of(note: Note) -> tuple[object, ...]:
    """What a link's fragment may name in a note."""
    headings = [
        (heading.level, heading.text, heading.anchor, heading.written, heading.source)
        for heading in note.headings
    ]
    return headings, note.ids, [*note.blocks.items()]
