"""Tasks: `- [ ]` and `- [x]`, and any other single mark, which themes may style: `- [?]`."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TASK = re.compile(r"\[(?P<mark>[^\[\]])\][ \t\n]")


def task_rule(md: MarkdownIt) -> None:
    """Puts a token `task` before the text of a task item and the mark on the item as `data-task`."""
    md.core.ruler.before("inline", "task_mark", _take_mark)
    md.core.ruler.after("inline", "task_box", _put_box)
    md.add_render_rule("task", _render)


def _take_mark(state: StateCore) -> None:
    """Before the inline rules, so that `[x]` is never read as a link."""
    for item, paragraph, text in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type == "list_item_open" and paragraph.type == "paragraph_open" and text.type == "inline":
            match = _TASK.match(text.content)
            if match:
                item.attrSet("class", "task")
                item.attrSet("data-task", match["mark"])
                text.content = text.content[match.end() :]
                text.meta["task"] = match["mark"]


def _put_box(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and "task" in token.meta:
            box = Token("task", "input", 0, content=token.meta["task"])
            token.children = [box, *(token.children or ())]


def _render(self: RendererProtocol, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    mark = tokens[idx].content
    checked = "" if mark == " " else " checked"
    return f'<input type="checkbox" disabled{checked} aria-label="{escape(_spoken(mark))}"> '


def _spoken(mark: str) -> str:
    return {" ": "to do", "x": "done", "X": "done"}.get(mark, f"marked {mark}")
