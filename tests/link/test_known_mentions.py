"""Mentions that are remembered are those that a search finds, and few notes are searched for a name more or less."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.cache import VectorCache, open_cache
from notegen.link import known_mentions
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import NoteId
from notegen.note_memory import NoteMemory
from tests.support.gardens import grow

WORDS = (
    "spring",
    "tide",
    "the",
    "ebb",
    "low",
    "water",
    "潮汐表",
    "Évora",
    "C++",
    "[[Tide]]",
    "`tide`",
    "x.tide",
    "—",
)
NAMES = (
    "Spring tide",
    "Tide",
    "The ebb",
    "Low water",
    "Water low",
    "潮汐表",
    "潮汐",
    "Evora",
    "Ebb the tide",
    "The",
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorCache]:
    """One for all gardens, as one person has."""
    with open_cache(tmp_path_factory.mktemp("cache")) as cache:
        yield cache


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), min_size=1, max_size=6),
    st.sets(st.sampled_from(NAMES)),
)
def test_what_is_remembered_is_what_is_found(
    cache: VectorCache, texts: Sequence[Sequence[str]], names: set[str]
) -> None:
    """Whatever other texts, names and links there were in gardens before."""
    notes = {f"{number}.md": f"{' '.join(words)}.\n" for number, words in enumerate(texts)}
    garden = grow({**notes, **{f"{name}.md": f"# {name}\n\nWhat it is.\n" for name in names}})
    assert find_unlinked_mentions(garden, NoteMemory(garden, cache)) == find_unlinked_mentions(garden)


GARDEN = {
    **{f"plain {number}.md": f"# {number}\n\nMud and gulls, {number}.\n" for number in range(40)},
    "quay.md": "# Quay\n\nThe spring comes, and a neap tide with it.\n",
    "pilot.md": "# Pilot\n\nHe waits for a spring tide at the quay.\n",
    "boat.md": "# Boat\n\nA [[quay]], a spring and a tide.\n",
}
OTHERS: list[tuple[dict[str, str], list[str]]] = [
    ({}, []),
    ({"tides.md": "# Spring tide\n\nHigh.\n"}, ["boat.md", "pilot.md", "quay.md", "tides.md"]),
    ({"tides.md": "# Storm tide\n\nHigh.\n"}, ["boat.md", "pilot.md", "quay.md", "tides.md"]),
    ({"tides.md": "# Storm tide\n\nHigh.\n"}, []),
    ({"tides.md": "# Storm surge\n\nHigh.\n"}, ["tides.md"]),
    ({"tides.md": "# Neap gulls\n\nHigh.\n"}, ["tides.md"]),
    ({"plain 7.md": "# 7\n\nGulls at a quay.\n", "tides.md": "# Neap gulls\n\nHigh.\n"}, ["plain 7.md"]),
    ({}, ["plain 7.md"]),
]


def test_a_name_is_looked_for_where_all_its_words_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where it was; what is known for the names of the build before is written down for those there are now."""
    searched: list[str] = []
    made = NoteMemory.made_by_several

    def noting(self: NoteMemory, some: Sequence[NoteId], *rest: Callable[..., bytes]) -> Iterator[object]:
        searched.extend(some)
        return made(self, some, *rest)  # type: ignore[arg-type]  # the rest as it came

    monkeypatch.setattr(NoteMemory, "made_by_several", noting)
    monkeypatch.setattr(known_mentions, "_NOTES_AT_ONCE", 25)
    with open_cache(tmp_path) as cache:
        for number, (changed, expected) in enumerate([({}, sorted(GARDEN)), *OTHERS]):
            garden = grow({**GARDEN, **changed})
            searched.clear()
            found = find_unlinked_mentions(garden, NoteMemory(garden, cache))
            assert sorted(searched) == expected, number
            assert found == find_unlinked_mentions(garden)
