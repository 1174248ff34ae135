"""What stages derive of each note's own text, remembered between builds.

A value is found by a key of all that it depends on: the note's title and sections, the settings, and the code. So a
build asks only whether a key is known, and what it makes is the same whatever was built before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

from notegen.cache import VectorCache, code_of_notegen
from notegen.model import Garden, NoteId
from notegen.packed import Decoder, key_of, pack, unpack
from notegen.workers.helpers import Begin, Helpers

T = TypeVar("T")

_AT_ONCE = 1000
"""Values that are packed, or read, at a time: those of all notes would be in memory twice."""


def derived_values(
    kind: str,
    keys: Sequence[bytes],
    derive: Callable[[Sequence[int]], Iterable[T]],
    cache: VectorCache | None,
    decoder: Decoder[T],
) -> list[T]:
    """The value for each key, in order.

    Args:
        kind: what the values are called in the cache.
        keys: of all that each value is derived from, the code included.
        derive: gives the values for some places in `keys`; asked for those only that are not remembered, once a key.
        cache: None to remember nothing.
        decoder: reads a value; what it does not know is derived again.
    """
    known: dict[bytes, T] = dict(_known_values(kind, keys, cache, decoder)) if cache else {}
    places = {key: place for place, key in enumerate(keys) if key not in known}
    made = dict(zip(places, derive(tuple(places.values())), strict=True))
    if cache:
        for some in _some_at_once(tuple(made)):
            cache.put_derived(kind, {key: pack(made[key]) for key in some})
    known |= made
    return [known[key] for key in keys]


def _known_values(
    kind: str, keys: Sequence[bytes], cache: VectorCache, decoder: Decoder[T]
) -> Iterator[tuple[bytes, T]]:
    for some in _some_at_once(keys):
        for key, content in cache.get_derived(kind, some).items():
            if (value := unpack(content, decoder)) is not None:
                yield key, value


def _some_at_once(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


class KeptBytes:
    """Bytes that were made of single files, under keys that hold for the code that made them."""

    def __init__(
        self, kind: str, cache: VectorCache, on_missing: Callable[[int], None] = lambda count: None
    ) -> None:
        """What was kept of one kind.

        Args:
            kind: what they are called in the cache.
            on_missing: told of how many of the keys that were asked for nothing is there.
        """
        self._kind, self._cache, self._on_missing = kind, cache, on_missing

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """What was put under the keys, as far as it is there."""
        asked = {self._key(key): key for key in keys}
        found = self._cache.get_derived(self._kind, [*asked])
        self._on_missing(len(asked) - len(found))
        return {asked[key]: content for key, content in found.items()}

    def put(self, contents: Mapping[bytes, bytes]) -> None:
        """Keep what was made."""
        self._cache.put_derived(self._kind, {self._key(key): content for key, content in contents.items()})

    def _key(self, key: bytes) -> bytes:
        return blake2b(code_of_notegen() + key, digest_size=16).digest()


class NoteMemory:
    """Remembers values of the notes of one garden."""

    def __init__(
        self, garden: Garden, cache: VectorCache | None = None, helpers: Helpers | None = None
    ) -> None:
        """What is remembered, and who derives the rest.

        Args:
            cache: None to derive every value anew, as where nothing may be kept of encrypted notes.
            helpers: None for this process alone.
        """
        self._garden, self.cache, self._helpers = garden, cache, helpers or Helpers()

    @cached_property
    def _texts(self) -> dict[NoteId, bytes]:
        """A digest of what each note says."""
        return {
            note.id: blake2b(pack((note.title, note.content.sections)), digest_size=16).digest()
            for note in self._garden.notes.values()
        }

    def values(
        self,
        kind: str,
        notes: Sequence[NoteId],
        derive: Callable[[NoteId], T],
        decoder: Decoder[T],
        *,
        settings: Sequence[object] = (),
        each: Sequence[object] = (),
    ) -> list[T]:
        """The value of each note, in order.

        Args:
            kind: what the values are called in the cache.
            derive: gives the value of a note, from its title, its sections and the settings alone.
            decoder: reads a value.
            settings: plain values, structs, sets.
            each: what else the value of each note depends on; empty for nothing.
        """
        if self.cache is None:
            return [*map(derive, notes)]
        keys = self.keys(notes, settings=settings, each=each)
        return derived_values(
            kind, keys, lambda places: (derive(notes[place]) for place in places), self.cache, decoder
        )

    def made_by_several(
        self, notes: Sequence[NoteId], source: Callable[[NoteId], bytes], begin: Begin, decoder: Decoder[T]
    ) -> Iterator[T]:
        """The value of each note, in order, made by this process and helpers; nothing is remembered.

        Args:
            source: gives all that it is made of.
            begin: gives what makes it, and packs it.
        """
        make = begin()
        with self._helpers.made(notes, source, begin) as made_of:
            for note in notes:
                yield decoder.decode(made_of(note) or make(source(note)))

    def keys(
        self, notes: Sequence[NoteId], *, settings: Sequence[object] = (), each: Sequence[object] = ()
    ) -> list[bytes]:
        """The keys of the values of these notes, in order; see `values`."""
        ground = code_of_notegen() + key_of(settings)
        texts = [self._texts[note] for note in notes]
        if each:
            texts = [text + key_of(one) for text, one in zip(texts, each, strict=True)]
        return [blake2b(ground + text, digest_size=16).digest() for text in texts]
