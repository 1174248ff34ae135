"""Jekyll folders: drafts by folder, titles by file name, and the Liquid that stands in links."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from notegen.model import Source
from notegen.read.lines import outside_code

_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)", re.DOTALL)
_LIQUID = (
    (re.compile(r"\{\{\s*site\.(?:baseurl|url)\s*\}\}"), ""),
    (
        re.compile(
            r"\{\{\s*[\"']([^\"'{}]*)[\"']\s*\|\s*(?:relative_url|absolute_url|url|prepend[^}]*)\s*\}\}"
        ),
        r"\1",
    ),
    (re.compile(r"\{%-?\s*post_url\s+([^\s%]+)\s*-?%\}"), r"\1.md"),
    (re.compile(r"\{%-?\s*link\s+([^\s%]+)\s*-?%\}"), r"/\1"),
    (re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}"), ""),
    (re.compile(r"\{%-?\s*highlight\s+(\S+)[^%]*-?%\}"), r"```\1"),
    (re.compile(r"\{%-?\s*endhighlight\s*-?%\}"), "```"),
    (re.compile(r"\{:\s*[.#][^}\n]*\}"), ""),  # kramdown's classes
)
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-(?P<slug>.+)")


def adapt_jekyll(source: Source) -> Source | None:
    """The source without Liquid that stands for an address, and titled; None for a draft; total."""
    if "_drafts" in PurePosixPath(source.id).parts:
        return None
    dated = _DATED.fullmatch(PurePosixPath(source.id).stem)
    title = dated["slug"].replace("-", " ").strip().capitalize() if dated else ""
    # A comment's lines stay as empty ones, so that what follows keeps its line numbers.
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source.text)
    return replace(source, text=outside_code(text, _without_liquid) if "{" in text else text, title=title)


def _without_liquid(line: str) -> str:
    for pattern, plain in _LIQUID:
        line = pattern.sub(plain, line)
    return line
