r"""`**bold**`, `*italics*` and `~~struck~~` beside letters of scripts that have no spaces between words.

CommonMark asks for a space or a sign after a closing mark that follows a sign, and such scripts have neither:
`**注意：**正文`. A letter or sign of theirs counts as a space does, and their signs are no signs, as in the
amendment that markdown-cjk-friendly proposes (https://github.com/tats-u/markdown-cjk-friendly), which is near to what
kramdown and Logseq do. Text without such a neighbour is read as CommonMark has it, and so is `_`.
In Logseq a space that does not break is such a neighbour: `\xa0*Homo sapiens\xa0*walks`, as web pages are pasted.
"""

import unicodedata

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline, emphasis, strikethrough

from notegen.text.scripts import is_no_space_script

_WIDE = "\u4e00"
"""A letter of a script without spaces, for a space that does not break, which parts no words in Logseq."""
_SYMBOLS = range(0x2000, 0x2E80)
_EMOJI = range(0x1F000, 0x20000)


def read_emphasis(state: StateInline, silent: bool) -> bool:
    """The library's rule, with other words on what opens and closes."""
    start, known = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    if state.src[start] == "*":
        _judge(state, start, known)
    return True


def read_strikethrough(state: StateInline, silent: bool) -> bool:
    """The same for `~~`."""
    start, known = state.pos, len(state.delimiters)
    if not strikethrough.tokenize(state, silent):
        return False
    _judge(state, start, known)
    return True


def is_wide(character: str) -> bool:
    """Whether a character is one of a script without spaces between words, or of the signs that go with it."""
    if character.isascii():
        return False
    code = ord(character)
    if code in _SYMBOLS or code in _EMOJI:
        return False
    return unicodedata.east_asian_width(character) in ("W", "F", "H") or is_no_space_script(character)


def _judge(state: StateInline, start: int, known: int) -> None:
    """Says of the marks from `start` on whether they open and close, where a character of such a script is beside."""
    before = state.src[start - 1] if start else " "
    after = state.src[state.pos] if state.pos < state.posMax else " "
    if "\xa0" in (before, after) and state.env.get("tool") == "logseq":
        before, after = before.replace("\xa0", _WIDE), after.replace("\xa0", _WIDE)
    elif state.env.get("tool") in ("jekyll", "logseq") and not (before.isspace() or after.isspace()):
        before, after = _WIDE, _WIDE  # kramdown and mldoc ask for no space alone
    if not (is_wide(before) or is_wide(after)):
        return
    opens = not (isWhiteSpace(ord(after)) or (_is_sign(after) and not _parts(before)))
    closes = not (isWhiteSpace(ord(before)) or (_is_sign(before) and not _parts(after)))
    for delimiter in state.delimiters[known:]:
        delimiter.open, delimiter.close = opens, closes


def _is_sign(character: str) -> bool:
    return not is_wide(character) and (isMdAsciiPunct(ord(character)) or isPunctChar(character))


def _parts(character: str) -> bool:
    """Whether a character ends a word."""
    return isWhiteSpace(ord(character)) or is_wide(character) or _is_sign(character)
