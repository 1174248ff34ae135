"""Code blocks: coloured by kind of word, with a title and marked lines where their first line asks for them.

The only importer of Pygments. Of its hundred kinds of words a page tells seven apart, one letter each, which
`templates/code.css` gives a colour; a language that it does not know stays plain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from markdown_it.common.utils import unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from msgspec import Struct
from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, _TokenType

from notegen.regex import regex

MAX_COLOURED_LENGTH = 20_000
"""Characters of a block that is coloured: a longer one is data more than code, and takes a second."""
MAX_COLOURED_LINE = 2_000
"""The longest line that is coloured: lexers are written for lines of people, and some take their length squared."""

_OTHER_NAMES = {
    "dataviewjs": "js",
    "jsonc": "json5",
    "patch": "diff",
    "systemd": "ini",
    "viml": "vim",
    "yml": "yaml",
    "zsh-session": "console",
}
"""Languages by names that note tools and people use and Pygments does not, and one whose own lexer is slow."""
_SLOW = frozenset({"urlencoded", "x++", "xpp"})
"""Languages whose lexers take seconds for 20 kB of another one."""

_CLASSES: dict[_TokenType, str] = {
    Comment: "c",
    Comment.Preproc: "k",
    Comment.PreprocFile: "s",
    Generic.Deleted: "d",
    Generic.Heading: "n",
    Generic.Inserted: "i",
    Generic.Prompt: "c",
    Generic.Subheading: "c",
    Keyword: "k",
    Keyword.Constant: "m",
    Keyword.Type: "n",
    Literal: "m",
    Name.Attribute: "n",
    Name.Builtin: "n",
    Name.Builtin.Pseudo: "k",
    Name.Class: "n",
    Name.Constant: "m",
    Name.Decorator: "n",
    Name.Entity: "m",
    Name.Exception: "n",
    Name.Function: "n",
    Name.Tag: "k",
    Number: "m",
    Operator.Word: "k",
    String: "s",
    String.Doc: "c",
}
"""Comment, keyword, string, number, name; deleted and inserted. A kind not here is as the kind it belongs to."""

_LANGUAGE = regex(r"\{?\.?([^\s{}:,=\"']*)")
_TITLE = regex(
    r"\b(?:title|filename)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))|(?<=[\w\s])[ \t]\[([^\[\]]+)\](?=[\s{]|\Z)"
)
"""The last is VitePress' and Docusaurus' `js [config.js]`."""
_REMARK = regex(
    r"[ \t]*(?://|\#|--|;|%|/\*|<!--|\{/\*)[ \t]*\[!code[ \t]+(?P<what>[^\]\s:]{1,30})(?::(?P<lines>\d{1,4}))?\]"
    r"[ \t]*(?:\*/\}|\*/|-->)?[ \t]*$",
    re.MULTILINE,
)
"""Shiki's `// [!code ++]`, which says how its line looks and is no part of the code."""
_MAGIC = regex(
    r"[ \t]*(?://|\#|--|;|%|/\*|<!--|\{/\*)[ \t]*highlight-(?P<what>next-line|start|end)[ \t]*(?:\*/\}|\*/|-->)?\s*"
)
"""Docusaurus' line that says which lines below it are to stand out, and is no part of the code."""
_MARKING = frozenset({"highlight", "hl", "focus", "++"})
_MARKED = regex(r"(?:^|[\s\w])\{([\d\s,-]+)\}|\bhl_lines=[\"']?([\d\s,-]+)")
_RANGE = regex(r"(\d+)(?:-(\d+))?")

ColouredPiece = tuple[str, str]
"""A class, empty for none, and the text that has it."""


class Fence(Struct, frozen=True):
    """What a code block's first line says: ```` ```py title="a.py" {1,3-5} ````."""

    language: str
    title: str = ""
    marked: frozenset[int] = frozenset()
    """The lines, from 1, that are to stand out."""


def read_fence(info: str) -> Fence:
    """What follows the backticks.

    R Markdown's `{r, echo=FALSE}` and Pandoc's `{.py}` name a language too; lines are marked as in Quartz, `{1,3-5}`,
    or as in MkDocs, `hl_lines="1 3-5"`.
    """
    found = _LANGUAGE.match(info)
    title, marked = _TITLE.search(info), _MARKED.search(info)
    return Fence(
        language=found[1] if found else "",
        title=next(filter(None, title.groups()), "") if title else "",
        marked=_line_numbers(marked[1] or marked[2]) if marked else frozenset(),
    )


def colour(source: str, language: str) -> str:
    """The code as HTML, each kind of word in a `<span>` of its class; total.

    Args:
        language: as people write it, in any case; one that nobody knows leaves the code plain.
    """
    return _pieces_html(_coloured_pieces(source, language))


def render_fence(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """A block between fences; one that is only indented names no language and stays plain."""
    token = tokens[idx]
    fence = read_fence(unescapeAll(token.info).strip())
    attributes = Token("", "", 0, attrs=token.attrs.copy())
    if fence.language:
        attributes.attrJoin("class", f"language-{fence.language}")
    source, remarked = _without_remarks(token.content)
    if not fence.marked:  # as in Docusaurus, where numbers count the lines as they are written
        source, below = _without_magic(source)
        remarked |= below
    pieces = _coloured_pieces(source, fence.language)
    marked = fence.marked | remarked
    code = _marked_html(pieces, marked) if marked else _pieces_html(pieces)
    block = f"<pre><code{self.renderAttrs(attributes)}>{code}</code></pre>\n"
    if not fence.title:
        return block
    return f'<figure class="code"><figcaption>{escape(fence.title)}</figcaption>\n{block}</figure>\n'


def _without_remarks(source: str) -> tuple[str, frozenset[int]]:
    """The code without such remarks, and the lines from 1 that one of them marks."""
    if "[!code" not in source:
        return source, frozenset()
    marked = frozenset(
        line
        for remark in _REMARK.finditer(source)
        if remark["what"] in _MARKING
        for first in [source.count("\n", 0, remark.start()) + 1]
        for line in range(first, first + int(remark["lines"] or 1))
    )
    return _REMARK.sub("", source), marked


def _without_magic(source: str) -> tuple[str, frozenset[int]]:
    """The same for Docusaurus' lines, `// highlight-next-line`, and those between a start and an end."""
    if "highlight-" not in source:
        return source, frozenset()
    kept: list[str] = []
    marked: set[int] = set()
    is_next = is_open = False
    for line in source.splitlines(keepends=True):
        if magic := _MAGIC.fullmatch(line):
            is_next |= magic["what"] == "next-line"
            is_open = magic["what"] == "start" or (is_open and magic["what"] != "end")
            continue
        kept.append(line)
        if is_next or is_open:
            marked.add(len(kept))
        is_next = False
    return "".join(kept), frozenset(marked)


def _coloured_pieces(source: str, language: str) -> list[ColouredPiece]:
    """The code cut where its class changes."""
    lexer = _lexer(language.lower())
    if (
        lexer is None
        or len(source) > MAX_COLOURED_LENGTH
        or max(map(len, source.split("\n"))) > MAX_COLOURED_LINE
    ):
        return [("", source)]
    try:
        words = [(_class_of(kind), text) for _, kind, text in lexer.get_tokens_unprocessed(source)]
    except Exception:  # six hundred lexers by as many people: one that fails costs the colours, not the build
        return [("", source)]
    pieces = [(name, "".join(text for _, text in run)) for name, run in groupby(words, key=lambda w: w[0])]
    # One that lost a character would change what the note says.
    return pieces if "".join(text for _, text in pieces) == source else [("", source)]


def _pieces_html(pieces: Iterable[ColouredPiece]) -> str:
    return "".join(
        f'<span class="{name}">{escape(text)}</span>' if name and not text.isspace() else escape(text)
        for name, text in pieces
    )


def _marked_html(pieces: Iterable[ColouredPiece], marked: frozenset[int]) -> str:
    lines = (_pieces_html(line) for line in _lines_of_pieces(pieces))
    return "".join(
        f"<mark>{line}</mark>" if number in marked else line for number, line in enumerate(lines, start=1)
    )


def _lines_of_pieces(pieces: Iterable[ColouredPiece]) -> Iterator[list[ColouredPiece]]:
    """The pieces of each line, its end included."""
    line: list[ColouredPiece] = []
    for name, text in pieces:
        for part in text.splitlines(keepends=True):
            line.append((name, part))
            if part.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def _line_numbers(text: str) -> frozenset[int]:
    """`1 3-5` and `1,3-5` as numbers."""
    ranges = ((int(first), int(last or first)) for first, last in _RANGE.findall(text))
    return frozenset(
        number for first, last in ranges for number in range(first, min(last, MAX_COLOURED_LENGTH) + 1)
    )


@cache
def _class_of(kind: _TokenType) -> str:
    for wider in reversed(kind.split()):
        if wider in _CLASSES:
            return _CLASSES[wider]
    return ""


@cache
def _known_names() -> frozenset[str]:
    """The languages that Pygments itself has; what else is installed on a machine must not change a page."""
    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@cache
def _lexer(language: str) -> Lexer | None:
    name = _OTHER_NAMES.get(language, language)
    return get_lexer_by_name(name) if name in _known_names() - _SLOW else None
