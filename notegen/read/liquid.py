"""Liquid, the language of Jekyll's and Eleventy's pages: what it writes for an address, a picture or a name.

Only what the page and its site's settings say is worked out. A loop is left out with all that it repeats. What depends
on a condition is shown. An include stays as what its arguments say: words, a link, a film or a note. A variable that
nothing states is empty, as it is in Liquid.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape, unescape
from pathlib import PurePosixPath
from types import MappingProxyType

from notegen.model import REMOVED_LINE
from notegen.paths import NOTE_SUFFIXES
from notegen.read.code_spans import outside_code, outside_fences
from notegen.regex import regex
from notegen.text.callout_kinds import CALLOUT_KINDS

_COMMENT = regex(r"\{%-?\s*comment\s*-?%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)", re.DOTALL)
_OVER_LINES = regex(r"(?P<tag>\{\{[^{}\n]*\n[^{}]*\}\}|\{%[^{}%\n]*\n[^{}%]*%\})(?P<rest>[^\n]*)")
_QUOTED = r"(?:\"(?P<text>[^\"{}]*)\"|'(?P<other>[^'{}]*)')"
_NAMED = regex(r"(?:(?P<name>\w+)\s*[:=]\s*)?(?:\"(?P<text>[^\"]*)\"|'(?P<other>[^']*)')")
_PICTURE = regex(r"\S+\.(?:avif|bmp|gif|jpe?g|png|svg|webp)", re.IGNORECASE)

_BETWEEN = regex(r"\"[ ,]+\"|'[ ,]+'")
_BRACKET = regex(r"[\[\]\\]")
_IMAGE = regex(r"\{%-?\s*(?:include|image|img|picture|figure)\w*\s(?P<arguments>[^{}]*?)-?%\}")
_INCLUDE = regex(
    r"\{%-?\s*include(?P<relative>_relative)?\w*\s+(?P<quote>[\"']?)(?P<file>[\w./-]+)(?P=quote)(?P<arguments>[^{}]*?)-?%\}"
)
_PLAYED = regex(r"\{%-?\s*(?P<name>youtube|vimeo|gist)\s+[\"']?(?P<id>[\w-]+(?:/[\w-]+)?)[\"']?[^{}%]*-?%\}")
_SAYING = ("content", "text", "message", "body")
_HIDING = frozenset({"private", "hidden", "comment", "comments"})
_HOSTS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
}
_HTML_BLOCK = regex(r"^[ ]{0,3}</?[a-zA-Z][^\n]*(?:\n(?![ \t]*\n)[^\n]+)*", re.MULTILINE)
_VARIABLE = regex(r"\{\{\s*(?P<page>page\.)?(?P<name>\w+)\s*(?:\|[^{}]*)?\}\}")
_OF_SITE = regex(
    r"\{\{-?\s*(?:site\.(?P<name>\w+)|(?:site|page|include|layout|post|paginator|collections|eleventy|content)\b[^{}\n|]*)"
    r"\s*(?:\|[^{}\n]*)?-?\}\}"
)
_COMMENT_SIGN = regex(r"%%|<!--|-->")
_HELD = regex(r"\{%-?\s*(?P<name>for|capture|tablerow)\b[^{}%]*-?%\}.*?\{%-?\s*end(?P=name)\s*-?%\}")
_HOLDING = regex(r"\{%-?\s*(?P<name>for|capture|tablerow)\b[^{}%]*-?%\}")
"""What holds a piece of a page that is shown several times, elsewhere, or not at all."""
_LOGIC = regex(
    r"\{%-?\s*(?:include|include_relative|include_cached|assign|if|elsif|elseif|elif|else|endif|unless|endunless|case|when"
    r"|endcase|increment|decrement|cycle|break|continue|seo|feed_meta|render|set|endset|extends|import|from|block|endblock"
    r"|layout|paginate|endpaginate|css|endcss|js|endjs)\b[^{}%]*-?%\}"
)
_MAX_LINES = 300


def without_liquid(
    text: str, properties: Mapping[str, object], site: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The text with addresses, pictures, code and names for the Liquid that writes them; lines keep their numbers.

    Args:
        properties: the page's front matter, whose texts `{{ page.name }}` and `{{ name }}` show.
        site: the site's settings, whose texts `{{ site.name }}` shows.
    """
    # A comment's lines stay as empty ones, so that what follows keeps its line numbers.
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    written = _OVER_LINES.sub(_on_one_line, text)
    text = _HTML_BLOCK.sub(_html_block, written)
    shown = _without_logic(outside_code(text, partial(_plain_line, properties=properties, site=site)))
    return _with_whole_html(written, shown)


def _with_whole_html(written: str, shown: str) -> str:
    """The text without lines of HTML that Liquid left empty: HTML would end there, and what is indented be code."""
    lines = shown.split("\n")
    number, place = 0, 0
    for block in _HTML_BLOCK.finditer(written) if "{" in written else ():
        number += written.count("\n", place, block.start())
        place = block.start()
        for index, line in enumerate(block[0].split("\n"), number):
            if "{" in line and not lines[index].strip():
                lines[index] = REMOVED_LINE
    return "\n".join(lines)


def _without_logic(text: str) -> str:
    """The text without tags that only lay a page out, and without what loops and captures hold; raw text stays."""
    lines = text.split("\n")
    outside = frozenset(outside_fences(lines))
    block = ""
    for number, line in enumerate(lines):
        if number not in outside or ("{%" not in line and not block) or _COMMENT_SIGN.search(line):
            continue
        if block:
            end = re.search(rf"\{{%-?\s*end{block}\s*-?%\}}", line)
            lines[number], block = (line[end.end() :], "") if end else ("", block)
            continue
        shown = _HELD.sub("", line)
        if (opening := _HOLDING.search(shown)) and _closes(lines, number, opening["name"]):
            shown, block = shown[: opening.start()], opening["name"]
        shown = _outside_spans(shown, _LOGIC)
        lines[number] = shown if shown.strip() or shown == line else ""
    return "\n".join(lines)


def _closes(lines: Sequence[str], first: int, name: str) -> bool:
    """Whether a loop has an end, before anything that may begin or end what is hidden."""
    for line in lines[first + 1 : first + _MAX_LINES]:
        if _COMMENT_SIGN.search(line):
            return False
        if re.search(rf"\{{%-?\s*end{name}\s*-?%\}}", line):
            return True
    return False


def _outside_spans(line: str, pattern: re.Pattern[str]) -> str:
    return line if "`" in line else pattern.sub("", line)


def _on_one_line(match: re.Match[str]) -> str:
    """A tag of several lines on its first; the line that it ends on goes on where it did."""
    below = [REMOVED_LINE] * (match["tag"].count("\n") - 1) + [match["rest"] or REMOVED_LINE]
    return "\n".join([" ".join(match["tag"].split()), *below])


def _html_block(block: re.Match[str]) -> str:
    """Pictures as HTML where Markdown is not read."""
    return _IMAGE.sub(partial(_picture, as_html=True), block[0]) if "{%" in block[0] else block[0]


def _plain_line(line: str, *, properties: Mapping[str, object], site: Mapping[str, str]) -> str:
    if "{" not in line:
        return line

    def stated(output: re.Match[str]) -> str:
        value = properties.get(output["name"].lower())
        if isinstance(value, str):
            return value
        return "" if output["page"] else output[0]

    def of_site(output: re.Match[str]) -> str:
        return site.get(output["name"] or "", "")

    line = _IMAGE.sub(partial(_picture, as_html=False), line)
    line = _VARIABLE.sub(stated, line)
    for pattern, plain in _RULES:
        line = pattern.sub(plain, line)
    return _OF_SITE.sub(of_site, line)


def _picture(tag: re.Match[str], *, as_html: bool) -> str:
    """`{% image "a.png" "words" %}` and its like as a picture; tags that name none as they are."""
    quoted = next((m for m in _NAMED.finditer(tag["arguments"]) if _PICTURE.fullmatch(_quoted_text(m))), None)
    if quoted is None:
        return _include(tag, as_html=as_html)
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


def _include(tag: re.Match[str], *, as_html: bool) -> str:
    """What an include says: a note, a film elsewhere, a link, or words, after the kind of box that they stand in."""
    include = _INCLUDE.fullmatch(tag[0])
    if include is None or _COMMENT_SIGN.search(tag[0]):
        return tag[0]
    file, named = (
        include["file"],
        {
            match["name"]: _quoted_text(match)
            for match in _NAMED.finditer(include["arguments"])
            if match["name"]
        },
    )
    if include["relative"] and file.lower().endswith(NOTE_SUFFIXES) and not as_html:
        return f"![[{file}]]"
    kind = PurePosixPath(file).stem.lower()
    if kind in _HIDING:
        return tag[0]
    host = _HOSTS.get(named.get("provider", kind).lower(), "")
    words = next((named[name] for name in _SAYING if named.get(name)), "")
    title = named.get("title", "")
    if host and re.fullmatch(r"[\w-]+(?:/[\w-]+)?", named.get("id", "")):
        return _link(host.format(named["id"]), words or title, as_html=as_html)
    goal = next((named[name] for name in ("link", "url", "href") if named.get(name)), "")
    if goal and (words or title):
        return _link(goal, words or title, as_html=as_html)
    said = next((name for name in (named.get("type", "").lower(), kind) if name in CALLOUT_KINDS), "")
    title = title or said.capitalize()
    if not words or as_html or not title:
        return words or tag[0]
    return f"{'> ' if said and tag.start() == 0 else ''}**{title}:** {words}"


def _link(address: str, words: str, *, as_html: bool) -> str:
    if as_html:
        return f'<a href="{escape(address)}">{escape(words or address, quote=False)}</a>'
    plain = _BRACKET.sub(r"\\\g<0>", words)
    return f"[{plain}](<{address}>)" if words else f"<{address}>"


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


def _played(tag: re.Match[str]) -> str:
    return f"<{_HOSTS[tag['name']].format(tag['id'])}>"


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (regex(r"\{\{\s*site\.(?:baseurl|url)\s*\}\}"), ""),
    (
        regex(rf"\{{\{{\s*{_QUOTED}\s*\|\s*(?:relative_url|absolute_url|url|prepend[^}}]*)\s*\}}\}}"),
        _quoted_text,
    ),
    (regex(rf"\{{\{{\s*{_QUOTED}\s*\|\s*(?P<filter>\w+)(?P<arguments>[^{{}}]*)\}}\}}"), _filtered),
    (regex(r"\{%-?\s*post_url\s+([^\s%]+)\s*-?%\}"), r"\1.md"),
    (regex(r"\{%-?\s*link\s+([^\s%]+)\s*-?%\}"), r"/\1"),
    (_PLAYED, _played),
    (regex(r"\{%-?\s*(?:end)?raw\s*-?%\}"), ""),
    (regex(r"\{%-?\s*highlight\s+(\S+)[^%]*-?%\}"), r"```\1"),
    (regex(r"\{%-?\s*endhighlight\s*-?%\}"), "```"),
)
