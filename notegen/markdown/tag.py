"""`#tag`, `#nested/tag`, and Logseq's `#[[two words]]`: letters of every script, digits, `_-/`; not only digits."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_TAG = re.compile(
    r"#(?:\[\[(?P<quoted>[^\[\]\n|#]+)\]\]|(?P<plain>[\w/\-\u200d\ufe0f\U0001f000-\U0001faff\u2600-\u27bf]+))"
)

_IN_BRACES = re.compile(r"#[\w:.-]+(?:[ \t][^{}\n]{0,200})?\}")
"""An id in Pandoc's or Hugo's way, or a word of a template's: `{#id}`, `{#if x}`."""


def read_tag(state: StateInline, silent: bool) -> bool:
    """Adds a token `tag`, the tag in `content` without its `#`."""
    src, pos = state.src, state.pos
    if src[pos] != "#" or state.linkLevel or (pos and (src[pos - 1].isalnum() or src[pos - 1] in "_/#&")):
        return False
    match = _TAG.match(src, pos, state.posMax)
    if match is None or (pos and src[pos - 1] == "{" and _IN_BRACES.match(src, pos)):
        return False
    name = (match["quoted"] or match["plain"]).strip("/ ")
    if not name or not re.search(r"[^\d/\-_]", name):
        return False
    if not silent:
        token = state.push("tag", "", 0)
        token.content, token.markup = name, match[0]
    state.pos = match.end()
    return True


def render_tag(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The tag as a link whose hole the links of the text have filled in."""
    token = tokens[idx]
    return f'<a class="tag" href="{token.meta.get("hole", "")}">#{escape(token.content)}</a>'
