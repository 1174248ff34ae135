"""What Docusaurus writes of its own: ids of headings in a comment of MDX, and addresses that are no page's.

## Settings {/* #settings */}          since `{#settings}` is an expression in MDX
[plan](pathname:///files/plan.pdf)     a file that lies at that path of the site
"""

from notegen.read.code_spans import outside_code, outside_fences
from notegen.regex import regex

_HEADING = regex(
    r"(?P<words>[ >]*#{1,6}[ \t][^\n]*?(?<![ \t]))[ \t]*\{/\*[ \t]*#(?P<id>[\w-]{1,100})[ \t]*\*/\}[ \t]*"
)
_FILE = regex(r"(?P<before>\]\(<?|\b(?:href|src)=[\"']?)pathname://(?=/)")


def without_docusaurus(text: str) -> str:
    """The text with what every tool reads in the place of Docusaurus'; lines keep their numbers. Total."""
    if "*/}" in text and "#" in text:
        lines = text.split("\n")
        for number in outside_fences(lines):
            if heading := _HEADING.fullmatch(lines[number]):
                lines[number] = f"{heading['words']} {{#{heading['id']}}}"
        text = "\n".join(lines)
    if "pathname://" in text:
        text = outside_code(text, lambda line: _FILE.sub(r"\g<before>", line))
    return text
