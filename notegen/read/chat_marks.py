"""What chat programs leave in a text that is copied out of them: marks of sources, which lead nowhere outside."""

from notegen.read.code_spans import outside_code
from notegen.regex import regex

_MARKS = regex(
    r"[ \t]?(?:【\d{1,3}(?::\d{1,3})?†[^【】\n]{0,100}】|:contentReference\[oaicite:\d{1,4}\]\{index=\d{1,4}\})"
)


def without_chat_marks(text: str) -> str:
    """The text without them; lines keep their numbers. Total."""
    if "†" not in text and "oaicite" not in text:
        return text
    return outside_code(text, lambda line: _MARKS.sub("", line))
