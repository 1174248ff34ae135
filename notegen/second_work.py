"""What a build may leave to another process: the map and the search index, from what the garden's notes mean."""

from dataclasses import dataclass, replace

from notegen.config import Config
from notegen.context import BuildContext, no_progress
from notegen.insights import compare_notes
from notegen.load import CutGarden, NewVectors, fit_vectors
from notegen.model import EmbeddedGarden, Overview, QueryTable
from notegen.note_memory import NoteMemory
from notegen.search.query_table.choose import weight_with
from notegen.search.shards import SearchIndex, make_search_index
from notegen.second_process import Prepare, Work
from notegen.semantic.map import make_overview
from notegen.semantic.note_vectors import NoteVectors
from notegen.timing import Stopwatch


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What a garden's notes mean."""

    embedded: EmbeddedGarden
    notes: NoteVectors | None
    table: QueryTable | None
    """For questions to the garden."""


def second_work(
    cut: CutGarden, context: BuildContext, config: Config, memory: NoteMemory, prepare: Prepare | None
) -> Work[Meaning]:
    """What another process may do while this one makes pages.

    Args:
        config: with the garden's title.
        memory: of the garden's notes.
        prepare: makes ready for the audit; None where that is not asked for.
    """

    def complete(new: NewVectors, clock: Stopwatch) -> Meaning:
        embedded = cut.embedded(new.made, new.familiarity)
        quiet = replace(context, clock=clock, progress=no_progress)
        return Meaning(embedded, compare_notes(embedded, quiet), context.table)

    def overview(meaning: Meaning) -> Overview | None:
        if meaning.notes is None:
            return None
        return make_overview(cut.garden, meaning.notes, language=config.language, memory=memory)

    def index(meaning: Meaning, clock: Stopwatch) -> SearchIndex:
        with clock.time("fit"):
            vectors = fit_vectors(meaning.embedded, meaning.table, context, memory)
        with clock.time("index"):
            return make_search_index(
                cut.garden,
                cut.passages,
                vectors,
                config,
                weight=weight_with(meaning.table, config.search.meaning_weight),
                familiarity=meaning.embedded.familiarity,
                cache=memory.cache,
            )

    return Work(prepare, overview, index, complete)
