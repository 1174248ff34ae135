"""What Roam Research writes in a line, as its Markdown export has it: `{{[[TODO]]}}`, `{{[[video]]: …}}`, `^^marked^^`.

An export leaves no mark in a folder, and is opened in other tools too. What stands for something only in Roam is
written as they write it; what only Roam can work out, a query or a timer, is shown as its source, whose own name is no
page's. Its code begins in an item, and the lines below, indented as they are, run up to a fence at the end of the last
one. No line is free for that fence: such code becomes an element in its item.
"""

import re
from html import escape

from notegen.read.code_spans import outside_code
from notegen.regex import regex

_BOX = regex(r"\{\{(?:\[\[)?(?P<state>TODO|DONE)(?:\]\])?\}\}[ \t]*")
_ITEM = regex(r"(?P<before>[ \t>]*[-*+][ \t]+)\{\{(?:\[\[)?(?P<state>TODO|DONE)(?:\]\])?\}\}[ \t]*")
_MACRO = regex(
    r"\{\{(?:\[\[(?P<page>[a-z][\w -]{0,40})\]\]|(?P<name>embed|query|video|youtube|iframe|pdf|slider|word-count))"
    r"[ \t]*(?::[ \t]*(?P<text>(?:[^{}\n]|\{[^{}\n]*\}|\{[^{}\n]*\{[^{}\n]*\}[^{}\n]*\}){0,2000}))?\}\}"
)
_ADDRESS = regex(r"https?://[^\s<>]+")
_PAGE = regex(r"\[\[[^\[\]\n]+\]\]")
_LABELLED = regex(r"(?<!!)\[(?P<words>[^\[\]\n]+)\]\(\[\[(?P<page>[^\[\]\n|]+)\]\]\)")
_MARKED = regex(r"\^\^(?P<words>[^\s^](?:[^\^\n]*[^\s^])?)\^\^")


_CODE_IN_ITEM = regex(r"(?P<item>[ \t]*[-*+][ \t]+)```[\w+#.-]*[ \t]*")
_LAST_OF_CODE = regex(r"(?P<code>[^`\n]*(?:`{1,2}[^`\n]+)*[^`\s])[ \t]*```[ \t]*")
_MAX_LINES_OF_CODE = 2000


def without_roam(text: str) -> str:
    """The text with what every tool reads in the place of Roam's; lines keep their numbers. Total."""
    if "- ```" in text or "* ```" in text:
        text = _with_code_in_items(text.split("\n"))
    if "{{" in text or "](" in text or "^^" in text:
        return outside_code(text, _plain)
    return text


def _with_code_in_items(lines: list[str]) -> str:
    number = 0
    while number < len(lines):
        opening = _CODE_IN_ITEM.fullmatch(lines[number])
        last = _last_of_code(lines, number) if opening else 0
        if opening and last:
            indent = re.sub(r"[^\t]", " ", opening["item"])
            lines[last] = lines[last].rstrip()[: -len("```")]
            code = [escape(line, quote=False) for line in lines[number + 1 : last + 1]]
            code = ["<code>" + code[0], *code[1:]]
            lines[number] = f"{opening['item']}<pre>"
            lines[number + 1 : last + 1] = [indent + line for line in code]
            lines[last] += "</code></pre>"
            number = last
        number += 1
    return "\n".join(lines)


def _last_of_code(lines: list[str], first: int) -> int:
    """The line at whose end, behind code, Roam closes what the first opens.

    0 where a fence closes it as anywhere, or before what may hide something.
    """
    for number in range(first + 1, min(len(lines), first + _MAX_LINES_OF_CODE)):
        if any(sign in lines[number] for sign in ("%%", "<!--", "-->")):
            return 0
        if "```" in lines[number]:
            return number if _LAST_OF_CODE.fullmatch(lines[number]) else 0
    return 0


def _plain(line: str) -> str:
    if "%%" in line or "<!--" in line or "-->" in line:  # what hides something stays as it is
        return line
    if "{{" in line:
        line = _BOX.sub(_state, _ITEM.sub(_task, line, count=1))
        line = _MACRO.sub(_macro, line)
    if "](" in line:
        line = _LABELLED.sub(r"[[\g<page>|\g<words>]]", line)
    return _MARKED.sub(r"==\g<words>==", line) if "^^" in line else line


def _task(item: re.Match[str]) -> str:
    return f"{item['before']}[{'x' if item['state'] == 'DONE' else ' '}] "


def _state(box: re.Match[str]) -> str:
    """A box within a line, which is no item's: its word."""
    return f"**{box['state']}** "


def _macro(macro: re.Match[str]) -> str:
    name, text = (macro["page"] or macro["name"]).strip(), (macro["text"] or "").strip()
    if name == "comment":  # hidden by the rule for comments, which looks into no code
        return macro[0]
    if name == "embed" and _PAGE.fullmatch(text):
        return f"!{text}"
    if name in ("video", "youtube", "iframe", "pdf") and _ADDRESS.fullmatch(text):
        return f"<{text}>"
    if macro["page"] is None and not text:
        return macro[0]  # a word between braces, as templates have it
    # In code nothing looks for the names of private notes: what names any stays text.
    if "[[" in text or "`" in macro.string:
        return f"{{{{{name}: {text}}}}}" if text else f"{{{{{name}}}}}"
    return f"`{macro[0]}`"
