"""The insights of the last round in the background, reduced to what still holds for the notes as they are now."""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from notegen.model import (
    Garden,
    Graph,
    Insights,
    KnownPositions,
    Mention,
    Neighbour,
    Note,
    NoteId,
    Overview,
    Passage,
    Related,
)
from notegen.semantic.passages import passages_of


def mark_of(note: Note) -> str:
    """Tells one state of a note from another."""
    return f"{note.digest} {note.tool} {note.root}"


def standing(
    insights: Insights, marks: Mapping[NoteId, str], garden: Garden, *, masked_alike: bool
) -> Insights:
    """The insights for the garden of now.

    Args:
        marks: of the notes that the insights were found of, as they were then.
        masked_alike: whether what links may not say is still the same; else every note may say something else.
    """
    changed = {
        id: note for id, note in garden.notes.items() if not masked_alike or marks.get(id) != mark_of(note)
    }
    if not changed and marks.keys() == garden.notes.keys():
        return insights
    said = {id: _Said(note) for id, note in changed.items() if id in marks}
    gone = marks.keys() - garden.notes.keys()
    return replace(
        insights,
        related=Related(
            {
                id: rows
                for id, them in insights.related.neighbours.items()
                if id not in gone and (rows := tuple(_rows(them, gone, said)))
            }
        ),
        mentions={
            id: left
            for id, them in insights.mentions.items()
            if id not in gone and (left := tuple(one for one in them if _stands(one, gone, said)))
        },
        graph=_without(insights.graph, gone) if insights.graph and gone else insights.graph,
        overview=None if gone else _named_alike(insights.overview, garden),
        history={id: one for id, one in insights.history.items() if id not in gone and id not in changed},
        cards={
            id: card
            for id, card in insights.cards.items()
            if not gone.intersection((id, *card.nearest, *card.farthest))
        },
    )


class _Said:
    """What a changed note says now."""

    def __init__(self, note: Note) -> None:
        self.passages = frozenset(passage.text for passage in passages_of(note))
        self.text = " ".join(paragraph for section in note.sections for paragraph in section.paragraphs)
        self.anchors = frozenset(("", *(section.anchor for section in note.sections)))

    def says(self, passage: Passage) -> bool:
        """Whether a passage is still one of the note's, under its heading."""
        return passage.text in self.passages and passage.anchor in self.anchors


def _rows(
    rows: tuple[Neighbour, ...], gone: frozenset[NoteId] | set[NoteId], said: Mapping[NoteId, _Said]
) -> list[Neighbour]:
    def stands(row: Neighbour) -> bool:
        passages = row.reason.here, row.reason.there
        return row.note not in gone and all(
            one.note not in said or said[one.note].says(one) for one in passages
        )

    return [
        replace(row, near_duplicates=tuple(one for one in row.near_duplicates if one not in gone))
        for row in rows
        if stands(row)
    ]


def _stands(mention: Mention, gone: frozenset[NoteId] | set[NoteId], said: Mapping[NoteId, _Said]) -> bool:
    if {mention.note, mention.target} & gone:
        return False
    return mention.note not in said or mention.sentence in said[mention.note].text


def _named_alike(overview: Overview | None, garden: Garden) -> Overview | None:
    return overview if overview is None or set(overview.map.notes) <= garden.notes.keys() else None


def _without(graph: Graph, gone: frozenset[NoteId] | set[NoteId]) -> Graph | None:
    """The graph without some notes; how many each is linked with is for the next round to say."""
    kept = [number for number, note in enumerate(graph.notes) if note not in gone]
    if not kept:
        return None
    place = np.full(len(graph.notes), -1, np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    links = place[graph.links].reshape(-1, 2)
    return replace(
        graph,
        notes=tuple(graph.notes[number] for number in kept),
        positions=KnownPositions(graph.positions()[kept]),
        links=links[(links >= 0).all(axis=1)],
        inward=tuple(graph.inward[number] for number in kept),
        outward=tuple(graph.outward[number] for number in kept),
    )
