"""The words of raw HTML as readers have them: taken from what the sanitiser left, where they stand among the blocks.

What search, previews and descriptions know of it is thus never more than the page shows: no comment, no script, no
attribute.
"""

from collections.abc import Mapping, Sequence
from html import escape, unescape
from itertools import pairwise

from markdown_it.token import Token

from notegen.markdown.formula_words import text_of_mathml
from notegen.regex import regex
from notegen.text.html_tags import tags_of

PLACEHOLDER = "\0"
"""What the name of a piece of HTML begins with: no text has it, and no place that a text names."""

_SPACES = regex(r"\s+")
_CELLS = frozenset({"td", "th"})
_WITHIN_LINE = frozenset(
    "a abbr acronym b bdi bdo cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp small span strike"
    " strong sub sup time tt u var wbr"
    " math mi mn mo mtext mspace mrow mstyle mpadded mphantom menclose msub msup msubsup munder mover munderover"
    " mfrac msqrt mroot mtable mtr mtd mmultiscripts mprescripts".split()
)


def name_html(tokens: Sequence[Token]) -> None:
    """Names each run of HTML blocks on its first token: a table's rows with blank lines between are one."""
    numbers = iter(range(len(tokens)))
    for before, token in pairwise((None, *tokens)):
        if token and token.type == "html_block" and not (before and before.type == "html_block"):
            token.meta["words"] = f"{PLACEHOLDER}{next(numbers)}"


def words_of_html(html: str, spans: Mapping[str, tuple[int, int]]) -> dict[str, tuple[str, ...]]:
    """The paragraphs of each named piece of a text's HTML; a piece that the sanitiser left out has none."""
    return {
        name: paragraphs_of_html(html[start:end])
        for name, (start, end) in spans.items()
        if name.startswith(PLACEHOLDER)
    }


def paragraphs_of_html(html: str) -> tuple[str, ...]:
    """A line a block; the cells of a row as a table of Markdown's has them, formulas as in a text."""
    html = _with_formulas_in_words(html)
    pieces: list[str] = []
    position = 0
    for tag in tags_of(html):
        pieces.append(_SPACES.sub(" ", unescape(html[position : tag.start])))
        position = tag.end
        if tag.name in _CELLS:
            pieces.append(" | " if tag.is_end else "")
        elif tag.name not in _WITHIN_LINE:
            pieces.append("\n")
    text = "".join([*pieces, _SPACES.sub(" ", unescape(html[position:]))])
    return tuple(filter(None, (" ".join(line.split()).strip("| ") for line in text.split("\n"))))


def _with_formulas_in_words(html: str) -> str:
    if "<math" not in html:
        return html
    pieces: list[str] = []
    position = start = 0
    for tag in tags_of(html, "math"):
        if not tag.is_end:
            start = tag.start
        elif start >= position and (words := text_of_mathml(html[start : tag.end])):
            pieces += (html[position:start], escape(words))
            position = tag.end
    return "".join([*pieces, html[position:]])
