"""What is counted of some notes at a time, joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.search import group_words, joined_words
from notegen.search.inverted_index import Posting, read_postings
from notegen.search.note_groups import NoteGroup
from notegen.search.note_languages import note_languages
from notegen.search.occurrences import written_postings
from notegen.search.word_part import WordPart, bytes_of_numbers
from tests.support import searchable_garden as made
from tests.support.gardens import grow
from tests.support.occurrences import as_occurrences

Held = dict[str, list[Posting]]
NOTES = st.lists(
    st.dictionaries(
        st.sampled_from("abcd"), st.tuples(st.integers(1, 70), st.sets(st.integers(0, 70), min_size=1))
    ),
    max_size=9,
)


@given(NOTES, st.integers(1, 4))
def test_postings_joined_are_those_of_all_notes(
    notes: list[dict[str, tuple[int, set[int]]]], size: int
) -> None:
    """Whatever the parts, and however many postings are joined at a time."""
    joined = joined_words.Joined()
    for start in range(0, len(notes), size):
        joined.add(start, part_of(held(notes[start : start + size])))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(joined_words, "_JOINED_AT_ONCE", size)
        postings = joined.postings(len(notes))
    assert {form: read_postings(postings[form]) for form in postings} == held(notes)
    assert len(postings) == len(held(notes))
    assert "e" not in postings
    assert postings.get("e", "") == ""


def test_what_is_counted_of_a_group_hangs_on_it_alone() -> None:
    """Whatever words were known before: of its own, of other groups, in other languages and scripts."""
    garden = grow(
        {
            "Häuser am Fluss.md": ("Die Häuser der Bahnhofstraße, Wi-Fi und C++.", {"lang": "de"}),
            "houses.md": "# Houses\n\nThe houses of readFile, wi-fi, Häuser and 潮の満ち引き.",
            "潮.md": ("潮の満ち引きとhouses、満ち潮。", {"lang": "ja"}),
            "tide.md": "# Tide\n\nNo houses, $x^2$ and #tag/within. A [[houses]] again.\n\n## Houses\n\nTides.",
        }
    )
    groups = [
        NoteGroup([note], [one for one in made.passages(garden) if one.note == note], b"")
        for note in garden.notes
    ]
    numbers = {note: number for number, note in enumerate(garden.notes)}
    languages = note_languages(garden, "en")

    def parts(*vocabularies: group_words._Vocabulary) -> list[WordPart]:
        return [
            group_words._count_group(
                group_words.GroupTexts(group.passages, garden.notes, numbers, languages), vocabulary
            )
            for group, vocabulary in zip(groups, vocabularies, strict=True)
        ]

    shared = group_words._Vocabulary()
    alone = parts(*(group_words._Vocabulary() for _ in groups))
    assert [part.forms for part in alone] != [()] * 4
    assert parts(*[shared] * 4) == alone
    assert parts(*[shared] * 4) == alone


def held(notes: list[dict[str, tuple[int, set[int]]]]) -> Held:
    """What each form has, of notes numbered from 0."""
    found: Held = {}
    for number, note in enumerate(notes):
        for form, (count, passages) in note.items():
            found.setdefault(form, []).append(Posting(number, count, tuple(sorted(passages))))
    return found


def part_of(found: Held) -> WordPart:
    """The part that has these, as far as postings hang on it."""
    numbers = bytes_of_numbers
    written = written_postings(as_occurrences([*found.values()]), 1 + last_note(found))
    return WordPart(
        lengths=(),
        forms=tuple(found),
        postings=written.text,
        ends=numbers(written.ends),
        counts=numbers([len(them) for them in found.values()]),
        firsts=numbers(written.firsts),
        lasts=numbers(written.lasts),
        stems=(),
        pairs=b"",
        words=(),
    )


def last_note(found: Held) -> int:
    """The number of the last note that has a form."""
    return max((one.note for them in found.values() for one in them), default=0)
