"""`notegen audit`: whether a site, wherever it comes from, holds anything private."""

import sys
from pathlib import Path

import click
from msgspec.structs import asdict

from notegen.cli.folder_first import folder_first
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, common_options, read_settings
from notegen.cli.report import echo_json, echo_lines
from notegen.cli.setup import opened
from notegen.errors.command import folder_stands_last
from notegen.errors.site import no_site_folder, word_leak
from notegen.history import read_past
from notegen.inspection import audit
from notegen.load import load_garden
from notegen.paths import SITE_MARK
from notegen.reports import report_audit


@click.command("audit", context_settings={"allow_extra_args": True})
@click.argument("notes", required=False)
@click.argument("site", required=False)
@click.option("--notes", "named", type=NAMED_PATH, metavar="NOTES", help="The notes folder, also so.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@common_options
@click.pass_context
def audit_command(
    ctx: click.Context,
    notes: str | None,
    site: str | None,
    named: Path | None,
    as_json: bool,
    common: Options,
) -> None:
    """Search the site SITE for what is private in NOTES, and report what was searched and found.

    Nothing is written. Exits 1 when something private is found. Every build does the same before it replaces a site.

    \b
    Example:
      notegen audit ~/vault ~/public
    """
    notes_at, site_at = _places([word for word in (notes, site, *ctx.args) if word is not None], named)
    options = common.of(notes_at, for_machines=as_json)
    settings = read_settings(options)
    folder = site_at or Path(settings.out)
    if not folder.is_dir() or not any(path.is_file() for path in folder.rglob("*")):
        raise no_site_folder(str(folder), is_there=folder.is_dir())
    with opened(options, settings, needs_meaning=False) as context:
        reading, garden = load_garden(context, skip=(folder, Path(settings.out)))
        skip = (folder, Path(settings.out))
        past = read_past(reading, context, skip=skip).witness
        made = audit(folder, context, reading, garden, skip=skip, past=past)
    if as_json:
        leaks = [{**asdict(leak), "message": word_leak(leak)} for leak in made.leaks]
        echo_json({"site": str(folder), **asdict(made), "leaks": leaks})
    elif not options.quiet:
        echo_lines(report_audit(made, str(folder)))
    if made.leaks:
        sys.exit(1)


def _places(words: list[str], named: Path | None) -> tuple[Path | None, Path | None]:
    """The folder of the notes and that of the site, None where they are not named; one alone is the site's."""
    if len(words) < 2:
        return named, Path(words[0]) if words else None
    if len(words) == 2 and _is_site(words[0]) and not _is_site(words[1]) and Path(words[1]).is_dir():
        raise folder_stands_last("audit", words[1], words[:1])
    notes, site = folder_first("audit", words, named)
    return notes, Path(site)


def _is_site(path: str) -> bool:
    return Path(path, SITE_MARK).is_file()
