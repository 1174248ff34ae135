"""British words have American spellings; `browser/test/search/engine/spellings.test.ts` finds the same ones."""

import json
from collections.abc import Sequence

from notegen.text.spellings import american
from notegen.text.stems import stems_of
from notegen.text.tokens import Token
from tests.conftest import ROOT

CASES: dict[str, str] = json.loads((ROOT / "tests/cases/spellings.json").read_text("utf-8"))


def stems(word: str, *algorithms: str) -> Sequence[str]:
    """Of a word in small letters without accents."""
    return stems_of(Token(word, word), algorithms or ("english",))


def test_british_words_are_spelt_as_in_america() -> None:
    """Others are not: neither those that no other spelling has, nor those that would be other words."""
    assert {word: american(word) for word in CASES} == CASES


def test_both_spellings_have_a_stem_in_common() -> None:
    """In every form, and the word's own stem is the first still."""
    assert set(stems("decentralised")) & set(stems("decentralization"))
    assert set(stems("coloured")) & set(stems("colors"))
    assert stems("centre")[0] == "centr"


def test_no_other_meaning_comes_with_a_spelling() -> None:
    """A stem that only the other spelling would have is nobody else's."""
    for word, other in (("improvised", "improved"), ("scouring", "scored"), ("promise", "prompt")):
        assert not set(stems(word)) & set(stems(other)), word


def test_other_languages_keep_their_spellings() -> None:
    """`centre` is French too."""
    assert stems("centre", "french") == ("centr",)
