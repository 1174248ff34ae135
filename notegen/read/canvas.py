"""Obsidian's canvases as notes: the cards of a board as Markdown, in the order in which one would read them.

JSON Canvas 1.0, https://jsoncanvas.org/spec/1.0/. A group becomes a heading over its cards, a file an embed, an address
a link. A text becomes a quote, so that nothing left open in it runs into the next card. The edges become a list,
"this → that: label". Places and sizes decide the order and nothing else; colours are left out.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from posixpath import basename
from urllib.parse import quote

from msgspec import Struct, field

from notegen.errors.reasons import canvas_no_list, canvas_no_object, json_not_valid, json_too_deep
from notegen.model import CanvasWords
from notegen.paths import UniqueNames
from notegen.read.code_spans import outside_code
from notegen.read.decode import NO_TEXT
from notegen.read.flags import is_flag
from notegen.read.front_matter import FrontMatter
from notegen.read.hidden_values import without_comments_in
from notegen.read.properties import PropertiesError, check_bounds
from notegen.regex import regex

MAX_HEADING_LEVEL = 6
"""The level of the deepest heading; groups further in count as part of the one that has it."""

_NO_WIKI = regex(r"[\[\]|#^\n]|%%")
_NO_LABEL = regex(r"[\[<]|&\w+;|://")
"""What makes more of a group's label than words: a link in it, or an element."""
_ATTRIBUTES = regex(r"(?<=\])\{[^{}]*\}|\s+(?:\{[:#.][^{}]*\}|\^[A-Za-z0-9-]+)\s*$")
"""Of a span, of a heading, and a block's own name."""
_ADDRESS = regex(r"[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*")
_HEADING = regex(r"^ {0,3}(#{1,6})(?=[ \t]|$)")
_MARKDOWN_MARKS = regex(r"^(?:(?:[-*+>]|#{1,6}|\d+[.)]) (?:\[.\] )?)+|[*_`~=]{2,}|[*`]")
_ANY_LINK = regex(r"[!^]?\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|!?\[([^\[\]]*)\]\([^()]*\)")
_TAG = regex(r"</?[a-zA-Z][^<>]*>")
_HIDES = regex(
    r"<\s*(?:template|script|style|noscript|noembed|noframes|datalist|head|title|iframe|canvas|dialog|object|metadata"
    r"|desc|annotation|video|audio)\b"
    r"|<[^<>]*(?:\bhidden\b|display\s*:|visibility\s*:)|\{::|\{\{[<%]-?\s*comment\b"
    r"|^[^\n]*\{[^{}\n]*\.(?:private|hidden|comment)\b|\[!(?:private|hidden)|(?:!!!|\?\?\?\+?)\s*(?:private|hidden)"
    r"|(?::::|///)\s*\{?\.?(?:private|hidden|comment)",
    re.IGNORECASE | re.MULTILINE,
)
"""What may hide the rest of a text in another way than by a comment of Obsidian's or HTML's."""
_MAX_LABEL_LENGTH = 60
_MAX_LINE_LENGTH = 1000


class NotCanvasError(ValueError):
    """The file is no canvas; its message says why."""


class _Card(Struct, frozen=True):
    """A node: `x`, `y` are its top left corner, `content` its text, file, address or label."""

    id: str
    kind: str
    content: str
    subpath: str
    x: float
    y: float
    width: float
    height: float


class _Edge(Struct, frozen=True):
    start: str
    end: str
    label: str
    arrows: tuple[bool, bool]
    """Whether it points at its start, and at its end."""


class _Group(Struct):
    """A heading with the cards and groups under it; the board itself is the one without a card."""

    level: int
    card: _Card | None = None
    cards: list[_Card] = field(default_factory=list)
    groups: list["_Group"] = field(default_factory=list)


def read_canvas(text: str, canvas_words: CanvasWords) -> FrontMatter:
    """The canvas as a note: its Markdown, and the properties that Obsidian keeps in its metadata.

    The lines of the Markdown are not lines of the file, so the first one is called 0.

    Args:
        canvas_words: the few that no card says.

    Raises:
        NotCanvasError: the text is no JSON, or not what a canvas is made of.
    """
    board = _load(text)
    cards = [card for node in _objects(board, "nodes") if (card := _read_card(node))]
    edges = [edge for one in _objects(board, "edges") if (edge := _read_edge(one))]
    body = "\n\n".join(
        [
            *_group_blocks(_arranged(cards), _block_ids(cards, edges)),
            *_connections(cards, edges, canvas_words),
        ]
    )
    return FrontMatter("", _board_properties(board), f"{body}\n" if body else "", 0)


def _load(text: str) -> Mapping[str, object]:
    try:
        board = json.loads(text) if text.strip() else {}
    except json.JSONDecodeError as error:
        raise NotCanvasError(json_not_valid(error.msg, error.lineno, error.colno)) from error
    except (ValueError, RecursionError) as error:
        raise NotCanvasError(json_too_deep()) from error
    if not isinstance(board, dict):
        raise NotCanvasError(canvas_no_object())
    try:
        check_bounds(board)
    except PropertiesError as error:
        raise NotCanvasError(json_too_deep()) from error
    return board


def _objects(board: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
    values = board.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise NotCanvasError(canvas_no_list(key))
    yield from values


def _board_properties(board: Mapping[str, object]) -> dict[str, object]:
    """Obsidian's, and what of the board itself or its metadata keeps it back or encrypts it."""
    metadata = board.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    front = metadata.get("frontmatter")
    flags = (pair for part in (board, metadata) for pair in part.items() if is_flag(str(pair[0])))
    stated = front.items() if isinstance(front, dict) else ()
    return {str(key).lower(): value for key, value in (*flags, *stated)}


_CONTENT = {"text": "text", "file": "file", "link": "url", "group": "label"}


def _read_card(node: Mapping[str, object]) -> _Card | None:
    """The node, or None for a kind of another program's own."""
    kind = str(node.get("type"))
    if kind not in _CONTENT:
        return None
    return _Card(
        id=str(node.get("id")),
        kind=kind,
        content=_text_value(node.get(_CONTENT[kind])),
        subpath=_text_value(node.get("subpath")),
        x=_number_value(node.get("x")),
        y=_number_value(node.get("y")),
        width=_number_value(node.get("width")),
        height=_number_value(node.get("height")),
    )


def _read_edge(edge: Mapping[str, object]) -> _Edge | None:
    if "fromNode" not in edge or "toNode" not in edge:
        return None
    arrows = edge.get("fromEnd", "none") == "arrow", edge.get("toEnd", "arrow") == "arrow"
    label = " ".join(_text_value(edge.get("label")).split())
    return _Edge(str(edge["fromNode"]), str(edge["toNode"]), label, arrows)


def _text_value(value: object) -> str:
    """The text, of characters that a file's own text can have: JSON's escapes may be of others."""
    return value.translate(NO_TEXT).strip() if isinstance(value, str) else ""


def _number_value(value: object) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e12 and isfinite(value) else 0.0


# -- where the cards lie ---------------------------------------------------------------------------


def _arranged(cards: Sequence[_Card]) -> _Group:
    """The board: each card and group under the smallest group around its middle, in reading order.

    A group without a label, or too deep for a heading, is none: its cards lie in the group around it. Takes time in
    proportion to cards times groups.
    """
    board = _Group(level=1)
    frames = [card for card in cards if card.kind == "group" and card.content]
    frames.sort(key=lambda frame: -frame.width * frame.height)
    groups: list[_Group] = []
    for frame in frames:
        above = _group_around(frame, groups, board)
        if above.level < MAX_HEADING_LEVEL:
            group = _Group(above.level + 1, frame)
            above.groups.append(group)
            groups.append(group)
    for card in cards:
        if card.kind != "group":
            _group_around(card, groups, board).cards.append(card)
    return board


def _group_around(card: _Card, groups: Sequence[_Group], board: _Group) -> _Group:
    """The last of the groups, which come by falling size, that the card's middle lies in."""
    x, y = card.x + card.width / 2, card.y + card.height / 2
    for group in reversed(groups):
        frame = group.card
        if frame and frame.x <= x <= frame.x + frame.width and frame.y <= y <= frame.y + frame.height:
            return group
    return board


def _in_reading_order(cards: Iterable[_Card]) -> list[_Card]:
    """Row by row from the top, each from the left; what begins above the middle of a row's first card is in its row."""
    falling = sorted(cards, key=lambda card: (card.y, card.x, card.id))
    rows: list[list[_Card]] = []
    for card in falling:
        if rows and card.y <= rows[-1][0].y + rows[-1][0].height / 2:
            rows[-1].append(card)
        else:
            rows.append([card])
    return [card for row in rows for card in sorted(row, key=lambda card: (card.x, card.y, card.id))]


# -- the Markdown ----------------------------------------------------------------------------------


def _group_blocks(group: _Group, names: Mapping[str, str]) -> Iterator[str]:
    """The blocks of a group: its heading, its cards, then the groups in it."""
    if group.card:
        yield f"{'#' * group.level} {_single_line(group.card.content)}"
    for card in _in_reading_order(group.cards):
        yield from _card_blocks(card, group.level, names)
    inner = {id(one.card): one for one in group.groups}
    for frame in _in_reading_order(one.card for one in group.groups if one.card):
        yield from _group_blocks(inner[id(frame)], names)


def _card_blocks(card: _Card, level: int, names: Mapping[str, str]) -> Iterator[str]:
    if not card.content:
        return
    if card.kind == "text":
        deeper = outside_code(card.content.replace("\r\n", "\n"), lambda line: _deepen(line, level))
        yield "\n".join(f"> {line}".rstrip() for line in deeper.split("\n"))
        if card.id in names:
            yield f"^{names[card.id]}"
    elif card.kind == "file":
        yield f"!{_file_link(card, '')}"
    else:
        yield _address(card.content)


def _deepen(line: str, level: int) -> str:
    """A heading under the group's, whatever its own level is."""
    return _HEADING.sub(lambda match: "#" * min(len(match[1]) + level, MAX_HEADING_LEVEL), line)


def _file_link(card: _Card, words: str) -> str:
    """A link to the file from the vault's root, as Markdown where its name has what ends a wiki link."""
    if not _NO_WIKI.search(card.content) and not re.search(r"[|\]\n]", card.subpath):
        return f"[[{card.content}{card.subpath}{'|' if words else ''}{words}]]"
    path = quote(card.content, errors="replace"), quote(card.subpath, safe="#", errors="replace")
    return f"[{words}](/{path[0]}{path[1]})"


def _address(address: str) -> str:
    return f"<{address}>" if _ADDRESS.fullmatch(address) else _plain_label(re.split(r"[\[<]", address)[0])


def _block_ids(cards: Iterable[_Card], edges: Iterable[_Edge]) -> dict[str, str]:
    """A block id for each text that an edge touches."""
    touched = {end for edge in edges for end in (edge.start, edge.end)}
    names, taken = {}, UniqueNames()
    for card in cards:
        if card.kind == "text" and card.content and card.id in touched:
            names[card.id] = taken.take(re.sub(r"[^A-Za-z0-9]+", "-", card.id).strip("-") or "card")
    return names


def _connections(cards: Sequence[_Card], edges: Sequence[_Edge], canvas_words: CanvasWords) -> list[str]:
    """The edges as a list under a heading of its own, in their order; none when there are none."""
    by_id = {card.id: card for card in cards}
    names = _block_ids(cards, edges)
    arrows = {(False, True): canvas_words.forth, (True, False): canvas_words.back, (True, True): "↔"}
    lines = []
    for edge in edges:
        if edge.start in by_id and edge.end in by_id:
            ends = [_card_reference(by_id[end], names, canvas_words) for end in (edge.start, edge.end)]
            arrow = arrows.get(edge.arrows, "–")
            lines.append(f"- {ends[0]} {arrow} {ends[1]}" + (f": {edge.label}" if edge.label else ""))
    return [f"## {canvas_words.connections}", "\n".join(lines)] if lines else []


def _card_reference(card: _Card, names: Mapping[str, str], canvas_words: CanvasWords) -> str:
    """A link to the card, in a few words."""
    if card.kind == "text":
        words = _plain_label(_first_words(card.content))
        return (
            f"[[#^{names[card.id]}|{words}]]" if card.id in names and words else words or canvas_words.empty
        )
    if card.kind == "file":
        name = _plain_label(basename(card.content))
        unnamed = canvas_words.file
        return _file_link(card, name.removesuffix(".md") or unnamed) if card.content else unnamed
    if card.kind == "group":  # links in it stay what they are, since nobody knows here what is private
        label = _single_line(_shown_to_all(card.content))
        if not _NO_LABEL.search(label) and (words := _plain_label(label)) and not _NO_WIKI.search(words):
            return f"[[#{words}]]"
        return label or canvas_words.group
    return _address(card.content)


def _first_words(text: str) -> str:
    """The first line with words that are shown to everyone, without marks, shortened."""
    for line in _shown_to_all(text).split("\n"):
        line = _ATTRIBUTES.sub("", line)
        shown = _ANY_LINK.sub(lambda match: match[1] or match[2] or "", _single_line(line[:_MAX_LINE_LENGTH]))
        words = _single_line(_MARKDOWN_MARKS.sub("", _TAG.sub("", shown)))
        if any(letter.isalnum() for letter in words):
            short = words[:_MAX_LABEL_LENGTH].rpartition(" ")[0] or words[:_MAX_LABEL_LENGTH]
            return words if len(words) <= _MAX_LABEL_LENGTH else f"{short} …"
    return ""


def _shown_to_all(text: str) -> str:
    return _HIDES.split(without_comments_in(text), maxsplit=1)[0]


def _plain_label(text: str) -> str:
    """Words in a line without what a link or its name would end at."""
    return _single_line(re.sub(r"[\[\]|<>]", " ", text))


def _single_line(text: str) -> str:
    return " ".join(text.split())
