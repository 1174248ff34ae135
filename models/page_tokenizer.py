"""Cuts millions of texts as a page cuts a question (`notegen/text/wordpiece.py`), by the library that models use."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers


def page_tokenizer(tokens: Sequence[str]) -> Tokenizer:
    """What cuts a text as a page does (`notegen/text/wordpiece.py`), by these tokens."""
    vocabulary = {token: id for id, token in enumerate(dict.fromkeys(["[UNK]", *tokens]))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def cut(texts: Sequence[str], tokenizer: Tokenizer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(ids, starts): texts one after the other, without what the tokens cannot spell."""
    found, lengths = [], []
    for at in range(0, len(texts), 100_000):
        for encoding in tokenizer.encode_batch_fast(list(texts[at : at + 100_000]), add_special_tokens=False):
            ids = np.array(encoding.ids, np.int64)
            ids = ids[ids > 0] - 1
            found.append(ids)
            lengths.append(len(ids))
    return np.concatenate(found), np.concatenate([[0], np.cumsum(lengths)])
