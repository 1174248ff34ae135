"""`notegen addresses`: what a site has to remember of its notes so that a link to one still works after it moved."""

from pathlib import Path
from typing import Literal

import click

from notegen.cli.kept_addresses import keep_addresses, load_with_addresses
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, cache_folder, common_options, notes_folder, read_settings
from notegen.cli.setup import opened
from notegen.paths import ADDRESSES_FILE
from notegen.reports import addresses_kept


@click.command("addresses")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option("--dry-run", is_flag=True, help="Only say which notes have moved.")
@common_options
def addresses_command(
    notes: Path | None,
    dry_run: bool,
    common: Options,
) -> None:
    """Keep the addresses of the published notes in NOTES, so that one that moves is found at its old one.

    They are kept in a file in NOTES, which may be committed. Nothing of a private note is in it.

    \b
    Example:
      notegen addresses ~/vault
    """
    options = common.of(notes)
    settings = read_settings(options)
    with opened(options, settings, needs_meaning=False) as context:
        garden = load_with_addresses(context, Path(settings.out), cache_folder(settings))
    folder = notes_folder(notes)
    state: Literal["written", "same", "asked"] = "asked"
    if not dry_run:
        state = "written" if keep_addresses(garden, folder) else "same"
    if not options.quiet:
        moved = sorted(garden.moved.items())
        click.echo(addresses_kept(len(garden.notes), str(folder / ADDRESSES_FILE), moved, state))
