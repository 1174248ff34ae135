r"""The graph around one note, as a picture made at build time: what links to it, what it links to, and links between.

    links here            this note            linked from here
      title  o ------------- O -------------- o  title
      title  o -----------/     \------------ o  title

Columns and not rays, because on a phone only columns leave room for titles. Where text runs to the left, what links
here is on the right.
"""

import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from notegen.model import Garden, NoteId, Url
from notegen.render.site import Site, link_to
from notegen.text.collation import sort_key

MAX_COLUMN_NOTES = 7
"""Notes in a column. More would be a tangle; all of them are listed under the picture."""
MIN_NEIGHBOURS = 2
"""Notes around one from which on there can be a link among them."""

ROW_HEIGHT = 26
"""Units of the picture, which a phone shows as pixels: rows are as far apart as fingers need (WCAG 2.2, 2.5.8)."""
_LEFT, _MIDDLE, _RIGHT = 122, 180, 238
_TOP = 34
_MAX_LABEL_WIDTH = 17
"""The longest label in letters of average width; letters of East Asian scripts count as two."""


class Node(Struct, frozen=True):
    """A note in the picture. `side` is `l` or `r`; `full` is the title where the label is a cut one, or says more."""

    href: str
    label: str
    full: str
    side: str
    both: bool
    y: int


class LocalGraph(Struct, frozen=True):
    """The picture: nodes on either side of the note, its links, and those among the nodes, as two paths."""

    height: int
    middle: int
    nodes: tuple[Node, ...]
    spokes: str
    cross_links: str
    left: str
    right: str


def local_graph_of(site: Site, page: Url, note: NoteId) -> LocalGraph | None:
    """The picture for a note's page; None where it would show no more than the lists do: no links among its notes."""
    linked = site.garden.neighbours[note]
    outward, inward = set(linked.outward), set(linked.inward)
    if len(outward | inward) < MIN_NEIGHBOURS:
        return None
    both = outward & inward
    # A note that is both stands where there is more room.
    first_has_room = len(inward - both) < len(outward - both)
    before = _chosen(site, inward - (both - (both if first_has_room else set())))
    after = _chosen(site, outward - (both if first_has_room else set()))
    first, last = ("l", "r") if site.language.direction == "ltr" else ("r", "l")
    captions = {
        first: _caption(site, "local_graph.to", len(before), len(inward)) if before else "",
        last: _caption(site, "local_graph.from", len(after), len(outward)) if after else "",
    }
    rows = max(len(before), len(after))
    middle = _TOP + ROW_HEIGHT * (rows - 1) // 2
    nodes = tuple(
        _node(
            site,
            page,
            one,
            side,
            one in both,
            middle - ROW_HEIGHT * (len(column) - 1) // 2 + ROW_HEIGHT * row,
        )
        for side, column in ((first, before), (last, after))
        for row, one in enumerate(column)
    )
    places = {one: (node.side, node.y) for one, node in zip((*before, *after), nodes, strict=True)}
    cross_links = _linked_pairs(site.garden, places)
    if not cross_links:
        return None
    return LocalGraph(
        height=_TOP + ROW_HEIGHT * rows - 12,
        middle=middle,
        nodes=nodes,
        spokes="".join(f"M{_MIDDLE} {middle}L{_x(side)} {y}" for side, y in places.values()),
        cross_links="".join(_curve(*ends) for ends in cross_links),
        left=captions["l"],
        right=captions["r"],
    )


def _chosen(site: Site, notes: set[NoteId]) -> list[NoteId]:
    """The most linked of the notes, as many as a column takes, by title."""

    def links(note: NoteId) -> int:
        linked = site.garden.neighbours[note]
        return len(linked.outward) + len(linked.inward)

    most = sorted(notes, key=lambda note: (-links(note), note))[:MAX_COLUMN_NOTES]
    return sorted(most, key=lambda note: (sort_key(site.garden.notes[note].title), note))


def _node(site: Site, page: Url, note: NoteId, side: str, both: bool, y: int) -> Node:
    title = site.garden.notes[note].title
    label = _shortened_title(title)
    full = site.translate("local_graph.both_ways", title=title) if both else title if label != title else ""
    return Node(link_to(page, site.garden.urls[note]), label, full, side, both, y)


def _shortened_title(title: str) -> str:
    if title.isascii():
        has_room = len(title) <= _MAX_LABEL_WIDTH + 1
        return title if has_room else title[:_MAX_LABEL_WIDTH].rstrip() + "…"
    wide = 0
    for number, letter in enumerate(title):
        wide += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if wide > _MAX_LABEL_WIDTH and number < len(title) - 1:
            return title[:number].rstrip() + "…"
    return title


def _linked_pairs(
    garden: Garden, places: Mapping[NoteId, tuple[str, int]]
) -> list[tuple[tuple[str, int], tuple[str, int]]]:
    """The places of linked notes, each pair once."""
    order = list(places)
    return [
        (places[one], places[other])
        for number, one in enumerate(order)
        for either in [garden.neighbours[one].either]
        for other in order[number + 1 :]
        if other in either
    ]


def _curve(here: tuple[str, int], there: tuple[str, int]) -> str:
    """A line across, or within a column a bow towards the middle, the wider the farther."""
    (side, y), (other, z) = here, there
    if side != other:
        return f"M{_x(side)} {y}L{_x(other)} {z}"
    bow = min(50, 10 + abs(z - y) // 4) * (1 if side == "l" else -1)
    return f"M{_x(side)} {y}Q{_x(side) + bow} {(y + z) // 2} {_x(side)} {z}"


def _x(side: str) -> int:
    return _LEFT if side == "l" else _RIGHT


def _caption(site: Site, key: str, shown: int, count: int) -> str:
    return (
        site.translate(f"{key}_some", shown=shown, count=count)
        if shown < count
        else site.translate(key, count=count)
    )
