"""The command line: one file a command. The only place that prints; the only one that turns an error into an exit code.

0 is done, 1 is done but the notes have warnings (`check`, `build --strict`), 2 is refused with one message.
"""

import sys

import click

from notegen import __version__
from notegen.cli.build import build_command
from notegen.cli.check import check_command
from notegen.cli.new import new_command
from notegen.cli.related import related_command
from notegen.cli.search import search_command
from notegen.cli.serve import serve_command
from notegen.cli.stats import stats_command
from notegen.errors import NotegenError, word_error


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="notegen")
def cli() -> None:
    """Turn a folder of notes into a site you browse by date, link, word and meaning.

    \b
    Example:
      notegen build notes -o site
    """


for _command in (
    build_command,
    serve_command,
    check_command,
    search_command,
    related_command,
    stats_command,
    new_command,
):
    cli.add_command(_command)


def main() -> None:
    """What the `notegen` command runs."""
    try:
        cli(prog_name="notegen")
    except NotegenError as error:
        click.echo(word_error(error), err=True)
        sys.exit(2)
