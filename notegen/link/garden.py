"""The garden, put together from its notes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from notegen.config import Attachments
from notegen.errors import in_backticks
from notegen.link.addresses import Addresses
from notegen.link.backlinks import PACKED_FROM, LeadingLinks, backlinks_by_target
from notegen.link.embeds import embed_depths, embed_problems
from notegen.link.hierarchy import folders_of, hierarchy_of
from notegen.link.known_links import NoteLinks, known_links, may_be_known, note_links
from notegen.link.moved import find_moves
from notegen.link.named_pages import name_pages, pages_of_tags
from notegen.link.pins import pinned_notes
from notegen.link.resolve import Found, Resolver
from notegen.link.site_links import site_links
from notegen.link.translations import in_language, languages_of_names, translations_of
from notegen.model import (
    Backlink,
    Code,
    Day,
    Garden,
    Note,
    NoteId,
    Place,
    Problem,
    Reading,
    ToAsset,
    ToDay,
    ToTag,
    Url,
)
from notegen.note_memory import KeptBytes
from notegen.paths import CANVAS_SUFFIX, HOME, NOTE_SUFFIXES, day_url, fold, opens_site, page_url
from notegen.settings_files import is_settings_file
from notegen.text.collation import sort_key


class Linked(Struct, frozen=True):
    """A garden with what decided its links, for links that are decided later."""

    garden: Garden
    resolver: Resolver
    parsed: Mapping[NoteId, Note]
    """The garden's notes with their tags as they wrote them."""


def link_notes(
    notes: Iterable[Note],
    reading: Reading,
    *,
    attachments: Attachments = "used",
    pinned: Sequence[str] = (),
    links: Mapping[str, Sequence[str]] = MappingProxyType({}),
    kept: KeptBytes | None = None,
) -> Garden:
    """Decides every link and address; total. The result does not depend on the order of `notes`."""
    linked = link_garden(notes, reading, attachments=attachments, pinned=pinned, links=links, kept=kept)
    return linked.garden


def link_garden(
    notes: Iterable[Note],
    reading: Reading,
    *,
    attachments: Attachments = "used",
    pinned: Sequence[str] = (),
    links: Mapping[str, Sequence[str]] = MappingProxyType({}),
    kept: KeptBytes | None = None,
) -> Linked:
    """The same, with what decided the links.

    Args:
        links: what the settings put into the header and the footer of each page, by the setting.
        kept: where the links of a large garden lead, from builds before; None to look all of them up.
    """
    parsed = {note.id: note for note in sorted(notes, key=lambda note: note.id)}
    names = _tag_names(parsed.values())
    languages = languages_of_names(parsed)
    by_id = {
        id: replace(in_language(note, languages.get(id)), tags=tuple(names[fold(tag)] for tag in note.tags))
        for id, note in parsed.items()
    }
    resolver = Resolver(
        by_id, reading.assets, reading.withheld, names, reading.withheld_names, reading.encrypted
    )
    is_large = len(by_id) >= PACKED_FROM
    if kept and is_large and may_be_known(by_id.values(), reading):
        linked = known_links(by_id, resolver, reading, names, kept)
    else:
        linked = ((id, note_links(id, note, resolver, packed=is_large)) for id, note in by_id.items())
    found, showing, leading = _resolved(linked)
    found, names = name_pages(by_id, found, names, resolver)
    by_date = _by_date(by_id)
    tags = _tags(by_id, by_date, names, found)
    addresses = Addresses()
    urls = addresses.notes(by_id)
    tag_pages = pages_of_tags(by_id, tags, resolver)
    tag_urls = _tag_urls(tags, addresses, tag_pages, urls)
    folders = folders_of(by_id)
    folder_urls = addresses.folders(folders)
    used = {f.resolution.path for each in found.values() for f in each if isinstance(f.resolution, ToAsset)}
    # Tools' settings name what they keep back.
    every = used | {path for path in reading.assets if not is_settings_file(path)}
    assets = addresses.assets(used if attachments == "used" else every, reading.documents)
    moves = find_moves(reading, by_id, urls)
    stated = addresses.redirects(_former_addresses(by_id))
    moved = addresses.moved(moves.former)
    hierarchy = hierarchy_of(by_id)
    resolutions = {id: tuple(f.resolution for f in each) for id, each in found.items()}
    depths = embed_depths(by_id, resolutions, showing)
    first, unknown_pins = pinned_notes(by_id, by_date, pinned)
    led, unknown_links = site_links(by_id, links)
    problems = [
        *_missing_notes(by_id, reading),
        *reading.problems,
        *addresses.problems,
        *(problem for note in by_id.values() for problem in note.problems),
        *(problem for source in reading.encrypted for problem in source.problems),
        *(f.problem for each in found.values() for f in each if f.problem),
        *embed_problems(depths),
        *unknown_pins,
        *unknown_links,
        *moves.problems,
    ]
    garden = Garden(
        notes=by_id,
        urls=urls,
        resolutions=resolutions,
        backlinks=backlinks_by_target(leading, by_date),
        by_date=by_date,
        days=_days(by_id, found, by_date),
        tags=tags,
        tag_urls=tag_urls,
        assets=assets,
        folders=folders,
        folder_urls=folder_urls,
        tags_of_pages=frozenset(tag_pages),
        redirects=dict(sorted({**stated, **moved}.items())),
        moved=moved,
        first_ids=moves.first or {},
        translations=translations_of(by_id, languages),
        languages_of_names=languages,
        above=hierarchy.above,
        below=hierarchy.below,
        embed_depths=depths,
        pinned=first,
        site_links=led,
        problems=tuple(sorted(problems, key=lambda problem: (problem.place, problem.code))),
    )
    return Linked(garden, resolver, parsed)


def _resolved(
    every: Iterable[tuple[NoteId, NoteLinks]],
) -> tuple[dict[NoteId, tuple[Found, ...]], dict[NoteId, tuple[int, ...]], dict[NoteId, LeadingLinks]]:
    """Of each note where its links lead, the numbers of those that may show something, and those to other notes."""
    found: dict[NoteId, tuple[Found, ...]] = {}
    showing: dict[NoteId, tuple[int, ...]] = {}
    leading: dict[NoteId, LeadingLinks] = {}
    for id, links in every:
        found[id], showing[id] = links.found, links.showing
        if links.leading:
            leading[id] = links.leading
    return found, showing, leading


def _former_addresses(notes: Mapping[NoteId, Note]) -> Iterator[tuple[str, NoteId]]:
    """What notes say that they were called before, and what the page that opens the site is called by its file."""
    if (front := opens_site(notes)) and page_url(front) != HOME:
        yield page_url(front), front
    yield from ((address, note.id) for note in notes.values() for address in note.former)


def _missing_notes(notes: Mapping[NoteId, Note], reading: Reading) -> Iterator[Problem]:
    """A folder without notes is most often the wrong one, or one that is not mounted or not synchronised yet."""
    if not notes:
        suffixes = in_backticks((*NOTE_SUFFIXES, CANVAS_SUFFIX))
        facts = (("suffixes", suffixes), ("withheld", str(len(reading.withheld))))
        yield Problem(Code.NOTES_MISSING, Place("."), facts)


def _by_date(notes: Mapping[NoteId, Note]) -> tuple[NoteId, ...]:
    """As `Garden.by_date` has them."""
    dated = [(day, note.dating.at or time.min, id) for id, note in notes.items() if (day := note.dating.day)]
    undated = sorted((sort_key(note.title), id) for id, note in notes.items() if note.dating.day is None)
    return (*(id for _, id in reversed(undated)), *(id for _, _, id in sorted(dated)))


def _days(
    notes: Mapping[NoteId, Note], found: Mapping[NoteId, tuple[Found, ...]], by_date: tuple[NoteId, ...]
) -> dict[date, Day]:
    dated: dict[date, list[NoteId]] = defaultdict(list)
    mentions: dict[date, list[Backlink]] = defaultdict(list)
    for id in by_date:
        if day := notes[id].dating.day:
            dated[day].append(id)
        if not any(isinstance(f.resolution, ToDay) for f in found[id]):
            continue  # as most notes, whose links are not read once more
        for link, f in zip(notes[id].links, found[id], strict=True):
            if isinstance(f.resolution, ToDay):
                mentions[f.resolution.day].append(Backlink(id, link))
    return {day: Day(tuple(dated[day]), tuple(mentions[day])) for day in sorted({*dated, *mentions})}


def _tag_names(notes: Iterable[Note]) -> dict[str, str]:
    """Each tag and its parents, folded, to the way it is first written."""
    names: dict[str, str] = {}
    for note in notes:
        for tag in note.tags:
            parts = tag.split("/")
            for end in range(1, len(parts) + 1):
                name = "/".join(parts[:end])
                names.setdefault(fold(name), name)
    return names


def _tag_urls(
    tags: Iterable[str],
    addresses: Addresses,
    pages: Mapping[str, NoteId | date],
    urls: Mapping[NoteId, Url],
) -> dict[str, Url]:
    """Where each tag leads: to the note or day that is called so, else to a page of its own."""
    own = addresses.tags(tag for tag in tags if tag not in pages)
    others = {tag: day_url(page) if isinstance(page, date) else urls[page] for tag, page in pages.items()}
    return {tag: own.get(tag) or others[tag] for tag in tags}


def _tags(
    notes: Mapping[NoteId, Note],
    by_date: tuple[NoteId, ...],
    names: Mapping[str, str],
    found: Mapping[NoteId, tuple[Found, ...]],
) -> dict[str, tuple[NoteId, ...]]:
    members: dict[str, dict[NoteId, None]] = defaultdict(dict)
    for id in reversed(by_date):
        goals = (f.resolution for f in found[id])
        linked = (goal.tag for goal in goals if isinstance(goal, ToTag) and goal.tag)
        for tag in (*notes[id].tags, *(linked if notes[id].tool == "logseq" else ())):
            parts = tag.split("/")
            for end in range(1, len(parts) + 1):
                members[names[fold("/".join(parts[:end]))]][id] = None
    return {tag: tuple(members[tag]) for tag in sorted(members, key=lambda tag: (sort_key(tag), tag))}
