"""Keys of a TOML text are found where they stand, however they are written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.toml_places import key_places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a = 1\nb = 2", {("a",): (1, 1), ("b",): (2, 1)}),
        ("a.b = 1", {("a",): (1, 1), ("a", "b"): (1, 3)}),
        (" a . 'b' = 1", {("a",): (1, 2), ("a", "b"): (1, 6)}),
        ("[a] # b = 1\nc = 1", {("a",): (1, 1), ("a", "c"): (2, 1)}),
        ("[a.b]\nc = 1", {("a",): (1, 1), ("a", "b"): (1, 4), ("a", "b", "c"): (2, 1)}),
        ("[[a]]\nb = 1\n[[a]]\nb = 2", {("a",): (1, 1), ("a", "b"): (2, 1)}),
        ("a = { b = 1, c.d = [1, {e = 2}] }\nf = 1", {
            ("a",): (1, 1), ("a", "b"): (1, 7), ("a", "c"): (1, 14), ("a", "c", "d"): (1, 16), ("f",): (2, 1),
        }),
        ('a = """\nb = 1\n"""\nb = 2', {("a",): (1, 1), ("b",): (4, 1)}),
        ("a = '''\nb = 1\n'''\nb = 2", {("a",): (1, 1), ("b",): (4, 1)}),
        ('a = """"b = 1""""\nc = 2', {("a",): (1, 1), ("c",): (2, 1)}),
        ('a = "\\"\\\\" # b\nc = 2', {("a",): (1, 1), ("c",): (2, 1)}),
        ("a = [\n  'b', # c = 1\n  'd',\n]\ne = 1", {("a",): (1, 1), ("e",): (5, 1)}),
        ("a = 1.5\nb = 2024-05-01T10:00:00.5Z\nc = 1", {("a",): (1, 1), ("b",): (2, 1), ("c",): (3, 1)}),
        ('"a\\u0062" = 1', {("ab",): (1, 1)}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_key_is_where_it_is_first_named(text: str, places: dict[tuple[str, ...], tuple[int, int]]) -> None:
    """Tables, dotted keys, tables in braces, and none in texts and comments."""
    tomllib.loads(text)
    assert key_places(text) == places


@given(st.text(st.sampled_from("ab.=[]{}\"'#, \n\\1"), max_size=60))
def test_no_text_is_without_an_end(text: str) -> None:
    """Of TOML every key has a place, and of anything else there is an end."""
    places = key_places(text)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {(key,) for key in table} <= places.keys()


@pytest.mark.parametrize(
    "text",
    ["a = " + "{b = " * 5000, "a = " + "[" * 5000, "a." * 5000 + "b = 1", "[" + "a." * 5000 + "b]\nc = 1", "{" * 5000],
)  # fmt: skip
def test_what_lies_deeper_than_any_setting_has_no_place(text: str) -> None:
    """However deep it is: it ends, and what it begins with has one."""
    places = key_places(text)
    assert max(map(len, places), default=0) <= 21
    assert text[0] == "{" or places[("a",)][0] == 1
