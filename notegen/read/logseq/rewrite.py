"""One block of an outline, rewritten in place: its properties, containers, macros, task and words."""

import re
from typing import NamedTuple

from notegen.model import REMOVED_LINE
from notegen.paths import ORG_SUFFIX
from notegen.read.code_spans import outside_code
from notegen.read.logseq.blocks import Block
from notegen.read.logseq.containers import rewrite_containers, verbatim_lines
from notegen.read.logseq.environments import rewrite_environments
from notegen.read.logseq.films import Films
from notegen.read.logseq.graph import LogseqGraph
from notegen.read.logseq.hiccup import rewrite_hiccup
from notegen.read.logseq.inline import rewrite_inline
from notegen.read.logseq.macros import expand_macros, unknown_macros
from notegen.read.logseq.properties import is_hidden, read_property, shown_value
from notegen.read.logseq.quotes import fill_quotes
from notegen.regex import regex

_UUID = regex(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NUMBERED = ("logseq.order-list-type", "number")

_TASK_MARKS = {
    **dict.fromkeys("TODO LATER WAIT WAITING".split(), " "),
    **dict.fromkeys("DOING NOW IN-PROGRESS".split(), "/"),
    "DONE": "x",
    **dict.fromkeys("CANCELED CANCELLED".split(), "-"),
}
_TASK = regex(rf"(?P<word>{'|'.join(_TASK_MARKS)})[ \t]+(?=\S)")
_SHARPS = regex(r"#{1,6}[ \t]+")
_PRIORITY = regex(r"\[#([ABC])\](?=\s|$)")

# What a line of a paragraph does not begin with: it starts a block of its own.
_OWN_BLOCK = regex(
    r"[ \t]*(?:$|[>|<]|#{1,6}[ \t]|`{3}|~{3}|[*+-][ \t]|\d{1,9}\.[ \t]|1\)[ \t]|\$\$|-{2,}|={2,}|\*{3}|_{3})"
)

# What Markdown takes for the number of a list's item and Logseq for words: a block is no item of its own list.
_NUMBER = regex(r"\A(\d{1,9})(?=[.)](?:[ \t]|$))")


class _OwnProperties(NamedTuple):
    """What a block's properties say that shows elsewhere."""

    id: tuple[str, int] | None
    """Its id, and the line that sets it."""
    heading: str
    """`true`, a level, or empty."""


def rewrite_block(
    block: Block, note: str, graph: LogseqGraph, films: Films, *, depth: int = 0
) -> tuple[tuple[int, str], ...]:
    """Changes the block's lines, and its bullet where the block is of a numbered list; total.

    Args:
        films: the page's, which has gone through the blocks above.
        depth: how deep the block lies in its list, from 1.

    Returns:
        The macros that nobody knows: the line in the block, counted from 0, and the name.
    """
    own = _take_properties(block, graph)
    if not note.lower().endswith(ORG_SUFFIX):
        fill_quotes(block)
    rewrite_containers(block, in_items=note.lower().endswith(ORG_SUFFIX))
    films.point(block)
    unknown = tuple(unknown_macros(block, graph.macros))
    expand_macros(block, graph.macros)
    rewrite_environments(block)
    rewrite_hiccup(block, note, graph)
    _rewrite_task(block)
    _escape_number(block)
    _make_heading(block, own.heading, depth)
    for index, text in enumerate(block.texts):
        if text and block.is_text(index):
            block.texts[index] = outside_code(text, lambda words: rewrite_inline(words, note, graph))
    if own.id is not None:
        _put_id(block, *own.id)
    return unknown


def lines_of(block: Block, *, has_children: bool) -> list[str]:
    """The block's lines, as many as it had; an empty bullet is only kept for what is under it."""
    lines = [
        REMOVED_LINE if text is None else (indent + text).rstrip() if not text.strip() else indent + text
        for indent, text in zip(block.indents, block.texts, strict=True)
    ]
    if not block.bullet:
        return lines
    # A bullet with nothing on its line would be taken for the underline of a heading, so it moves to the first text.
    head = next((index for index, text in enumerate(block.texts) if text and text.strip()), 0)
    if block.texts[head] and (block.texts[head] or "").strip():
        lines[head] = block.bullet + (block.texts[head] or "").strip(" \t" if head else "")
    else:
        lines[head] = f"{block.bullet}&nbsp;" if has_children else REMOVED_LINE
    return [REMOVED_LINE] * head + lines[head:]


def _take_properties(block: Block, graph: LogseqGraph) -> _OwnProperties:
    """Hides or shows the property lines after the block's first."""
    id: tuple[str, int] | None = None
    heading = ""
    verbatim = verbatim_lines(block)
    for index, text in enumerate(block.texts):
        if text is None or not block.is_text(index) or index in verbatim:
            continue
        found = read_property(text.strip())
        if found is None:
            continue
        key, value = found
        if key == "id" and _UUID.fullmatch(value):
            id = id or (value.lower(), index)
            block.texts[index] = None
        elif key == "heading":
            heading = value.lower()
            block.texts[index] = None
        elif is_hidden(key, graph.hidden_properties) or not value:
            block.texts[index] = None
        else:
            block.texts[index] = f"{text.strip().partition('::')[0]}: {shown_value(value)}"
        if found == _NUMBERED and block.bullet:
            _make_numbered(block)
    return _OwnProperties(id, heading)


def _make_numbered(block: Block) -> None:
    block.bullet = block.bullet.partition("-")[0] + "1. "
    block.indents[1:] = [f"{indent} " for indent in block.indents[1:]]


def _make_heading(block: Block, stated: str, depth: int) -> None:
    """`heading:: 2` makes the block's first line a heading of that level, `heading:: true` of the block's own depth."""
    level = int(stated) if re.fullmatch("[1-6]", stated) else min(depth, 6) if stated == "true" else 0
    head = next((index for index, text in enumerate(block.texts) if text is not None), 0)
    text = (block.texts[head] or "").strip() if block.texts and not block.code[head] else ""
    if level and text and not _OWN_BLOCK.match(text):
        block.texts[head] = f"{'#' * level} {text}"


def _rewrite_task(block: Block) -> None:
    """`TODO [#A] x` as the task that Obsidian writes; the priority stays, as text and no tag.

    A heading may be a task, under a bullet or not: its mark stands behind the `#`.
    """
    head = next((index for index, text in enumerate(block.texts) if text is not None), 0)
    text = block.texts[head] if block.texts else None
    if not text or block.code[head] or not (block.bullet or text.startswith("#")):
        return
    sharps = found[0] if (found := _SHARPS.match(text)) else ""
    text = text[len(sharps) :]
    task = _TASK.match(text)
    rest = text[task.end() :] if task else text
    rest = _PRIORITY.sub(r"[\\#\1]", rest, count=1) if _PRIORITY.match(rest) else rest
    block.texts[head] = sharps + (f"[{_TASK_MARKS[task['word']]}] {rest}" if task else rest)


def _escape_number(block: Block) -> None:
    head = next((index for index, text in enumerate(block.texts) if text is not None), 0)
    text = block.texts[head] if block.texts else None
    if block.bullet and text and not block.code[head]:
        block.texts[head] = _NUMBER.sub(r"\1\\", text, count=1) if text[0].isdigit() else text


def _put_id(block: Block, id: str, index: int) -> None:
    """Names the block: at its paragraph's end where the line of the id would stand within one, else on that line."""
    quote_end = _quote_end(block, index)
    if quote_end and block.texts[quote_end] != ">":
        block.texts[quote_end] = f"{block.texts[quote_end]} ^{id}"
        return
    start = quote_end + 1 if quote_end else index
    after = next((n for n in range(start, len(block.texts)) if block.texts[n] is not None), None)
    if after is None or block.code[after] or _OWN_BLOCK.match(block.texts[after] or ""):
        block.texts[quote_end or index] = f"^{id}"
        return
    last = after
    for number in range(after, len(block.texts)):
        text = block.texts[number]
        if text is not None and (block.code[number] or _OWN_BLOCK.match(text)):
            break
        last = last if text is None else number
    block.texts[last] = f"{block.texts[last]} ^{id}"


def _quote_end(block: Block, index: int) -> int:
    """The last line of the quote that a line is within, 0 for none: `#+BEGIN_QUOTE`, its id, its words, and its end."""
    above = next((text for text in reversed(block.texts[:index]) if text is not None), "")
    last = 0
    for number in range(index + 1, len(block.texts)) if above.startswith(">") else ():
        text = block.texts[number]
        if text is not None and not text.startswith(">"):
            break
        last = last if text is None else number
    return last
