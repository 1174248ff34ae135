"""What a host is told of a file: its kind, and how long a browser may keep it without asking.

Known here, not asked of the system, so that the same site is served alike from whatever machine it was sent.
"""

from mimetypes import MimeTypes

from notegen.model import Url
from notegen.paths import INTERNAL, SEARCH_FOLDER, SEARCH_MANIFEST
from notegen.regex import regex

_TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".canvas": "application/json",
    ".flac": "audio/flac",
    ".js": "text/javascript",
    ".jsonl": "application/jsonl",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_KNOWN = MimeTypes()
_IS_TEXT = regex(r"text/|application/(?:javascript|json|xml|.*\+(?:json|xml))|image/svg")
_BY_DIGEST = regex(rf"{INTERNAL}/(?!locked/)(?:.*[./-])?[0-9a-f]{{8,64}}[./].+")
"""Not what is encrypted, which keeps its name when it changes."""

FOR_EVER = "public, max-age=31536000, immutable"
"""For files with a digest of their content in their name, or in the name of their folder."""
ASK_EACH_TIME = "no-cache"
"""For pages and what points at the index: kept, and asked for whether it has changed."""
AN_HOUR = "public, max-age=3600"
"""How long browsers and caches may keep attachments and pieces of the search index. Pages ask for a piece with its
version behind the address; a cache that ignores that gives an older one, which search can read too."""


def is_named_by_digest(url: Url) -> bool:
    """Whether its name, or that of its folder, changes with its content."""
    return _BY_DIGEST.fullmatch(url) is not None


def is_search_piece(url: Url) -> bool:
    """Whether it is a piece of the search index, which an edit may change under its name."""
    return url.startswith(f"{SEARCH_FOLDER}/") and url != SEARCH_MANIFEST


def content_type(url: Url) -> str:
    """The media type of a file, with the encoding of a text."""
    is_feed = url == "feed.xml" or (url.startswith("tags/") and url.endswith(".xml"))
    suffix = ".atom" if is_feed else f".{url.rpartition('.')[2].lower()}"
    kind = _TYPES.get(suffix) or _KNOWN.guess_type(f"a{suffix}")[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if _IS_TEXT.match(kind) else kind


def cache_control(url: Url) -> str:
    """How long a copy of the file is good."""
    if is_named_by_digest(url):
        return FOR_EVER
    if is_search_piece(url):
        return AN_HOUR
    is_asked_for = url.endswith(".html") or url.startswith(f"{INTERNAL}/") or "/" not in url
    return ASK_EACH_TIME if is_asked_for else AN_HOUR
