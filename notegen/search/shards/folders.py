"""Where the pieces of an index lie, and what its version is called.

A piece cannot be read alone: its notes are numbers, its vectors are levels. So each kind of piece has a folder that is
named after what its pieces are read by, such as the table of numbers. A page that knows an older build then finds
pieces that it can read, of that build or of a later one; or it finds none, and asks which index the site has now.
Pieces of two builds may be mixed so, and then differ only in what an edit changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from msgspec import Struct

from notegen.model import KnownFile, OutputFile
from notegen.page_data import FOLDER_DIGEST_BYTES, digest_of
from notegen.search.numbering import table_size
from notegen.search.rules import page_rules
from notegen.search.vector_index import VectorIndex

FORMAT = 9
"""Goes up with every change of the index's format; the page's script and the index are of one build."""

_FOLDER_DIGITS = 6
"""Fewer than names have that change with all content, which browsers may keep for ever."""


class Version:
    """The name of all that files hold, one added after the other."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=FOLDER_DIGEST_BYTES)

    def add(self, file: OutputFile) -> None:
        """Counts a file in."""
        digest = file.digest if isinstance(file, KnownFile) else digest_of(file.read())
        self._digest.update(f"{file.url}\0".encode("utf-8", "surrogatepass") + digest)

    def name(self) -> str:
        """Of all files so far."""
        return self._digest.hexdigest()


class Folders(Struct, frozen=True):
    """Where the pieces lie."""

    names: dict[str, str]
    """`notes` are words, names, texts and filters, which give notes by their numbers; `table` is the query table,
    `vectors` the passages' vectors, both in the space that was learned and there only where one was."""
    space: bytes
    """A digest of that; empty where there is none."""


def notes_folder(count: int) -> str:
    """Where words, names, texts and filters of so many notes lie."""
    return _name(_digest_of([_rules(), str(table_size(count)).encode()]))


def folders_of(count: int, counts: Sequence[int], vectors: VectorIndex | None) -> Folders:
    """The folders, by what lies in them.

    Args:
        count: of the notes.
        counts: how many passages the note of each number has.
        vectors: of the passages; None where the site is searched by words only.
    """
    notes = notes_folder(count)
    if vectors is None:
        return Folders({"notes": notes}, b"")
    space = _digest_of([_rules(), *_learned(vectors)])
    places = space.copy()
    places.update(notes.encode())
    # Passages of the one cluster have no numbers, but an order.
    places.update(repr(list(counts)).encode() if len(vectors.centroids) == 2 else b"")
    return Folders({"notes": notes, "table": _name(space), "vectors": _name(places)}, space.digest())


def _rules() -> bytes:
    return f"{FORMAT} {page_rules()}".encode()


def _learned(vectors: VectorIndex) -> Iterator[bytes]:
    """All that vectors are written by, and the rows of the query table."""
    yield repr(vectors.tokens).encode("utf-8", "surrogatepass")
    for part in (vectors.rows, vectors.centroids, vectors.residuals):
        yield repr((part.quantizer.max_step, part.max_scale)).encode()
        yield part.quantizer.bits.tobytes()
        yield part.quantizer.steps.tobytes()
    for part in (vectors.rows, vectors.centroids):
        yield part.levels.tobytes()
        yield part.scales.tobytes()
    yield vectors.centroid_norms.tobytes()


def _digest_of(parts: Iterable[bytes]) -> blake2b:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return digest


def _name(digest: blake2b) -> str:
    return digest.hexdigest()[:_FOLDER_DIGITS]
