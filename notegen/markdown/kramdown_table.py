"""Tables as kramdown has them where they are not as GitHub has them: without dashes, or with several rows of them.

Every line up to the next empty one has a bar. Dashes end the head and part bodies, equals signs the foot; as many cells
as there are in the longest row, and a bar within code ends none.
"""

from itertools import takewhile

from markdown_it.rules_block import StateBlock

from notegen.markdown.bar_table import push_table
from notegen.markdown.table import cells_of
from notegen.regex import regex

_RULE = regex(r"[|+:= \t-]*[-=][|+:= \t-]*")
_OTHER = regex(r"[*+-][ \t]|\d+\.[ \t]|[>#<{:]|```|~~~|\[\^")
"""What begins with another block."""
_CODE = regex(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_BAR = "\x01"
"""Stands for a bar within code, which no text has."""


def read_kramdown_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Takes the lines of such a table in a folder of Jekyll's."""
    if state.env.get("tool") != "jekyll" or silent:
        return False
    first = _line(state, start)
    if "|" not in first or _OTHER.match(first) or state.is_code_block(start):
        return False
    lines = list(takewhile(lambda line: not _ends(state, line), range(start, end)))
    texts = [_CODE.sub(lambda code: code[0].replace("|", _BAR), _line(state, line)) for line in lines]
    rules = [bool(_RULE.fullmatch(text)) for text in texts]
    rows = [
        (line, [cell.replace(_BAR, "|") for cell in cells_of(text)])
        for line, text, is_rule in zip(lines, texts, rules, strict=True)
        if not is_rule
    ]
    if len(rows) < 2 or not all("|" in text for text in texts) or _is_usual(texts, rules):
        return False
    above = list(takewhile(lambda is_rule: not is_rule, rules[rules.index(False) :]))
    push_table(state, rows, lines[-1] + 1, heads=len(above) if len(above) < len(rows) else 0)
    return True


def _is_usual(texts: list[str], rules: list[bool]) -> bool:
    """Whether the table is GitHub's too."""
    return (
        rules[:2] == [False, True]
        and not any(rules[2:])
        and "=" not in texts[1]
        and len(cells_of(texts[0])) == len(cells_of(texts[1]))
        and not any(_BAR in text for text in texts)
    )


def _ends(state: StateBlock, line: int) -> bool:
    return state.isEmpty(line) or state.sCount[line] < state.blkIndent or _line(state, line).startswith("{:")


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
