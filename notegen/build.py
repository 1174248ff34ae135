"""The order of work, to be read first: a folder of notes in, a site out.

Every stage is a function from plain values to plain values; what touches the world (read, cache, encoder, write) is
called from here only. Nothing is written until everything before it has worked.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import cache, partial
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from notegen.check.advice import without_ignored
from notegen.check.unreadable import unreadable_files
from notegen.context import BuildContext, begin_stage
from notegen.cycles import no_search_for_cycles
from notegen.errors.site import would_leak
from notegen.free_memory import keep_free_memory, keep_large_blocks_apart
from notegen.history import read_past
from notegen.inspection import begin_audit, prepared_audit
from notegen.kept_stamps import KeptStamps
from notegen.load import (
    link_sources,
    read_notes,
    require_notes,
    without_texts,
)
from notegen.locked_site import make_locked_site
from notegen.made_site import MadeSite
from notegen.make_site import Beside, Making, make_site
from notegen.model import FileDigests, Reading, Report, Written
from notegen.read_ahead import Ahead, begun_ahead
from notegen.render.offline import with_offline
from notegen.render.site_facts import site_facts
from notegen.render.title import with_title
from notegen.semantic.familiarity import unfamiliar_notes
from notegen.theme import Theme, load_theme
from notegen.theme_folder import find_theme
from notegen.timing import Stopwatch
from notegen.workers.encoder import encoder_apart
from notegen.workers.helpers import Helpers
from notegen.workers.jobs import EarlyProcess
from notegen.workers.second import MAX_NOTES, MIN_NOTES
from notegen.write import NewSite, check_notes, check_out


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
        NewSite(out, on_wait=context.on_wait) as new,
    ):
        clock = ahead.clock if ahead else Stopwatch(partial(begin_stage, context.progress))
        return _build(
            replace(context, clock=clock, encoder=encoder, helpers=helpers), out, new, on_made, ahead
        )


def _build(
    context: BuildContext,
    out: Path,
    new: NewSite,
    on_made: Callable[[MadeSite], None],
    ahead: Ahead | None,
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
    opened = ahead.vault() if ahead and ahead.vault and reading.encrypted else None
    early = _early_process(ahead, reading)
    if early:
        new.name_ahead(early.elsewhere("write"))
    begun = begin_audit(context, reading, early.elsewhere("audit"), skip=(out,)) if early else None
    past = read_past(reading, context, skip=(out,))
    kept = KeptStamps(out, context.cache)
    making = Making(context, theme, past.histories, is_known=kept.are_there)
    prepare = partial(prepared_audit, context, skip=(out,), past=past.witness, begun=begun)
    if reading.encrypted:
        made = make_locked_site(reading, out, making, partial(prepare, reading), opened)
    else:
        garden = link_sources(reading, context)
        reading = without_texts(reading)
        beside = Beside(partial(prepare, reading, garden), new.name_ahead, early)
        made = make_site(making, reading, garden, beside=beside)
    on_made(made)
    garden, embedded = made.embedded.garden, made.embedded

    def inspect(site: Path, digests: FileDigests) -> None:
        """The last look: refuses a site that shows what is private, whatever was overlooked before."""
        with clock.time("audit"):
            leaks = (
                made.look(site, digests)
                if made.look
                else prepare(reading, garden)(site, digests=digests).leaks
            )
        if leaks:
            raise would_leak(leaks)

    with clock.time("write"):
        title = with_title(config, context.notes, garden).title
        # What the index says of itself is known once its files are made.
        facts = (site_facts(embedded, search()) for search in [made.search_facts])
        files = with_offline(chain(made.files, facts), theme(), config, title)
        written = new.write(files, inspect=inspect, stamps=kept.stamps)
        kept.keep()
    return _report(context, reading, made, written)


def _theme_of(context: BuildContext) -> Theme:
    config = context.config
    folder = find_theme(context.notes, config.theme)
    return load_theme(folder, language=config.language, accent=config.accent)


def _early_process(ahead: Ahead | None, reading: Reading) -> EarlyProcess | None:
    """The process that was begun ahead, where it is for more than to read: of a large garden; others have a second."""
    if ahead and (len(reading.sources) <= MAX_NOTES or reading.encrypted):
        ahead.process.end()
        return None
    return ahead.process if ahead else None


def _report(context: BuildContext, reading: Reading, made: MadeSite, written: Written) -> Report:
    garden, embedded, clock = made.embedded.garden, made.embedded, context.clock
    problems = (
        *made.problems,
        *unreadable_files(garden, written),
        *(context.cache.problems if context.cache else ()),
    )
    return Report(
        notes=len(garden.notes),
        passages=len(embedded.passages),
        withheld=len(reading.withheld) - len(reading.encrypted) - reading.templates - len(reading.scheduled),
        problems=without_ignored(problems, context.config.check.ignore),
        written=written,
        seconds=clock.seconds(),
        beside=round(clock.beside, 3),
        semantic=embedded.vectors is not None,
        attachments=made.attachments,
        encrypted=len(reading.encrypted),
        templates=reading.templates,
        scheduled=reading.scheduled_at(context.moment),
        stands=reading.stands,
        unfamiliar=unfamiliar_notes(embedded.familiarity),
        encoder_language=embedded.familiarity.language if embedded.familiarity else "",
    )
