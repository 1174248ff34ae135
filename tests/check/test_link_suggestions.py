"""Links that may have been forgotten, as problems."""

import pytest

from notegen.check.link_suggestions import place_of_mention, suggest_links
from notegen.errors.problems import word_hint, word_problem
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import Garden, Mention, Neighbour, Passage, Place, Problem, Reason, Related, Source
from tests.support.gardens import MODIFIED, grow


def source(text: str, first_line: int = 1) -> Source:
    """The file of `a.md`."""
    return Source("a.md", text, first_line, {}, "0" * 32, MODIFIED)


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Place, message and hint of each."""
    return [f"{one.place}: {word_problem(one)}; {word_hint(one)}" for one in problems]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The tide turns.\n", (4, 5)),
        ("Up.\n\nThe\ntide turns.\n", (7, 1)),
        ("`tide` and [tide](x) and [[x|tide]] and https://a/tide and tide\n", (4, 60)),
        ("```\ntide\n```\n\n# tide\n\nmy tide\n", (10, 4)),
        ("Untidy tides, then tide.\n", (4, 20)),
        ("The *ti*de turns.\n", (3, 0)),
    ],
)
def test_a_mention_is_found_in_its_file(text: str, place: tuple[int, int]) -> None:
    """Where a link can be put: not in code, links, addresses or headings; else its heading's line."""
    mention = Mention("a.md", "Tide.md", "tide", "", 3)
    assert place_of_mention(mention, source(text, 4)) == Place("a.md", *place)


def test_names_without_spaces_and_broken_lines_are_found() -> None:
    """A name within a run, and one over a line's end."""
    assert place_of_mention(Mention("a.md", "", "潮汐", "", 1), source("明日の潮汐表。\n")) == Place(
        "a.md", 1, 4
    )
    assert place_of_mention(Mention("a.md", "", "ภาษาไทย", "", 1), source("เราเรียนภาษาไทยทุกวัน\n")) == Place(
        "a.md", 1, 9
    )
    found = place_of_mention(Mention("a.md", "", "spring tide", "", 1), source("A high spring\n  tide.\n"))
    assert found == Place("a.md", 1, 8)


def test_a_mention_says_which_link_to_write() -> None:
    """By the file's name, or its path where two files have that, with the words as they stand."""
    texts = {
        "a.md": "The tide turns, the Moon shines.\n",
        "Tide.md": "# Tide\n\nUp.\n",
        "sky/Moon.md": "# Moon\n\nWhite.\n",
        "Old/moon.md": "# A ship\n\nSank.\n",
    }
    garden = grow(texts)
    problems = suggest_links(garden, [source(str(texts["a.md"]))], find_unlinked_mentions(garden), Related())
    assert sorted(told(problems)) == [
        "a.md:1:21: `Moon` is the name of `sky/Moon.md`, which the note does not link to; "
        "write `[[sky/Moon|Moon]]`, if that is meant",
        "a.md:1:5: `tide` is the name of `Tide.md`, which the note does not link to; "
        "write `[[Tide|tide]]`, if that is meant",
    ]


def near(garden: Garden, here: str, there: str, *, score: float = 0.9, linked: bool = False) -> Neighbour:
    """A neighbour by the second section of the one and the first of the other."""
    sections = garden.notes[here].sections[-1], garden.notes[there].sections[0]
    passages = [
        Passage(id, 0, garden.notes[id].title, one.trail, one.anchor, " ".join(one.paragraphs))
        for id, one in zip((here, there), sections, strict=True)
    ]
    return Neighbour(there, score, Reason(passages[0], passages[1], ("gambits",)), linked=linked)


def test_close_notes_are_suggested_once_with_their_passages() -> None:
    """Neither what is linked, nor what is far, nor the same pair from its other side."""
    garden = grow(
        {
            "a.md": "# A\n\n## Chess\n\nI lost to gambits all week.\n",
            "b.md": f"# B\n\nGambits give a pawn. {'And so on. ' * 20}\n",
            "c.md": "# C\n\nOther.\n",
        }
    )
    related = Related(
        {
            "a.md": (near(garden, "a.md", "b.md"), near(garden, "a.md", "c.md", linked=True)),
            "b.md": (near(garden, "b.md", "a.md"), near(garden, "b.md", "c.md", score=0.4)),
        }
    )
    (told_once,) = told(suggest_links(garden, [], {}, related))
    assert told_once == (
        "a.md:3: `b.md` is close in meaning and not linked; both say `gambits`; here: “Chess: I lost to gambits all "
        "week.” — there: “Gambits give a pawn. And so on. And so on. And so on. And so on. And so on. And so on…”"
    )
    named = {"b.md": (Mention("a.md", "b.md", "B", "", 1),)}
    assert [one.code for one in suggest_links(garden, [], named, related)] == ["mention-unlinked"]
