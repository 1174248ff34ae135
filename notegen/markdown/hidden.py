r"""What a text hides from its readers, left out before anything else sees it, with its links, tags and headings.

- `%%comments%%`, as in Obsidian, and `<!-- HTML's -->`: from mark to mark, over cells, items, paragraphs and headings.
- kramdown's `{::comment}`, Hugo's `{{< comment >}}` and Liquid's `{% comment %}`, likewise.
- Templates' `{{/* … */}}`, `{# … #}`, `<%-- … --%>`, `<%# … %>` and MDX's `{/* … */}`, where they are closed.
- Templater's scripts, `<%* … %>`, and Roam's `{{comment: …}}`, where they are closed.
- LaTeX's `\begin{comment}` and `\iffalse`, Liquid's `{% # … %}`, where they are closed.
- Boxes, sections and spans of the kind `private` or `hidden`, see `hidden_boxes`.
- Elements that no browser shows: `<template>`, `<script>`, whatever has the attribute `hidden`.
- The section of a heading that has a private tag, up to the next heading of its level or above.
- In a diagram, lines that begin with `%%`, which Mermaid does not draw.

Other code is no place for any of them. What is opened and never closed reaches to the end of the text, and is reported.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct, field

from notegen.markdown.hidden_boxes import hidden_boxes, may_have_boxes
from notegen.markdown.left_out import Range, merged, without_ranges
from notegen.markdown.letter_list import letter_lists, number_letters
from notegen.markdown.removed_line import leave_out_removed_lines, restore_line_numbers
from notegen.model import Code, Place, Problem
from notegen.regex import regex
from notegen.text.comments import COMMENT_BLOCKS, COMMENTS_IF_CLOSED
from notegen.text.comments import NOT_SHOWN as _NOT_SHOWN
from notegen.text.comments import SHOWN_INSTEAD as _FALLBACKS
from notegen.text.looks import look_of, with_looks_of_tags
from notegen.text.tags import composed_tag, written_tags

_FRAMES = frozenset({"iframe", "object"})
"""Fallbacks of which the element itself is shown, as a link to what it frames; hidden is what is in it."""
_HIDING_TAGS = frozenset((*_NOT_SHOWN, *_FALLBACKS, "video", "audio"))
"""Elements of which something is hidden, if they stand where they hide."""
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ATTRIBUTES = r"(?>(?:\"[^\"]*\"|'[^']*'|[^'\"<>]){0,2000})"
_UNSEEN = regex(rf"<({'|'.join(_NOT_SHOWN)})\b[^<>]*>", re.IGNORECASE)
_BROKEN_TAG = regex(r"<[a-zA-Z][^<>\n]*\n")
_LINE_MARKS = regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t>]+)*")
_QUOTE_MARKS = regex(r"[ \t]*>[ \t>]*")
_TAG_SIGN = regex("[<>]")
_BETWEEN_TAGS = regex(r"(?<=>)[^<>]+(?=<)")
_DOLLAR = regex(r"(?<!\\)\$")
_MAX_TAG = 2000
_COMMENT_BLOCK = "|".join(opening for opening, _ in (*COMMENT_BLOCKS, *COMMENTS_IF_CLOSED))
_COMMENT_OPENING = regex(_COMMENT_BLOCK)
_COMMENT_MARK = regex(rf"%%|<!--|{_COMMENT_BLOCK}")
_MARK = regex(
    rf"%%|<!--|{_COMMENT_BLOCK}|`+|<(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:[\s/]{_ATTRIBUTES})?)>"
)
_HINTS = tuple(
    (sign, regex(pattern))
    for sign, pattern in (
        ("%%", "%%"),
        ("<!--", "<!--"),
        ("{", _COMMENT_BLOCK),
        ("\\iffalse", r"\\iffalse"),
        ("<%", _COMMENT_BLOCK),
        ("<", rf"<(?:{'|'.join(sorted(_HIDING_TAGS))})\b"),
        ("hidden", "hidden"),
        ("display", r"display\s*:"),
        ("opacity", r"opacity\s*:"),
        ("font-size", r"font-size\s*:"),
        ("visibility", r"visibility\s*:"),
    )
)
"""What a text that hides anything has in small letters, each behind a sign that is found in a hundredth of the time."""
_LOOKALIKES = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"), ("\u212a", "k"))
"""What a pattern that ignores case takes for another letter, and small letters are not."""
_EVERY_TAG = regex(rf"(?=<(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:[\s/]{_ATTRIBUTES})?)>)")
"""A tag wherever one may begin, in another too."""
_MAX_TAGS_ASKED = 1000
_OF_CODE = ("`", "~~~", "$$", "    ", "\t")
"""One of these stands in every text that holds code or a formula in a block."""
_HIDDEN_ATTRIBUTE = regex(r"(?<![\w-])hidden(?![\w-])", re.IGNORECASE)
_OPEN_ATTRIBUTE = regex(r"(?<![\w-])open(?![\w-])", re.IGNORECASE)
_HIDDEN_STYLE = regex(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![\w-])(?:opacity|font-size)\s*:\s*(?:0+\.?0*|\.0+)[a-z%]*(?![\w.%])",
    re.IGNORECASE,
)
_CSS_REMARK = regex(r"/\*.*?\*/", re.DOTALL)
_CSS_ESCAPE = regex(r"\\([0-9a-fA-F]{1,6})[ \t]?")
_QUOTED = regex(r"\"[^\"]*\"|'[^']*'")
_IN_COMMENT = regex(r"%%|^[ \t>*+-]*(?P<fence>`{3,}|~{3,})[^\n]*$|(?P<ticks>`+)", re.MULTILINE)
_FENCE_LINE = regex(r"^[ \t>*+-]*(?:`{3,}|~{3,})", re.MULTILINE)
_TEX_COMMENT = regex(r"(?<!\\)(?:\\\\)*%(?:(?!\$\$)[^\n])*")
_CELL_END = regex(r"(?<!\\)[|\t\n]")
_CODE = ("fence", "code_block")
_FORMULAS = ("math_block", "math_block_label")
_DIAGRAM = regex(r"\s*\{?\s*\.?mermaid\b", re.IGNORECASE)
_DIAGRAM_COMMENT = regex(
    r"^[ \t>]*(?:[-*+][ \t]+)?%%(?!\{[ \t]*(?:init|initialize|wrap|config)\b)[^\n]*", re.MULTILINE
)
_COMMENT_ENDS = tuple(
    (regex(opening), regex(closing), is_open)
    for pairs, is_open in ((COMMENT_BLOCKS, True), (COMMENTS_IF_CLOSED, False))
    for opening, closing in pairs
)
"""The pattern that opens a comment, the one that closes it, and whether one that is never closed is a comment too."""
_TAG = regex(r"(?<![\w/#&])#(?:\[\[([^\[\]\n|#]+)\]\]|([\w/-]+))")
_DOTTED = regex(r"[.+]")
"""What Logseq's tags go on over, and others' end at."""
_CODE_SPAN = regex(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_MAX_BLOCK_READINGS = 20
"""How often the blocks of a text are read again behind a comment with code in it; then nothing counts as code."""

_SCANS_KEPT = 1024
"""Texts that hide something; most hide nothing, and are seen to by a look at their signs."""


class ShownText(Struct, frozen=True):
    """A text without what it hides."""

    text: str
    """The text, with as many lines as before; one that is gone is `REMOVED_LINE`."""
    lines: tuple[str, ...]
    """The lines as written, with spaces for what is hidden, so that columns stay true."""
    problems: tuple[Problem, ...] = ()


def leave_out_hidden(
    md: MarkdownIt,
    text: str,
    *,
    path: str,
    first_line: int = 1,
    private_tags: Iterable[str] = (),
    also: MarkdownIt | None = None,
) -> ShownText:
    """The text without what it hides; total.

    Args:
        md: reads the blocks, to know what is code.
        private_tags: without `#`; on a heading they hide its section.
        also: another reading of the blocks, of which all that it hides is hidden too.
    """
    tags = frozenset(composed_tag(tag).casefold().strip("#/ ") for tag in private_tags) - {""}
    tags |= {look_of(tag) for tag in tags}
    folded = composed_tag(with_looks_of_tags(text)).casefold() if tags else ""
    tagged = any(f"#{tag}" in folded or f"#[[{tag}" in folded for tag in tags)
    in_formulas = "$$" in text and "%" in text
    in_boxes = may_have_boxes(text)
    if not tagged and not in_formulas and not in_boxes and not _may_hide(text):
        return ShownText(text, tuple(text.split("\n")))
    opened: list[tuple[int, str]] = []
    hidden: list[Range] = []
    # The cards of a board, which is no text of lines, are quotes with an empty line between: each ends its comments.
    for start, part in _parts(text, apart=not first_line):
        for reader in filter(None, (md, also)):
            scan = scanned(reader, part)
            hidden += ((start + low, start + high) for low, high in scan.hidden)
            opened += ((start + at, mark) for at, mark in scan.opened)
    if in_boxes:
        for reader in filter(None, (md, also)):
            hidden += hidden_boxes(text, _code_lines(read_blocks(reader, text)))
    if tagged:
        known = merged(hidden)
        for reader in filter(None, (md, also)):
            hidden += _private_sections(reader, text, tags, known)
    if not hidden:
        return ShownText(text, tuple(text.split("\n")))
    problems = [
        Problem(
            Code.COMMENT_OPEN,
            Place(path, first_line + text.count("\n", 0, at), at - text.rfind("\n", 0, at)),
            (("opening", mark),),
        )
        for at, mark in dict.fromkeys(opened)
    ]
    return ShownText(*without_ranges(text, merged(hidden)), tuple(problems))


def _code_lines(tokens: Iterable[Token]) -> set[int]:
    """The numbers of the lines that are code, but for those that open a box, of which all may look like code."""
    code = (token.map for token in tokens if token.type in _CODE and token.map)
    return {line for start, end in code for line in range(start, end)}


def _may_hide(text: str) -> bool:
    """Whether a text has a sign or word of what hides; most have none, which is quick to see."""
    if not text.isascii():
        for letter, alike in _LOOKALIKES:
            text = text.replace(letter, alike)
    small = text.lower()
    return any(sign in small and pattern.search(small) for sign, pattern in _HINTS)


def read_blocks(md: MarkdownIt, text: str) -> list[Token]:
    """The block tokens of a text, without its inline ones; their lines are the text's."""
    state = StateCore(text, md, {})
    leave_out_removed_lines(state)
    by_letters = "letter_marks" in md.get_active_rules()["core"]
    if by_letters:
        number_letters(state)
    md.block.parse(state.src, md, state.env, state.tokens)
    if by_letters:
        letter_lists(state)
    restore_line_numbers(state)
    return state.tokens


def _parts(text: str, *, apart: bool) -> Iterator[tuple[int, str]]:
    start = 0
    for part in text.split("\n\n") if apart else (text,):
        yield start, part
        start += len(part) + 2


class _Scan(Struct):
    """Goes through one text from its start to its end, from mark to mark."""

    md: MarkdownIt
    written: str
    text: str
    """As written, without the marks of quotes within a tag: what is in the tag and where it ends is known by this."""
    hidden: list[Range] = field(default_factory=list)
    opened: list[tuple[int, str]] = field(default_factory=list)
    """Where something begins that never ends, and its mark."""
    _starts: list[int] = field(default_factory=list)
    """The places at which its lines begin."""
    _blocks: "_Blocks" = field(default_factory=lambda: _Blocks())
    _elements: dict[str, "_Elements"] = field(default_factory=dict)
    _closings: dict[str, re.Match[str] | None] = field(default_factory=dict)
    """The last found of each pattern that ends a comment; None where none stands below."""
    _dollars: list[int] | None = None
    """Where all dollars stand that may open or close a formula."""
    _heard: int = 0
    """Up to where the words within sound and film are hidden."""
    _readings: int = 0

    def run(self) -> None:
        if self._hides_nothing():
            return
        self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        if any(sign in self.text for sign in _OF_CODE):
            self._read_blocks(0)
        position = 0
        while match := _MARK.search(self.text, position):
            if end := self._blocks.code_end(match.start()):
                position = end
            elif match[0][0] == "`":
                position = self._blocks.after_ticks(match)
            elif match[0] == "%%" and self._is_name(match.start()):
                position = match.end()
            elif match["tag"]:
                position = self._after_element(match)
            else:
                position = self._after_comment(match)

    def _hides_nothing(self) -> bool:
        """Whether no mark of a comment and no tag that hides is anywhere: then nobody need know what is code."""
        if "%%" in self.text or "<!--" in self.text or _COMMENT_OPENING.search(self.text):
            return False
        if "$$" in self.text and "%" in self.text:
            return False
        tags = list(islice(_EVERY_TAG.finditer(self.text), _MAX_TAGS_ASKED))
        return len(tags) < _MAX_TAGS_ASKED and not any(
            tag["tag"].lower() in _HIDING_TAGS or _hides_by_attribute(tag["attributes"]) for tag in tags
        )

    def _read_blocks(self, start: int) -> None:
        """Learns what is code from `start` on, as if nothing stood above."""
        self._readings += 1
        self._blocks = _Blocks()
        if self._readings > _MAX_BLOCK_READINGS:
            return
        line = bisect_right(self._starts, start) - 1
        code: list[Range] = []
        inline: list[tuple[int, int, bool]] = []
        tables = 0
        for token in read_blocks(self.md, "\n" * line + self.written[start:]):
            tables += token.nesting if token.type.startswith("table_") else 0
            if not token.map:
                continue
            low, high = (max(start, self._offset(number)) for number in token.map)
            if token.type == "inline" and (not inline or inline[-1][:2] != (low, high)):
                inline.append((low, high, tables > 0))
            elif token.type in _CODE or token.type in _FORMULAS:
                code.append((low, high))
                if token.type in _FORMULAS:
                    self.hidden += (found.span() for found in _TEX_COMMENT.finditer(self.text, low, high))
                elif _DIAGRAM.match(token.info):
                    self.hidden += (found.span() for found in _DIAGRAM_COMMENT.finditer(self.text, low, high))
        self._blocks = _Blocks(self.text, sorted(code), sorted(inline))

    def _offset(self, line: int) -> int:
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def _is_name(self, position: int) -> bool:
        """Whether the two signs end a link's target, as in `[[100%%]]`: nobody begins a comment there."""
        before = self.text[self.text.rfind("\n", 0, position) + 1 : position]
        return self.text.startswith("%%]]", position) and before.rfind("[[") > before.rfind("]]")

    def _after_comment(self, mark: re.Match[str]) -> int:
        if mark[0] == "%%":
            end = _percent_end(self.text, mark.end())
        elif mark[0] == "<!--":
            end = _html_end(self.text, mark.start())
        else:
            found = (
                (ends, is_open)
                for opens, ends, is_open in _COMMENT_ENDS
                if opens.match(self.text, mark.start())
            )
            ending, is_open = next(found)
            closing = self._closing(ending, mark.end())
            if closing is None and not is_open:
                return mark.end()
            end = closing.end() if closing else None
        return self._hide(mark.start(), end, mark[0])

    def _closing(self, ending: re.Pattern[str], start: int) -> re.Match[str] | None:
        """What ends a comment that is open at `start`; asked for from the top down, it is looked for once."""
        known = self._closings.get(ending.pattern)
        if ending.pattern not in self._closings or (known and known.start() < start):
            known = self._closings[ending.pattern] = ending.search(self.text, start)
        return known

    def _after_element(self, tag: re.Match[str]) -> int:
        name, attributes = tag["tag"].lower(), tag["attributes"]
        by_attribute = _hides_by_attribute(attributes)
        if name == "dialog" and _OPEN_ATTRIBUTE.search(_QUOTED.sub('""', attributes)):
            return tag.end()
        if name in ("video", "audio") and not by_attribute:
            last = self._element_end(tag.end(), name) or tag.end()
            if last > self._heard:  # those within another one are hidden with it
                self.hidden += (
                    words.span() for words in _BETWEEN_TAGS.finditer(self.text, tag.end() - 1, last)
                )
                self._heard = last
            return tag.end()
        if not by_attribute and name not in _NOT_SHOWN and name not in _FALLBACKS:
            return tag.start() + 1 if _COMMENT_MARK.search(attributes) else tag.end()
        if name in _VOID:
            return self._hide(tag.start(), tag.end(), f"<{name}>")
        end = self._element_end(tag.end(), name)
        if (end is None and name in _FALLBACKS and not by_attribute) or self._in_formula(tag.start(), end):
            return tag.end()
        if name in _FRAMES and not by_attribute and end is not None:
            last = self.text.rfind("</", tag.end(), end)
            if (beyond := self._end_of_open(tag.end(), end)) > end:
                last = beyond
            return self._hide(tag.end(), last, f"<{name}>") if last > tag.end() else tag.end()
        return self._hide(tag.start(), end and self._end_of_open(tag.end(), end), f"<{name}>")

    def _end_of_open(self, start: int, end: int) -> int:
        """Behind what no browser shows and begins within the range, if that ends later: the range's end is in it."""
        for tag in _UNSEEN.finditer(self.text, start, end):
            end = max(end, self._element_end(tag.end(), tag[1].lower()) or end)
        return end

    def _element_end(self, start: int, name: str) -> int | None:
        """The place behind the element of which all up to `start` is there; None where it is not closed."""
        if name not in self._elements:
            self._elements[name] = _Elements.of(self.text, name)
        return self._elements[name].end_from(start)

    def _in_formula(self, start: int, end: int | None) -> bool:
        r"""Whether an element is the text of a formula in a line: `$\text{<script>…</script>}$`."""
        if end is None:
            return False
        if self._dollars is None:
            self._dollars = [dollar.start() for dollar in _DOLLAR.finditer(self.text)]
        line = bisect_right(self._starts, start)
        before = bisect_left(self._dollars, start) - bisect_left(self._dollars, self._starts[line - 1])
        return before % 2 == 1 and self.text.find("$", end, self._offset(line)) >= 0

    def _hide(self, start: int, end: int | None, mark: str) -> int:
        """Hides up to the end, of the whole text for None; gives the place behind it."""
        if end is None:
            self.opened.append((start, mark))
            end = len(self.text)
        self.hidden.append((start, end))
        if _FENCE_LINE.search(self.text, start, end) and end < len(self.text):
            self._read_blocks(end)
        return end


@lru_cache(maxsize=_SCANS_KEPT)
def scanned(md: MarkdownIt, text: str) -> _Scan:
    """A scanned text, cached: it is wanted once for the names that no link may use, and again to be shown."""
    scan = _Scan(md, text, _with_whole_tags(text))
    scan.run()
    return scan


def _with_whole_tags(text: str) -> str:
    """The text, as long as before, with spaces for the marks of a quote on the further lines of a tag."""
    if ">" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for tag in _BROKEN_TAG.finditer(text):
        marks = _LINE_MARKS.match(text, text.rfind("\n", 0, tag.start()) + 1)
        depth = marks[0].count(">") if marks else 0
        start = max(tag.end(), position)
        while depth and (mark := _QUOTE_MARKS.match(text, start)) and start < tag.end() + _MAX_TAG:
            found = [*re.finditer(">", mark[0])][:depth]
            end = start + found[-1].end()
            pieces += (text[position:start], " " * (end - start))
            position = end
            line_end = text.find("\n", end)
            if line_end < 0 or _TAG_SIGN.search(text, end, line_end):
                break
            start = line_end + 1
    return "".join((*pieces, text[position:])) if pieces else text


def _hides_by_attribute(attributes: str) -> bool:
    has_style = "style" in attributes.lower()
    style = " ".join(found[0] for found in _QUOTED.finditer(attributes)) if has_style else ""
    return bool(
        _HIDDEN_ATTRIBUTE.search(_QUOTED.sub('""', attributes))
        or _HIDDEN_STYLE.search(_plain_style(style or (attributes if has_style else "")))
    )


def _plain_style(style: str) -> str:
    """A style as a browser reads it: without remarks, its escapes undone."""
    style = _CSS_REMARK.sub("", unescape(style) if "&" in style else style)
    return _CSS_ESCAPE.sub(lambda found: chr(int(found[1], 16) % 0x110000), style)


def _percent_end(text: str, start: int) -> int | None:
    """The place behind the `%%` that ends a comment; code in the comment ends it no more than code begins one."""
    position = start
    unclosed: set[str] = set()  # fences that nothing below closes
    while match := _IN_COMMENT.search(text, position):
        if match[0] == "%%":
            return match.end()
        position = match.end()
        if match["fence"] and match["fence"] not in unclosed:
            closing = re.compile(rf"^[ \t>]*{match['fence']}[`~]*[ \t]*$", re.MULTILINE).search(
                text, position
            )
            position = closing.end() if closing else position
            unclosed |= set() if closing else {match["fence"]}
        elif match["ticks"]:
            line_end = text.find("\n", position)
            closing = re.compile(rf"(?<!`){match['ticks']}(?!`)").search(
                text, position, len(text) if line_end < 0 else line_end
            )
            position = closing.end() if closing else position
    return None


def _html_end(text: str, start: int) -> int | None:
    short = next((short for short in ("<!-->", "<!--->") if text.startswith(short, start)), "<!--")
    end = text.find("-->", start + len(short))
    if end < 0:  # a browser takes the short forms for whole comments; who has an end later meant that
        return None if short == "<!--" else start + len(short)
    return end + 3


class _Blocks(Struct, frozen=True):
    """Where code is in a text, and where spans of code may be, in the text's order."""

    text: str = ""
    code: Sequence[Range] = ()
    inline: Sequence[tuple[int, int, bool]] = ()
    """The blocks of inline text: start, end, and whether it is a row of a table."""

    def code_end(self, position: int) -> int:
        """The end of the code block that holds the place; 0 for none."""
        number = bisect_right(self.code, (position, len(self.text) + 1)) - 1
        return self.code[number][1] if number >= 0 and self.code[number][1] > position else 0

    def after_ticks(self, ticks: re.Match[str]) -> int:
        """The place behind a span of code, or behind backticks that begin none."""
        start = ticks.start()
        if (start - len(self.text[:start].rstrip("\\"))) % 2:
            return start + 1
        number = bisect_right(self.inline, (start, len(self.text) + 1, True)) - 1
        if number < 0 or self.inline[number][1] <= start:
            return ticks.end()
        _, end, in_table = self.inline[number]
        if in_table and (cell := _CELL_END.search(self.text, ticks.end(), end)):
            end = cell.start()
        closing = re.compile(rf"(?<!`){ticks[0]}(?!`)").search(self.text, ticks.end(), end)
        return closing.end() if closing else ticks.end()


class _Elements(Struct):
    """Where the elements of one name end, of a text; each tag is looked at once, however many are never closed."""

    starts: list[int] = field(default_factory=list)
    """The places at which all tags of the name begin."""
    ends: list[int | None] = field(default_factory=list)
    """Behind the tag that closes what is open where such a tag begins."""

    @classmethod
    def of(cls, text: str, name: str) -> "_Elements":
        found = cls()
        open_: list[tuple[int, int]] = []  # how many are open before a tag, and which it is
        level = 0
        pattern = re.compile(rf"<(?P<slash>/?){re.escape(name)}(?![\w-])[^<>]*>", re.IGNORECASE)
        for number, tag in enumerate(pattern.finditer(text)):
            found.starts.append(tag.start())
            found.ends.append(None)
            open_.append((level, number))
            level += -1 if tag["slash"] else 1
            while open_ and open_[-1][0] > level:
                found.ends[open_.pop()[1]] = tag.end()
        return found

    def end_from(self, start: int) -> int | None:
        """The place behind the tag that closes what is open there; None for none."""
        number = bisect_left(self.starts, start)
        return self.ends[number] if number < len(self.ends) else None


def _private_sections(
    md: MarkdownIt, text: str, tags: frozenset[str], hidden: Sequence[Range]
) -> Iterator[Range]:
    """The sections of headings with one of the tags; a heading that is hidden neither begins nor ends one."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    tokens = read_blocks(md, text)
    ends: list[int] = []
    open_: list[tuple[int, int, int]] = []  # level of the token, level of the heading, start
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            ends.append(starts[min(token.map[1], len(starts) - 1)] if token.map else len(text))
        elif token.nesting == -1 and ends:
            end = ends.pop()
            for section in [one for one in open_ if one[0] > token.level]:
                open_.remove(section)
                yield section[2], end
        if token.type != "heading_open" or not token.map or _covers(hidden, starts[token.map[0]], text):
            continue
        start, level = starts[token.map[0]], int(token.tag[1])
        for section in [one for one in open_ if one[0] == token.level and one[1] >= level]:
            open_.remove(section)
            yield section[2], start
        if _is_tagged(tokens[index + 1].content, tags):
            open_.append((token.level, level, start))
    yield from ((section[2], len(text)) for section in open_)


def _covers(ranges: Sequence[Range], position: int, text: str) -> bool:
    """Whether the first letter of a line is hidden."""
    while position < len(text) and text[position] in " \t>":
        position += 1
    number = bisect_right(ranges, (position, len(text) + 1)) - 1
    return number >= 0 and ranges[number][0] <= position < ranges[number][1]


def _is_tagged(heading: str, tags: frozenset[str]) -> bool:
    text = with_looks_of_tags(_CODE_SPAN.sub("", heading))
    # Also without the marks, emoji, dots that belong to a tag: in doubt, more is hidden.
    for name in (*(found[1] or found[2] for found in _TAG.finditer(text)), *written_tags(text)):
        for form in {name, _DOTTED.split(name, maxsplit=1)[0]}:
            parts = composed_tag(form).casefold().split("/")
            if any("/".join(parts[:end]) in tags for end in range(1, len(parts) + 1)):
                return True
    return False
