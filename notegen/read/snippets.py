"""PyMdown's snippets, as in MkDocs' pages: `--8<-- "includes/note.md"` shows that note, any other its own line.

So do VitePress' `<!--@include: ./note.md-->` and mdBook's `{{#include note.md}}`, where they name a whole note.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from notegen.paths import NOTE_SUFFIXES
from notegen.read.code_spans import as_code, code_ranges
from notegen.regex import regex

_SNIPPET = regex(r"^(?P<indent>[ \t]*)(?P<escape>;*)-+8<-+[ \t]+\"(?P<path>[^\"\n]+)\"[ \t]*$", re.MULTILINE)
_BLOCK = regex(
    r"^(?P<indent>[ \t]*)-+8<-+[ \t]*\n(?P<paths>(?:[^\n]*\n){0,60}?)[ \t]*-+8<-+[ \t]*$", re.MULTILINE
)
_INCLUDE = regex(
    r"^(?P<indent>[ \t]*)(?:<!--[ \t]*@include:[ \t]*(?P<vue>[^\s{}#<>]+)[ \t]*-->"
    r"|\{\{#include[ \t]+(?P<rust>[^\s{}:]+)[ \t]*\}\})[ \t]*$",
    re.MULTILINE,
)
_PART = regex(r"(?::[\w-]*){1,2}\Z")
_NAME = regex(r"[^\[\]|#^<>\n]+")


def with_snippets(text: str) -> str:
    """The text with an embed for each snippet of a note; lines keep their numbers. Total."""
    if "@include:" in text or "{{#include" in text:
        text = _INCLUDE.sub(partial(_outside, code_ranges(text), _included), text)
    if "8<-" not in text:
        return text
    for pattern, shown in ((_BLOCK, _block), (_SNIPPET, _snippet)):
        text = pattern.sub(partial(_outside, code_ranges(text), shown), text)
    return text


def _outside(code: list[tuple[int, int]], shown: Callable[[re.Match[str]], str], match: re.Match[str]) -> str:
    number = bisect_right(code, (match.start(), len(match.string) + 1)) - 1
    return match[0] if number >= 0 and match.start() < code[number][1] else shown(match)


def _block(block: re.Match[str]) -> str:
    lines = [_embed(line.strip(), "") if line.strip() else "" for line in block["paths"].split("\n")[:-1]]
    return "\n".join(["", *(f"{block['indent']}{line}" if line else "" for line in lines), ""])


def _snippet(snippet: re.Match[str]) -> str:
    if not _is_note(snippet["path"].strip()):
        return snippet[0]  # code, which is looked for when it is known which files are public
    if snippet["escape"]:
        return snippet[0].replace(";", "", 1)
    return snippet["indent"] + _embed(snippet["path"].strip(), snippet[0].strip())


def _included(include: re.Match[str]) -> str:
    path = include["vue"] or include["rust"]
    is_note = path.lower().endswith(NOTE_SUFFIXES) and _NAME.fullmatch(path)
    return f"{include['indent']}![[{path}]]" if is_note else include[0]


def _is_note(path: str) -> bool:
    return _PART.sub("", path).lower().endswith(NOTE_SUFFIXES)


def _embed(path: str, written: str) -> str:
    name = _PART.sub("", path)
    if name.lower().endswith(NOTE_SUFFIXES) and "://" not in name and _NAME.fullmatch(name):
        return f"![[{name}]]"
    return as_code(written or path)
