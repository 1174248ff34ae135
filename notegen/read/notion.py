"""Notion's Markdown export: pages of a database say their properties in lines under the title, `Status: Done`.

A relation names pages with their addresses behind, `Bread (Tasks/Bread%200f3c.md), Salt (Tasks/Salt%201a2b.md)`, which
are links to them.
An export leaves no mark in a folder but its names, each of which ends with an id of 32 hexadecimal digits.
"""

import re

from msgspec.structs import replace

from notegen.model import Place, Source
from notegen.paths import is_notion_name, stem_of
from notegen.read.front_matter import clean_key
from notegen.read.visibility import read_flags
from notegen.regex import regex

_TOP = regex(r"\s*# [^\n]+\n[ \t]*\n")
_LINE = regex(r"(?P<key>[^\W_][^:\n`\[\]*]{0,60}):[ \t]+(?P<value>\S[^\n]*)")
_ADDRESS = r"[^\s()]*(?:\([^\s()]*\)[^\s()]*){0,9}"
_RELATED = regex(
    rf"(?P<words>[^\[\]\n]+?) \((?P<address>{_ADDRESS}\.(?:md|csv)|https://(?:www\.)?notion\.so/{_ADDRESS})\)(?:, |\Z)"
)
_TABLE = regex(r"(?P<folder>.+?)(?P<id> [0-9a-f]{32})(?:_all)?\.csv", re.IGNORECASE)
"""A database, beside which its pages lie in a folder that is called likewise, in newer exports without the id."""
_LISTS = frozenset({"tags", "aliases"})
_MAX_LINES = 60


def with_notion_properties(source: Source) -> Source | None:
    """The source with such lines as front matter, if it has no other; None for one that they keep back."""
    if source.properties or not is_notion_name(stem_of(source.id).rpartition("/")[2]):
        return source
    top = _TOP.match(source.text)
    if top is None:
        return source
    above = top[0].count("\n")
    properties: dict[str, object] = {}
    lines: dict[str, int] = {}
    rows = source.text[top.end() :].split("\n", _MAX_LINES)[:_MAX_LINES]
    count = next((number for number, row in enumerate(rows) if not row.strip()), len(rows))
    for number, row in enumerate(rows[:count]):
        line = _LINE.fullmatch(row.rstrip())
        if line is None or "%%" in row or "<!--" in row or "-->" in row:
            return source
        key, value = clean_key(line["key"]), line["value"]
        listed = [item.strip() for item in value.split(",")] if key in _LISTS else _with_links(value)
        properties.setdefault(key, listed)
        lines.setdefault(key, source.first_line + above + number)
    if not properties:
        return source
    if read_flags(properties.items(), lambda key: Place(source.id)).withheld:
        return None
    written = source.text.split("\n")
    written[above : above + count] = [""] * count
    return replace(source, text="\n".join(written), properties=properties, property_lines=lines)


def folders_of_database(path: str) -> tuple[str, ...]:
    """Where the pages lie that are the rows of a table: the beginnings of their paths; none where it is no database."""
    table = _TABLE.fullmatch(path)
    return (f"{table['folder']}{table['id']}/", f"{table['folder']}/") if table else ()


def id_of_page(path: str) -> str:
    """The 32 digits behind a page's name, which addresses in other files have too; empty where it has none."""
    name = stem_of(path).rpartition("/")[2]
    return name[-32:] if is_notion_name(name) else ""


def _with_links(value: str) -> str | list[str]:
    """The value of a property, or, where it is a relation, a link to each page that it names."""
    links: list[str] = []
    end = 0
    while end < len(value):
        related = _RELATED.match(value, end)
        if related is None:
            return value
        links.append(f"[{related['words']}]({related['address']})")
        end = related.end()
    return links
