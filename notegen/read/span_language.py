"""Code within a line that says its language, which is not shown.

Behind it, `so{:ts}`, as Rehype Pretty Code and Quartz read it, or before it, `#!python so` and `:::python so`, as
PyMdown does.
"""

from notegen.read.code_spans import outside_fences
from notegen.regex import regex

_SPAN = regex(
    r"(?P<ticks>`+)(?!`)(?:(?:#!|:::)[a-z][a-z\d+-]{0,20} (?=[^\s`]))?"
    r"(?P<code>.*?)(?P<language>(?<=[^\s`])\{:\.?[a-zA-Z][\w.-]{0,30}\})?(?<!`)(?P=ticks)(?!`)"
)
_SIGNS = ("{:", "`#!", "`:::")


def without_language_of_spans(text: str) -> str:
    """The text without the language of such code; lines keep their numbers. Total."""
    if not any(sign in text for sign in _SIGNS):
        return text
    lines = text.split("\n")
    for number in outside_fences(lines):
        if any(sign in lines[number] for sign in _SIGNS):
            lines[number] = _SPAN.sub(r"\g<ticks>\g<code>\g<ticks>", lines[number])
    return "\n".join(lines)
