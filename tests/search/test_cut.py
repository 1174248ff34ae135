"""Where lists are cut, and what the pieces are called."""

from functools import partial

import pytest

from notegen.search import cut as subject
from notegen.search.cut import coarse, cut, cut_words, ends_of, mark, named, write_sorted
from notegen.search.varint import VALUES

WORDS = [
    f"{first}{second}{third}"
    for first in "abcdefghij"
    for second in "klmnopqrst"
    for third in "uvwxyzabcdefghijklmn"
]


def names_of(words: list[str], *, typical: int = 40) -> set[str]:
    """What the shards of these words are called, each word being ten long."""
    ranges = cut([10] * len(words), words, typical=10 * typical)
    assert [number for some in ranges for number in some] == list(range(len(words)))
    assert all(0.8 * typical <= len(some) <= 1.2 * typical for some in ranges[:-1])
    return {name for name, _ in named(ranges, "w", partial(ends_of, words))}


@pytest.mark.parametrize("place", [0, 3, 777, 1999])
def test_one_thing_more_or_less_leaves_most_names(place: int) -> None:
    """Wherever it is; of fifty, a run of neighbours at most is called otherwise."""
    before = names_of(WORDS)
    assert len(before) > 45
    more = names_of([*WORDS[:place], WORDS[place] + "!", *WORDS[place:]])
    less = names_of(WORDS[:place] + WORDS[place + 1 :])
    assert len(more - before) <= 10
    assert len(less - before) <= 10
    assert names_of(WORDS) == before


def test_most_edits_leave_all_cuts_but_one() -> None:
    """Since only what is at an end of a shard names it."""
    before = names_of(WORDS)
    changed = [len(names_of(WORDS[:place] + WORDS[place + 1 :]) - before) for place in range(5, 2000, 41)]
    assert sorted(changed)[len(changed) // 2] == 0


def test_what_is_too_long_has_a_shard_with_what_must_stand_with_it() -> None:
    """And nothing is left out or empty."""
    sizes = [5, 5, 500, 5, 5]
    assert cut(sizes, list("abcde"), typical=20) == [range(2), range(2, 3), range(3, 5)]
    assert cut([], [], typical=20) == []
    assert cut([900], ["a"], typical=20) == [range(1)]


def test_words_are_cut_where_few_letters_tell_them_apart() -> None:
    """Every word is in the shard that its letters say, and an edit leaves most shards."""

    def cut_up(words: list[str]) -> dict[str, tuple[str, range]]:
        pieces, firsts = cut_words([10] * len(words), words, kind="w", typical=400)
        return {name: (first, some) for first, (name, some) in zip(firsts, pieces, strict=True)}

    words = sorted(WORDS)
    found = cut_up(words)
    for number, word in enumerate(words):
        (some,) = [some for _, some in found.values() if number in some]
        assert some == [some for first, some in found.values() if first <= word][-1]
    assert max(len(first) for first, _ in found.values()) == 2
    assert len(cut_up(sorted([*words, "cat"])).keys() - found.keys()) <= 2


def test_sorted_words_are_written_by_what_they_share() -> None:
    """At most what one digit says, and nothing beyond the plane in which languages count alike."""
    words = ["", "a", "ab", "abc", "b", "b" * 70, "b" * 70 + "c", "\U00010428a", "\U00010428b"]
    assert write_sorted(words[:5]) == "A Aa Bb Cc Ab"
    read = [""]
    for written in write_sorted(words).split(" "):
        read.append(read[-1][: VALUES[written[0]]] + written[1:])
    assert read[1:] == words
    assert write_sorted(words).endswith(" A\U00010428b")
    assert write_sorted([]) == ""


def test_names_are_of_a_text_and_stay() -> None:
    """They are in the addresses of published files; the page counts the same units, of letters beyond the plane two."""
    assert [mark(text) for text in ("", "a", "tide\n", "\U00010428")] == [
        "ghp94z",
        "8qxkf7",
        "2dljb4",
        "r6g1qw",
    ]
    assert len({mark(word) for word in WORDS}) == len(WORDS)


def test_no_two_shards_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would have the name of another is put to what comes before it, until all differ."""
    monkeypatch.setattr(subject, "mark", lambda text: text[0])
    words = ["ab", "b", "ac", "c", "cd"]
    found = named([range(n, n + 1) for n in range(5)], "w", partial(ends_of, words))
    assert found == [("w-a", range(1)), ("w-b", range(1, 3)), ("w-c", range(3, 5))]


def test_coarse_numbers_seldom_move() -> None:
    """In steps of an eighth to a quarter."""
    assert [coarse(number) for number in (0, 7, 8, 9, 15, 16, 19, 1000)] == [0, 7, 8, 8, 14, 16, 16, 896]
