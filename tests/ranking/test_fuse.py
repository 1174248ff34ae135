"""One ranking from words and meaning, on numbers small enough to follow."""

from notegen.ranking.fuse import Ranked, best_passage, fuse


def test_words_alone_rank_by_their_score() -> None:
    """Ties by note."""
    ranked = fuse({4: 0.5, 2: 1.0, 1: 0.5}, None, weight=0.5, limit=10)
    assert ranked == [Ranked(2, 1.0, "words"), Ranked(1, 0.5, "words"), Ranked(4, 0.5, "words")]


def test_meaning_counts_from_the_mean_to_the_best() -> None:
    """Mean .3, best .6: a note at .45 is half way, one below the mean has nothing."""
    ranked = fuse({}, [0.6, 0.45, 0.1, 0.05], weight=0.5, limit=10)
    assert [(hit.note, round(hit.score, 9), hit.why) for hit in ranked] == [
        (0, 0.5, "meaning"),
        (1, 0.25, "meaning"),
    ]


def test_both_add_up_and_say_so() -> None:
    """A note with both is before one with either."""
    ranked = fuse({0: 1.0, 1: 0.9}, [0.1, 0.6, 0.6, 0.1], weight=0.5, limit=3)
    assert [(hit.note, hit.why) for hit in ranked] == [(1, "words and meaning"), (0, "words"), (2, "meaning")]


def test_the_only_note_with_a_word_is_never_behind_one_without() -> None:
    """Even when it is the least alike and the other is the most."""
    assert fuse({3: 1.0}, [0.9, 0.2, 0.2, 0.1], weight=0.5, limit=1)[0].note == 3


def test_what_is_unlike_everything_finds_nothing() -> None:
    """Something always is the closest; that does not make it an answer."""
    assert fuse({}, [0.2, 0.1, 0.15], weight=0.5, limit=10) == []


def test_a_weight_of_nothing_leaves_meaning_out() -> None:
    """The setting's lower end is a search by words."""
    assert [hit.note for hit in fuse({1: 1.0}, [0.9, 0.1, 0.8], weight=0, limit=10)] == [1]


def test_the_only_note_of_a_garden_can_be_meant() -> None:
    """There is no other to be closer than."""
    assert fuse({}, [0.5], weight=0.5, limit=10) == [Ranked(0, 0.5, "meaning")]
    assert fuse({}, [], weight=0.5, limit=10) == []


def test_the_passage_with_the_words_is_shown_unless_another_is_much_closer() -> None:
    """By the same weights; the first of equals."""
    assert best_passage([0.0, 2.0, 1.0], None, weight=0.5) == 1
    assert best_passage([0.0, 2.0, 2.0], [0.9, 0.2, 0.4], weight=0.5) == 2
    assert best_passage([0.0, 0.0, 0.0], [0.1, 0.3, 0.3], weight=0.5) == 1
    assert best_passage([0.0, 0.0], None, weight=0.5) == 0
