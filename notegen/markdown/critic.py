"""CriticMarkup, of MkDocs and MultiMarkdown: `{++put in++}`, `{--taken out--}`, `{~~old~>new~~}`, `{==marked==}`.

A remark, `{>>like this<<}`, is shown as well, as those tools do: what nobody is to read is a comment.
"""

from markdown_it.rules_inline import StateInline

_CLOSINGS = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{==": "==}", "{>>": "<<}"}
_ELEMENTS = {"{++": "ins", "{--": "del", "{==": "mark", "{>>": "span"}


def read_critic(state: StateInline, silent: bool) -> bool:
    """Adds the element that a mark stands for, with what is in it read as Markdown; a change is two of them."""
    src, start, stop = state.src, state.pos, state.posMax
    opening = src[start : start + 3]
    closing = _CLOSINGS.get(opening)
    if closing is None or src[start - 1 : start] == "{":
        return False
    end = src.find(closing, start + 3, stop)
    arrow = src.find("~>", start + 3, end) if opening == "{~~" else end
    if min(arrow, end) < 0 or not src[start + 3 : end].strip():
        return False
    if not silent:
        if opening == "{~~":
            _push(state, "del", start + 3, arrow)
            _push(state, "ins", arrow + 2, end)
        else:
            _push(state, _ELEMENTS[opening], start + 3, end)
        state.posMax = stop
    state.pos = end + 3
    return True


def _push(state: StateInline, element: str, start: int, end: int) -> None:
    if start >= end:
        return
    opened = state.push(f"{element}_open", element, 1)
    if element == "span":
        opened.attrs = {"class": "muted"}
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.push(f"{element}_close", element, -1)
