"""Comments within the values of front matter, which are for nobody to see, as those in a text."""

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"%%.*?(?:%%|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)


def without_comments(values: Mapping[str, object]) -> Mapping[str, object]:
    """The values without them; one that is never closed reaches to the end of its value."""
    return {str(_shown(key)): _shown(value) for key, value in values.items()}


def without_comments_in(text: str) -> str:
    """A text without its comments, wherever they stand."""
    return _COMMENT.sub("", text) if "%%" in text or "<!--" in text else text


def _shown(value: object) -> object:
    match value:
        case str(text):
            return without_comments_in(text)
        case list(items):
            return [_shown(item) for item in items]
        case dict(table):
            return {_shown(key): _shown(item) for key, item in table.items()}
        case _:
            return value
