"""Reads one note's file: its letters, its front matter, and whether it is kept back."""

import hashlib
from collections.abc import Callable
from os import fstat
from pathlib import Path

from msgspec.structs import replace

from notegen.dates import day_of_file
from notegen.model import CanvasWords, Code, Place, Problem, Source
from notegen.paths import CANVAS_SUFFIX
from notegen.read.canvas import read_canvas
from notegen.read.ciphertext import is_ciphertext
from notegen.read.decode import decode, mapping_without_surrogates, without_surrogates
from notegen.read.front_matter import FrontMatter, split_front_matter
from notegen.read.hidden_values import without_hidden
from notegen.read.joplin import read_item
from notegen.read.keeper import Keeper
from notegen.read.merge_marks import merge_problems, without_merge_marks
from notegen.read.mojibake import Garbled, find_garbled
from notegen.read.sync_leftovers import is_pointer
from notegen.read.visibility import Visibility

MAX_NOTE_BYTES = 4_000_000
"""How many bytes of a file count as its note: more than War and Peace has."""


class NotHereError(Exception):
    """A note's file only says where the note lies."""


def read_note(
    root: Path, note: str, words: Callable[[], CanvasWords], keeper: Keeper, *, repair: bool
) -> tuple[Source | None, Visibility, FrontMatter]:
    """The note, or None for one that is kept back; what was made of what it says of that; its head and body."""
    path = root / note
    content, cut = _read_bytes(path, note)
    if is_pointer(content):
        raise NotHereError
    text, problems = decode(content, note)
    problems = (*problems, *cut)
    if garbled := find_garbled(text):
        if repair:
            text = garbled.text
        else:
            problems = (*problems, _garbled_problem(note, garbled))
    is_canvas = note.lower().endswith(CANVAS_SUFFIX)
    front = read_canvas(text, words()) if is_canvas else split_front_matter(text, note)
    if item := None if is_canvas else read_item(text):
        front = item.as_note()
        if item.is_kept_back:
            return None, Visibility(True), front
    if is_ciphertext(front.body):
        return None, Visibility(True), front
    judged = keeper.judge(without_merge_marks(front, keep_lines=False), note)
    merges = merge_problems(front, note)
    if judged.withheld:
        in_doubt = (*judged.problems, *merges) if judged.problems else ()
        return None, replace(judged, problems=in_doubt), front
    problems = (*problems, *merges)
    front = without_merge_marks(front)
    properties, has_halves = mapping_without_surrogates(without_hidden(front.properties), text)
    if has_halves:
        problems = (*problems, Problem(Code.TEXT_LONE_SURROGATE, Place(note)))
    source = Source(
        id=note,
        text=front.body,
        first_line=front.first_line,
        properties=properties,
        property_lines=front.lines(),
        head=front.head,
        title=Path(note).stem if is_canvas else "",
        digest=hashlib.blake2b(content, digest_size=16).hexdigest(),
        modified=day_of_file(path.stat().st_mtime),
        problems=tuple(dict.fromkeys((*problems, *judged.problems))),
    )
    return source, judged, front


def without_lone_surrogates(source: Source) -> Source:
    """The note without halves of letters, which escapes such as JSON's make and no file can hold."""
    text, title = without_surrogates(source.text), without_surrogates(source.title)
    names = tuple(map(without_surrogates, source.names))
    if (text, title, names) == (source.text, source.title, source.names):
        return source
    problems = dict.fromkeys((*source.problems, Problem(Code.TEXT_LONE_SURROGATE, Place(source.id))))
    return replace(source, text=text, title=title, names=names, problems=tuple(problems))


def _read_bytes(path: Path, note: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The file, or as much of it as a page may show, and what was left out."""
    with path.open("rb") as file:
        content = file.read(MAX_NOTE_BYTES)
        size = fstat(file.fileno()).st_size if file.read(1) else len(content)
    if size <= MAX_NOTE_BYTES:
        return content, ()
    whole = content[: content.rfind(b"\n") + 1 or MAX_NOTE_BYTES]
    facts = (("size", f"{size / 1e6:,.0f}"), ("most", f"{MAX_NOTE_BYTES // 1_000_000}"))
    return whole, (Problem(Code.NOTE_TOO_LONG, Place(note), facts),)


def _garbled_problem(note: str, garbled: Garbled) -> Problem:
    facts = (("found", garbled.found), ("meant", garbled.meant), ("count", str(garbled.lines)))
    return Problem(Code.TEXT_GARBLED, Place(note, garbled.line, garbled.column), facts)
