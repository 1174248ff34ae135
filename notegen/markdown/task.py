"""Tasks: `- [ ]` and `- [x]`, and any other single mark, which themes may style: `- [?]`; also without words.

In Logseq a heading may be one: `- ## [x] Ship it` is what `- ## DONE Ship it` has become.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.regex import regex

_TASK = regex(r"\[(?P<mark>[^\[\]])\](?P<end>[ \t\n]|\Z)")


def take_task_marks(state: StateCore) -> None:
    """Puts the mark of a task on its item as `data-task`; before the inline rules, so that `[x]` is never a link."""
    headings = state.env.get("tool") == "logseq"
    for item, block, text in zip([None, *state.tokens], state.tokens, state.tokens[1:], strict=False):
        item = item if item and item.type == "list_item_open" else None
        is_heading = headings and block.type == "heading_open"
        if text.type == "inline" and (is_heading or (item and block.type == "paragraph_open")):
            match = _TASK.match(text.content)
            if match and (match["end"] or not _is_reference(match["mark"], state)):
                if item:
                    item.attrSet("class", "task")
                    item.attrSet("data-task", match["mark"])
                text.content = text.content[match.end() :]
                text.meta["task"] = match["mark"]


def _is_reference(mark: str, state: StateCore) -> bool:
    """Whether `[1]` alone is a link whose address the text gives elsewhere."""
    return normalizeReference(mark) in state.env.get("references", {})


def put_task_boxes(state: StateCore) -> None:
    """Puts a token `task` before the text of a task item."""
    for token in state.tokens:
        if token.type == "inline" and "task" in token.meta:
            box = Token("task", "input", 0, content=token.meta["task"])
            token.children = [box, *(token.children or ())]


def render_task(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """A check box that nobody can change."""
    mark = tokens[idx].content
    checked = "" if mark == " " else " checked"
    return f'<input type="checkbox" disabled{checked} aria-label="{escape(_spoken(mark))}"> '


def _spoken(mark: str) -> str:
    return {" ": "to do", "x": "done", "X": "done"}.get(mark, f"marked {mark}")
