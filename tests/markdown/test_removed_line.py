"""Lines that are no lines: the HTML is that of the text without them, the places are those of the text with them."""

from notegen.markdown import parse_text
from notegen.model import REMOVED_LINE

TEXT = "- a\n¬\n  [[b]]\n¬\n¬\n\t- [[c]]\n\n## D\n¬\n```\nx\n```\n¬\n| e |\n¬\n|---|\n"


def test_they_leave_no_trace_in_the_html() -> None:
    """A list stays tight, a paragraph and a table whole."""
    without = parse_text(TEXT.replace("¬\n", ""), path="n.md")
    assert parse_text(TEXT.replace("¬", REMOVED_LINE), path="n.md").html == without.html


def test_they_count_in_places() -> None:
    """Links and headings are where the file has them, within a paragraph as after it."""
    parsed = parse_text(TEXT.replace("¬", REMOVED_LINE), path="n.md")
    assert [(link.target, str(link.place)) for link in parsed.links] == [("b", "n.md:3:3"), ("c", "n.md:6:4")]
    assert [heading.line for heading in parsed.headings] == [8]


def test_a_text_of_nothing_else_is_empty() -> None:
    """No block is made of them."""
    assert parse_text(f"{REMOVED_LINE}\n{REMOVED_LINE}", path="n.md").html == ""
