"""Which notes were at another address before: those whose kept address has no note any more are looked for.

A note is known again by the `id` that it states, by its bytes, or by its words. Git is not asked: it would tell where a
note lay while it was private, and only what was published is ever kept. For the same reason an address is passed over
that says the name of a note or a folder which is private now.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate

from msgspec import Struct

from notegen.model import Code, Garden, KeptAddress, Note, NoteId, Place, Problem, Reading, Url
from notegen.paths import ADDRESSES_FILE, HOME, fold, former_url, page_url
from notegen.text.tokens import phrase_form

SKETCH_WORDS = 16
"""Words that stand for all of a note: those with the smallest hashes, so that two notes choose alike."""
MIN_SKETCH_WORDS = 8
"""Distinct words without which words say nothing."""
SAME_NAME_SHARE = 0.3
"""The share of chosen words that a note must have in common with one of the same name in another folder."""
OTHER_NAME_SHARE = 0.75
"""The same for a note with another name too."""

_HASH_BYTES = 3
_Likeness = tuple[float, bool]
"""The share of words, and whether the file is called the same."""


class Moves(Struct, frozen=True):
    """What kept addresses say of the notes that there are."""

    former: tuple[tuple[Url, NoteId], ...] = ()
    """Addresses that notes had before."""
    first: Mapping[NoteId, NoteId] | None = None
    """What notes were called when they were first kept, where that is not as now."""
    problems: tuple[Problem, ...] = ()


def find_moves(reading: Reading, notes: Mapping[NoteId, Note], urls: Mapping[NoteId, Url]) -> Moves:
    """The former addresses of published notes, and which kept ones are of private notes by now."""
    kept = reading.kept_addresses
    if not kept:
        return Moves()
    found = _recognised(kept, notes, reading.withheld)
    may_be_told = _judge_of(reading, urls)
    former = [
        (url, note)
        for note, one in found.items()
        for url in (*one.former, one.url)
        if url != urls[note] and url != HOME and former_url(url) == url and may_be_told(url)
    ]
    first = {note: one.first or one.note for note, one in found.items() if (one.first or one.note) != note}
    private = tuple(
        Problem(Code.ADDRESS_OF_PRIVATE, Place(ADDRESSES_FILE), (("note", one.note),))
        for one in kept
        if one.note in reading.withheld
    )
    return Moves(tuple(former), first, private)


def addresses_to_keep(garden: Garden) -> Iterator[KeptAddress]:
    """What is to be kept of a garden: every published note, with the addresses that lead to it still."""
    before: dict[NoteId, list[Url]] = {}
    for url, now in garden.moved.items():
        before.setdefault(now, []).append(url)
    for id, note in garden.notes.items():
        yield KeptAddress(
            note=id,
            url=garden.urls[id],
            digest=note.digest,
            words=sketch_of(note),
            own_id=note.own_id,
            former=tuple(sorted(before.get(id, ()))),
            first=garden.first_ids.get(id, ""),
        )


def sketch_of(note: Note) -> str:
    """Some of the note's words as hashes, in hexadecimal; empty for a note of too few."""
    words = {
        word for section in note.sections for text in section.paragraphs for word in phrase_form(text).split()
    }
    if len(words) < MIN_SKETCH_WORDS:
        return ""
    hashes = sorted(blake2b(word.encode(), digest_size=_HASH_BYTES).hexdigest() for word in words)
    return "".join(hashes[:SKETCH_WORDS])


def share_of_words(one: str, other: str) -> float:
    """How alike two sketches are, 0 to 1: the share of the smallest hashes of both that each has (Broder, 1997)."""
    ours, theirs = _hashes(one), _hashes(other)
    smallest = sorted(ours | theirs)[: min(len(ours), len(theirs), SKETCH_WORDS)]
    return sum(each in ours and each in theirs for each in smallest) / len(smallest) if smallest else 0.0


def _hashes(sketch: str) -> frozenset[str]:
    size = 2 * _HASH_BYTES
    return frozenset(sketch[start : start + size] for start in range(0, len(sketch), size))


def _recognised(
    kept: Sequence[KeptAddress], notes: Mapping[NoteId, Note], withheld: frozenset[NoteId]
) -> dict[NoteId, KeptAddress]:
    """What was kept of each note: under its own path, or under that of a note that is gone and seems to be this one."""
    found = {one.note: one for one in kept if one.note in notes}
    gone = {one.note: one for one in kept if one.note not in notes and one.note not in withheld}
    new = {id: note for id, note in notes.items() if id not in found}
    for pairs in (
        _alike(gone, new, lambda one: one.own_id, lambda note: note.own_id),
        _alike(gone, new, lambda one: one.digest, lambda note: note.digest),
    ):
        _take(pairs, found, gone, new)
    _take(_alike_in_words(gone, new), found, gone, new)
    return dict(sorted(found.items()))


def _take(
    pairs: Iterable[tuple[NoteId, NoteId]],
    found: dict[NoteId, KeptAddress],
    gone: dict[NoteId, KeptAddress],
    new: dict[NoteId, Note],
) -> None:
    for before, now in list(pairs):
        found[now] = gone.pop(before)
        del new[now]


def _alike(
    gone: Mapping[NoteId, KeptAddress],
    new: Mapping[NoteId, Note],
    of_kept: Callable[[KeptAddress], str],
    of_note: Callable[[Note], str],
) -> Iterator[tuple[NoteId, NoteId]]:
    """Pairs with the same mark, which nothing else on either side has."""
    marks = Counter(of_kept(one) for one in gone.values())
    now = Counter(of_note(note) for note in new.values())
    places = {of_note(note): id for id, note in new.items()}
    for before, one in gone.items():
        mark = of_kept(one)
        if mark and marks[mark] == 1 and now[mark] == 1:
            yield before, places[mark]


def _alike_in_words(
    gone: Mapping[NoteId, KeptAddress], new: Mapping[NoteId, Note]
) -> Iterator[tuple[NoteId, NoteId]]:
    """Pairs of which each is the other's most alike, in words and then in name."""
    if not gone or not new:
        return
    sketches = {id: sketch_of(note) for id, note in new.items()}
    having: dict[str, list[NoteId]] = {}
    for id, sketch in sketches.items():
        for word in _hashes(sketch):
            having.setdefault(word, []).append(id)
    found: dict[NoteId, list[tuple[_Likeness, NoteId]]] = {id: [] for id in (*gone, *new)}
    for before, one in gone.items():
        for now in sorted({id for word in _hashes(one.words) for id in having.get(word, ())}):
            is_called_so = _name(before) == _name(now)
            share = share_of_words(one.words, sketches[now])
            if share >= (SAME_NAME_SHARE if is_called_so else OTHER_NAME_SHARE):
                found[before].append(((share, is_called_so), now))
                found[now].append(((share, is_called_so), before))
    for before in gone:
        now = _only_best(found[before])
        if now and _only_best(found[now]) == before:
            yield before, now


def _only_best(found: Iterable[tuple[_Likeness, NoteId]]) -> NoteId:
    """The note that is more alike than every other; empty where none is."""
    ranked = sorted(found, reverse=True)[:2]
    if not ranked or (len(ranked) == 2 and ranked[0][0] == ranked[1][0]):
        return ""
    return ranked[0][1]


def _name(note: NoteId) -> str:
    return fold(note.rpartition("/")[2])


def _judge_of(reading: Reading, urls: Mapping[NoteId, Url]) -> Callable[[Url], bool]:
    """Says whether an address tells of nothing that is private now: no note's name, no folder with only such notes."""
    private = {fold(page_url(name)) for name in (*reading.withheld, *reading.withheld_names)}
    names = {url.rpartition("/")[2] for url in private}
    public = {folder for url in urls.values() for folder in _folders(fold(url))}
    folders = {folder for url in private for folder in _folders(url)} - public

    def may_be_told(url: Url) -> bool:
        url = fold(url)
        return url.rpartition("/")[2] not in names and not folders.intersection(_folders(url))

    return may_be_told


def _folders(url: Url) -> list[str]:
    return list(accumulate(url.split("/")[:-1], lambda above, name: f"{above}/{name}"))
