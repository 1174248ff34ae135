"""Hexo's tags in words that others know: `{% note info %}` a box, `{% codeblock %}` code, `{% asset_img %}` a picture.

Only where the tag has a line of its own, but for those that stand for a link, a picture or words. What else a plugin
defines stays as it is written.
"""

import re
import shlex
from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from notegen.model import Source
from notegen.read.code_spans import as_text, outside_code, outside_fences
from notegen.regex import regex
from notegen.text.callout_kinds import CALLOUT_KINDS

_LINE = regex(
    r"[ \t]*\{%-?[ \t]*(?P<end>end)?(?P<name>note|cq|centerquote|pullquote|pq|blockquote|quote|codeblock|code)"
    r"\b(?P<arguments>[^{}%]*+)%\}[ \t]*"
)
_SPAN = regex(
    r"\{%-?[ \t]*(?P<name>asset_img|asset_link|post_link|link|img|label)[ \t](?P<arguments>[^{}%\n]++)%\}"
)
_CODE = frozenset({"codeblock", "code"})
_EDGES = " \t-"
_NUMBER = regex(r"\d{1,4}(?:px|%)?")
_LANGUAGE = regex(r"\blang:(?P<name>[\w+#-]+)")
_ADDRESS = regex(r"https?://\S+|\S*/\S*|\S+\.\w{2,5}")
_OPTIONS = regex(r"\b(?:lang|line_number|line_threshold|highlight|first_line|mark|wrap):\S+")


def with_hexo_tags(source: Source) -> Source:
    """The note with such tags rewritten; lines keep their numbers. Total."""
    if "{%" not in source.text:
        return source
    lines = source.text.split("\n")
    open_: list[tuple[str, int, str]] = []
    for number in outside_fences(lines):
        line = lines[number]
        tag = _LINE.fullmatch(line) if "{%" in line else None
        if tag is None or (
            open_ and open_[-1][0] in _CODE and not (tag["end"] and tag["name"] == open_[-1][0])
        ):
            continue
        if not tag["end"]:
            open_.append((tag["name"], number, tag["arguments"].strip(_EDGES)))
        elif open_ and open_[-1][0] == tag["name"]:
            name, first, arguments = open_.pop()
            lines[first], lines[number] = _pair(name, arguments)
    folder = PurePosixPath(source.id).stem
    text = outside_code("\n".join(lines), lambda line: _SPAN.sub(lambda tag: _span(tag, folder), line))
    return source if text == source.text else replace(source, text=text)


def _pair(name: str, arguments: str) -> tuple[str, str]:
    """The lines that open and close a block."""
    if name in _CODE:
        language = _LANGUAGE.search(arguments)
        title = " ".join(_OPTIONS.sub("", arguments).replace('"', "'").split())
        said = f' title="{title}"' if title else ""
        return f"````{language['name'] if language else 'text'}{said}", "````"
    if name == "note":
        kind, _, title = arguments.partition(" ")
        known = kind.lower() if kind.lower() in CALLOUT_KINDS else "note"
        return f"::: {known} {title}".rstrip(), ":::"
    return f"::: quote {as_text(arguments)}".rstrip(), ":::"


def _span(tag: re.Match[str], folder: str) -> str:
    written = tag["arguments"].strip(_EDGES)
    arguments = _split(written)
    if tag["name"] == "label":
        return written.partition("@")[2].strip() or written
    if tag["name"] == "link":
        place = next((n for n, one in enumerate(arguments) if _ADDRESS.fullmatch(one)), None)
        return tag[0] if not place else _link(arguments[place], " ".join(arguments[:place]))
    place = next((n for n, one in enumerate(arguments) if tag["name"] == "post_link" or "." in one), None)
    if place is None:
        return tag[0]
    file = arguments[place]
    words = " ".join(
        one for one in arguments[place + 1 :] if not _NUMBER.fullmatch(one) and one not in ("true", "false")
    )
    if tag["name"] == "post_link":
        return f"[[{file.partition('#')[0]}|{as_text(words)}]]" if words else f"[[{file}]]"
    address = f"{folder}/{file}" if tag["name"].startswith("asset_") else file
    words = words or (file if tag["name"] == "asset_link" else "")
    return ("!" if "img" in tag["name"] else "") + _link(address, words)


def _link(address: str, words: str) -> str:
    return f"[{as_text(words)}](<{address}>)" if not re.search(r"[<>\\]", address) else as_text(words)


def _split(arguments: str) -> Sequence[str]:
    try:
        return shlex.split(arguments)
    except ValueError:
        return arguments.split()
