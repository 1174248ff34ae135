"""Which language a text is in, as far as it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.text.guess_language import LANGUAGES, guess_language
from notegen.text.stop_words import stop_words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The tide was high and we went to the shore before it was dark, and then came back.", "en"),
        (
            "Das Wasser war kalt und die Flut war hoch, also gingen wir an den Strand, bis es dunkel war.",
            "de",
        ),
        (
            "L’eau était froide et la marée était haute, donc nous sommes à la plage avec les enfants et il a plu.",
            "fr",
        ),
        (
            "El agua estaba fría y la marea era alta, así que fuimos a la playa con los niños y no con el perro.",
            "es",
        ),
        ("潮が高く水は冷たいので、海へ行った。", "ja"),
        ("潮水很高，水很冷，所以我们去了海边。", "zh"),
        ("الماء بارد والمد عال فذهبنا إلى الشاطئ", "ar"),
        ("바닷물이 차갑고 높다", "ko"),
        ("Bread, butter, milk, eggs, flour", ""),
        ("def f(x): return x + 1", ""),
        ("", ""),
        ("1 2 3", ""),
    ],
)
def test_a_text_says_its_language(text: str, language: str) -> None:
    """By its letters, or by its smallest words; a list, a program and nothing do not."""
    assert guess_language(text) == language


def test_every_language_with_small_words_is_known() -> None:
    """Each list is asked."""
    assert all(stop_words([language]) for language in LANGUAGES)


@given(st.text())
def test_any_text_is_looked_at(text: str) -> None:
    """Whatever it holds."""
    assert isinstance(guess_language(text), str)
