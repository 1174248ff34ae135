"""`notegen build`: the site, once."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import (
    Options,
    cache_files,
    cache_folder,
    common_options,
    extension_option,
    notes_folder,
    read_settings,
    with_extensions,
)
from notegen.cli.password import PasswordSource
from notegen.cli.report import echo_json, echo_lines, has_warnings, home_of, report_facts, show_report
from notegen.clock import now
from notegen.config import Config, checked_base_url, find_config
from notegen.cycles import no_search_for_cycles
from notegen.last_build import last_build_file, recall_build, remember_build, stamps_of_inputs
from notegen.model import Report
from notegen.paths import SITE_MARK
from notegen.reports import no_settings_yet

if TYPE_CHECKING:
    from notegen.encrypt import Vault
    from notegen.made_site import MadeSite


@click.command("build")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option("-o", "--out", type=NAMED_PATH, metavar="SITE", help="The site's folder (default: site).")
@click.option(
    "--base-url",
    metavar="U",
    help="The address the site will have; for canonical links, the sitemap and the 404 page.",
)
@extension_option
@click.option("--strict", is_flag=True, help="Exit 1 when the notes have warnings.")
@click.option("--open", "open_browser", is_flag=True, help="Show the site in your browser.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@common_options
def build_command(
    notes: Path | None,
    out: Path | None,
    base_url: str | None,
    extensions: tuple[str, ...],
    strict: bool,
    open_browser: bool,
    as_json: bool,
    common: Options,
) -> None:
    """Build the site from the folder NOTES (default: notes).

    The old site is replaced whole, or, when anything fails, left as it was.

    \b
    Example:
      notegen build ~/vault -o ~/public
    """
    options = common.of(notes, for_machines=as_json)
    settings = read_settings(options)
    if base_url is not None:
        settings = replace(settings, base_url=checked_base_url(base_url))
    settings, endings = with_extensions(settings, extensions)
    site = out or Path(settings.out)
    is_first = (
        options.config is None and not (site / SITE_MARK).exists() and not find_config(notes_folder(notes))
    )
    report = build_if_changed(options, settings, site)
    if as_json:
        echo_json(report_facts(report, site))
    elif not options.quiet:
        if strict:
            from notegen.cli.listing import list_problems

            echo_lines(list_problems(report.problems, (), notes=report.notes, kinds=False))
        show_report(report, site, notes_folder(notes), endings)
        if is_first:
            click.echo(no_settings_yet(str(notes_folder(notes))))
    if open_browser:
        import webbrowser

        webbrowser.open(home_of(site))
    if strict and has_warnings(report.problems):
        sys.exit(1)


@no_search_for_cycles()
def build_if_changed(options: Options, settings: Config, site: Path) -> Report:
    """Build the site, unless all that a build reads and writes is as the last one left it."""
    notes, without = notes_folder(options.notes), (site, *cache_files(settings))
    file = last_build_file(cache_folder(settings), notes, site)
    before = stamps_of_inputs(notes, settings, without)
    moment, password = now(), PasswordSource()
    if report := recall_build(
        file, site, before, moment, partial(_vault_of, settings, notes, site, password)
    ):
        return report
    # Only now: where nothing changed, nothing of all this is loaded.
    from notegen.cli.setup import opened
    from notegen.read_ahead import begun_ahead

    made: list[MadeSite] = []
    with (
        opened(options, settings, password=password, moment=moment) as context,
        begun_ahead(context, site, reads=True) as ahead,
    ):
        from notegen.build import build  # while another process reads the notes
        from notegen.cli.kept_addresses import keep_addresses

        report = build(context, site, on_made=made.append, ahead=ahead)
    if settings.keep_addresses:
        keep_addresses(made[0].embedded.garden, notes)
    remember_build(file, report, before, stamps_of_inputs(notes, settings, without), made[0].vault)
    return report


def _vault_of(settings: Config, notes: Path, site: Path, password: PasswordSource) -> "Vault":
    """The keys of the site that is there, as far as the password is its own."""
    from notegen.encrypt import open_vault, salt_of_site

    salt = salt_of_site(settings, notes)
    return open_vault(password(lambda word: open_vault(word, salt).opens(site)), salt)
