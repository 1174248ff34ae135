"""The query table in shards: a range of tokens each, every shard enough to find the first piece of its words.

WordPiece takes the longest token that a word begins with. Among sorted tokens that is the last one not after the word,
or a token that this one begins with. So a shard that also holds the beginnings of its first token answers for all words
of its range, and no page needs the whole vocabulary. Pieces that continue a word have ranges of their own.

Most questions ask for tokens that the garden has: these lie in small shards. The others lie in large ones, which a page
loads only for a word that the garden's tokens cannot spell. A model of many languages has as many tokens again in
scripts that no note is written in. One more shard says where these are, and a page loads it only for a question in such
a script.
"""

import base64
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.search.cut import cut_words, write_sorted
from notegen.search.inverted_index import utf16_order
from notegen.search.quantizer import pack
from notegen.search.shards.shard import Shard
from notegen.search.shards.vectors import write_pairs
from notegen.search.vector_index import MAX_ROW_BITS, VectorIndex
from notegen.text.scripts import script_number
from notegen.text.wordpiece import CONTINUATION

GARDEN_TOKENS, OTHER_TOKENS = 22, 30
"""Tokens of a shard, about, for those that the garden has and for the others: a shard is 3 kB, or 4.1, with gzip."""

MAX_TIMES = 16
"""Where rows are short, as in a small garden, a shard has up to so many times as many tokens, so that there are few
shards: 480 of the shortest rows, which are 6.2 kB."""

OTHER_SCRIPTS = "o"
"""What the kinds of shards end with whose tokens are in scripts of no note."""

COMMON_TOKENS = 32
"""The tokens that the garden has most often: most questions have one; one shard, instead of one for each of them."""


class TableShards(Struct, frozen=True):
    """Shards by ranges: `t-…` and `x-…` of words, `u-…` and `y-…` of continuing pieces, and `common`.

    `t` and `u` are the garden's, `x` and `y` the others, `xo` and `yo` those in scripts of no note. A shard's content
    is its tokens, separated by spaces; their rows, as `quantizer.pack` has them, in base64; and their scales. The shard
    `scripts` has what each `xo` and `yo` begins with, as the manifest has it of the others; a model of one language
    has none of these three.
    """

    shards: tuple[Shard, ...]
    firsts: dict[str, tuple[str, ...]]
    """By letter, what each shard begins with, without `##`: as few letters as tell it from the one before."""
    common: tuple[str, ...]


def table_shards(index: VectorIndex, scripts: Collection[int] | None = None) -> TableShards:
    """Cuts the table; special tokens such as `[CLS]` are left out.

    Args:
        index: of the garden.
        scripts: that the notes are written in, as `script_number` has them; None for a model of one language.
    """
    ids = {token: id for id, token in enumerate(index.tokens) if not _is_special(token)}
    packed = pack(index.rows)  # (v, b)
    here = {index.tokens[id] for id in index.tokens_by_frequency} & ids.keys()
    spelled = (index.tokens[id] for id in index.tokens_by_frequency)
    common = list(islice((t for t in spelled if t in ids and not t.startswith(CONTINUATION)), COMMON_TOKENS))
    shards = [_shard("common", common, common, ids, packed, index)]
    others = ids.keys() - here
    far = {token for token in others if scripts is not None and _script_of(token) not in scripts}
    firsts: dict[str, tuple[str, ...]] = {}
    far_firsts: dict[str, tuple[str, ...]] = {}
    for kind, chosen, before, size in (
        ("t", here, "", GARDEN_TOKENS),
        ("x", others - far, "", OTHER_TOKENS),
        ("u", here, CONTINUATION, GARDEN_TOKENS),
        ("y", others - far, CONTINUATION, OTHER_TOKENS),
        *(
            (kind + OTHER_SCRIPTS, far, before, OTHER_TOKENS)
            for kind, before in _KINDS
            if scripts is not None
        ),
    ):
        size = _shard_size(size, packed.shape[1])
        tokens = sorted((rest for t in chosen if (rest := _rest(t, before))), key=utf16_order)
        known = set(tokens)
        pieces, first = cut_words([1] * len(tokens), tokens, kind=kind, typical=size)
        (far_firsts if kind.endswith(OTHER_SCRIPTS) else firsts)[kind] = first
        for name, some in pieces:
            held = [*_beginnings(tokens[some.start], known), *tokens[some.start : some.stop]]
            full = [before + token for token in held]
            shards.append(_shard(name, held, full, ids, packed, index))
    if scripts is not None:
        shards.append(Shard("scripts", {kind: write_sorted(first) for kind, first in far_firsts.items()}))
    return TableShards(tuple(shards), firsts, tuple(common))


_KINDS = (("x", ""), ("y", CONTINUATION))


def _script_of(token: str) -> int:
    return script_number(token.removeprefix(CONTINUATION) or token)


def _shard_size(size: int, width: int) -> int:
    """Tokens of a shard whose rows take `width` bytes, of those that have `size` where rows are long.

    The shorter rows are, the more bytes a shard has of them, up to half as many again.
    """
    full = MAX_ROW_BITS // 8
    return max(size, min(MAX_TIMES * size, size * (3 * full - width) // (2 * max(1, width))))


def _rest(token: str, before: str) -> str:
    """The token without what it must begin with; empty for one that does not."""
    if before:
        return token.removeprefix(before) if token.startswith(before) else ""
    return "" if token.startswith(CONTINUATION) and token != CONTINUATION else token


def _is_special(token: str) -> bool:
    return len(token) > 2 and token[0] == "[" and token[-1] == "]"


def _beginnings(token: str, known: set[str]) -> Iterator[str]:
    for end in range(1, len(token)):
        if token[:end] in known:
            yield token[:end]


def _shard(
    name: str,
    written: Sequence[str],
    tokens: Sequence[str],
    ids: dict[str, int],
    packed: NDArray[np.uint8],
    index: VectorIndex,
) -> Shard:
    rows = [ids[token] for token in tokens]
    lines = [
        " ".join(written),
        base64.b64encode(packed[rows].tobytes()).decode(),
        write_pairs(index.rows.scales[rows]),
    ]
    return Shard(name, "\n".join(lines))
