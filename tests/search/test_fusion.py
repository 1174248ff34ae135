"""One ranking from words and meaning, on numbers small enough to follow."""

from math import log

from notegen.search.fusion import NoteScores, Ranked, best_passage, fuse, note_scores
from notegen.search.rules import LENGTH_DISCOUNT, UNSCANNED_SIMILARITY
from notegen.search.vector_index import PassageScores


def semantic(*cosines: float) -> NoteScores:
    """Notes 0, 1, … with these cosines, whose mean is that of the passages."""
    return NoteScores(dict(enumerate(cosines)), sum(cosines) / max(1, len(cosines)))


def test_words_alone_rank_by_their_score() -> None:
    """Ties by note."""
    ranked = fuse({4: 0.5, 2: 1.0, 1: 0.5}, None, weight=0.5, limit=10)
    assert ranked == [Ranked(2, 1.0, "words"), Ranked(1, 0.5, "words"), Ranked(4, 0.5, "words")]


def test_meaning_counts_from_the_mean_to_the_best() -> None:
    """Mean .3, best .6: a note at .45 is half way, one below the mean has nothing."""
    ranked = fuse({}, semantic(0.6, 0.45, 0.1, 0.05), weight=0.5, limit=10)
    assert [(hit.note, round(hit.score, 9), hit.why) for hit in ranked] == [
        (0, 0.5, "meaning"),
        (1, 0.25, "meaning"),
    ]


def test_both_add_up_and_say_so() -> None:
    """A note with both is before one with either."""
    ranked = fuse({0: 1.0, 1: 0.9}, semantic(0.1, 0.6, 0.6, 0.1), weight=0.5, limit=3)
    assert [(hit.note, hit.why) for hit in ranked] == [(1, "words and meaning"), (0, "words"), (2, "meaning")]


def test_the_only_note_with_a_word_is_never_behind_one_without() -> None:
    """Even when it is the least alike and the other is the most."""
    assert fuse({3: 1.0}, semantic(0.9, 0.2, 0.2, 0.1), weight=0.5, limit=1)[0].note == 3


def test_what_is_unlike_everything_finds_nothing() -> None:
    """Something always is the closest; that does not make it an answer."""
    assert fuse({}, semantic(0.2, 0.1, 0.15), weight=0.5, limit=10) == []


def test_a_weight_of_nothing_leaves_meaning_out() -> None:
    """The setting's lower end is a search by words."""
    assert [hit.note for hit in fuse({1: 1.0}, semantic(0.9, 0.1, 0.8), weight=0, limit=10)] == [1]


def test_the_only_note_of_a_garden_can_be_meant() -> None:
    """There is no other to be closer than."""
    assert fuse({}, semantic(0.5), weight=0.5, limit=10) == [Ranked(0, 0.5, "meaning")]
    assert fuse({}, semantic(), weight=0.5, limit=10) == []


def test_the_passage_with_the_words_is_shown_unless_another_is_much_closer() -> None:
    """By the same weights; the first of equals."""
    assert best_passage([0.0, 2.0, 1.0], [None] * 3, weight=0.5) == 1
    assert best_passage([0.0, 2.0, 2.0], [0.9, 0.2, 0.4], weight=0.5) == 2
    assert best_passage([0.0, 0.0, 0.0], [0.1, 0.3, 0.3], weight=0.5) == 1
    assert best_passage([0.0, 0.0], [None] * 2, weight=0.5) == 0


def test_a_note_that_was_not_looked_at_counts_as_half_way() -> None:
    """It has the words, and its cluster is not among the nearest: note 0 is neither near nor far."""
    found = fuse({0: 0.4, 1: 0.8}, NoteScores({1: 0.6, 2: 0.3}, 0.2), weight=0.5, limit=3)
    assert [(hit.note, round(hit.score, 9)) for hit in found] == [
        (1, 0.9),
        (0, 0.2 + UNSCANNED_SIMILARITY / 2),
        (2, 0.125),
    ]


def test_a_note_that_was_not_looked_at_is_never_above_one_that_is_near() -> None:
    """However well its words match; a note that was looked at and is far it may be above."""
    found = fuse({0: 1.0, 1: 0.8, 3: 0.1}, NoteScores({1: 0.6, 2: 0.4, 3: 0.25}, 0.2), weight=0.5, limit=4)
    assert [(hit.note, round(hit.score, 9)) for hit in found] == [(1, 0.9), (2, 0.25), (0, 0.25), (3, 0.1125)]


def test_only_a_note_without_the_words_is_brought_by_meaning() -> None:
    """However few of the words it has, and however near it is."""
    found = fuse({0: 0.01}, NoteScores({0: 0.6, 1: 0.5}, 0.2), weight=0.9, limit=2)
    assert [(hit.note, hit.why) for hit in found] == [(0, "words and meaning"), (1, "meaning")]


def test_a_question_of_unknown_words_needs_a_nearer_note() -> None:
    """Something always is the closest."""
    assert fuse({}, semantic(0.35, 0.1, 0.1), weight=0.5, limit=10, min_cosine=0.4) == []
    assert [hit.note for hit in fuse({}, semantic(0.45, 0.1), weight=0.5, limit=9, min_cosine=0.4)] == [0]


def test_a_note_is_as_close_as_its_closest_passage_that_was_looked_at() -> None:
    """For notes of 2, 1 and 3 passages, the second of which has none that was."""
    found = note_scores(PassageScores({0: 0.1, 1: 0.5, 4: 0.9, 5: 0.4}, 0.3), [0, 2, 3, 6])
    assert (found.cosines, found.mean) == ({0: 0.5, 2: 0.9}, 0.3)


def test_an_unknown_passage_is_as_far_as_the_furthest() -> None:
    """So that it is shown only for its words."""
    assert best_passage([0.0, 0.0, 0.0], [None, 0.2, 0.1], weight=0.5) == 1
    assert best_passage([2.0, 0.0, 0.0], [None, 0.2, 0.1], weight=0.5) == 0


def test_a_pinned_note_is_before_all_others() -> None:
    """However much closer in meaning, and by other words, another is; one by a better name before one by a worse."""
    ranked = fuse({0: 0.2, 1: 1.0}, semantic(0.1, 0.9, 0.3), weight=0.5, limit=2, pinned={0: 0})
    assert [(hit.note, hit.score) for hit in ranked] == [(0, 1.0), (1, 1.0)]
    assert [hit.note for hit in fuse({0: 0.2, 1: 1.0}, None, weight=0.5, limit=2, pinned={0: 0})] == [0, 1]
    ranked = fuse({0: 0.2, 1: 1.0}, semantic(0.1, 0.9, 0.3), weight=0.5, limit=3, pinned={1: 1, 2: 0})
    assert [hit.note for hit in ranked] == [2, 1, 0]


def test_meaning_weighs_as_the_model_knows_a_note() -> None:
    """Of two notes that are as close, the one in a language that the model knows gains by it."""
    close = NoteScores({0: 0.6, 1: 0.6}, 0.2)
    ranked = fuse({0: 0.5, 1: 0.5}, close, weight=0.5, limit=2, levels=[4, 8])
    assert [(hit.note, hit.score) for hit in ranked] == [(1, 0.75), (0, 0.625)]


def test_a_note_that_the_model_hardly_knows_is_not_brought_by_meaning() -> None:
    """What has no word of the question needs a model that understands it."""
    close = NoteScores({0: 0.6, 1: 0.6, 2: 0.1}, 0.2)
    assert [hit.note for hit in fuse({}, close, weight=0.5, limit=3, levels=[2, 3, 8])] == [1]


def test_of_notes_that_the_model_hardly_knows_meaning_decides_between_equals() -> None:
    """However near, a note with a common word stays behind those with more; of near equals the nearer is first."""
    words = {0: 0.1, 1: 0.06, 2: 0.058}
    close = NoteScores({0: 0.2, 1: 0.3, 2: 0.6}, 0.2)
    assert [hit.note for hit in fuse(words, close, weight=0.5, limit=3, levels=[8, 8, 8])] == [2, 1, 0]
    assert [hit.note for hit in fuse(words, close, weight=0.5, limit=3, levels=[1, 1, 1])] == [0, 2, 1]


def test_a_note_that_the_model_hardly_knows_puts_no_other_behind_it() -> None:
    """A note that was not looked at comes before it by its words."""
    found = NoteScores({1: 0.6}, 0.2)
    ranked = fuse({0: 1.0, 1: 0.1}, found, weight=0.5, limit=2, levels=[4, 4])
    assert [hit.note for hit in ranked] == [0, 1]
    assert ranked[0].score == 0.75 * 1.0 + 0.25 * UNSCANNED_SIMILARITY


def test_a_model_that_knows_all_ranks_as_if_nobody_had_asked() -> None:
    """To the last bit."""
    close = NoteScores({0: 0.61, 1: 0.37}, 0.2)
    words = {0: 0.123, 1: 0.877}
    plain = fuse(words, close, weight=0.55, limit=2)
    assert fuse(words, close, weight=0.55, limit=2, levels=[8, 8]) == plain


def test_a_long_note_counts_less_close_where_a_question_is_precise() -> None:
    """It has more passages, and so more chances; as close as the short one, it comes after, and is shown still."""
    scores = PassageScores({0: 0.45, 31: 0.44, 62: 0.26}, 0.1)
    starts = [0, 31, 32, 63]
    assert [hit.note for hit in fuse({}, note_scores(scores, starts), weight=0.5, limit=9)] == [0, 1, 2]
    precise = note_scores(scores, starts, precise=True)
    for note, expected in {0: LENGTH_DISCOUNT * log(11), 1: 0, 2: LENGTH_DISCOUNT * log(11)}.items():
        assert abs(precise.discounts[note] - expected) < 1e-12
    assert [hit.note for hit in fuse({}, precise, weight=0.5, limit=9)] == [1, 0, 2]


def test_notes_of_one_length_count_as_close_as_they_are() -> None:
    """However long all of them are: there is nobody to be longer than."""
    scores, starts = PassageScores({0: 0.4, 40: 0.3}, 0.1), [0, 40, 80]
    assert set(note_scores(scores, starts, precise=True).discounts.values()) == {0}
    assert note_scores(PassageScores({}, 0.1), [0], precise=True).discounts == {}
