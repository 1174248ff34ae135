"""Scripts written without spaces."""

import pytest

from notegen.text.scripts import (
    has_no_space_script,
    is_no_space_script,
    is_no_space_syllable,
    script_number,
    script_runs,
)


@pytest.mark.parametrize(
    "text", ["ภาษา", "ລາວ", "မြန်မာ", "ខ្មែរ", "かな", "カナ", "漢字", "々", "한글", "\U00020000"]
)
def test_a_text_in_a_script_without_spaces_is_told_by_its_first_character(text: str) -> None:
    """And nothing else is."""
    assert is_no_space_script(text)
    assert not is_no_space_script(f"a{text}")
    assert has_no_space_script(f"a{text}")


@pytest.mark.parametrize(
    "text", ["", "abc", "Straße", "כתב", "العربية", "हिन्दी", "Ελλάδα", "。、「」", "🌊", "½"]
)
def test_scripts_with_spaces_and_signs_are_not_among_them(text: str) -> None:
    """Whatever else sets them apart."""
    assert not has_no_space_script(text)


def test_a_syllable_is_what_bert_does_not_cut_off() -> None:
    """Ideographs are words of their own, and Hangul has spaces."""
    assert [is_no_space_syllable(text) for text in ("ภ", "မ", "ខ", "か", "カ", "漢", "한", "a", "")] == [
        *[True] * 5,
        *[False] * 4,
    ]


def test_runs_are_the_whole_text() -> None:
    """In order, each of one kind."""
    assert [run[0] for run in script_runs("Das 海 und 東京!")] == ["Das ", "海", " und ", "東京", "!"]


def test_a_word_is_in_the_script_of_its_first_character() -> None:
    """`browser/test/search/engine/tokens.test.ts` has the same words."""
    words = (
        "",
        "7",
        "tide",
        "\u00e9t\u00e9",
        "\u03c0\u03b1",
        "\u043f\u0440",
        "\u091c\u0935",
        "\u0e19\u0e49",
        "海",
        "한",
        "😀",
    )
    assert [script_number(word) for word in words] == [0, 0, 0, 0, 7, 8, 18, 28, 96, 96, 96]
