"""What a link means: Obsidian's measured order of look-up, then what other tools and people expect.

For a name: the exact path from the root; a note in the linking note's own folder; the shortest path with that name,
ties by alphabet and reported; then a path's ending, a day, a folder's index, an alias or title, a tag. Foam and Emanote
choose in orders of their own, which `names` has. `notes/writing/links.md` has the rules in words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from notegen.dates import day_in_link, day_in_name
from notegen.errors.phrases import in_backticks
from notegen.link.folder_pages import FolderPages
from notegen.link.headings import HeadingAnchors
from notegen.link.names import Match, Names, Undecided
from notegen.link.periods import Periods
from notegen.link.site_addresses import SiteAddresses
from notegen.model import (
    Code,
    Link,
    Note,
    NoteId,
    Nowhere,
    Problem,
    Resolution,
    Source,
    ToAsset,
    ToDay,
    ToFolder,
    ToHome,
    ToLocked,
    ToNote,
    ToTag,
)
from notegen.paths import (
    CONVERTED_SUFFIXES,
    DRAWING_SUFFIX,
    INDEX_NAMES,
    fold,
    note_endings,
    pieces_of,
    slug,
    stem_of,
    suffix_of,
)
from notegen.regex import regex
from notegen.text.listed import listed_texts

MAX_CANDIDATES = 5
"""Notes that a problem names of those that a link can mean."""

_MAX_EMBEDDED_LEVELS = 3
"""How deep in notes within notes a heading is looked for."""
_PIECE = regex(r"(?P<start>[^,:#]*)(?=[,:])(?:,(?P<skip>\d{1,4}))?(?::(?:#(?P<end>.+))?)?")
_DENDRON_ENDS = frozenset({"^begin", "^end"})
"""What Dendron calls a note's top and its end, where no block is called so."""
_BY_NAME = frozenset({"wiki", "embed", "tag"})
"""Kinds of links that call a note by its name."""
_WITH_NUMBERS = frozenset({"plain", "foam", "emanote"})
"""Tools whose own way to look a name up leaves room for a note's number."""
_BY_FOLDER = frozenset({"obsidian", "plain"})
"""Tools in whose notes a name means the same to all notes of a folder."""
_BUNDLES = frozenset({"index", "_index"})
_TOP_OF_SITE = regex(r"@(?:site)?/")
"""From a site's top: Zola's `@/posts/first.md`, VitePress' `@/parts/note.md`, Docusaurus' `@site/docs/first.md`."""
_REFERENCE = regex(r"(?:\./)?(?P<path>[\w-]+(?:/[\w-]+)*)/?")
"""A page by its path below a site's folder of pages: `posts/first`."""
_ZETTEL = regex(r"(?<!\d)(?:\d{12}|\d{14})(?!\d)")
"""The number that a Zettelkasten calls a note by, whatever words stand beside it in the file's name."""
_SITE_FOLDERS = ("static", "assets", "public")
_PART_OF_DRAWING = regex(r"\^(?:area|clippedframe|frame|group|taskbone)=")
"""A part of an Excalidraw drawing, which only its plugin can cut out: the whole is shown."""
_BLOCK = regex(r"\(\(([^()]+)\)\)")
_ITEM = regex(r":/(?P<id>[0-9a-f]{32})", re.IGNORECASE)
"""An item of Joplin's, which a raw export has as `0123….md` if it is a note, and else in a file of that name."""
_TAG_PAGE = regex(r"(?:\.\./)*/?(?:tags?|categor(?:y|ies))/(.+?)/?")
_TAG_PAGES = regex(r"(?:\.\./)*/?(?:tags|categories)/?")


class Found(Struct, frozen=True):
    """A resolution, and what was odd on the way."""

    resolution: Resolution
    problem: Problem | None = None

    @property
    def leads_somewhere(self) -> bool:
        """Whether there is something at the goal, if only a private note."""
        return self.resolution != Nowhere() or self.is_withheld

    @property
    def is_withheld(self) -> bool:
        """Whether the goal is a private note."""
        return self.problem is not None and self.problem.code == Code.LINK_WITHHELD


class Resolver:
    """Looks up names among all notes and files of one garden; each look-up is a few dictionary reads."""

    def __init__(
        self,
        notes: Mapping[NoteId, Note],
        assets: Iterable[str],
        withheld: Iterable[NoteId],
        tags: Mapping[str, str],
        withheld_names: Iterable[str] = (),
        encrypted: Iterable[Source] = (),
    ) -> None:
        """What there is to find.

        Args:
            tags: each tag, folded, as it is shown.
            withheld_names: further names of what is withheld.
            encrypted: those of the withheld notes that there is a locked page for.
        """
        self._notes = notes
        self._endings = note_endings((*notes, *withheld))
        self._tags = tags
        self._tag_addresses = {slug(tag): tag for tag in reversed([*tags.values()])}
        named = [(name, note.id) for note in notes.values() for name in note.names]
        self._note_names = Names([*((stem_of(note), note) for note in notes), *named], self._endings)
        self._blocks = {
            id: (note.id, anchor) for note in notes.values() for id, anchor in note.blocks.items()
        }
        self._day_notes = _day_notes(notes)
        self._folders = {
            fold(dirname(note)): note for note in sorted(filter(_is_index, notes), key=_index_rank)
        }
        self._asset_paths = tuple(assets)
        self._assets = Names((asset, asset) for asset in self._asset_paths)
        hidden = [(stem_of(note), note) for note in withheld] + [(name, name) for name in withheld_names]
        self._withheld = Names(hidden, self._endings)
        self._locked = Names((name, source.id) for source in encrypted for name in _names_of(source))
        self._aliases = _aliases(notes.values())
        self._of_tags: dict[tuple[str, str], Found] = {}
        self._of_folders: dict[tuple[str, ...], Found] = {}
        self._next_headings: dict[NoteId, dict[str, str]] = {}
        self._headings: dict[NoteId, HeadingAnchors] = {}
        self._embedded: dict[NoteId, tuple[NoteId, ...]] = {}
        self._sites: SiteAddresses | None = None
        self._periods: Periods | None = None
        self._zettels: dict[str, list[NoteId]] | None = None
        self._items: dict[str, str] | None = None
        self._folder_pages: FolderPages | None = None
        self._folder_names: frozenset[str] | None = None

    def with_notes(self, notes: Mapping[NoteId, Note], changed: Iterable[NoteId]) -> "Resolver":
        """The same for notes of which the changed ones are called as before, and have the same blocks."""
        resolver = copy(self)
        resolver._notes = notes
        gone = frozenset(changed)
        resolver._headings = {id: places for id, places in self._headings.items() if id not in gone}
        resolver._next_headings, resolver._embedded, resolver._of_folders = {}, {}, {}
        return resolver

    def resolve(self, link: Link, source: NoteId) -> Found:
        """Where the link leads; total."""
        if link.kind == "tag":  # Logseq's, of which a graph has thousands and few that differ
            key = (link.target, dirname(source))
            found = self._of_tags.get(key) or self._look_up(link, source)
            if found.problem is None:
                self._of_tags[key] = found
            return found
        return self._look_up(link, source)

    def _look_up(self, link: Link, source: NoteId) -> Found:
        """What the link means; the order of these steps is the order in which its meanings count."""
        if self._notes[source].tool == "dendron" and (piece := _PIECE.fullmatch(link.fragment)):
            return self._piece(link, source, piece)
        if not link.target and link.fragment.startswith("/") and self._notes[source].tool == "logseq":
            return self._route(link, source)
        if not link.target:
            return self._at(source, link)
        if (item := _ITEM.fullmatch(link.target)) and (found := self._item(item["id"], link, source)):
            return found
        if found := self._look_up_name(link, source):
            return found
        target = self._without_suffix(link.target).strip("/")
        if locked := self._locked.find(target, dirname(source)) or self._locked.at(link.target):
            return Found(ToLocked(locked.path))
        if self._withheld.find(target, dirname(source)) or self._withheld.at(link.target):
            return Found(Nowhere(), _problem(Code.LINK_WITHHELD, link))
        if (
            found := self._look_up_page(link, source)
            or self._look_up_address(link, source)
            or self._look_up_converted(link, source)
        ):
            return found
        return Found(Nowhere(), _problem(Code.ASSET_MISSING if _is_file(link) else Code.LINK_MISSING, link))

    def _look_up_name(self, link: Link, source: NoteId) -> Found | None:
        """What is called as the link says: a block, a note, a file, a day and so on; a tag is never a file's name."""
        whole = (
            self._block,
            self._note,
            self._asset,
            self._zettel,
            self._day,
            self._folder,
            self._alias,
            self._tag,
        )
        for look in (self._note, self._day, self._alias, self._tag) if link.kind == "tag" else whole:
            if found := look(link, source):
                return found
        return None

    def _look_up_page(self, link: Link, source: NoteId) -> Found | None:
        """A page of the site that no note has the name of: a month's, a folder's, that of all tags."""
        looks = (
            self._period,
            self._folder_page,
            self._from_site,
            self._folder_of_site,
            self._all_tags,
            self._heading_below,
        )
        return next(filter(None, (look(link, source) for look in looks if link.kind != "tag")), None)

    def _look_up_address(self, link: Link, source: NoteId) -> Found | None:
        """What is left of an address without what a server is asked, or without the sign of a site's top."""
        if link.kind in ("markdown", "image") and "?" in link.target:
            # What a server is asked for a file, `boat.png?raw=true`, is no part of its name.
            found = self._look_up(replace(link, target=link.target.partition("?")[0]), source)
            if found.leads_somewhere:
                return found
        plain = unquote(link.target) if link.kind in ("wiki", "embed") and "%" in link.target else link.target
        if (plain := plain.replace("\\", "/")) != link.target:
            # As programs on Windows write paths, and as an address that was pasted into a name.
            found = self._look_up(replace(link, target=plain), source)
            if found.is_withheld:
                return Found(Nowhere(), _problem(Code.LINK_WITHHELD, link))
            if found.leads_somewhere:
                return found
        if top := _TOP_OF_SITE.match(link.target):
            found = self._look_up(replace(link, target=link.target[top.end() - 1 :]), source)
            if found.is_withheld:
                return Found(Nowhere(), _problem(Code.LINK_WITHHELD, link))
            if found.leads_somewhere:
                return found
        return None

    def _look_up_converted(self, link: Link, source: NoteId) -> Found | None:
        """The note that was made of a file which is no longer there, `b.md` where the link says `b.org`."""
        path, suffix = PurePosixPath(link.target), PurePosixPath(link.target).suffix
        if link.kind != "markdown" or suffix.lower() not in CONVERTED_SUFFIXES or not path.stem:
            return None
        found = self._look_up(replace(link, target=link.target[: -len(suffix)]), source)
        return found if isinstance(found.resolution, (ToNote, ToLocked)) or found.is_withheld else None

    def _route(self, link: Link, source: NoteId) -> Found:
        """Where Logseq's own app goes, from HTML: `#/page/Jazz` to a page or block, `#/all-journals` to the days."""
        page = link.fragment.removeprefix("/page/").removeprefix("/block/")
        if page != link.fragment:
            target = f"(({page}))" if page in self._blocks else page
            return self.resolve(replace(link, kind="wiki", target=target, fragment=""), source)
        if link.fragment in ("/", "/all-journals"):
            return Found(ToHome())
        return self._at(source, link)

    def _piece(self, link: Link, source: NoteId, piece: re.Match[str]) -> Found:
        """Dendron's `#start,1:#end`: from a heading, or what is below it, to before another, or the next."""
        found = self.resolve(replace(link, fragment=piece["start"]), source)
        goal = found.resolution
        if not isinstance(goal, ToNote) or link.kind != "embed":
            return found
        end, problem, until = piece["end"] or "", found.problem, ""
        if end == "*":
            until = self._next_heading(goal)
        elif end == "^end" and end[1:] not in self._notes[goal.note].blocks:
            until = end
        elif end:
            ending = self._at(goal.note, replace(link, fragment=end))
            until = ending.resolution.anchor if isinstance(ending.resolution, ToNote) else ""
            problem = problem or ending.problem
        return Found(replace(goal, until=until, below_heading=bool(int(piece["skip"] or 0))), problem)

    def _next_heading(self, goal: ToNote) -> str:
        """The anchor of the heading after the one that is led to, or of a note's first; empty after its last."""
        if goal.note not in self._next_headings:
            anchors = ["", *(heading.anchor for heading in self._notes[goal.note].headings)]
            self._next_headings[goal.note] = dict(pairwise(anchors))
        return self._next_headings[goal.note].get(goal.anchor, "")

    def is_withheld(self, name: str) -> bool:
        """Whether a private note is called so, or by a part of the name: `Work/Plan` and `Plan/Money` say `Plan`."""
        pieces = pieces_of(name.partition("^")[0].split("/"))
        return any(
            self._withheld.find(form, "") for piece in pieces for form in (piece, self._without_suffix(piece))
        )

    def _item(self, id: str, link: Link, source: NoteId) -> Found | None:
        """The file or note that an item of Joplin's is, a file first: what its `.md` says of it is no note."""
        if self._items is None:
            self._items = {fold(stem_of(path).rpartition("/")[2]): path for path in self._asset_paths}
        if file := self._items.get(fold(id)):
            return Found(ToAsset(file, link.fragment))
        found = self._look_up(replace(link, target=id), source)
        return found if found.leads_somewhere else None

    def _heading_below(self, link: Link, source: NoteId) -> Found | None:
        """Bear's `[[Tides/Spring tides]]`: the heading of a note, where no folder of notes is called so.

        Whether the note has it does not count: what a link means hangs on names alone.
        """
        name, slash, heading = link.target.partition("/")
        if self._notes[source].tool != "plain" or link.kind not in ("wiki", "embed") or link.fragment:
            return None
        if not name or not slash or not heading or fold(name) in self._names_of_folders():
            return None
        if self.is_withheld(link.target):  # as a path, in which a private note's name stands
            return None
        found = self.resolve(replace(link, target=name, fragment=heading), source)
        return found if isinstance(found.resolution, ToNote) else None

    def _names_of_folders(self) -> frozenset[str]:
        if self._folder_names is None:
            folders = {dirname(note) for note in self._notes}
            self._folder_names = frozenset(fold(name) for folder in folders for name in folder.split("/"))
        return self._folder_names

    def _block(self, link: Link, source: NoteId) -> Found | None:
        match = _BLOCK.fullmatch(link.target) if self._blocks else None
        return Found(ToNote(*self._blocks[match[1]])) if match and match[1] in self._blocks else None

    def _note(self, link: Link, source: NoteId) -> Found | None:
        """The note that is called so, looked up once for the notes of a folder: most of their links are the same."""
        note = self._notes[source]
        if note.tool not in _BY_FOLDER:
            return self._note_called(link, source)
        key = (dirname(source), note.tool, note.root, link.kind, link.target, link.fragment)
        found = self._of_folders.get(key) or self._note_called(link, source)
        if found and found.problem is None:  # which names the link's place
            self._of_folders[key] = found
        return found

    def _note_called(self, link: Link, source: NoteId) -> Found | None:
        plain = self._without_suffix(link.target)
        match = self._find(self._note_names, plain, link, source)
        ending = link.target[len(plain) :].lower()
        if ending and not (isinstance(match, Match) and match.path.lower().endswith(ending)):
            # `guide.markdown` may be no Markdown file called `guide` but a note of that whole name.
            match = self._find(self._note_names, link.target, link, source) or match
        if match is None:
            return None
        if isinstance(match, Undecided):
            return _undecided(match, link)
        return self._matched(match, link)

    def _matched(self, match: Match, link: Link) -> Found:
        """The note of a match, with what there is to say about the choice."""
        found = self._at(match.path, link)
        if match.others:
            candidates = in_backticks([match.path, *match.others][:MAX_CANDIDATES])
            return Found(
                found.resolution,
                _problem(Code.LINK_AMBIGUOUS, link, candidates=candidates, chosen=match.path),
            )
        if match.by_suffix and found.problem is None:
            return Found(found.resolution, _problem(Code.LINK_BY_SUFFIX, link, chosen=match.path))
        return found

    def _asset(self, link: Link, source: NoteId) -> Found | None:
        match = self._find(self._assets, link.target, link, source)
        if isinstance(match, Undecided):
            return _undecided(match, link)
        if match and link.kind in ("markdown", "image") and self._is_another(match.path, link, source):
            match = self._of_site(link.target)
        if match and link.kind == "embed" and match.path.lower().endswith(DRAWING_SUFFIX):
            exported = (self._assets.at(match.path + suffix) for suffix in (".svg", ".png"))
            match = next(filter(None, exported), match)
        return Found(ToAsset(match.path, link.fragment)) if match else None

    def _is_another(self, path: str, link: Link, source: NoteId) -> bool:
        """Whether a file that lies far from the linking note and only happens to be called so is not what is meant.

        Obsidian and Logseq look a name up in the whole vault; to others an address starts at the note. Where the file
        is not there, one of several of that name would be a wrong picture, and so would any for a page bundle, whose
        files lie with its index.
        """
        if self._notes[source].tool in ("obsidian", "logseq") or link.target.startswith("/"):
            return False
        near = (normpath(join(dirname(source), link.target)), normpath(link.target))
        if fold(path) in map(fold, near):
            return False
        is_bundle = "/" in source and fold(stem_of(source).rpartition("/")[2]) in _BUNDLES
        return is_bundle or not self._assets.is_only(link.target)

    def _of_site(self, target: str) -> Match | None:
        """The file that lies where site generators look for what belongs to no page."""
        paths = (f"{folder}/{target.strip('/')}" for folder in _SITE_FOLDERS)
        return next(filter(None, (self._assets.find(path, "") for path in paths)), None)

    def _find(self, names: Names, target: str, link: Link, source: NoteId) -> Match | Undecided | None:
        """What the name means to the tool that the linking note was written with."""
        note, folder = self._notes[source], dirname(source)
        own: Match | Undecided | None = None
        if link.kind in ("markdown", "image"):
            # Obsidian alone takes a path of one part for one from the vault's root, even against a file beside.
            own = names.at(normpath(join(folder, target))) if note.tool != "obsidian" else None
        elif note.tool == "emanote":
            own = names.nearest(target, source)
        elif note.tool == "foam":
            own = names.first(target)
        # Logseq's pages are called by their titles, wherever they lie.
        return own or names.find(target, folder, "" if note.tool == "logseq" else note.root)

    def _zettel(self, link: Link, source: NoteId) -> Found | None:
        """The one note whose name holds this number: `[[202403011200]]` is `202403011200 Salt.md` in Zettlr."""
        if link.kind not in _BY_NAME or self._notes[source].tool not in _WITH_NUMBERS:
            return None
        if not _ZETTEL.fullmatch(link.target):
            return None
        if self._zettels is None:
            self._zettels = _zettels(self._notes)
        notes = self._zettels.get(link.target, ())
        return self._at(notes[0], link) if len(notes) == 1 else None

    def _day(self, link: Link, source: NoteId) -> Found | None:
        day = day_in_link(self._without_suffix(link.target)) if link.kind in _BY_NAME else None
        if day is None:
            return None
        return Found(ToNote(self._day_notes[day])) if day in self._day_notes else Found(ToDay(day))

    def _period(self, link: Link, source: NoteId) -> Found | None:
        """The calendar's page of a month, week or year; in Logseq any name makes a page of its own."""
        if link.kind not in _BY_NAME or self._notes[source].tool == "logseq":
            return None
        self._periods = self._periods or Periods(self._notes.values())
        period = self._periods.called(self._without_suffix(link.target))
        return Found(period) if period else None

    def _folder(self, link: Link, source: NoteId) -> Found | None:
        """A folder opens its `index.md`, as in Foam and Hugo; the site's own index is everybody's `index.html`."""
        path = link.target.strip("/")
        near = fold(normpath(join(dirname(source), path)).replace("..", "").strip("/."))
        # `/` is the site's first page, wherever it is written.
        for folder in (fold(path), near) if path else ():
            if folder in self._folders and folder:
                return self._at(self._folders[folder], link)
        if link.kind == "markdown" and (
            link.target == "/"
            or (link.target.strip("./") == "" and normpath(join(dirname(source), link.target)) == ".")
            or fold(link.target.rpartition("/")[2]) in ("index.html", "index.htm")
        ):
            return Found(ToHome())
        return None

    def _folder_page(self, link: Link, source: NoteId) -> Found | None:
        """The page of a folder that no note opens, beside the linking note or from the top: `[all](../posts/)`."""
        if link.kind != "markdown" or link.fragment:
            return None
        self._folder_pages = self._folder_pages or FolderPages(self._notes)
        folder = self._folder_pages.at(link.target, dirname(source))
        return Found(ToFolder(folder)) if folder else None

    def _folder_of_site(self, link: Link, source: NoteId) -> Found | None:
        """What `/posts/` is on a site whose notes lie in `content/posts`, and `../posts/` on the page `/about/`."""
        if link.kind != "markdown" or link.fragment or not link.target.startswith(("/", "../")):
            return None
        self._folder_pages = self._folder_pages or FolderPages(self._notes)
        if link.target.startswith("/"):
            folder = self._folder_pages.ending(link.target)
        else:
            folder = self._folder_pages.at(link.target, stem_of(source))
        return Found(ToFolder(folder)) if folder else None

    def _from_site(self, link: Link, source: NoteId) -> Found | None:
        """What an address leads to on the site that a generator makes: from its top, or up from a page of its own."""
        if link.target.startswith("../") and link.kind in ("markdown", "image"):
            # `/posts/first/` is a folder to a browser, though `posts/first.md` is none.
            target = normpath(join(stem_of(source), link.target))
            folder = self._folders.get(fold(target))
            note = Match(folder) if folder else self._note_names.at(self._without_suffix(target))
            file = self._assets.at(target)
        elif link.target.startswith("/"):
            self._sites = self._sites or SiteAddresses(self._notes.values())
            note = self._sites.find(link.target)
            file = self._of_site(link.target) or self._assets.find(link.target.strip("/"), "")
        elif link.kind == "markdown" and (path := _REFERENCE.fullmatch(link.target)):
            # Hugo's `ref "first"` of the bundle `posts/first/index.md`, which elsewhere is `first.md`.
            self._sites = self._sites or SiteAddresses(self._notes.values())
            note, file = self._sites.find(f"/{path['path']}"), None
            if note and note.by_suffix and "/" in path["path"]:  # its last part alone
                return None
        else:
            return None
        if file and (note is None or _is_file(link) or PurePosixPath(link.target).suffix):
            return Found(ToAsset(file.path, link.fragment))
        if note and link.kind in ("wiki", "embed"):  # as good as any path's ending, and no more
            note = replace(note, by_suffix=True)
        return self._matched(note, link) if note else None

    def _alias(self, link: Link, source: NoteId) -> Found | None:
        notes = self._aliases.get(fold(link.target), ())
        if len(notes) != 1 or link.kind not in _BY_NAME:
            return None
        found = self._at(notes[0], link)
        return Found(
            found.resolution, found.problem or _problem(Code.LINK_BY_ALIAS, link, chosen=stem_of(notes[0]))
        )

    def _tag(self, link: Link, source: NoteId) -> Found | None:
        """In Logseq a tag and a page of that name are one thing; elsewhere `/tags/name` is a site's usual address.

        Where a site has categories beside tags, one that is called as a tag is that.
        """
        match = _TAG_PAGE.fullmatch(self._without_suffix(link.target)) if link.kind != "tag" else None
        name = match[1] if match else link.target if self._notes[source].tool == "logseq" else ""
        tag = self._tags.get(fold(name)) or (self._tag_addresses.get(slug(name)) if match else None)
        return Found(ToTag(tag)) if tag else None

    def _all_tags(self, link: Link, source: NoteId) -> Found | None:
        """The page of all tags, which a site has at `/tags/`."""
        is_meant = self._tags and link.kind == "markdown" and not link.fragment
        return Found(ToTag("")) if is_meant and _TAG_PAGES.fullmatch(link.target) else None

    def _at(self, note: NoteId, link: Link) -> Found:
        """The note, at the heading that the link names if it has it."""
        if not link.fragment:
            return Found(ToNote(note))
        if link.fragment.startswith("^"):
            anchor = self._block_at(note, link.fragment[1:])
            if anchor is None and link.fragment in _DENDRON_ENDS and self._notes[note].tool == "dendron":
                anchor = ""
        else:
            is_address = link.kind in ("markdown", "image")
            anchor = self._places_of(note).find(link.fragment, is_address=is_address)
        if anchor is None and _PART_OF_DRAWING.match(link.fragment) and _is_drawing(note):
            anchor = ""
        if anchor is None and (there := self._in_embedded(note, link)):
            return Found(there)
        if anchor is None:
            return Found(
                ToNote(note, missing=link.fragment),
                _problem(Code.HEADING_MISSING, link, target=note, heading=link.fragment),
            )
        return Found(ToNote(note, anchor))

    def _block_at(self, note: NoteId, id: str) -> str | None:
        """Obsidian's ids of blocks ignore case; one that is written so comes first."""
        blocks = self._notes[note].blocks
        alike = (anchor for name, anchor in blocks.items() if name.lower() == id.lower())
        return blocks.get(id) or next(alike, None)

    def _in_embedded(self, note: NoteId, link: Link) -> ToNote | None:
        """In Dendron, a heading that a note shows from another: a page there has the anchors of all that it holds."""
        if self._notes[note].tool != "dendron" or link.kind not in ("wiki", "markdown"):
            return None
        for other in self._embedded_in(note):
            if link.fragment.startswith("^"):
                anchor = self._block_at(other, link.fragment[1:])
            else:
                anchor = self._places_of(other).find(link.fragment, is_address=False)
            if anchor is not None:
                return ToNote(other, anchor)
        return None

    def _embedded_in(self, note: NoteId) -> tuple[NoteId, ...]:
        """The notes that a note shows, and those that they show, the nearest first."""
        if note not in self._embedded:
            found = {note: None}
            level = [note]
            for _ in range(_MAX_EMBEDDED_LEVELS):
                level = [other for one in level for other in self._embeds_of(one) if other not in found]
                found |= dict.fromkeys(level)
            self._embedded[note] = tuple(found)[1:]
        return self._embedded[note]

    def _embeds_of(self, note: NoteId) -> Iterator[NoteId]:
        for link in self._notes[note].links:
            if link.kind == "embed" and link.target:
                goal = self.resolve(replace(link, fragment=""), note).resolution
                if isinstance(goal, ToNote):
                    yield goal.note

    def _without_suffix(self, target: str) -> str:
        """The target without `.md` or what else notes end in, whatever its case, or the `.html` written by hand."""
        for suffix in (*self._endings, ".html"):
            if target.lower().endswith(suffix):
                return target[: -len(suffix)]
        return target

    def _places_of(self, note: NoteId) -> HeadingAnchors:
        if note not in self._headings:
            self._headings[note] = HeadingAnchors(self._notes[note])
        return self._headings[note]


def _names_of(source: Source) -> Iterator[str]:
    """What links may call a note that was not parsed: its path, its tool's names, its title and aliases as stated."""
    yield stem_of(source.id)
    yield source.id
    yield from source.names
    for key in ("title", "aliases", "alias"):
        yield from filter(None, listed_texts(source.properties.get(key)))


def _is_drawing(note: NoteId) -> bool:
    return stem_of(note).lower().endswith(DRAWING_SUFFIX)


def _zettels(notes: Iterable[NoteId]) -> dict[str, list[NoteId]]:
    """The notes of each number, in order."""
    numbered: dict[str, list[NoteId]] = defaultdict(list)
    for note in notes:
        for number in _ZETTEL.findall(stem_of(note).rpartition("/")[2]):
            numbered[number].append(note)
    return numbered


def _is_index(note: NoteId) -> bool:
    return fold(stem_of(note).rpartition("/")[2]) in INDEX_NAMES


def _index_rank(note: NoteId) -> tuple[int, NoteId]:
    """The last of these opens its folder."""
    return -INDEX_NAMES.index(fold(stem_of(note).rpartition("/")[2])), note


def _day_notes(notes: Mapping[NoteId, Note]) -> dict[date, NoteId]:
    """The note that is a day's own, named by its date alone, where there is one and no other."""
    found: dict[date, list[NoteId]] = defaultdict(list)
    for id in notes:
        name = id.rpartition("/")[2]
        stem = name.removesuffix(suffix_of(name))
        day = day_in_name(stem)
        if day and day.at is None and day.other is None and len(day.text) == len(stem):
            found[day.day].append(id)
    return {day: ids[0] for day, ids in found.items() if len(ids) == 1}


def _aliases(notes: Iterable[Note]) -> dict[str, list[NoteId]]:
    names: dict[str, list[NoteId]] = defaultdict(list)
    for note in notes:
        for name in dict.fromkeys(fold(alias) for alias in (*note.aliases, note.title)):
            names[name].append(note.id)
    return names


def _undecided(match: Undecided, link: Link) -> Found:
    candidates = in_backticks(match.candidates[:MAX_CANDIDATES])
    return Found(Nowhere(), _problem(Code.LINK_UNDECIDED, link, candidates=candidates))


def _is_file(link: Link) -> bool:
    suffix = PurePosixPath(link.target).suffix
    return link.kind == "image" or (link.kind == "embed" and 1 < len(suffix) <= 6)


def _problem(code: Code, link: Link, **facts: str) -> Problem:
    return Problem(code, link.place, tuple({"target": link.target, "candidates": "", **facts}.items()))
