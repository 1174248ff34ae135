"""`notegen new`: today's note."""

from datetime import date
from pathlib import Path

import click

from notegen.cli.options import notes_folder
from notegen.config import Publish, find_config, load_config
from notegen.errors import cannot_create, cannot_edit, cannot_read_template, outside_notes

_NOT_YET = "publish: false\n"
_BUILT_IN = """---
date: {date}
tags: []
{publish}---

# {title}

"""


@click.command("new")
@click.argument("title", required=False, default="")
@click.option(
    "--notes", type=click.Path(path_type=Path), metavar="NOTES", help="The notes folder (default: notes)."
)
@click.option("--config", type=click.Path(path_type=Path), metavar="F", help="Read settings from this file.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The note's day (default: today)."
)
@click.option("--edit", is_flag=True, help="Open the note in $EDITOR.")
def new_command(title: str, notes: Path | None, config: Path | None, day: date | None, edit: bool) -> None:
    """Begin today's note, with TITLE if there is one, and print its path.

    A note that is already there is left as it is. The name and the text come from `[new]` in notegen.toml.

    \b
    Example:
      notegen new "Reading group" --edit
    """
    root = notes_folder(notes)
    whole = load_config(config or find_config(root))
    settings = whole.new
    stated = (day or date.today()).isoformat()[: len("2024-05-01")]
    name = _fill_template(settings.name, stated, title.replace("/", "-"))
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        raise outside_notes(name)
    text = _fill_template(_template_text(settings.template, whole.publish), stated, title or stated)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            with path.open("x", encoding="utf-8") as stream:
                stream.write(text)
    except OSError as error:
        raise cannot_create(str(path), error.strerror or str(error)) from error
    click.echo(path)
    if edit:
        try:
            click.edit(filename=str(path))
        except click.ClickException as error:
            raise cannot_edit(str(path), error.message) from error


def _template_text(path: str, publish: Publish) -> str:
    """The text that a note begins with; the built-in one says that it is not public where notes have to say so."""
    if not path:
        return _BUILT_IN.replace("{publish}", _NOT_YET if publish == "opt-in" else "")
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise cannot_read_template(path, str(error)) from error


def _fill_template(text: str, day: str, title: str) -> str:
    """`{date}` and `{title}` filled in; a name whose title is empty loses the space or dash before it."""
    filled = text.replace("{date}", day).replace("{title}", title)
    return filled if title else filled.replace(" .", ".").replace("-.", ".")
