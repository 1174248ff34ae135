"""Reads a tokenizer's vocabulary as pieces that a page can cut a question into.

A page has one way to split, whatever the model: the words of an uncased BERT, each into the longest pieces there are
(`text/wordpiece.py`). So the tokens of every other kind of tokenizer are written in that notation here: small
letters without accents, `##` before what goes on with a word. A page's pieces are then seldom the tokens that the
model would cut, and need not be: a piece's vector is made from its text.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from notegen.errors.model import model_file_unreadable
from notegen.errors.reasons import tokenizer_unknown
from notegen.regex import regex
from notegen.text.scripts import is_no_space_syllable
from notegen.text.wordpiece import CONTINUATION, MAX_WORD_LENGTH, split_words

_SPACE = "▁"
"""SentencePiece's mark of a space."""

_BYTE = regex("<0x[0-9A-F]{2}>")


class Piece(Struct, frozen=True):
    """A token as the page cuts it, and what the model is to read in its place."""

    token: str
    text: str


class _Token(Struct, frozen=True):
    """A token without its tokenizer's marks."""

    text: str
    begins: bool
    """It may begin a word."""
    continues: bool
    """It may go on with one."""


def load_vocabulary(folder: Path) -> tuple[Piece, ...]:
    """The pieces of the tokenizer in a model's folder, in its order, which in most goes from frequent to rare.

    Of tokens that a page cannot tell apart, as `Für` and `fur`, the first stays. Left out are special tokens, bytes,
    and tokens that a page never cuts: those of several words or of none.

    Raises:
        NotegenError: the tokenizer cannot be read, or is of a kind other than WordPiece, Unigram, BPE and WordLevel.
    """
    path = folder / "tokenizer.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise model_file_unreadable(str(path), str(error) or repr(error)) from error


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> tuple[Piece, ...]:
    """The pieces in a file; `notegen serve` asks at every build, and 250,000 tokens take three seconds."""
    found: dict[str, str] = {}
    for token in _tokens(json.loads(path.read_text("utf-8"))):
        for name in _names(token):
            found.setdefault(name, token.text)
    return tuple(Piece(name, text) for name, text in found.items())


def _names(token: _Token) -> Iterator[str]:
    """The token as the page's tokenizer knows it: as a beginning, as a continuation, as both or as neither."""
    words = split_words(token.text)
    if len(words) != 1 or len(words[0]) > MAX_WORD_LENGTH:
        return
    [word] = words
    alone = len(word) == 1 and len(split_words(f"a{word}")) > 1  # a sign or an ideograph
    # In a script without spaces, what is a token may begin a run of letters or go on with one; and with single letters
    # every word can be spelt.
    either = len(word) == 1 or is_no_space_syllable(word)
    if token.begins or either or alone:
        yield word
    if (token.continues or either) and not alone:
        yield CONTINUATION + word


def _tokens(file: Mapping[str, Any]) -> Iterator[_Token]:
    model = file["model"]
    special = {token["content"] for token in file.get("added_tokens") or () if token["special"]}
    vocabulary = model["vocab"]
    # Unigram has a list of tokens and their scores, the others a number for each token.
    names = (
        [name for name, _ in vocabulary]
        if isinstance(vocabulary, list)
        else sorted(vocabulary, key=vocabulary.get)
    )
    read = _reader(file)
    for name in names:
        if name not in special and not _BYTE.fullmatch(name) and (token := read(name)):
            yield token


def _reader(file: Mapping[str, Any]) -> Callable[[str], _Token | None]:
    """What takes the marks off a token of this tokenizer."""
    model = file["model"]
    kind = model.get("type") or ("Unigram" if isinstance(model["vocab"], list) else "")
    prefix, suffix = model.get("continuing_subword_prefix"), model.get("end_of_word_suffix")
    match kind:
        case "WordLevel":
            return lambda name: _Token(name, True, False)
        case "Unigram":
            return _read_spaced
        case "BPE" if _has(file, "ByteLevel"):
            return _read_bytes
        case "BPE" if suffix:
            # Only ends are marked: where a token begins is not known.
            return lambda name: _Token(name.removesuffix(suffix), True, True)
        case "BPE" if not prefix:
            return _read_spaced
        case "WordPiece" | "BPE":
            prefix = prefix or CONTINUATION
            return lambda name: _Token(
                name.removeprefix(prefix), not name.startswith(prefix), name.startswith(prefix)
            )
        case _:
            raise ValueError(tokenizer_unknown(kind))


def _read_spaced(name: str) -> _Token:
    """`▁word` or `piece`."""
    return _Token(name.replace(_SPACE, " ").strip(), name.startswith(_SPACE), not name.startswith(_SPACE))


def _read_bytes(name: str) -> _Token | None:
    """The same in bytes, each of which is written as one character; None for a part of a character."""
    try:
        text = bytes(_BYTE_OF[character] for character in name).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    return _Token(text.strip(), text.startswith(" "), not text.startswith(" "))


def _has(file: Mapping[str, Any], kind: str) -> bool:
    """Whether a step of this kind is anywhere in how the tokenizer splits or joins text."""
    steps = [file.get("pre_tokenizer"), file.get("decoder")]
    while steps:
        step = steps.pop()
        if isinstance(step, dict):
            if step.get("type") == kind:
                return True
            steps += [*(step.get("pretokenizers") or ()), *(step.get("decoders") or ())]
    return False


def _byte_characters() -> dict[str, int]:
    """GPT-2's way to write any byte as a character that shows: itself where it does, else one from U+0100 on."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(0x100) if byte not in shown]
    return {chr(byte): byte for byte in shown} | {
        chr(0x100 + place): byte for place, byte in enumerate(hidden)
    }


_BYTE_OF = _byte_characters()
