"""CriticMarkup, of MkDocs and MultiMarkdown: `{++put in++}`, `{--taken out--}`, `{~~old~>new~~}`, `{==marked==}`.

A remark, `{>>like this<<}`, is shown as well, as those tools do: what nobody is to read is a comment.
"""

from markdown_it.rules_inline import StateInline

from notegen.markdown.script import push_marked

_CLOSINGS = {"{++": "++}", "{--": "--}", "{~~": "~~}", "{==": "==}", "{>>": "<<}"}
_ELEMENTS = {"{++": "ins", "{--": "del", "{==": "mark", "{>>": "small"}


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
    if not silent and opening == "{~~":
        push_marked(state, "del", src[start + 3 : arrow])
        push_marked(state, "ins", src[arrow + 2 : end])
    elif not silent:
        push_marked(state, _ELEMENTS[opening], src[start + 3 : end])
    state.pos = end + 3
    return True
