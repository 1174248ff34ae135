"""JSON as people and other programs leave it: with a byte order mark, in UTF-16, with comments and trailing commas."""

import json
import re
from pathlib import Path

from notegen.errors.reasons import json_not_valid, json_too_deep
from notegen.read.beginning import open_file
from notegen.read.decode import decode
from notegen.regex import regex

_STRING_OR_COMMENT = regex(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_STRING_OR_COMMA = regex(r'"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])', re.DOTALL)


class NotJsonError(ValueError):
    """The text is no JSON, not even leniently read; its message says why."""


def read_json(path: Path) -> object:
    """What the file holds; None where there is none.

    Raises:
        NotJsonError: the file cannot be read, or is no JSON.
    """
    try:
        with open_file(path) as stream:
            text, _ = decode(stream.read(), path.name)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise NotJsonError(error.strerror or type(error).__name__) from error
    return parse_json(text)


def parse_json(text: str) -> object:
    """The value of a text, comments and commas before a closing bracket left out.

    Raises:
        NotJsonError: it is no JSON.
    """
    bare = _STRING_OR_COMMENT.sub(lambda m: m[0] if m[0].startswith('"') else " ", text)
    bare = _STRING_OR_COMMA.sub(lambda m: m[0] if m[0].startswith('"') else " ", bare)
    try:
        return json.loads(bare, strict=False)
    except json.JSONDecodeError as error:
        raise NotJsonError(json_not_valid(error.msg, error.lineno, error.colno)) from error
    except (ValueError, RecursionError) as error:
        raise NotJsonError(json_too_deep()) from error
