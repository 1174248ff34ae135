"""A canvas, read: its Markdown, and its place among notes."""

import json
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.config import Config
from notegen.errors.problems import word_problem
from notegen.link import link_notes
from notegen.markdown import parse_text
from notegen.model import CanvasWords
from notegen.parse import parse_notes
from notegen.read import read_sources
from notegen.read.canvas import NotCanvasError, read_canvas
from notegen.theme import canvas_words
from tests.support.golden import Case, check_case, read_cases, word_resolution, write_files

ENGLISH = CanvasWords()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=9,
)
NODE = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from("abc") | JSON,
        "type": st.sampled_from(["text", "file", "link", "group"]),
        **{key: st.text(max_size=20) | JSON for key in ("text", "file", "url", "label", "subpath")},
        **{key: st.integers(-50, 50) | JSON for key in ("x", "y", "width", "height")},
    },
)
EDGE = st.fixed_dictionaries(
    {},
    optional={
        key: st.sampled_from("abc") | JSON for key in ("fromNode", "toNode", "fromEnd", "toEnd", "label")
    },
)


@pytest.mark.parametrize("case", read_cases("canvas"), ids=str)
def test_a_canvas_becomes_markdown(case: Case, update_cases: bool) -> None:
    """Its properties, then its text, or why it is none."""
    try:
        front = read_canvas(case.given, ENGLISH)
    except NotCanvasError as error:
        check_case(case, f"no canvas: {error}", update=update_cases)
        return
    said = "".join(f"{key}: {value}\n" for key, value in front.properties.items())
    check_case(case, said + front.body, update=update_cases)


GARDEN = """\
=== .obsidian/app.json
{}
=== study/2024-05-01 Board.canvas
{"nodes":[{"id":"a","type":"text","text":"Idea\\n===\\n[[Note]] [[Gone]]","x":0,"y":0,"width":9,"height":9},
{"id":"b","type":"file","file":"Note.md","x":0,"y":50,"width":9,"height":9}],
"edges":[{"id":"e","fromNode":"a","toNode":"b"}]}
=== Note.md
---
date: 2024-05-02
---
[[2024-05-01 Board.canvas]] ![[2024-05-01 Board.canvas#^a]] [[broken.canvas]] [[secret.canvas]]
=== broken.canvas
{"nodes": 1}
=== secret.canvas
{"nodes":[],"metadata":{"frontmatter":{"publish": false}}}
"""


def test_a_canvas_is_a_note_among_others(tmp_path: Path) -> None:
    """It links and is linked by its whole name, keeps `.canvas` in its address, and may be private or broken."""
    write_files(GARDEN, tmp_path)
    reading = read_sources(tmp_path, Config())
    garden = link_notes(parse_notes(reading.sources), reading)
    board = "study/2024-05-01 Board.canvas"
    assert garden.urls[board] == "study/2024-05-01-Board.canvas.html"
    assert (garden.notes[board].title, str(garden.notes[board].dating.day)) == (
        "2024-05-01 Board",
        "2024-05-01",
    )
    assert [word_resolution(goal, garden) for goal in garden.resolutions["Note.md"]] == [
        board, f"{board} at ^a", "the file broken.canvas as broken.canvas", "nowhere",
    ]  # fmt: skip
    assert [word_resolution(goal, garden) for goal in garden.resolutions[board]] == [
        "Note.md", "nowhere", "Note.md", f"{board} at ^a", "Note.md",
    ]  # fmt: skip
    assert reading.withheld == {"secret.canvas"}
    assert [f"{problem.place}: {word_problem(problem)}" for problem in garden.problems] == [
        "Note.md:4:79: `secret.canvas` is not published",
        "broken.canvas: the canvas cannot be read: `nodes` is not a list of objects",
        "study/2024-05-01 Board.canvas: no note or file is called `Gone`",
    ]


@given(st.text(max_size=50) | st.builds(str, JSON))
def test_no_text_makes_it_raise_anything_else(text: str) -> None:
    """What is no canvas is said to be none."""
    with suppress(NotCanvasError):
        read_canvas(text, ENGLISH)


@given(st.lists(NODE, max_size=6), st.lists(EDGE, max_size=4))
def test_no_board_makes_reading_or_parsing_raise(nodes: list[object], edges: list[object]) -> None:
    """Whatever its nodes hold, its Markdown is a note."""
    parse_text(read_canvas(json.dumps({"nodes": nodes, "edges": edges}), ENGLISH).body, path="b.canvas")


def test_deep_boards_are_read() -> None:
    """Groups within groups count no deeper than headings go, and brackets without end are refused."""
    groups = ",".join(
        f'{{"type":"group","label":"g{n}","x":{n},"y":{n},"width":{9000 - 2 * n},"height":{9000 - 2 * n}}}'
        for n in range(2000)
    )
    body = read_canvas(f'{{"nodes":[{groups}]}}', ENGLISH).body
    assert body.split() == ["##", "g0", "###", "g1", "####", "g2", "#####", "g3", "######", "g4"]
    with pytest.raises(NotCanvasError, match="nested too deeply"):
        read_canvas("[" * 100_000, ENGLISH)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "## Verbindungen\n\n- [[a.md|a]] → eine leere Karte"),
        ("ar", "## الصلات\n\n- [[a.md|a]] ← بطاقة فارغة"),
    ],
)
def test_what_no_card_says_is_in_the_language_of_the_site(language: str, said: str, tmp_path: Path) -> None:
    """The heading over the arrows, a card without words, and the arrow, which points as text runs."""
    board = {
        "nodes": [
            {"id": "1", "type": "file", "file": "a.md", "x": 0, "y": 0, "width": 9, "height": 9},
            {"id": "2", "type": "text", "text": "", "x": 20, "y": 0, "width": 9, "height": 9},
        ],
        "edges": [{"fromNode": "1", "toNode": "2"}],
    }
    (tmp_path / "b.canvas").write_text(json.dumps(board), "utf-8")
    words = partial(canvas_words, None, language)
    (source,) = read_sources(tmp_path, Config(), canvas_words=words).sources
    assert source.text == f"![[a.md]]\n\n{said}\n"


def test_boards_of_nobodys_language_say_what_the_bundled_english_says() -> None:
    """The words that reading falls back on are those of `templates/languages/en.toml`."""
    assert canvas_words(None, "en") == CanvasWords()


def test_the_words_are_asked_only_where_there_is_a_board(tmp_path: Path) -> None:
    """So a wrong file of messages stops no command that shows none of them."""
    (tmp_path / "a.md").write_text("words", "utf-8")

    def refuse() -> CanvasWords:
        raise AssertionError("no board asks")

    assert len(read_sources(tmp_path, Config(), canvas_words=refuse).sources) == 1
