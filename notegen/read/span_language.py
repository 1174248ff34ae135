"""Code within a line that says its language behind it, `so{:ts}`, as Rehype Pretty Code reads it: that is not shown."""

from notegen.read.code_spans import outside_fences
from notegen.regex import regex

_SPAN = regex(
    r"(?P<ticks>`+)(?!`)(?P<code>.*?)(?P<language>(?<=[^\s`])\{:\.?[a-zA-Z][\w.-]{0,30}\})?(?<!`)(?P=ticks)(?!`)"
)


def without_language_of_spans(text: str) -> str:
    """The text without the language of such code; lines keep their numbers. Total."""
    if "{:" not in text:
        return text
    lines = text.split("\n")
    for number in outside_fences(lines):
        if "{:" in lines[number]:
            lines[number] = _SPAN.sub(r"\g<ticks>\g<code>\g<ticks>", lines[number])
    return "\n".join(lines)
