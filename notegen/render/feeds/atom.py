"""A feed as Atom: https://www.rfc-editor.org/rfc/rfc4287."""

from collections.abc import Iterator
from html import escape

from notegen.render.feeds.entries import Entry, Feed


def atom_feed(feed: Feed) -> str:
    """The whole file."""
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', *_lines(feed), ""])


def _lines(feed: Feed) -> Iterator[str]:
    yield f'<feed xmlns="http://www.w3.org/2005/Atom"{_language(feed.language)}>'
    yield f"<id>{escape(feed.id)}</id>"
    yield f"<title>{escape(feed.title)}</title>"
    if feed.subtitle:
        yield f"<subtitle>{escape(feed.subtitle)}</subtitle>"
    yield f'<link rel="self" type="application/atom+xml" href="{escape(feed.address)}"/>'
    yield f'<link rel="alternate" type="text/html" href="{escape(feed.page)}"/>'
    yield f"<updated>{feed.updated}</updated>"
    yield f"<author><name>{escape(feed.author)}</name></author>"
    yield "<generator>notegen</generator>"
    for entry in feed.entries:
        yield from _entry(entry)
    yield "</feed>"


def _entry(entry: Entry) -> Iterator[str]:
    yield f"<entry{_language(entry.language)}>"
    yield f"<id>{escape(entry.id)}</id>"
    yield f"<title>{escape(entry.title)}</title>"
    yield f'<link rel="alternate" type="text/html" href="{escape(entry.address)}"/>'
    yield f"<published>{entry.published}</published>"
    yield f"<updated>{entry.updated}</updated>"
    for tag in entry.tags:
        yield f'<category term="{escape(tag)}"/>'
    if entry.summary:
        yield f"<summary>{escape(entry.summary)}</summary>"
    if entry.html:
        yield f'<content type="html">{escape(entry.html, quote=False)}</content>'
    yield "</entry>"


def _language(tag: str) -> str:
    return f' xml:lang="{escape(tag)}"' if tag else ""
