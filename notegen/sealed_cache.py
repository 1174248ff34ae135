"""What is kept of a garden with encrypted notes: in the same file as all else, under keys that only the password gives.

What follows from encrypted notes is kept as it is published: encrypted, under names that say nothing, padded. So the
file tells whoever has it and not the password no more of them than the site does. What is known of public notes alone
is found as it lies there in the open; all that is put is encrypted. Vectors are the exception: they lie in the open,
of all notes, as `notegen embed` puts them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

import numpy as np
from numpy.typing import NDArray

from notegen.cache import VectorCache
from notegen.encrypt import Vault
from notegen.model import Problem

KIND = "sealed"
"""What all that is encrypted is called in the cache, whatever it is."""
_MADE = "made"


class SealedCache(VectorCache):
    """A cache that puts what it is given encrypted into another one; vectors in the open."""

    def __init__(self, cache: VectorCache, vault: Vault) -> None:
        """Args: cache: which is opened and closed by whoever has it. vault: the keys of the site."""
        self._cache, self._vault = cache, vault.of_what_is_kept()

    def get_derived(self, kind: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What was put under the keys, here or else in the open, where another garden's may be under the same key."""
        known = dict(self._opened(kind, keys))
        return known | self._cache.get_derived(kind, [key for key in keys if key not in known])

    def known_derived(self, kind: str, keys: Sequence[bytes]) -> set[bytes]:
        """Those of the keys under which something was put, here or in the open."""
        sealed = {self._vault.key(kind, key): key for key in keys}
        found = self._cache.known_derived(KIND, [*sealed])
        return self._cache.known_derived(kind, keys) | {sealed[key] for key in found}

    def put_derived(self, kind: str, contents: Mapping[bytes, bytes]) -> None:
        """Remember what was made, encrypted."""
        self._cache.put_derived(
            KIND, dict(self._sealed(kind, key, content) for key, content in contents.items())
        )

    def get_made(self, key: bytes) -> bytes | None:
        """What was put under the key, here or in the open."""
        known = self._cache.get_made(key)
        if known is not None:
            return known
        sealed = self._cache.get_made(self._vault.key(_MADE, key))
        return None if sealed is None else self._vault.unseal(self._name(_MADE, key), sealed)

    def put_made(self, key: bytes, content: bytes) -> None:
        """Remember it, encrypted."""
        self._cache.put_made(*self._sealed(_MADE, key, content))

    def renew_made(self, key: bytes) -> None:
        """Count what was put under the key as the newest, wherever it is."""
        self._cache.renew_made(key)
        self._cache.renew_made(self._vault.key(_MADE, key))

    def _opened(self, kind: str, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        sealed = {self._vault.key(kind, key): key for key in keys}
        for name, content in self._cache.get_derived(KIND, [*sealed]).items():
            opened = self._vault.unseal(name.hex(), content)
            if opened is not None:
                yield sealed[name], opened

    def _sealed(self, kind: str, key: bytes, content: bytes) -> tuple[bytes, bytes]:
        name = self._vault.key(kind, key)
        return name, self._vault.seal(name.hex(), content)

    def _name(self, kind: str, key: bytes) -> str:
        return self._vault.key(kind, key).hex()

    # All else is the other one's.

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong with the file."""
        return self._cache.problems

    def check_usable(self) -> None:
        """See that what was put is there."""
        self._cache.check_usable()

    @property
    def vector_bytes(self) -> int:
        """What the vectors take."""
        return self._cache.vector_bytes

    @property
    def is_too_small(self) -> bool:
        """Whether it holds more than it may."""
        return self._cache.is_too_small

    def get_many(self, encoder: str, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors that are known."""
        return self._cache.get_many(encoder, keys)

    def put_many(self, encoder: str, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Remember vectors, in the open."""
        self._cache.put_many(encoder, vectors)

    def let_go(self) -> AbstractContextManager[None]:
        """Closes the file for the block."""
        return self._cache.let_go()

    def take_up(self) -> None:
        """Open the file again."""
        self._cache.take_up()

    def report(self, problems: Iterable[Problem]) -> None:
        """Add what went wrong with the file in another process."""
        self._cache.report(problems)

    def close(self) -> None:
        """Left to whoever opened the file."""
