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


def former_feed_urls(garden: Garden, config: Config) -> Mapping[Url, Url]:
    """The addresses where programs ask for a feed that was there before, each with the feed that they get.

    It names its own address, and programs that heed that ask there from then on.
    """
    feeds = {url.rpartition(".")[2]: url for url in feed_urls(garden, config)}
    taken = _taken(garden) | {fold(url) for url in tag_feed_urls(garden, config).values()}
    files = {fold(url) for url in garden.assets.values()}
    former = (address.strip("/") for address in config.feeds.also)
    asked = {url: feeds.get("json" if url.endswith(".json") else "xml") for url in former}
    return {
        url: feed
        for url, feed in asked.items()
        if feed and fold(url) not in taken and not files & _folders_of(url)
    }


def _folders_of(url: Url) -> set[str]:
    parts = fold(url).split("/")
    return {"/".join(parts[:end]) for end in range(1, len(parts))}


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
