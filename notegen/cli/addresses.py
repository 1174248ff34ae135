"""`notegen addresses`: what a site has to remember of its notes so that a link to one still works after it moved."""

import os
from pathlib import Path
from typing import Literal

import click

from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, common_options, notes_folder, read_settings
from notegen.cli.setup import opened
from notegen.errors.notes import cannot_create
from notegen.link.moved import addresses_to_keep
from notegen.load import load_garden
from notegen.model import Garden
from notegen.paths import ADDRESSES_FILE
from notegen.read.kept_addresses import kept_addresses_text
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
        _, garden = load_garden(context, skip=(Path(settings.out),))
    folder = notes_folder(notes)
    state: Literal["written", "same", "asked"] = "asked"
    if not dry_run:
        state = "written" if keep_addresses(garden, folder) else "same"
    if not options.quiet:
        moved = sorted(garden.moved.items())
        click.echo(addresses_kept(len(garden.notes), str(folder / ADDRESSES_FILE), moved, state))


def keep_addresses(garden: Garden, notes: Path) -> bool:
    """Write the file, whole or not at all, unless it says the same already; whether it was written.

    Raises:
        NotegenError: it cannot be.
    """
    path = notes / ADDRESSES_FILE
    content = kept_addresses_text(addresses_to_keep(garden)).encode()
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        new = path.with_name(f".{path.name}.new")
        new.write_bytes(content)
        os.replace(new, path)
    except OSError as error:
        raise cannot_create(str(path), error.strerror or str(error)) from error
    return True
