"""Errors about the folder of a site: where none may be written, what would be lost or leak, what cannot be served."""

from collections.abc import Sequence
from typing import Literal

from notegen.errors import NotegenError
from notegen.errors.phrases import as_argument, in_backticks
from notegen.model import Leak


def out_is_notes(path: str) -> NotegenError:
    return NotegenError(
        f"the site `{path}` would lie over the notes",
        hint="choose another folder with `-o`; notes are never written to",
    )


def out_not_ours(path: str, example: str) -> NotegenError:
    return NotegenError(
        f"`{path}` holds files that notegen did not make, such as `{example}`",
        hint="choose an empty folder with `-o`, or empty this one",
    )


def out_is_home(path: str) -> NotegenError:
    return _out_too_far_up(path, "your home folder, or hold it")


def out_is_root(path: str) -> NotegenError:
    return _out_too_far_up(path, "the top of the disk")


def out_is_above_here(path: str) -> NotegenError:
    return _out_too_far_up(path, "above the folder that you are in")


def _out_too_far_up(path: str, what: str) -> NotegenError:
    return NotegenError(f"the site `{path}` would be {what}", hint="choose another folder with `-o`")


def out_is_file(path: str) -> NotegenError:
    return out_refused(path, "it is a file")


def out_is_broken_link(path: str) -> NotegenError:
    return out_refused(path, "it is a link that leads nowhere")


def out_refused(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot hold the site: {reason}",
        hint="nothing was written; choose another folder with `-o`",
    )


def would_overwrite(path: str, url: str) -> NotegenError:
    return NotegenError(
        f"`{path}` was not made by notegen, and `{url}` of the new site would take its place",
        hint="rename one of the two, or move it away; the previous site is as it was",
    )


def another_build(path: str) -> NotegenError:
    return NotegenError(
        f"another build is writing here, `{path}`",
        hint="try again when it has ended; this one has changed nothing",
    )


def site_would_be_empty(notes: str, site: str, suffixes: Sequence[str]) -> NotegenError:
    return NotegenError(
        f"`{notes}` has no note that can be published, and the site `{site}` has some",
        hint=f"notes end in {in_backticks(suffixes)}, in Logseq also in `.org`; is the folder mounted and whole? "
        f"`notegen check {as_argument(notes)}` says what is kept back by settings. "
        "If it is meant, delete the site first",
    )


def word_leak(leak: Leak) -> str:
    """One leak: where the site shows it, and what should have stayed private; never the private words themselves."""
    shown = f"`{leak.file}`, line {leak.line}" if leak.line else f"`{leak.file}`"
    place = f"`{leak.note}`, line {leak.note_line}" if leak.note_line else f"`{leak.note}`"
    match leak.kind:
        case "file":
            return f"{shown} is the private file {place}"
        case "name":
            return f"{shown} has a name of {place}"
        case "word":
            return f"{shown} has a word that only private texts have, from {place}"
        case "words":
            return f"{shown} has words of {place}"


def would_leak(leaks: Sequence[Leak], what: Literal["site", "book"] = "site") -> NotegenError:
    more = f", and {len(leaks) - 1:,} more such places" if len(leaks) > 1 else ""
    return NotegenError(
        f"the new {what} would show what is private: {word_leak(leaks[0])}{more}",
        hint=f"the previous {what} is as it was; if it is meant to be read, say it in a public note; else please "
        "report that notegen let it through",
    )


def no_site_folder(path: str, *, is_there: bool) -> NotegenError:
    """For a path that is no folder, or one in which no file is."""
    what = f"there is no site in `{path}`: it has no file" if is_there else f"there is no site `{path}`"
    return NotegenError(what, hint="name its folder: `notegen audit SITE --notes NOTES`")


def cannot_write(path: str, reason: str, *, there: bool = True) -> NotegenError:
    hint = "the previous site is as it was" if there else "there was no site before, and there is none now"
    return NotegenError(f"`{path}` cannot be written: {reason}", hint=hint)


def site_unfinished(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be written: {reason}",
        hint="the site is half new; mend this, and the next build finishes it before anything else",
    )


def password_missing() -> NotegenError:
    return NotegenError(
        "some notes are to be encrypted, and there is no password",
        hint="set NOTEGEN_PASSWORD, or run this in a terminal, which asks for it",
    )


def passwords_differ() -> NotegenError:
    return NotegenError(
        "the two passwords differ",
        hint="the site is as it was; run this again, and write the password down where you will find it",
    )


def cannot_serve(address: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{address}` cannot be served on: {reason}", hint="choose another with `--host` and `--port`"
    )
