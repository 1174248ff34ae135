"""The words of a block for lists, previews and descriptions, which show the beginning of a text only.

Only prose counts: queries, sources of formulas, fields, captions and tags at the end are left out. What remains is put
in plain words by `plain.py`.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from notegen.markdown.formula import is_formula
from notegen.markdown.formula_words import formula_words
from notegen.markdown.plain import plain_piece
from notegen.regex import regex
from notegen.text.stop_words import stop_words

_QUERY = regex(r"\s*\$?=(?=\s*[\w(\"'\[{])")
"""Dataview's inline queries: `= this.author`, `$= dv.current()`."""
_FIELD = regex(r"[\[(]?[^\W\d_][\w /.-]{0,40}::(?:\s|\Z)")
"""Dataview's field on a line of its own: `author:: Somebody`."""
_CONTENTS = regex(r"\[{0,2}_?toc_?\]{0,2}|\[{2}_TOC_\]{2}|\{:toc\}", re.IGNORECASE)
_LABEL = regex(r"\W*(?:[^\W\d_]+\W*){0,3}")
"""What stands before links that are listed: `See also:`."""
_BETWEEN = regex(r"[\s,;·|/]*")
"""What stands between tags in a row, of any kind of space."""
_LINKING = stop_words(("en", "de", "es", "fr", "it", "nl", "pt"))
_LINKS = frozenset({"wiki_link", "link_open"})
_LINK_ENDS = {"link_open": 1, "link_close": -1}


def preview_words(children: Sequence[Token] | None) -> str:
    """The words of a block's inline tokens, in one line; empty where it has none to show."""
    if children and len(children) == 1 and children[0].type == "text":  # as two blocks of three
        lines = [_joined([("text", children[0].content)])]
    else:
        lines = [_without_tags(list(_shown(line))) for line in _lines(children or ())]
    said = " ".join(line for line in lines if line and not ("::" in line and _FIELD.match(line)))
    return "" if _CONTENTS.fullmatch(said) else said


def only_links(children: Sequence[Token] | None) -> bool:
    """Whether a block is links alone, perhaps with a label: it says what else there is, not what the text is about."""
    if not any(token.type in _LINKS for token in children or ()):
        return False
    depth = links = 0
    between = ""
    for token in children or ():
        depth += _LINK_ENDS.get(token.type, 0)
        links += token.type in _LINKS
        between += plain_piece(token) if not depth and token.type != "wiki_link" else ""
    label, colon, rest = between.partition(":")
    is_label = not label.strip(" ,;·|-–—&/") or (colon and _LABEL.fullmatch(label))
    return bool(links and is_label and not re.search(r"\w", rest))


def _lines(children: Sequence[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _shown(line: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The kind and the words of each piece of a line that is shown."""
    for token in line:
        if token.type == "code_inline" and _QUERY.match(token.content):
            continue
        if token.type == "image":
            continue
        words = formula_words(token) if is_formula(token) else plain_piece(token)
        if words:
            yield token.type, words


def _without_tags(pieces: list[tuple[str, str]]) -> str:
    """The words without the tags that stand behind the last of them, or several before the first.

    A tag is a part of its sentence behind a word such as `about`, and before a full stop.
    """
    if all(kind != "tag" for kind, _ in pieces):
        return _joined(pieces)
    end = _end_of_words(pieces)
    tags = [words for kind, words in pieces[end:] if kind == "tag"]
    last = pieces[end - 1][1].split()[-1:] if end else []
    if tags and last and last[0].casefold() in _LINKING:
        return _joined(pieces[:end]) + f" {tags[0]}"
    if not tags:
        end = len(pieces)
    start = len(pieces[:end]) - _end_of_words(pieces[:end][::-1])
    leading = sum(kind == "tag" for kind, _ in pieces[:start])
    said = _joined(pieces[start if leading > 1 else 0 : end])
    return said.rstrip(" ,;·|") if tags else said


def _end_of_words(pieces: Sequence[tuple[str, str]]) -> int:
    """Where nothing but tags, and commas between them, follows."""
    end = len(pieces)
    while end and (pieces[end - 1][0] == "tag" or _BETWEEN.fullmatch(pieces[end - 1][1])):
        end -= 1
    return end


def _joined(pieces: Sequence[tuple[str, str]]) -> str:
    return " ".join("".join(words for _, words in pieces).split())
