"""Each passage gets its own vector, and only texts that were never seen are encoded."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.cache import VectorCache, open_cache
from notegen.exact import round_rows
from notegen.model import NoteId, Passage
from notegen.semantic import embed as embed_module
from notegen.semantic.embed import (
    count_tokens,
    embed_missing,
    embed_passages,
    embed_pieces,
    keep_rows,
    known_passages,
    text_of,
)
from tests.support.word_encoder import FakeEncoder


class CountingEncoder(FakeEncoder):
    """Gives a text the vector (1, its length), made a unit vector, and remembers what it was asked."""

    dimensions = 2

    def __init__(self, fingerprint: str = "counting") -> None:
        self.fingerprint = fingerprint
        self.asked: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """(n, 2)."""
        self.asked += texts
        for done in range(len(texts)):
            if progress:
                progress(done + 1)
        return np.array([vector_of(text) for text in texts], np.float32).reshape(-1, 2)


class StoppedEncoder(CountingEncoder):
    """Stops at the second batch, as a reader does with Ctrl-C."""

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """(n, 2), once."""
        if self.asked:
            raise KeyboardInterrupt
        return super().encode_passages(texts, progress=progress)


def vector_of(text: str) -> list[float]:
    """The vector that the fake gives."""
    length = float(np.hypot(1, len(text)))
    return [1 / length, len(text) / length]


def passage(text: str, *, title: str = "T", trail: tuple[str, ...] = ()) -> Passage:
    """A passage of which only the text matters."""
    return Passage("a.md", 0, title, trail, "", text)


def test_vectors_are_parallel_to_the_passages() -> None:
    """Row by row, also where two passages are equal."""
    passages = [passage("long text"), passage("x"), passage("long text")]
    vectors = embed_passages(passages, CountingEncoder(), None)
    assert vectors.passages == tuple(passages)
    assert vectors.encoder == "counting"
    made = np.array([vector_of(text_of(each)) for each in passages])
    np.testing.assert_allclose(vectors.matrix, np.round(made * 4000) / 4000, atol=1e-6)


def test_tokens_are_counted_as_passages_are_embedded(tmp_path: Path) -> None:
    """The encoder is not asked later, when it may be unloaded."""
    encoder = CountingEncoder()
    passages = [passage("two words"), passage("x")]
    with open_cache(tmp_path) as cache:
        embed_passages(passages, encoder, cache)
        encoder.count_tokens = None  # type: ignore[method-assign, assignment]
        assert count_tokens(passages, encoder, cache) == (3, 2)


def test_equal_texts_are_encoded_once() -> None:
    """Templates and quotations come often."""
    encoder = CountingEncoder()
    embed_passages([passage("same"), passage("other"), passage("same")], encoder, None)
    assert encoder.asked == ["T\nsame", "T\nother"]


def test_the_encoder_reads_the_title_and_the_headings_above() -> None:
    """A section called `Risks` means little without the note's name."""
    assert text_of(passage("They are few.", title="Moving house", trail=("Plan", "Risks"))) == (
        "Moving house. Plan. Risks\nThey are few."
    )


def test_only_what_is_not_in_the_cache_is_encoded(tmp_path: Path) -> None:
    """The second build asks for the new passage alone and gets the same vectors."""
    with open_cache(tmp_path) as cache:
        first = embed_passages([passage("one"), passage("two")], CountingEncoder(), cache)
        encoder = CountingEncoder()
        second = embed_passages([passage("new"), passage("two"), passage("one")], encoder, cache)
    assert encoder.asked == ["T\nnew"]
    assert second.matrix[[2, 1]].tobytes() == first.matrix.tobytes()


def test_vectors_of_a_note_are_kept_together(tmp_path: Path) -> None:
    """Of two notes that say the same, of one that changes, and of one whose bytes a disk spoiled: as without them."""

    def known(
        texts: dict[str, list[str]], cache: VectorCache, *, spoiled: str = ""
    ) -> tuple[bytes, list[str]]:
        passages = [replace(passage(text), note=note) for note, some in texts.items() for text in some]
        encoder = CountingEncoder()

        def keys(notes: Sequence[NoteId]) -> list[bytes]:
            return [" ".join(texts[note]).encode() for note in notes]

        if spoiled:
            cache.put_derived("rows", dict.fromkeys(keys([spoiled]), b"123"))
        rows = known_passages(passages, encoder, cache, keys=keys)
        matrix = rows.fill(embed_missing(rows, encoder, cache))
        keep_rows(rows, cache)
        assert matrix.tobytes() == embed_passages(passages, CountingEncoder(), None).matrix.tobytes()
        return matrix.tobytes(), encoder.asked

    texts = {"a.md": ["one", "two"], "b.md": ["one", "two"], "c.md": ["three"]}
    with open_cache(tmp_path) as cache:
        first, asked = known(texts, cache)
        assert asked == ["T\none", "T\ntwo", "T\nthree"]
        assert known(texts, cache) == (first, [])
        assert known(texts, cache, spoiled="a.md") == (first, [])
        assert known({**texts, "b.md": ["one", "new"]}, cache)[1] == ["T\nnew"]


def test_another_encoder_shares_nothing(tmp_path: Path) -> None:
    """Its fingerprint is another."""
    with open_cache(tmp_path) as cache:
        embed_passages([passage("one")], CountingEncoder(), cache)
        encoder = CountingEncoder("another")
        embed_passages([passage("one")], encoder, cache)
    assert encoder.asked == ["T\none"]


def test_an_interrupted_build_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every finished batch is kept."""
    monkeypatch.setattr(embed_module, "_AT_ONCE", 2)
    passages = [passage(text) for text in ("a", "bb", "ccc")]
    with open_cache(tmp_path) as cache:
        with pytest.raises(KeyboardInterrupt):
            embed_passages(passages, StoppedEncoder(), cache)
        encoder = CountingEncoder()
        embed_passages(passages, encoder, cache)
    assert encoder.asked == ["T\nccc"]


def test_progress_counts_what_must_be_encoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over all batches; silent when all is known."""
    monkeypatch.setattr(embed_module, "_AT_ONCE", 2)
    passages = [passage(text) for text in ("a", "bb", "ccc")]
    seen: list[tuple[int, int]] = []
    with open_cache(tmp_path) as cache:
        for _ in range(2):
            embed_passages(
                passages, CountingEncoder(), cache, progress=lambda done, total: seen.append((done, total))
            )
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_garden_without_passages_has_no_vectors() -> None:
    """And does not trouble the encoder."""
    encoder = CountingEncoder()
    assert embed_passages([], encoder, None).matrix.shape == (0, 2)
    assert encoder.asked == []


def test_words_are_encoded_once_and_not_taken_for_passages(tmp_path: Path) -> None:
    """A passage of the same text has a vector of its own in the cache; a second build asks for neither."""
    whole = passage("", title="sea")
    with open_cache(tmp_path) as cache:
        encoder = CountingEncoder()
        embed_passages([whole], encoder, cache)
        texts = ["sea", text_of(whole), "sea"]
        seen: list[tuple[int, int]] = []
        vectors = embed_pieces(texts, encoder, cache, progress=lambda done, total: seen.append((done, total)))
        assert encoder.asked == [text_of(whole), "sea", text_of(whole)]
        assert seen[-1] == (2, 2)
        np.testing.assert_array_equal(vectors, round_rows(np.array([vector_of(text) for text in texts])))
        again = CountingEncoder()
        np.testing.assert_array_equal(embed_pieces(texts, again, cache), vectors)
        assert again.asked == []
