"""What MkDocs' settings make of `^^so^^`: with the extension "caret" it is inserted, where others mark it."""

import re
from pathlib import Path

from notegen.model import Tool
from notegen.read.beginning import beginning_of
from notegen.read.code_spans import outside_code
from notegen.regex import regex

_SETTINGS = ("mkdocs.yml", "mkdocs.yaml")
_SAYS_SO = regex(rb"^[ \t]*-[ \t]*[\"']?pymdownx\.caret\b", re.MULTILINE)
_INSERTED = regex(r"(?<!\^)\^\^(?P<words>[^\s^](?:[^^\n]*[^\s^])?)\^\^(?!\^)")
_MAX_BYTES_READ = 100_000


def reads_insertions(folder: Path, tool: Tool) -> bool:
    """Args: folder: the tool's root; MkDocs' settings lie there, or beside it where it is called `docs`."""
    whole = folder.absolute()
    folders = [whole, whole.parent] if whole.name == "docs" else [whole]
    return tool == "plain" and any(
        _SAYS_SO.search(beginning_of(place / name, _MAX_BYTES_READ))
        for place in folders
        for name in _SETTINGS
    )


def with_insertions(text: str) -> str:
    """The text with such words as an element; lines keep their numbers. Total."""
    if "^^" not in text:
        return text
    return outside_code(text, lambda line: _INSERTED.sub(r"<ins>\g<words></ins>", line))
