"""Which links say the name of a private note: a sign that ends an address is a letter in the name of a file."""

from pathlib import Path

import pytest

from notegen.markdown.private_names import PrivateLinks, private_links
from notegen.model import Reading


def hiding(*paths: str) -> PrivateLinks:
    """What links may not say where these are all that there is, and private."""
    return private_links(Reading((), {}, frozenset(paths)), "private note")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("diary/Ann.md", "Ann"),
        ("diary/Ann.md", "../diary/ann.md"),
        ("diary/Ann.md", "diary/Ann#Monday"),
        ("diary/Ann.md", "Work/Ann"),
        ("Why?.md", "Why?"),
        ("Why?.md", "Why%3F.md"),
        ("C# x.md", "C%23%20x.md"),
        ("5% .md", "5%"),
        ("Big plan.md", "big-plan"),
    ],
)
def test_a_link_says_a_name_however_it_writes_it(path: str, target: str) -> None:
    """With folders, with what the file ends in, encoded, in other letters; in a file's name a sign is a letter."""
    assert hiding(path).name(target)
    assert hiding(path).words_for(target) == "private note"


@pytest.mark.parametrize(
    ("path", "target"),
    [("diary/Ann.md", "Anna"), ("Why?.md", "Wh"), ("C# x.md", "C"), ("5% .md", "5"), ("Big plan.md", "plan")],
)
def test_a_part_of_a_name_says_nothing(path: str, target: str) -> None:
    """What stands before a sign that ends an address is another name."""
    assert not hiding(path).name(target)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Ann", "private note"),
        ("ann.md", "private note"),
        ("**diary/Ann**", "private note"),
        ("@Ann", "private note"),
        ("Ann > Monday", "private note"),
        ("", "private note"),
        ("my sister", "my sister"),
        ("Anna", "Anna"),
    ],
)
def test_words_that_are_the_name_of_the_note_are_not_shown(words: str, shown: str) -> None:
    """Those that its author chose are."""
    assert hiding("diary/Ann.md").shown(words, "diary/Ann.md") == shown


def test_a_name_that_a_public_file_has_too_is_no_secret() -> None:
    """The folder that it lies in is one still."""
    private = private_links(Reading((), {"x/Ann": Path("Ann")}, frozenset({"diary/Ann.md"})), "private note")
    assert not private.name("Ann")
    assert private.name("diary/Ann")
