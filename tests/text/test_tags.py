"""What a tag is written with, and what of it keeps a section or a note private."""

import pytest

from notegen.markdown import TextOptions, parse_text
from notegen.read.private_tags import has_encrypt_tag, has_private_tag
from notegen.text.tags import written_tags


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#sea/salt, (#tide) x#no &#35; a/#no", ["sea/salt", "tide"]),
        (
            "#cafe\u0301 #\u0939\u093f\u0928\u094d\u0926\u0940",
            ["caf\u00e9", "\u0939\u093f\u0928\u094d\u0926\u0940"],
        ),
        ("#\u2b50fav #\ufe0f\u20e3 \u0939\u093f#no #end\u200d", ["\u2b50fav", "end"]),
        ("# #! ##", []),
    ],
)
def test_tags_are_letters_marks_and_emoji(text: str, names: list[str]) -> None:
    """As pages read them."""
    assert list(written_tags(text)) == names


@pytest.mark.parametrize(
    "heading", ["caf\u00e9", "cafe\u0301", "caf\u00e9/x", "caf\u00e9\u2b50", "CAFE\u0301"]
)
@pytest.mark.parametrize("stated", ["caf\u00e9", "cafe\u0301"])
def test_private_tags_are_known_however_they_are_stored(heading: str, stated: str) -> None:
    """A section, and a note as a whole; also with an emoji behind, which is another tag: in doubt, more is hidden."""
    text = f"Shown.\n\n## Part #{heading}\n\nhidden\n\n## Next\n\nend\n"
    assert "hidden" not in parse_text(text, path="n.md", options=TextOptions(private_tags=[stated])).html
    assert has_private_tag((), f"Text #{heading}\n", {stated})
    assert has_encrypt_tag((), f"Text #{heading}\n", {stated})


def test_marks_belong_to_a_private_tag() -> None:
    """A tag in a script with marks hides what it is on, and no more of its first letters does."""
    text = "## A #\u0939\u093f\u0928\u094d\u0926\u0940\n\nhidden\n"
    options = TextOptions(private_tags=["\u0939\u093f\u0928\u094d\u0926\u0940"])
    assert "hidden" not in parse_text(text, path="n.md", options=options).html
    assert not has_private_tag((), "[a](#cafe) `#cafe`\n", {"cafe"})
