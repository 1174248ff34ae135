"""Markdown in, structure and safe HTML out; the only importer of markdown-it-py and Pygments.

`parser` lists all rules in the order in which they are tried; ours are one a file, such as `wiki_link` and `callout`.
`page` runs them over one text, `structure` and `links` read headings, sections and links off the tokens, and `sanitize`
is what raw HTML has to pass.
"""

from notegen.markdown.html_words import paragraphs_of_html
from notegen.markdown.line import words_of_line
from notegen.markdown.page import ParsedText, TextOptions, parse_text

__all__ = ["ParsedText", "TextOptions", "paragraphs_of_html", "parse_text", "words_of_line"]
