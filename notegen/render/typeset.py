"""Straight quotes and double hyphens as a printer sets them, in the language of the text.

    "It's 'so' -- really"  ->  “It’s ‘so’ – really”   in German  „It’s ‚so‘ – really“

It is done where a page is made, so that search, anchors and links go by what was written. Code, formulas and addresses
stay as they are, and so does what may be no quotation mark: `5'10"`, `--verbose`, `-->`. A language that is not in the
table keeps what was written.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct

from notegen.regex import regex
from notegen.text.html_tags import split_at_tags


class Quotes(Struct, frozen=True):
    """What opens and closes a quotation, and one within it."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_ENGLISH = Quotes("“", "”", "‘", "’")
_GERMAN = Quotes("„", "“", "‚", "‘")
_FRENCH = Quotes("«\u202f", "\u202f»", "“", "”")
_ITALIAN = Quotes("«", "»", "“", "”")
_RUSSIAN = Quotes("«", "»", "„", "“")
_SWEDISH = Quotes("”", "”", "’", "’")
_POLISH = Quotes("„", "”", "«", "»")
_NORWEGIAN = Quotes("«", "»", "‘", "’")

QUOTES = {
    **dict.fromkeys(("en", "nl", "pt", "tr", "da", "ga", "cy"), _ENGLISH),
    **dict.fromkeys(("de", "cs", "sk", "sl", "is", "lb"), _GERMAN),
    **dict.fromkeys(("es", "it", "ca", "gl", "el"), _ITALIAN),
    **dict.fromkeys(("nb", "nn", "no"), _NORWEGIAN),
    **dict.fromkeys(("ru", "uk", "be"), _RUSSIAN),
    **dict.fromkeys(("sv", "fi"), _SWEDISH),
    "fr": _FRENCH,
    "pl": _POLISH,
}
"""By language, as CLDR and the languages' own style guides have them."""

_VERBATIM = frozenset("code pre kbd samp var tt math svg script style textarea".split())
_WITHIN_LINE = frozenset(
    "a abbr b cite del dfn em i ins mark q s small span strike strong sub sup u wbr".split()
)
_GOES_ON = _WITHIN_LINE | {"code"}
_MAX_QUOTED_LETTERS = 1_000
"""Behind a quotation mark, in which the one that closes it is looked for where a tag stands between."""
_SIGN = regex(
    r"""(?P<address>[a-z][a-z+.-]*://[^\s<>]+|www\.[^\s<>]+)|(?P<double>&quot;|&\#34;|")"""
    r"""|(?P<single>'|&\#x27;|&\#39;|&apos;)|(?P<dash>-{2,})"""
)
_SIGN_ALONE = regex(
    r"""["'&-](?:(?:(?<=")|(?<=&)(?:quot|\#34);)(?P<double>)"""
    r"""|(?:(?<=')|(?<=&)(?:\#x27|\#39|apos);)(?P<single>)|(?<=-)-+(?P<dash>))"""
)
"""The pattern for a text without an address: it is found by one letter, in a third of the time."""
_ELIDED = regex(r"\d\ds?\b|(?:tis|twas|twere|em|til|till|cause|bout|round|n)\b", re.IGNORECASE)
"""What follows an apostrophe that stands for letters at the beginning of a word: ’90s, ’tis."""
_CLOSING = regex(r"\S(?:'|&#x27;|&#39;)(?!\w)")
"""The end of what stands in single quotation marks: words or signs, ‘so’, ‘C++’ or ‘?’."""
_OPENS_AFTER = frozenset("([{<–—-/“‘„‚«¿¡\u202f\u00a0")
_PART_OF_NAME = regex(r"\w[./@]\w|(?:\A|[./@])xn--")
"""What a host, a path or a file's name has and a word does not: `xn--bcher-kva.example`, `docs/a--b`."""
_MAX_NAME_LETTERS = 60
"""On each side of a dash, in which a name is looked for."""
_LETTER = "x"
"""What stands for code, a picture or a formula as the sign before a quotation mark."""


def typeset(html: str, language: str) -> str:
    """The HTML with its quotes and dashes set; as it is for a language that is not known.

    Args:
        language: a tag of BCP 47.
    """
    quotes = QUOTES.get(language.lower().partition("-")[0])
    if quotes is None or not _may_have_sign(html):
        return html
    parts = split_at_tags(html)
    if not any(map(_may_have_sign, parts[::4])):
        return html
    line = _Line(quotes)
    pieces: list[str] = []
    verbatim = ""  # the element that is open and is left alone
    depth = 0
    tags = zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=False)
    for number, (text, slash, name, rest) in enumerate(tags):
        if text and not verbatim:
            text = line.set(text, partial(_rest_of_line, parts, number))
        pieces += (text, "<", slash, name, rest, ">")
        if not verbatim:
            if name in _VERBATIM or (name == "span" and "formula" in rest):
                verbatim, depth = ("", 0) if slash else (name, 1)
            elif name == "img":
                line.before = _LETTER
            elif name not in _WITHIN_LINE:
                line.begin()
        else:
            if name == verbatim:
                depth += -1 if slash else 1
            if not depth:
                verbatim, line.before = "", _LETTER
    pieces.append(parts[-1] if verbatim else line.set(parts[-1]))
    return "".join(pieces)


def _may_have_sign(text: str) -> bool:
    """Whether it has a letter that every sign has one of; told many times as fast as by the pattern."""
    return "'" in text or '"' in text or "--" in text or "&" in text


def _rest_of_line(parts: Sequence[str], number: int) -> str:
    """What stands in the same line behind tag `number`, as far as it says whether a quotation closes."""
    text = ""
    while parts[4 * number + 2 : 4 * number + 3] and parts[4 * number + 2] in _GOES_ON:
        number += 1
        text += parts[4 * number]
        if len(text) > _MAX_QUOTED_LETTERS:
            break
    return text


def _is_in_name(text: str, start: int, end: int) -> bool:
    """Whether the hyphens stand within a name, which is never rewritten."""
    before = text[max(0, start - _MAX_NAME_LETTERS) : start]
    after = text[end : end + _MAX_NAME_LETTERS]
    if not before[-1:].isalnum() or not after[:1].isalnum():
        return False
    return bool(_PART_OF_NAME.search(before.split()[-1] + text[start:end] + after.split()[0]))


class _Line:
    """A block's text as it goes by, in pieces between tags."""

    def __init__(self, quotes: Quotes) -> None:
        self._quotes = quotes
        self.begin()

    def begin(self) -> None:
        """A block begins: nothing is open, and no sign stands before."""
        self.before = ""
        self._is_open = self._is_inner_open = False

    def set(self, text: str, rest: Callable[[], str] = str) -> str:
        """The next piece of text.

        Args:
            rest: gives what stands behind it in the same line.
        """
        has_address = "://" in text or "www." in text
        if not has_address and not _may_have_sign(text):
            self.before = text[-1:] or self.before
            return text
        pieces: list[str] = []
        position = 0
        for sign in (_SIGN if has_address else _SIGN_ALONE).finditer(text):
            self._see(text[position : sign.start()])
            pieces.append(text[position : sign.start()])
            after = text[sign.end() :]
            match sign.lastgroup:
                case "double":
                    set_sign = self._double(sign[0], after)
                case "single":
                    set_sign = self._single(sign[0], after or rest())
                case "dash":
                    is_name = _is_in_name(text, *sign.span())
                    set_sign = sign[0] if is_name else self._dash(sign[0], after)
                case _:
                    set_sign = sign[0]
            pieces.append(set_sign)
            self._see(set_sign if set_sign != sign[0] else sign[0][:1])
            position = sign.end()
        self._see(text[position:])
        return "".join((*pieces, text[position:]))

    def _see(self, text: str) -> None:
        if text:
            self.before = text[-1]

    def _may_open(self) -> bool:
        return not self.before or self.before.isspace() or self.before in _OPENS_AFTER

    def _double(self, written: str, after: str) -> str:
        if self._may_open() and not self._is_open and not after[:1].isspace():
            self._is_open = True
            return self._quotes.opening
        if self._is_open and not self.before.isspace():
            self._is_open = False
            return self._quotes.closing
        return written  # an inch, or a quotation that is not closed here

    def _single(self, written: str, after: str) -> str:
        if self._may_open():
            if _ELIDED.match(after):
                return "’"
            if self._is_inner_open and self.before in _OPENS_AFTER and not after[:1].isalnum():
                return self._close()  # a sign is quoted, ‘(’
            if after[:1].isspace() or not after:
                return written
            if _CLOSING.search(after):
                self._is_inner_open = True
                return self._quotes.inner_opening
            return "’"
        if after[:1].isalpha():
            return "’"
        if self._is_inner_open:
            return self._close()
        return written if self.before.isdigit() else "’"

    def _close(self) -> str:
        self._is_inner_open = False
        return self._quotes.inner_closing

    def _dash(self, written: str, after: str) -> str:
        is_option = self._may_open() and after[:1].isalnum()
        is_arrow = after.startswith(("&gt;", ">")) or self.before in ("<", ";")
        if len(written) > 3 or is_option or is_arrow:
            return written
        return "–" if len(written) == 2 else "—"
