"""Problems of notes in words: for each kind its level, what is wrong, and what to do about it."""

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from notegen.model import Code, Problem

Level = Literal["warning", "advice"]
"""A warning makes `check` and `build --strict` exit 1; advice is only listed."""


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
    Code.FILE_ELSEWHERE: Wording(
        "warning",
        "the file itself is not on this machine, only what stands for it; it is left out of the site",
        'fetch it: by `git lfs pull`, in Finder by "Download Now"',
        "a file is not on this machine",
    ),
    Code.COPY_LEFT_OUT: Wording(
        "advice",
        "a program that syncs made this copy, since two machines had changed one file; it is left out of the site",
        "bring over what only it has, and delete it",
        "a copy is left of a file that two machines changed",
    ),
    Code.COPY_OF_PRIVATE: Wording(
        "warning",
        "this is called like a copy of `{note}`, which is not public, and has most of its words; it is withheld",
        "delete it, or write `publish: true` into it",
        "a note seems to be a copy of one that is not public",
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
    Code.CITATION_MISSING: Wording(
        "warning",
        "no bibliography on top of the notes has `{key}`; the citation shows as it is written",
        "mend the key, or put a file `.bib` that has it on top of the notes folder",
        "a work that is cited is in no bibliography",
    ),
    Code.MERGE_OPEN: Wording(
        "warning",
        "git has left two versions of these lines here; both are shown",
        "keep the one that counts, and take out the lines that git put around them",
        "a merge was left undone",
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
