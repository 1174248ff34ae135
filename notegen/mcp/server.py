"""The server itself: tools over the library, spoken on standard input and output. The only importer of `mcp`."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from notegen import __version__
from notegen.errors import NotegenError, word_error
from notegen.errors.command import day_invalid
from notegen.errors.packages import no_mcp
from notegen.mcp.library import FoundNote, Library, LinkingNote, NoteList, ReadNote, RelatedNote
from notegen.reports import about_notes_for_agents

P = ParamSpec("P")
T = TypeVar("T")


def serve_agents(library: Library, title: str) -> None:
    """Answers until the client goes away.

    Raises:
        NotegenError: the Python package `mcp` is not installed.
        OSError: answers cannot be written: their reader is gone, or a disk is full.
    """
    server = make_server(library, title)
    try:
        server.run("stdio")
    except BaseExceptionGroup as group:  # the library's tasks run in groups
        _, others = group.split(OSError)
        if others is None:
            raise _first_of(group) from None
        raise


def _first_of(error: BaseException) -> BaseException:
    return _first_of(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


def make_server(library: Library, title: str) -> Any:
    """The server, to be run.

    Raises:
        NotegenError: the Python package `mcp` is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise no_mcp() from error

    instructions = about_notes_for_agents(title)
    server = MCPServer("notegen", instructions=instructions, version=__version__, log_level="WARNING")
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    def tool(name: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """Offers what a function answers; what it refuses is said as a person would be told."""

        def offered(answer: Callable[P, T]) -> Callable[P, T]:
            @wraps(answer)
            def answered(*arguments: P.args, **options: P.kwargs) -> T:
                try:
                    return answer(*arguments, **options)
                except NotegenError as error:
                    raise ToolError(word_error(error)) from error

            server.tool(name=name, annotations=reads, structured_output=True)(answered)
            return answer

        return offered

    @tool("search")
    def search(query: str, limit: int = 10) -> list[FoundNote]:
        """Search the notes by words and by meaning, best first.

        The query may be a question in plain words, and may hold "exact phrases", -excluded, tag:name, path:part,
        before:2024-05, after:2023, since: and until:.
        """
        return library.search(query, limit)

    @tool("related")
    def related(note: str, limit: int = 10) -> list[RelatedNote]:
        """List the notes closest in meaning to a note, each with the reason.

        The note is named by its path, its file name or its title. `linked` says whether either links to the other.
        """
        return library.related(note, limit)

    @tool("read")
    def read(note: str, offset: int = 0, max_characters: int = 20_000) -> ReadNote:
        """Read a note as Markdown. Links to other notes are their paths, which can be read in turn.

        A long note comes in pieces: `next_offset` is where the next one begins, or null at the end.
        """
        return library.read(note, offset, max_characters)

    @tool("list")
    def list_notes(
        folder: str = "", tag: str = "", since: str = "", until: str = "", limit: int = 50, offset: int = 0
    ) -> NoteList:
        """List notes, newest first: all, or those in a folder, with a tag or one below it, or of some days.

        `since` and `until` are days such as 2024-05-01; `total` is how many notes there are.
        """
        return library.list_notes(folder, tag, _day(since), _day(until), limit, offset)

    @tool("backlinks")
    def backlinks(note: str, limit: int = 50) -> list[LinkingNote]:
        """List the notes that link to a note, newest first, each with the sentence that the link stands in."""
        return library.backlinks(note, limit)

    return server


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise day_invalid(written) from error
