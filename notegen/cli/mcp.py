"""`notegen mcp`: the notes for agents, by the Model Context Protocol."""

from pathlib import Path

import click

from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, common_options, notes_folder, read_settings
from notegen.cli.setup import opened
from notegen.errors.notes import no_notes_folder
from notegen.mcp import Library, serve_agents
from notegen.text.readable_name import readable_name


@click.command("mcp")
@click.argument("notes", required=False, type=NAMED_PATH)
@common_options
def mcp_command(notes: Path | None, common: Options) -> None:
    """Let agents search and read the folder NOTES, over standard input and output.

    It speaks the Model Context Protocol (https://modelcontextprotocol.io), with the tools search, related, read,
    list and backlinks. Agents see what a build would publish and nothing else. It is started by a program such as an
    editor, not by hand.

    \b
    Example:
      notegen mcp ~/vault
    """
    options = common.of(notes, for_machines=True)
    settings = read_settings(options)
    folder = notes_folder(options.notes)
    if not folder.is_dir():
        raise no_notes_folder(str(folder))
    library = Library(folder, lambda: read_settings(options), lambda config: opened(options, config))
    serve_agents(library, settings.title or readable_name(folder.resolve().name))
