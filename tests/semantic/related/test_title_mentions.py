"""Which passages mention which notes, against the definition."""

import math

import numpy as np

from notegen.semantic.related.title_mentions import MAX_OWNERS, MIN_SHARE, TitleMentions, find_title_mentions
from notegen.semantic.tfidf import count_words


def listed(found: TitleMentions) -> dict[tuple[int, int], float]:
    """The strength of each passage and note."""
    pairs = zip(found.passages.tolist(), found.notes.tolist(), strict=True)
    return dict(zip(pairs, found.strengths.tolist(), strict=True))


def test_a_rare_name_in_full_counts_most() -> None:
    """Three notes: the second says the third's name, of which it has to say the rare word."""
    texts = [["a", "b"], ["on", "causal", "trees"], ["trees"]]
    found = listed(
        find_title_mentions(count_words(texts), np.arange(3), [[["a"]], [["on"]], [["causal", "trees"]]])
    )
    whole = math.log(4 / 2) + math.log(4 / 3)
    assert found.keys() == {(1, 2)}
    np.testing.assert_allclose(found[1, 2], min(1, whole / math.log(4)), rtol=1e-6)


def test_what_many_are_called_is_nobodys_name() -> None:
    """MAX_OWNERS notes may be called alike, one more may not."""
    texts = [["see", "the", "readme"], *([f"w{number}"] for number in range(9))]
    for owners, named in ((MAX_OWNERS, MAX_OWNERS), (MAX_OWNERS + 1, 0)):
        names = [[["readme"]] if 1 <= note <= owners else [] for note in range(10)]
        assert len(find_title_mentions(count_words(texts), np.arange(10), names).notes) == named


def test_strengths_are_those_of_a_loop_over_everything() -> None:
    """Random texts and names, some with words that nobody says, some empty."""
    random = np.random.default_rng(3)
    words = [f"w{number}" for number in range(60)]
    odds = 1 / np.arange(1, 61)
    texts = [list(random.choice(words, 12, p=odds / odds.sum())) for _ in range(80)]
    notes = np.arange(80) // 2
    names = [
        [list(random.choice([*words, "unsaid"], size)) for size in random.integers(0, 5, 2)]
        for _ in range(40)
    ]
    found = listed(find_title_mentions(count_words(texts), notes, names))
    slow = loop(texts, notes.tolist(), names)
    assert found.keys() == slow.keys()
    assert len(found) > 100
    np.testing.assert_allclose([found[key] for key in slow], list(slow.values()), rtol=1e-5)


def loop(
    texts: list[list[str]], notes: list[int], names: list[list[list[str]]]
) -> dict[tuple[int, int], float]:
    """By the definition."""
    count = notes[-1] + 1
    holders = {
        w: {note for text, note in zip(texts, notes, strict=True) if w in text}
        for text in texts
        for w in text
    }
    rarity = {word: math.log((1 + count) / (1 + len(held))) for word, held in holders.items()}
    most = math.log(1 + count)
    strengths: dict[tuple[int, int], float] = {}
    for note, its_names in enumerate(names):
        for name in map(set, its_names):
            whole = sum(rarity.get(word, most) for word in name)
            for passage, text in enumerate(texts):
                share = sum(rarity[word] for word in name.intersection(text)) / whole if whole else 0
                if share >= MIN_SHARE and notes[passage] != note:
                    strength = share**3 * min(1, whole / most)
                    strengths[passage, note] = max(strength, strengths.get((passage, note), 0))
    return strengths
