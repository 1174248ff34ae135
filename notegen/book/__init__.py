"""The garden, a folder of it, or what a tag holds, as one file: an EPUB for e-readers, or one page of HTML.

    garden --> contents --> chapters --> files in a folder of our own --> audit --> one file
               select       set as XHTML                                           whole or not at all

A chapter is made of what the note's page shows, so that a book says what the site says and nothing else.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

from notegen.book.chapters import Chapters
from notegen.book.contents import Order, all_places, contents_of, places_of, select_notes
from notegen.book.epub import CONTENT, Epub
from notegen.book.frame import frame_of
from notegen.book.one_page import OnePage
from notegen.book.pictures import Pictures
from notegen.context import BuildContext
from notegen.cycles import no_search_for_cycles
from notegen.errors.book import (
    book_ending_unknown,
    book_in_notes,
    book_is_folder,
    book_not_ours,
    cannot_write_book,
)
from notegen.errors.site import would_leak
from notegen.inspection import audit
from notegen.load import load_garden, require_notes
from notegen.model import Insights
from notegen.render import open_site
from notegen.render.title import with_title
from notegen.temporary import temporary_file, temporary_folder
from notegen.theme import load_theme
from notegen.theme_folder import find_theme

_KINDS: Mapping[str, type[Epub] | type[OnePage]] = {".epub": Epub, ".html": OnePage, ".htm": OnePage}
_MARK = b'<meta name="generator" content="notegen"'
_MARK_BYTES = 4096


class BookReport(Struct, frozen=True):
    """What a book came to."""

    notes: int
    """Notes in the book."""
    of: int
    """Notes in the garden."""
    pictures: int
    size: int
    """Bytes."""
    withheld: int
    encrypted: int
    """Notes that the site has encrypted, and the book does not have."""


@no_search_for_cycles()
def make_book(
    context: BuildContext, out: Path, *, folder: str = "", tag: str = "", order: Order = "folder"
) -> BookReport:
    """Makes the book at `out`, whole or not at all.

    Args:
        folder: from the notes folder, or as a path on this disk; only its notes; empty for all.
        tag: only notes with it; empty for any.

    Raises:
        NotegenError: there is nothing to put into it, it would show what is private, or the disk refuses; what was at
            `out` is as it was.
    """
    kind = _KINDS.get(out.suffix.lower())
    if kind is None:
        raise book_ending_unknown(str(out))
    _check_place(out, context.notes)
    skip = (Path(context.config.out),)
    reading, garden = load_garden(context, skip=skip)
    require_notes(reading, context, skip[0])
    config = with_title(context.config, context.notes, garden)
    selection = select_notes(garden, _in_notes(folder, context.notes), tag)
    with temporary_folder() as staging:
        with context.clock.time("render"):
            theme = load_theme(find_theme(context.notes, config.theme), language=config.language)
            site = open_site(garden, Insights(), theme, config)
            entries = contents_of(site, selection, order)
            places = places_of(entries)
            every = [*all_places(places)]
            book, frame = kind(staging), frame_of(site, selection, is_epub=kind.is_epub)
            pictures = Pictures(
                book.content, reading.assets, config.attachment_metadata, is_epub=kind.is_epub
            )
            of_notes = {place.entry.note: place for place in every if place.entry.note}
            chapters = Chapters(site, of_notes, pictures, book.file_of)
            for done, place in enumerate(every, 1):
                book.add(frame, chapters.make(place, is_epub=kind.is_epub))
                context.progress("render", done, len(every))
            book.finish(frame, places, pictures.all())
        if leaks := audit(staging, context, reading, garden, skip=skip).leaks:
            raise would_leak(leaks, "book")
        with context.clock.time("write"):
            try:
                out.resolve().parent.mkdir(parents=True, exist_ok=True)
                with temporary_file(beside=out.resolve()) as new:
                    with new.open("xb") as stream:
                        book.pack(stream)
                    size = new.stat().st_size
                    os.replace(new, out.resolve())
            except OSError as error:
                raise cannot_write_book(str(out), error.strerror or str(error)) from error
    return BookReport(
        notes=len(of_notes),
        of=len(garden.notes),
        pictures=len(pictures.all()),
        size=size,
        withheld=len(reading.withheld) - len(reading.encrypted) - reading.templates,
        encrypted=len(reading.encrypted),
    )


def _in_notes(folder: str, notes: Path) -> str:
    """A folder of the notes by its path in them, also where it is named by one on this disk, as shells complete it."""
    here, root = Path(folder).resolve(), notes.resolve()
    return here.relative_to(root).as_posix() if folder and here.is_dir() and root in here.parents else folder


def _check_place(out: Path, notes: Path) -> None:
    """Refuses a place where a book would cost somebody something, before any work is done."""
    try:
        real = out.resolve()
        if real.is_dir():
            raise book_is_folder(str(out))
        if real.is_relative_to(notes.resolve()):
            raise book_in_notes(str(out))
        if real.exists() and not _is_ours(real):
            raise book_not_ours(str(out))
    except (OSError, RuntimeError) as error:
        raise cannot_write_book(str(out), getattr(error, "strerror", None) or str(error)) from error


def _is_ours(file: Path) -> bool:
    """Whether a book that is there was made by notegen."""
    if file.suffix.lower() != ".epub":
        with file.open("rb") as stream:
            return _MARK in stream.read(_MARK_BYTES)
    try:
        with ZipFile(file) as archive, archive.open(f"{CONTENT}/package.opf") as stream:
            return _MARK in stream.read(_MARK_BYTES)
    except (BadZipFile, KeyError):
        return False
