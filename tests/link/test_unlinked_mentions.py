"""Names said without a link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.link import mentions_in_note
from notegen.link.unlinked_mentions import MAX_NOTES, find_unlinked_mentions
from tests.support.gardens import grow


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Spring tide", "After the spring tide, quiet.", "spring tide"),
        ("Spring tide", "The spring-tide came.", "spring-tide"),
        ("Spring tide", "In spring. Tide tables are out.", ""),
        ("Spring tide", "Spring tides are another word.", ""),
        ("Tide", "It was untidy, tidied, Tideland.", ""),
        ("Tide", "The tide’s edge", "tide"),
        ("Évora", "We went to Evora by train.", "Evora"),
        ("潮汐表", "明日の潮汐表を見る。", "潮汐表"),
        ("潮汐", "明日の潮汐表を見る。", "潮汐"),
        ("Go", "Go there, or go home.", ""),
        ("1984", "It was 1984 then.", ""),
        ("Tide", "Filed under #tide here.", ""),
        ("Tide", "See [[Tide]]: the tide turns.", ""),
        ("Tide", "![a tide](x.png) and `tide`", "tide"),
        ("Sleep", "Call `time.sleep(5)`, or   `a  sleep` with $sleep + 1$.", ""),
        ("Sleep", "```\nawait sleep\n```\n\n    sleep now\n\n$$\nsleep\n$$", ""),
        ("Sleep", "| call | is |\n|---|---|\n| wait | `sleep now` |", ""),
        ("Sleep", "| call | is |\n|---|---|\n| `wait` | sleep now |", "sleep"),
        (
            "Sleep",
            "Without marks: time.sleep, sleep(5), sleep.py, a/sleep, sleep::now, $sleep, me@sleep.org.",
            "",
        ),
        ("Sleep", "See https://example.org/long-sleep?q=1 and www.example.org/why,sleep there.", ""),
        ("Sleep", "`Sleep` is sleep.", "sleep"),
        ("Sleep", "Rest (sleep) or a nap, then sleep.", "sleep"),
    ],
)
def test_a_name_is_whole_words(name: str, text: str, words: str) -> None:
    """Case and accents aside; anywhere in scripts without spaces; not in tags, nor where the note is linked."""
    garden = grow({"a.md": f"# A note\n\n{text}\n", f"{name}.md": f"# {name}\n\nWhat it is.\n"})
    found = find_unlinked_mentions(garden).get(f"{name}.md", ())
    assert [mention.words for mention in found] == ([words] if words else [])


def test_a_mention_has_its_sentence_and_its_heading() -> None:
    """The first time counts, by title or alias; the longest name wins."""
    garden = grow(
        {
            "a.md": "# A\n\nNothing.\n\n## Sea\n\nOne thing. We saw low water twice! And ebb again.\n",
            "Ebb.md": ("# Ebb\n\nIt falls.\n", {"aliases": ["Low water"]}),
            "Water.md": "# Water\n\nWet.\n",
        }
    )
    found = find_unlinked_mentions(garden)
    assert list(found) == ["Ebb.md"]
    (mention,) = found["Ebb.md"]
    assert (mention.note, mention.words, mention.sentence, mention.section) == (
        "a.md",
        "low water",
        "We saw low water twice!",
        5,
    )


def test_a_name_of_two_notes_is_nobodys() -> None:
    """Nor does a note name itself."""
    garden = grow(
        {"a.md": "# A\n\nThe tide.\n", "x/Tide.md": "# Tide\n\nThe tide.\n", "y/Tide.md": "# Tide\n\nNo.\n"}
    )
    assert find_unlinked_mentions(garden) == {}


def test_a_word_that_many_notes_say_is_no_name() -> None:
    """One word is a name while few say it; two words always are. The newest note comes first."""
    notes = {
        f"2024-01-{day:02}.md": "All about the tide, and the spring tide too.\n"
        for day in range(1, MAX_NOTES + 2)
    }
    titles = {"Tide.md": "# Tide\n\nUp, down.\n", "Spring tide.md": "# Spring tide\n\nHigh.\n"}
    found = find_unlinked_mentions(grow(notes | titles))
    assert list(found) == ["Spring tide.md"]
    assert [mention.note for mention in found["Spring tide.md"]] == sorted(notes, reverse=True)
    fewer = dict(list(notes.items())[1:])
    assert len(find_unlinked_mentions(grow(fewer | titles))["Tide.md"]) == MAX_NOTES


WORDS = (
    "spring tide tides ebb the Low low-water spring_tide ½ water 潮汐 潮汐表を見る Évora evora #tide [[Tide]] . -"
).split(" ")
NAMES = (
    "Spring tide",
    "Tide",
    "The ebb",
    "Low water",
    "Water low",
    "潮汐表",
    "潮汐",
    "Evora",
    "Ebb the tide",
    "The ebb the low",
    "潮汐表 tide",
)


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), min_size=1, max_size=5))
def test_paragraphs_that_cannot_name_a_note_are_passed_over(paragraphs: list[list[str]]) -> None:
    """What is found is what looking at each word of each paragraph finds."""
    texts = {"a.md": "# A note\n\n" + "\n\n".join(map(" ".join, paragraphs)) + "\n"}
    garden = grow({**texts, **{f"{name}.md": f"# {name}\n\nWhat it is.\n" for name in NAMES}})
    found = find_unlinked_mentions(garden)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(mentions_in_note._Names, "may_name", lambda *_: True)
        assert find_unlinked_mentions(garden) == found
