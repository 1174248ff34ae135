"""Errors of `notegen book`."""

from collections.abc import Sequence

from notegen.errors import NotegenError
from notegen.errors.phrases import one_of


def book_ending_unknown(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` does not say what kind of book it is to be",
        hint="let its name end in `.epub`, for e-readers, or in `.html`, for browsers and for printing",
    )


def book_in_notes(path: str) -> NotegenError:
    return NotegenError(
        f"the book `{path}` would lie among the notes",
        hint="choose another folder with `-o`; notes are never written to",
    )


def book_is_folder(path: str) -> NotegenError:
    return NotegenError(f"`{path}` is a folder", hint="name a file in it with `-o`")


def book_not_ours(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` was not made by notegen", hint="choose another name with `-o`, or move that file away"
    )


def cannot_write_book(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be written: {reason}",
        hint="what was there is as it was; choose another place with `-o`",
    )


def no_such_folder(name: str, alike: Sequence[str]) -> NotegenError:
    hint = f"did you mean {one_of(alike)}?" if alike else "give its path in the notes folder"
    return NotegenError(f"no folder `{name}` has notes that are published", hint=hint)


def no_such_tag(name: str, alike: Sequence[str]) -> NotegenError:
    hint = f"did you mean {one_of(alike)}?" if alike else "`notegen stats` counts the tags that there are"
    return NotegenError(f"no published note has the tag `{name}`", hint=hint)


def nothing_in_book(folder: str, tag: str) -> NotegenError:
    where = f"in the folder `{folder}` " if folder else ""
    return NotegenError(
        f"no published note {where}has the tag `{tag}`" if tag else "no note is published",
        hint="leave one of `--under` and `--tag` out"
        if folder and tag
        else "`notegen check` says what is kept back",
    )
