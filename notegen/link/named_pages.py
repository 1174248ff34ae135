"""Logseq's pages without a file: each exists as soon as a link or a tag names it, in one spelling for all links."""

from collections.abc import Iterable, Mapping
from datetime import date

from notegen.link.resolve import Found, Resolver
from notegen.model import Code, Link, Note, NoteId, Place, ToDay, ToNote, ToTag
from notegen.paths import fold, shallow_tag


def name_pages(
    notes: Mapping[NoteId, Note],
    found: Mapping[NoteId, tuple[Found, ...]],
    names: Mapping[str, str],
    resolver: Resolver,
) -> tuple[dict[NoteId, tuple[Found, ...]], dict[str, str]]:
    """The links of Logseq's notes that led nowhere, led to the pages that they name; and all tags with those.

    What a private note is called, or what lies below it, has no page.

    Args:
        names: each tag and its parents, folded, to the way it is shown.
    """
    shown = dict(names)

    def lead(link: Link, was: Found) -> Found:
        name = _page_name(link, was)
        if not name or resolver.is_withheld(name):
            return was
        parts = name.split("/")
        for end in range(1, len(parts) + 1):
            shown.setdefault(fold("/".join(parts[:end])), "/".join(parts[:end]))
        return Found(ToTag(shown[fold(name)]))

    led = {
        id: tuple(map(lead, note.links, found[id])) if note.tool == "logseq" else found[id]
        for id, note in notes.items()
    }
    return led, shown


def pages_of_tags(
    notes: Mapping[NoteId, Note], tags: Mapping[str, Iterable[NoteId]], resolver: Resolver
) -> dict[str, NoteId | date]:
    """The tags that a note or day is called by, where only Logseq's notes have them, to that note or day."""
    pages: dict[str, NoteId | date] = {}
    for tag, tagged in tags.items():
        ids = list(tagged)
        if not all(notes[id].tool == "logseq" for id in ids):
            continue
        goal = resolver.resolve(Link("tag", tag, "", tag, "", Place(ids[0])), ids[0]).resolution
        if isinstance(goal, ToNote):
            pages[tag] = goal.note
        elif isinstance(goal, ToDay) and any(tag in notes[id].tags for id in ids):
            pages[tag] = goal.day
    return pages


def _page_name(link: Link, was: Found) -> str:
    """What page a link that leads nowhere names; nothing where it names a file, a block or a path."""
    if was.problem is None or was.problem.code != Code.LINK_MISSING or link.kind not in ("wiki", "embed"):
        return ""
    name = link.target.replace("%23", "#").strip()
    if name.startswith((".", "/", "((")):
        return ""
    return shallow_tag("/".join(part.strip() for part in name.split("/") if part.strip()))
