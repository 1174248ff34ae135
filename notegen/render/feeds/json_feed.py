"""A feed as a JSON Feed, version 1.1: https://www.jsonfeed.org/version/1.1/."""

import json
from collections.abc import Mapping

from notegen.render.feeds.entries import Entry, Feed

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> str:
    """The whole file."""
    told = {
        "version": _VERSION,
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return f"{json.dumps(_without_empty(told), ensure_ascii=False, indent=1)}\n"


def _item(entry: Entry) -> Mapping[str, object]:
    whole = {"content_html": entry.html} if entry.html else {"content_text": entry.summary or entry.title}
    return (
        _without_empty(
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "summary": entry.summary,
                "image": entry.picture,
                "date_published": entry.published,
                "date_modified": entry.updated,
                "language": entry.language,
                "tags": list(entry.tags),
            }
        )
        | whole
    )


def _without_empty(told: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if value}
