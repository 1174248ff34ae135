"""What is left of `%%comments%%` within a line: `hidden.py` has taken them out, up to an empty one inside a link."""

from markdown_it.rules_inline import StateInline


def skip_inline_comment(state: StateInline, silent: bool) -> bool:
    """Skips a comment within a line; one that is never closed runs to the end of its block."""
    if not state.src.startswith("%%", state.pos):
        return False
    end = state.src.find("%%", state.pos + 2, state.posMax)
    state.pos = state.posMax if end < 0 else end + 2
    return True
