"""What Pandoc and CriticMarkup write over several blocks: numbered examples, `(@good)`, and changes of paragraphs.

Tags of Org's headlines, for which Pandoc has spans within spans, are tags again.

Items that count themselves, `#.`, get a number, page breaks of LaTeX go, and what is raw for HTML, `{=html}`, is HTML.

An example is an item with its number, and what refers to one shows it. A change that goes on over an empty line is one
in each paragraph, since marks within a line end with it.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from notegen.model import Tool
from notegen.read.code_spans import outside_code, outside_fences
from notegen.read.flags import is_false
from notegen.regex import regex

_ITEM = regex(r"(?P<indent> {0,3})\(@(?P<name>[\w-]{0,60})\)(?=[ \t]+\S)")
_REFERENCE = regex(r"\(@(?P<name>[\w-]{1,60})\)")
_CHANGES = (("{++", "++}"), ("{--", "--}"), ("{==", "==}"), ("{>>", "<<}"))
_MARKER = regex(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+)*")
_FENCE = regex(r"[ \t>*+-]*(?P<fence>`{3,}|~{3,})")
_NUMBER = regex(r"(?P<before>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)#\.(?=[ \t]+\S)")
_PAGE_BREAK = regex(r"\\(?:newpage|pagebreak|clearpage|cleardoublepage)(?:\{\})?[ \t]*")
_RAW_SPAN = regex(
    r"(?P<ticks>`+)(?!`)(?P<raw>.*?)(?<!`)(?P=ticks)(?!`)(?:\{=(?P<format>[a-z][a-z0-9_-]{0,20})\})?"
)
_RAW_FENCE = regex(
    r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*\{=(?P<format>[a-z][a-z0-9_-]{0,20})\}[ \t]*"
)
_HTML_FORMATS = frozenset({"html", "html4", "html5"})
_CELL = regex(
    r"^(?P<opening>[ \t>]*(?:`{3,}|~{3,})[ \t]*\{[ \t]*[a-zA-Z]\w*)(?P<rest>(?:(?!\becho\b)[^\n`])*\})[ \t]*$",
    re.MULTILINE,
)
_ALL_CELLS_OFF = regex(r"opts_chunk\$set\([^()]*\b(?:echo|include)[ \t]*=[ \t]*F(?:ALSE)?\b")
_ORG_TAG = regex(
    r"\[\[[\w@#%]+\]\{\.smallcaps\}\]\{\.tag tag-name=\"(?P<name>[\w@]+)\"\}"
    r"|<span class=\"tag\" tag-name=\"(?P<named>[\w@]+)\"><span class=\"smallcaps\">[\w@#%]+</span></span>"
)
_MAX_LINES = 200
_OF_QUARTO = ("_quarto.yml", "_quarto.yaml", "_bookdown.yml")


def makes_figures(folder: Path, tool: Tool) -> bool:
    """Whether a picture alone in a paragraph shows its words as a caption, as in a project of Quarto's or bookdown's.

    Args:
        folder: the tool's root.
    """
    return tool == "plain" and any((folder / name).is_file() for name in _OF_QUARTO)


def with_examples(text: str) -> str:
    """The text with numbers for examples; lines keep their numbers. Total."""
    if "(@" not in text:
        return text
    lines = text.split("\n")
    numbers: dict[str, int] = {}
    count = 0
    for place in outside_fences(lines):
        if item := _ITEM.match(lines[place]):
            count += 1
            numbers.setdefault(item["name"], count)
            lines[place] = f"{item['indent']}{count}) {lines[place][item.end() :].lstrip()}"
    if not count:
        return text

    def shown(reference: re.Match[str]) -> str:
        number = numbers.get(reference["name"])
        return f"({number})" if number else reference[0]

    return outside_code("\n".join(lines), lambda line: _REFERENCE.sub(shown, line))


def with_org_tags(text: str) -> str:
    """The text with `#sea` for what Pandoc makes of a headline's tag `:sea:`, in Markdown and for GitHub. Total.

    Lines keep their numbers.
    """
    if "tag-name=" not in text:
        return text
    return outside_code(text, lambda line: _ORG_TAG.sub(lambda tag: f"#{tag['name'] or tag['named']}", line))


def with_cells_as_stated(text: str, properties: Mapping[str, object]) -> str:
    """The text with `echo=FALSE` at each cell of code, where the note says so for all: Quarto's, R Markdown's. Total.

    Lines keep their numbers.
    """
    execute = properties.get("execute")
    is_off = isinstance(execute, Mapping) and any(is_false(execute.get(key)) for key in ("echo", "include"))
    if not is_off and not ("opts_chunk" in text and _ALL_CELLS_OFF.search(text)):
        return text
    return _CELL.sub(r"\g<opening>, echo=FALSE\g<rest>", text)


def with_numbers(text: str) -> str:
    """The text with a number for each `#.`, by which Pandoc counts, and without page breaks. Total.

    Lines keep their numbers.
    """
    if "#." not in text and "\\" not in text:
        return text
    lines = text.split("\n")
    for place in outside_fences(lines):
        if number := _NUMBER.match(lines[place]):
            lines[place] = f"{number['before']}1.{lines[place][number.end() :]}"
        elif _PAGE_BREAK.fullmatch(lines[place]):
            lines[place] = ""
    return "\n".join(lines)


def with_raw_html(text: str) -> str:
    """The text with what is written raw for HTML as such, and without what is for other formats. Total.

    Lines keep their numbers.
    """
    if "{=" not in text:
        return text
    lines = text.split("\n")
    closing: dict[str, int] = {}
    ends: dict[int, int] = {}
    for number in range(len(lines) - 1, -1, -1):  # where a fence that opens on each line is closed, if it is
        if fence := _FENCE.match(lines[number]):
            mark, size = fence["fence"][0], len(fence["fence"])
            below = [n for length, n in closing.items() if length[0] == mark and len(length) >= size]
            ends[number] = min(below, default=0)
            if not lines[number].strip(" \t>").strip(mark):
                closing = {
                    length: n for length, n in closing.items() if length[0] != mark or len(length) > size
                }
                closing[fence["fence"]] = number
    number = 0
    while number < len(lines):
        end = ends.get(number, 0)
        raw = _RAW_FENCE.fullmatch(lines[number]) if end else None
        if raw:
            lines[number] = lines[end] = raw["indent"].rstrip()
            if raw["format"] not in _HTML_FORMATS:
                lines[number:end] = [raw["indent"].rstrip()] * (end - number)
        elif number not in ends and "{=" in lines[number]:
            lines[number] = _RAW_SPAN.sub(_shown_raw, lines[number])
        number = max(number, end) + 1
    return "\n".join(lines)


def _shown_raw(span: re.Match[str]) -> str:
    return span["raw"] if span["format"] in _HTML_FORMATS else "" if span["format"] else span[0]


def with_changed_paragraphs(text: str) -> str:
    """The text with each change of several paragraphs marked in every one; lines keep their numbers. Total."""
    if not any(opening in text and closing in text for opening, closing in _CHANGES):
        return text
    lines = text.split("\n")
    outside = frozenset(outside_fences(lines))
    for number in sorted(outside):
        for opening, closing in _CHANGES:
            at = lines[number].rfind(opening)
            if at < 0 or "`" in lines[number] or closing in lines[number][at:]:
                continue
            last = _last_line(lines, outside, number, opening, closing)
            if last and not all(map(str.strip, lines[number:last])):
                for place, begins, ends in _paragraphs(lines, number, last):
                    if ends:
                        lines[place] = lines[place].rstrip() + closing
                    if begins:
                        marker = _MARKER.match(lines[place])
                        begin = marker.end() if marker else 0
                        lines[place] = lines[place][:begin] + opening + lines[place][begin:]
    return "\n".join(lines)


def _last_line(lines: list[str], outside: frozenset[int], first: int, opening: str, closing: str) -> int:
    """The line on which a change ends; 0 where none does before code, another one, or what may hide something."""
    for number in range(first + 1, min(first + _MAX_LINES, len(lines))):
        line = lines[number]
        if number not in outside or any(sign in line for sign in ("`", "%%", "<!--", "-->", opening)):
            return 0
        if closing in line:
            return number
    return 0


def _paragraphs(lines: list[str], first: int, last: int) -> Iterator[tuple[int, bool, bool]]:
    """The lines at which a mark is wanting: where a paragraph begins, or ends, but for the first's and last's own."""
    for number in range(first, last + 1):
        if not lines[number].strip():
            continue
        begins = number > first and not lines[number - 1].strip()
        ends = number < last and not lines[number + 1].strip()
        if begins or ends:
            yield number, begins, ends
