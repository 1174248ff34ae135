"""Lists within a block of Logseq's: any number begins one, and a line no further in than its sign ends it.

The bullets of the outline itself are hyphens, and what stands under one is of its block wherever it begins.
"""

from itertools import islice

from markdown_it.rules_block import StateBlock

from notegen.markdown.depth import read_list
from notegen.regex import regex

_MAX_TOKENS = 500
"""How many tokens are searched for the item above, at each line that may end it."""
_NUMBERED = regex(r"\d{1,9}\.[ \t]+\S")


def read_list_of_outline(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The usual rule, but for `3. so` right below a paragraph, which CommonMark takes for a part of it."""
    if read_list(state, start, end, silent):
        return True
    return (
        silent
        and state.parentType == "paragraph"
        and state.sCount[start] >= state.blkIndent
        and _NUMBERED.match(state.src, state.bMarks[start] + state.tShift[start]) is not None
    )


def read_end_of_item(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Ends the paragraph of an item before a line that is not under the item; begins nothing."""
    if not silent or not 0 <= state.sCount[start] < state.blkIndent:
        return False
    above = islice(reversed(state.tokens), _MAX_TOKENS)
    item = next((token for token in above if token.type == "list_item_open"), None)
    if item is None or item.map is None or item.markup == "-":
        return False
    line = item.map[0]
    before = state.src[state.bMarks[line] : state.bMarks[line] + state.tShift[line]].rstrip()
    indent = before[: len(before) - len(item.info) - 1]
    return state.sCount[start] <= len(indent.expandtabs(4))
