"""What `check` says about a garden beside what linking found: nothing that breaks a page, much that a gardener asks.

Notes that nobody finds by a link, notes with one title, empty notes, files that no note uses, and links that hold only
where upper and lower case are the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from unicodedata import normalize

from notegen.dates import day_in_name
from notegen.errors.phrases import in_backticks
from notegen.model import Code, Garden, Link, Note, NoteId, Nowhere, Place, Problem, Reading, ToAsset, ToNote
from notegen.paths import INDEX_NAMES, NOTE_SUFFIXES, fold, note_endings, stem_of
from notegen.regex import regex

_NOT_FOR_READERS = frozenset(
    ".base .bat .bb .cfg .clj .conf .css .edn .ini .js .json .jsonc .lock .mjs .mk .nix .ps1 .py .rb .scss .sh .toml"
    " .ts .tsx .yaml .yml".split()
)
"""Suffixes of settings, styles and programs, which lie beside notes and are not there to be shown."""
_FOUND_BY_NAME = frozenset(
    {*INDEX_NAMES, "404", "changelog", "code-of-conduct", "code_of_conduct"}
    | {"contributing", "license", "notice", "security"}
)
"""Names of notes that open a folder, or that the host of a repository or a site knows where to find."""
_MEDIA = regex(r"<(?:img|video|audio|object|hr|input)\b")


def give_advice(garden: Garden, reading: Reading) -> tuple[Problem, ...]:
    """Advice on a garden, in order of place; total."""
    listing = _listing(garden)
    empty = [note.id for note in garden.notes.values() if _is_empty(note) and note.id not in listing]
    return in_order(
        [
            *(Problem(Code.NOTE_EMPTY, Place(id)) for id in empty),
            *_orphans(garden, frozenset(empty)),
            *_shared_titles(garden.notes.values()),
            *_unused_files(garden, reading),
            *_case_links(garden, reading),
        ]
    )


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, by place in it, and by kind."""
    return tuple(sorted(problems, key=lambda problem: (problem.place, problem.code, problem.facts)))


def without_ignored(problems: Iterable[Problem], ignored: Iterable[Code]) -> tuple[Problem, ...]:
    """The problems of all other kinds, in the same order."""
    dropped = frozenset(ignored)
    return tuple(problem for problem in problems if problem.code not in dropped)


def _is_empty(note: Note) -> bool:
    """Whether nothing of it shows but its title and headings; in Logseq tags are words like others."""
    about = note.properties or note.aliases or (note.tags if note.tool == "logseq" else ())
    says = about or note.links or any(section.paragraphs for section in note.sections)
    return not says and not _MEDIA.search(note.body)


def _listing(garden: Garden) -> frozenset[NoteId]:
    """Notes that need no text, since their place says what they are for, or a tool makes them by itself.

    A day, a page of Logseq's that others name, a tag of Dendron's, what has notes below it, and the first page of a
    folder that has other notes.
    """
    folders = Counter(parent for id in garden.notes for parent in PurePosixPath(id).parents)
    return frozenset(
        id
        for id, note in garden.notes.items()
        for path in (PurePosixPath(id),)
        if day_in_name(path.stem)
        or garden.below.get(id)
        or (note.tool == "logseq" and garden.neighbours[id].either)
        or (note.tool == "dendron" and path.stem.startswith("tags."))
        or (path.stem.lower() in INDEX_NAMES and folders[path.parent] > 1)
    )


def _orphans(garden: Garden, empty: frozenset[NoteId]) -> Iterator[Problem]:
    """Notes without a link to or from another; one with a place in a list or among days needs none."""
    listed = {id for above, below in garden.below.items() for id in (above, *below)}
    for id in garden.notes if len(garden.notes) > 1 else ():
        stem = PurePosixPath(id).stem
        placed = day_in_name(stem) or stem.lower() in _FOUND_BY_NAME or id in listed
        if (
            not placed
            and id not in empty
            and not garden.neighbours[id].either
            and not _leads_elsewhere(garden, id)
        ):
            yield Problem(Code.NOTE_ORPHAN, Place(id))


def _leads_elsewhere(garden: Garden, id: NoteId) -> bool:
    """Whether a note links to a page that is no note's: a day, a tag or the site's first page."""
    return any(not isinstance(to, ToNote | ToAsset | Nowhere) for to in garden.resolutions[id])


def _shared_titles(notes: Iterable[Note]) -> Iterator[Problem]:
    """Each note of which another has the title, ignoring case; Dendron tells notes apart by their whole names."""
    by_title: dict[str, list[Note]] = defaultdict(list)
    for note in (note for note in notes if note.tool != "dendron"):
        by_title[fold(note.title)].append(note)
    for alike in by_title.values():
        for note in alike if len(alike) > 1 else ():
            others = in_backticks((other.id for other in alike if other is not note), most=3)
            facts = (("title", note.title), ("others", others))
            yield Problem(Code.TITLE_TAKEN, Place(note.id), facts)


def _unused_files(garden: Garden, reading: Reading) -> Iterator[Problem]:
    """Files that no published note shows or links to; not settings, programs, or a `LICENSE`, which none would."""
    for path in reading.assets:
        file = PurePosixPath(path)
        shown = file.suffix and file.suffix.lower() not in _NOT_FOR_READERS
        if path not in garden.assets and shown and file.stem.lower() not in _FOUND_BY_NAME:
            yield Problem(Code.ASSET_UNUSED, Place(path))


def _case_links(garden: Garden, reading: Reading) -> Iterator[Problem]:
    """Links that are found only because case does not count here; for Logseq's names it never does."""
    logseq = tuple(f"{root.path}/".lstrip("/") for root in reading.roots if root.tool == "logseq")
    for id, note in garden.notes.items():
        for link, to in zip(note.links, garden.resolutions[id], strict=True):
            if isinstance(to, ToNote) and not to.note.startswith(logseq):
                chosen = _differs_by_case(link, stem_of(to.note), note_endings([to.note]))
            elif isinstance(to, ToAsset):
                chosen = _differs_by_case(link, to.path, NOTE_SUFFIXES)
            else:
                continue
            if chosen:
                yield Problem(Code.LINK_CASE, link.place, (("target", link.target), ("chosen", chosen)))


def _differs_by_case(link: Link, path: str, endings: Iterable[str]) -> str:
    """The file's own writing of what the link says; empty when the link says just that, or has found it otherwise."""
    target = _without_suffix(link.target, endings)
    written = [part for part in normalize("NFC", target).split("/") if part.strip(".")]
    parts = normalize("NFC", path).split("/")[-len(written) :] if written else []
    alike = [fold(part) for part in written] == [fold(part) for part in parts]
    return "/".join(parts) if alike and written != parts else ""


def _without_suffix(name: str, endings: Iterable[str]) -> str:
    lower = name.lower()
    return next((name[: -len(end)] for end in (*endings, ".html") if lower.endswith(end)), name)
