"""What follows from neighbouring notes is kept, and is after any edit what making it anew gives."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from notegen.cache import VectorCache, open_cache
from notegen.model import Garden, Passage
from notegen.packed import unpacker
from notegen.search import group_words
from notegen.search.inverted_index import make_inverted_index
from notegen.search.note_groups import (
    MIN_GROUPS_IN_BLOCKS,
    NoteGroup,
    group_blocks,
    note_groups,
    unknown_groups,
    values_of_groups,
)
from notegen.search.numbering import by_number, number_notes
from notegen.semantic.passages import PackedPassages
from notegen.workers.helpers import Helpers
from tests.support import searchable_garden as made
from tests.support.gardens import Texts, grow


def texts_of(count: int) -> dict[str, str]:
    """Notes of a heading and a line."""
    return {f"{number:03}.md": f"# Note {number}\n\nThe tide of {number}.\n" for number in range(count)}


def made_anew(passages: tuple[Passage, ...], cache: VectorCache | None, fact: bytes = b"") -> list[int]:
    """Gives the sizes of the groups whose value was made and not known."""
    asked: list[int] = []

    def derive(group: NoteGroup) -> int:
        asked.append(len(group.passages))
        return len(group.passages)

    groups = note_groups(passages)
    unknown = unknown_groups("size", groups, cache, facts=[fact] * len(groups))
    found = values_of_groups("size", groups, derive, cache, unpacker(int), facts=[fact] * len(groups))
    assert list(found) == [len(group.passages) for group in groups]
    assert [len(group.passages) for group in unknown] == asked
    return asked


def test_an_edit_makes_one_group_anew_and_so_does_a_note_more(tmp_path: Path) -> None:
    """Seldom the next one too, and another fact all of them; no cache remembers nothing."""
    texts = texts_of(200)
    before, edited, more = (
        made.passages(grow(each))
        for each in (texts, {**texts, "100.md": "# Another\n"}, {**texts, "100b.md": "# More\n"})
    )
    groups = note_groups(before)
    assert [passage for group in groups for passage in group.passages] == [*before]
    assert len(groups) >= 8
    with open_cache(tmp_path) as cache:
        assert len(made_anew(before, cache)) == len(groups)
        assert len(made_anew(before, cache)) == 0
        assert len(made_anew(edited, cache)) == 1
        assert 1 <= len(made_anew(more, cache)) <= 3
        assert len(made_anew(before, cache, b"another")) == len(groups)
    assert len(made_anew(before, None)) == len(groups)


def test_an_edit_joins_one_block_of_groups_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks hold all groups in order, and a small garden has none."""
    texts = texts_of(200)
    before, edited = (
        note_groups(made.passages(grow(each))) for each in (texts, {**texts, "100.md": "# A\n"})
    )
    assert group_blocks(before) == []
    monkeypatch.setattr("notegen.search.note_groups.MIN_GROUPS_IN_BLOCKS", 2)
    blocks = group_blocks(before)
    assert [group for block in blocks for group in block.groups] == before
    assert 1 < len(blocks) < len(before)
    assert len({block.digest for block in blocks} - {block.digest for block in group_blocks(edited)}) == 1


def test_packed_passages_are_in_the_same_groups() -> None:
    """Which are known by their passages as they are packed."""
    garden = grow(texts_of(100))
    packed = PackedPassages.of(garden.notes)
    one, other = note_groups(made.passages(garden)), note_groups(packed)
    assert [(group.notes, [*group.passages]) for group in one] == [
        (group.notes, [*group.passages]) for group in other
    ]
    assert len({group.digest for group in other}) == len(other)


@pytest.mark.parametrize("least", [MIN_GROUPS_IN_BLOCKS, 2])
def test_words_that_are_known_of_most_notes_are_those_that_are_counted_anew(
    least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever changes of a note that counts: its text, other names, tags, where a link leads, language, file.

    Also where groups are joined in blocks first.
    """
    text = "# Note\n\nThe Gartenzaun and the Garten, a Zaun, of C++ and readFile at 東京: [a/b](a/b).\n"
    texts: Texts = {**texts_of(40), "020b.md": text}
    changed: list[Texts] = [
        {"020b.md": text.replace("Zaun,", "Zaun, café,")},
        {"020b.md": text.replace("# Note", "# Quay")},
        {"020b.md": text.replace("](a/b)", "](c)")},
        {"020b.md": (text, {"aliases": ["Quay"]})},
        {"020b.md": (text, {"tags": ["sea/salt"]})},
        {"020b.md": (text, {"language": "de"})},
        {"020b.md": (text, {"language": "de"}), "030.md": ("# Den Zäunen", {"language": "de"})},
        {"020c.md": text},
        {"000.md": text},
        {"039.md": "# Last\n"},
    ]
    after_each = [words_of({**texts, **change}, None) for change in changed]
    anew, german, nothing = words_of(texts, None), words_of(texts, None, language="de"), words_of({}, None)
    monkeypatch.setattr("notegen.search.note_groups.MIN_GROUPS_IN_BLOCKS", least)
    with open_cache(tmp_path) as cache:
        assert words_of(texts, cache) == words_of(texts, None) == anew
        for change, after in zip(changed, after_each, strict=True):
            assert words_of({**texts, **change}, cache) == after != anew
        assert words_of(texts, cache, language="de") == german != anew
        assert words_of({}, cache) == nothing


@pytest.fixture(scope="module")
def two_gardens() -> tuple[Garden, Garden]:
    """One, and what it is after an edit."""
    texts = texts_of(200)
    return grow(texts), grow({**texts, "100.md": "# Another quay\n"})


@pytest.fixture(scope="module")
def words_of_both(two_gardens: tuple[Garden, Garden]) -> list[dict[str, object]]:
    """What one process counts in them."""
    return [index_of(garden, None) for garden in two_gardens]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is forked")
@pytest.mark.parametrize("least", [MIN_GROUPS_IN_BLOCKS, 2])
@pytest.mark.parametrize("fate", ["well", "killed", "failing"])
@pytest.mark.parametrize("others", [1, 3])
def test_words_that_several_count_are_those_that_one_counts(
    others: int,
    fate: str,
    least: int,
    two_gardens: tuple[Garden, Garden],
    words_of_both: list[dict[str, object]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever becomes of the others; what they counted is known afterwards, and nothing known is counted."""
    monkeypatch.setattr("notegen.workers.forked._is_alone", lambda: True)
    monkeypatch.setattr("notegen.search.note_groups.MIN_GROUPS_IN_BLOCKS", least)
    home, count = os.getpid(), group_words._count_group

    def count_or_end(group: Any, *facts: Any) -> object:
        if "150.md" in group.notes and os.getpid() != home and fate != "well":
            os.kill(os.getpid(), signal.SIGKILL) if fate == "killed" else 1 / 0
        return count(group, *facts)

    garden, edited = two_gardens
    alone, after = words_of_both
    monkeypatch.setattr(group_words, "_count_group", count_or_end)
    with open_cache(tmp_path) as cache, Helpers() as helpers:
        helpers.begin(others)
        assert index_of(garden, None, helpers=helpers) == alone
        assert not helpers.are_there  # which make room for what is joined
        helpers.begin(others)
        assert index_of(garden, cache, helpers=helpers) == alone
        helpers.begin(others)
        with monkeypatch.context() as patched:
            patched.delattr(group_words, "_count_group")
            assert index_of(garden, cache, helpers=helpers) == alone
        helpers.begin(others)
        assert index_of(edited, cache, helpers=helpers) == index_of(edited, cache) == after


def words_of(texts: Texts, cache: VectorCache | None, *, language: str = "en") -> dict[str, object]:
    """All that the index of words of a garden of these says."""
    return index_of(grow(texts), cache, language=language)


def index_of(
    garden: Garden, cache: VectorCache | None, *, language: str = "en", helpers: Helpers | None = None
) -> dict[str, object]:
    """All that the index of words of a garden says."""
    return asdict(
        make_inverted_index(garden, made.passages(garden), language=language, cache=cache, helpers=helpers)
    )


def test_packed_passages_are_numbered_without_being_read() -> None:
    """As those are that are not packed; groups of them are packed too."""
    garden = grow(texts_of(100))
    numbers = number_notes(garden.notes)
    one = by_number(made.passages(garden), numbers)
    other = by_number(PackedPassages.of(garden.notes), numbers)
    assert isinstance(other.passages, PackedPassages)
    assert [*other.passages] == [*one.passages]
    assert (other.order.tolist(), other.counts) == (one.order.tolist(), one.counts)
    assert all(isinstance(group.passages, PackedPassages) for group in note_groups(other.passages))
