"""`:seedling:` as the emoji that GitHub has for it, in notes of tools that read such codes.

The list beside this file is GitHub's own, gemoji 4.1: each line has an emoji and its codes. What is no code stays text.
"""

from functools import cache
from pathlib import Path

from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.regex import regex

_ICON = regex(
    r":(?:material|fontawesome|octicons|simple)-[a-z0-9][a-z0-9-]{0,60}:(?:\{[^{}\n]{0,200}\})?[ \t]?"
)
"""Icons of Material for MkDocs, which is a theme's and says nothing."""
_WITH_ICONS = frozenset({"plain"})
_CODE = regex(r":(?P<code>[a-z0-9_+-]{1,60}):")


def read_emoji(state: StateInline, silent: bool) -> bool:
    """Adds a token `emoji`, of which the code is the markup; none within a word or a number, as in `10:30:45`."""
    src, start = state.src, state.pos
    if icon := _ICON.match(src, start, state.posMax) if state.env.get("tool") in _WITH_ICONS else None:
        state.pos = icon.end()
        return True
    if src[start] != ":" or not state.env.get("emoji_codes") or (start and src[start - 1].isalnum()):
        return False
    found = _CODE.match(src, start, state.posMax)
    emoji = _emoji_by_code().get(found["code"]) if found else None
    if found is None or emoji is None:
        return False
    if not silent:
        token = state.push("emoji", "", 0)
        token.content, token.markup = emoji, found[0]
    state.pos = found.end()
    return True


def render_emoji(self: RendererProtocol, tokens: list[Token], idx: int, options: object, env: object) -> str:
    """The emoji as it stands: none has a sign that HTML knows."""
    return tokens[idx].content


@cache
def _emoji_by_code() -> dict[str, str]:
    lines = (Path(__file__).parent / "emoji.txt").read_text("utf-8").splitlines()
    return {code: emoji for emoji, *codes in map(str.split, lines) for code in codes}
