"""Which properties a page shows."""

import pytest

from notegen.model import Tool
from notegen.render.parts.tool_properties import is_for_readers


@pytest.mark.parametrize(
    ("name", "value", "tool", "is_shown"),
    [
        ("sidebar_position", "3", "plain", False),
        ("nav_order", "3", "jekyll", False),
        ("traitids", "journalNote", "dendron", False),
        ("kanban-plugin", "board", "obsidian", False),
        ("tableofcontents", "false", "plain", False),
        ("weight", "10", "plain", False),
        ("weight", "71.5", "obsidian", True),
        ("next", "text: Markdown, link: /guide", "plain", False),
        ("next", "false", "plain", False),
        ("next", '<a href="notegen:0">Tides</a>', "obsidian", True),
        ("outline", "2, 3", "plain", False),
        ("outline", "of a novel", "plain", True),
        ("latitude", "48.1", "plain", True),
        ("status", "done", "plain", True),
        ("parent", "Sea", "jekyll", True),
    ],
)
def test_what_only_a_tool_reads_is_not_shown(name: str, value: str, tool: Tool, is_shown: bool) -> None:
    """By its name, and by its value where people use the name too."""
    assert is_for_readers(name, value, frozenset({name}), tool) == is_shown


def test_the_place_that_joplin_stamps_is_not_shown() -> None:
    """All three are there; who writes one of them means it."""
    names = frozenset({"latitude", "longitude", "altitude", "author"})
    assert not is_for_readers("latitude", "0.0000", names, "plain")
    assert is_for_readers("author", "Ines", names, "plain")
