"""Source to Note: all that one file says, decided without looking at any other."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import date
from functools import partial
from html import unescape
from itertools import chain
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath

from msgspec.structs import replace

from notegen.config import DateOrder
from notegen.dates import (
    DATE_KEYS,
    FoundDay,
    day_in_line,
    day_in_name,
    day_in_value,
    keys_of_change,
    keys_of_day,
)
from notegen.i18n import direction_of
from notegen.markdown import ParsedText, TextOptions, parse_text, words_of_line
from notegen.markdown.private_link import mask_properties
from notegen.markdown.private_names import NO_PRIVATE_LINKS, PrivateLinks
from notegen.model import Code, Dating, DaySource, Link, Note, NoteContent, Place, Problem, Source
from notegen.parse.cover import read_cover
from notegen.parse.processes import expect_parsing, parsed_by_several
from notegen.parse.properties import show_properties
from notegen.paths import INDEX_IN_LANGUAGE, MAX_TAG_LEVELS, fold, own_name, shallow_tag
from notegen.read.flags import is_true
from notegen.regex import regex
from notegen.text.guess_language import guess_language
from notegen.text.listed import listed_texts
from notegen.text.looks import INVISIBLE
from notegen.text.one_line import SEPARATOR
from notegen.text.shorten import shorten
from notegen.text.tokens import count_words

# What notegen reads itself, and what only its own tools read; the rest is shown.
_OWN_KEYS = {
    "title", "aliases", "alias", "tags", "tag", "description", "excerpt", "summary", "lang", "language",
    "draft", "private", "publish", "public", "dg-publish", "share", "nopublish", "headless",
    "encrypt", "encrypted", "pinned", "expirydate", "unpublishdate",
    "cssclass", "cssclasses", "permalink", "redirect_from", "layout", "translationkey", "build", "_build", "cascade",
}  # fmt: skip
_SENTENCES = {"description", "summary", "excerpt"}
"""The keys that say what a note is about; Logseq shows them on its page, with links."""
_MAX_DESCRIPTION_LENGTH = 200
_MAX_STATED_DESCRIPTION = 2000
_MAX_TITLE_LENGTH = 500
_MAX_LINE_AS_TITLE = 80
_MAX_QUOTED_LENGTH = 60
_YEAR = regex(r"[12]\d{3}")
_PLACEHOLDER = regex(r"\{\{.*\}\}|<%.*%>")
"""What a template holds in the place of a value: `{{date}}`, `<% tp.date.now() %>`."""
_HTML_TAG = regex(
    r"</?(?:a|abbr|b|big|br|cite|code|em|i|img|kbd|mark|p|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?/?>",
    re.I,
)
_HTML = regex(rf"{_HTML_TAG.pattern}|&(?:#\d{{1,6}}|#x[\da-f]{{1,5}}|[a-z]{{2,12}});", re.I)
"""What a sentence in front matter has where it was written for a template that shows it as HTML."""
_ADDRESSED = regex(r"!?\[([^\[\]\n]+)\]\(<?[^()<>\s]+>?\)")
_NAMED = regex(r"!?\[\[(?P<name>[^\[\]|\n]+)(?:\|(?P<words>[^\[\]\n]*))?\]\]")
_SEPARATOR = regex(r"[,\n]")
_TAG_SEPARATOR = regex(r"[,;\n،؛；，、]")
_PATH = regex(r"\.{0,2}/\S*\Z|\S+/\Z")
"""An alias that is an address and no name: `/old/post`, `../post`, `old/post/`."""
_TOLD_BY = 1500
"""Letters of a note that its language is told by."""
"""Hugo's `index.fr.md`, beside the `index.md` of another language."""
_HEX_ID = r"(?=[0-9a-f]{6,}(?:[-_. ]|\Z))[a-f]*\d+[a-f]+\d[0-9a-f]*"
_MACHINE_NAME = regex(
    rf"\d+|(?:\d+[-_. ])*{_HEX_ID}(?:[-_. ]\d+)*|[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}",
    re.IGNORECASE,
)
"""Digits, a hexadecimal number in which letters and digits take turns, alone or numbered, or a UUID.

`cafe2024` is none, and no row of numbers is, such as `2024-05` or `3.11`.
"""


_NOTES_PER_STEP = 32
_MIN_PARALLEL_NOTES = 300
"""Where fewer are parsed, both are hardly sooner done than one: each begins with nothing loaded that colours code."""


def parse_notes(
    sources: Sequence[Source],
    *,
    date_order: DateOrder = "ask",
    private_tags: Sequence[str] = (),
    private: PrivateLinks = NO_PRIVATE_LINKS,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Note, ...]:
    """`parse_note` of each source in order, in `jobs` processes when there are enough of them."""
    parse = partial(parse_note, date_order=date_order, private_tags=private_tags, private=private)
    if jobs >= 2 and len(sources) >= _MIN_PARALLEL_NOTES:
        # Where the system kills one of them, short of memory, this one goes on alone, which needs less.
        with suppress(BrokenProcessPool):
            return parsed_by_several(parse, sources, jobs, progress)
    return _counted(map(parse, sources), len(sources), progress)


def expect_notes(count: int, *, jobs: int) -> None:
    """Say that so many notes will be parsed soon, while there is other work to do."""
    if jobs >= 2 and count >= _MIN_PARALLEL_NOTES:
        expect_parsing()


def _counted(notes: Iterable[Note], total: int, progress: Callable[[int, int], None]) -> tuple[Note, ...]:
    done: list[Note] = []
    for note in notes:
        done.append(note)
        if len(done) % _NOTES_PER_STEP == 0 or len(done) == total:
            progress(len(done), total)
    return tuple(done)


def parse_note(
    source: Source,
    *,
    date_order: DateOrder = "ask",
    private_tags: Sequence[str] = (),
    private: PrivateLinks = NO_PRIVATE_LINKS,
) -> Note:
    """The note that the source holds; total.

    Args:
        private_tags: those that hide the section of a heading.
        private: what no link may say.
    """
    if private.places:
        private = replace(private, note=fold(source.id))
    source = replace(source, properties=mask_properties(source.properties, private, tool=source.tool))
    direction, language = _stated_direction(source.properties), _stated_language(source)
    options = TextOptions(
        hard_breaks=source.hard_breaks,
        emoji_codes=source.emoji_codes,
        figures=source.figures,
        private_tags=private_tags,
        private=private,
        tool=source.tool,
        direction=direction or direction_of(language),
    )
    text = parse_text(source.text, path=source.id, first_line=source.first_line, options=options)
    if not source.first_line:
        text = _without_lines(text)
    cover = read_cover(source, len(text.links))
    dating, date_problems = _dating(source, text, date_order)
    changed = _changed_day(source, dating.day, date_order)
    own_keys = _OWN_KEYS - _SENTENCES if source.tool == "logseq" else _OWN_KEYS
    properties = show_properties(
        source,
        unshown=frozenset(
            (
                *_keys_of_own_day(source, dating.day, date_order),
                *_keys_of_that_change(source, changed or dating.day, date_order),
            )
        ),
        unlinked=own_keys | {cover.key, *(("dir", "direction") if direction else ())},
        first_link=len(text.links) + len(cover.links),
    )
    title = _note_title(source, text)
    tags = _distinct([*_front_matter_tags(source.properties), *text.tags])
    return Note(
        id=source.id,
        title=title,
        dating=dating,
        aliases=tuple(name for name in _aliases(source.properties) if not _PATH.match(name)),
        tags=_distinct(map(shallow_tag, tags)),
        properties=tuple(properties.shown),
        description=_description(source, text, title),
        language=language,
        told_language="" if language else guess_language(_beginning(text)),
        direction=direction,
        content=NoteContent.of(
            body=text.html,
            headings=text.headings,
            links=(*text.links, *cover.links, *properties.links, *_tag_links(source)),
            sections=text.sections,
            spans=text.spans,
        ),
        tool=source.tool,
        root=source.root,
        former=tuple(_former_addresses(source)),
        names=_names(source),
        blocks=text.blocks,
        ids=text.ids,
        has_title_heading=text.opens_with_heading and text.opening == title,
        word_count=sum(map(count_words, _paragraphs(text))),
        digest=source.digest,
        is_pinned=is_true(source.properties.get("pinned")),
        picture=cover.address,
        changed=changed,
        own_id=_plain_value(source.properties.get("id")),
        translation=_translation(source.properties),
        problems=(*source.problems, *date_problems, *text.problems, *_tag_problems(source, tags)),
    )


def _beginning(text: ParsedText) -> str:
    """The first paragraphs, enough to tell a language by."""
    pieces: list[str] = []
    length = 0
    for paragraph in _paragraphs(text):
        pieces.append(paragraph[: _TOLD_BY - length])
        length += len(pieces[-1])
        if length >= _TOLD_BY:
            break
    return "\n".join(pieces)


def _paragraphs(text: ParsedText) -> Iterator[str]:
    return chain.from_iterable(section.paragraphs for section in text.sections)


def _stated_language(source: Source) -> str:
    """The language that front matter or, of a folder's index, the file's name says: `index.de.md`."""
    stated = str(source.properties.get("lang") or source.properties.get("language") or "")
    index = None if stated else INDEX_IN_LANGUAGE.fullmatch(PurePosixPath(source.id).stem)
    return index["language"] if index else stated


def _stated_direction(properties: Mapping[str, object]) -> str:
    stated = str(properties.get("dir") or properties.get("direction") or "").strip().lower()
    return stated if stated in ("ltr", "rtl", "auto") else ""


def _without_lines(text: ParsedText) -> ParsedText:
    """The text with every place in it the whole file."""
    return replace(
        text,
        headings=tuple(replace(heading, line=0) for heading in text.headings),
        sections=tuple(replace(section, line=0) for section in text.sections),
        links=tuple(replace(link, place=Place(link.place.path)) for link in text.links),
        problems=tuple(replace(problem, place=Place(problem.place.path)) for problem in text.problems),
    )


def _note_title(source: Source, text: ParsedText) -> str:
    """Front matter, else what the tool says, else a heading of level 1 on top, else the name of the file or folder.

    Where several headings of level 1 stand in a note they are its sections, and none is its title. A name that only a
    machine reads gives way to the note's first line.
    """
    stated = source.properties.get("title") or source.title
    if not isinstance(stated, (dict, list)) and INVISIBLE.sub("", str(stated or "")).strip():
        words = _without_links(str(stated)) if source.tool == "logseq" else str(stated)
        return shorten(" ".join(words.split()), _MAX_TITLE_LENGTH, ellipsis=" …")
    if text.opens_with_heading and text.opening and text.top_headings < 2:
        return shorten(text.opening, _MAX_TITLE_LENGTH, ellipsis=" …")
    name = own_name(source.id)
    if text.opening and _is_machine_name(name):
        return shorten(text.opening, _MAX_LINE_AS_TITLE, ellipsis=" …")
    return name


def _without_links(value: str) -> str:
    """A value of Logseq's, which is Markdown, with the words of its links."""
    return _ADDRESSED.sub(r"\1", _NAMED.sub(lambda link: link["words"] or link["name"], value))


def _names(source: Source) -> tuple[str, ...]:
    """What links may call the note in its tool; in Logseq what an alias names is known once private names are gone."""
    if not any("[[" in name for name in source.names):
        return source.names
    whole = (name for name in source.names if "[[" not in name)
    return tuple(dict.fromkeys((*whole, *_aliases(source.properties))))


def _is_machine_name(name: str) -> bool:
    """Whether a name has only digits, or is a hexadecimal or universally unique id; a day or a year says something."""
    found = day_in_name(name)
    if (found and found.at is None and found.text == name) or _YEAR.fullmatch(name):
        return False
    return bool(_MACHINE_NAME.fullmatch(name))


def _dating(source: Source, text: ParsedText, order: DateOrder) -> tuple[Dating, list[Problem]]:
    """The ladder: front matter, file name, first heading or line, git, front matter's last change, or else no day."""
    problems: list[Problem] = []
    for key in keys_of_day(source.properties):
        value = source.properties[key]
        if value in (None, "") or str(value).lower() in ("true", "false", "yes", "no"):
            continue
        place = Place(source.id, source.property_lines.get(key, 1))
        if found := day_in_value(value, order=order):
            return _dated(place, found, "front matter", problems)
        if key in DATE_KEYS and key != "published" and not _PLACEHOLDER.search(str(value)):
            problems.append(Problem(Code.DATE_INVALID, place, (("text", str(value)[:80]),)))
    if found := day_in_name(own_name(source.id), order=order):
        return _dated(Place(source.id), found, "file name", problems)
    if found := day_in_line(text.opening, order=order):
        return _dated(Place(source.id, source.first_line), found, "heading", problems)
    if source.committed is not None:
        return Dating(source.committed, "git"), problems
    for key in keys_of_change(source.properties):
        if found := day_in_value(source.properties[key], order=order):
            return _dated(
                Place(source.id, source.property_lines.get(key, 1)), found, "front matter", problems
            )
    if not source.is_history_known:
        # Once for all of them, `read` says why; to write the file's time down would make a wrong day of it.
        return Dating(None, "nothing"), problems
    facts = (("day", (source.imported or source.modified).isoformat()), ("tool", source.tool))
    return Dating(None, "nothing"), [
        *problems, Problem(Code.DATE_FROM_FILE_TIME, Place(source.id), facts)
    ]  # fmt: skip


def _changed_day(source: Source, day: date | None, order: DateOrder) -> date | None:
    """The last day that front matter says the note was changed on, or else git, where that is after its own."""
    said = (day_in_value(source.properties[key], order=order) for key in keys_of_change(source.properties))
    changed = max((found.day for found in said if found), default=source.changed)
    return changed if changed and (day is None or changed > day) else None


def _keys_of_that_change(source: Source, changed: date | None, order: DateOrder) -> Iterable[str]:
    """The keys that say no other day than the last change's, or the note's where none came after: the page says it."""
    for key in keys_of_change(source.properties):
        found = day_in_value(source.properties[key], order=order)
        if found and found.day == changed:
            yield key


def _translation(properties: Mapping[str, object]) -> str:
    """What front matter says that all translations of the note say too; Hugo's word for it is `translationKey`."""
    return _plain_value(properties.get("translation")) or _plain_value(properties.get("translationkey"))


def _plain_value(value: object) -> str:
    """A value of front matter where it is a name or a number."""
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _keys_of_own_day(source: Source, day: date | None, order: DateOrder) -> Iterable[str]:
    """The keys that say no other day than the note's; what Logseq and Dendron stamp is never for readers."""
    for key in keys_of_day(source.properties):
        found = day_in_value(source.properties[key], order=order)
        if found is None or found.day == day or source.tool in ("logseq", "dendron"):
            yield key


def _dated(
    place: Place, found: FoundDay, origin: DaySource, problems: list[Problem]
) -> tuple[Dating, list[Problem]]:
    if found.other is not None:
        facts = (("text", found.text), ("one", _iso(found.day)), ("other", _iso(found.other)))
        problems = [*problems, Problem(Code.DATE_AMBIGUOUS, place, facts)]
    return Dating(found.day, origin, found.at), problems


def _iso(day: date) -> str:
    return day.isoformat()


def _front_matter_tags(properties: Mapping[str, object]) -> Iterable[str]:
    for name in _listed_texts(properties, "tags", "tag", split_spaces=True):
        tag = name.strip("\"' ").lstrip("#").strip("/ ")
        if tag:
            yield tag


def _tag_links(source: Source) -> Iterable[Link]:
    """The tags of a Logseq page's properties, which are links to pages there."""
    tags = tuple(_front_matter_tags(source.properties)) if source.tool == "logseq" else ()
    place = Place(source.id, source.property_lines.get("tags", 0) if source.first_line else 0)
    return (Link("tag", shallow_tag(tag), "", tag, f"tags: {', '.join(tags)}", place) for tag in tags)


def _tag_problems(source: Source, tags: Iterable[str]) -> Iterable[Problem]:
    for tag in tags:
        if shallow_tag(tag) != tag:
            facts = (
                ("tag", shorten(tag, _MAX_QUOTED_LENGTH, ellipsis="…")),
                ("levels", f"{tag.count('/') + 1:,}"),
                ("most", str(MAX_TAG_LEVELS)),
            )
            yield Problem(Code.TAG_TOO_DEEP, Place(source.id, source.property_lines.get("tags", 0)), facts)


def _listed_texts(
    properties: Mapping[str, object], *keys: str, split_spaces: bool = False
) -> tuple[str, ...]:
    """The texts under the first of the keys that is there: a list, or one text split at commas and ends of lines.

    Args:
        split_spaces: whether none of the texts has a space or another sign that separates, unless there are commas.
    """
    value = next((properties[key] for key in keys if properties.get(key)), ())
    if isinstance(value, str):
        parts = (_TAG_SEPARATOR if split_spaces else _SEPARATOR).split(value)
        value = parts if len(parts) > 1 or not split_spaces or "[[" in value else value.split()
    return _distinct(listed_texts(value))


def _aliases(properties: Mapping[str, object]) -> tuple[str, ...]:
    return _listed_texts(properties, "aliases", "alias")


def _former_addresses(source: Source) -> Iterable[str]:
    """Obsidian Publish's and Jekyll's `permalink`, Jekyll's `redirect_from`, Hugo's aliases, which are paths."""
    stated = (
        *_listed_texts(source.properties, "permalink"),
        *_listed_texts(source.properties, "redirect_from"),
        *(alias for alias in _aliases(source.properties) if "/" in alias and " " not in alias),
    )
    yield from (_from_top(address, source.id) for address in stated)


def _from_top(address: str, note: str) -> str:
    """An address from the site's top: Quartz and Hugo take `../old/x` from the folder that the note is in."""
    if not address.startswith(("./", "../")):
        return address
    path = normpath(join(dirname(note), address))
    return address if path.startswith("..") else path + "/" * address.endswith("/")


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Without the empty and, ignoring case, without repeats; the first writing stays."""
    first: dict[str, str] = {}
    for name in names:
        if name:
            first.setdefault(name.casefold(), name)
    return tuple(first.values())


def _description(source: Source, text: ParsedText, title: str) -> str:
    for key in ("description", "summary", "excerpt"):
        if stated := source.properties.get(key):
            words = " ".join(str(stated).split())
            if source.tool == "logseq":  # where values are Markdown
                words = _without_links(words)
            if _HTML.search(words):
                words = " ".join(unescape(_HTML_TAG.sub("", words)).split())
            return shorten(words_of_line(words), _MAX_STATED_DESCRIPTION, ellipsis=" …")
    # A line that became the title says nothing under it.
    lead = text.lead.removeprefix(f"{title}{SEPARATOR}")
    lead = shorten(lead, _MAX_DESCRIPTION_LENGTH, ellipsis=" …")
    return "" if lead == title else lead
