"""The way from one page to another."""

from posixpath import dirname, relpath
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from notegen.paths import href

PARTS = st.sampled_from(("a", "b", "c d", "é", ".x", "a.html", "b~2.html"))
PATHS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


@given(PATHS, PATHS)
def test_the_way_is_the_one_that_the_system_has_for_paths(page: str, target: str) -> None:
    """However deep they lie, whatever they share, also where one is a folder of the other."""
    if page != target:
        assert unquote(href(page, target)) == relpath(target, dirname(page) or ".")
