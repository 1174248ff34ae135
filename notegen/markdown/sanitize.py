"""What raw HTML in a note has to pass: nh3 (ammonia), with what notes may need and nothing that runs.

A note without any is not sanitised: all its HTML is written by the rules here, which escape every text and value.
"""

import re
from collections.abc import Callable
from html import escape

import nh3

from notegen.regex import regex

_ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    **{tag: names - {"cite"} for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},  # an address that nobody sees
    "*": {"id", "class", "data-callout", "title", "lang", "dir", "align", "aria-label", "role"},
    "td": {"align", "colspan", "rowspan", "headers", "style"},
    "th": {"align", "colspan", "rowspan", "headers", "scope", "style"},
    "a": {"href", "hreflang", "name", "id"},
    "img": {"src", "alt", "width", "height", "align", "loading"},
    "input": {"type", "checked", "disabled"},
    "details": {"open"},
    "ol": {"start", "type", "reversed"},
    "li": {"data-task", "value"},
    "video": {"src", "controls", "width", "height", "poster", "loop", "muted"},
    "audio": {"src", "controls", "loop", "muted"},
    "source": {"src", "type"},
}
ALLOWED_TAGS = nh3.ALLOWED_TAGS | {
    "input",
    "details",
    "summary",
    "mark",
    "section",
    "figure",
    "figcaption",
    "video",
    "audio",
    "source",
}
_ALIGNMENTS = {f"text-align:{side}" for side in ("left", "right", "center")}  # what Markdown's tables write
_PROGRAMS = frozenset(
    "anytype bear craftdocs devonthink drafts evernote heptabase hook joplin logseq message notion obsidian omnifocus "
    "onenote things ulysses x-devonthink-item zotero".split()
)
"""Programs for notes, tasks and mail, whose addresses people write between their notes."""
_SCHEMES = _PROGRAMS | frozenset("http https mailto tel geo magnet irc xmpp notegen notegen-tag".split())
_RAW_TEXT = regex(
    r"<(?P<name>iframe|noembed|noframes|noscript|plaintext|script|style|textarea|title|xmp)(?=[\s/>])"
    r"(?>(?:\"[^\"]*\"|'[^']*'|[^'\"<>]){0,2000})>",
    re.IGNORECASE,
)
"""The tags behind which a browser takes all HTML for text, up to where their element ends."""
_END_OF_RAW_TEXT = regex(r"</(?P<name>[a-zA-Z]+)(?=[\s/>])")
MAX_ROUNDS = 5
"""How often HTML is sanitised until nothing more changes; once is nearly always enough."""


def close_raw_text(html: str) -> str:
    """The HTML in which no element of raw text takes all that follows for its own: one without an end ends at once.

    `<plaintext>`, which nothing can end, goes.
    """
    if not _RAW_TEXT.search(html):
        return html
    ends = {end["name"].lower(): end.start() for end in _END_OF_RAW_TEXT.finditer(html)}

    def closed(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        if name == "plaintext":
            return ""
        return tag[0] if ends.get(name, -1) >= tag.end() else f"{tag[0]}</{name}>"

    return _RAW_TEXT.sub(closed, html)


def sanitize(html: str, rewrite: Callable[[str, str, str], str | None], holes: str = "") -> str:
    """The HTML, balanced, with only what is allowed; `rewrite(tag, attribute, value)` may change or drop a value.

    Args:
        holes: the scheme of the addresses that stand for something else, which `rewrite` tells from those that only
            look like them.
    """

    def filtered(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return value if value in _ALIGNMENTS else None
        return rewrite(tag, attribute, value)

    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        attribute_filter=filtered,
        url_schemes={*_SCHEMES, *((holes, f"{holes}-tag", f"{holes}-formula") if holes else ())},
        link_rel=None,
        strip_comments=True,
    )


def sanitize_marked(
    html: str, rewrite: Callable[[str, str, str], str | None], unmarked: Callable[[str], str], holes: str
) -> str:
    """The HTML sanitised with marks in it, such that sanitising it once more without them would change nothing.

    So the sanitiser has the last word on what a page gets, whatever was said around a mark. Markup that comes to no
    rest is shown as the text that it is.

    Args:
        unmarked: gives the HTML without its marks.
    """
    for _ in range(MAX_ROUNDS):
        html = sanitize(html, rewrite, holes)
        if sanitize(plain := unmarked(html), rewrite, holes) == plain:
            return html
    return f"<pre>{escape(plain)}</pre>"
