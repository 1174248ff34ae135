"""`#+BEGIN_QUOTE … #+END_QUOTE` and its kin, as the quotes, callouts and fences of Markdown."""

import re

from notegen.read.logseq.blocks import Block
from notegen.regex import regex

_BEGIN = regex(r"[ \t]*#\+BEGIN_(?P<kind>\w+)[ \t]*(?P<rest>.*)", re.IGNORECASE)
_END = regex(r"[ \t]*#\+END_(?P<kind>\w+)[ \t]*", re.IGNORECASE)
_MAX_OPEN_CONTAINERS = 8

_LANGUAGE = {"query": "clojure", "example": "", "src": None, "export": None}
_BARE = ("quote", "verse", "center")


def rewrite_containers(block: Block, *, in_items: bool = False) -> None:
    """Changes every container that is closed in its block; the others stay as they are written.

    Args:
        in_items: whether one that goes in belongs to a list's item, as in Org, where a block has lists of its own.
    """
    open_: list[tuple[str, str, int]] = []
    endless: set[str] = set()  # what did not end once ends no later: to look again would take quadratic time
    index = 0
    while index < len(block.texts):
        text = block.texts[index] or ""
        begin, end = _BEGIN.fullmatch(text), _END.fullmatch(text)
        kind = (begin or end or {"kind": ""})["kind"].lower()
        if not block.is_text(index) or not kind or kind in endless:
            pass
        elif begin and (kind in _LANGUAGE or kind == "comment"):
            end_of = _rewrite_verbatim(block, index, kind, begin["rest"], _indent(text) if in_items else "")
            endless |= {kind} if end_of == index else set()
            index = end_of
        elif begin and len(open_) < _MAX_OPEN_CONTAINERS:
            open_.append((kind, begin["rest"], index))
        elif end and kind in (name for name, _, _ in open_):
            while open_[-1][0] != kind:
                open_.pop()
            _, title, start = open_.pop()
            head = "" if kind in _BARE else f"[!{kind}] {title}".rstrip()
            above = block.texts[start - 1] if start else None
            outer = "> " if (above or "").startswith("> ") else ""
            _rewrite_quote(
                block, start, index, head, _indent(block.texts[start] or "") if in_items else outer
            )
        index += 1


def verbatim_lines(block: Block) -> frozenset[int]:
    """The lines of the block that are text as it stands in a container of code, by number from 0."""
    lines: list[int] = []
    begin, kind = 0, ""
    for index, text in enumerate(block.texts):
        if "#+" not in (text or ""):
            continue
        if not kind and (begun := _BEGIN.fullmatch(text or "")):
            begin, kind = index, begun["kind"].lower()
        elif kind and (ended := _END.fullmatch(text or "")) and ended["kind"].lower() == kind:
            lines += range(begin + 1, index) if kind in _LANGUAGE else ()
            kind = ""
    return frozenset(lines)


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t"))]


def _rewrite_quote(block: Block, start: int, end: int, head: str, indent: str) -> None:
    for index in range(start + 1, end):
        text = block.texts[index]
        block.texts[index] = None if text is None else f"{indent}> {text.removeprefix(indent)}".rstrip()
        block.indents[index] = block.indents[index] or block.indents[end]  # an empty line has none of its own
    block.texts[start] = f"{indent}> {head}".rstrip()
    # An empty line of the quote, so that what follows is not taken for its last paragraph; one without a sign, so that
    # another quote is not.
    after = block.texts[end + 1] if end + 1 < len(block.texts) else None
    block.texts[end] = "" if _BEGIN.fullmatch(after or "") else f"{indent}>"


def _rewrite_verbatim(block: Block, start: int, kind: str, rest: str, indent: str) -> int:
    """Makes a fence of code, and nothing of a comment; gives the index of its last line."""
    for end in range(start + 1, len(block.texts)):
        closing = _END.fullmatch(block.texts[end] or "")
        if closing and closing["kind"].lower() == kind:
            break
    else:
        return start
    if kind == "comment":
        block.texts[start : end + 1] = [None] * (end + 1 - start)
        return end
    language = _LANGUAGE[kind]
    inside = "\n".join(text or "" for text in block.texts[start + 1 : end])
    longest = max((len(run) for run in re.findall("`{3,}", inside)), default=2)
    fence = indent + "`" * (longest + 1)
    block.texts[start] = fence + (rest.partition(" ")[0] if language is None else language)
    block.texts[end] = fence
    for index in range(start + 1, end) if indent else ():
        text = block.texts[index] or ""
        block.texts[index] = (
            text if text.startswith(indent) or not text.strip() else indent + text.lstrip(" \t")
        )
    block.code[start : end + 1] = [True] * (end + 1 - start)
    return end
