"""What stands around a note: the picture of its links, its embedding, its folder, and the page of the graph."""

import base64
import json
import re
import struct
import zlib

import numpy as np
import pytest

from notegen.config import Config, NoteSettings
from notegen.graph import graph_of
from notegen.model import EmbeddingCard
from notegen.render.parts.embedding_card import picture_of
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of

LINKED: Texts = {
    "Hub.md": "# Hub\n\n[[Both]], [[Out]] and [[A title that is much too long for a picture]].",
    "Both.md": "# Both\n\n[[Hub]] and [[Out]].",
    "In.md": "# In & out\n\n[[Hub]].",
    "Out.md": "# Out",
    "A title that is much too long for a picture.md": "x",
    "Lone.md": "# Lone",
}


def around(page: str) -> str:
    """The picture of the links around the page's note."""
    return page.partition('id="Around"')[2].partition("</svg>")[0]


def test_links_stand_on_their_side_of_the_note(theme: Theme) -> None:
    """What links here left, what is linked from here right; both ways is full; a cut title is whole in a tooltip."""
    picture = around(text_of(render(grow(LINKED), theme)["Hub.html"]))
    nodes = re.findall(
        r'<a href="([^"]+)">(?:<title>([^<]*)</title>)?<circle( class="both")? cx="(\d+)"', picture
    )
    assert nodes == [
        ("Both.html", "Both (both ways)", ' class="both"', "122"),
        ("In.html", "", "", "122"),
        (
            "A-title-that-is-much-too-long-for-a-picture.html",
            "A title that is much too long for a picture",
            "",
            "238",
        ),
        ("Out.html", "", "", "238"),
    ]
    assert "In &amp; out</text>" in picture
    assert ">A title that is m…</text>" in picture


def test_links_among_the_notes_around_are_drawn(theme: Theme) -> None:
    """Both links to Out, so a line leads across."""
    picture = around(text_of(render(grow(LINKED), theme)["Hub.html"]))
    assert re.search(r'class="cross-links" d="M122 \d+L238 \d+"', picture)


def test_one_link_needs_no_picture(theme: Theme) -> None:
    """Nor does none."""
    pages = render(grow(LINKED), theme)
    assert "Around" not in text_of(pages["In.html"])
    assert "Around" not in text_of(pages["Lone.html"])


def test_a_hub_shows_its_most_linked_neighbours_and_how_many_there_are(theme: Theme) -> None:
    """Seven of twenty, so that no page holds thousands."""
    texts: Texts = {
        "Hub.md": "# Hub",
        **{f"n{number}.md": f"[[Hub]] [[n{number + 1}]]" for number in range(20)},
    }
    picture = around(text_of(render(grow(texts), theme)["Hub.html"]))
    assert picture.count("<a ") == 7
    assert "link here: 7 of 20" in picture


def test_the_picture_is_there_only_where_it_shows_more_than_the_lists(theme: Theme) -> None:
    """Notes around one that have no links with each other are in its text and in the list of what links to it."""
    texts: Texts = {"Hub.md": "[[a]] [[b]]", "a.md": "x", "b.md": "x", "c.md": "[[Hub]]"}
    assert "Around" not in text_of(render(grow(texts), theme)["Hub.html"])
    tied = grow({**texts, "c.md": "[[Hub]] [[b]]"})
    assert "Around" in text_of(render(tied, theme)["Hub.html"])


def test_wide_letters_leave_room(theme: Theme) -> None:
    """Letters of East Asian scripts are twice as wide."""
    texts: Texts = {
        "Hub.md": "[[一二三四五六七八九十一二]] [[b]]",
        "一二三四五六七八九十一二.md": "[[b]]",
        "b.md": "",
    }
    assert ">一二三四五六七八…</text>" in around(text_of(render(grow(texts), theme)["Hub.html"]))


def test_a_picture_of_a_vector_is_its_numbers(theme: Theme) -> None:
    """A pixel a number in fifteen shades, decoded by the format's own rules; three numbers are a row and a half."""
    png = picture_of(np.array([1, -1, 0.5], np.float32), 2, 2)
    chunks = {}
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + content)
        chunks[kind] = content
        at += 12 + size
    assert struct.unpack(">IIBBBBB", chunks[b"IHDR"]) == (2, 2, 4, 3, 0, 0, 0)
    rows = zlib.decompress(chunks[b"IDAT"])
    assert [(byte >> 4) - 7 for byte in rows[1::2]] == [7, 4]
    assert [(byte & 15) - 7 for byte in rows[1::2]] == [-7, 0]
    assert list(chunks[b"tRNS"][7:]) == [0, 36, 72, 109, 145, 182, 218, 255]
    assert len(chunks[b"PLTE"]) == 45


def test_a_note_shows_what_its_embedding_looks_like(theme: Theme) -> None:
    """Folded away: what was read, the nearest and the farthest, and if asked for the picture; none without a card."""
    card = EmbeddingCard(np.array([1, -1, 0.5, 0.25], np.float32), ("In.md",), ("Lone.md", "Out.md"), 2, 1234)
    plain = text_of(render(grow(LINKED), theme, cards={"Hub.md": card})["Hub.html"])
    assert "This note became 1,234 tokens in 2 passages.</p>" in plain
    assert "data:image/png" not in plain
    config = Config(note=NoteSettings(embedding_picture=True))
    pages = render(grow(LINKED), theme, cards={"Hub.md": card}, config=config)
    page = text_of(pages["Hub.html"])
    shown = page.partition('<details class="note-section embedding-card">')[2].partition("</details>")[0]
    data = re.search(
        r'src="data:image/png;base64,([^"]+)" width="2" height="2" alt="4 numbers as squares', shown
    )
    assert data
    assert base64.b64decode(data[1]).startswith(b"\x89PNG")
    assert "1,234 tokens in 2 passages" in shown
    assert re.findall(r"<dd>(.*)</dd>", shown) == [
        '<a href="In.html">In &amp; out</a>',
        '<a href="Lone.html">Lone</a>, <a href="Out.html">Out</a>',
    ]
    assert "embedding-card" not in text_of(pages["Out.html"])


def test_the_graph_has_a_table_and_data(theme: Theme) -> None:
    """The most linked notes first with links each way; the data holds every note, and each pair once."""
    garden = grow(LINKED)
    pages = render(garden, theme, graph=graph_of(garden))
    page = text_of(pages["graph.html"])
    assert re.findall(r'<tr><td><a href="([^"]+)">.*</a></td><td>(\d+)</td><td>(\d+)</td></tr>', page) == [
        ("Hub.html", "2", "3"),
        ("Both.html", "1", "2"),
        ("Out.html", "2", "0"),
        ("A-title-that-is-much-too-long-for-a-picture.html", "1", "0"),
        ("In.html", "0", "1"),
    ]
    assert "1 note without links stands apart" in page
    (script,) = (text_of(file) for url, file in pages.items() if url.startswith("notegen/graph-data."))
    data = json.loads(script.removeprefix('notegen.add("graph",').removesuffix(")"))
    assert data["titles"][0] == "Hub"
    assert data["urls"][4] == "In.html"
    assert sum(map(len, data["links"])) == 5
    assert len(data["x"]) == len(data["y"]) == 6
    assert all(0 <= step <= 4095 for step in data["x"] + data["y"])


@pytest.mark.parametrize(("one", "other"), [("alone", "alone"), ("[[b]]", "alone"), ("[[b]] [[a]]", "[[a]]")])
def test_a_garden_of_few_links_has_no_graph(one: str, other: str, theme: Theme) -> None:
    """A line between two dots is none: no page, no way to it, no script."""
    garden = grow({"a.md": one, "b.md": other, "c.md": "alone"})
    pages = render(garden, theme, graph=graph_of(garden))
    assert not [url for url in pages if "graph" in url]
    assert "graph.html" not in text_of(pages["index.html"])


def test_folders_are_pages(theme: Theme) -> None:
    """With the folders and notes in each, and a way up; all of them on one page with all their notes counted."""
    texts: Texts = {"a/x.md": "# Zebra", "a/y.md": "# Ape", "a/b c/z.md": "x", "d/w.md": "x", "top.md": "x"}
    pages = render(grow(texts), theme)
    folder = text_of(pages["folders/a.html"])
    assert re.findall(r'<a href="([^"]+)">(?:b c|Ape|Zebra)</a>', folder) == [
        "a/b-c.html",
        "../a/y.html",
        "../a/x.html",
    ]
    inner = text_of(pages["folders/a/b-c.html"])
    assert '<a href="../../folders.html">Folders</a></li><li><a href="../a.html">a</a></li>' in inner
    overview = text_of(pages["folders.html"])
    assert re.findall(
        r'<li(?: class="(depth-\d)")?><a href="folders/([^"]+)">.*</a> <span>(\d+)</span>', overview
    ) == [
        ("", "a.html", "3"),
        ("depth-1", "a/b-c.html", "1"),
        ("", "d.html", "1"),
    ]


def test_home_shows_the_first_folders_that_divide_the_garden(theme: Theme) -> None:
    """A folder that holds everything is passed over."""
    texts: Texts = {"content/a/x.md": "x", "content/b/y.md": "x", "content/top.md": "x"}
    home = text_of(render(grow(texts), theme)["index.html"])
    assert re.findall(r'<a href="folders/([^"]+)">', home) == ["content/a.html", "content/b.html"]


def test_a_note_called_as_a_page_of_ours_makes_way(theme: Theme) -> None:
    """The page of the graph is always at its address."""
    garden = grow({"graph.md": "[[calendar]]", "calendar.md": "[[map]]", "map.md": "x"})
    pages = render(garden, theme, graph=graph_of(garden))
    assert garden.urls == {
        "calendar.md": "calendar-2.html",
        "graph.md": "graph-2.html",
        "map.md": "map-2.html",
    }
    assert "<canvas" in text_of(pages["graph.html"])


def test_pages_know_the_folder_that_holds_all_notes(theme: Theme) -> None:
    """As it is in addresses, and without the page that opens the site; none where notes lie elsewhere too."""
    inside = {"my notes/a.md": "A.", "my notes/b/c.md": "C.", "index.md": "Home."}
    assert 'data-top="my-notes"' in text_of(render(grow(inside), theme)["my-notes/a.html"])
    assert "data-top" not in text_of(render(grow({**inside, "d.md": "D."}), theme)["d.html"])
