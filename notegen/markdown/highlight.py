"""`==highlight==`: marked text, which may hold other marks."""

import re

from markdown_it.rules_inline import StateInline

_CLOSING = re.compile(r"(?<![ \n=])==")


def read_highlight(state: StateInline, silent: bool) -> bool:
    """Adds `mark_open` and `mark_close`; the text inside may not begin or end with a space."""
    start, stop = state.pos, state.posMax
    if not state.src.startswith("==", start) or state.src[start + 2 : start + 3] in ("", " ", "=", "\n"):
        return False
    # Where nothing closed once, nothing closes later: without this a line of many `==` takes quadratic time.
    src, hopeless = state.env.get("highlight", (None, 0))
    if src is state.src and start >= hopeless:
        return False
    closing = _CLOSING.search(state.src, start + 3, stop)
    if closing is None:
        state.env["highlight"] = (state.src, start)
        return False
    end = closing.start()
    if not silent:
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.posMax = stop
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True
