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
        ("آب سرد بود و موج بلند، پس به ساحل رفتیم و گفتیم که چه زیباست", "fa"),
        ("پانی ٹھنڈا تھا اور لہریں اونچی تھیں، اس لیے ہم ساحل پر گئے", "ur"),
        ("Вода была холодная, и прилив был высокий, так что мы пошли на берег, когда уже стемнело.", "ru"),
        (
            "Вода була холодна, але приплив був високий, та ми пішли на берег, коли вже стемніло, і що це було.",
            "uk",
        ),
        ("Su soğuktu ve gelgit çok yüksekti, ama sonra bir gün daha kıyıda kaldık, ne güzel oldu.", "tr"),
        (
            "Woda była zimna, ale przypływ był wysoki, więc poszliśmy na brzeg, gdzie już się ściemniało.",
            "pl",
        ),
        ("Apa a fost rece și mareea era foarte mare, dar când am ajuns la țărm nu mai era nimeni.", "ro"),
        (
            "The function returns a pointer to the first element, and the caller is to free it when it is done.",
            "en",
        ),
        ("c s c a c s c d c c, comment s c", ""),
        ("Bread, butter, milk, eggs, flour", ""),
        ("def f(x): return x + 1", ""),
        ("", ""),
        ("1 2 3", ""),
    ],
)
def test_a_text_says_its_language(text: str, language: str) -> None:
    """By its letters, or by its smallest words; a list, a program and nothing do not."""
    assert guess_language(text) == language


def test_languages_with_stop_words_are_told_by_these() -> None:
    """Each of the lists is asked."""
    assert {language for language in LANGUAGES if stop_words([language])} == set(
        "da de en es fr it nb nl pt ru sv".split()
    )


@given(st.text())
def test_any_text_is_looked_at(text: str) -> None:
    """Whatever it holds."""
    assert isinstance(guess_language(text), str)
