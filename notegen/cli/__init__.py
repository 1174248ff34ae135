"""The command line: one file a command. The only place that prints; the only one that turns an error into an exit code.

0 is done, 1 is done but the notes have warnings (`check`, `build --strict`), 2 is refused with one message, 130 is
stopped by Ctrl-C, 141 is that whoever read the output went away.
"""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from notegen import __version__

HELP_LINES = {
    "build": "Build the site from the folder NOTES (default: notes).",
    "serve": "Build the site from NOTES, serve it, and rebuild and reload on every change.",
    "publish": "Build the site of NOTES, show what will change where it is published, ask, and send that.",
    "book": "Make a book of NOTES, or of a folder or tag of them: an EPUB, or one HTML file.",
    "new": "Begin today's note in NOTES, with TITLE if there is one, and print its path.",
    "check": "List what is imperfect in the folder NOTES, with file, line and reason.",
    "search": "Search the notes in NOTES for QUERY by words and by meaning, ranked as in the page.",
    "related": "Print the notes in NOTES related to NOTE, a path or a name, or to every note.",
    "stats": "Print the folder NOTES in figures: counts, links, topics, how they moved, notes that stand apart.",
    "init": "Look at the folder NOTES, ask up to five questions, and write a notegen.toml for it.",
    "audit": "Search the site SITE for what is private in NOTES, and report what was searched and found.",
    "addresses": "Keep the addresses of the published notes in NOTES, so that one that moves is found at its old one.",
    "cache": "Say where the cache for NOTES lies and how large it is, or clear it.",
    "embed": "Turn the passages of NOTES into vectors and keep them, for builds that follow; no site is built.",
    "model": "List the models that settings can name.",
    "mcp": "Let agents search and read the folder NOTES, over standard input and output.",
}
"""Every command, those of every day first, and the first line of its own help, so that `notegen --help` need not load
any."""


AS_PROGRAM = "program"
"""Says that the process is this command's own, its streams and its Ctrl-C too; tests run commands in theirs."""
BROKEN_PIPE_STATUS = 141
"""128 and the number of the signal that ends other programs then."""


class LazyGroup(click.Group):
    """Holds a name and a help line for each command, and loads the command itself when it is asked for.

    It is `NAME_command` of the module NAME beside this one.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the help lines."""
        return list(self.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, for which its module and all that needs is imported; `None` when there is none."""
        if cmd_name not in self.commands:
            return None
        command = getattr(import_module(f"{__name__}.{cmd_name}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command), cmd_name
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of its output that goes away, as `head` does, ends it without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None  # before click prints an empty line for it
        except BrokenPipeError:
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(BROKEN_PIPE_STATUS) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands from the help lines: whole, where click cuts them, and in their order."""
        with formatter.section("Commands"):
            formatter.write_dl(list(HELP_LINES.items()))


@click.group(
    cls=LazyGroup,
    commands=[click.Command(name, help=line) for name, line in HELP_LINES.items()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="notegen")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Turn a folder of notes into a site you browse by date, link, word and meaning.

    \b
    Example:
      notegen build notes -o site
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False
    # Only now: the help waits for nothing that it does not show.
    if ctx.obj == AS_PROGRAM:
        from notegen.cli.interrupt import INTERRUPTS
        from notegen.cli.terminal import set_up_streams

        set_up_streams()
        INTERRUPTS.heed()


def main() -> None:
    """What the `notegen` command runs."""
    try:
        status = cli.main(prog_name="notegen", standalone_mode=False, obj=AS_PROGRAM)
    except SystemExit:
        raise
    except BaseException as error:
        _end(error)
    # What is held goes with the process; to search it for cycles on the way out took .5 s at 749 notes.
    gc.freeze()
    sys.exit(status if isinstance(status, int) else 0)


def _end(error: BaseException) -> NoReturn:
    """Say in one message why a command ended, with its status; a fault of notegen's own goes on as it is."""
    from notegen.cli.interrupt import STOPPED_STATUS
    from notegen.cli.terminal import set_up_streams
    from notegen.errors import as_refusal, word_error
    from notegen.reports import stopped

    set_up_streams()
    refusal = as_refusal(error)
    with suppress(OSError):  # where nothing can be said, as on a full disk, the status still tells
        if isinstance(error, click.ClickException):
            error.show()
        elif isinstance(error, KeyboardInterrupt | click.Abort):
            click.echo(stopped(), err=True)
        elif refusal is not None:
            click.echo(word_error(refusal), err=True)
    if isinstance(error, click.ClickException):
        sys.exit(error.exit_code)
    if isinstance(error, KeyboardInterrupt | click.Abort):
        sys.exit(STOPPED_STATUS)
    if refusal is None:
        raise error
    sys.exit(2)
