"""Skips making a page that would come out as before, by remembering everything that making it asked for.

While a page is made, the site hands out mappings that record what is asked of them. Kept are the questions, a digest
of the answers, and a digest of the page. If all questions have the same answers today, the page would be the same, and
the file in the old site is taken over, provided that its bytes have the digest. The page itself is not kept, so the
worst that a wrong entry in the cache can do is that a page is made again. A note's text and its names are recorded
apart, so that an edit of a text makes no page anew that only names the note.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from msgspec import Struct, defstruct
from msgspec.structs import astuple, replace

from notegen.cache import VectorCache, code_of_notegen
from notegen.model import (
    Graph,
    Insights,
    KnownFile,
    KnownPositions,
    LockedParts,
    Note,
    NoteContent,
    NoteId,
    OutputFile,
    Related,
    Url,
)
from notegen.packed import HoldsPacked, pack_exactly, unpack, unpacker
from notegen.page_data import digest_of
from notegen.render.parts.anniversaries import Anniversaries
from notegen.render.parts.lists import Calendar
from notegen.render.site import Site
from notegen.workers.in_order import made_in_order

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S", bound=Struct)

_KIND = "page"
_AT_ONCE = 200
"""Pages that are looked up together: what was asked for one takes some kilobytes."""
MIN_SHARED = 200
"""Pages to be made from which on several processes make them: to fork one takes some hundredths of a second."""
MAX_PROCESSES = 4
"""The most processes that make pages, each with some ten megabytes of its own: one writes the pages, which takes a
third as long."""
_CHUNK = 16
"""Pages that a process makes before it hands them over: half a megabyte of those of long notes."""
_ASKED_OFTEN = frozenset(
    {
        "calendar.months",
        "calendar.years",
        "garden.contents",
        "garden.folder_urls",
        "garden.neighbours",
        "garden.notes",
        "garden.resolutions",
        "garden.urls",
        "site.data",
        "site.shells",
    }
)
"""Whose answers are long and asked for by many pages, so that their digests are remembered within a build."""
_SEEN_BY_NO_PAGE: Mapping[str, tuple[()]] = {"by_date": (), "problems": ()}
"""What changes with every new note, and is kept from the pages that are known by what they ask."""
_NOTHING = pack_exactly([])
"""What is said to most keys of most mappings."""
_EMPTY_GRAPH = Graph((), KnownPositions(np.zeros((0, 2), np.float32)), np.zeros((0, 2), np.int32), (), ())
"""Stands for one there: these pages only say that there is a page of the graph."""


class PageSources(Struct, frozen=True):
    """All that pages are made from."""

    site: Site
    insights: Insights
    anniversaries: Anniversaries
    calendar: Calendar


class PageOrder(Struct, frozen=True):
    """A page to be made, or several that are made together."""

    url: Url
    """The address of the first page."""
    given: tuple[object, ...]
    """What it is made from beside the sources: plain values."""
    make: Callable[[PageSources], Iterable[OutputFile]]


class _Row(Struct, frozen=True):
    """What is kept of an order."""

    asked: dict[str, list[str | None]]
    """The keys that each mapping was asked for, by the mapping's name; None for all of it."""
    answers: bytes
    """A digest of what was said to that."""
    files: tuple[tuple[Url, bytes, int], ...]
    """What came of it: address, digest and size of each file."""


_rows = unpacker(_Row)


class _Made(NamedTuple):
    """What was made of an order."""

    row: bytes
    """What is kept of it; empty for nothing."""
    files: Sequence[OutputFile]


def page_maker(
    sources: PageSources, cache: VectorCache | None, jobs: int = 1
) -> Callable[[Iterable[PageOrder]], Iterator[OutputFile]]:
    """Makes the files of orders, in order; what is known is made only where the site has no such file.

    Args:
        cache: None to make them all.
        jobs: processes that may make pages, of which this one is one; it alone uses the cache.
    """
    if cache and (traced := _Traced(sources)).frame:
        return lambda orders: _Pages([*orders], sources, traced, cache, min(jobs, MAX_PROCESSES)).files()
    return lambda orders: (file for order in orders for file in order.make(sources))


class _Pages:
    """The pages of some orders."""

    def __init__(
        self,
        line: Sequence[PageOrder],
        sources: PageSources,
        traced: "_Traced",
        cache: VectorCache,
        jobs: int,
    ) -> None:
        self._line, self._sources, self._traced, self._cache, self._jobs = line, sources, traced, cache, jobs
        start = code_of_notegen() + traced.frame
        self._keys = [
            _digest(start, repr((order.url, order.given)).encode("utf-8", "surrogatepass")) for order in line
        ]
        self._may_share = jobs > 1
        self._shared: frozenset[int] = frozenset()
        """The places in the line of what several processes make."""
        self._from_several: Iterator[_Made] = iter(())

    def files(self) -> Iterator[OutputFile]:
        """All files in order; gone through once."""
        with ExitStack() as stack:
            for places in self._batches(0):
                rows = self._rows_of(places)
                if self._may_share and len(rows) < len(places) / 2:
                    self._share(places.start, stack)
                new: dict[bytes, bytes] = {}
                for place in places:
                    if place not in self._shared and (known := self._known_files(place, rows)):
                        yield from known
                        continue
                    made = (
                        next(self._from_several) if place in self._shared else self._make(self._line[place])
                    )
                    if made.row:
                        new[self._keys[place]] = made.row
                    yield from made.files
                self._cache.put_derived(_KIND, new)

    def _batches(self, start: int) -> Iterator[range]:
        for first in range(start, len(self._line), _AT_ONCE):
            yield range(first, min(first + _AT_ONCE, len(self._line)))

    def _rows_of(self, places: range) -> dict[int, bytes]:
        """What is kept of orders, by place; those of which nothing is are left out."""
        rows = self._cache.get_derived(_KIND, [self._keys[place] for place in places])
        return {place: rows[key] for place in places if (key := self._keys[place]) in rows}

    def _share(self, start: int, stack: ExitStack) -> None:
        """Have several processes make what nothing is known of from a place on, if there is enough of it."""
        self._may_share = False
        known = {place for places in self._batches(start) for place in self._rows_of(places)}
        unknown = [place for place in range(start, len(self._line)) if place not in known]
        if len(unknown) >= MIN_SHARED:
            self._shared = frozenset(unknown)
            orders = [self._line[place] for place in unknown]
            self._from_several = stack.enter_context(
                made_in_order(orders, self._make, self._jobs, at_once=_CHUNK)
            )

    def _known_files(self, place: int, rows: Mapping[int, bytes]) -> list[OutputFile]:
        """The files of an order of which all is as it was when they were made; else none."""
        row = unpack(rows[place], _rows) if place in rows else None
        if not row or not row.answers or row.answers != self._traced.answers(row.asked):
            return []
        order = self._line[place]
        return [
            KnownFile(url, digest, size, partial(_content, order, self._sources, url))
            for url, digest, size in row.files
        ]

    def _make(self, order: PageOrder) -> _Made:
        asked, files = self._traced.make(order)
        return _Made(_packed(asked, self._traced.answers(asked), files), files)


def _content(order: PageOrder, sources: PageSources, url: Url) -> bytes:
    return next(file.read() for file in order.make(sources) if file.url == url)


def _packed(asked: dict[str, list[str | None]], answers: bytes, files: Iterable[OutputFile]) -> bytes:
    """A row; nothing where there is something in it that cannot be kept, as letters that are no Unicode."""
    made = ((file.url, file.read()) for file in files)
    row = _Row(asked, answers, tuple((url, digest_of(content), len(content)) for url, content in made))
    try:
        return pack_exactly(row) if answers else b""
    except (TypeError, ValueError):
        return b""


class _Asked(Mapping[K, V], Generic[K, V]):
    """A mapping that notes what it is asked for; None stands for all of it."""

    def __init__(self, content: Mapping[K, V]) -> None:
        self.content = content
        self.asked: dict[str | None, None] = {}
        self._keys: dict[str, K] | None = None
        self._packed = content.packed if isinstance(content, HoldsPacked) else None

    def __getitem__(self, key: K) -> V:
        self.asked[key if isinstance(key, str) else repr(key)] = None
        return self.content[key]

    def __contains__(self, key: object) -> bool:
        self.asked[_text_of(key)] = None
        return key in self.content

    def __iter__(self) -> Iterator[K]:
        self.asked[None] = None
        return iter(self.content)

    def __len__(self) -> int:
        self.asked[None] = None
        return len(self.content)

    def answer(self, text: str | None) -> bytes:
        """The packed answer for a key, which is given as text; for None that for all keys."""
        if text is None:
            return pack_exactly([[key, _with_kinds(value)] for key, value in self.content.items()])
        if self._keys is None:
            self._keys = {_text_of(key): key for key in self.content}
        if text not in self._keys:
            return _NOTHING
        if self._packed:
            return pack_exactly([self._packed(text)])
        return pack_exactly([_with_kinds(self.content[self._keys[text]])])


class _AskedNotes(_Asked[NoteId, Note]):
    """The notes of a garden, which note too that they are asked what they say, for `contents`."""

    def __init__(self, notes: Mapping[NoteId, Note], contents: "_AskedContents") -> None:
        kind = _noting_what_it_says(contents.asked)
        super().__init__({id: kind(*astuple(note)) for id, note in notes.items()})
        self._notes = notes

    def answer(self, text: str | None) -> bytes:
        if text is None:
            return pack_exactly([*map(_named, self._notes.values())])
        return pack_exactly([_named(self._notes[text])]) if text in self._notes else _NOTHING


class _AskedContents(_Asked[NoteId, Note]):
    """What the notes of a garden say, by the note."""

    def answer(self, text: str | None) -> bytes:
        assert text is not None, "nobody goes through all of them"
        if text not in self.content:
            return _NOTHING
        note = self.content[text]
        return pack_exactly([note.content, note.word_count, note.digest, note.problems])


def _named(note: Note) -> Note:
    """The same without what it says."""
    return replace(note, content=NoteContent(b"", b"", b"", b""), word_count=0, digest="", problems=())


def _noting_what_it_says(asked: dict[str | None, None]) -> type[Note]:
    """The class of notes that note their ids there when anybody asks for one of the fields that `_named` leaves out."""

    def noting(name: str) -> property:
        field = getattr(Note, name)

        def value(self: Note) -> object:
            asked[self.id] = None
            return field.__get__(self)

        return property(value)

    fields = {name: noting(name) for name in ("content", "word_count", "digest", "problems")}
    made = defstruct("AskedNote", [], bases=(Note,), namespace=fields, frozen=True)
    assert issubclass(made, Note)
    return made


class _Traced:
    """The sources of pages, with mappings that note what is asked of them."""

    def __init__(self, sources: PageSources) -> None:
        self._mappings: dict[str, _Asked[object, object]] = {}
        self._remembered: dict[str, dict[str | None, bytes]] = {name: {} for name in _ASKED_OFTEN}
        self._fixed: list[object] = []
        site, insights = sources.site, sources.insights
        contents = _AskedContents(site.garden.notes)
        notes = _AskedNotes(site.garden.notes, contents)
        self._mappings |= {"garden.contents": contents, "garden.notes": notes}  # type: ignore[dict-item]  # as below
        garden = self._traced("garden", site.garden, notes=notes, **_SEEN_BY_NO_PAGE)
        # Cached there, so that it is not made anew of all that the mappings hold.
        vars(garden)["neighbours"] = self._asked("garden.neighbours", site.garden.neighbours)
        cards, graph = site.card_style, _EMPTY_GRAPH if site.graph else None
        own = {
            "garden": garden,
            "theme": site.theme,
            "config": site.config,
            "card_style": cards,
            "overview": None,
            "locked": site.locked,
        }
        traced = self._traced("site", site, **own, graph=graph)
        self._fixed += [
            repr(site.config),
            site.graph is None,
            site.language.tag,
            [cards.typeface.digest, cards.paper, cards.inks] if cards else None,
            _told_of(site.locked, has_cards=bool(cards)),
            *_files_of(site.theme.folders),
        ]
        related = {
            note: tuple(replace(one, score=0.0) for one in rows)  # which no page shows
            for note, rows in insights.related.neighbours.items()
        }
        self._sources = PageSources(
            traced,
            Insights(
                related=Related(self._asked("related", related)),
                mentions=self._asked("mentions", insights.mentions),
                cards=self._asked("cards", insights.cards),
                history=self._asked("history", insights.history),
                search=insights.search,
            ),
            self._asked("anniversaries", sources.anniversaries),
            Calendar(
                self._asked("calendar.years", sources.calendar.years),
                self._asked("calendar.months", sources.calendar.months),
            ),
        )
        try:
            self.frame = _digest(pack_exactly(self._fixed))
            """A digest of what counts for every page; empty where there can be none."""
        except (TypeError, ValueError):
            self.frame = b""

    def make(self, order: PageOrder) -> tuple[dict[str, list[str | None]], list[OutputFile]]:
        """The order's files, and what was asked to make them."""
        for mapping in self._mappings.values():
            mapping.asked.clear()
        files = list(order.make(self._sources))
        return {name: list(mapping.asked) for name, mapping in self._mappings.items() if mapping.asked}, files

    def answers(self, asked: Mapping[str, Sequence[str | None]]) -> bytes:
        """A digest of today's answers to all that was asked; empty if one cannot be given."""
        digest = blake2b(digest_size=16)
        try:
            for name, keys in asked.items():
                mapping, remembered = self._mappings[name], self._remembered.get(name)
                if remembered is None:
                    digest.update(b"".join(map(mapping.answer, keys)))
                    continue
                for key in keys:
                    if key not in remembered:
                        remembered[key] = _digest(mapping.answer(key))
                digest.update(b"".join([remembered[key] for key in keys]))
        except (KeyError, TypeError, ValueError):
            return b""
        return digest.digest()

    def _asked(self, name: str, content: Mapping[K, V]) -> Mapping[K, V]:
        mapping = _Asked(content)
        self._mappings[name] = mapping  # type: ignore[assignment]  # keys and values are of all kinds
        return mapping

    def _traced(self, name: str, whole: S, **own: object) -> S:
        """A struct with its mappings traced; all else in it but what is given in its place counts for every page."""
        changed = dict(own)
        for field in whole.__struct_fields__:
            value, place = getattr(whole, field), f"{name}.{field}"
            if isinstance(value, Mapping) and field not in own:
                changed[field] = self._asked(place, value)
            elif field not in own:
                self._fixed.append([place, _fixed(value)])
        return replace(whole, **changed)


def _text_of(key: object) -> str:
    return key if isinstance(key, str) else repr(key)


def _with_kinds(value: object) -> object:
    """A value, and what its parts are: a link home and one that leads nowhere hold the same, nothing."""
    return [[type(one).__name__ for one in value], value] if isinstance(value, tuple) else value


def _fixed(value: object) -> object:
    """A plain value in the place of one: a script counts by its address, which changes with it."""
    if isinstance(value, OutputFile):
        return value.url
    if isinstance(value, frozenset):
        return sorted(value)
    return [_fixed(one) for one in value] if isinstance(value, tuple) else value


def _told_of(locked: LockedParts | None, *, has_cards: bool) -> object:
    """What every page may tell of encrypted notes; which these are counts for the cards of others."""
    if locked is None:
        return None
    data = sorted(locked.data.items()) if locked.data is not None else None
    return [
        locked.salt,
        sorted(locked.depths),
        locked.diagrams,
        data,
        sorted(locked.notes) if has_cards else None,
    ]


def _files_of(folders: Iterable[Path]) -> Iterator[object]:
    """All that lies in a theme: a template may include whatever is there."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield [path.relative_to(folder).as_posix(), digest_of(path.read_bytes())]


def _digest(*parts: bytes) -> bytes:
    return digest_of(b"".join(parts))
