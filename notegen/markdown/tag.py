"""`#tag`, `#nested/tag`, and Logseq's `#[[two words]]`: letters of every script, digits, `_-/`; not only digits."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_TAG = re.compile(
    r"#(?:\[\[(?P<quoted>[^\[\]\n|#]+)\]\]|(?P<plain>[\w/\-\u200d\ufe0f\U0001f000-\U0001faff\u2600-\u27bf]+))"
)


def tag_rule(md: MarkdownIt) -> None:
    """Adds tokens `tag`, the tag in `content` without its `#`."""
    md.inline.ruler.before("link", "tag", _tag)


def _tag(state: StateInline, silent: bool) -> bool:
    src, pos = state.src, state.pos
    if src[pos] != "#" or state.linkLevel or (pos and (src[pos - 1].isalnum() or src[pos - 1] in "_/#&")):
        return False
    match = _TAG.match(src, pos, state.posMax)
    if match is None:
        return False
    name = (match["quoted"] or match["plain"]).strip("/ ")
    if not name or not re.search(r"[^\d/\-_]", name):
        return False
    if not silent:
        token = state.push("tag", "", 0)
        token.content = name
    state.pos = match.end()
    return True
