"""Code between fences of which the second is missing, so that all that stands below is code too."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from notegen.model import Code, Place, Problem


def code_problems(
    tokens: Sequence[Token], lines: Sequence[str], *, path: str, first_line: int
) -> Iterator[Problem]:
    """One for code that runs to the end of the text unclosed; code that a list or quote ends did no harm.

    Args:
        lines: the text's, as written.
    """
    last = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].strip(" \t>")), 0)
    for token in tokens:
        if token.type == "fence" and token.map and token.map[0] < last < token.map[1]:
            closing = lines[last].strip(" \t>")
            if not closing.startswith(token.markup) or closing.strip(token.markup[0]):
                yield Problem(
                    Code.CODE_OPEN, Place(path, first_line + token.map[0]), (("opening", token.markup),)
                )
