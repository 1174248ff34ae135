"""The words of passages, counted note by note."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from notegen.semantic.related.boilerplate import said_in
from notegen.semantic.related.note_words import PassageWords, forms_of
from notegen.semantic.tfidf import count_words
from tests.support.vector_gardens import garden, vectors

TEXTS = st.lists(st.sampled_from(["sea", "Tides", "moon", "1984", "潮汐", "it's"]), max_size=6).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(["a.md", "b.md", "sea.md"]), TEXTS), min_size=1), st.data())
def test_they_are_those_of_counting_all_passages_at_once(
    passages: list[tuple[str, str]], data: st.DataObject
) -> None:
    """In the same order, for any passages of any notes; each with the title of its note."""
    known = vectors(*((note, [1.0], text) for note, text in sorted(passages, key=lambda pair: pair[0])))
    chosen = data.draw(st.lists(st.integers(0, len(passages) - 1), unique=True).map(sorted))
    grown = garden(known)
    words = PassageWords(grown, known.passages)
    found = words.counts(np.array(chosen, np.intp))
    naive = count_words(
        forms_of(f"{passage.title} {passage.text}")
        for passage in (known.passages[number] for number in chosen)
    )
    assert found.vocabulary == naive.vocabulary
    for name in ("starts", "words", "times"):
        mine, theirs = getattr(found, name), getattr(naive, name)
        assert mine.dtype == theirs.dtype
        np.testing.assert_array_equal(mine, theirs)
    assert words.said == [said_in(forms_of(passage.text)) for passage in known.passages]
