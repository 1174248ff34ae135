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
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from msgspec.structs import replace

from notegen.errors import as_refusal, word_error
from notegen.reports import files_changed, port_taken, serving_at, stopped
from notegen.serve.broadcast import Broadcast, BuildStatus
from notegen.serve.live import LiveSite
from notegen.serve.server import bound, serving
from notegen.serve.watch import folders_of, watching


def serve(
    build: Callable[[], object],
    notes: Path,
    site: Path,
    *,
    on_info: Callable[[str], None],
    on_error: Callable[[str], None],
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    extra_watch: Callable[[], Sequence[Path]] = tuple,
    settings: Callable[[str], bool] = lambda path: False,
    concerns: Callable[[Sequence[Path]], Sequence[Path]] = lambda changed: changed,
    expect_any: Callable[[], object] = lambda: None,
    live: LiveSite | None = None,
) -> None:
    """Build, serve `site` over HTTP, and build again at every change of the notes until Ctrl-C.

    A rebuild that fails leaves the old site served; open pages show the failure until a build succeeds.

    Args:
        build: Writes `site`, or updates `live`; what it returns is not used. It says itself what it did.
        notes: The folder to watch.
        site: What `build` writes; it may lie inside `notes`.
        on_info: Shows a person what is going on.
        on_error: Shows a person why a build failed, on several lines.
        host: An address of this machine. On a loopback address only this machine is answered.
        port: The first to try; taken ones are passed over. 0 takes any that is free.
        open_browser: Show the site in the person's browser once it is built.
        extra_watch: Files and folders beside the notes that a build depends on; a file need not exist yet. They are
            asked for again after each build, for the settings may have changed.
        settings: Whether a build reads a file whose name, or a folder's above it, begins with a dot.
        concerns: Those of the changed files that a build is for.
        expect_any: Told before a build for changes that nobody named, which may be any.
        live: Makes the pages in place of `site`; it answers from the beginning, if only that it is not ready, and what
            takes long it has found after each build.

    Raises:
        NotegenError: The first build failed, or no port could be had.
    """
    told: set[str] = set()

    def tell_once(words: str) -> None:
        if words not in told:
            told.add(words)
            on_info(words)

    def follow(extra: Sequence[Path]) -> AbstractContextManager[Iterator[Sequence[Path]]]:
        return watching(notes, site, extra, counts=settings, on_look=tell_once)

    # Watching begins before the first build, so that what is saved during it is not missed.
    with bound(host, port) as server, ExitStack() as answering, ExitStack() as watches:
        extra = tuple(extra_watch())
        folders = folders_of(notes, extra)
        changes = watches.enter_context(follow(extra))
        broadcast = live.broadcast if live else Broadcast(BuildStatus(""))
        if live:
            live.address = server.url
            answering.enter_context(serving(server, live, broadcast))
            if open_browser:
                webbrowser.open(server.url)
        build()
        broadcast.update(lambda status: replace(status, build=_new_build_name()))
        with ExitStack() as late:
            if not live:
                late.enter_context(serving(server, site, broadcast))
            if port not in (0, server.port):
                on_info(port_taken(port))
            on_info(serving_at(server.url))
            if live:
                live.follow()
            elif open_browser:
                webbrowser.open(server.url)
            try:
                while True:
                    if not (changed := concerns(next(changes))):
                        continue
                    on_info(files_changed([_shown_name(path, notes.resolve()) for path in changed]))
                    if _rebuild(build, broadcast, on_error) and live:
                        live.follow()
                    while (now := folders_of(notes, extra := tuple(extra_watch()))) != folders:
                        folders = now
                        watches.close()
                        changes = watches.enter_context(follow(extra))
                        # What was saved since the build read the files and before this watch began, no watch tells of.
                        expect_any()
                        if _rebuild(build, broadcast, on_error, broadcast.status.failure) and live:
                            live.follow()
            except KeyboardInterrupt:
                on_info(stopped())


def _rebuild(
    build: Callable[[], object], broadcast: Broadcast, on_error: Callable[[str], None], told: str = ""
) -> bool:
    """Whether there is something new; open pages are told, or why not, and a person, unless `told` is why."""
    try:
        build()
    # A fault of notegen's own in one note must not end the session of whoever is writing it.
    except Exception as error:
        refusal = as_refusal(error)
        message = word_error(refusal) if refusal else traceback.format_exc()
    else:
        name = _new_build_name()
        broadcast.update(lambda status: replace(status, build=name, failure="", round_failure=""))
        return True
    if message != told:
        on_error(message)
    broadcast.update(lambda status: replace(status, failure=message))
    return False


def _shown_name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if root in path.parents else path.name


def _new_build_name() -> str:
    """Never the same twice, also not after a restart: a page of the last session then reloads too."""
    return secrets.token_hex(8)
