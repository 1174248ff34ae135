"""Errors in how a command was called: words, folders and days."""

from collections.abc import Sequence

from notegen.errors import NotegenError
from notegen.errors.phrases import as_argument


def empty_word(name: str) -> NotegenError:
    return NotegenError(
        f"`{name}` is empty",
        hint="perhaps by a variable of the shell's that is not set; the current folder is `.`",
    )


def day_invalid(written: str) -> NotegenError:
    return NotegenError(f"`{written}` is no day", hint="write it as `2024-05-01`")


_MEANT = {"audit": "SITE", "new": "TITLE", "related": "NOTE", "search": "QUESTION"}
"""What follows the folder of the notes."""


def no_question(folder: str) -> NotegenError:
    return NotegenError(
        "there is nothing to search for",
        hint=f'put it after the folder: `notegen search {as_argument(folder)} "…"`',
    )


def folder_stands_last(command: str, folder: str, words: Sequence[str]) -> NotegenError:
    meant = f"notegen {command} {as_argument(folder)} {as_argument(' '.join(words))}"
    return NotegenError(
        f"the folder of the notes comes first, and `{' '.join(words)}` is none",
        hint=f"did you mean `{meant}`?",
    )


def words_not_quoted(command: str, folder: str, words: Sequence[str]) -> NotegenError:
    before = f"{as_argument(folder)} " if folder else ""
    return NotegenError(
        f"`{words[1]}` is one word too many",
        hint=f"did you mean `notegen {command} {before}{as_argument(' '.join(words))}`?",
    )


def no_folder_before(command: str, words: Sequence[str], alike: str = "") -> NotegenError:
    if alike:
        meant = f"notegen {command} {as_argument(alike)} {as_argument(' '.join(words[1:]))}"
        return NotegenError(f"there is no folder `{words[0]}`", hint=f"did you mean `{meant}`?")
    return NotegenError(
        f"there is no folder `{words[0]}`",
        hint=f"several words stand in quotes: `notegen {command} {as_argument(' '.join(words))}`; before them may "
        f"stand the folder of the notes: `notegen {command} NOTES {_MEANT[command]}`",
    )
