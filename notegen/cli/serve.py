"""`notegen serve`: the site on this machine, kept up to date while you write."""

from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path

import click

from notegen.build import build
from notegen.cli.concerns import Concerns
from notegen.cli.interrupt import INTERRUPTS, SERVED_STATUS, STOPPED_STATUS
from notegen.cli.options import cache_files, common_options, notes_folder, options_of, read_settings
from notegen.cli.password import PasswordSource
from notegen.cli.report import show_report
from notegen.cli.setup import opened
from notegen.config import CONFIG_NAME, Config
from notegen.errors import NotegenError
from notegen.serve import serve
from notegen.settings_files import is_settings_file
from notegen.theme import find_theme


@click.command("serve")
@click.argument("notes", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="SITE", help="The site's folder (default: site)."
)
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
    config: Path | None,
    no_semantic: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Build the site from NOTES, serve it, and rebuild and reload on every change.

    \b
    Example:
      notegen serve ~/vault --open
    """
    options = options_of(notes, config, no_semantic, jobs, quiet)
    root = notes_folder(notes)
    settings = read_settings(options)
    site = out or Path(settings.out)

    password = PasswordSource()
    statuses = chain([STOPPED_STATUS], repeat(SERVED_STATUS))
    concerns = Concerns(root.resolve(), lambda config: (site, *cache_files(config), *_theme_of(root, config)))
    used = settings  # those that can be read, of the last build

    def rebuild() -> None:
        nonlocal used
        # The settings are read each time: they are among what may have changed.
        fresh = replace(read_settings(options), base_url="")
        used = fresh
        concerns.begin(fresh)
        with INTERRUPTS.ending(next(statuses)), opened(options, fresh, password=password) as context:
            report = build(context, site)
        concerns.end(report)
        if not quiet:
            show_report(report, site, root)

    def outside() -> list[Path]:
        """What a build reads beside the notes."""
        files = [config] if config else [root / CONFIG_NAME, Path(CONFIG_NAME)]
        model = [Path(used.encoder.folder)] if used.encoder.folder else []
        return [*files, *_theme_of(root, used), *model]

    with INTERRUPTS.ending(None):
        serve(
            rebuild,
            root,
            site,
            on_info=lambda words: None if quiet else click.echo(words),
            on_error=lambda words: click.echo(words, err=True),
            host=host,
            port=port,
            open_browser=open_browser,
            extra_watch=outside,
            settings=is_settings_file,
            concerns=lambda changed: concerns.of(changed, [path.resolve() for path in outside()]),
        )


def _theme_of(root: Path, config: Config) -> tuple[Path, ...]:
    """The folder of the user's own theme, if there is one."""
    try:
        theme = find_theme(root, config.theme)
    except NotegenError:  # the build says so; it may yet come
        theme = Path(config.theme)
    return (theme,) if theme else ()
