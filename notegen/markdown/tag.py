"""`#tag`, `#nested/tag`, and Logseq's `#[[two words]]`: letters, emoji, digits, `_-/`; not only digits.

Bear's `#two words#` are one where the notes are no other tool's, since Bear leaves no mark in a folder.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.regex import regex
from notegen.text.tags import composed_tag, ends_word, tag_at, tag_of_words_at

_QUOTED = regex(r"\[\[(?P<name>[^\[\]\n|#]+)\]\]")
_IN_BRACES = regex(r"#[\w:.-]+(?:[ \t][^{}\n]{0,200})?\}")
"""An id in Pandoc's or Hugo's way, or a word of a template's: `{#id}`, `{#if x}`."""


def read_tag(state: StateInline, silent: bool) -> bool:
    """Adds a token `tag`, the tag in `content` without its `#`."""
    src, pos = state.src, state.pos
    if src[pos] != "#" or state.linkLevel or (pos and not ends_word(src, pos - 1)):
        return False
    if pos and src[pos - 1] == "{" and _IN_BRACES.match(src, pos):
        return False
    quoted = _QUOTED.match(src, pos + 1, state.posMax)
    written = quoted[0] if quoted else tag_at(src, pos + 1, state.posMax)
    name = quoted["name"] if quoted else written
    if (
        not quoted
        and state.env.get("tool") == "plain"
        and (words := tag_of_words_at(src, pos + 1, state.posMax))
    ):
        written, name = f"{words}#", words
    name = composed_tag(name)
    if not name or not re.search(r"[^\d/\-_ ]", name):
        return False
    if not silent:
        token = state.push("tag", "", 0)
        token.content, token.markup = name, f"#{written}"
    state.pos += 1 + len(written)
    return True


def render_tag(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The tag as a link whose hole the links of the text have filled in."""
    token = tokens[idx]
    return f'<a class="tag" href="{token.meta.get("hole", "")}">#{escape(token.content)}</a>'
