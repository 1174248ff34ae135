"""`:PROPERTIES: … :END:` and `:LOGBOOK: … :END:`, Org's drawers, which Logseq writes in Markdown too."""

from notegen.read.logseq.blocks import Block
from notegen.read.logseq.properties import read_property
from notegen.regex import regex

PLAN = regex(r"[ \t]*(?:SCHEDULED|DEADLINE): ?<")
_LINE = regex(r":(?P<key>[^\s:]+):(?:[ \t]+(?P<value>.*))?")
_DRAWERS = (":PROPERTIES:", ":LOGBOOK:")


def open_drawers(block: Block) -> None:
    """Makes `key:: value` lines of a drawer of properties, and nothing of a task's clock; one never closed stays."""
    start: int | None = None
    for index, text in enumerate(block.texts):
        line = (text or "").strip().upper()
        if line in _DRAWERS and start is None and block.is_text(index):
            start = index
        elif line == ":END:" and start is not None:
            is_clock = (block.texts[start] or "").strip().upper() == ":LOGBOOK:"
            lines = [None] * (index + 1 - start) if is_clock else _drawer_properties(block, start, index)
            block.texts[start : index + 1] = lines
            block.code[start : index + 1] = [False] * len(lines)
            start = None


def read_drawer_line(line: str) -> str | None:
    """A property of a drawer, `:key: value`, as a block's line; None for what is none."""
    found = _LINE.fullmatch(line.strip())
    return f"{found['key']}:: {found['value'] or ''}".rstrip() if found else None


def _drawer_properties(block: Block, start: int, end: int) -> list[str | None]:
    """The drawer's lines, where a block's properties stand; further down, under a heading, only its id is kept."""
    lines: list[str | None] = [None]
    belongs = all(_may_stand_above(block, index) for index in range(start))
    for text in block.texts[start + 1 : end]:
        found = _LINE.fullmatch((text or "").strip())
        key, value = (found["key"], found["value"] or "") if found else ("", "")
        if belongs and found:
            lines.append(f"{key}:: {value}".rstrip())
        else:
            lines.append(f"^{value.strip().lower()}" if key.lower() == "id" and value else None)
    return [*lines, None if belongs or not any(lines) else ""]  # an empty line ends the paragraph of the id


def _may_stand_above(block: Block, index: int) -> bool:
    text = (block.texts[index] or "").strip()
    return not text or bool(
        (index == 0 and (block.bullet or text.startswith("#"))) or PLAN.match(text) or read_property(text)
    )
