"""Mojibake is told from letters that belong together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.read.mojibake import find_garbled

CLEAN = [
    "plain ASCII",
    "It’s “fine” — naïve café, façade, ﬁn",
    "Grüße, ‚Äpfel‘ und „Über“ für 5 €; Süßes",
    "São Paulo, À propos, L’État «été» … Ça",
    "jäääär, töööö, kuuuurija",
    "Привет, мир: ёлка й съел",
    "Україна: її їжак є",
    "Ελληνικά, 日本語, 한국어, العربية, tiếng Việt",
    "✔️ done → next • 🔹 25 °C ± 1 µm",
    "`Ã©` is how ``â€™`` looks",
    "```\nÃ©\n```\n~~~\nâ€™\n~~~",
]


@pytest.mark.parametrize("text", CLEAN)
def test_letters_that_are_meant_are_left_alone(text: str) -> None:
    """Accents, scripts, typography and symbols, and mojibake that is shown as code."""
    assert find_garbled(text) is None


@pytest.mark.parametrize(
    ("encoding", "meant"),
    [
        *(
            (encoding, "“Müller” said: it’s 5 € – naïvely…")
            for encoding in ("cp1252", "latin-1", "mac_roman", "cp437")
        ),
        *((encoding, "• café") for encoding in ("cp1252", "latin-1", "mac_roman", "cp437")),
        *((encoding, "→ next") for encoding in ("cp1252", "mac_roman")),
        ("cp1251", "it’s “so”"),
    ],
)
def test_what_was_read_in_a_wrong_encoding_is_read_again(encoding: str, meant: str) -> None:
    """The text is what it was before; a line before it and the line ends stay."""
    garbled = find_garbled(f"so\n\n{misread(meant, encoding)}\n")
    assert garbled is not None
    assert garbled.text == f"so\n\n{meant}\n"
    assert (garbled.line, garbled.lines) == (3, 1)


def misread(text: str, encoding: str) -> str:
    """Its UTF-8 in another encoding; bytes that this gives no letter are control characters, as editors have them."""
    letters = [bytes([byte]).decode(encoding, "replace") for byte in text.encode()]
    return "".join(
        chr(byte) if letter == "\ufffd" else letter
        for letter, byte in zip(letters, text.encode(), strict=True)
    )


@pytest.mark.parametrize(
    ("text", "place", "found", "meant"),
    [
        ("### \uf8ffüîπ How", (1, 5), "\uf8ffüîπ", "🔹"),
        ("yes‚Äîno", (1, 4), "‚Äî", "—"),
        ("é\nun cafÃ© noir", (2, 7), "Ã©", "é"),
        ("donâ€™t", (1, 4), "â€™", "’"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", (1, 1), "Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ],
)
def test_the_first_spot_is_shown(text: str, place: tuple[int, int], found: str, meant: str) -> None:
    """With its line and column, as it stands and as it was meant."""
    garbled = find_garbled(text)
    assert garbled is not None
    assert ((garbled.line, garbled.column), garbled.found, garbled.meant) == (place, found, meant)


def test_what_one_line_proves_is_believed_of_all() -> None:
    """A mark alone says too little, code is repaired with the rest, and letters that are right already stay right."""
    garbled = find_garbled("‚úî done\n`‚úî`\nCafé – ‚Äúquoted‚Äù\n— “École”")
    assert garbled is not None
    assert garbled.text == "✔ done\n`✔`\nCafé – “quoted”\n— “École”"


def test_quotes_and_widths_are_no_encoding() -> None:
    """Nothing else that ftfy can mend is touched: curly quotes, full-width letters, ligatures, entities."""
    garbled = find_garbled("“ＬＯＵＤ” ﬁ &eacute; cafÃ©")
    assert garbled is not None
    assert garbled.text == "“ＬＯＵＤ” ﬁ &eacute; café"


@given(st.text(alphabet=st.sampled_from("aÃ©â€™‚Äîúü\uf8ffπ\x85\u2028`~\n Â\xa0ðŸ"), max_size=60))
def test_no_text_makes_it_raise_or_moves_a_line(text: str) -> None:
    """The repaired text has the same lines, and no letter that ends one."""
    garbled = find_garbled(text)
    if garbled is not None:
        assert garbled.text.count("\n") == text.count("\n")
        assert garbled.found != garbled.meant


def test_a_real_note_is_read_as_it_was_meant(shared: Path) -> None:
    """Every garbled run of it, and none of its other letters."""
    (seed,) = shared.glob("seeds/004_*.txt")
    garbled = find_garbled(seed.read_text("utf-8"))
    assert garbled is not None
    assert (
        "".join(sorted({letter for letter in garbled.text if not letter.isascii()}))
        == "—’“”•→○✅✔🎭🎵💡📂📖🔹"
    )
