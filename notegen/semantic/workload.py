"""What is to be embedded of many texts: handed out in batches, and kept as it comes back, in any order.

Only what is under way is in memory, so that it does not matter how many texts there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache
from notegen.model import Encoder
from notegen.semantic.embed import keep_token_counts, key_of
from notegen.semantic.shard import WHOLE, Shard

BATCH_TEXTS = 128
"""About two seconds of one core's work, and 200 kB of vectors."""

_LOOKED_UP_AT_ONCE = 512


class Workload:
    """The texts of a shard whose vectors the cache does not hold, each once.

    Args:
        texts: read on only as batches are asked for.
        encoder: the fingerprint of what makes the vectors.
    """

    def __init__(
        self, texts: Iterable[str], encoder: str, cache: VectorCache, *, shard: Shard = WHOLE
    ) -> None:
        self._texts = iter(texts)
        self._encoder = encoder
        self._cache = cache
        self._shard = shard
        self._under_way: set[bytes] = set()
        self.passages = 0
        """Texts so far, those of other shards too."""
        self.known = 0
        """Of the shard's, those whose vector was in the cache, or asked for before."""
        self.made = 0
        """Of the shard's, those whose vector was kept."""

    def batches(self) -> Iterator[tuple[str, ...]]:
        """The texts without a vector, BATCH_TEXTS at a time; what was handed out once is not handed out again."""
        batch: list[str] = []
        for text in self._unknown():
            batch.append(text)
            if len(batch) == BATCH_TEXTS:
                yield tuple(batch)
                batch = []
        if batch:
            yield tuple(batch)

    def keep(self, texts: Sequence[str], vectors: NDArray[np.float32], tokens: Sequence[int]) -> None:
        """Put what was made of a batch into the cache.

        Args:
            vectors: (len(texts), d), as the encoder gives them.
            tokens: how many the encoder read of each.

        Raises:
            NotegenError: the cache cannot be used, so that the work would be for nothing.
        """
        keys = list(map(key_of, texts))
        keep_token_counts(texts, tokens, self._encoder, self._cache)
        # Last, since a vector that is there says that the text is done.
        self._cache.put_many(self._encoder, dict(zip(keys, vectors, strict=True)))
        self._cache.check_usable()
        self._under_way.difference_update(keys)
        self.made += len(keys)

    def _unknown(self) -> Iterator[str]:
        while some := list(islice(self._texts, _LOOKED_UP_AT_ONCE)):
            self.passages += len(some)
            keyed = [(key_of(text), text) for text in some]
            own = [(key, text) for key, text in keyed if self._shard.has(key)]
            known = self._cache.get_many(self._encoder, tuple({key for key, _ in own}))
            self._cache.check_usable()
            for key, text in own:
                if key in known or key in self._under_way:
                    self.known += 1
                else:
                    self._under_way.add(key)
                    yield text


def embed_here(work: Workload, encoder: Encoder) -> None:
    """Do the work in this process.

    Raises:
        NotegenError: the encoder or the cache cannot be used; what was made before is kept.
    """
    for texts in work.batches():
        work.keep(texts, encoder.encode_passages(texts), encoder.count_tokens(texts))
