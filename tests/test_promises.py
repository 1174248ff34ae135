"""What the README promises is held by tests that say so: see `tests/support/promises.py`."""

from pathlib import Path

from tests.support.promises import README, ROOT, Quote, faults, promises_of, quotes_in, table

EXAMPLE = """# boats

A boat floats, and
carries [people](people.md).

1. **It is light.** Two lift it; one `person` sails it.
2. **It lasts**, in salt water too.
"""


def test_every_promise_is_held_and_every_quote_is_of_a_promise() -> None:
    """Clause by clause."""
    assert faults(promises_of(README.read_text("utf-8")), quotes_in(ROOT / "tests")) == []


def test_a_promise_that_nobody_holds_and_a_quote_of_none_are_found() -> None:
    """A title is no clause; a quote may be part of a clause or run over several."""
    quotes = [
        Quote("floats, and carries", "a"),
        Quote("It is light. Two", "b"),
        Quote("salt water", "c"),
        Quote("Two row it", "d"),
    ]
    assert faults(promises_of(EXAMPLE), quotes) == [
        "no test holds `one person sails it`",
        "no test holds `It lasts`",
        "d quotes `Two row it`, which the README does not promise",
    ]


def test_the_table_has_each_clause_with_its_tests() -> None:
    """In the README's order."""
    quotes = [Quote("A boat floats", "a"), Quote("floats, and", "b"), Quote("It lasts", "c")]
    assert list(table(promises_of(EXAMPLE), quotes)) == [
        "| promise | held by |",
        "|---|---|",
        "| A boat floats | `a`<br>`b` |",
        "| and carries people | `b` |",
        "| Two lift it |  |",
        "| one person sails it |  |",
        "| It lasts | `c` |",
        "| in salt water too |  |",
    ]


def test_quotes_are_read_from_the_marks_of_tests(tmp_path: Path) -> None:
    """Each with the name that pytest takes, whatever other marks there are."""
    (tmp_path / "tests/sea").mkdir(parents=True)
    (tmp_path / "tests/sea/test_boat.py").write_text(
        "@pytest.mark.promise('A boat floats', 'It lasts')\n@pytest.mark.slow\n@other\ndef test_it():\n    pass\n"
    )
    name = "tests/sea/test_boat.py::test_it"
    assert quotes_in(tmp_path / "tests") == [Quote("A boat floats", name), Quote("It lasts", name)]
