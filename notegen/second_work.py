"""What a build may leave to another process: drawing the map, and the search index, from what the notes mean."""

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from notegen.config import Config
from notegen.context import BuildContext
from notegen.load import CutGarden, NewVectors, fit_vectors
from notegen.model import EmbeddedGarden, Overview, QueryTable, Vectors
from notegen.note_memory import NoteMemory
from notegen.search.query_table.choose import weight_with
from notegen.search.shards import IndexSource, SearchIndex, make_search_index
from notegen.search.shards.parts import Parts
from notegen.semantic.map import make_overview
from notegen.semantic.note_vectors import NoteVectors
from notegen.timing import Stopwatch
from notegen.workers.second import Prepare, Work


class Meaning(Struct, frozen=True, eq=False):
    """What a garden's notes mean."""

    embedded: EmbeddedGarden
    notes: NoteVectors | None
    table: QueryTable | None
    """For questions to the garden."""


class HandedOver(Struct, frozen=True, eq=False):
    """What another process is told of what notes mean, if it began when they were cut into passages."""

    new: NewVectors
    notes: NoteVectors | None
    """Without the vectors of passages, of which it has all but the new ones."""


def handed_over(new: NewVectors, notes: NoteVectors | None) -> HandedOver:
    """What is told of the notes' vectors: a few megabytes of the largest gardens."""
    nothing = Vectors((), np.empty((0, 0), np.float32), "")
    return HandedOver(new, notes and replace(notes, vectors=nothing))


def second_work(
    cut: CutGarden,
    context: BuildContext,
    config: Config,
    memory: NoteMemory,
    prepare: Prepare | None,
    parts: Callable[[], Parts] | None = None,
) -> Work[Meaning, Overview | None]:
    """What another process may do while this one makes pages.

    Args:
        config: with the garden's title.
        memory: of the garden's notes.
        prepare: makes ready for the audit; None where that is not asked for.
        parts: gives those of the index that were begun.
    """

    def draw(meaning: Meaning) -> Overview | None:
        return make_overview(cut.garden, meaning.notes, language=config.language, memory=memory)

    def complete(handed: HandedOver) -> Meaning:
        embedded = cut.embedded(handed.new.made, handed.new.familiarity)
        if handed.notes is None or embedded.vectors is None:
            return Meaning(embedded, None, context.table)
        return Meaning(embedded, replace(handed.notes, vectors=embedded.vectors), context.table)

    def index(meaning: Meaning, clock: Stopwatch) -> SearchIndex:
        with clock.time("fit"):
            vectors = fit_vectors(meaning.embedded, meaning.table, context, memory)
        with clock.time("index"):
            source = IndexSource(
                cut.garden,
                cut.passages,
                vectors,
                weight=weight_with(meaning.table, config.search.meaning_weight),
                language=config.language,
                familiarity=meaning.embedded.familiarity,
                cache=memory.cache,
                helpers=context.helpers,
                parts=parts,
            )
            return make_search_index(source)

    return Work(prepare, draw, index, complete)
