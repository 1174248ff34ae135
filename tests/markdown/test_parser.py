"""The list of rules is complete: what runs is what it says, in its order."""

import re

from markdown_it.renderer import RendererHTML

from notegen.markdown import parser as rules
from notegen.markdown.parser import parser
from tests.conftest import ROOT


def test_the_rules_that_run_are_the_ones_in_the_list() -> None:
    """In the same order; a rule that a library adds or moves shows here."""
    running = parser().get_active_rules()
    assert running == {
        "core": list(rules.CORE_RULES),
        "block": list(rules.BLOCK_RULES),
        "inline": list(rules.INLINE_RULES),
        "inline2": list(rules.PAIRING_RULES),
    }
    renderer = parser().renderer
    assert isinstance(renderer, RendererHTML)
    assert sorted(renderer.rules) == list(rules.RENDER_RULES)


def test_no_rule_is_added_elsewhere() -> None:
    """Only `parser.py` changes a ruler or writes a render rule."""
    files = sorted((ROOT / "notegen/markdown").glob("*.py"))
    changing = re.compile(r"\.ruler2?\b|add_render_rule|\.use\(")
    assert [file.name for file in files if changing.search(file.read_text("utf-8"))] == ["parser.py"]
