"""The garden, put together from its notes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time

from msgspec import Struct
from msgspec.structs import replace

from notegen.config import Config
from notegen.errors.phrases import in_backticks
from notegen.link.addresses import Addresses
from notegen.link.backlinks import PACKED_FROM, LeadingLinks, backlinks_by_target
from notegen.link.embeds import embed_depths, embed_problems
from notegen.link.former_addresses import former_addresses
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


_DEFAULTS = Config()


def link_notes(
    notes: Iterable[Note], reading: Reading, config: Config = _DEFAULTS, *, kept: KeptBytes | None = None
) -> Garden:
    """Decides every link and address; total. The result does not depend on the order of `notes`.

    Args:
        kept: where the links of a large garden lead, from builds before; None to look all of them up.
    """
    return link_garden(notes, reading, config, kept=kept).garden


def link_garden(
    notes: Iterable[Note], reading: Reading, config: Config = _DEFAULTS, *, kept: KeptBytes | None = None
) -> Linked:
    """Does what `link_notes` does, and returns with the garden what decided its links."""
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
    found, showing, leading = _resolved(_links_of_notes(by_id, resolver, reading, names, kept))
    found, names = name_pages(by_id, found, names, resolver)
    by_date = _by_date(by_id)
    tags, folders = _tags(by_id, by_date, names, found), folders_of(by_id)
    pages_of = pages_of_tags(by_id, tags, resolver)
    assets = _assets(found, reading, config)
    former = former_addresses(by_id.values(), config.former_addresses)
    places = _places(by_id, {tag: pages_of.get(tag) for tag in tags}, folders, assets, reading, former)
    hierarchy = hierarchy_of(by_id)
    resolutions = {id: tuple(f.resolution for f in each) for id, each in found.items()}
    depths = embed_depths(by_id, resolutions, showing)
    first, unknown_pins = pinned_notes(by_id, by_date, config.home.pinned)
    led, unknown_links = site_links(by_id, config.site_links)
    problems = [
        *_missing_notes(by_id, reading),
        *reading.problems,
        *places.problems,
        *(problem for note in by_id.values() for problem in note.problems),
        *(problem for source in reading.encrypted for problem in source.problems),
        *(f.problem for each in found.values() for f in each if f.problem),
        *embed_problems(depths),
        *unknown_pins,
        *unknown_links,
    ]
    garden = Garden(
        notes=by_id,
        urls=places.notes,
        resolutions=resolutions,
        backlinks=backlinks_by_target(leading, by_date),
        by_date=by_date,
        days=_days(by_id, found, by_date),
        tags=tags,
        tag_urls=places.tags,
        assets=places.assets,
        folders=folders,
        folder_urls=places.folders,
        tags_of_pages=frozenset(pages_of),
        redirects=places.redirects,
        moved=places.moved,
        first_ids=places.first_ids,
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


def _links_of_notes(
    notes: Mapping[NoteId, Note],
    resolver: Resolver,
    reading: Reading,
    tags: Mapping[str, str],
    kept: KeptBytes | None,
) -> Iterator[tuple[NoteId, NoteLinks]]:
    """Each note with its links; of a large garden those that a build before this one found are taken from the cache.

    Args:
        tags: each tag, folded, as it is shown.
    """
    is_large = len(notes) >= PACKED_FROM
    if kept and is_large and may_be_known(notes.values(), reading):
        return known_links(notes, resolver, reading, tags, kept)
    return ((id, note_links(id, note, resolver, packed=is_large)) for id, note in notes.items())


class _Places(Struct, frozen=True):
    """The addresses of all that a site has, and those that lead there from before."""

    notes: Mapping[NoteId, Url]
    tags: Mapping[str, Url]
    folders: Mapping[str, Url]
    assets: Mapping[str, Url]
    redirects: Mapping[Url, NoteId]
    moved: Mapping[Url, NoteId]
    """Those of the redirects that notes had before they moved."""
    first_ids: Mapping[NoteId, NoteId]
    problems: tuple[Problem, ...]


def _places(
    notes: Mapping[NoteId, Note],
    tags: Mapping[str, NoteId | date | None],
    folders: Iterable[str],
    assets: Iterable[str],
    reading: Reading,
    former: Iterable[tuple[Url, NoteId]],
) -> _Places:
    """Hands out the addresses; the order matters, since of two that want the same one the first has it.

    Args:
        tags: each with the note or day that is called so; None where it has a page of its own.
        former: addresses that the settings say notes had before.
    """
    addresses = Addresses()
    urls = addresses.notes(notes)
    own_tags = addresses.tags(tag for tag, page in tags.items() if page is None)
    folder_urls = addresses.folders(folders)
    asset_urls = addresses.assets(assets, reading.documents)
    moves = find_moves(reading, notes, urls)
    stated = addresses.redirects(_former_addresses(notes))
    moved = addresses.moved(moves.former)
    by_pattern = addresses.moved(former)
    return _Places(
        urls,
        {tag: _page_url(page, urls) if page else own_tags[tag] for tag, page in tags.items()},
        folder_urls,
        asset_urls,
        dict(sorted({**stated, **moved, **by_pattern}.items())),
        moved,
        moves.first or {},
        (*addresses.problems, *moves.problems),
    )


def _page_url(page: NoteId | date, urls: Mapping[NoteId, Url]) -> Url:
    return day_url(page) if isinstance(page, date) else urls[page]


def _assets(found: Mapping[NoteId, tuple[Found, ...]], reading: Reading, config: Config) -> set[str]:
    """The files that the site has: those that links lead to, or all; tools' settings name what they keep back."""
    used = {f.resolution.path for each in found.values() for f in each if isinstance(f.resolution, ToAsset)}
    if config.attachments == "used":
        return used
    return used | {path for path in reading.assets if not is_settings_file(path)}


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
