"""What a publish will do, from what a target has: a pure comparison, and the order in which it is done."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec import Struct, field

from notegen.errors.publish import publish_removes_most, published_by_others, published_other_garden
from notegen.model import Url
from notegen.paths import CALENDAR, DRIFT, FOLDERS, GRAPH, HOME, INTERNAL, MAP, TAGS, fold
from notegen.publish.served_as import is_named_by_digest, is_search_piece
from notegen.publish.site_files import Identity, SiteFiles
from notegen.write.manifest import MANIFEST

MIN_REMOVED_NOTES = 5
"""Pages of notes that a publish may remove unasked however few remain."""

_MADE_OF_MANY = frozenset({CALENDAR, DRIFT, FOLDERS, GRAPH, HOME, MAP, TAGS, "404.html"})
_LISTS = ("dates/", "folders/", f"{INTERNAL}/", "tags/")


class Sight(Struct, frozen=True):
    """What a target has of what is to be there."""

    ours: frozenset[Url] = frozenset()
    """The files that are there and that its own list says are ours."""
    listed: frozenset[Url] = frozenset()
    """All that the list says, there or not."""
    identity: Identity | None = None
    missing: frozenset[Url] = frozenset()
    """Files that are to be sent and are not there."""
    different: frozenset[Url] = frozenset()
    """Files that are to be sent and are there with another content."""
    blocked: Mapping[Url, tuple[str, ...]] = field(default_factory=dict)
    """Those missing that cannot be put there yet, with what is in the way: a file above, or the files in a folder."""


class Plan(Struct, frozen=True):
    """What will change, each ascending; the site's list of files is among them."""

    added: tuple[Url, ...]
    changed: tuple[Url, ...]
    removed: tuple[Url, ...]
    bytes: int
    """The size of what is added and changed, in bytes."""
    listed: frozenset[Url]
    """What the target's list says before."""
    first: tuple[Url, ...] = ()
    """Those removed in whose place, or below, something is added: they go before it comes.

    So do those that something added differs from in case alone, since on some disks both are one file.
    """

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.added or self.changed or self.removed)

    @property
    def removes_notes(self) -> bool:
        """Whether the page of a note is among what is removed."""
        return any(map(_is_note, self.removed))

    @property
    def has_other_notes(self) -> bool:
        """Whether the page of a note is among what is added or removed."""
        return self.removes_notes or any(map(_is_note, self.added))

    @property
    def meanwhile(self) -> frozenset[Url]:
        """What the list must say while files come and go: all that is ours before or after."""
        return frozenset({*self.listed, *self.added, *self.changed, *self.removed})

    def phases(self) -> tuple[tuple[Url, ...], ...]:
        """What is sent but the list, in the order in which a reader never misses a thing.

        What pages load comes first, then new pages, then those that may link to them, the first page among these.
        """
        new = frozenset(self.added)

        def phase(url: Url) -> int:
            return 0 if _is_loaded(url) else 1 if url in new and url != HOME else 2

        urls = [url for url in (*self.added, *self.changed) if url != MANIFEST]
        return tuple(tuple(sorted(group)) for _, group in groupby(sorted(urls, key=phase), phase))


def make_plan(site: SiteFiles, sight: Sight, target: str, *, replace: bool = False) -> Plan:
    """What has to be done.

    Args:
        target: its name, for messages.
        replace: whether the site of another garden may be replaced, and most of a site removed.

    Raises:
        NotegenError: somebody else's file is in the way, or it would cost somebody their site.
    """
    in_way = frozenset(file for files in sight.blocked.values() for file in files)
    if clashes := (in_way | sight.different) - sight.ours:
        raise published_by_others(target, sorted(clashes))
    removed = tuple(sorted(sight.ours.difference(site.sources)))
    notes, gone = (sum(map(_is_note, urls)) for urls in (sight.ours, removed))
    # A garden that lies in a folder of another name here than there may have another title, but has its notes.
    there = sight.identity
    if not replace and there and site.identity.is_other(there) and gone * 2 >= notes:
        raise published_other_garden(target, there.title, site.identity.title)
    if not replace and gone >= MIN_REMOVED_NOTES and gone * 2 > notes:
        raise publish_removes_most(target, gone, notes)
    former = {fold(url): url for url in removed}
    renamed = {url: former[fold(url)] for url in site.sources if fold(url) in former}
    added = sight.missing.union(renamed)
    changed = sight.different.difference(renamed)
    return Plan(
        added=tuple(sorted(added)),
        changed=tuple(sorted(changed)),
        removed=removed,
        bytes=sum(site.size(url) for url in (*added, *changed)),
        listed=sight.listed,
        first=tuple(sorted(in_way.union(renamed.values()))),
    )


def in_way_of(urls: Iterable[Url], files: Iterable[str]) -> dict[Url, tuple[str, ...]]:
    """Files that cannot be put among others, with what is in the way, where folders are folders."""
    there = frozenset(files)
    below: dict[str, list[str]] = {}
    for file in sorted(there):
        for above in _folders_of(file):
            below.setdefault(above, []).append(file)
    found: dict[Url, tuple[str, ...]] = {}
    for url in urls:
        if in_way := [one for one in _folders_of(url) if one in there] or below.get(url):
            found[url] = tuple(in_way)
    return found


def _folders_of(url: str) -> list[str]:
    parts = url.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _is_loaded(url: Url) -> bool:
    """Whether pages load it, so that it has to be there before them: attachments, and what has a digest in its name.

    Not what says under a name that stays where the rest of a new site is, and not what tells others of it.
    """
    if url.startswith(f"{INTERNAL}/"):
        return is_named_by_digest(url) or is_search_piece(url) or url.startswith(f"{INTERNAL}/locked/")
    tells_others = url.endswith(".xml") or ("/" not in url and url.endswith((".json", ".txt")))
    return not (url.endswith(".html") or tells_others)


def _is_note(url: Url) -> bool:
    return url.endswith(".html") and url not in _MADE_OF_MANY and not url.startswith(_LISTS)
