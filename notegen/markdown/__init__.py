"""Markdown in, structure and safe HTML out; the only importer of markdown-it-py and Pygments.

One rule a file: `wiki_link`, `tag`, `comment`, `highlight`, `task`, `formula`, `code`. `parser` lists them in order,
`structure` reads headings, links and sections off the tokens, `sanitize` is what raw HTML has to pass.
"""

from notegen.markdown.page import ParsedText, parse_text

__all__ = ["ParsedText", "parse_text"]
