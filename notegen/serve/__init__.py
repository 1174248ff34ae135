"""`notegen serve`: a site on this machine that follows its notes.

    notes change --> watch --> build --> Broadcast --> open pages reload, or show why the build failed
                                 |           |
                              pages --> server, handler --> browser
                                 |
                              rounds, in the background: a build into site/, and what it found

Pages are made when they are asked for, of the notes as they are now (`notegen/serve/live.py`), or lie in a folder. The
site on disk is the one that `build` writes: what makes pages reload is added while they are served.
"""

import secrets
import traceback
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn, Self

from msgspec.structs import replace

from notegen.errors import as_refusal, word_error
from notegen.reports import day_has_come, files_changed, port_taken, serving_at, stopped
from notegen.serve.broadcast import Broadcast, BuildStatus
from notegen.serve.live import LiveSite
from notegen.serve.server import bound, serving
from notegen.serve.watch import folders_of, watching


class Followed:
    """Notes that are followed: what is built of them, and which changes that is for."""

    live: LiveSite | None = None
    """Makes the pages in place of the site's folder; it answers from the beginning, if only that it is not ready."""

    def __init__(self, notes: Path, site: Path) -> None:
        """A folder to watch, and what a build writes, which may lie inside."""
        self.notes, self.site = notes, site

    def build(self) -> None:
        """Write the site, or update what makes its pages; it says itself what it did.

        Raises:
            NotegenError: it could not; the old site is served as before.
        """
        raise NotImplementedError

    def beside(self) -> Sequence[Path]:
        """Files and folders beside the notes that a build depends on; a file need not exist yet.

        They are asked for again after each build, for the settings may have changed.
        """
        return ()

    def reads(self, hidden: str) -> bool:
        """Whether a build reads a file whose name, or a folder's above it, begins with a dot."""
        return False

    def concerns(self, changed: Sequence[Path]) -> Sequence[Path]:
        """Those of the changed files that a build is for."""
        return changed

    def is_due(self) -> bool:
        """Whether it is time for another build though no file has changed; asked twice a second."""
        return False

    def expect_any(self) -> None:
        """Told before a build for changes that nobody named, which may be any."""


def serve(
    followed: Followed,
    *,
    on_info: Callable[[str], None],
    on_error: Callable[[str], None],
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
) -> None:
    """Build, serve the site over HTTP, and build again at every change of the notes until Ctrl-C.

    A rebuild that fails leaves the old site served; open pages show the failure until a build succeeds.

    Args:
        followed: The notes, and what is built of them; what takes long is found after each build.
        on_info: Shows a person what is going on.
        on_error: Shows a person why a build failed, on several lines.
        host: An address of this machine. On a loopback address only this machine is answered.
        port: The first to try; taken ones are passed over. 0 takes any that is free.
        open_browser: Show the site in the person's browser once it is built, or can say that it is not yet.

    Raises:
        NotegenError: The first build failed, or no port could be had.
    """
    live = followed.live
    # Watching begins before the first build, so that what is saved during it is not missed.
    with bound(host, port) as server, ExitStack() as answering, _Watch(followed, on_info) as watch:
        broadcast = live.broadcast if live else Broadcast(BuildStatus(""))

        def answer() -> None:
            answering.enter_context(serving(server, live or followed.site, broadcast))

        def show() -> None:
            if open_browser:
                webbrowser.open(server.url)

        if live:
            live.address = server.url
            answer()
            show()
        followed.build()
        broadcast.update(lambda status: replace(status, build=_new_build_name()))
        if not live:
            answer()
        try:
            if port not in (0, server.port):
                on_info(port_taken(port))
            on_info(serving_at(server.url))
            if live:
                live.follow()
            else:
                show()
            _follow(followed, watch, broadcast, on_info, on_error)
        except KeyboardInterrupt:
            on_info(stopped())


class _Watch:
    """Watches what is followed, from the beginning of its block on."""

    def __init__(self, followed: Followed, on_info: Callable[[str], None]) -> None:
        self._followed, self._on_info = followed, on_info
        self._open = ExitStack()
        self._told: set[str] = set()

    def __enter__(self) -> Self:
        self._begin(self._followed.beside())
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def next(self) -> Sequence[Path]:
        """What changed, once something has."""
        return next(self._changes)

    def renew(self) -> bool:
        """Whether other folders are to be watched than before, which are watched from now on."""
        beside = self._followed.beside()
        if folders_of(self._followed.notes, beside) == self._folders:
            return False
        self._open.close()
        self._begin(beside)
        return True

    def _begin(self, beside: Sequence[Path]) -> None:
        notes, site, beside = self._followed.notes, self._followed.site, tuple(beside)
        self._folders = folders_of(notes, beside)
        self._changes = self._open.enter_context(
            watching(
                notes,
                site,
                beside,
                counts=self._followed.reads,
                is_due=self._followed.is_due,
                on_look=self._tell_once,
            )
        )

    def _tell_once(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            self._on_info(words)


def _follow(
    followed: Followed,
    watch: _Watch,
    broadcast: Broadcast,
    on_info: Callable[[str], None],
    on_error: Callable[[str], None],
) -> NoReturn:
    """Builds again after every change, for ever."""
    while True:
        named = watch.next()
        changed = followed.concerns(named) if named else []
        if not named:
            followed.expect_any()
            on_info(day_has_come())
            _rebuild(followed, broadcast, on_error)
        elif changed:
            names = [_shown_name(path, followed.notes.resolve()) for path in changed]
            on_info(files_changed(names))
            _rebuild(followed, broadcast, on_error)
            while watch.renew():
                # What was saved since the build read the files and before this watch began, no watch tells of.
                followed.expect_any()
                _rebuild(followed, broadcast, on_error, broadcast.status.failure)


def _rebuild(
    followed: Followed, broadcast: Broadcast, on_error: Callable[[str], None], told: str = ""
) -> None:
    """Tells open pages that there is something new, or why not, and a person, unless `told` is why."""
    try:
        followed.build()
    # A fault of notegen's own in one note must not end the session of whoever is writing it.
    except Exception as error:
        refusal = as_refusal(error)
        message = word_error(refusal) if refusal else traceback.format_exc()
    else:
        name = _new_build_name()
        broadcast.update(lambda status: replace(status, build=name, failure="", round_failure=""))
        if followed.live:
            followed.live.follow()
        return
    if message != told:
        on_error(message)
    broadcast.update(lambda status: replace(status, failure=message))


def _shown_name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if root in path.parents else path.name


def _new_build_name() -> str:
    """Never the same twice, also not after a restart: a page of the last session then reloads too."""
    return secrets.token_hex(8)
