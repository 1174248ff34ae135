"""Things that follow each other, in groups that change little when one comes or goes."""

from itertools import chain

from notegen.groups import in_groups

NAMES = [f"note {number}.md" for number in range(2000)]


def test_groups_hold_all_things_in_order() -> None:
    """None is empty; there are about as many as are said; names that are no Unicode have a place too."""
    groups = [*in_groups(NAMES, str)]
    assert [*chain(*groups)] == NAMES
    assert all(groups)
    assert 15 <= len(groups) <= 60
    assert [*in_groups([], str)] == []
    assert [*in_groups(["\ud800"], str)] == [["\ud800"]]


def test_a_thing_more_or_less_changes_a_group_or_two() -> None:
    """Where groups end is said by names alone, not by how many things come before."""
    before = {tuple(group) for group in in_groups(NAMES, str)}
    for place in range(0, len(NAMES), 50):
        less = {tuple(group) for group in in_groups([*NAMES[:place], *NAMES[place + 1 :]], str)}
        assert len(before - less) <= 2
        more = {tuple(group) for group in in_groups([*NAMES[:place], "new.md", *NAMES[place:]], str)}
        assert len(before - more) <= 1
