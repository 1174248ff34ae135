"""A line of text that is shown as it stands, such as a description in front matter, in words to be read."""

from notegen.markdown.formula import FORMULAS
from notegen.markdown.parser import parser
from notegen.markdown.plain import plain_text

_SIGNS = frozenset("$*_`~=[")
_MARKS = FORMULAS | frozenset(
    {"em_open", "strong_open", "s_open", "mark_open", "code_inline", "link_open", "wiki_link", "image"}
)


def words_of_line(line: str) -> str:
    """The line without the marks of emphasis, code and links, formulas in Unicode's signs; total.

    One that has none of these is as it is: a backslash or a star alone is no Markdown that somebody meant.
    """
    if _SIGNS.isdisjoint(line):
        return line
    tokens = (
        parser(for_sites=False, for_pandoc=False)
        .parseInline(line, {"text": line, "tool": "plain"})[0]
        .children
        or ()
    )
    return plain_text(tokens) if any(token.type in _MARKS for token in tokens) else line
