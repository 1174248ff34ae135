"""What a feed says, whatever its format: which notes, what they are called, and texts fit to be read elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, time
from functools import cache
from html import escape, unescape
from urllib.parse import urljoin
from uuid import UUID, uuid5

from msgspec import Struct

from notegen.model import Note, NoteId, Url
from notegen.paths import HOME
from notegen.regex import regex
from notegen.render.parts.body import fill_links, split_title
from notegen.render.parts.cover import cover_address
from notegen.render.site import Site, address
from notegen.text.html_tags import HtmlTag, replace_tags

MAX_FULL_TEXT = 200_000
"""Characters of a text that a feed holds whole; programs that follow feeds give up on very large ones."""

_NAMESPACE = UUID("6d8f3f0e-52a1-5c6b-9d0f-3a0f4e1f7c55")
"""The namespace of all ids that notegen makes; it never changes."""
_NOON = time(12)
"""What stands for the time of a note that states none: the same day in nearly every time zone."""
_ADDRESSES = ("href", "src", "poster", "data")
_PAGE_ONLY = ("id", "tabindex", "loading", "decoding", "download")
"""What means something on a note's own page alone."""
_LANGUAGE = regex(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


class Entry(Struct, frozen=True):
    """A note in a feed; moments are as RFC 3339 writes them."""

    id: str
    address: str
    title: str
    published: str
    updated: str
    summary: str
    html: str
    """The whole text; empty where only the summary is to be told."""
    tags: tuple[str, ...]
    language: str
    """The language, if it is not the feed's."""
    picture: str


class Feed(Struct, frozen=True):
    """A feed with its entries, the newest first."""

    id: str
    title: str
    subtitle: str
    author: str
    language: str
    page: str
    """The page that shows the same notes."""
    address: str
    updated: str
    entries: tuple[Entry, ...]


def feed_of_all(site: Site, url: Url) -> Feed:
    """The newest notes of the garden."""
    notes = reversed(site.garden.by_date)
    return _feed(site, url, HOME, site.title, site.config.description, notes, about="")


def feed_of_tag(site: Site, tag: str, url: Url) -> Feed:
    """The newest notes with a tag."""
    title = f"#{tag} · {site.title}"
    return _feed(site, url, site.garden.tag_urls[tag], title, "", site.garden.tags[tag], about=f"#{tag}")


def moment(day: date, at: time | None = None) -> str:
    """A day, or a time in it, as RFC 3339 writes it; that notes know no time zones is not said."""
    return f"{day.isoformat()}T{(at or _NOON).isoformat('seconds')}Z"


def _feed(
    site: Site, url: Url, page: Url, title: str, subtitle: str, notes: Iterable[NoteId], *, about: str
) -> Feed:
    base, garden = site.config.base_url, site.garden
    dated = [note for note in notes if garden.notes[note].dating.day][: site.config.feeds.count]
    shared = Counter(note.own_id for note in garden.notes.values() if note.own_id)
    entries = tuple(
        _entry(site, garden.notes[note], is_known=shared[garden.notes[note].own_id] == 1) for note in dated
    )
    return Feed(
        id=_id_of(site, f"feed {about}" if about else "feed"),
        title=_legal(title),
        subtitle=_legal(subtitle),
        author=_legal(site.config.author or site.title),
        language=_legal_language(site.language.tag),
        page=address(base, page),
        address=address(base, url),
        updated=max(entry.updated for entry in entries),
        entries=entries,
    )


def _entry(site: Site, note: Note, *, is_known: bool) -> Entry:
    """Args: is_known: whether the note's own id is that of no other note."""
    page = address(site.config.base_url, site.garden.urls[note.id])
    assert note.dating.day
    published = moment(note.dating.day, note.dating.at)
    first = site.garden.first_ids.get(note.id, note.id)
    identity = f"id {note.own_id}" if is_known else f"note {first}"
    html = readable_elsewhere(split_title(note, fill_links(note, site))[1].strip(), page)
    return Entry(
        id=_id_of(site, identity),
        address=page,
        title=_legal(note.title),
        published=published,
        updated=moment(note.changed) if note.changed else published,
        summary=_legal(note.description),
        html=_legal(html) if _is_whole(site, html) else "",
        tags=tuple(map(_legal, note.tags)),
        language=_legal_language(note.language) if note.language != site.language.tag else "",
        picture=cover_address(site, note),
    )


def _is_whole(site: Site, html: str) -> bool:
    return site.config.feeds.content == "full" and len(html) <= MAX_FULL_TEXT


def _id_of(site: Site, identity: str) -> str:
    """An id that no address is part of, so that a feed that moves to another host tells nothing twice."""
    garden = uuid5(_NAMESPACE, site.config.feeds.id or site.title)
    return f"urn:uuid:{uuid5(garden, identity)}"


def readable_elsewhere(html: str, page: str) -> str:
    """The HTML of a page's text with addresses that count from anywhere.

    Args:
        page: the full address of the page.
    """

    def in_tag(tag: HtmlTag) -> str | None:
        attributes = tag.attributes
        if tag.is_end or not attributes:
            return None
        found = [name for name in _ADDRESSES if name in attributes]
        if not found and not attributes.keys() & set(_PAGE_ONLY):
            return None
        addresses = "".join(f' {name}="{escape(_from(page, unescape(attributes[name])))}"' for name in found)
        return f"<{tag.name}{tag.without(*_ADDRESSES, *_PAGE_ONLY)}{addresses}>"

    return replace_tags(html, in_tag)


def _from(page: str, address: str) -> str:
    try:
        return urljoin(page, address)
    except ValueError:  # `http://[`
        return address


def _legal(text: str) -> str:
    """The text without the characters that XML has no way to say."""
    return _no_xml().sub("", text)


@cache  # not where nothing is made into a feed: a class of so many letters takes 4 ms to make
def _no_xml() -> re.Pattern[str]:
    return re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _legal_language(tag: str) -> str:
    tag = tag.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""
