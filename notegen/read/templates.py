"""Notes that are no notes but what new ones are made of."""

import re
from pathlib import PurePosixPath

from notegen.model import Tool
from notegen.read.front_matter import FrontMatter
from notegen.regex import regex

_PLACEHOLDER = regex(
    r"\{\{\s*[\w-]+\s*(?::[^{}\n]*)?\}\}|<%(?:(?!%>).)*%>|\$\{?FOAM_\w+(?::[^{}\n]*)?\}?", re.DOTALL
)
"""What Obsidian and zk, Templater, and Foam put a title for; Jekyll's `{{ page.title }}` stands in its pages."""
_PIECES = frozenset({"_includes", "_layouts"})
"""Folders in which Jekyll and Eleventy keep what their pages are made of, and never a page."""
_HEADING = regex(r"\s*#[ \t]+(?P<title>[^\n]*)")
_LOGSEQ_BLOCK = regex(r"^[-*][ \t]", re.MULTILINE)
_LOGSEQ_TEMPLATE = regex(r"^[ \t]*(?:[-*][ \t]+)?:?template::?[ \t]+\S", re.MULTILINE | re.IGNORECASE)


def is_template(front: FrontMatter, path: str, tool: Tool) -> bool:
    """Whether a note's title is left to be filled in, it is a piece of pages, or a Logseq page is all templates."""
    if tool in ("plain", "jekyll") and _PIECES.intersection(PurePosixPath(path).parts[:-1]):
        return True
    if tool == "jekyll":
        return False
    stated = front.properties.get("title")
    heading = _HEADING.match(front.body)
    titles = (
        stated if isinstance(stated, str) else "",
        PurePosixPath(path).stem,
        heading["title"] if heading else "",
    )
    return any(map(_is_placeholder, titles)) or (tool == "logseq" and _holds_templates_only(front.body))


def _is_placeholder(title: str) -> bool:
    # In backticks it is named, not left to be filled in.
    return bool(_PLACEHOLDER.search(title)) and not re.search(r"[\w`]", _PLACEHOLDER.sub("", title))


def _holds_templates_only(text: str) -> bool:
    before, *blocks = _LOGSEQ_BLOCK.split(text)
    return bool(blocks) and not before.strip() and all(map(_LOGSEQ_TEMPLATE.search, blocks))
