"""Counts and lengths for BM25, postings as text, and what is done about common terms."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from notegen.cache import open_cache
from notegen.model import Garden, Passage
from notegen.search import inverted_index
from notegen.search.inverted_index import (
    InvertedIndex,
    Posting,
    inverse_frequency,
    make_inverted_index,
    read_postings,
    score_words,
)
from notegen.search.lengths import class_length, length_class
from notegen.search.note_languages import note_languages
from notegen.search.note_texts import headings_of
from notegen.search.rules import BODY_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT
from notegen.search.varint import read_number, write_number
from notegen.semantic.passages import passages_of
from notegen.text.stems import algorithms_of_text, stems_of
from notegen.text.tokens import Token, find_words, query_terms, tokens_of
from notegen.text.written_forms import written_forms
from tests.support import searchable_garden as made
from tests.support.gardens import Texts, grow
from tests.support.occurrences import write_postings


@given(st.integers(0, 2**40))
def test_numbers_come_back_from_text(number: int) -> None:
    """Small and large, with nothing left over."""
    text = write_number(number)
    assert read_number(text, 0) == (number, len(text))


@given(
    st.dictionaries(
        st.integers(0, 5000),
        st.tuples(st.integers(1, 2000), st.sets(st.integers(0, 300), min_size=1)),
    )
)
def test_postings_come_back_from_text(notes: dict[int, tuple[int, set[int]]]) -> None:
    """Whatever the notes, counts and passages are; each note has three digits or more."""
    postings = [Posting(n, count, tuple(sorted(held))) for n, (count, held) in sorted(notes.items())]
    written = write_postings(postings)
    assert read_postings(written) == postings
    assert len(written) >= 3 * len(notes)


def test_counts_and_lengths_are_what_bm25_asks_for() -> None:
    """Two notes, worked out by hand: 4 title terms of 4 each, and 1 of the body's 3 words in it too."""
    garden = grow({"a.md": "# one two three four\n\nfive six one", "b.md": "# seven\n\neight"})
    index = make_inverted_index(garden, made.passages(garden))
    assert 4 * 4 + 3 == 19
    lengths = (16, 4 + 1)
    assert [class_length(step) for step in index.lengths] == list(lengths)
    assert index.norms[0] == 1.2 * (0.25 + 0.75 * lengths[0] / (sum(lengths) / 2))
    (posting,) = read_postings(index.postings["one"])
    assert posting == Posting(0, 5, (0,))
    (scored,) = score_words(index, query_terms("one ")).notes.items()
    assert scored == (0, 1.0)


def test_lengths_go_by_steps_of_an_eighth_to_a_quarter() -> None:
    """Exact up to 9, a digit each, and never shorter for more."""
    assert [class_length(length_class(n)) for n in range(18)] == [
        *range(9),
        8,
        10,
        10,
        12,
        12,
        14,
        14,
        16,
        16,
    ]
    steps = [length_class(n) for n in range(1, 120_000)]
    assert steps == sorted(steps)
    assert steps[-1] == 63
    assert all(0.8 * n < class_length(length_class(n)) <= n for n in range(10, 100_000, 37))


def test_a_word_more_changes_no_other_word_of_its_note() -> None:
    """However it changes the length of the note, and the average."""
    texts: Texts = {"a.md": "# Ebb\n\nof the tide", "b.md": "# Flow\n\nof the sea"}
    more: Texts = {**texts, "a.md": "# Ebb\n\nof the tide again and again and again"}
    before, after = (
        make_inverted_index(garden, made.passages(garden)).postings for garden in map(grow, (texts, more))
    )
    assert {form for form in after if before.get(form) != after[form]} == {"again", "and"}


def test_a_formula_is_found_by_what_is_read_and_by_what_was_typed() -> None:
    """The text that is shown has no source."""
    garden = grow(
        {"a.md": "# One\n\n$\\frac{\\alpha_1}{\\mathbb{R}} = \\text{Queen}$\n\n# Two\n\n$$\\beta$$"}
    )
    passages = made.passages(garden)
    assert [passage.text for passage in passages] == ["α₁/ℝ = Queen", "β"]
    index = make_inverted_index(garden, passages)
    for word, held in {
        "α1": (0,), "alpha": (0,), "frac": (0,), "r": (0,), "mathbb": (0,), "β": (1,), "beta": (1,),
    }.items():  # fmt: skip
        (posting,) = read_postings(index.postings[word])
        assert posting.passages == held, word
    (queen,), (alpha,) = (read_postings(index.postings[word]) for word in ("queen", "alpha"))
    assert queen.count == alpha.count, "a word that both have counts once"


def test_a_word_in_a_script_of_no_note_is_unknown_only_to_a_model_of_one_language() -> None:
    """One in the notes' own script is unknown to both; a letter or two of another makes no script of theirs."""
    notes = {"a.md": f"# Tides\n\n{' '.join(f'word{n}' for n in range(200))} \u03b1", "b.md": "# Winds"}
    garden = grow(notes)
    index = make_inverted_index(garden, made.passages(garden))
    for question, shares in {
        "\u043f\u0440\u0438\u043b\u0438\u0432\u044b ": (1.0, 0.0),
        "\u03c0\u03b1\u03bb\u03af\u03c1\u03c1\u03bf\u03b9\u03b1 ": (1.0, 0.0),
        "quixotry \u043f\u0440\u0438\u043b\u0438\u0432\u044b ": (1.0, 0.5),
    }.items():
        one, many = (
            score_words(index, query_terms(question), knows_languages=knows) for knows in (False, True)
        )
        assert (one.unknown_share, many.unknown_share) == shares, question


FOREIGN_WORDS = frozenset("wann flut ebbe był ısık hangi takım sayı ποταμος καιρος 水 中".split())


@pytest.mark.parametrize(
    ("question", "is_foreign"),
    [
        ("wann ist flut ", True),
        ("był quixotry hangi ", True),
        ("ποταμός", True),
        ("水中", True),
        ("when is the flut ", False),
        ("word3 flut ", False),
        ("blorvex zintaq ", False),
        ("2021 42 ", False),
        ("word3 word4", False),
    ],
)
def test_a_question_is_in_another_language_by_its_words(question: str, *, is_foreign: bool) -> None:
    """More of them are words that only the model has than are words of the notes, small ones counted too."""
    garden = grow({"a.md": f"# Tides\n\n{' '.join(f'word{n}' for n in range(200))}", "b.md": "# Winds"})
    index = make_inverted_index(garden, made.passages(garden))
    for knows in (False, True):
        words = score_words(index, query_terms(question), known_words=FOREIGN_WORDS, knows_languages=knows)
        assert words.is_foreign == (is_foreign and knows)


def test_words_of_another_language_are_neither_misspelt_nor_begun() -> None:
    """With a model of many languages; what it has met often is known as it is written, dotless i and all."""
    garden = grow({"a.md": "# Wand\n\nTide flux sayings", "b.md": "# Winds\n\nTide"})
    index = make_inverted_index(garden, made.passages(garden))
    question = query_terms("hangi takım flut sayı")
    one, many = (
        score_words(index, question, known_words=FOREIGN_WORDS, knows_languages=knows)
        for knows in (False, True)
    )
    assert (dict(one.completed), one.is_foreign) == ({"sayi": "sayings"}, False)
    assert (dict(many.completed), many.corrected, many.is_foreign) == ({}, (), True)
    assert many.unknown_share == 0
    known = score_words(index, query_terms("ısık "), known_words=FOREIGN_WORDS)
    assert known.unknown_share == 0


def test_idf_falls_from_rare_to_common_and_stays_positive() -> None:
    """By the formula of BM25 with one added under the logarithm."""
    assert inverse_frequency(10, 1) == pytest.approx(log(1 + 9.5 / 1.5))
    assert inverse_frequency(10, 1) > inverse_frequency(10, 5) > inverse_frequency(10, 10) > 0


@pytest.fixture
def index() -> InvertedIndex:
    """A garden's terms, of which `the` counts as common."""
    garden = made.garden()
    full = make_inverted_index(garden, made.passages(garden))
    others = tuple(stem for stem in full.sorted_stems if stem != "the")
    return replace(full, common_stems=frozenset({"the"}), sorted_stems=others)


def test_a_common_term_is_left_out_beside_a_better_one(index: InvertedIndex) -> None:
    """It would cost more than it says."""
    beside, alone = (score_words(index, query_terms(query)) for query in ("the flour ", "flour "))
    assert (beside.notes, beside.passages) == (alone.notes, alone.passages)


def test_a_common_term_counts_where_it_is_all_there_is(index: InvertedIndex) -> None:
    """So that a query of such words finds something."""
    assert score_words(index, query_terms("the ")).notes
    common = replace(index, common_stems=frozenset({"lake"}))
    alone, beside = (score_words(common, query_terms(query)) for query in ("lake ", "lake nowhere "))
    assert beside.notes.keys() == alone.notes.keys() != set()


def test_common_words_are_the_same_where_postings_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each of some notes that come, with what was kept before."""
    monkeypatch.setattr(inverted_index, "MIN_COMMON_LENGTH", 1)
    texts = {f"{number}.md": "the lake" + " mill" * (number % 2) + f" word{number}" for number in range(8)}
    with open_cache(tmp_path) as cache:
        for number in range(8, 12):
            texts[f"{number}.md"] = "the mill" if number % 2 else f"a lake and word{number - 3}"
            garden = grow(texts)
            passages = [one for note in garden.notes.values() for one in passages_of(note)]
            kept = inverted_index.make_inverted_index(garden, passages, cache=cache)
            assert kept == inverted_index.make_inverted_index(garden, passages, cache=cache)
            anew = inverted_index.make_inverted_index(garden, passages)
            assert kept.common_stems == anew.common_stems
            assert {"lake", "mill"} <= anew.common_stems < {*anew.forms_by_stem}


def test_stop_words_bring_no_note_beside_others(index: InvertedIndex) -> None:
    """However rare they are in a small garden, and even where no note has the others."""
    beside, alone = (score_words(index, query_terms(query)) for query in ("with the lake ", "lake "))
    assert beside.notes.keys() == alone.notes.keys()
    assert beside.passages.keys() == alone.passages.keys()
    assert beside.highlight_terms == alone.highlight_terms
    assert score_words(index, query_terms("with nowhere ")).notes == {}
    assert score_words(index, query_terms("with ")).notes


def test_a_word_that_no_note_has_counts_against_those_that_have_the_others(index: InvertedIndex) -> None:
    """By its idf: of two words as rare as can be, one of which is found, about half."""
    both, one = (score_words(index, query_terms(query)).notes for query in ("steam ", "steam nowhere "))
    assert both.keys() == one.keys()
    assert 0.3 < max(one.values()) < 0.5 < max(both.values()) == 1


def test_no_garden_has_no_words() -> None:
    """An empty site can be built and searched."""
    empty = make_inverted_index(grow({}), ())
    assert empty.forms_by_stem == {}
    assert score_words(empty, query_terms("anything")).notes == {}


FORMS: Texts = {
    "one.md": "# One\n\nHappiness is a warm bath.",
    "two.md": "# Two\n\nThey were happy and sang.",
    "three.md": "# Three\n\nKatzen, cafés and studies.",
    "four.md": ("# Vier\n\nDie Häuser sind größer.", {"lang": "de"}),
}


def found(query: str, texts: Texts = FORMS) -> list[str]:
    """The notes that hold the query's words, best first."""
    garden = grow(texts)
    scores = score_words(make_inverted_index(garden, made.passages(garden)), query_terms(query)).notes
    notes = list(garden.notes)
    return [notes[number] for number in sorted(scores, key=lambda number: -scores[number])]


def corrected(query: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is looked for instead of words that the notes do not have."""
    garden = grow(FORMS)
    return score_words(make_inverted_index(garden, made.passages(garden)), query_terms(query)).corrected


def test_a_misspelt_word_finds_what_it_may_mean() -> None:
    """And says so; a word that the notes have, or begin with, is not corrected."""
    assert found("happyness ") == ["one.md", "two.md"]
    assert corrected("happyness warm baht ") == (("happyness", ("happiness",)), ("baht", ("bath",)))
    assert corrected("happ") == ()
    assert corrected("bath warm") == ()


def test_a_word_that_is_known_is_no_misspelt_one() -> None:
    """`sank` is as near to `sang` as `sanq` is."""
    garden = grow(FORMS)
    index = make_inverted_index(garden, made.passages(garden))
    assert score_words(index, query_terms("sank sanq "), known_words={"sank"}).corrected == (
        ("sanq", ("sang",)),
    )


def test_the_few_notes_that_say_the_one_word_of_a_query_are_pinned() -> None:
    """Not those with another form of it, and none for several words."""
    garden = grow(FORMS)
    index = make_inverted_index(garden, made.passages(garden))
    assert [set(score_words(index, query_terms(q)).pinned) for q in ("happy", "happy warm", "happily")] == [
        {list(garden.notes).index("two.md")},
        set(),
        set(),
    ]


def test_a_word_is_found_in_another_form_and_its_own_form_first() -> None:
    """Both notes are of one length."""
    assert found("happy ") == ["two.md", "one.md"]
    assert found("happiness ") == ["one.md", "two.md"]


def test_a_note_is_read_by_the_rules_of_its_own_language() -> None:
    """And a query by those of all languages: the cats of an English note have no German singular."""
    assert found("Haus ") == ["four.md"]
    assert found("study ") == ["three.md"]
    assert corrected("Katze ") == (("katze", ("katzen",)),)


def test_half_a_word_longer_than_its_stem_finds_it() -> None:
    """While `happi` grows to `happiness`, the note stays."""
    assert [found("happiness"[:typed])[0] for typed in range(6, 10)] == ["one.md"] * 4


def test_forms_of_a_word_add_up() -> None:
    """As if they were one: two occurrences in two forms are worth more than one, and less than two of the query's."""
    texts: Texts = {
        "a.md": "# A\n\nwalk far far",
        "b.md": "# B\n\nwalk walking far",
        "c.md": "# C\n\nwalk walk far",
        "d.md": "# D\n\nnothing far far",
    }
    assert found("walk ", texts) == ["c.md", "b.md", "a.md"]


def test_words_that_say_little_beside_the_others_are_not_shown() -> None:
    """They rank, but no snippet is cut for them or marks them; alone they are all there is to show."""
    texts: Texts = {f"{n}.md": f"how things {n}" for n in range(20)} | {
        "sleep.md": "how to sleep",
        "a.md": "memory",
        "b.md": "memory",
    }
    garden = grow(texts)
    index = make_inverted_index(garden, made.passages(garden))

    def shown(query: str) -> list[str]:
        return [word.token.form for word in score_words(index, query_terms(query)).highlight_terms]

    assert shown("how does sleep help memory ") == ["sleep", "memory"]
    assert shown("how ") == ["how"]
    assert shown("nowhere ") == []


WORDS = st.sampled_from(
    "tide Tides Café cafe\u0301 ½ a_b 潮汐表を見る 潮 ｶﾀｶﾅ ABCテスト ไทย हिंदी 😀 x 2024 ß ŒUVRE tide-table".split()
)


@given(st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=4))
def test_the_index_holds_what_counting_each_word_by_itself_gives(texts: list[list[str]]) -> None:
    """In every script, whatever is remembered of a word: forms, counts, passages, and lengths."""
    garden = grow({f"{n}.md": f"# tide {n}\n\n{' '.join(words)}\n" for n, words in enumerate(texts)})
    index = make_inverted_index(garden, made.passages(garden))
    counts, lengths, places, stems = counted_slowly(garden, made.passages(garden))
    expected = {
        form: write_postings(
            [
                Posting(note, count[form], tuple(sorted(places[note].get(form, {0}))))
                for note, count in enumerate(counts)
                if form in count
            ]
        )
        for form in {form for count in counts for form in count}
    }
    assert dict(index.postings) == expected
    assert list(index.lengths) == [length_class(length) for length in lengths]
    assert {stem: set(forms) for stem, forms in index.forms_by_stem.items()} == stems


def counted_slowly(
    garden: Garden, passages: Sequence[Passage]
) -> tuple[list[Counter[str]], list[int], list[dict[str, set[int]]], dict[str, set[str]]]:
    """By note the weight of each form and of all words, and the passages of each form; and the forms of each stem."""
    counts: list[Counter[str]] = []
    lengths: list[int] = []
    places: list[dict[str, set[int]]] = []
    stems: dict[str, set[str]] = {}
    languages = note_languages(garden, "en")

    def add(tokens: Iterable[Token], weight: int, passage: int | None) -> None:
        for token in tokens:
            counts[-1][token.form] += weight
            if passage is not None:
                places[-1].setdefault(token.form, set()).add(passage)
            for stem in stems_of(token, algorithms_of_text(languages[note.id])):
                stems.setdefault(stem, set()).add(token.form)

    for note in garden.notes.values():
        counts.append(Counter())
        places.append({})
        texts: list[tuple[str, int, int | None]] = [(note.title, TITLE_WEIGHT, None)]
        for passage in (passage for passage in passages if passage.note == note.id):
            texts.append((" ".join(headings_of(passage)), HEADING_WEIGHT, passage.number))
            texts.append((passage.text, BODY_WEIGHT, passage.number))
        for text, weight, number in texts:
            add((token for word in find_words(text) for token in tokens_of(word)), weight, number)
        lengths.append(counts[-1].total())
        for text, weight, number in texts:
            add((Token(one.form, one.form) for one in written_forms(text)), weight, number)
    return counts, lengths, places, stems
