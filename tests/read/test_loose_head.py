"""What looks like settings somewhere below the top of a note is found in one reading of each line."""

import pytest

from notegen.read.loose_head import loose_heads

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
