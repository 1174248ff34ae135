"""What a build is given from outside: folders, settings, the encoder, the cache."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from notegen.cache import VectorCache
from notegen.clock import now
from notegen.config import Config
from notegen.encoder import Piece
from notegen.model import Encoder, Progress, QueryTable
from notegen.timing import Stopwatch
from notegen.workers.helpers import Helpers


def no_progress(what: str, done: int, total: int) -> None:
    """Does nothing: for callers that show no progress."""


def begin_stage(progress: Progress, stage: str) -> None:
    """Report that a stage has begun, before it is known how long it is."""
    progress(stage, 0, 0)


class BuildContext(Struct, frozen=True):
    """Where a build happens and how: everything from outside that is not a note."""

    notes: Path
    config: Config
    encoder: Encoder | None
    """None builds without meaning: no vectors, no related notes, search by words only."""
    table: QueryTable | None = None
    """The query table that came with the encoder; None if it came without, and one has to be distilled."""
    cache: VectorCache | None = None
    jobs: int = 1
    progress: Progress = no_progress
    vocabulary: Callable[[], tuple[Piece, ...]] | None = None
    """Reads the vocabulary that a query table is distilled from, if the encoder came without a table."""
    on_wait: Callable[[], None] = lambda: None
    """Called when another build has the site and this one has to wait for it."""
    moment: float = field(default_factory=now)
    """The moment that counts as now, in seconds since 1970: some notes wait for their day."""
    skip: tuple[Path, ...] = ()
    """Files and folders that are no part of the notes though they may lie among them: the cache's."""
    password: Callable[[Callable[[str], bool]], str] | None = None
    """Asks for the password of encrypted notes, if there are any. Its argument tells whether a password opens the site
    that is there already. None if nobody can be asked."""
    password_at_hand: str = ""
    """The password, if it is known without asking; its keys are then made ahead."""
    clock: Stopwatch = field(default_factory=Stopwatch)
    """Times the stages; every build begins with a new one."""
    helpers: Helpers = field(default_factory=Helpers)
    """Processes that may do parts of long stages; every build begins with none."""
