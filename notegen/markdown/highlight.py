"""`==highlight==`: marked text, which may hold other marks; what is in code closes none."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

from notegen.regex import regex

_CLOSING = regex(r"(?<![ \n=])==")


_CODE = regex(r"(?<![`\\])(`+)(?!`)")


def read_highlight(state: StateInline, silent: bool) -> bool:
    """Adds `mark_open` and `mark_close`; the text inside may not begin or end with a space."""
    start, stop = state.pos, state.posMax
    if not state.src.startswith("==", start) or state.src[start + 2 : start + 3] in ("", " ", "=", "\n"):
        return False
    # Where nothing closed once, nothing closes later: without this a line of many `==` takes quadratic time.
    src, hopeless = state.env.get("highlight", (None, 0))
    if src is state.src and start >= hopeless:
        return False
    closing = next(_closings(state, start + 3, stop), None)
    if closing is None:
        state.env["highlight"] = (state.src, start)
        return False
    end = closing.start()
    if not silent:
        state.push("mark_open", "mark", 1)
        state.pos, state.posMax = start + 2, end
        state.md.inline.tokenize(state)
        state.posMax = stop
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True


def _closings(state: StateInline, start: int, stop: int) -> Iterator[re.Match[str]]:
    """What may close a highlight from `start` on: no sign in code."""
    known, spans = state.env.get("highlight_code", (None, ()))
    if known is not state.src:
        spans = _code_spans(state.src)
        state.env["highlight_code"] = (state.src, spans)
    for closing in _CLOSING.finditer(state.src, start, stop):
        number = bisect_right(spans, (closing.start(), len(state.src)))
        if not number or spans[number - 1][1] <= closing.start():
            yield closing


def _code_spans(src: str) -> list[tuple[int, int]]:
    """Where the code in a block's text lies: from each run of backticks to the next one as long."""
    runs = [(run.start(1), run.end(1)) for run in _CODE.finditer(src)] if "`" in src else []
    by_length: dict[int, list[int]] = {}
    for start, end in runs:
        by_length.setdefault(end - start, []).append(start)
    spans: list[tuple[int, int]] = []
    for start, end in runs:
        starts = by_length[end - start]
        if (not spans or start >= spans[-1][1]) and (number := bisect_right(starts, start)) < len(starts):
            spans.append((start, starts[number] + end - start))
    return spans
