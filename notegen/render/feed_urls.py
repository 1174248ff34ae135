"""Where the feeds of a site lie, and which of them there are."""

from collections.abc import Mapping
from itertools import chain

from notegen.config import Config
from notegen.model import Garden, Url
from notegen.paths import fold

ATOM_FEED: Url = "feed.xml"
JSON_FEED: Url = "feed.json"


def feed_urls(garden: Garden, config: Config) -> tuple[Url, ...]:
    """The feeds of all notes; a file of the notes' own at the same address wins."""
    if not _has_feeds(config) or not any(note.dating.day for note in garden.notes.values()):
        return ()
    taken = _taken(garden)
    return tuple(url for url in (ATOM_FEED, JSON_FEED) if url not in taken)


def tag_feed_urls(garden: Garden, config: Config) -> Mapping[str, Url]:
    """The feed of each tag that has a page of its own and a dated note: beside that page."""
    if not _has_feeds(config) or not config.feeds.tags:
        return {}
    taken = _taken(garden)
    urls = {
        tag: f"{garden.tag_urls[tag].removesuffix('.html')}.xml"
        for tag, notes in garden.tags.items()
        if tag not in garden.tags_of_pages and any(garden.notes[note].dating.day for note in notes)
    }
    return {tag: url for tag, url in urls.items() if fold(url) not in taken}


def _has_feeds(config: Config) -> bool:
    return bool(config.base_url and config.feeds.count)


def _taken(garden: Garden) -> frozenset[str]:
    """The files that the notes bring, and all folders there are, folded: a tag may be called `a.xml/b`."""
    urls = chain(garden.urls.values(), garden.tag_urls.values(), garden.assets.values(), garden.redirects)
    parts = (fold(url).split("/") for url in urls)
    folders = {"/".join(names[:end]) for names in parts for end in range(1, len(names))}
    return frozenset(folders | {fold(url) for url in garden.assets.values()})
