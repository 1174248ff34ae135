"""The command line: one file a command. The only place that prints; the only one that turns an error into an exit code.

0 is done, 1 is done but the notes have warnings (`check`, `build --strict`), 2 is refused with one message.
"""

import sys
from importlib import import_module

import click

from notegen import __version__

HELP_LINES = {
    "build": "Build the site from the folder NOTES (default: notes).",
    "check": "List what is imperfect in the folder NOTES, with file, line and reason.",
    "new": "Begin today's note, with TITLE if there is one, and print its path.",
    "related": "Print the notes related to NOTE, a path or a name, or to every note.",
    "search": "Search the notes for QUERY by words and by meaning, ranked as in the page.",
    "serve": "Build the site from NOTES, serve it, and rebuild and reload on every change.",
    "stats": "Print the folder NOTES in figures: counts, links, topics, how they moved, notes that stand apart.",
}
"""Every command, and the first line of its own help, so that `notegen --help` need not load any."""


class LazyGroup(click.Group):
    """Holds a name and a help line for each command, and loads the command itself when it is asked for.

    It is `NAME_command` of the module NAME beside this one.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, for which its module and all that needs is imported; `None` when there is none."""
        if cmd_name not in self.commands:
            return None
        command = getattr(import_module(f"{__name__}.{cmd_name}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command), cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands as click does, from the help lines."""
        click.Group(commands=self.commands).format_commands(ctx, formatter)


@click.group(
    cls=LazyGroup,
    commands=[click.Command(name, help=line) for name, line in HELP_LINES.items()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="notegen")
def cli() -> None:
    """Turn a folder of notes into a site you browse by date, link, word and meaning.

    \b
    Example:
      notegen build notes -o site
    """


def main() -> None:
    """What the `notegen` command runs."""
    try:
        cli(prog_name="notegen")
    except Exception as error:
        # Only now: the help waits for nothing that it does not show.
        from notegen.errors import NotegenError, word_error

        if not isinstance(error, NotegenError):
            raise
        click.echo(word_error(error), err=True)
        sys.exit(2)
