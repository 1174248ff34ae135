"""Liquid, the language of Jekyll's and Eleventy's pages: what it writes for an address, a picture or a name.

Nothing is worked out that the page alone does not say; loops, conditions and variables show as they are.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape, unescape

from notegen.model import REMOVED_LINE
from notegen.read.code_spans import outside_code

_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)", re.DOTALL)
_OVER_LINES = re.compile(r"(?P<tag>\{\{[^{}\n]*\n[^{}]*\}\}|\{%[^{}%\n]*\n[^{}%]*%\})(?P<rest>[^\n]*)")
_QUOTED = r"(?:\"(?P<text>[^\"{}]*)\"|'(?P<other>[^'{}]*)')"
_NAMED = re.compile(r"(?:(?P<name>\w+)\s*[:=]\s*)?(?:\"(?P<text>[^\"]*)\"|'(?P<other>[^']*)')")
_PICTURE = re.compile(r"\S+\.(?:avif|bmp|gif|jpe?g|png|svg|webp)", re.IGNORECASE)

_BETWEEN = re.compile(r"\"[ ,]+\"|'[ ,]+'")
_BRACKET = re.compile(r"[\[\]\\]")
_IMAGE = re.compile(r"\{%-?\s*(?:include|image|img|picture|figure)\w*\s(?P<arguments>[^{}]*?)-?%\}")
_HTML_BLOCK = re.compile(r"^[ ]{0,3}</?[a-zA-Z][^\n]*(?:\n(?![ \t]*\n)[^\n]+)*", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{\s*(?:page\.)?(?P<name>\w+)\s*(?:\|[^{}]*)?\}\}")


def without_liquid(text: str, properties: Mapping[str, object]) -> str:
    """The text with addresses, pictures, code and names for the Liquid that writes them; lines keep their numbers.

    Args:
        properties: the page's front matter, whose texts `{{ page.name }}` and `{{ name }}` show.
    """
    # A comment's lines stay as empty ones, so that what follows keeps its line numbers.
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    text = _HTML_BLOCK.sub(_html_block, _OVER_LINES.sub(_on_one_line, text))
    return outside_code(text, partial(_plain_line, properties=properties))


def _on_one_line(match: re.Match[str]) -> str:
    """A tag of several lines on its first; the line that it ends on goes on where it did."""
    below = [REMOVED_LINE] * (match["tag"].count("\n") - 1) + [match["rest"] or REMOVED_LINE]
    return "\n".join([" ".join(match["tag"].split()), *below])


def _html_block(block: re.Match[str]) -> str:
    """Pictures as HTML where Markdown is not read."""
    return _IMAGE.sub(partial(_picture, as_html=True), block[0]) if "{%" in block[0] else block[0]


def _plain_line(line: str, *, properties: Mapping[str, object]) -> str:
    if "{" not in line:
        return line

    def stated(output: re.Match[str]) -> str:
        value = properties.get(output["name"].lower())
        return value if isinstance(value, str) else output[0]

    line = _IMAGE.sub(partial(_picture, as_html=False), line)
    line = _VARIABLE.sub(stated, line)
    for pattern, plain in _RULES:
        line = pattern.sub(plain, line)
    return line


def _picture(tag: re.Match[str], *, as_html: bool) -> str:
    """`{% image "a.png" "words" %}` and its like as a picture; tags that name none as they are."""
    quoted = next((m for m in _NAMED.finditer(tag["arguments"]) if _PICTURE.fullmatch(_quoted_text(m))), None)
    if quoted is None:
        return tag[0]
    address, rest = _quoted_text(quoted), tag["arguments"][quoted.end() :].strip(" ,")
    named = {
        match["name"]: _quoted_text(match) for match in _NAMED.finditer(tag["arguments"]) if match["name"]
    }
    # Words by place are the last argument; quotes within them are not escaped in practice.
    unnamed = "" if named else _BETWEEN.split(rest[1:-1])[-1]
    words = unescape(next((named[name] for name in named if name.endswith("alt")), unnamed))
    address = address if re.match(r"/|\w+:", address) else f"/{address}"
    caption = f" <em>{escape(named['caption'], quote=False)}</em>" if named.get("caption") else ""
    if as_html:
        return f'<img src="{escape(address)}" alt="{escape(words)}">{caption}'
    words = _BRACKET.sub(r"\\\g<0>", words)
    return f"![{words}](<{address}>){caption}"


def _quoted_text(quoted: re.Match[str]) -> str:
    return quoted["text"] or quoted["other"] or ""


def _filtered(output: re.Match[str]) -> str:
    """`{{ "text" | filter }}`: a link for an address with words of its own, nothing for a portrait, or the text."""
    text = _quoted_text(output)
    if re.match(r"https?://", text):
        argument = _NAMED.search(output["arguments"])
        words = (_quoted_text(argument) if argument else "") or text
        return f'<a href="{escape(text)}">{escape(words, quote=False)}</a>'
    return "" if output["filter"].endswith(("photo", "image", "avatar", "icon")) else text


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\{\{\s*site\.(?:baseurl|url)\s*\}\}"), ""),
    (
        re.compile(rf"\{{\{{\s*{_QUOTED}\s*\|\s*(?:relative_url|absolute_url|url|prepend[^}}]*)\s*\}}\}}"),
        _quoted_text,
    ),
    (re.compile(rf"\{{\{{\s*{_QUOTED}\s*\|\s*(?P<filter>\w+)(?P<arguments>[^{{}}]*)\}}\}}"), _filtered),
    (re.compile(r"\{%-?\s*post_url\s+([^\s%]+)\s*-?%\}"), r"\1.md"),
    (re.compile(r"\{%-?\s*link\s+([^\s%]+)\s*-?%\}"), r"/\1"),
    (re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}"), ""),
    (re.compile(r"\{%-?\s*highlight\s+(\S+)[^%]*-?%\}"), r"```\1"),
    (re.compile(r"\{%-?\s*endhighlight\s*-?%\}"), "```"),
)
