"""Foam workspaces: an embed may say how it wants to be shown, which a page shows in one way."""

from msgspec.structs import replace

from notegen.model import Source
from notegen.read.code_spans import outside_code
from notegen.regex import regex

_MANNER = regex(r"\b(?:full|content)(?:-(?:card|inline))?(?=!\[\[)")


def adapt_foam(source: Source) -> Source:
    """The source with `full-card![[a]]` and its like as `![[a]]`; total."""
    return replace(source, text=outside_code(source.text, lambda line: _MANNER.sub("", line), indented=True))
