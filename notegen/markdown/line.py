"""A line of text that is shown as it stands, such as a description in front matter, with its formulas to be read."""

from notegen.markdown.formula import is_formula
from notegen.markdown.formula_words import formula_text
from notegen.markdown.parser import parser


def formulas_in_words(line: str) -> str:
    """The line with what is a formula in Markdown in Unicode's signs, all else as it is; total."""
    if "$" not in line:
        return line
    pieces: list[str] = []
    position = 0
    for token in filter(
        is_formula, parser().parseInline(line, {"text": line, "tool": "plain"})[0].children or ()
    ):
        written = f"{token.markup}{token.content}{token.markup}"
        start = line.find(written, position)
        if start >= 0:
            pieces += (line[position:start], formula_text(token))
            position = start + len(written)
    return "".join([*pieces, line[position:]])
