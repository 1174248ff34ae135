"""`notegen audit`: whether a site, wherever it comes from, holds anything private."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from notegen.cli.options import common_options, options_of, read_settings
from notegen.cli.report import echo_json
from notegen.cli.setup import opened
from notegen.errors import no_site_folder, word_leak
from notegen.inspection import audit
from notegen.load import load_garden
from notegen.reports import report_audit


@click.command("audit")
@click.argument("site", required=False, type=click.Path(path_type=Path))
@click.option(
    "--notes", type=click.Path(path_type=Path), metavar="NOTES", help="The notes folder (default: notes)."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@common_options
def audit_command(
    site: Path | None,
    notes: Path | None,
    as_json: bool,
    config: Path | None,
    no_semantic: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Search the site SITE for what is private in the notes, and report what was searched and found.

    Nothing is written. Exits 1 when something private is found. Every build does the same before it replaces a site.

    \b
    Example:
      notegen audit ~/public --notes ~/vault
    """
    options = options_of(notes, config, no_semantic, jobs, quiet or as_json)
    settings = read_settings(options)
    folder = site or Path(settings.out)
    if not folder.is_dir():
        raise no_site_folder(str(folder))
    with opened(options, settings, needs_meaning=False) as context:
        reading, garden = load_garden(context, skip=(folder, Path(settings.out)))
        made = audit(folder, context, reading, garden, skip=(folder, Path(settings.out)))
    if as_json:
        leaks = [{**asdict(leak), "message": word_leak(leak)} for leak in made.leaks]
        echo_json({"site": str(folder), **asdict(made), "leaks": leaks})
    elif not quiet:
        for line in report_audit(made, str(folder)):
            click.echo(line)
    if made.leaks:
        sys.exit(1)
