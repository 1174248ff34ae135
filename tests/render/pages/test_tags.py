"""What tells what a tag is for."""

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
