"""What looks like settings somewhere below the top of a note is found in one reading of each line."""

import pytest

from notegen.read.front_matter import split_front_matter
from notegen.read.loose_head import loose_heads
from notegen.read.visibility import read_visibility

ROW = 10_000
"""Signs: of so many the cube is a time that nobody waits for."""


@pytest.mark.parametrize("sign", "-+;*=_—.")
def test_a_long_row_of_signs_that_is_no_fence_is_read_once(sign: str) -> None:
    """As the line under a table's head, which begins and ends with a bar."""
    row = f"|{sign * ROW}|"
    assert loose_heads(f"A tide.\n\n{row}\n\n---\nsecret: [\n{row}\n") == ()


@pytest.mark.parametrize("fence", ["---", "> ---", "+++ toml", "—-", "___", "***", "| ;;; yaml-x "])
def test_lines_between_fences_below_text_are_settings(fence: str) -> None:
    """Of any signs that a tool or a typing program makes of them."""
    (head,) = loose_heads(f"A tide.\n\n{fence}\ndraft: true\n---\nMore.\n")
    assert (head.text, head.line) == ("draft: true", 3)


@pytest.mark.parametrize("signs", ["{", "\t{>>", ",;", "{--}}", "&\u00a0"])
def test_a_flag_behind_many_signs_is_found_in_one_reading_of_them(signs: str) -> None:
    """A brace and commas may stand before a key: each row of signs is gone through once, not from every one on."""
    row = f"{{{signs * (100_000 // len(signs))}"
    front = split_front_matter(f"{row}\n\nA tide.\n", "n.md")
    assert not read_visibility(front, "n.md", {"private"}).withheld
    for said in ("private: true", "x, 'draft' : yes", "x & tags: private"):
        assert read_visibility(
            split_front_matter(f"{row}{said}\n\nA tide.\n", "n.md"), "n.md", {"private"}
        ).withheld
