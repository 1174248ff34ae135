"""The constants that Python and the page share."""

import json

import pytest

from notegen.search import rules
from notegen.search.shards import manifest_url
from tests.support import searchable_garden as made


def test_a_page_is_told_constants_by_their_own_names() -> None:
    """In small letters, with their values to the last bit."""
    told = json.loads(json.dumps(rules.page_rules()))
    assert {name.upper(): value for name, value in told.items()} == {
        name.upper(): json.loads(json.dumps(getattr(rules, name.upper()))) for name in told
    }
    assert told["highlight_idf_share"] == 1 / 3


def test_other_rules_give_the_index_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser may keep what it has."""
    garden = made.garden()
    passages = made.passages(garden)
    before = manifest_url(garden, passages, None, weight=0.5)
    monkeypatch.setattr(rules, "MAX_SNIPPET_LENGTH", 300)
    assert manifest_url(garden, passages, None, weight=0.5) != before
