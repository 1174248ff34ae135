"""What raw HTML in a note has to pass: nh3 (ammonia), with what notes may need and nothing that runs."""

from collections.abc import Callable

import nh3

_ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    **nh3.ALLOWED_ATTRIBUTES,
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
_ALLOWED_TAGS = nh3.ALLOWED_TAGS | {
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
_HOLES = {"notegen", "notegen-tag", "notegen-formula"}
_SCHEMES = {"http", "https", "mailto", "tel", "geo", "magnet", "irc", "xmpp", "zotero", "obsidian"} | _HOLES


def sanitize(html: str, rewrite: Callable[[str, str, str], str | None]) -> str:
    """The HTML, balanced, with only what is allowed; `rewrite(tag, attribute, value)` may change or drop a value."""

    def filtered(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "style":
            return value if value in _ALIGNMENTS else None
        return rewrite(tag, attribute, value)

    return nh3.clean(
        html,
        tags=_ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        attribute_filter=filtered,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
