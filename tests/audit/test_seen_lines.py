"""Lines that were seen are told from new ones, however many there are."""

from random import Random

import pytest

from notegen.audit import seen_lines
from notegen.audit.seen_lines import SeenLines


def test_lines_are_new_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a set of all of them would say, each with the last of its places; over and over put in order."""
    monkeypatch.setattr(seen_lines, "_RECENT", 50)
    chance, seen, known = Random(1), SeenLines(), set[int]()
    numbers = [chance.randrange(-(2**63), 2**63) for _ in range(900)] + [-(2**63), 2**63 - 1, 0]
    for _ in range(200):
        marks = chance.choices(numbers, k=chance.randrange(30))
        expected = {mark: place for place, mark in enumerate(marks) if mark not in known}
        assert seen.new_among(marks) == expected
        known.update(marks)
    assert seen.new_among(numbers).keys() == set(numbers) - known
    assert seen.new_among(numbers) == {}
