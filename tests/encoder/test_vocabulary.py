"""Tokens of every kind of tokenizer become pieces that a page can cut a question into."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from notegen.encoder import load_vocabulary
from notegen.errors import NotegenError, word_error


def word_piece() -> Tokenizer:
    """BERT's."""
    words = ["[PAD]", "[unused0]", "[UNK]", "run", "##ning", "Für", "für", "e", ",", "##,", "日", "don't"]
    return Tokenizer(models.WordPiece({word: id for id, word in enumerate(words)}, unk_token="[UNK]"))


def unigram() -> Tokenizer:
    """SentencePiece's, as XLM-R has it."""
    pieces = [
        "<s>",
        "<unk>",
        "▁",
        ",",
        "▁run",
        "ning",
        "▁Été",
        "▁été",
        "日",
        "日本",
        "です",
        "▁です",
        "ไทย",
        "<0x0A>",
    ]
    tokenizer = Tokenizer(models.Unigram([(piece, -float(id)) for id, piece in enumerate(pieces)], unk_id=1))
    tokenizer.add_special_tokens(["<s>", AddedToken("<unk>", special=True)])
    return tokenizer


def byte_pairs() -> Tokenizer:
    """GPT-2's: each byte as a character, a space as `Ġ`."""
    tokens = ["<|end|>", "Ġrun", "ning", "ĠÃ©tÃ©", "Ã", "Ġ", "x", "ĠĠ"]
    tokenizer = Tokenizer(models.BPE({token: id for id, token in enumerate(tokens)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(), pre_tokenizers.ByteLevel()])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def spaced_pairs() -> Tokenizer:
    """Llama's: pairs of characters, a space as `▁`."""
    tokens = ["<0x41>", "▁Run", "ning", "▁the▁end"]
    return Tokenizer(models.BPE({token: id for id, token in enumerate(tokens)}, []))


def ended_pairs() -> Tokenizer:
    """CLIP's: only the ends of words are marked."""
    tokens = ["run", "ning</w>"]
    return Tokenizer(
        models.BPE({token: id for id, token in enumerate(tokens)}, [], end_of_word_suffix="</w>")
    )


def words() -> Tokenizer:
    """Whole words."""
    return Tokenizer(models.WordLevel({"<unk>": 0, "Run": 1, "running": 2}, unk_token="<unk>"))


PIECES: list[tuple[Callable[[], Tokenizer], str]] = [
    (word_piece, "run ##ning fur:Für e ##e , 日"),
    (unigram, ", run ##ning ete:Été 日 てす:です ##てす:です ไทย ##ไทย"),
    (byte_pairs, "run ##ning ete:été x ##x"),
    (spaced_pairs, "run:Run ##ning"),
    (ended_pairs, "run ##run ning ##ning"),
    (words, "run:Run running"),
]


@pytest.mark.parametrize(("make", "expected"), PIECES, ids=[make.__name__ for make, _ in PIECES])
def test_tokens_become_pieces(tmp_path: Path, make: Callable[[], Tokenizer], expected: str) -> None:
    """`token:text`, or the token alone where the text is the same but for `##`; in the tokenizer's order.

    Kana lose their voicing marks as they do in BERT, Thai begins and goes on, and nothing special, no byte and no
    token of several words is left.
    """
    make().save(str(tmp_path / "tokenizer.json"))
    pieces = load_vocabulary(tmp_path)
    short = [
        piece.token if piece.token.removeprefix("##") == piece.text else f"{piece.token}:{piece.text}"
        for piece in pieces
    ]
    assert " ".join(short) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", "list indices must be integers or slices, not str"),
        ('{"model": {"type": "New", "vocab": {"a": 0}}}', "it is of the unknown kind `New`"),
    ],
)
def test_a_tokenizer_that_cannot_be_read_is_named(tmp_path: Path, text: str, reason: str) -> None:
    """With the reason."""
    (tmp_path / "tokenizer.json").write_text(text, "utf-8")
    with pytest.raises(NotegenError) as caught:
        load_vocabulary(tmp_path)
    assert f"tokenizer.json` cannot be used: {reason}" in word_error(caught.value)


def test_tokens_go_by_their_numbers(tmp_path: Path) -> None:
    """Not by their order in the file."""
    file = {"model": {"type": "WordLevel", "vocab": {"second": 7, "first": 3}}}
    (tmp_path / "tokenizer.json").write_text(json.dumps(file), "utf-8")
    assert [piece.token for piece in load_vocabulary(tmp_path)] == ["first", "second"]
