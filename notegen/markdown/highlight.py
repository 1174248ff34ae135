"""`==highlight==`: marked text, which may hold other marks."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline


def highlight_rule(md: MarkdownIt) -> None:
    """Adds `mark_open` and `mark_close`; the text inside may not begin or end with a space."""
    md.inline.ruler.before("emphasis", "highlight", _highlight)


def _highlight(state: StateInline, silent: bool) -> bool:
    start, stop = state.pos, state.posMax
    if not state.src.startswith("==", start) or state.src[start + 2 : start + 3] in ("", " ", "=", "\n"):
        return False
    end = state.src.find("==", start + 2, stop)
    while end > 0 and state.src[end - 1] in " \n":
        end = state.src.find("==", end + 2, stop)
    if end < 0:
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.posMax = stop
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True
