"""`notegen new`: today's note."""

import re
from datetime import date
from pathlib import Path

import click

from notegen.cli.folder_first import folder_first
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import notes_folder
from notegen.config import Config, NewSettings, Publish, find_config, load_config
from notegen.errors.notes import (
    cannot_create,
    cannot_edit,
    cannot_read_template,
    no_note_ending,
    outside_notes,
)
from notegen.errors.phrases import why_unread
from notegen.paths import NOTE_SUFFIXES, is_reserved
from notegen.regex import regex
from notegen.reports import note_is_there

_NOT_YET = "publish: false\n"
_BUILT_IN = """---
date: {date}
tags: []
{publish}---

# {title}

"""
_REFUSED = regex(r"\s*[<>:\"/\\|?*\x00-\x1f\x7f][<>:\"/\\|?*\s\x00-\x1f\x7f]*")
"""What no name of a file on Windows may have, the slash nowhere, with the space around it."""


@click.command("new", context_settings={"allow_extra_args": True})
@click.argument("notes", required=False)
@click.argument("title", required=False)
@click.option("--notes", "named", type=NAMED_PATH, metavar="NOTES", help="The notes folder, also so.")
@click.option("--config", type=NAMED_PATH, metavar="F", help="Read settings from this file.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The note's day (default: today)."
)
@click.option("--edit", is_flag=True, help="Open the note in $EDITOR.")
@click.pass_context
def new_command(
    ctx: click.Context,
    notes: str | None,
    title: str | None,
    named: Path | None,
    config: Path | None,
    day: date | None,
    edit: bool,
) -> None:
    """Begin today's note in NOTES, with TITLE if there is one, and print its path.

    A note that is already there is left as it is. The name and the text come from `[new]` in notegen.toml.

    \b
    Example:
      notegen new ~/vault "Reading group" --edit
    """
    folder, given = folder_first("new", (notes, title, *ctx.args), named)
    root = notes_folder(folder)
    settings = load_config(config or find_config(root))
    stated = (day or date.today()).isoformat()[: len("2024-05-01")]
    path = root / _name(settings, stated, given)
    if not path.resolve().is_relative_to(root.resolve()):
        raise outside_notes(path.relative_to(root).as_posix())
    text = _fill_template(_template_text(settings.new.template, settings.publish), stated, given or stated)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_there = path.is_file()
        if not is_there:
            with path.open("x", encoding="utf-8") as stream:
                stream.write(text)
    except OSError as error:
        raise cannot_create(str(path), error.strerror or str(error)) from error
    click.echo(path)
    if is_there:
        click.secho(note_is_there(), err=True, dim=True)
    if edit:
        try:
            click.edit(filename=str(path))
        except click.ClickException as error:
            raise cannot_edit(str(path), error.message) from error


def _name(config: Config, day: str, title: str) -> str:
    """The note's path in the notes folder; where the settings do not say, it ends like the first of `extensions`."""
    pattern = config.new.name
    if pattern == NewSettings().name and config.extensions:
        pattern = pattern.removesuffix(".md") + config.extensions[0]
    endings = tuple(dict.fromkeys((*NOTE_SUFFIXES, *config.extensions)))
    name = _fill_template(pattern, day, as_file_name(title) or ("" if "{date}" in pattern else day))
    if not name.lower().endswith(endings):
        raise no_note_ending(name, endings)
    head, slash, last = name.rpartition("/")
    stem, dot, ending = last.partition(".")
    return f"{head}{slash}{stem}-{dot}{ending}" if is_reserved(last) else name


def as_file_name(title: str) -> str:
    """A title as part of a file's name that every system takes: `a: b?` becomes `a - b`, `Tea/Coffee` `Tea-Coffee`."""
    spaced = _REFUSED.sub(lambda found: " - " if re.search(r"\s", found[0]) else "-", title)
    return " ".join(spaced.split()).strip(" .-")


def _template_text(path: str, publish: Publish) -> str:
    """The text that a note begins with; the built-in one says that it is not public where notes have to say so."""
    if not path:
        return _BUILT_IN.replace("{publish}", _NOT_YET if publish == "opt-in" else "")
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise cannot_read_template(path, why_unread(error)) from error


def _fill_template(text: str, day: str, title: str) -> str:
    """`{date}` and `{title}` filled in; a name whose title is empty loses the space or dash before it."""
    filled = text.replace("{date}", day).replace("{title}", title)
    return filled if title else filled.replace(" .", ".").replace("-.", ".")
