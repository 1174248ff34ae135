"""Front matter as a note's page shows it: values written for people, the links in them as links."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from html import escape
from urllib.parse import unquote

from msgspec import Struct, field

from notegen.markdown.links import is_elsewhere
from notegen.model import Link, Place, Source
from notegen.regex import regex

_MAX_LENGTH = 500
"""Letters of a value that are shown; links after them count all the same."""
_MAX_CONTEXT = 150
"""Letters on either side of a link that its backlink shows."""

# Neither is wider than what `private_link` looks for when it hides the names of private notes.
_LINK = regex(
    r"!?\[\[(?P<name>[^\[\]|\n]+)(?:\|(?P<words>[^\[\]\n]*))?\]\]"
    r"|!?\[(?P<label>[^\[\]\n]*)\]\(<?(?P<address>[^()<>\n]+)>?\)"
    r"|(?P<url>(?:https?|zotero|obsidian|logseq)://[^\s<>\"\[\]|]+)"
)
_SHOWN_SCHEMES = ("https://", "http://", "mailto:", "zotero://", "obsidian://", "logseq://")
_URL_END = ".,;:!?'\")"


class ShownProperties(Struct):
    """Each property that is shown, as safe HTML with a hole for each link, and the links of all of front matter."""

    shown: list[tuple[str, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def show_properties(
    source: Source, *, unshown: Set[str], unlinked: Set[str], first_link: int
) -> ShownProperties:
    """The properties in the order written; total.

    Args:
        unshown: those that a page shows in another way, or not at all; links in them count.
        unlinked: those in which nothing is a link.
        first_link: what the first link found here will be in the note's links.
    """
    result = ShownProperties()
    for key, value in source.properties.items():
        if key in unlinked:
            continue
        place = Place(source.id, source.property_lines.get(key, 1) if source.first_line else 0)
        pieces = list(_pieces(value))
        html = _as_html(pieces, key, place, result.links, first_link)
        if key not in unshown and html.strip():
            result.shown.append((key, html))
    return result


def _pieces(value: object) -> Iterator[str]:
    """A value's texts in order with what separates them: `name: Ann, age: 5; name: Bob` of a list of two maps."""
    value = _as_link(value)
    if value is None:
        return
    if not isinstance(value, (list, tuple, Mapping)):
        yield str(value).lower() if isinstance(value, bool) else str(value)
        return
    height = _height(value)
    separator = ""
    pairs = value.items() if isinstance(value, Mapping) else (("", part) for part in value)
    for key, part in pairs:
        inner = list(_pieces(part))
        if not inner and not isinstance(value, Mapping):
            continue
        if separator:
            yield separator
        if isinstance(value, Mapping):
            yield f"{key}: " if inner else str(key)
        yield from ("(", *inner, ")") if height > 2 and _height(_as_link(part)) else inner
        separator = ", " if height == 1 else "; "


def _as_link(value: object) -> object:
    """YAML makes a list in a list of `[[a link]]` that has no quotes around it."""
    match value:
        case [[str(name)]]:
            return f"[[{name}]]"
        case _:
            return value


def _height(value: object) -> int:
    """How many lists and maps lie in each other, at most."""
    if isinstance(value, Mapping):
        return 1 + max((_height(_as_link(part)) for part in value.values()), default=0)
    if isinstance(value, (list, tuple)):
        return 1 + max((_height(_as_link(part)) for part in value), default=0)
    return 0


def _as_html(pieces: Sequence[str], key: str, place: Place, links: list[Link], first_link: int) -> str:
    """The pieces as HTML, up to the length that is shown; every link in them is added to `links`."""
    html: list[str] = []
    room = _MAX_LENGTH

    def write(text: str, start: str = "", end: str = "") -> None:
        nonlocal room
        if room > 0 and text:
            html.append(f"{start}{escape(text[:room], quote=False)}{end}")
            room -= len(text)

    for piece in pieces:
        position = 0
        for match in _LINK.finditer(piece):
            write(piece[position : match.start()])
            position = match.end()
            link, words, address = _read_link(match)
            if link is not None:
                around = _around(piece, match, link.text)
                found = Link(link.kind, link.target, link.fragment, link.text, f"{key}: {around}", place)
                links.append(found)
                write(words, f'<a href="notegen:{first_link + len(links) - 1}">', "</a>")
            elif address:
                write(words, f'<a href="{escape(address)}">', "</a>")
                position = match.start() + len(address) if match["url"] else position
            else:
                write(words)
        write(piece[position:])
    return "".join(html)


def _read_link(match: re.Match[str]) -> tuple[Link | None, str, str]:
    """A link to another file without its surroundings, or else an address elsewhere; and the words that show."""
    nowhere = Place("")
    if match["url"]:
        address = match["url"].rstrip(_URL_END)
        return None, address, address
    if match["name"] is not None:
        name, words = match["name"].rstrip("\\"), (match["words"] or "").strip()
        if name.startswith(("https://", "http://")):
            return None, words or name, name
        target, _, fragment = name.partition("#")
        words = words or " > ".join(part.strip() for part in name.split("#") if part.strip())
        if not words:
            return None, "", ""
        return Link("wiki", target.strip(), fragment.strip(), words, "", nowhere), words, ""
    address, words = match["address"].strip(), match["label"].strip() or match["address"].strip()
    if is_elsewhere(address):
        return None, words, address if address.startswith(_SHOWN_SCHEMES) else ""
    target, _, fragment = address.partition("#")
    return Link("markdown", unquote(target), unquote(fragment), words, "", nowhere), words, ""


def _around(text: str, match: re.Match[str], words: str) -> str:
    """The text around a link, and in it the words in the link's place."""
    start, end = max(0, match.start() - _MAX_CONTEXT), match.end() + _MAX_CONTEXT
    before, after = text[start : match.start()], text[match.end() : end]
    return " ".join(
        f"{'… ' if start else ''}{_plain(before)}{words}{_plain(after)}{' …' if end < len(text) else ''}".split()
    )


def _plain(text: str) -> str:
    """The text with each whole link in it as the words that it shows."""
    return _LINK.sub(lambda match: match[0] if match["url"] else _read_link(match)[1], text)
