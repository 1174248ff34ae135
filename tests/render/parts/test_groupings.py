"""By which folders pictures colour notes."""

import pytest

from notegen.model import NoteId
from notegen.render.parts.groupings import _folder_groups

MANUAL = [f"docs/{part}/{n}.md" for part, count in (("atl", 6), ("build", 12)) for n in range(count)]


@pytest.mark.parametrize(
    ("notes", "names", "of"),
    [
        (["a/1.md", "b/2.md", "3.md"], ["a", "b"], [0, 1, -1]),
        # One that holds all is passed through, and those in it.
        (["v/w/a/1.md", "v/w/b/2.md", "v/w/3.md"], ["a", "b"], [0, 1, -1]),
        (["v/1.md", "v/2.md"], [], [-1, -1]),
        # So is one that holds nearly all; what is beside it keeps its own.
        ([*MANUAL, "style/1.md", "README.md"], ["build", "atl", "style"], [*[1] * 6, *[0] * 12, 2, -1]),
        # Not where it is one among others, nor where most lie in it and in no folder of it.
        ([*MANUAL, *["style/1.md"] * 4], ["docs", "style"], [*[0] * 18, *[1] * 4]),
        ([*["docs/1.md"] * 12, *MANUAL[:7], "style/1.md"], ["docs", "style"], [*[0] * 19, 1]),
        # Two of one name are told apart by those above them.
        (
            [*["docs/a/1.md"] * 10, *["docs/b/1.md"] * 10, "a/1.md"],
            ["docs/a", "b", "a"],
            [*[0] * 10, *[1] * 10, 2],
        ),
        ([], [], []),
    ],
)
def test_folders_divide_what_they_can(notes: list[NoteId], names: list[str], of: list[int]) -> None:
    """The first that divide the notes, those with most of them first."""
    groups = _folder_groups(notes)
    assert (list(groups.names), list(groups.of)) == (names, of)
