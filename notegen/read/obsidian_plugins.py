"""What plugins of Obsidian write in ways of their own: Admonition's blocks, Dataview's fields, days on Kanban's cards.

An ```` ```ad-note ```` block is a callout, whose text is Markdown. `[due:: tomorrow]` is shown as `due: tomorrow`, and
`(due:: tomorrow)` by its value alone, as Dataview shows them; `@{2024-05-01}` on a board is that day.
"""

import re

from msgspec.structs import replace

from notegen.model import REMOVED_LINE, Source
from notegen.read.code_spans import outside_code
from notegen.regex import regex

_ADMONITION = regex(
    r"(?P<indent>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})[ \t]*ad-(?P<kind>[\w-]{1,40})"
    r"[ \t]*(?P<title>[^`\n]*)"
)
_OPTION = regex(r"[ \t]*(?P<name>title|collapse|icon|color|metadata|inject):[ \t]*(?P<value>[^\n]*)")
_FENCE = regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})")
_FOLDS = {"open": "+", "closed": "-", "true": "-"}
_NAME = r"[^\W\d_][\w /-]{0,40}"
_VALUE = r"(?:[^\[\]()\n]|\[\[[^\[\]\n]+\]\]){1,300}?"
_SHOWN = regex(rf"(?<!\[)\[(?P<name>{_NAME})::[ \t]*(?P<value>{_VALUE})[ \t]*\](?!\(|\])")
_BARE = regex(rf"(?<!\])\((?:{_NAME})::[ \t]*(?P<value>{_VALUE})[ \t]*\)")
_CARD_DATE = regex(r"(?<!\S)@@?\{(?P<date>[\w :./-]{1,30})\}")


def adapt_obsidian(source: Source) -> Source:
    """The source with those as Markdown; lines keep their numbers. Total."""
    text = source.text
    if "ad-" in text:
        text = _with_callouts(text)
    if "::" in text:
        text = outside_code(text, _without_fields, indented=True)
    if "@{" in text and "kanban-plugin" in source.properties:
        text = outside_code(text, lambda line: _CARD_DATE.sub(r"\g<date>", line))
    return source if text is source.text else replace(source, text=text)


def _without_fields(line: str) -> str:
    if "::" not in line:
        return line
    return _BARE.sub(r"\g<value>", _SHOWN.sub(r"\g<name>: \g<value>", line))


def _with_callouts(text: str) -> str:
    """Each closed block as a quote that is a callout; one within another as a quote in it."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if fence is None:
            number += 1
            continue
        last = _end_of(lines, number, fence["fence"])
        opening = _ADMONITION.fullmatch(lines[number])
        if opening and last < len(lines):
            lines[number : last + 1] = _callout(opening, lines[number + 1 : last])
        number = last + 1
    return "\n".join(lines)


def _end_of(lines: list[str], first: int, fence: str) -> int:
    for number in range(first + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return number
    return len(lines)


def _callout(opening: re.Match[str], body: list[str]) -> list[str]:
    """As many lines as the block has."""
    indent, title, fold, count = opening["indent"], opening["title"].strip(), "", 0
    for line in body:
        option = _OPTION.fullmatch(line)
        if option is None:
            break
        count += 1
        if option["name"] == "title":
            title = option["value"].strip()
        elif option["name"] == "collapse":
            fold = _FOLDS.get(option["value"].strip().lower(), "")
    within = indent if not indent.strip() else " " * len(indent)
    inner = _with_callouts("\n".join(line.removeprefix(within) for line in body[count:])).split("\n")
    return [
        f"{indent}> [!{opening['kind']}]{fold} {title}".rstrip(),
        *[REMOVED_LINE] * count,
        *(line if line == REMOVED_LINE else f"{within}> {line}" for line in inner[: len(body) - count]),
        "",
    ]
