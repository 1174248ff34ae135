"""The notes read by another process while this one loads what the rest of a build needs.

After an edit nearly all notes are known, and to read them takes as long as to load Python's modules for what follows.
The other process is forked before these are loaded. Of a large garden it reads nothing ahead, since it would hold the
notes, and is there for other jobs.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from msgspec import Struct

from notegen.cache import VectorCache
from notegen.config import Config
from notegen.context import BuildContext, begin_stage
from notegen.encrypt import CONTENTS, OpenedVault, open_vault, salt_of_site
from notegen.kept_stamps import KeptStamps
from notegen.model import CanvasWords, NoteId, Reading
from notegen.note_memory import KeptBytes
from notegen.read import ReadMemory, read_sources
from notegen.theme_folder import find_theme
from notegen.timing import Stopwatch
from notegen.workers.jobs import EarlyProcess, early_process
from notegen.workers.second import MAX_NOTES, MIN_NOTES
from notegen.write.manifest import notes_in_site

MIN_FOR_HELPERS = 300
"""New notes from which on other processes help with more than to read and to parse them."""


class NotesFolder(Struct, frozen=True):
    """A folder of notes, and all that says how it is read."""

    root: Path
    config: Config
    skip: tuple[Path, ...]
    """Folders and files that are no part of the notes; neither is a theme."""
    moment: float
    """The moment that counts as now, in seconds since 1970."""

    def read(
        self,
        *,
        kept: KeptBytes | None = None,
        memory: ReadMemory | None = None,
        only: Collection[NoteId] | None = None,
        jobs: int = 1,
        on_unknown: Callable[[int], None] = lambda count: None,
    ) -> Reading:
        """Everything in it; for the arguments see `read_sources`.

        Raises:
            NotegenError: the folder, or that of a theme, cannot be read.
        """
        theme = find_theme(self.root, self.config.theme)
        return read_sources(
            self.root,
            self.config,
            skip=(*self.skip, *((theme,) if theme else ())),
            canvas_words=cache(partial(_canvas_words, theme, self.config.language)),
            memory=memory,
            only=only,
            kept=kept,
            jobs=jobs,
            on_unknown=on_unknown,
            moment=self.moment,
        )


def _canvas_words(theme: Path | None, language: str) -> CanvasWords:
    from notegen.theme import canvas_words  # with Jinja, which few folders need to be read

    return canvas_words(theme, language)


class ReadAhead(Struct, frozen=True):
    """What another process read."""

    reading: Reading | None
    """None where so much was new that this process has help to read it."""
    unknown: int
    """Notes that had to be read anew."""


class _Read(Struct, frozen=True):
    """Reads a folder of which most is kept."""

    folder: NotesFolder

    def __call__(self, cache: VectorCache | None) -> ReadAhead:
        unknown = 0

        def count(notes: int) -> None:
            nonlocal unknown
            unknown = notes
            if notes >= MIN_FOR_HELPERS:
                raise _TooMuchError

        kept = KeptBytes("source", cache) if cache else None
        try:
            return ReadAhead(self.folder.read(kept=kept, on_unknown=count), unknown)
        except _TooMuchError:
            return ReadAhead(None, unknown)


class _Open(Struct, frozen=True):
    """Makes keys of a password, which takes as long as to read the notes."""

    password: str
    salt: bytes

    def __call__(self, cache: VectorCache | None) -> OpenedVault:
        return OpenedVault(self.password, open_vault(self.password, self.salt))


class _TooMuchError(Exception):
    """Most is new."""


class Ahead(Struct, frozen=True, eq=False):
    """A build of which another process has begun to do something."""

    process: EarlyProcess
    clock: Stopwatch
    """The stopwatch of the build."""
    read: Callable[[], ReadAhead] | None = None
    """Waits for what was read, asked once; None where nothing is."""
    vault: Callable[[], OpenedVault] | None = None
    """Waits for the keys of encrypted notes, asked once; None where the site has none yet, or no password is given."""


@contextmanager
def begun_ahead(context: BuildContext, out: Path, *, reads: bool) -> Iterator[Ahead | None]:
    """The other process, for as long as the block lasts; None where it has nothing to do.

    Args:
        out: the site, which is no part of the notes.
        reads: whether it is to read the notes, if they are few enough.
    """
    notes = notes_in_site(out) if context.jobs > 1 else 0
    reads = reads and MIN_NOTES <= notes <= MAX_NOTES
    pays = (reads or notes > MAX_NOTES) and KeptStamps(out, context.cache).are_there
    clock = Stopwatch(partial(begin_stage, context.progress))
    with early_process(context.cache, clock, is_wanted=pays) as process:
        if process is None:
            yield None
        elif reads:
            job = _Read(NotesFolder(context.notes, context.config, (out, *context.skip), context.moment))
            yield Ahead(process, clock, process.elsewhere("read")(job), _vault_ahead(context, out, process))
        else:
            yield Ahead(process, clock)


def _vault_ahead(context: BuildContext, out: Path, process: EarlyProcess) -> Callable[[], OpenedVault] | None:
    if not context.password_at_hand or not (out / CONTENTS).is_file():
        return None
    salt = salt_of_site(context.config, context.notes)
    return process.elsewhere("password")(_Open(context.password_at_hand, salt))
