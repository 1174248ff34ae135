"""What is passed over because nothing of it can be there: told at once for many texts, and never wrongly."""

import re
from base64 import b64decode
from collections.abc import Callable
from random import Random

import pytest

from notegen.audit import base64_runs as runs
from notegen.audit import word_numbers
from notegen.audit.collect import PrivateText
from notegen.audit.needles import Needles, make_needles
from notegen.audit.sieve import Sieve
from notegen.audit.words import words_of

PRIVATE = """The quince hedge behind mill 4711-5562-99 hides the Zwiebelkuchen.
Naïve Ærø, façade: 木造 lanterns
short line"""
PIECES = (
    *"quince QUINCE hedge behind mill hides the Zwiebelkuchen zwiebelkuchens naïve naive ærø façade".split(),
    *"木 造 lanterns short line lines 4711 5562 99 1 a ’ “ ” … · — → « ½ é ﬁ < > | # \" ' _ - . / &".split(),
    *("\u00ad", "\u200b", "\xa0", "\t", "", " ", "x" * 300),
)


def needles() -> Needles:
    """Of one private text, with some of its words public."""
    made = make_needles([PrivateText("hidden.md", 1, PRIVATE)])
    made.forget(["short lanterns, behind the mill"])
    return made


def texts(seed: int) -> list[str]:
    """Lines by chance, of which some hold something private."""
    chance = Random(seed)

    def line() -> str:
        made = chance.choices(PIECES, k=chance.randrange(9))
        return chance.choice(("", " ", " ")).join(made)

    return [line() for _ in range(300)]


@pytest.mark.parametrize("size", [1 << 18, 400])
def test_a_text_that_has_a_needle_is_never_passed_over(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Whatever its letters; and of the rest, which only ASCII has, none is looked at."""
    made = needles()
    for module in ("sieve", "word_numbers"):
        monkeypatch.setattr(f"notegen.audit.{module}.MAX_LETTERS", size)
    monkeypatch.setattr("notegen.audit.word_numbers._AT_ONCE", size)
    sieve = Sieve(made)
    met = 0
    for seed in range(40):
        some = texts(seed)
        having = [place for place, text in enumerate(some) if has_any(made, text)]
        possible = sieve.possible(some)
        met += len(having)
        assert set(having) <= set(possible)
        assert possible == sorted(set(possible))
        beside = [some[place] for place in possible if place not in having]
        assert [text for text in beside if text.isascii() and len(text) < size] == []
    assert met > 500


def has_any(needles: Needles, text: str) -> bool:
    """The same by cutting the text into words."""
    return any(needles.found(needles.numbers(words_of(text))))


def test_words_whose_numbers_meet_are_looked_for_in_every_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one might hide the other."""
    monkeypatch.setattr(
        word_numbers, "_hashes_of", lambda words: word_numbers.cut_text("same " * len(words)).hashes
    )
    assert Sieve(needles()).possible(["boats", "lie here"]) == [0, 1]


def test_nothing_is_possible_where_nothing_is_looked_for() -> None:
    """As where all that was private is public too."""
    assert Sieve(make_needles([])).possible(["quince hedge"]) == []


def test_what_public_texts_hold_is_the_same_as_word_by_word() -> None:
    """With signs of all kinds between, and beyond ASCII."""
    made, some = needles(), texts(1)
    for text, held in zip(some, made.held_by(some), strict=True):
        one, other = made.copy(), made.copy()
        one.forget([text])
        other.forget_held([held])
        assert (one.digest(), one.count()) == (other.digest(), other.count()), text


def test_what_is_looked_for_is_told_by_its_words_alone() -> None:
    """Not by the order in which its lines stand, which numbers them; and each change of a row counts."""
    turned = "\n".join(reversed(PRIVATE.split("\n")))
    whole, other = (make_needles([PrivateText("a.md", 1, text)]) for text in (PRIVATE, turned))
    assert whole.digest() == other.digest()
    changed = make_needles([PrivateText("a.md", 1, PRIVATE.replace("hides the", "the hides"))])
    assert changed.digest() != whole.digest()


def naive_runs(lines: list[str]) -> list[tuple[int, str]]:
    """Runs of base64's letters as patterns find them."""
    return [
        (place, found[0])
        for place, line in enumerate(lines)
        for found in re.finditer(r"[A-Za-z0-9+/_-]{12,}", line)
        if re.match(r"[a-z]*[A-Z0-9+/]", found[0])
        and not re.search(
            rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]",
            b64decode(found[0][:12].replace("-", "+").replace("_", "/")),
        )
    ]


@pytest.mark.parametrize("size", [1 << 18, 50])
def test_runs_of_base64_are_those_that_patterns_find(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Long ones that are more than a word, and whose beginning may be text."""
    monkeypatch.setattr(runs, "_BYTES_AT_ONCE", size)
    chance = Random(1)
    letter: Callable[[], str] = lambda: chance.choice('abcdefghijkLMNOPQ0123456789+/_- ".é木')  # noqa: E731
    lines = ["".join(letter() for _ in range(chance.randrange(120))) for _ in range(400)]
    lines += ["VGhlIHF1aW5jZSBoZWRnZQ==", "x" * 50, "", "the-quince-hedge", "qVGhlIHF1aW5jZSBoZWRnZQ"]
    found = naive_runs(lines)
    assert len(found) > 30
    assert list(runs.base64_runs(lines)) == found
