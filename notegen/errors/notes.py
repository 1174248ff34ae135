"""Errors about the notes folder: there is none, nothing in it is a note, or a note that is named is not there."""

from collections.abc import Sequence

from notegen.errors import NotegenError
from notegen.errors.phrases import as_argument, count_endings, did_you_mean, in_backticks, one_of


def no_notes_folder(path: str, alike: str = "") -> NotegenError:
    hint = did_you_mean(alike) or "name the folder of your notes: `notegen build NOTES`"
    return NotegenError(f"there is no folder `{path}`", hint=hint)


def notes_went_away(path: str) -> NotegenError:
    return NotegenError(
        f"the folder `{path}` was moved or replaced while its notes were read",
        hint="run the command again once it stays",
    )


MARKDOWN_TEXTS = (
    ".txt",
    ".text",
    ".mdown",
    ".mkd",
    ".mkdn",
    ".mdwn",
    ".mdtxt",
    ".mdtext",
    ".rmd",
    ".qmd",
)
"""What files end in that are often Markdown, or plain text, which is that too."""
_CONVERTIBLE = (
    ".docx",
    ".odt",
    ".rtf",
    ".html",
    ".htm",
    ".rst",
    ".tex",
    ".epub",
    ".opml",
    ".textile",
    ".ipynb",
)
"""What pandoc reads."""


def no_notes(
    notes: str, endings: Sequence[tuple[str, int]], *, left_out: int, is_empty: bool, is_site: bool, site: str
) -> NotegenError:
    """A folder in which nothing is a note; `site` is one that is there and has some, or empty."""
    where = "the current folder" if notes in ("", ".") else f"`{notes}`"
    if is_site:
        message = f"{where} has no note that can be published: it is a site that notegen made"
    elif endings:
        message = f"{where} has no note that can be published, but {count_endings(endings)}"
    else:
        reason = "it is empty" if is_empty else "all in it is hidden or left out"
        message = f"{where} has no note that can be published: {reason}"
    hint = _how_to_have_notes(as_argument(notes or "."), endings, left_out=left_out, is_site=is_site)
    return NotegenError(message, hint=hint + (f"; the site `{site}` is as it was" if site else ""))


def _how_to_have_notes(
    folder: str, endings: Sequence[tuple[str, int]], *, left_out: int, is_site: bool
) -> str:
    found = [ending for ending, _ in endings]
    if is_site:
        return "name the folder of its notes; they end in `.md`"
    if left_out:
        noted = in_backticks(one for one in found if one in (".md", ".markdown", ".mdx", ".canvas"))
        return f"what ends in {noted} is left out; see `ignore` in notegen.toml, and what `notegen check {folder}` says"
    if text := next((ending for ending in found if ending in MARKDOWN_TEXTS), ""):
        return (
            f"notes end in `.md`; `notegen build {folder} --extension {text}` reads `{text}` files as such too, and "
            f"`notegen init {folder}` keeps that in a notegen.toml"
        )
    if ".org" in found:
        return (
            f"notes end in `.md`; `notegen init {folder}` writes a notegen.toml that has `.org` files read too, as "
            "Logseq writes them; then build again"
        )
    if other := next((ending for ending in found if ending in _CONVERTIBLE), ""):
        return f"notes are Markdown and end in `.md`; pandoc, for one, makes them of `{other}`"
    begin = f'`notegen new "My first note" --notes {folder}` begins one'
    if found:
        return f"notes are Markdown and end in `.md`; name their folder, `notegen build NOTES`, or begin: {begin}"
    return f"notes end in `.md`; is it the right folder, mounted and whole? {begin}"


def not_a_folder(path: str) -> NotegenError:
    return NotegenError(f"`{path}` is a file, not a folder", hint="name the folder that holds your notes")


def folder_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="check its permissions")


def cannot_edit(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be opened in an editor: {reason}",
        hint="the note is there; `EDITOR` names the program",
    )


def no_such_note(name: str, alike: Sequence[str] = ()) -> NotegenError:
    hint = (
        f"did you mean {one_of(alike)}?" if alike else "give its path in the notes folder, or its file name"
    )
    return NotegenError(f"no note is called `{name}`", hint=hint)


def no_note_ending(name: str, endings: Sequence[str]) -> NotegenError:
    return NotegenError(
        f"`{name}` would be no note",
        hint=f"`new.name` in notegen.toml should end in {one_of(endings)}; `extensions` names further endings",
    )


def outside_notes(name: str) -> NotegenError:
    return NotegenError(
        f"`{name}` would lie outside the notes folder", hint="`new.name` in notegen.toml is relative to it"
    )


def cannot_create(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be made: {reason}", hint="nothing was written")


def cannot_read_template(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the template `{path}` cannot be read: {reason}", hint="`new.template` in notegen.toml names it"
    )
