"""The order of work, to be read first: a folder of notes in, a site out.

Every stage is a function from plain values to plain values; what touches the world (read, cache, encoder, write) is
called from here only. Nothing is written until everything before it has worked.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import cache, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from notegen.check.advice import without_ignored
from notegen.check.unreadable import unreadable_files
from notegen.context import BuildContext, begin_stage
from notegen.cycles import no_search_for_cycles
from notegen.errors import would_leak
from notegen.free_memory import keep_free_memory, keep_large_blocks_apart
from notegen.history import read_past
from notegen.insights import compare_notes, find_insights, plain_insights, words_to_compare
from notegen.inspection import begin_audit, prepared_audit
from notegen.kept_stamps import KeptStamps
from notegen.load import (
    cut_garden,
    embed_rest,
    link_sources,
    query_table,
    read_notes,
    require_notes,
    without_texts,
)
from notegen.locked_site import make_locked_site
from notegen.made_site import MadeSite, without_rows
from notegen.model import Garden, LockedParts, NoteHistory, NoteId, Reading, Report
from notegen.note_memory import NoteMemory
from notegen.paths import SEARCH_POINTER
from notegen.read_ahead import Ahead, begun_ahead
from notegen.render import rendered_site
from notegen.render.offline import with_offline
from notegen.render.open_data import data_files
from notegen.render.site_facts import site_facts
from notegen.render.title import with_title
from notegen.search.query_table.choose import table_source
from notegen.search.shards.parts import begin_parts
from notegen.second_work import Meaning, handed_over, second_work
from notegen.semantic.familiarity import unfamiliar_notes
from notegen.theme import Theme, load_theme
from notegen.theme_folder import find_theme
from notegen.timing import Stopwatch
from notegen.workers.encoder import encoder_apart
from notegen.workers.helpers import Helpers
from notegen.workers.jobs import EarlyProcess
from notegen.workers.second import MAX_NOTES, MIN_NOTES, Prepare, SecondProcess, second_process_pays
from notegen.write import check_notes, check_out, write_site


@no_search_for_cycles()
def build(
    context: BuildContext,
    out: Path,
    *,
    on_made: Callable[[MadeSite], None] = lambda made: None,
    ahead: Ahead | None = None,
) -> Report:
    """Makes the site at `out` from the notes, whole or not at all.

    Args:
        on_made: called with what is about to be written; of a site with encrypted notes, with what everybody sees.
        ahead: what was begun before this module was loaded; None to begin it now.

    Raises:
        NotegenError: the world refuses; the old site is as it was.
    """
    with (
        nullcontext(ahead) if ahead else begun_ahead(context, out, reads=False) as ahead,
        encoder_apart(context.encoder, context.cache, context.jobs) as encoder,
        Helpers() as helpers,
    ):
        clock = ahead.clock if ahead else Stopwatch(partial(begin_stage, context.progress))
        return _build(replace(context, clock=clock, encoder=encoder, helpers=helpers), out, on_made, ahead)


def _build(
    context: BuildContext, out: Path, on_made: Callable[[MadeSite], None], ahead: Ahead | None
) -> Report:
    clock, config = context.clock, context.config
    keep_large_blocks_apart()
    check_out(out, context.notes)
    theme = cache(partial(_theme_of, context))
    reading = read_notes(context, skip=(out,), ahead=ahead)
    require_notes(reading, context, out)
    if len(reading.sources) < MIN_NOTES:
        keep_free_memory()  # there is room, and no other process
    check_notes(len(reading.sources) + len(reading.encrypted), context.notes, out)
    early = ahead.process if ahead else None
    if early and (len(reading.sources) <= MAX_NOTES or reading.encrypted):
        early.end()  # a second process does the rest, or nobody
        early = None
    begun = begin_audit(context, reading, early.elsewhere("audit"), skip=(out,)) if early else None
    past = read_past(reading, context, skip=(out,))
    kept = KeptStamps(out, None if reading.encrypted else context.cache)
    make = partial(make_site, context, theme, history=past.histories, is_known=kept.are_there)
    prepare = partial(prepared_audit, context, skip=(out,), past=past.witness, begun=begun)
    if reading.encrypted:
        made = make_locked_site(reading, context, out, make)
    else:
        garden = link_sources(reading, context)
        reading = without_texts(reading)
        made = make(reading, garden, prepare=partial(prepare, reading, garden), early=early)
    on_made(made)
    garden, embedded = made.embedded.garden, made.embedded

    def inspect(new: Path) -> None:
        """The last look: refuses a site that shows what is private, whatever was overlooked before."""
        with clock.time("audit"):
            leaks = made.look(new) if made.look else prepare(reading, garden)(new).leaks
        if leaks:
            raise would_leak(leaks)

    with clock.time("write"):
        title = with_title(config, context.notes, garden).title
        # What the index says of itself is known once its files are made.
        facts = (site_facts(embedded, search()) for search in [made.search_facts])
        files = with_offline(chain(made.files, facts), theme(), config, title)
        written = write_site(files, out, on_wait=context.on_wait, inspect=inspect, stamps=kept.stamps)
        kept.keep()
    problems = (
        *made.problems,
        *unreadable_files(garden, written),
        *(context.cache.problems if context.cache else ()),
    )
    return Report(
        notes=len(garden.notes),
        passages=len(embedded.passages),
        withheld=len(reading.withheld) - len(reading.encrypted) - reading.templates,
        problems=without_ignored(problems, config.check.ignore),
        written=written,
        seconds=clock.seconds(),
        beside=round(clock.beside, 3),
        semantic=embedded.vectors is not None,
        attachments=made.attachments,
        encrypted=len(reading.encrypted),
        templates=reading.templates,
        unfamiliar=unfamiliar_notes(embedded.familiarity),
        encoder_language=embedded.familiarity.language if embedded.familiarity else "",
    )


def _theme_of(context: BuildContext) -> Theme:
    config = context.config
    folder = find_theme(context.notes, config.theme)
    return load_theme(folder, language=config.language, accent=config.accent)


def make_site(
    context: BuildContext,
    theme: Callable[[], Theme],
    reading: Reading,
    garden: Garden,
    locked: LockedParts | None = None,
    *,
    is_secret: bool = False,
    history: Mapping[NoteId, NoteHistory] = MappingProxyType({}),
    prepare: Prepare | None = None,
    is_known: bool = False,
    early: EarlyProcess | None = None,
) -> MadeSite:
    """One site of one garden: what its notes mean, what follows from that, its search index and its pages.

    Args:
        theme: loads it; that is done while the encoder is loaded.
        locked: what the pages tell of notes that are encrypted beside them.
        is_secret: whether encrypted notes are among the garden's, of whose words nothing may be kept.
        history: how notes came about, of those that everybody sees.
        prepare: makes ready for the audit, beside all else where that pays; None to leave it for later.
        is_known: whether the cache knows most of what is made.
        early: makes parts of the index and does a part of the look; there is no second process then.
    """
    clock, config = context.clock, with_title(context.config, context.notes, garden)
    memory = NoteMemory(garden, None if is_secret else context.cache, context.helpers)
    cut = cut_garden(garden, context, memory)
    parts = None
    if early:
        with clock.time("index"):
            parts = begin_parts(
                garden,
                cut.passages,
                early.elsewhere("index"),
                language=config.language,
                cache=memory.cache,
            )
    second = SecondProcess(
        second_work(cut, context, config, memory, prepare, parts),
        context.cache,
        clock,
        is_wanted=prepare is not None and not early and second_process_pays(len(garden.notes), context.jobs),
        elsewhere=early.elsewhere("audit") if early else None,
    )
    plain = words = None
    # Else the encoder, and what is made beside it, would be in memory together.
    if is_known and cut.is_nearly_known and (context.table is not None or context.encoder is None):
        second.begin()
        # While the encoder loads.
        plain = plain_insights(garden, context, memory)
        words = words_to_compare(garden, cut.passages, context, memory)
    theme()
    new = embed_rest(cut, context, memory)
    embedded = cut.embedded(new.made, new.familiarity)
    table = query_table(embedded, context)
    notes = compare_notes(embedded, context)
    second.hand_over(Meaning(embedded, notes, table), handed_over(new, notes))
    plain = plain or plain_insights(garden, context, memory, early.elsewhere("graph") if early else None)
    insights = find_insights(plain, embedded, notes, second.drawn, context, memory, words)
    del words
    insights = replace(insights, search=SEARCH_POINTER, history=history)
    with clock.time("render"):
        opened = rendered_site(
            garden,
            insights,
            theme(),
            config,
            files=reading.assets,
            locked=locked,
            cache=context.cache,
            memory=memory,
            jobs=context.jobs - second.is_at_work,
        )
    data = data_files(embedded) if config.export.passages else ()
    pages, graph = clock.timed("render", opened.files), clock.timed("render", opened.graph)
    files = chain(pages, clock.timed("index", second.files()), graph, data)
    return MadeSite(
        without_rows(embedded),
        insights,
        opened,
        lambda: {"table": table_source(table, context.table), **second.facts},
        files,
        garden.problems,
        frozenset(garden.assets),
        second.look if prepare else None,
    )
