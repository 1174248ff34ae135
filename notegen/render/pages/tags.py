"""The page of each tag, and the page of all tags."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate

from msgspec import Struct

from notegen.model import Garden, Note, NoteId, OutputFile, ToTag, Url
from notegen.paths import TAGS, fold, part_url, stem_of
from notegen.render.known_pages import PageOrder, PageSources
from notegen.render.parts.backlinks import MAX_SENTENCES
from notegen.render.parts.excerpt import mark_link
from notegen.render.parts.lists import Entry, Row, archive, part_lead, part_link, parts_of, undated_in
from notegen.render.parts.timeline import timeline_of
from notegen.render.site import Site, link_to, make_page
from notegen.theme import safe

MAX_TAGS_PER_PAGE = 600
TAG_NOTES_FOLDER = "tags"
"""The folder, in any case, whose notes tell what the tags they are called after are for, as in Quartz."""


def tag_orders(site: Site) -> Iterator[PageOrder]:
    """Each tag with its notes, newest first, and the tags within it."""
    opened = _tags_opened(site)
    for tag in site.garden.tags:
        if tag not in site.garden.tags_of_pages:
            page = opened(tag)
            yield PageOrder(site.garden.tag_urls[tag], (page,), partial(_ordered_tag, page))


def _ordered_tag(opened: "_TagPage", sources: PageSources) -> Iterator[OutputFile]:
    return _tag_pages(sources.site, opened)


def pages_by_tag(site: Site) -> Callable[[str], Iterator[OutputFile]]:
    """What makes the pages of a tag: one, or parts of a long list."""
    opened = _tags_opened(site)
    return lambda tag: _tag_pages(site, opened(tag))


def _tags_opened(site: Site) -> Callable[[str], "_TagPage"]:
    """What the page of a tag shows beside its notes."""
    known = {fold(tag): tag for tag in site.garden.tags}
    within = _tags_within(known)
    about = notes_about_tags(site.garden.notes)
    references = _references(site.garden)

    def opened(tag: str) -> _TagPage:
        above = tuple(_parent_tags(tag, known))
        return _TagPage(tag, above, within.get(tag, []), about.get(fold(tag)), references.get(tag, {}))

    return opened


class _TagPage(Struct, frozen=True):
    """What a tag's page shows beside its notes."""

    tag: str
    above: Sequence[str]
    within: Sequence[str]
    about: NoteId | None
    """The note that says what the tag is for."""
    references: Mapping[NoteId, Mapping[str, str]]
    """What notes say where they link to it, sentences with the words to mark; only in Logseq, where it is a page."""


def _tag_pages(site: Site, opened: _TagPage) -> Iterator[OutputFile]:
    tag, about_it = opened.tag, opened.about
    notes, first = site.garden.tags[tag], site.garden.tag_urls[tag]
    name = tag if opened.references else f"#{tag}"
    quoted = {note: _quotes(sentences) for note, sentences in opened.references.items()}
    parts = parts_of(notes)
    days = [day for note in notes if (day := site.garden.notes[note].dating.day)]
    lead = site.translate("count.notes", count=len(notes))
    about = site.translate("tags.about", count=len(notes), tag=name)
    for number, listed in enumerate(parts, 1):
        page = part_url(first, number)
        names = {
            "heading": name,
            "lead": part_lead(site, lead, number, len(parts)),
            "about": _about_entry(site, page, about_it) if about_it and number == 1 else None,
            "tags": link_to(page, TAGS),
            "parents": tuple(_tag_row(site, page, one) for one in opened.above),
            "rows": tuple(_tag_row(site, page, one) for one in opened.within) if number == 1 else (),
            "timeline": timeline_of(days, site.language) if number == 1 else None,
            "years": archive(site, page, listed, months=len(listed) > 12, quoted=quoted),
            "undated": undated_in(site, page, listed, quoted=quoted, is_named=site.is_dated),
            "earlier": part_link(site, page, first, number - 1, len(parts), "list.newer"),
            "later": part_link(site, page, first, number + 1, len(parts), "list.older"),
            "up": None,
            "feed": link_to(page, site.tag_feeds[tag]) if tag in site.tag_feeds else "",
        }
        yield make_page(site, "tag.html", page, "tags", names, title=name, description=about)


def _references(garden: Garden) -> dict[str, dict[NoteId, dict[str, str]]]:
    """What Logseq's notes say about each tag, by tag and note: sentences, each with the words in it that link."""
    found: dict[str, dict[NoteId, dict[str, str]]] = {}
    for id, note in garden.notes.items():
        if note.tool != "logseq":
            continue  # whose links are not read
        for link, goal in zip(note.links, garden.resolutions[id], strict=True):
            if isinstance(goal, ToTag):
                sentences = found.setdefault(goal.tag, {}).setdefault(id, {})
                if link.sentence:
                    sentences.setdefault(link.sentence, link.text)
    return found


def _quotes(sentences: Mapping[str, str]) -> str:
    """The sentences as HTML, with the words marked that link."""
    quoted = (mark_link(sentence, text) for sentence, text in list(sentences.items())[:MAX_SENTENCES])
    return safe(" · ".join(quoted))


def notes_about_tags(notes: Mapping[NoteId, Note]) -> dict[str, NoteId]:
    """The notes in the folder by the tags that they are called after, folded; the first of two alike counts.

    In Dendron it is no folder but a part of the name: `tags.food.bread.md`.
    """
    about: dict[str, NoteId] = {}
    for note in notes:
        if notes[note].tool == "dendron":
            folder, _, name = stem_of(note).rpartition("/")[2].partition(".")
        else:
            folder, _, name = stem_of(note).partition("/")
        if name and fold(folder) == TAG_NOTES_FOLDER:
            about.setdefault(fold(name), note)
    return about


def all_tags_pages(site: Site) -> Iterator[OutputFile]:
    """All tags: one page, or parts of a long list."""
    parts = parts_of(list(site.garden.tags), MAX_TAGS_PER_PAGE)
    lead = site.translate("count.tags", count=len(site.garden.tags))
    for number, tags in enumerate(parts, 1):
        page = part_url(TAGS, number)
        names = {
            "lead": part_lead(site, lead, number, len(parts)),
            "rows": tuple(_tag_row(site, page, tag, depth=min(tag.count("/"), 3)) for tag in tags),
            "earlier": part_link(site, page, TAGS, number - 1, len(parts), "list.before"),
            "later": part_link(site, page, TAGS, number + 1, len(parts), "list.after"),
        }
        yield make_page(
            site, "tags.html", page, "tags", names, title=site.translate("tags.title"), description=lead
        )


def _tags_within(known: Mapping[str, str]) -> dict[str, list[str]]:
    """Each tag's direct children: `a/b` is within `a`, as far as there is a page for `a`."""
    children: dict[str, list[str]] = {}
    for folded, tag in known.items():
        parent = known.get(folded.rpartition("/")[0])
        if parent is not None:
            children.setdefault(parent, []).append(tag)
    return children


def _parent_tags(tag: str, known: Mapping[str, str]) -> Iterator[str]:
    """The tags that the tag is within, the top one first."""
    for upper in accumulate(tag.split("/")[:-1], lambda path, part: f"{path}/{part}"):
        if fold(upper) in known:
            yield known[fold(upper)]


def _tag_row(site: Site, page: Url, tag: str, *, depth: int = 0) -> Row:
    return Row(
        link_to(page, site.garden.tag_urls[tag]), tag, site.language.number(len(site.garden.tags[tag])), depth
    )


def _about_entry(site: Site, page: Url, note: NoteId) -> Entry:
    about = site.garden.notes[note]
    title, description = (site.typeset_text(text, about) for text in (about.title, about.description))
    return Entry(link_to(page, site.garden.urls[note]), title, description)
