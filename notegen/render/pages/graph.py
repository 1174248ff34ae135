"""The page that draws the whole garden as a graph, with a table of the most linked notes as its other form."""

from collections.abc import Iterator

from msgspec import Struct

from notegen.model import Graph, OutputFile
from notegen.page_data import data_file
from notegen.paths import GRAPH
from notegen.render.parts.groupings import Groups, groups_data, groups_of, ways_of
from notegen.render.parts.placed_notes import placed_notes
from notegen.render.site import Site, link_to, make_page
from notegen.theme import graph_script

MAX_LISTED_NOTES = 100
"""Notes in the table, the most linked ones."""


class LinkedRow(Struct, frozen=True):
    """A row of the table."""

    href: str
    title: str
    inward: str
    outward: str


def graph_files(site: Site, graph: Graph) -> Iterator[OutputFile]:
    """The page, the script that draws, and the notes, positions and links that it draws."""
    notes = site.garden.notes
    groups = groups_of(site, graph.notes, site.overview.map if site.overview else None)
    script, content = graph_script(site.theme), graph_data(site, graph, groups)
    alone = sum(not (a or b) for a, b in zip(graph.inward, graph.outward, strict=True))
    linked = len(graph.notes) - alone
    counts = {
        "notes": site.translate("count.notes", count=len(graph.notes)),
        "pairs": site.translate("count.pairs", count=len(graph.links)),
    }
    if alone:
        lead = site.translate("graph.lead_alone", **counts, alone=site.translate("graph.alone", count=alone))
    else:
        lead = site.translate("graph.lead", **counts)
    names = {
        "ways": ways_of(site, groups),
        "lead": lead,
        "rows": tuple(
            LinkedRow(
                link_to(GRAPH, site.garden.urls[note]),
                notes[note].title,
                site.language.number(a),
                site.language.number(b),
            )
            for note, a, b in zip(
                graph.notes[: min(MAX_LISTED_NOTES, linked)], graph.inward, graph.outward, strict=False
            )
        ),
        "most": site.translate("graph.most", count=MAX_LISTED_NOTES)
        if linked > MAX_LISTED_NOTES
        else site.translate("graph.all_linked"),
    }
    title, about = site.translate("graph.title"), site.translate("graph.about", **counts)
    yield make_page(
        site, "graph.html", GRAPH, "graph", names,
        title=title, description=about, own=(script, content), style="graph",
    )  # fmt: skip
    yield site.theme.page_styles["graph"]
    yield script
    yield content


def graph_data(site: Site, graph: Graph, groups: Groups) -> OutputFile:
    """What the page's script draws.

    The notes have their places, the most linked first; `links[i]` holds the notes before `i` that note `i` is linked
    with; `groups` is what they can be coloured by.
    """
    links: list[list[int]] = [[] for _ in graph.notes]
    for lower, higher in graph.links.tolist():
        links[higher].append(lower)
    content = {
        **placed_notes(site, GRAPH, graph.notes, graph.positions()),
        "links": links,
        "groups": groups_data(groups),
    }
    return data_file("graph-data", "graph", content)
