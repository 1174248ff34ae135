"""Patterns with large classes of letters are the same where these are worked out once."""

import re
from re import _compiler, _parser  # type: ignore[attr-defined]

from pygments import unistring

from notegen.markdown.letter_classes import letter_classes_made_once

LETTERS = unistring.combine("Ll", "Lt", "Nl")
PATTERNS = [
    (rf"[^{LETTERS}][{LETTERS}_]*", 0),
    (rf"[{LETTERS}]+|[{LETTERS}\d]", re.IGNORECASE),
    (rf"(?:[{LETTERS}]|[a-f])*[{LETTERS}]", re.IGNORECASE | re.ASCII),
    (r"[a-fß-ÿ]|[^\W\d]", re.MULTILINE),
]


def made() -> list[list[int]]:
    """What Python's matcher is given of each pattern."""
    return [list(_compiler._code(_parser.parse(pattern, flags), flags)) for pattern, flags in PATTERNS]


def test_patterns_are_those_that_python_makes() -> None:
    """Of classes told apart by case and by what is not in them; behind the block all is as before."""
    alone, worker = made(), _compiler._optimize_charset
    with letter_classes_made_once():
        assert _compiler._optimize_charset is not worker
        assert made() == alone
        assert made() == alone
    assert _compiler._optimize_charset is worker
