"""What the values of front matter hide: comments, which are for nobody to see, and elements that no browser shows."""

import re
from collections.abc import Mapping

from notegen.regex import regex
from notegen.text.comments import COMMENT_BLOCKS, COMMENTS_IF_CLOSED, NOT_SHOWN, SHOWN_INSTEAD

_MOST = 2000
"""Letters that one such comment or element has at most."""
_HIDES = r"\shidden\b|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_ATTRIBUTES = r"(?>(?:\"[^\"]*\"|'[^']*'|[^'\"<>]){0,500})"
_TO_END = rf"(?:(?!<(?P=%s)\b).){{0,{_MOST}}}?</(?P=%s)\s*>|.{{0,{_MOST}}}</(?P=%s)\s*>"
"""Up to an element's own end; where another of its name is within, up to the last one."""
_ELEMENTS = (
    rf"<(?P<unseen>{'|'.join((*NOT_SHOWN, *SHOWN_INSTEAD))})\b{_ATTRIBUTES}>(?:{_TO_END.replace('%s', 'unseen')})",
    rf"<(?P<hidden>(?!(?:{_VOID})\b)[a-z][\w-]*)\b(?=[^<>]{{0,500}}(?:{_HIDES})){_ATTRIBUTES}>"
    rf"(?:{_TO_END.replace('%s', 'hidden')}|.*)",
)
_SPAN = r"\[[^\[\]\n]*\]\{[^{}\n]*\.(?:private|hidden)(?![\w-])[^{}\n]*\}"
_COMMENTS = (
    r"%%.*?(?:%%|\Z)",
    r"<!--.*?(?:-->|\Z)",
    *(f"{opening}.{{0,{_MOST}}}?{closing}" for opening, closing in (*COMMENT_BLOCKS, *COMMENTS_IF_CLOSED)),
)
_COMMENT = regex("|".join(_COMMENTS), re.DOTALL)
_HIDDEN = regex("|".join((*_COMMENTS, *_ELEMENTS, _SPAN)), re.DOTALL | re.IGNORECASE)
_SIGNS = ("%%", "<", "{", "\\iffalse")
"""One of these stands in every value that hides something."""


def without_hidden(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values without what they hide; what surely hides and is never closed reaches to the end of its value."""
    return {str(_shown(key)): _shown(value) for key, value in values.items()}


def without_comments_in(text: str) -> str:
    """A text without its comments, wherever they stand."""
    return _without(_COMMENT, text)


def _without(hidden: re.Pattern[str], text: str) -> str:
    return hidden.sub("", text) if any(sign in text for sign in _SIGNS) else text


def _shown(value: object) -> object:
    match value:
        case str(text):
            return _without(_HIDDEN, text)
        case list(items):
            return [_shown(item) for item in items]
        case dict(table):
            return {_shown(key): _shown(item) for key, item in table.items()}
        case _:
            return value
