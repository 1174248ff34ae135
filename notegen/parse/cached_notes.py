"""Notes parsed before, remembered by all that parsing one reads: its source, the settings, and notegen's own code."""

from collections.abc import Callable, Sequence

from notegen.cache import VectorCache, code_of_notegen
from notegen.model import Note, Source
from notegen.packed import key_of, key_of_ordered, pack, unpack, unpacker

_KIND = "note"
_notes = unpacker(Note)


def cached_notes(
    sources: Sequence[Source],
    parse: Callable[[Sequence[Source]], Sequence[Note]],
    cache: VectorCache | None,
    *,
    settings: Sequence[object] = (),
) -> tuple[Note, ...]:
    """What `parse` makes of each source, in order; it is given those only that are not remembered.

    Args:
        cache: None to remember nothing.
        settings: all that `parse` goes by beside the source: plain values, dataclasses, sets.
    """
    if cache is None:
        return tuple(parse(sources))
    setting = code_of_notegen() + key_of(settings)
    keys = [key_of_ordered((setting, source)) for source in sources]
    known = cache.get_derived(_KIND, keys)
    notes = {key: note for key, content in known.items() if (note := unpack(content, _notes))}
    unknown = {key: source for key, source in zip(keys, sources, strict=True) if key not in notes}
    parsed = dict(zip(unknown, parse(tuple(unknown.values())), strict=True))
    cache.put_derived(_KIND, {key: pack(note) for key, note in parsed.items()})
    notes |= parsed
    return tuple(notes[key] for key in keys)
