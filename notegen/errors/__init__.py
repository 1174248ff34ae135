"""Everything that can go wrong and all the words for it: the only place of sentences about what is wrong.

Two routes meet here. A `Problem` is an imperfect note: the build goes on, and `problems.word_problem` says what a
reader of the report sees. A `NotegenError` is a world that refuses: one message, exit status 2. Whoever raises one
gives facts; the sentences are in this package only, by subject, in one voice: lower case, names in backticks, what,
where, what to do. What the terminal shows that is no error is in `reports.py`.
"""

import os
from collections.abc import Sequence
from errno import EDQUOT, ENOSPC

from notegen.model import Place


class NotegenError(Exception):
    """Something outside notegen stands in the way; caught once, in `cli/__init__.py`, and shown without a traceback."""

    def __init__(
        self,
        message: str,
        *,
        place: Place | None = None,
        line: str = "",
        hint: str = "",
        others: "Sequence[NotegenError]" = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.line = line
        """The offending line of the file, shown with a caret under `place.column`."""
        self.hint = hint
        self.others = tuple(others)
        """What is wrong besides, in the same place, so that all can be mended at once."""


def together(errors: Sequence[NotegenError]) -> NotegenError:
    """Several as one, in order of place."""
    first, *others = sorted(errors, key=lambda error: error.place or Place(""))
    return NotegenError(first.message, place=first.place, line=first.line, hint=first.hint, others=others)


def word_error(error: NotegenError) -> str:
    """The whole message, for a terminal: what, where, the line with a caret, a hint."""
    parts = [f"error: {error.message}"]
    if error.place is not None:
        parts.append(f"  --> {error.place}")
        if error.line:
            parts.append(f"   | {error.line}")
            if error.place.column:
                parts.append(f"   | {' ' * (error.place.column - 1)}^")
    if error.hint:
        parts.append(f"  hint: {error.hint}")
    return "\n".join([*parts, *map(word_error, error.others)])


def as_refusal(error: BaseException) -> NotegenError | None:
    """The error as one of the world's: a file or folder that the system refuses, memory; None for any other."""
    if isinstance(error, NotegenError | OSError) and _is_current_folder_gone():
        return NotegenError("the current folder is no longer there", hint="change to another folder")
    if isinstance(error, NotegenError):
        return error
    if isinstance(error, MemoryError) or _names(error, _NO_MEMORY):
        return NotegenError(
            "there is too little memory", hint="close other programs, or divide very large notes"
        )
    if _names(error, _NO_THREAD):
        return NotegenError(
            "the system starts no more threads or processes",
            hint="close other programs, raise the limit (`ulimit -u`, or that of the container), or say `--jobs 1`",
        )
    if isinstance(error, RuntimeError) and str(error).startswith("Symlink loop"):  # up to Python 3.12
        path = str(error).partition(" from ")[2].strip("'")
        return NotegenError(f"`{path}` cannot be used: a symbolic link in it leads to itself")
    if not isinstance(error, OSError):
        return None
    reason = error.strerror or str(error) or type(error).__name__
    is_full = error.errno in (ENOSPC, EDQUOT)
    hint = "make room on the disk that it lies on" if is_full else "check its name and its permissions"
    # Of two files it is the second that is written, and which lies on the full disk.
    path = error.filename2 if is_full and error.filename2 is not None else error.filename
    if path is None:
        return NotegenError(f"the system refuses: {reason}")
    named = os.fsdecode(path) if isinstance(path, str | bytes) else str(path)
    return NotegenError(f"`{named}` cannot be used: {reason}", hint=hint)


_NO_MEMORY = ("std::bad_alloc", "bad allocation", "Failed to allocate memory", "failed to map segment")
"""What libraries that are not Python's say where there is no memory."""
_NO_THREAD = ("can't start new thread", "Resource temporarily unavailable")


def _names(error: BaseException, words: Sequence[str]) -> bool:
    text = str(error)
    return any(one in text for one in words)


def _is_current_folder_gone() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False
