"""The query table in shards: a range of tokens each, every shard enough to find the first piece of its words.

WordPiece takes the longest token that a word begins with. Among sorted tokens it is the last one not after the word,
or a token which that one itself begins with; so a shard that also holds the beginnings of its first token answers for
all words of its range, and no page needs the whole vocabulary. Pieces that continue a word have ranges of their own.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from notegen.index.script import Shard
from notegen.model import QueryTable
from notegen.ranking.codes import TOP_LEVEL, Rows
from notegen.ranking.digits import DIGITS
from notegen.ranking.lexicon import utf16_order

SHARD_TOKENS = 32
"""A question of ten words loads seven shards at this size, and as many at twice it, for twice the bytes."""

COMMON_TOKENS = 64
"""Words that most questions have, with the signs; one shard, instead of one for each of them."""

CONTINUES = "##"


@dataclass(frozen=True, slots=True)
class TableShards:
    """Shards `t0`, … by ranges of words, `u0`, … by ranges of continuing pieces, and `common`.

    A shard's content is its tokens, parted by spaces, a newline, and for each token two digits of its size and one
    digit for two dimensions: the first one's code and 8 times the second one's, a code being (level + 7) / 2.
    """

    shards: tuple[Shard, ...]
    first_words: tuple[str, ...]
    first_pieces: tuple[str, ...]
    """Without their `##`."""
    common: tuple[str, ...]


@lru_cache(maxsize=4)
def table_key(table: QueryTable) -> str:
    """Names the table's folder: what its files are made of."""
    digest = hashlib.blake2b(" ".join(table.tokens).encode(), digest_size=6)
    digest.update(table.rows.tobytes())
    digest.update(table.scales.tobytes())
    if table.rotation is not None:
        digest.update(table.rotation.tobytes())
    return digest.hexdigest()


def table_shards(table: QueryTable, rows: Rows) -> TableShards:
    """Cuts the table; tokens that say nothing are left out, but for those that other tokens hide behind."""
    ids = {token: id for id, token in enumerate(table.tokens) if not _is_special(token)}
    lines = _lines(rows)
    common = _common(table.tokens)
    words = sorted((token for token in ids if not token.startswith(CONTINUES)), key=utf16_order)
    pieces = sorted(
        (t[len(CONTINUES) :] for t in ids if t.startswith(CONTINUES) and t != CONTINUES), key=utf16_order
    )
    shards = [Shard("common", _content(common, ids, lines))]
    firsts: list[tuple[str, ...]] = []
    for letter, tokens, before in (("t", words, ""), ("u", pieces, CONTINUES)):
        known = set(tokens)
        groups = [tokens[start : start + SHARD_TOKENS] for start in range(0, len(tokens), SHARD_TOKENS)]
        firsts.append(tuple(group[0] for group in groups))
        for number, group in enumerate(groups):
            held = [*_beginnings(group[0], known), *group]
            content = _content(held, {token: ids[before + token] for token in held}, lines)
            shards.append(Shard(f"{letter}{number}", content))
    return TableShards(tuple(shards), firsts[0], firsts[1], tuple(common))


def _is_special(token: str) -> bool:
    return len(token) > 2 and token[0] == "[" and token[-1] == "]"


def _common(tokens: Sequence[str]) -> list[str]:
    """The signs, and the first words of the vocabulary, which is ordered by frequency behind its characters."""
    signs = [t for t in tokens if len(t) == 1 and t.isascii() and not t.isalnum()]
    words = [t for t in tokens if len(t) > 1 and t.isascii() and t.isalpha()]
    return [*signs, *(t for t in ("a", "i") if t in tokens), *words[:COMMON_TOKENS]]


def _beginnings(token: str, known: set[str]) -> Iterator[str]:
    for end in range(1, len(token)):
        if token[:end] in known:
            yield token[:end]


def _content(tokens: Sequence[str], ids: dict[str, int], lines: Sequence[str]) -> str:
    return " ".join(tokens) + "\n" + "".join(lines[ids[token]] for token in tokens)


def _lines(rows: Rows) -> list[str]:
    """The digits of every row, by token id."""
    digits = np.frombuffer(DIGITS.encode(), np.uint8)
    sizes = np.stack([rows.sizes >> 6, rows.sizes & 63], axis=1)  # (v, 2)
    codes = (rows.levels + TOP_LEVEL) // 2
    codes = np.pad(codes, ((0, 0), (0, codes.shape[1] % 2)))
    numbers = np.concatenate([sizes, codes[:, ::2] + 8 * codes[:, 1::2]], axis=1)  # (v, 2 + ceil(d / 2))
    width = numbers.shape[1]
    text = digits[numbers].tobytes().decode()
    return [text[start : start + width] for start in range(0, len(text), width)]
