"""Links seen from the notes that they lead to; packed in large gardens, where they take as much as the notes do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from notegen.model import Backlink, Link, NoteId
from notegen.packed import join_small, pack, pack_small, unpack_small

PACKED_FROM = 1024
"""Notes from which on backlinks are packed: of fewer they are a few megabytes."""


class PackedBacklinks(Mapping[NoteId, tuple[Backlink, ...]]):
    """The backlinks of notes, a tenth as large in memory as they are, which are read a note at a time."""

    def __init__(self, packed: Mapping[NoteId, bytes]) -> None:
        """Args: packed: of each note that has some, ascending."""
        self._packed = packed

    def __getitem__(self, note: NoteId) -> tuple[Backlink, ...]:
        return unpack_small(self._packed[note], tuple[Backlink, ...])

    def __contains__(self, note: object) -> bool:
        return note in self._packed

    def __iter__(self) -> Iterator[NoteId]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def packed(self, key: NoteId) -> bytes:
        """Those of a note that has some, as they are packed."""
        return self._packed[key]

    def with_changed(self, changed: Mapping[NoteId, Sequence[Backlink]]) -> "PackedBacklinks":
        """The backlinks with those of some notes replaced; a note without any is left out."""
        packed = {id: content for id, content in self._packed.items() if id not in changed}
        packed |= {id: pack_small(tuple(them)) for id, them in changed.items() if them}
        return PackedBacklinks({id: packed[id] for id in sorted(packed)})


LeadingLinks = Sequence[tuple[NoteId, Backlink | bytes]]
"""The links of a note to others, each with the note that it leads to, in order; packed or not."""


def leading_links(note: NoteId, links: Iterable[tuple[NoteId, Link]], *, packed: bool) -> LeadingLinks:
    """The links of a note to others, as those see them."""
    seen = ((target, Backlink(note, link)) for target, link in links)
    return [(target, pack(backlink) if packed else backlink) for target, backlink in seen]


def backlinks_by_target(
    leading: dict[NoteId, LeadingLinks], by_date: Sequence[NoteId]
) -> Mapping[NoteId, tuple[Backlink, ...]]:
    """The backlinks of each note that has some, by id, those of the newest notes first.

    Args:
        leading: of notes that have some, all packed or none; they are let go.
    """
    found: dict[NoteId, list[Backlink]] = defaultdict(list)
    parts: dict[NoteId, list[bytes]] = defaultdict(list)
    for note in reversed(by_date):
        for target, backlink in leading.pop(note, ()):
            if isinstance(backlink, bytes):
                parts[target].append(backlink)
            else:
                found[target].append(backlink)
    if parts:
        return PackedBacklinks({id: join_small(parts.pop(id)) for id in sorted(parts)})
    return {id: tuple(found[id]) for id in sorted(found)}


def changed_backlinks(
    backlinks: Mapping[NoteId, tuple[Backlink, ...]], changed: Mapping[NoteId, Sequence[Backlink]]
) -> Mapping[NoteId, tuple[Backlink, ...]]:
    """The backlinks with those of some notes replaced; a note without any is left out."""
    if isinstance(backlinks, PackedBacklinks):
        return backlinks.with_changed(changed)
    together = {**backlinks, **changed}
    return {id: tuple(together[id]) for id in sorted(together) if together[id]}
