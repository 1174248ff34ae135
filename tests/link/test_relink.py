"""A garden after an edit, taken from the garden before, is the one that is linked anew."""

import random
from datetime import date

import pytest

from notegen.link import garden
from notegen.link.backlinks import PackedBacklinks
from notegen.link.garden import link_garden
from notegen.link.relink import relinked
from notegen.model import Garden, Reading, Source
from notegen.parse import parse_note

TEXTS = {
    "Harbour.md": "# Harbour\n\nBoats and [[Salt#Uses]].\n\n## Tides\n\nHigh and low.",
    "Salt.md": "# Salt\n\nFrom the [[Harbour#Tides]], [[Nobody]].\n\n## Uses\n\nBread. ^use",
    "deep/Bread.md": "---\ntags: [food]\n---\nFlour, [[Salt]], [[2024-05-06]].\n\n![[Harbour#Tides]]",
    "Diary.md": "On [[2024-05-06]] in the [[Harbour]], [[Salt/Uses]], #food",
}


def differing(one: Garden, other: Garden) -> list[str]:
    """The parts in which two gardens are not the same, the order of what they list too; problems aside."""
    names = [field for field in Garden.__struct_fields__ if field != "problems"]
    pairs = {name: (getattr(one, name), getattr(other, name)) for name in [*names, "neighbours"]}
    return [name for name, (a, b) in pairs.items() if a != b or (isinstance(a, dict) and [*a] != [*b])]


@pytest.mark.parametrize(
    ("note", "text", "is_taken"),
    [
        ("Harbour.md", "# Harbour\n\nOnly words.\n\n## Tides\n\nHigh.", True),
        ("Harbour.md", "# Harbour\n\nBoats.\n\n## Ebb\n\nLow.", False),
        ("Harbour.md", "# Harbour\n\n## Quay\n\nNew.\n\n## Tides\n\nHigh.", True),
        ("Salt.md", "# Salt\n\n## Origins\n\nBread. ^use", True),
        ("Salt.md", "# Salt\n\n[[Bread]] [[2025-01-01]]\n\n## Uses\n\nBread. ^use", True),
        ("Diary.md", "No day, #food", True),
        ("Diary.md", "On [[2024-05-06]], #food #drink", False),
        ("Salt.md", "# Sea salt\n\n## Uses\n\nBread. ^use", False),
        ("Salt.md", "# Salt\n\n## Uses\n\nBread. ^other", False),
        ("Salt.md", "# Salt\n\n![[Harbour]]\n\n## Uses\n\nBread. ^use", False),
        ("Salt.md", "---\naliases: [NaCl]\n---\n# Salt\n\n## Uses\n\nBread. ^use", False),
    ],
)
def test_an_edit_gives_the_same_garden(note: str, text: str, is_taken: bool) -> None:
    """Or none, where other notes may be led elsewhere by it."""
    notes = {id: parse_note(source_of(id, text)) for id, text in TEXTS.items()}
    before = link_garden(notes.values(), READING)
    assert before.garden.neighbours
    edited = parse_note(source_of(note, text))
    after = relinked(before, [edited])
    assert (after is not None) == is_taken
    if after is not None:
        whole = link_garden({**notes, note: edited}.values(), READING)
        assert differing(after.garden, whole.garden) == []


def test_backlinks_of_large_gardens_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are packed there, after an edit as well; of a note that nobody links to any more there are none."""
    notes = {id: parse_note(source_of(id, text)) for id, text in TEXTS.items()}
    edited = parse_note(source_of("deep/Bread.md", "---\ntags: [food]\n---\n[[Diary]] ![[Harbour#Tides]]"))
    plain = link_garden(notes.values(), READING)
    after = relinked(plain, [edited])
    monkeypatch.setattr(garden, "PACKED_FROM", 0)
    packed = link_garden(notes.values(), READING)
    packed_after = relinked(packed, [edited])
    assert after
    assert packed_after
    assert differing(after.garden, packed_after.garden) == []
    assert differing(plain.garden, packed.garden) == []
    assert isinstance(packed_after.garden.backlinks, PackedBacklinks)
    assert [*packed_after.garden.backlinks] == [*after.garden.backlinks]


@pytest.mark.parametrize("seed", range(5))
def test_many_edits_one_after_the_other_give_the_same_garden(seed: int) -> None:
    """Each taken from what the edit before gave."""
    draw = random.Random(seed)
    notes = {id: parse_note(source_of(id, text)) for id, text in TEXTS.items()}
    linked, taken = link_garden(notes.values(), READING), 0
    for _ in range(40):
        note = draw.choice([*TEXTS])
        pieces = TEXTS[note].split("\n\n")
        draw.shuffle(pieces)
        more = draw.choice(
            ["", "[[Salt]]", "[[Bread#Tides]]", "[[2024-05-06]] [[2024-05-07]]", "## Tides", "#food"]
        )
        edited = parse_note(source_of(note, "\n\n".join([*pieces[: draw.randint(1, 4)], more])))
        notes[note] = edited
        whole = link_garden(notes.values(), READING)
        again = relinked(linked, [edited])
        if again is not None:
            taken += 1
            assert differing(again.garden, whole.garden) == []
        linked = again or whole
        assert linked.garden.neighbours
    assert taken > 5


READING = Reading((), {}, frozenset())


def source_of(id: str, text: str) -> Source:
    """The note's source."""
    properties: dict[str, object] = {"tags": ["food"]} if "tags: [food]" in text else {}
    properties |= {"aliases": ["NaCl"]} if "aliases:" in text else {}
    return Source(
        id, text.rpartition("---\n")[2], 1, {"date": "2024-01-01", **properties}, "0" * 32, date(2024, 1, 1)
    )
