"""Everything that can go wrong and all the words for it.

Two routes meet here. A `Problem` is an imperfect note: the build goes on, and `word_problem` says what a reader of
the report sees. A `NotegenError` is a world that refuses: one message, exit status 2. Whoever raises one gives facts;
the sentences are in this file only, in one voice: lower case, names in backticks, what, where, what to do.
"""

from dataclasses import dataclass
from typing import Literal

from notegen.model import Code, Place, Problem

Level = Literal["warning", "advice"]
"""A warning makes `check` and `build --strict` exit 1; advice is only listed."""


# -- problems: imperfect notes ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind of problem is put: `text` with the facts' names in braces, and what to do about it."""

    level: Level
    text: str
    hint: str


WORDINGS: dict[Code, Wording] = {
    Code.FILE_UNREADABLE: Wording(
        "warning", "the file cannot be read: {reason}", "check its permissions; it is left out of the site"
    ),
    Code.TEXT_NOT_UTF8: Wording(
        "advice",
        "the text is not UTF-8; read as {encoding}",
        "save the file as UTF-8 to be sure of every letter",
    ),
    Code.TEXT_DECODED_LOSSILY: Wording(
        "warning",
        "{count} bytes are no text in {encoding} and show as `\N{REPLACEMENT CHARACTER}`",
        "save the file as UTF-8",
    ),
    Code.LINK_OUTSIDE: Wording(
        "warning", "the symbolic link leads out of the notes folder, to `{target}`", "it is not followed"
    ),
    Code.LINK_LOOP: Wording(
        "warning", "the symbolic link leads back to a folder that holds it", "it is not followed"
    ),
    Code.FRONT_MATTER_INVALID: Wording(
        "warning",
        "the front matter is not valid YAML: {reason}",
        "mend it; until then none of its settings count, except that a note that seems private stays private",
    ),
    Code.FLAG_UNCLEAR: Wording(
        "warning",
        "`{key}: {value}` is neither true nor false; taken as {taken}",
        "write `true` or `false`, without quotes",
    ),
    Code.DATE_INVALID: Wording("warning", "`{text}` is not a date", "write dates as 2024-09-25"),
    Code.DATE_AMBIGUOUS: Wording(
        "warning",
        "`{text}` can be read as {one} or as {other}; taken as {one}",
        'set `date_order = "dmy"` or `"mdy"` in notegen.toml, or write dates as 2024-09-25',
    ),
    Code.DATE_FROM_FILE_TIME: Wording(
        "warning",
        "no date in the note, its name or git; the file's time {day} is used",
        "add `date: {day}` to its front matter",
    ),
    Code.LINK_MISSING: Wording(
        "warning", "no note or file is called `{target}`", "did you mean {candidates}?"
    ),
    Code.LINK_WITHHELD: Wording(
        "warning",
        "`{target}` is not published",
        "the link shows as plain text; publish the note or drop the link",
    ),
    Code.LINK_AMBIGUOUS: Wording(
        "warning",
        "`{target}` can mean {candidates}; taken as `{chosen}`",
        "write more of the path",
    ),
    Code.LINK_BY_ALIAS: Wording(
        "advice", "`{target}` is an alias of `{chosen}`", "Obsidian itself writes `[[{chosen}|{target}]]`"
    ),
    Code.LINK_BY_SUFFIX: Wording(
        "advice", "`{target}` was found as `{chosen}`", "Obsidian itself wants the path from the vault's root"
    ),
    Code.HEADING_MISSING: Wording(
        "warning", "`{target}` has no heading `{heading}`", "the link leads to the top of the note"
    ),
    Code.ASSET_MISSING: Wording("warning", "no file is called `{target}`", "did you mean {candidates}?"),
    Code.URL_TAKEN: Wording(
        "warning",
        "its page would be `{url}`, which is {other}'s; it is `{taken}` instead",
        "rename one of the two to keep addresses plain",
    ),
    Code.CACHE_UNUSABLE: Wording(
        "advice", "the cache cannot be used: {reason}", "the build goes on without it, more slowly"
    ),
    Code.FORMULA_INVALID: Wording(
        "warning", "the formula `{source}` cannot be read: {reason}", "its source is shown instead"
    ),
}


def word_problem(problem: Problem) -> str:
    """One line without its place: what is wrong."""
    return WORDINGS[problem.code].text.format_map(dict(problem.facts))


def word_hint(problem: Problem) -> str:
    """One line: what to do about it; empty when the facts have nothing to offer."""
    facts = dict(problem.facts)
    hint = WORDINGS[problem.code].hint
    if "{candidates}" in hint and not facts.get("candidates"):
        return ""
    return hint.format_map(facts)


def level_of(problem: Problem) -> Level:
    """Whether it fails `check`."""
    return WORDINGS[problem.code].level


# -- errors: the world refuses ---------------------------------------------------------------------


class NotegenError(Exception):
    """Something outside notegen stands in the way; caught once, in `cli.py`, and shown without a traceback."""

    def __init__(self, message: str, *, place: Place | None = None, line: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.line = line
        """The offending line of the file, shown with a caret under `place.column`."""
        self.hint = hint


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
    return "\n".join(parts)


def no_notes_folder(path: str) -> NotegenError:
    return NotegenError(
        f"there is no folder `{path}`", hint="name the folder of your notes: `notegen build NOTES`"
    )


def not_a_folder(path: str) -> NotegenError:
    return NotegenError(f"`{path}` is a file, not a folder", hint="name the folder that holds your notes")


def folder_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="check its permissions")


def no_config_file(path: str) -> NotegenError:
    return NotegenError(f"there is no file `{path}`", hint="`--config` names a notegen.toml")


def cannot_read_config(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="it must be a UTF-8 text file")


def config_not_toml(path: str, reason: str, line: int, column: int, text: str) -> NotegenError:
    return NotegenError(f"not valid TOML: {reason}", place=Place(path, line, column), line=text)


def config_unknown_key(path: str, key: str, nearest: str, line: int, text: str) -> NotegenError:
    hint = (
        f"did you mean `{nearest}`?"
        if nearest
        else "`notegen build --help` names the page that lists all settings"
    )
    return NotegenError(f"there is no setting `{key}`", place=Place(path, line, 1), line=text, hint=hint)


def config_wrong_value(path: str, key: str, value: str, wanted: str, line: int, text: str) -> NotegenError:
    return NotegenError(f"`{key}` is {value}, but must be {wanted}", place=Place(path, line, 1), line=text)


def out_is_notes(path: str) -> NotegenError:
    return NotegenError(
        f"the site `{path}` would lie over the notes",
        hint="choose another folder with `-o`; notes are never written to",
    )


def out_not_ours(path: str, example: str) -> NotegenError:
    return NotegenError(
        f"`{path}` holds files that notegen did not make, such as `{example}`",
        hint="choose an empty folder with `-o`, or empty this one; notegen replaces the folder whole",
    )


def cannot_write(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be written: {reason}", hint="the previous site is as it was")


def template_failed(path: str, reason: str, line: int, text: str) -> NotegenError:
    return NotegenError(
        f"the template fails: {reason}",
        place=Place(path, line),
        line=text,
        hint="the previous site is as it was",
    )


def cannot_serve(address: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{address}` cannot be served on: {reason}", hint="choose another with `--host` and `--port`"
    )


def cannot_watch(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"changes under `{path}` cannot be watched: {reason}",
        hint="run `notegen build` after each change, or raise the system's limit on watched files",
    )


def no_such_note(name: str) -> NotegenError:
    return NotegenError(
        f"no note is called `{name}`", hint="give its path in the notes folder, or its file name"
    )


def related_without_meaning() -> NotegenError:
    return NotegenError(
        "related notes need the model, and meaning is switched off",
        hint="leave out `--no-semantic`, or set `semantic = true` under `[search]` in notegen.toml",
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
