"""`notegen serve`: the site on this machine, kept up to date while you write."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import chain, repeat
from pathlib import Path

import click
from msgspec.structs import replace

from notegen.cli.build_round import build_round
from notegen.cli.concerns import Concerns
from notegen.cli.interrupt import INTERRUPTS, SERVED_STATUS, STOPPED_STATUS
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, cache_files, common_options, notes_folder, read_settings
from notegen.cli.password import PasswordSource
from notegen.cli.progress import show_progress
from notegen.cli.report import show_report
from notegen.cli.setup import opened
from notegen.config import CONFIG_NAME, Config
from notegen.encoder import usable_cores
from notegen.errors import NotegenError
from notegen.model import Progress
from notegen.parse import parsers_in_waiting
from notegen.serve import Followed, serve
from notegen.serve.live import LiveSite
from notegen.serve.rounds import RoundProgress, Rounds
from notegen.settings_files import is_settings_file, settings_beside
from notegen.temporary import temporary_folder
from notegen.theme_folder import find_theme


@click.command("serve")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option("-o", "--out", type=NAMED_PATH, metavar="SITE", help="The site's folder (default: site).")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="The address to answer at.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    metavar="P",
    help="The first port to try.",
)
@click.option("--open", "open_browser", is_flag=True, help="Show the site in your browser.")
@common_options
def serve_command(
    notes: Path | None,
    out: Path | None,
    host: str,
    port: int,
    open_browser: bool,
    common: Options,
) -> None:
    """Build the site from NOTES, serve it, and rebuild and reload on every change.

    \b
    Example:
      notegen serve ~/vault --open
    """
    options = common.of(notes)
    root = notes_folder(notes)
    settings = read_settings(options)
    site = out or Path(settings.out)

    def show_line(words: str) -> None:
        if not options.quiet:
            click.echo(words)

    with ExitStack() as stack:
        in_waiting = stack.enter_context(ExitStack())
        in_waiting.enter_context(parsers_in_waiting(options.jobs or usable_cores()))
        kept = stack.enter_context(temporary_folder())
        rounds = Rounds(partial(build_round, options, site, kept), kept)
        stack.callback(rounds.close)
        stack.enter_context(INTERRUPTS.tidied(rounds.close))
        bars = stack.enter_context(closing(_RoundBars(quiet=options.quiet)))
        followed = _Garden(root, site, options, settings, rounds, bars, in_waiting)
        stack.enter_context(INTERRUPTS.ending(SERVED_STATUS))
        serve(
            followed, on_info=show_line, on_error=_show_error, host=host, port=port, open_browser=open_browser
        )


class _Garden(Followed):
    """The notes of a folder, of which pages are made when they are asked for."""

    live: LiveSite

    def __init__(
        self,
        notes: Path,
        site: Path,
        options: Options,
        settings: Config,
        rounds: Rounds,
        bars: "_RoundBars",
        in_waiting: ExitStack,
    ) -> None:
        """Args: in_waiting: who waits to parse the many notes of the first build, and goes after it."""
        super().__init__(notes, site)
        self._options = options
        self._in_waiting = in_waiting
        self._statuses = chain([STOPPED_STATUS], repeat(SERVED_STATUS))
        self._concerns = Concerns(notes.resolve(), self._not_read)
        self._settings = settings
        """The settings of the last build for which they could be read."""
        password = PasswordSource()
        self.live = LiveSite(
            notes,
            site,
            settings=self._fresh_settings,
            open_context=lambda config: opened(options, config, needs_meaning=False, password=password),
            password=lambda: password.known,
            rounds=rounds,
            on_progress=bars.show,
            on_report=lambda report: None if options.quiet else show_report(report, site, notes),
            on_error=_show_error,
        )

    def _fresh_settings(self) -> Config:
        # They are read each time: they are among what may have changed.
        # A browser that kept this site would show it in place of the next one at this address.
        self._settings = replace(read_settings(self._options), offline="off")
        self._concerns.begin(self._settings)
        return self._settings

    def _not_read(self, config: Config) -> Sequence[Path]:
        return (self.site, *cache_files(config), *_theme_of(self.notes, config))

    def build(self) -> None:
        """Look at the notes and go on with what is there now."""
        with INTERRUPTS.ending(next(self._statuses)):
            self.live.update()
        self._in_waiting.close()  # from now on few notes are parsed at a time
        self._concerns.end(self.live.attachments)

    def beside(self) -> Sequence[Path]:
        """What a build reads beside the notes."""
        root, config = self.notes, self._settings
        files = [self._options.config] if self._options.config else [root / CONFIG_NAME, Path(CONFIG_NAME)]
        model = [Path(config.encoder.folder)] if config.encoder.folder else []
        return [*files, *settings_beside(root), *_theme_of(root, config), *model]

    def reads(self, hidden: str) -> bool:
        """Tools' settings."""
        return is_settings_file(hidden)

    def concerns(self, changed: Sequence[Path]) -> Sequence[Path]:
        """Those that a build reads, or read; which they are is told to what makes the pages."""
        root = self.notes.resolve()
        counting = self._concerns.of(changed, [path.resolve() for path in self.beside()])
        themes = [theme.resolve() for theme in _theme_of(self.notes, self._settings)]
        if counting and all(_is_style(path, themes) for path in counting):
            self.live.expect([], looks_only=True)
            return counting
        anew = any(_says_how_to_read(path, root) for path in counting)
        names = [path.relative_to(root).as_posix() for path in counting] if not anew else []
        self.live.expect(names if self._concerns.same_files and not anew else None, anew=anew)
        return counting

    def is_due(self) -> bool:
        """Whether the day of a note has come, or is over; said once."""
        return self.live.is_due()

    def expect_any(self) -> None:
        """Any of the notes may have changed."""
        self.live.expect(None)


def _show_error(words: str) -> None:
    click.echo(words, err=True)


class _RoundBars:
    """Bars for what goes on in the background."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._open = ExitStack()
        self._update: Progress | None = None

    def show(self, progress: RoundProgress | None) -> None:
        """How far a round is; None where it is over."""
        if progress is None:
            self.close()
            return
        if self._update is None:
            self._update = self._open.enter_context(show_progress(quiet=self._quiet))
        self._update(progress.stage, progress.done, progress.total)

    def close(self) -> None:
        """Take the bars away."""
        self._update = None
        self._open.pop_all().close()


def _says_how_to_read(path: Path, root: Path) -> bool:
    """Whether a change is no note's or file's own, but of what says how they are read."""
    if not path.is_relative_to(root):
        return True
    name = path.relative_to(root).as_posix()
    return is_settings_file(name) or path.name == CONFIG_NAME


def _is_style(path: Path, themes: Sequence[Path]) -> bool:
    """Whether a change is of a theme's style sheet."""
    return path.suffix == ".css" and any(path.is_relative_to(theme) for theme in themes)


def _theme_of(root: Path, config: Config) -> tuple[Path, ...]:
    """The folder of the user's own theme, if there is one."""
    try:
        theme = find_theme(root, config.theme)
    except NotegenError:  # the build says so; it may yet come
        theme = Path(config.theme)
    return (theme,) if theme else ()
