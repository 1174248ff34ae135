"""What Logseq calls a page: the name of its file, decoded, unless the page states its title; a journal by its day."""

import re
from datetime import date
from pathlib import PurePosixPath

from notegen.read.logseq.day_format import read_day, write_day
from notegen.read.logseq.graph import LogseqGraph
from notegen.regex import regex

_ENCODED = regex(r"(?:%[0-9A-Fa-f]{2})+")
# A page is a journal if its title is a day in one of these, whatever the graph's own format.
_ANY_GRAPH = ("MMM do, yyyy", "yyyy-MM-dd", "yyyy_MM_dd")


def title_and_day(graph: LogseqGraph, note: str, stated: str) -> tuple[str, date | None]:
    """A page's title, and its day if it is a journal.

    Args:
        graph: the graph that the note is in.
        note: its path in the notes folder.
        stated: what the page's own `title` says, or nothing.
    """
    path = PurePosixPath(graph.path_in_graph(note))
    if path.parts[:-1] == ("pages",) and path.stem.lower() == "contents":
        return "Contents", None
    if path.is_relative_to(graph.journals):
        for format in (graph.journal_name, "yyyy_MM_dd"):
            if day := read_day(path.stem, format):
                return write_day(day, graph.journal_title), day
    title = stated or decode_name(path.stem, legacy=graph.legacy_names)
    days = (read_day(title, format) for format in (graph.journal_title, *_ANY_GRAPH))
    return title, next((day for day in days if day), None)


def decode_name(stem: str, *, legacy: bool) -> str:
    """The page name that a file's name, without extension, stands for.

    Today `___` is `/` and each `%XX` a byte, read once; before 0.8.9 every `.` was `/`. Empty parts are dropped, what
    is no valid encoding stays.
    """
    slashed = stem.replace("." if legacy else "___", "/")
    decoded = _ENCODED.sub(_decode_run, slashed)
    return "/".join(part for part in decoded.split("/") if part) or stem


def _decode_run(run: re.Match[str]) -> str:
    try:
        return bytes.fromhex(run[0].replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return run[0]
