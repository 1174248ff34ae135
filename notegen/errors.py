"""Everything that can go wrong and all the words for it.

Two routes meet here. A `Problem` is an imperfect note: the build goes on, and `word_problem` says what a reader of
the report sees. A `NotegenError` is a world that refuses: one message, exit status 2. Whoever raises one gives facts;
the sentences are in this file only, in one voice: lower case, names in backticks, what, where, what to do.
What the terminal shows that is no error is in `reports.py`.
"""

import json
import math
import os
import re
from collections.abc import Iterable, Sequence
from errno import EDQUOT, ENOSPC
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from notegen.model import Code, Leak, Place, Problem

Level = Literal["warning", "advice"]
"""A warning makes `check` and `build --strict` exit 1; advice is only listed."""


# -- problems: imperfect notes ---------------------------------------------------------------------


class Wording(Struct, frozen=True):
    """How a kind of problem is put: `text` with the facts' names in braces, and what to do about it."""

    level: Level
    text: str
    hint: str
    summary: str
    """The kind as such, without facts: for the count at the end of a report, and for tools that list rules."""


WORDINGS: dict[Code, Wording] = {
    Code.FILE_UNREADABLE: Wording(
        "warning",
        "the file cannot be read: {reason}",
        "check its permissions; it is left out of the site",
        "a file cannot be read",
    ),
    Code.FILE_NAME_NOT_UTF8: Wording(
        "warning",
        "the name is not UTF-8, so that no address can be made of it",
        "rename it; it is left out of the site, and if it is a folder, all that is in it",
        "a file's name is not UTF-8",
    ),
    Code.TEXT_LONE_SURROGATE: Wording(
        "warning",
        "an escape such as `\\ud800` is half of a letter; it shows as `\N{REPLACEMENT CHARACTER}`",
        "write the letter itself",
        "an escape is half of a letter",
    ),
    Code.PIN_MISSING: Wording(
        "warning",
        "`home.pinned` names `{name}`, and no published note is called so",
        "write the note's path in the notes folder, such as `study/Tides.md`",
        "a pinned note is not there",
    ),
    Code.SITE_LINK_MISSING: Wording(
        "warning",
        "`{setting}` names `{name}`, and no published note is called so",
        "write the note's path in the notes folder, such as `[[study/Tides]]`",
        "a link in the header or footer leads to no note",
    ),
    Code.NOTES_MISSING: Wording(
        "warning",
        "the folder has no note that can be published; withheld: {withheld}",
        "notes end in {suffixes}, in Logseq also in `.org`, and with `--extension .txt` in `.txt` too; is it the right "
        "folder, and is all of it there?",
        "there is no note to publish",
    ),
    Code.ADDRESS_OF_PRIVATE: Wording(
        "warning",
        "the address of `{note}` is kept here, and the note is not public any more",
        "`notegen addresses` takes it out; no site shows it",
        "the address of a private note is kept",
    ),
    Code.FORMER_ADDRESS_TAKEN: Wording(
        "warning",
        "`{address}` cannot lead here: {reason}",
        "take it out, or write another address",
        "a former address cannot lead to its note",
    ),
    Code.TEXT_NOT_UTF8: Wording(
        "advice",
        "the text is not UTF-8; read as {encoding}",
        "save the file as UTF-8 to be sure of every letter",
        "a text is not UTF-8",
    ),
    Code.TEXT_GARBLED: Wording(
        "warning",
        "`{found}` is probably `{meant}`: the text was once read in a wrong encoding; lines affected: {count}",
        "set `repair_text = true` in notegen.toml to show the text as it was meant, or mend the file",
        "a text was saved in a wrong encoding",
    ),
    Code.TEXT_DECODED_LOSSILY: Wording(
        "warning",
        "{count} bytes are no text in {encoding} and show as `\N{REPLACEMENT CHARACTER}`",
        "save the file as UTF-8",
        "some bytes are no text",
    ),
    Code.LINK_OUTSIDE: Wording(
        "warning",
        "the symbolic link leads out of the notes folder, to `{target}`",
        "it is not followed",
        "a symbolic link leads out of the notes folder",
    ),
    Code.LINK_LOOP: Wording(
        "warning",
        "the symbolic link leads back to a folder that holds it",
        "it is not followed",
        "a symbolic link leads back to a folder that holds it",
    ),
    Code.FRONT_MATTER_INVALID: Wording(
        "warning",
        "the front matter is not valid YAML: {reason}",
        "mend it; until then none of its settings count, but a note that seems private is withheld",
        "front matter is not valid",
    ),
    Code.FRONT_MATTER_OPEN: Wording(
        "warning",
        "what looks like front matter is never closed, and is shown as text",
        "write `{fence}` on a line of its own below its last key",
        "front matter is never closed",
    ),
    Code.FLAG_UNCLEAR: Wording(
        "warning",
        "`{key}: {value}` does not say plainly who may see the note; taken as {taken}",
        "say it by `private` or `publish`, with `true` or `false` without quotes",
        "a flag does not say plainly who may see the note",
    ),
    Code.SCHEDULE_UNCLEAR: Wording(
        "warning",
        "`{key}: {value}` does not say plainly when the note is shown; it is withheld",
        "write the day as `2027-01-31`, or day and time as `2027-01-31T09:00:00+01:00`",
        "a day of publishing cannot be read",
    ),
    Code.NOTE_SCHEDULED: Wording(
        "advice",
        "not shown {when}: `{key}: {value}`",
        "take the day away to have it shown now, or set `future` in notegen.toml",
        "a note is not shown since its day has not come, or is over",
    ),
    Code.FOLDER_UNCLEAR: Wording(
        "warning",
        "whether `{key}: {value}` of this section is meant for the notes below it is unclear; they are {taken}",
        "write `cascade: {{{key}: {value}}}` if it is, or in each note below it what that note is",
        "a section's flag may be meant for its folder",
    ),
    Code.ONLY_MARKED: Wording(
        "advice",
        "the plugin `{plugin}` publishes only notes that say `{key}: true`, and so does notegen",
        "mark the notes that are to be published, or switch the plugin off in Obsidian",
        "a plugin of the vault publishes only what is marked",
    ),
    Code.BESIDE_CONTENT: Wording(
        "advice",
        "these settings' site has its pages in folders of its own; notes beside these, which are withheld: {count}",
        "write `publish: true` into those that are to be published, or build only the folder of the pages",
        "notes lie beside the folder of their site's pages",
    ),
    Code.SETTING_NAMES_NOTHING: Wording(
        "warning",
        "`{setting}` has `{folder}`, and no note or file lies there",
        "write it as it is called, from the notes folder or alone; nothing is kept back by it",
        "a folder that a setting keeps back is not there",
    ),
    Code.SETTING_TAG_UNUSED: Wording(
        "warning",
        "`{setting}` has `{tag}`, and no note has that tag",
        "write it as the notes have it, or take it out; nothing is kept back by it",
        "a tag that a setting keeps back is in no note",
    ),
    Code.FLAG_TWICE: Wording(
        "warning",
        "`{key}` is given more than once, with different values: {values}; the note is {taken}",
        "give it once",
        "a flag is given twice with different values",
    ),
    Code.COMMENT_OPEN: Wording(
        "warning",
        "`{opening}` hides what follows and is never closed; all after it is left out",
        "close it where the hidden part ends, or write it as code",
        "a comment is never closed",
    ),
    Code.CODE_OPEN: Wording(
        "warning",
        "code begins here, behind {opening}, and is never closed; all below it is code",
        "write {opening} on a line of its own where the code ends",
        "code is never closed",
    ),
    Code.DATE_INVALID: Wording(
        "warning", "`{text}` is not a date", "write dates as 2024-09-25", "a date is none"
    ),
    Code.DATE_AMBIGUOUS: Wording(
        "warning",
        "`{text}` can be read as {one} or as {other}; taken as {one}",
        'set `date_order = "dmy"` or `"mdy"` in notegen.toml, or write dates as 2024-09-25',
        "a date can be read in two ways",
    ),
    Code.DATE_FROM_FILE_TIME: Wording(
        "warning",
        "no date in the note, its name or git; it stands last, and {day} is a guess",
        "add `date: {day}` to its front matter, or the day to its name",
        "nothing says when a note is from",
    ),
    Code.GIT_SILENT: Wording(
        "warning",
        "git does not tell when notes are from: {reason}; notes that state no date stand last",
        "{remedy}",
        "git does not tell when notes are from",
    ),
    Code.LINK_MISSING: Wording(
        "warning",
        "no note or file is called `{target}`",
        "did you mean {candidates}?",
        "a link leads nowhere",
    ),
    Code.LINK_WITHHELD: Wording(
        "warning",
        "`{target}` is not published",
        "the link shows as plain text; publish the note or drop the link",
        "a link leads to a note that is not published",
    ),
    Code.LINK_AMBIGUOUS: Wording(
        "warning",
        "`{target}` can mean {candidates}; taken as `{chosen}`",
        "write more of the path",
        "a link can mean several notes",
    ),
    Code.LINK_UNDECIDED: Wording(
        "warning",
        "`{target}` can mean {candidates}, and none is nearer than the others",
        "write more of the path; until then the link shows as plain text, as in Emanote",
        "a link can mean several notes, none nearer",
    ),
    Code.LINK_BY_ALIAS: Wording(
        "advice",
        "`{target}` is an alias of `{chosen}`",
        "Obsidian itself writes `[[{chosen}|{target}]]`",
        "a link uses an alias or a title",
    ),
    Code.LINK_BY_SUFFIX: Wording(
        "advice",
        "`{target}` was found as `{chosen}`",
        "Obsidian itself wants the path from the vault's root",
        "a link uses the end of a path",
    ),
    Code.LINK_CASE: Wording(
        "advice",
        "`{target}` is written `{chosen}` in the file's name",
        "where upper and lower case count, as on GitHub, the link is broken",
        "a link and its file differ in upper and lower case",
    ),
    Code.LINK_SPACED: Wording(
        "warning",
        "what should lead to `{target}` is text, since that has a space",
        "put the address between angle brackets, `(<{target}>)`, or write `%20` for each space",
        "an address with spaces makes no link",
    ),
    Code.HEADING_MISSING: Wording(
        "warning",
        "`{target}` has no heading or block `{heading}`",
        "the link leads to the top of the note",
        "a link names a heading or block that is not there",
    ),
    Code.BLOCK_TAKEN: Wording(
        "warning",
        "the block id `^{id}` is on line {first} already",
        "links lead to the first; rename one of the two",
        "a note names two blocks alike",
    ),
    Code.FOOTNOTE_MISSING: Wording(
        "warning",
        "there is no footnote `{label}`",
        "write it in this note, on a line that begins with `[^{label}]:`",
        "a mark of a footnote that is not there",
    ),
    Code.FOOTNOTE_UNUSED: Wording(
        "advice",
        "the footnote `{label}` is not shown: nothing refers to it, or another is called so",
        "put `[^{label}]` where it belongs, or call it otherwise",
        "a footnote that is not shown",
    ),
    Code.EMBEDS_CUT: Wording(
        "warning",
        "with all that it embeds its page would be too long (over {letters} letters or {pieces} pieces); "
        "levels of embeds shown: {depth}",
        "deeper ones are links; embed fewer notes, or single sections",
        "a page is too long with all that it embeds",
    ),
    Code.TAG_TOO_DEEP: Wording(
        "warning",
        "the tag `{tag}` has {levels} levels; those after {most} are left out",
        "use fewer levels, or several tags",
        "a tag has too many levels",
    ),
    Code.NOTE_TOO_LONG: Wording(
        "warning",
        "the file has {size} MB; what comes after {most} MB is left out of the site",
        "divide it into several notes",
        "a note is too long to be shown whole",
    ),
    Code.ASSET_MISSING: Wording(
        "warning", "no file is called `{target}`", "did you mean {candidates}?", "a file to show is not there"
    ),
    Code.URL_TAKEN: Wording(
        "warning",
        "its page would be `{url}`, which is {other}'s; it is `{taken}` instead",
        "rename one of the two to keep addresses plain",
        "two pages would have one address",
    ),
    Code.NAME_RESERVED: Wording(
        "advice",
        "`{name}` is a name that Windows reserves; its address is `{taken}`",
        "rename it, so that the notes can lie on Windows too",
        "a name is one that Windows reserves",
    ),
    Code.CACHE_UNUSABLE: Wording(
        "advice",
        "the cache cannot be used: {reason}",
        "the build goes on without it, more slowly",
        "the cache cannot be used",
    ),
    Code.CACHE_DAMAGED: Wording(
        "advice",
        "the cache was damaged and is kept as `{aside}`; a new one is begun",
        "delete it; what it held is made again",
        "the cache was damaged",
    ),
    Code.FORMULA_INVALID: Wording(
        "warning",
        "the formula `{source}` cannot be read: {reason}",
        "its source is shown instead",
        "a formula cannot be read",
    ),
    Code.CANVAS_INVALID: Wording(
        "warning",
        "the canvas cannot be read: {reason}",
        "it gets no page; open and save it in Obsidian, or mend its JSON",
        "a canvas cannot be read",
    ),
    Code.TOOL_SETTINGS_INVALID: Wording(
        "warning",
        "these settings cannot be read in full: {reason}",
        "mend them; until then the tool's defaults stand for what cannot be read, but what seems private is withheld",
        "a tool's settings cannot be read",
    ),
    Code.MACRO_UNKNOWN: Wording(
        "warning",
        "no macro is called `{name}`",
        "its source is shown; define it under `:macros` in logseq/config.edn, or take it out",
        "a macro is not defined",
    ),
    Code.TITLE_TAKEN: Wording(
        "advice",
        "`{title}` is also the title of {others}",
        "a reader who searches sees them alike; give one another title",
        "two notes have one title",
    ),
    Code.NOTE_EMPTY: Wording(
        "advice", "the note has no text", "write it, or delete it", "a note has no text"
    ),
    Code.NOTE_ORPHAN: Wording(
        "advice",
        "no note links to it, and it links to none",
        "link it from a note on its subject",
        "a note has no links",
    ),
    Code.MENTION_UNLINKED: Wording(
        "advice",
        "`{words}` is the name of `{target}`, which the note does not link to",
        "write `{link}`, if that is meant",
        "a note is named without a link",
    ),
    Code.LINK_SUGGESTED: Wording(
        "advice",
        "`{target}` is close in meaning and not linked{words}",
        "here: {here} — there: {there}",
        "two notes are close in meaning and not linked",
    ),
    Code.ASSET_UNUSED: Wording(
        "advice",
        "no published note shows or links to this file",
        "it is not in the site; delete it, or add it to `ignore`",
        "a file is not used",
    ),
    Code.HOST_FILE_TOO_LARGE: Wording(
        "warning",
        "`{host}` refuses it: it has {size} MiB, and a file may have {most}",
        "make it smaller, or put it elsewhere and link to it",
        "a file is too large for the host",
    ),
    Code.HOST_TOO_MANY_FILES: Wording(
        "warning",
        "`{host}` refuses the site: it has {count} files, and may have {most}",
        "publish fewer notes or attachments, or choose another host; `--no-semantic` leaves out some 900 files",
        "the site has too many files for the host",
    ),
    Code.HOST_SITE_TOO_LARGE: Wording(
        "warning",
        "`{host}` refuses the site: it has {size} GB, and may have {most}",
        "publish fewer or smaller attachments, or choose another host",
        "the site is too large for the host",
    ),
    Code.HOST_NAME_TOO_LONG: Wording(
        "warning",
        "`{host}` refuses it: its name is too long, {length}",
        "give the file, or a folder above it, a shorter name",
        "a name is too long for the host",
    ),
    Code.HOST_NAME_REFUSED: Wording(
        "warning",
        "`{host}` refuses it: nothing there can be called `{name}`",
        "rename the file or the folder",
        "a name is one that the host refuses",
    ),
    Code.HOST_NAME_TWICE: Wording(
        "warning",
        "`{host}` takes it for `{other}`, which differs only in upper and lower case",
        "rename one of the two",
        "two names are the same to the host",
    ),
}


_IN_TOOLS: dict[tuple[Code, str], Wording] = {
    (Code.DATE_FROM_FILE_TIME, "logseq"): replace(
        WORDINGS[Code.DATE_FROM_FILE_TIME],
        hint="add `date:: {day}` to the page's properties, or the day to its name",
    ),
    (Code.DATE_FROM_FILE_TIME, "obsidian"): replace(
        WORDINGS[Code.DATE_FROM_FILE_TIME],
        hint="add `date: {day}` to its properties, or the day to its name",
    ),
    (Code.LINK_MISSING, "block"): replace(
        WORDINGS[Code.LINK_MISSING], text="no block has the id in `{target}`"
    ),
}
"""Kinds that a tool's users know by other words, by the fact `tool`; `block` is a reference such as `((id))`."""


def _wording_of(problem: Problem) -> Wording:
    facts = dict(problem.facts)
    means = "block" if facts.get("target", "").startswith("((") else facts.get("tool", "")
    return _IN_TOOLS.get((problem.code, means), WORDINGS[problem.code])


def address_is_taken(owner: str) -> str:
    """Why a former address cannot lead to its note: there is another page; `owner` is empty for one of notegen's."""
    return f"it is `{owner}`'s" if owner else "it is notegen's"


def address_is_folder() -> str:
    """Why a former address cannot lead to its note."""
    return "the site has a folder of that name"


def address_is_below(file: str) -> str:
    """Why a former address cannot lead to its note."""
    return f"`{file}` is a page or file, not a folder"


def address_is_outside() -> str:
    """Why a former address cannot lead to its note."""
    return "it leads out of the site"


def address_is_hidden() -> str:
    """Why a former address cannot lead to its note."""
    return "hosts hide names that begin with a dot"


def word_problem(problem: Problem) -> str:
    """One line without its place: what is wrong."""
    return _wording_of(problem).text.format_map(dict(problem.facts))


def word_hint(problem: Problem) -> str:
    """One line: what to do about it; empty when the facts have nothing to offer."""
    facts = dict(problem.facts)
    hint = _wording_of(problem).hint
    if "{candidates}" in hint and not facts.get("candidates"):
        return ""
    return hint.format_map(facts)


def word_help(code: Code, example: Problem | None = None) -> str:
    """One line: what to do about a kind of problem as such, in the words of the example's tool."""
    hint = _wording_of(example).hint if example else WORDINGS[code].hint
    if "{candidates}" in hint:
        return "mend the name, or make what it names"
    return re.sub(r"\{\w+\}", "…", hint)


def level_of(problem: Problem) -> Level:
    """Whether it fails `check`."""
    return WORDINGS[problem.code].level


# -- facts in words: what a problem's or an error's sentence is filled with ------------------------


def in_backticks(names: Iterable[str], *, most: int | None = None) -> str:
    """`a`, `b` and 3 more."""
    marked = [f"`{name}`" for name in names]
    shown = marked[:most]
    more = f" and {len(marked) - len(shown)} more" if len(shown) < len(marked) else ""
    return ", ".join(shown) + more


def both_say(words: Sequence[str]) -> str:
    return f"; both say {in_backticks(words)}" if words else ""


def is_no_file() -> str:
    return "it is no file"


def leads_nowhere() -> str:
    return "it leads nowhere"


def front_matter_not_closed(line: str) -> str:
    return f"it is not closed by a line `---`, or not on top, and says `{line}`"


def yaml_not_valid() -> str:
    return "it is not valid YAML"


def toml_not_valid() -> str:
    return "it is not valid TOML"


def glob_not_understood(glob: str) -> str:
    return f"`{glob}` is no pattern that is understood"


def only_a_program_knows(key: str) -> str:
    return f"`{key}` is worked out by a program, which is not run"


def settings_no_object() -> str:
    return "it is not an object in braces"


def excluded_is_no_list() -> str:
    return "`excluded` is not a list of folders"


def properties_too_large(letters: int) -> str:
    return (
        f"it is longer than {letters:,} letters, or would be, once each alias in it stood for what it names"
    )


def properties_too_deep(depth: int) -> str:
    return f"its lists and tables lie deeper than {depth} in each other"


def properties_alias_loop() -> str:
    return "an alias in it stands inside what it names"


def properties_number_too_long() -> str:
    return "a number in it is too long"


def properties_wrong_kind() -> str:
    return "a value is not of the kind that its tag says"


def no_mathml() -> str:
    return "not LaTeX that MathML can show"


def git_silence(kind: str, detail: str) -> str:
    reasons = {
        "refused": "the folder belongs to somebody else, and git does not trust it",
        "shallow": "this clone has only the last commits",
        "missing": "it is not installed",
    }
    return reasons.get(kind, detail or "it fails")


def git_remedy(kind: str, detail: str) -> str:
    remedies = {
        "refused": f"`git config --global --add safe.directory {detail}`",
        "shallow": "`git fetch --unshallow`, or `fetch-depth: 0` where a build service checks out",
        "missing": "install git where the site is built",
    }
    return remedies.get(kind, "see what `git log` says in the folder of the notes")


def json_not_valid(reason: str, line: int, column: int) -> str:
    return f"{reason} in line {line}, column {column}"


def json_too_deep() -> str:
    return "it is nested too deeply, or holds a number that is too long"


def canvas_no_object() -> str:
    return "it is not an object with `nodes` and `edges`"


def canvas_no_list(key: str) -> str:
    return f"`{key}` is not a list of objects"


def edn_text_open() -> str:
    return "the text that begins here is never closed"


def edn_bracket_open(bracket: str) -> str:
    return f"`{bracket}` is never closed"


def edn_bracket_wrong(closing: str, bracket: str) -> str:
    where = f"`{bracket}` is not closed before this" if bracket else "nothing is open for this"
    return f"{where} `{closing}`"


def edn_key_alone() -> str:
    return "the map that begins here has a key without a value"


def edn_setting_wrong(key: str, wanted: type) -> str:
    kinds: dict[type, str] = {str: "a text in quotes", tuple: "a list in brackets", dict: "a map in braces"}
    return f"`{key}` is not {kinds[wanted]}"


# -- errors: the world refuses ---------------------------------------------------------------------


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


def source_date_invalid(variable: str, value: str) -> NotegenError:
    return NotegenError(
        f"`{variable}` is `{value}`, and no whole number of seconds",
        hint="set it to the seconds since 1970 that stand for now, or not at all",
    )


def before_its_day(day: str) -> str:
    return f"before {day}"


def from_its_day_on(day: str) -> str:
    return f"from {day} on"


def no_notes_folder(path: str, alike: str = "") -> NotegenError:
    hint = _did_you_mean(alike) or "name the folder of your notes: `notegen build NOTES`"
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


def count_of(number: int, thing: str) -> str:
    """`1 file`, `1,204 files`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def count_endings(endings: Sequence[tuple[str, int]]) -> str:
    """``5 `.txt` files, 1 `.png` file and 2 others``."""
    parts = [
        count_of(count, f"`{ending}` file") if ending else f"{count_of(count, 'file')} without an ending"
        for ending, count in endings[:3]
    ]
    others = sum(count for _, count in endings[3:])
    return _listed([*parts, count_of(others, "other")] if others else parts, "and")


def _listed(parts: Sequence[str], word: str) -> str:
    """`a, b and c`, or another word before the last."""
    return f" {word} ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def as_argument(path: str) -> str:
    """A path as one types it after a command."""
    return path if re.fullmatch(r"[\w./~@:+-]+", path) and not path.startswith("-") else f'"{path}"'


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


def extension_invalid(extension: str) -> NotegenError:
    return NotegenError(
        f"`--extension {extension}` is no ending of text files in Markdown", hint="such as `--extension .txt`"
    )


def not_a_folder(path: str) -> NotegenError:
    return NotegenError(f"`{path}` is a file, not a folder", hint="name the folder that holds your notes")


def folder_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="check its permissions")


def pattern_invalid(setting: str, pattern: str) -> NotegenError:
    return NotegenError(
        f"`{setting}` has `{pattern}`, which is no pattern",
        hint="patterns are those of a .gitignore: `drafts/`, `*.tmp`, `!keep.tmp`; `\\` before a sign makes it plain",
    )


def cannot_edit(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be opened in an editor: {reason}",
        hint="the note is there; `EDITOR` names the program",
    )


def empty_word(name: str) -> NotegenError:
    return NotegenError(
        f"`{name}` is empty",
        hint="perhaps by a variable of the shell's that is not set; the current folder is `.`",
    )


def settings_named_otherwise(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` looks like the settings, which are called `notegen.toml`",
        hint="rename it, or name it with `--config`; until then nothing is built, since it may say what is private",
    )


def no_config_file(path: str) -> NotegenError:
    return NotegenError(f"there is no file `{path}`", hint="`--config` names a notegen.toml")


def cannot_read_config(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="it must be a text file, saved as UTF-8")


def why_unread(error: OSError | UnicodeDecodeError) -> str:
    """Why a file could not be read as text, in words."""
    if isinstance(error, UnicodeDecodeError):
        return f"its byte {error.start + 1:,} is no UTF-8"
    return error.strerror or str(error)


def config_not_toml(place: Place, line: str, reason: str, meant: str = "") -> NotegenError:
    return NotegenError(f"not valid TOML: {reason}", place=place, line=line, hint=_did_you_mean(meant))


def config_unknown_key(place: Place, line: str, key: str, nearest: str, known: str) -> NotegenError:
    hint = _did_you_mean(nearest) or f"the settings are {known}"
    return NotegenError(f"there is no setting `{key}`", place=place, line=line, hint=hint)


def config_unknown_problem(place: Place, line: str, name: str, nearest: str) -> NotegenError:
    hint = _did_you_mean(nearest) or "`notegen check` puts each problem's kind in brackets"
    return NotegenError(f"there is no kind of problem `{name}`", place=place, line=line, hint=hint)


def config_wrong_value(
    place: Place, line: str, key: str, value: object, wanted: str, meant: str = ""
) -> NotegenError:
    found = str(value).lower() if isinstance(value, bool) else f"`{as_toml(value)}`"
    message = f"`{key}` is {found}, but must be {wanted}"
    return NotegenError(message, place=place, line=line, hint=_did_you_mean(meant))


def _did_you_mean(meant: str) -> str:
    return f"did you mean `{meant}`?" if meant else ""


def as_toml(value: object) -> str:
    """A value as it was written, or nearly so."""
    if isinstance(value, list):
        return f"[{', '.join(json.dumps(one, ensure_ascii=False) for one in value)}]"
    return str(value)


def wanted_links() -> str:
    return 'a list of links, such as `["[[About]]", "[Source](https://me.example/notes)"]`'


def wanted_endings() -> str:
    return 'a list of endings of text files in Markdown, such as `[".md", ".txt"]`'


def wanted_table(key: str) -> str:
    return f"a table, `[{key}]`"


def wanted_address() -> str:
    return (
        "the address of a folder, such as `https://me.example/notes/`, without `?`, `#` or the name of a page"
    )


def wanted_file_address() -> str:
    return "an address with `{path}` where the file's path belongs, such as `https://code.example/me/notes/{path}`"


def base_url_invalid(address: str, meant: str = "") -> NotegenError:
    message = f"`--base-url` is `{address}`, but must be {wanted_address()}"
    return NotegenError(message, hint=_did_you_mean(meant))


def answer_invalid(answer: str, wanted: str) -> NotegenError:
    return NotegenError(f"`{answer}` is not {wanted}")


def settings_there(file: str, notes: str) -> NotegenError:
    return NotegenError(
        f"there is a `{file}` already",
        hint=f"it is as it was; change it by hand, and `notegen build {as_argument(notes)}` takes it up",
    )


def toml_too_deep() -> str:
    return "its tables lie too deep in each other, or a number in it is too long"


def wanted_known_home() -> str:
    return "a folder of somebody this system knows"


def wanted_no_nul() -> str:
    return "a text without the character NUL"


def wanted_note_name() -> str:
    return "a path in which nothing but `{date}` and `{title}` stands in braces"


def wanted_language() -> str:
    return "the tag of a language, such as `en` or `pt-BR`"


def wanted_time_zone() -> str:
    return "the name of a time zone that this machine knows, such as `Europe/Berlin` or `UTC`"


def wanted_tags() -> str:
    return "a list of tags as the notes have them, each by itself and without quotes, commas and stars"


def wanted_domain() -> str:
    return "the name of a domain, such as `notes.example.org`"


def wanted_choice(choices: Sequence[str]) -> str:
    return " or ".join(f"`{choice}`" for choice in choices)


def wanted_colour(palettes: Iterable[str]) -> str:
    return f"a colour such as `#0b5d8f`, or one of {', '.join(f'`{name}`' for name in palettes)}"


def wanted_contrast() -> str:
    return "dark enough to be read on the page, at 4.5 to 1; the night's is made from it"


def wanted_kind(kind: type, low: float | None = None, high: float | None = None) -> str:
    kinds: dict[type, str] = {
        str: "a text",
        bool: "`true` or `false`",
        int: "a whole number",
        float: "a number",
        tuple: "a list of texts",
    }
    words = kinds[kind]
    return words if low is None else f"{words} from {low} to {high}"


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
    hint = f"did you mean {_one_of(alike)}?" if alike else "give its path in the notes folder"
    return NotegenError(f"no folder `{name}` has notes that are published", hint=hint)


def no_such_tag(name: str, alike: Sequence[str]) -> NotegenError:
    hint = f"did you mean {_one_of(alike)}?" if alike else "`notegen stats` counts the tags that there are"
    return NotegenError(f"no published note has the tag `{name}`", hint=hint)


def nothing_in_book(folder: str, tag: str) -> NotegenError:
    where = f"in the folder `{folder}` " if folder else ""
    return NotegenError(
        f"no published note {where}has the tag `{tag}`" if tag else "no note is published",
        hint="leave one of `--under` and `--tag` out"
        if folder and tag
        else "`notegen check` says what is kept back",
    )


def site_unfinished(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be written: {reason}",
        hint="the site is half new; mend this, and the next build finishes it before anything else",
    )


def template_failed(path: str, reason: str, line: int, text: str) -> NotegenError:
    return NotegenError(
        f"the template fails: {reason}",
        place=Place(path, line),
        line=text,
        hint="the previous site is as it was",
    )


def template_missing(path: str, name: str, line: int, text: str) -> NotegenError:
    return NotegenError(
        f"the template asks for `{name}`, which no theme folder has",
        place=Place(path, line),
        line=text,
        hint="check the name, or put that file beside the template",
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


def no_cryptography() -> NotegenError:
    return NotegenError(
        "some notes are to be encrypted, and the Python package `cryptography` is not installed",
        hint="install it: `pip install 'notegen[encrypt]'`",
    )


def no_theme_folder(path: str) -> NotegenError:
    return NotegenError(
        f"there is no theme folder `{path}`",
        hint="`theme` in notegen.toml counts from the folder that notegen.toml is in",
    )


def cannot_read_style(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"cannot read the style sheet: {reason}", place=Place(path), hint="save it as UTF-8 text"
    )


def cannot_read_page_template(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"cannot read the template: {reason}", place=Place(path), hint="save it as UTF-8 text"
    )


def cannot_read_typeface(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"cannot read the typeface: {reason}", place=Place(path), hint="see `social_cards.font`"
    )


def typeface_unknown(path: str) -> NotegenError:
    return NotegenError(
        "this is no typeface that cards can be drawn with",
        place=Place(path),
        hint="name a file `.ttf`, `.otf` or `.ttc` in `social_cards.font`; files for the web are not read",
    )


def no_such_message(key: str) -> str:
    return f"there is no sentence `{key}` in languages/en.toml"


def unfilled_message(key: str, name: str) -> str:
    return f"the sentence `{key}` needs a value for `{name}`"


def messages_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` cannot be read: {reason}", hint="it must be a UTF-8 text file")


def messages_not_toml(path: str, reason: str) -> NotegenError:
    return NotegenError(f"`{path}` is not valid TOML: {reason}", hint="the previous site is as it was")


def messages_unknown_key(path: str, key: str, nearest: str) -> NotegenError:
    hint = _did_you_mean(nearest) or "the keys are those of the bundled languages/en.toml"
    return NotegenError(f"`{path}` has `{key}`, which is no sentence of a site", hint=hint)


def messages_wrong(path: str, key: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` says `{key}` in a way that cannot be used: {reason}",
        hint="see the bundled languages/en.toml for the same key",
    )


def message_of_no_kind() -> str:
    return "it is neither a text nor a table of plural forms"


def message_without_other() -> str:
    return "it has no form `other`"


def plural_form_unknown(language: str, form: str) -> str:
    return f"`{language}` has no plural form `{form}`"


def nothing_fills(name: str) -> str:
    return f"nothing fills `{{{name}}}`"


def cannot_serve(address: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{address}` cannot be served on: {reason}", hint="choose another with `--host` and `--port`"
    )


def cannot_clear_cache(path: str, reason: str) -> NotegenError:
    """A file of the cache that cannot be removed."""
    return NotegenError(f"`{path}` cannot be removed: {reason}", hint="what was removed before it is gone")


def no_cache_there(path: str) -> NotegenError:
    return NotegenError(
        f"there is no cache `{path}`",
        hint="name the folder of a cache; `notegen cache` says where the one of a machine is",
    )


def cache_of_other_version(path: str, found: int, wanted: int) -> NotegenError:
    what = f"is a cache of version {found}, and this notegen has version {wanted}" if found else "is no cache"
    return NotegenError(
        f"`{path}` {what}", hint="make it with the same notegen as this one; nothing was merged"
    )


def cache_spoiled(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the cache `{path}` is damaged: {reason or 'a vector in it is not as it was put there'}",
        hint="copy it again, with all files beside it, or make it again; nothing more was merged",
    )


def merged_too_large(size: int, limit: int) -> NotegenError:
    return NotegenError(
        f"the caches have up to {size / 1024**3:.1f} GiB together, and with more than {limit / 1024**3:.0f} the oldest"
        " vectors are forgotten",
        hint=f"set `cache_limit = {math.ceil(size / 1024**3)}` in notegen.toml; nothing was merged",
    )


def cannot_keep_vectors(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the cache `{path}` cannot be used: {reason}",
        hint="what was put into it before is kept: run the same command again when it can",
    )


def no_such_shard(text: str) -> NotegenError:
    return NotegenError(
        f"`--shard {text}` names no part",
        hint="write which part of how many, counted from 1: `--shard 2/3` is the second of three",
    )


_SWITCH_MEANING_ON = "leave out `--no-semantic`, or set `semantic = true` under `[search]` in notegen.toml"


def embed_without_meaning() -> NotegenError:
    return NotegenError("embedding needs the model, and meaning is switched off", hint=_SWITCH_MEANING_ON)


def _package_missing(what: str, package: str, extra: str) -> NotegenError:
    return NotegenError(
        f"{what} needs the Python package `{package}`, which is not installed",
        hint=f"install it: `pip install 'notegen[{extra}]'`",
    )


def no_mcp() -> NotegenError:
    return _package_missing("`notegen mcp`", "mcp", "mcp")


def day_invalid(written: str) -> NotegenError:
    return NotegenError(f"`{written}` is no day", hint="write it as `2024-05-01`")


def no_distributed() -> NotegenError:
    return _package_missing("`--cluster`", "distributed", "cluster")


_KEPT = "what came back before is kept: run the same command again to go on"


def cluster_unreachable(address: str, reason: str) -> NotegenError:
    return NotegenError(
        f"no cluster answers at `{address}`: {reason.strip() or 'no reason is given'}",
        hint="`dask scheduler` starts one, and prints its address",
    )


def cluster_lost(address: str) -> NotegenError:
    return NotegenError(f"the cluster at `{address}` is gone", hint=_KEPT)


def cluster_failed(reason: str) -> NotegenError:
    return NotegenError(
        f"the cluster cannot do the work: {reason}",
        hint=f"its scheduler and workers need the same `notegen[cluster]` as here; {_KEPT}",
    )


def batch_ends_workers(text: str) -> NotegenError:
    return NotegenError(
        f"the passages from `{text}` on ended every worker that they were given to",
        hint=f"give the workers more memory; {_KEPT}",
    )


def no_fitting_worker(count: int, refusal: str) -> NotegenError:
    workers = "the only worker" if count == 1 else f"none of the {count:,} workers"
    return NotegenError(
        f"{workers} of the cluster {'cannot' if count == 1 else 'can'} do the work: {refusal}", hint=_KEPT
    )


def any_processor_without_cluster() -> NotegenError:
    return NotegenError(
        "`--any-processor` is about the workers of a cluster, and none is named",
        hint="add `--cluster tcp://HOST:PORT`, or leave it out",
    )


def no_such_note(name: str, alike: Sequence[str] = ()) -> NotegenError:
    hint = (
        f"did you mean {_one_of(alike)}?" if alike else "give its path in the notes folder, or its file name"
    )
    return NotegenError(f"no note is called `{name}`", hint=hint)


def _one_of(names: Sequence[str]) -> str:
    return _listed([f"`{name}`" for name in names], "or")


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


def no_note_ending(name: str, endings: Sequence[str]) -> NotegenError:
    return NotegenError(
        f"`{name}` would be no note",
        hint=f"`new.name` in notegen.toml should end in {_one_of(endings)}; `extensions` names further endings",
    )


def related_without_meaning() -> NotegenError:
    return NotegenError("related notes need the model, and meaning is switched off", hint=_SWITCH_MEANING_ON)


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


_MODEL_HINT = (
    "`encoder.folder` in notegen.toml names a folder with `model.onnx` and `tokenizer.json`, or a model that "
    "`notegen model add` has added"
)


def no_model_folder(path: str) -> NotegenError:
    return NotegenError(f"there is no model folder `{path}`", hint=_MODEL_HINT)


def model_file_missing(path: str, name: str) -> NotegenError:
    return NotegenError(f"the model folder `{path}` holds no `{name}`", hint=_MODEL_HINT)


def model_file_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the model's file `{path}` cannot be used: {reason}", hint="export the model again, or copy it again"
    )


def model_file_no_object(path: str) -> NotegenError:
    return model_file_unreadable(path, "it should hold an object, `{…}`")


def model_file_no_steps(path: str) -> NotegenError:
    return model_file_unreadable(path, "it should hold a list of steps, each with its `type`")


def tokenizer_unknown(kind: str) -> str:
    return f"it is of the unknown kind `{kind}`"


def model_altered(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` is not the file that the manifest beside it names",
        hint="install notegen again; the file may be damaged or only partly there",
    )


def model_step_unknown(path: str, step: str) -> NotegenError:
    return NotegenError(
        f"the model asks for `{step}` in `{path}`, which notegen cannot do",
        hint="pooling can be mean, cls, last or max; export the model with other steps inside its graph",
    )


def model_not_onnx(path: str, reason: str) -> NotegenError:
    return NotegenError(f"the model `{path}` will not run: {reason}", hint="export it to ONNX again")


def model_input_unknown(path: str, name: str, kind: str, known: Sequence[str]) -> NotegenError:
    return NotegenError(
        f"the model `{path}` wants the input `{name}`, {kind}, which notegen cannot give",
        hint=f"it should take no more than {in_backticks(known)}, all whole numbers",
    )


def model_output_unclear(path: str, names: Sequence[str]) -> NotegenError:
    return NotegenError(
        f"none of the outputs of the model `{path}`, {in_backticks(names)}, is surely a text's vector",
        hint="name the pooled vector `sentence_embedding`, or the vectors of its tokens `token_embeddings`",
    )


def model_vocabulary_too_small(path: str, tokens: int) -> NotegenError:
    return NotegenError(
        f"the model `{path}` does not know all {tokens} tokens of the tokenizer beside it",
        hint="take `tokenizer.json` and `model.onnx` from the same model",
    )


def model_without_pieces(path: str) -> NotegenError:
    return NotegenError(
        f"the tokenizer in `{path}` has no words that a query table could be made from",
        hint="take `tokenizer.json` from the model that was exported",
    )


def model_name_invalid(name: str) -> NotegenError:
    return NotegenError(
        f"a model cannot be called `{name}`",
        hint="`--name` takes a name without slashes that begins with neither a dot nor `~`",
    )


def cannot_install_model(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"the model cannot be put at `{path}`: {reason}",
        hint="what was there before still is; `NOTEGEN_MODELS` names another folder",
    )


def model_dimensions_differ(path: str, declared: int, found: int) -> NotegenError:
    return NotegenError(
        f"the model `{path}` gives vectors of {found} numbers, and the files beside it say {declared}",
        hint="take all files from the same model",
    )


def model_not_finite(path: str) -> NotegenError:
    return NotegenError(
        f"the model `{path}` gives vectors that are no direction (not a number, or only zeros)",
        hint="models in float16 often do this on a processor; export it in float32",
    )


def table_unreadable(path: str, reason: str) -> NotegenError:
    return NotegenError(f"the query table `{path}` cannot be used: {reason}", hint="install notegen again")


def table_of_other_format(path: str, known: int) -> NotegenError:
    return table_unreadable(path, f"it is in a format other than {known}")


def table_of_other_shape(path: str, found: str, wanted: str) -> NotegenError:
    return table_unreadable(path, f"it holds {found}, not {wanted}")


def table_foreign(path: str) -> NotegenError:
    return NotegenError(
        f"the query table `{path}` was trained for another model than the one beside it",
        hint="remove the `table.*` files, or put back the model they came with",
    )


def full_without_meaning() -> NotegenError:
    return NotegenError(
        "`--full` asks the model, and meaning is switched off", hint="leave out `--no-semantic`"
    )


# -- publish -----------------------------------------------------------------------------------------

_NOT_SENT = "nothing was sent"
_GOES_ON = "run the same command again: it goes on where this one ended"


def no_site_to_publish(site: str) -> NotegenError:
    return NotegenError(f"`{site}` is no site that this notegen has built", hint="`notegen build` makes one")


def site_built_meanwhile(site: str) -> NotegenError:
    return NotegenError(
        f"another build has changed the site `{site}` meanwhile",
        hint=f"does `notegen serve` write there? {_GOES_ON[0].upper()}{_GOES_ON[1:]}",
    )


def target_unknown(text: str) -> NotegenError:
    return NotegenError(
        f"nothing can be published to `{text}`",
        hint="name a folder, `git:origin`, the address of a repository, `user@host:folder` for rsync, or "
        "`s3://bucket/prefix`",
    )


def target_has_no_branch(option: str, target: str) -> NotegenError:
    return NotegenError(
        f"`{option}` is for a repository, and the site would go to `{target}`",
        hint=f"leave it out, or name a repository, such as `git:origin` or `git:{target}`",
    )


def must_be_told(notes: str) -> NotegenError:
    return NotegenError(
        "there is nobody to ask whether to publish",
        hint=f"`notegen publish {as_argument(notes)} --yes` does not ask, `--dry-run` shows what would be sent",
    )


def published_by_others(target: str, files: Sequence[str]) -> NotegenError:
    count = f"{len(files):,} files that are" if len(files) > 1 else "a file that is"
    return NotegenError(
        f"{target} has {count} not of this site, where it needs the place: {in_backticks(files, most=3)}",
        hint=f"{_NOT_SENT}; remove or rename them there, or publish elsewhere",
    )


def published_other_garden(target: str, title: str, own: str) -> NotegenError:
    return NotegenError(
        f"{target} has another site, `{title}`, and this one is `{own}`",
        hint=f"{_NOT_SENT}; publish elsewhere, or say `--replace` if this one is to take its place",
    )


def publish_removes_most(target: str, gone: int, notes: int) -> NotegenError:
    return NotegenError(
        f"{target} has {notes:,} pages of notes, and {gone:,} of them would be removed",
        hint=f"{_NOT_SENT}; is it the right folder of notes, and whole? If it is meant, say `--replace`",
    )


def another_publish(target: str) -> NotegenError:
    return NotegenError(
        f"another publish to {target} has begun meanwhile",
        hint="wait until it has ended, then run this again; nothing of its was removed",
    )


def folder_is_notes(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` holds notes, and the site would lie among them", hint=f"{_NOT_SENT}; name another folder"
    )


def folder_is_site(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` is where the site is built, or holds it", hint=f"{_NOT_SENT}; name another folder"
    )


def folder_too_far_up(path: str) -> NotegenError:
    return NotegenError(
        f"`{path}` is a home folder, the top of a disk, or above the folder that you are in",
        hint=f"{_NOT_SENT}; name a folder in it",
    )


def folder_is_repository(path: str, *, is_bare: bool, example: str = "") -> NotegenError:
    if is_bare:
        return NotegenError(
            f"`{path}` is a git repository without a working tree",
            hint=f"{_NOT_SENT}; `--to git:{as_argument(path)}` publishes to a branch of it",
        )
    if not example:
        return NotegenError(f"`{path}` is git's own", hint=f"{_NOT_SENT}; name another folder")
    return NotegenError(
        f"`{path}` is a git repository with other things in it, such as `{example}`",
        hint=f"{_NOT_SENT}; name a folder in it, or publish to a branch of it: "
        f"`--to {as_argument(f'git:{path}')}`",
    )


def folder_unwritable(path: str, reason: str, folder: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be used: {reason}",
        hint=f"who may write in `{folder}`, and is there room? Then {_GOES_ON}",
    )


def workflow_there(path: str, service: str) -> NotegenError:
    return NotegenError(
        f"there is a `{path}` already",
        hint=f"it is as it was; `notegen publish --init {service} --replace` writes it anew",
    )


def workflow_outside(notes: str, top: str) -> NotegenError:
    return NotegenError(
        f"`{notes}` is not in `{top or '.'}`, where the file would lie",
        hint="run this in the repository that the notes are in",
    )


def git_missing() -> NotegenError:
    return NotegenError("publishing to a branch needs git, which is not installed", hint="install it")


def git_failed(command: str, reason: str) -> NotegenError:
    hint = _NOT_SENT
    if "space" in reason.lower():  # "No space left on device", "Out of diskspace"
        hint += (
            "; make room for the cache, or name another folder by `cache` in notegen.toml, or NOTEGEN_CACHE"
        )
    return NotegenError(f"`git {command}` fails: {reason}", hint=hint)


def killed_or_status(status: int) -> str:
    """What is left to say of a program that ended without a word, by its status as Python has it."""
    return f"it was ended by signal {-status}" if status < 0 else f"status {status}"


def git_refused(address: str, reason: str) -> NotegenError:
    low = reason.lower()
    hints = (
        (("username", "authentication", "permission denied (", "403", "401", "denied to", "publickey"),
         "let git in: an SSH key, a token, or a credential helper; `git push` must work from here"),
        (("dubious ownership",), "`git config --global --add safe.directory FOLDER` if you trust it"),
        (("not found", "does not exist", "not appear to be", "repository access"),
         "is it there, under this address, and may you see it?"),
        (("resolve host", "connect", "network", "timed out"), "is this machine online, and the address right?"),
        (("currently checked out",), "that branch is checked out there: publish to another, or to a bare repository"),
        (("protected", "hook declined"), "the repository's rules forbid it: let this user push to the branch"),
    )  # fmt: skip
    hint = next((hint for words, hint in hints if any(word in low for word in words)), "see what git says")
    return NotegenError(f"`{address}` refuses: {reason}", hint=f"{_NOT_SENT}; {hint}")


def git_not_trusted(folder: str, reason: str) -> NotegenError:
    path = re.search(r"'([^']+)'", reason)
    return NotegenError(
        f"git does not trust the repository of `{folder}`, since it belongs to somebody else",
        hint=f"`git config --global --add safe.directory {as_argument(path[1] if path else folder)}` if you do",
    )


def no_git_repository(notes: str, remote: str) -> NotegenError:
    return NotegenError(
        f"`{notes}` is in no git repository, so that there is no remote `{remote}` to publish to",
        hint="say where: `--to` takes the address of a repository, a folder, `user@host:folder` or "
        "`s3://bucket/prefix`; `publishing.to` in notegen.toml keeps it",
    )


def no_git_remote(remote: str, known: Sequence[str]) -> NotegenError:
    there = f"there are {in_backticks(known)}" if known else "there is none; `git remote add` makes one"
    return NotegenError(f"the repository of the notes has no remote `{remote}`", hint=there)


def publish_to_own_branch(branch: str) -> NotegenError:
    other = "gh-pages" if branch != "gh-pages" else "pages"
    return NotegenError(
        f"`{branch}` is the branch that your notes are on", hint=f"publish to another: `--branch {other}`"
    )


def branch_name_invalid(branch: str) -> NotegenError:
    return NotegenError(f"no branch can be called `{branch}`", hint="such as `--branch gh-pages`")


def branch_moved(target: str) -> NotegenError:
    return NotegenError(
        f"somebody else pushed to {target} meanwhile", hint=f"{_NOT_SENT}; run the same command again"
    )


def cannot_keep_branch(path: str, reason: str) -> NotegenError:
    return NotegenError(
        f"`{path}` cannot be made: {reason}",
        hint=f"{_NOT_SENT}; `cache` in notegen.toml, or NOTEGEN_CACHE, names another folder",
    )


def publish_at_work(target: str) -> NotegenError:
    return NotegenError(
        f"another publish to {target} is at work on this machine",
        hint=f"{_NOT_SENT}; run the same command again when it has ended",
    )


def no_boto3() -> NotegenError:
    return _package_missing("publishing to a bucket", "boto3", "s3")


def bucket_missing(bucket: str) -> NotegenError:
    return NotegenError(
        f"there is no bucket `{bucket}`",
        hint=f"{_NOT_SENT}; make it, or is it at another `publishing.endpoint`?",
    )


def bucket_without_keys(target: str) -> NotegenError:
    return NotegenError(
        f"{target} wants to know who you are, and nothing here says so",
        hint=f"{_NOT_SENT}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws configure`",
    )


def bucket_refused(target: str, reason: str) -> NotegenError:
    return NotegenError(
        f"{target} refuses: {reason}",
        hint=f"check the keys, what they may do, and `publishing.endpoint`; then {_GOES_ON}",
    )


def rsync_missing() -> NotegenError:
    return NotegenError(
        "publishing there needs rsync, which is not installed",
        hint="install it here, and on the other machine",
    )


_RSYNC_STATUSES = {
    2: "protocol incompatibility",
    3: "errors selecting input/output files, dirs",
    5: "error starting client-server protocol",
    10: "error in socket IO",
    11: "error in file IO",
    12: "error in rsync protocol data stream",
    14: "error in IPC code",
    23: "partial transfer due to error",
    24: "partial transfer due to vanished source files",
    30: "timed out in data send/receive",
    35: "timed out waiting for daemon connection",
}
"""What rsync's manual says of those that a publish can meet."""


def rsync_failed(target: str, reason: str, status: int) -> NotegenError:
    if not reason:  # what the other side said can be lost with the connection
        meaning = _RSYNC_STATUSES.get(status)
        reason = f"rsync ended with status {status}" + (f", {meaning}" if meaning else "")
    low = reason.lower()
    hints = (
        (("permission denied (", "host key verification"), "`ssh` to that host must work from here without a question"),
        (("permission denied", "read-only"), "may this user write in that folder?"),
        (("resolve hostname", "connection refused", "timed out", "no route", "connection closed"),
         "is the host's name right, and may it be reached?"),
        (("not found",), "rsync must be installed on the other machine too"),
        (("no such file", "file io"), "make the folder above it first"),
        (("unknown option", "unrecognized option"), "rsync 3.1 or newer is needed, on both sides"),
    )  # fmt: skip
    hint = next((hint for words, hint in hints if any(word in low for word in words)), "see what rsync says")
    return NotegenError(f"{target} cannot be reached or written: {reason}", hint=f"{hint}; then {_GOES_ON}")
