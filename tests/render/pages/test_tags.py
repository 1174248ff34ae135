"""What tells what a tag is for."""

import pytest

from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of

NOTES: Texts = {
    "Tide.md": "Up and down. #Sea/Deep #sky",
    "tags/sea/deep.md": ("", {"title": "The deep", "description": "What lies below & beyond."}),
    "tags/Other.md": "# Other\n\nNo note has this tag.",
}


def test_a_note_called_as_a_tag_opens_the_tags_page(theme: Theme) -> None:
    """In the folder `tags`, whatever its case; the note keeps a page of its own, which shows what it says of itself."""
    garden = grow(NOTES)
    site = render(garden, theme)
    tag = text_of(site[garden.tag_urls["Sea/Deep"]])
    assert '<p>What lies below &amp; beyond. <a href="../sea/deep.html">The deep</a></p>' in tag
    assert "<p>What lies below &amp; beyond.</p>" in text_of(site[garden.urls["tags/sea/deep.md"]])
    assert "The deep" not in text_of(site[garden.tag_urls["sky"]])


@pytest.mark.parametrize(
    "name", ["tags/sea/deep.markdown", "tags/Sea/Deep.MD", "Tags/sea/deep.md", "tags/sea/deep.Markdown"]
)
def test_it_may_have_any_ending_of_a_note_in_any_case(name: str, theme: Theme) -> None:
    """As its folder may be written in any case."""
    garden = grow({"Tide.md": "Up and down. #Sea/Deep", name: ("", {"description": "What lies below."})})
    assert "<p>What lies below. " in text_of(render(garden, theme)[garden.tag_urls["Sea/Deep"]])


def test_the_first_of_two_that_are_called_alike_counts(theme: Theme) -> None:
    """A canvas is called by its whole name, so it tells nothing of a tag."""
    two: Texts = {name: ("", {"description": f"By {name}."}) for name in ("tags/Sea.md", "tags/sea.md")}
    garden = grow({"Tide.md": "Up and down. #sea #SKY", "tags/Sky.canvas": ("", {"title": "A board"}), **two})
    site = render(garden, theme)
    assert "<p>By tags/Sea.md. " in text_of(site[garden.tag_urls["sea"]])
    assert "A board" not in text_of(site[garden.tag_urls["SKY"]])
