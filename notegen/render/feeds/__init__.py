"""What programs ask for that follow a site: its newest notes, as Atom and as a JSON Feed, and those of each tag.

A feed names its entries by full addresses, so a site that does not know its own has none.
"""

from collections.abc import Iterator

from notegen.model import OutputFile, Url
from notegen.render.feed_urls import JSON_FEED
from notegen.render.feeds.atom import atom_feed
from notegen.render.feeds.entries import feed_of_all, feed_of_tag
from notegen.render.feeds.json_feed import json_feed
from notegen.render.site import Site


def feed_files(site: Site) -> Iterator[OutputFile]:
    """The site's two feeds, then that of each tag, where they are asked for; none of notes without a day."""
    feeds = {url: feed_file(site, url) for url in (*site.feeds, *site.tag_feeds.values())}
    yield from feeds.values()
    yield from (OutputFile(url, feeds[feed].content) for url, feed in site.former_feeds.items())


def feed_file(site: Site, url: Url) -> OutputFile:
    """The feed at an address."""
    if url in site.former_feeds:
        return OutputFile(url, feed_file(site, site.former_feeds[url]).content)
    tag = next((tag for tag, feed in site.tag_feeds.items() if feed == url), None)
    feed = feed_of_all(site, url) if tag is None else feed_of_tag(site, tag, url)
    return OutputFile(url, (json_feed if url == JSON_FEED else atom_feed)(feed).encode())
