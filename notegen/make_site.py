"""One site of one garden: what its notes mean, what follows from that, its search index and its pages.

    garden --> passages --> embedded, compared --> insights --> pages --> files
       |          |             |     what they mean                        ^
       |          |             +------------------------> map, index ------+   by another process, where that pays
       +----------+--> what links and titles say -^

What needs no vectors is found while the encoder loads, and another process gets ready then, if nearly all is known.
"""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from notegen.cache import VectorCache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.free_memory import keep_free_memory
from notegen.insights import compare_notes, find_insights, find_linked
from notegen.load import CutGarden, NewVectors, cut_garden, embed_rest, query_table
from notegen.made_site import MadeSite, without_rows
from notegen.model import Garden, LockedParts, NoteHistory, NoteId, Overview, Reading
from notegen.note_memory import NoteMemory
from notegen.paths import SEARCH_POINTER
from notegen.render import rendered_site
from notegen.render.open_data import data_files
from notegen.render.title import with_title
from notegen.search.query_table.choose import table_source
from notegen.search.shards.parts import begin_parts
from notegen.second_work import Meaning, handed_over, second_work
from notegen.theme import Theme
from notegen.workers.jobs import EarlyProcess, Elsewhere
from notegen.workers.second import Prepare, SecondProcess, second_process_pays


class Making(Struct, frozen=True):
    """What the sites of one build are made with, of which there are two where notes are encrypted."""

    context: BuildContext
    theme: Callable[[], Theme]
    """Loads it; that is done while the encoder loads."""
    history: Mapping[NoteId, NoteHistory]
    """How notes came about, of those that everybody sees."""
    is_known: bool
    """Whether the cache knows most of what is made."""
    pages: VectorCache | None = None
    """Remembers pages and files, where the context's cache may not; None where it may."""


class Beside(Struct, frozen=True):
    """What other processes may do while a site is made."""

    prepare: Prepare | None = None
    """Makes ready for the audit; None to leave that for later, and all to this process."""
    name_ahead: Callable[[Elsewhere], None] | None = None
    """Has files of the site before put into the folder of the new one, by who is told."""
    early: EarlyProcess | None = None
    """Makes parts of the index, lays out the graph and does a part of the look; there is no second process then."""

    def elsewhere(self, stage: str) -> Elsewhere | None:
        """Has the jobs of a stage done by the early process; None where there is none."""
        return self.early.elsewhere(stage) if self.early else None


NOBODY = Beside()


class Cut(NamedTuple):
    """A garden cut into passages, and what is remembered of its notes."""

    garden: CutGarden
    memory: NoteMemory


def cut_site(making: Making, garden: Garden) -> Cut:
    """Where a site begins."""
    memory = NoteMemory(garden, making.context.cache, making.context.helpers)
    return Cut(cut_garden(garden, making.context, memory), memory)


def make_site(
    making: Making,
    reading: Reading,
    garden: Garden,
    locked: LockedParts | None = None,
    beside: Beside = NOBODY,
    known: Cut | None = None,
    new: NewVectors | None = None,
) -> MadeSite:
    """The site, whose pages and other files are made as they are gone through.

    Args:
        locked: what the pages tell of notes that are encrypted beside them, or of their being so themselves.
        known: of `cut_site`; None to cut the garden now.
        new: the vectors that it lacked; None to make them now.
    """
    context = making.context
    clock, config = context.clock, with_title(context.config, context.notes, garden)
    cut, memory = known or cut_site(making, garden)
    second = _second_process(making, cut, config, memory, beside)
    linked = None
    if making.is_known and cut.is_nearly_known and (context.table is not None or context.encoder is None):
        # Else the encoder, and what is made beside it, would be in memory together.
        if second.may_begin:
            keep_free_memory()  # most is known, so that there is room
        if beside.name_ahead and second.may_begin:
            beside.name_ahead(second.elsewhere)
        second.begin()
        linked = find_linked(garden, context, memory, beside.elsewhere("graph"))
    making.theme()
    new = new or embed_rest(cut, context, memory)
    embedded = cut.embedded(new.made, new.familiarity)
    table = query_table(embedded, context)
    notes = compare_notes(embedded, context)
    second.hand_over(Meaning(embedded, notes, table), handed_over(new, notes))
    linked = linked or find_linked(garden, context, memory, beside.elsewhere("graph"))
    insights = find_insights(linked, embedded, notes, second.drawn, context, memory)
    insights = replace(insights, search=SEARCH_POINTER, history=making.history)
    with clock.time("render"):
        opened = rendered_site(
            garden,
            insights,
            making.theme(),
            config,
            files=reading.assets,
            locked=locked,
            cache=making.pages or context.cache,
            memory=memory,
            jobs=context.jobs - second.is_at_work,
        )
    data = data_files(embedded) if config.export.passages else ()
    pages, graph = clock.timed("render", opened.files), clock.timed("render", opened.graph)
    return MadeSite(
        without_rows(embedded),
        insights,
        opened,
        search_facts=lambda: {"table": table_source(table, context.table), **second.facts},
        files=chain(pages, clock.timed("index", second.files()), graph, data),
        problems=garden.problems,
        attachments=frozenset(garden.assets),
        look=second.look if beside.prepare else None,
    )


def _second_process(
    making: Making, cut: CutGarden, config: Config, memory: NoteMemory, beside: Beside
) -> SecondProcess[Meaning, Overview | None]:
    """The process that is to make map and index, not begun; parts of these the early one begins with now."""
    context, parts = making.context, None
    if elsewhere := beside.elsewhere("index"):
        with context.clock.time("index"):
            parts = begin_parts(
                cut.garden, cut.passages, elsewhere, language=config.language, cache=memory.cache
            )
    pays = second_process_pays(len(cut.garden.notes), context.jobs)
    return SecondProcess(
        second_work(cut, context, config, memory, beside.prepare, parts),
        context.cache,
        context.clock,
        is_wanted=pays and beside.prepare is not None and beside.early is None,
        elsewhere=beside.elsewhere("audit"),
    )
