"""Addresses that are links as they stand: `https://a.example`, one that begins with `www`, `ines@a.example`.

The plugin has the end of an address from GitHub, but lets it begin only behind a space or one of `*_~(`. GitHub itself
lets it begin behind any sign, as in `"https://a.example"`, and where something is written without spaces behind letters
of that script; there signs of the script end it: `网址：https://a.example。`
In Logseq the address of any program is one, `zotero://select/items/1`.
"""

from string import ascii_letters, digits

from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink._match import check_prev, match_any_email, match_http, match_www
from mdit_py_plugins.gfm_autolink.index import (
    _create_autolink,
    _email_rule,
    _protocol_rule,
    _www_inline_rule,
)

from notegen.markdown.flanking import is_wide
from notegen.regex import regex

_SCHEMES = ("https", "http", "mailto", "xmpp")
_OF_PROGRAM = regex(
    r"(?!(?:javascript|vbscript|data|file|blob|about):)[a-z][a-z0-9+.-]{1,30}://"
    r"[^\s<>\"\[\]|]*[^\s<>\"\[\]|.,;:!?')*_~]"
)
_WIDE_SIGN = regex(
    "[\u3001\u3002\u3008-\u3011\u3014-\u301b\u301d-\u301f\uff01\uff02\uff07-\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3b\uff3d\uff5b"
    "\uff5d\uff5f-\uff64\u201c\u201d]|\\s|\\\\+(?=\n|\\Z)"
)
"""The last is a backslash that ends the line, and none of the address."""
_WITHIN = frozenset("/+-.@\\")
"""Signs behind which an address goes on that has begun before: `git+https://a.example`."""
_CLOSING = {
    '"': '"',
    "[": "]",
    "{": "}",
    "|": "|",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "„": "“",
}
_OF_SCHEME = frozenset(ascii_letters + digits + "+.-")
_OF_MAILBOX = frozenset(ascii_letters + digits + ".+-_")
MAX_ADDRESS_LETTERS = 10_000
"""How many letters are searched for the end of an address."""


def read_bare_address(state: StateInline, silent: bool) -> bool:
    """`https://a.example` at its colon, which the plugin itself looks for through all the text before it."""
    scheme = next((scheme for scheme in _SCHEMES if state.src.endswith(scheme, 0, state.pos)), "")
    if silent or state.linkLevel:
        return False
    if not scheme:
        return _read_address_of_program(state)
    start = state.pos - len(scheme)
    if _is_plugins(state, start) or not scheme.startswith("http"):
        return _with_end(state, start, _protocol_rule)
    if not _may_begin(state, start) or not state.pending.endswith(scheme):
        return False
    found = match_http(state.src[start : _end_of(state, start)])
    return found is not None and _create_autolink(state, len(scheme), found[1], found[0], found[0])


def _read_address_of_program(state: StateInline) -> bool:
    if state.env.get("tool") != "logseq" or not state.src.startswith("://", state.pos):
        return False
    start = state.pos
    while start and state.src[start - 1] in _OF_SCHEME:
        start -= 1
    scheme = state.src[start : state.pos]
    found = _OF_PROGRAM.match(state.src, start, min(state.posMax, start + MAX_ADDRESS_LETTERS))
    if not found or (start and not _may_begin(state, start)) or not state.pending.endswith(scheme):
        return False
    return _create_autolink(state, len(scheme), len(found[0]), found[0], found[0])


def read_www_address(state: StateInline, silent: bool) -> bool:
    """One that begins with `www`, at its first letter."""
    start = state.pos
    if silent or state.linkLevel or not state.src.startswith("www.", start):
        return False
    if _is_plugins(state, start):
        return _with_end(state, start, _www_inline_rule)
    if not _may_begin(state, start):
        return False
    found = match_www(state.src[start : _end_of(state, start)])
    return found is not None and _create_autolink(
        state, 0, found[1], found[0], state.src[start : start + found[1]]
    )


def read_bare_mailbox(state: StateInline, silent: bool) -> bool:
    """`ines@a.example` at its sign."""
    if silent or state.linkLevel or not state.src.startswith("@", state.pos):
        return False
    start = state.pos
    while start and state.src[start - 1] in _OF_MAILBOX:
        start -= 1
    if _is_plugins(state, start):
        return _email_rule(state, False)
    name = state.src[start : state.pos]
    if not name or not _may_begin(state, start) or not state.pending.endswith(name):
        return False
    found = match_any_email(state.src[start : state.posMax], 0, None)
    return found is not None and _create_autolink(
        state, len(name), found[1], found[0], found[0].removeprefix("mailto:")
    )


def _is_plugins(state: StateInline, start: int) -> bool:
    return start <= 0 or check_prev(state.src[start - 1])


def _may_begin(state: StateInline, start: int) -> bool:
    before = state.src[start - 1]
    return is_wide(before) or not (before.isalnum() or before in _WITHIN)


def _with_end(state: StateInline, start: int, rule: RuleFuncInlineType) -> bool:
    whole = state.posMax
    state.posMax = _end_of(state, start)
    try:
        return rule(state, False)
    finally:
        state.posMax = whole


def _end_of(state: StateInline, start: int) -> int:
    """Where a sign stands that no address has, or that closes what stands before it, else the end of the text."""
    limit = min(state.posMax, state.pos + MAX_ADDRESS_LETTERS)
    sign = _WIDE_SIGN.search(state.src, state.pos, limit)
    end = sign.start() if sign else state.posMax
    closing = _CLOSING.get(state.src[start - 1 : start])
    closed = state.src.find(closing, state.pos, min(end, limit)) if closing else -1
    return end if closed < 0 else closed
