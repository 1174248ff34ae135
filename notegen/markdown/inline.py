"""The text of blocks, read with the inline rules: a very long one in pieces.

Some rules look at all of a block's text for each sign that may open or close something, so that their time grows with
the square of its length. No paragraph that somebody wrote is as long as a piece; a link or a word in bold that lies
across the end of one is not read as such.
"""

import re
from collections.abc import Iterator

from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.gfm_autolink._match import match_http
from mdit_py_plugins.gfm_autolink.index import _create_autolink, _protocol_rule, _www_inline_rule

from notegen.markdown.flanking import is_wide

MAX_INLINE_LETTERS = 10_000
"""How much of a block's text is read together."""

# The last of the best kind in a piece's second half: a line's end, a sentence's, a word's.
_ENDS = tuple(re.compile(end, re.DOTALL) for end in (r".*\n", r".*(?:[.!?]\s|[。！？])", r".*\s"))
_SCHEMES = ("https", "http", "mailto", "xmpp")
_WIDE_SIGN = re.compile(
    "[\u3001\u3002\u3008-\u3011\u3014-\u301b\u301d-\u301f\uff01\uff02\uff07-\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d\uff5b"
    "\uff5d\uff5f-\uff64\u201c\u201d]|\\s"
)
MAX_ADDRESS_LETTERS = 10_000
"""In which the end of an address is looked for."""


def parse_inline(state: StateCore) -> None:
    """Gives each block's text its tokens."""
    for token in state.tokens:
        if token.type == "inline":
            children: list[Token] = token.children or []
            for piece in pieces_of(token.content):
                children += state.md.inline.parse(piece, state.md, state.env, [])
            token.children = children


def pieces_of(text: str) -> Iterator[str]:
    """The text in pieces of at most `MAX_INLINE_LETTERS`, most texts in one."""
    start = 0
    while len(text) - start > MAX_INLINE_LETTERS:
        half = text[start + MAX_INLINE_LETTERS // 2 : start + MAX_INLINE_LETTERS]
        ends = (pattern.match(half) for pattern in _ENDS)
        end = next((match.end() for match in ends if match), len(half))
        yield text[start : start + MAX_INLINE_LETTERS // 2 + end]
        start += MAX_INLINE_LETTERS // 2 + end
    yield text[start:]


def read_bare_address(state: StateInline, silent: bool) -> bool:
    """`https://a.example` at its colon: the plugin's rule, which itself looks through all the text before it.

    What is written without spaces may stand right before an address, and its signs end it: `网址：https://a.example。`
    """
    scheme = next((scheme for scheme in _SCHEMES if state.src.endswith(scheme, 0, state.pos)), "")
    if not scheme or silent or state.linkLevel:
        return False
    start = state.pos - len(scheme)
    if not scheme.startswith("http") or not start or not _may_stand_before(state.src[start - 1]):
        return _with_end(state, _protocol_rule)
    found = match_http(state.src[start : _address_end(state)])
    if found is None or not state.pending.endswith(scheme):
        return False
    address, length = found
    return _create_autolink(state, len(scheme), length, address, address)


def read_www_address(state: StateInline, silent: bool) -> bool:
    """An address that begins with `www`: the plugin's rule, ended by the same signs."""
    if silent or not state.src.startswith("www.", state.pos):
        return False
    return _with_end(state, _www_inline_rule)


def _may_stand_before(character: str) -> bool:
    return is_wide(character) or character in "\u2018\u201c"


def _with_end(state: StateInline, rule: RuleFuncInlineType) -> bool:
    whole = state.posMax
    state.posMax = _address_end(state)
    try:
        return rule(state, False)
    finally:
        state.posMax = whole


def _address_end(state: StateInline) -> int:
    """Where a sign stands that no address has as it is, else the end of the text."""
    end = _WIDE_SIGN.search(state.src, state.pos, min(state.posMax, state.pos + MAX_ADDRESS_LETTERS))
    return end.start() if end else state.posMax
