"""A remembered note is the one that parsing gives, for as long as nothing that made it changes."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from notegen.cache import VectorCache, open_cache
from notegen.config import Config
from notegen.model import Note, Source
from notegen.parse import cached_notes, parse_notes
from notegen.paths import CACHE_FILE
from notegen.read import read_sources

GARDENS = sorted((Path(__file__).parent.parent / "gardens").iterdir())


def noted(
    sources: Sequence[Source], cache: VectorCache | None, *settings: object
) -> tuple[tuple[Note, ...], list[str]]:
    """The notes, and the ids of those that were parsed for them."""
    given: list[str] = []

    def parse(some: Sequence[Source]) -> tuple[Note, ...]:
        given.extend(source.id for source in some)
        return parse_notes(some)

    return cached_notes(sources, parse, cache, settings=settings), given


@pytest.mark.parametrize("garden", GARDENS, ids=lambda path: path.name)
def test_what_is_remembered_equals_what_was_parsed(garden: Path, tmp_path: Path) -> None:
    """Every note of the golden gardens, in every field; the second time nothing is parsed."""
    sources = read_sources(garden, Config()).sources
    with open_cache(tmp_path) as cache:
        first, parsed = noted(sources, cache)
        assert parsed == [source.id for source in sources]
        again, parsed = noted(sources, cache)
    assert parsed == []
    assert again == first == parse_notes(sources)


def test_only_what_changed_is_parsed(tmp_path: Path) -> None:
    """A text, a property, a time of the file, a setting: whatever parsing reads."""
    one, two = source("a.md", "Tides."), source("b.md", "Moons.")
    with open_cache(tmp_path) as cache:
        noted([one, two], cache)
        for other in (
            replace(one, text="Tides rise."),
            replace(one, properties={"tags": "sea"}),
            replace(one, properties={"tags": "sea", "kind": "b"}),
            replace(one, properties={"kind": "b", "tags": "sea"}),
            replace(one, modified=one.modified.replace(year=1999)),
            replace(one, tool="logseq"),
        ):
            notes, parsed = noted([other, two], cache)
            assert parsed == ["a.md"]
            assert notes == parse_notes([other, two])
        assert noted([one, two], cache, {"b", "a"})[1] == ["a.md", "b.md"]
        assert noted([one, two], cache, {"a", "b"})[1] == []


def test_a_spoiled_entry_is_parsed_again(tmp_path: Path) -> None:
    """Bytes that fail their check, and bytes that pass it and are no note."""
    one = source("a.md", "Tides.")
    for spoil in ("UPDATE derived SET content = x'00'", "UPDATE derived SET key = key || x'00'"):
        with open_cache(tmp_path) as cache:
            noted([one], cache)
        with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
            connection.execute(spoil)
        connection.close()
        with open_cache(tmp_path) as cache:
            notes, parsed = noted([one], cache)
        assert parsed == ["a.md"]
        assert notes == parse_notes([one])


def test_without_a_cache_all_is_parsed() -> None:
    """In order."""
    sources = [source("a.md", "Tides."), source("b.md", "Moons.")]
    assert noted(sources, None) == (parse_notes(sources), ["a.md", "b.md"])


def source(id: str, text: str) -> Source:
    """A note's file as it is read."""
    garden = read_sources(GARDENS[0], Config()).sources[0]
    return replace(garden, id=id, text=text, properties={}, head="", title="", names=(), tool="plain")
