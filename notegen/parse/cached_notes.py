"""Remembers parsed notes by all that parsing reads: the source, the settings, and notegen's own code."""

from collections.abc import Callable, Sequence
from hashlib import blake2b

from notegen.cache import VectorCache, code_of_notegen
from notegen.model import Note, Source
from notegen.note_memory import derived_values
from notegen.packed import key_of, key_of_ordered, unpacker

_KIND = "note"
_notes = unpacker(Note)


def source_digests(sources: Sequence[Source]) -> list[bytes]:
    """Of each source a digest of all that it says."""
    return [key_of_ordered(source) for source in sources]


def cached_notes(
    sources: Sequence[Source],
    parse: Callable[[Sequence[Source]], Sequence[Note]],
    cache: VectorCache | None,
    *,
    settings: Sequence[object] = (),
    digests: Sequence[bytes] | None = None,
) -> tuple[Note, ...]:
    """What `parse` makes of each source, in order; it is given those only that are not remembered.

    Args:
        cache: None to remember nothing.
        settings: all that `parse` goes by beside the source: plain values, structs, sets.
        digests: of the sources; None to make them here.
    """
    if cache is None:
        return tuple(parse(sources))
    setting = code_of_notegen() + key_of(settings)
    digests = source_digests(sources) if digests is None else digests
    keys = [blake2b(setting + digest, digest_size=16).digest() for digest in digests]
    made = derived_values(
        _KIND, keys, lambda places: parse(tuple(sources[place] for place in places)), cache, _notes
    )
    return tuple(made)
