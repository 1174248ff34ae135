"""Blocks that GitBook writes between tags, `{% hint style="info" %}`, and PyMdown between slashes, `/// note | Title`.

They leave no mark in a folder, and stand each on a line of its own. One that is a callout, folds, or has a title is
written anew with colons or marks; of what only arranges its parts, those are shown. Any other stays as it is written.
"""

import re
from collections.abc import Mapping

from notegen.read.code_spans import as_code, as_text, outside_fences
from notegen.regex import regex
from notegen.text.callout_kinds import CALLOUT_KINDS

_TAG = regex(r"(?P<indent>[ \t]*)\{%[ \t]*(?P<name>[a-z-]+)(?P<arguments>[^{}\n]*?)%\}[ \t]*")
_ARGUMENT = regex(r"(?P<name>[\w-]+)=(?:\"(?P<value>[^\"]*)\"|'(?P<other>[^']*)')")
_ARRANGING = frozenset("tabs stepper step columns column content-ref updates swagger-description".split())
"""Of these only what they hold is shown; a page that one of them refers to is a link within it."""
_REQUESTS = frozenset({"openapi", "swagger"})
"""Tags that describe a request of an interface."""
_PAIRS = _ARRANGING | _REQUESTS | {"hint", "tab", "code", "update"}
_BLOCKS = _PAIRS | {"embed", "file"}
_FENCE = regex(r"[ \t]*(?:`{3,}|~{3,})[\w+#.-]*[ \t]*")
_SLASHES = regex(
    r"(?P<indent> {0,3})/{3,}[ \t]*(?:(?P<name>[a-zA-Z][\w-]*)[ \t]*(?:\|[ \t]*(?P<title>[^\n]*?))?)?[ \t]*"
)
_OPTION = regex(r" {4,}(?P<name>\w+):[ \t]*(?P<value>[^\n]*)")
_CAPTIONS = frozenset("caption figure-caption table-caption".split())


def without_block_tags(text: str) -> str:
    """The text with what each such block stands for; lines keep their numbers. Total."""
    if "{%" in text:
        text = _without_tags(text.split("\n"))
    return _without_slashes(text.split("\n")) if "///" in text else text


def _without_tags(lines: list[str]) -> str:
    tags = [(number, tag) for number in outside_fences(lines) if (tag := _tag_in(lines[number]))]
    if not any(tag["name"].removeprefix("end") in _BLOCKS for _, tag in tags):
        return "\n".join(lines)
    closed = {tag["name"].removeprefix("end") for _, tag in tags if tag["name"].startswith("end")}
    for number, tag in tags:
        name, arguments = tag["name"], _arguments(tag)
        if name == "code" and number + 1 < len(lines) and _FENCE.fullmatch(lines[number + 1]):
            title = arguments.get("title", "").replace('"', "")
            lines[number + 1] = lines[number + 1].rstrip() + (f' title="{title}"' if title else "")
        if name.removeprefix("end") in _BLOCKS and (name not in _PAIRS or name in closed):
            lines[number] = (tag["indent"] + _shown(name, arguments)).rstrip(" ") + _line_end(name)
    return "\n".join(lines)


def _tag_in(line: str) -> re.Match[str] | None:
    """The tag that a line is; none that holds what may begin or end something hidden."""
    tag = _TAG.fullmatch(line) if "{%" in line else None
    return None if tag is None or "<!--" in line or "-->" in line or "`" in line else tag


def _arguments(tag: re.Match[str]) -> dict[str, str]:
    return {
        found["name"]: found["value"] or found["other"] or ""
        for found in _ARGUMENT.finditer(tag["arguments"])
    }


def _shown(name: str, arguments: Mapping[str, str]) -> str:
    """What stands for a tag, without its indent."""
    if name == "hint":
        style = arguments.get("style", "")
        return f"::: {style if style in CALLOUT_KINDS else 'note'}"
    if name == "endhint":
        return ":::"
    if name in ("tab", "update"):
        title = arguments.get("title") or arguments.get("date", "")
        return f"**{as_text(title)}**" if title.strip() else ""
    if name in _REQUESTS:
        request = " ".join(filter(None, (arguments.get("method", "").upper(), arguments.get("path", ""))))
        said = (as_text(arguments.get("summary", "").strip()), as_code(request) if request else "")
        return " ".join(f"**{one}**" if not number else one for number, one in enumerate(said) if one)
    goal = arguments.get("url" if name == "embed" else "src", "") if name in ("embed", "file") else ""
    if not goal or any(sign in goal for sign in "<>\\"):
        return ""
    return f"<{goal}>" if name == "embed" else f"[{as_text(goal.rpartition('/')[2])}](<{goal}>)"


def _line_end(name: str) -> str:
    """What keeps a title or an address apart from the words on the next line."""
    return "  " if name in ("tab", "update", "embed", "file") else ""


def _without_slashes(lines: list[str]) -> str:
    """PyMdown's blocks with colons; one that is never closed stays."""
    open_: list[int] = []
    for number in outside_fences(lines):
        block = _SLASHES.fullmatch(lines[number]) if "///" in lines[number] else None
        if block is None or "<!--" in lines[number] or "`" in lines[number] or "%%" in lines[number]:
            continue
        if block["name"]:
            open_.append(number)
        elif open_:
            _write_block(lines, open_.pop(), number)
    return "\n".join(lines)


def _write_block(lines: list[str], first: int, last: int) -> None:
    block = _SLASHES.fullmatch(lines[first])
    assert block
    body = first + 1
    options: dict[str, str] = {}
    while body < last and (option := _OPTION.fullmatch(lines[body])):
        options[option["name"]] = option["value"].strip()
        body += 1
    lines[first + 1 : body] = [""] * (body - first - 1)
    name, title = block["name"].lower(), block["title"] or ""
    stated = next((kind for kind in (name, options.get("type", "").lower()) if kind in CALLOUT_KINDS), "")
    if name == "details" or stated or name == "admonition":
        kind = "details" if name == "details" else stated or "note"
        lines[first], lines[last] = f"{block['indent']}::: {kind} {title}".rstrip(), f"{block['indent']}:::"
    elif name == "tab":
        lines[first], lines[last] = f"{block['indent']}**{title}**  " if title else "", ""
    elif name in _CAPTIONS or name in ("html", "define"):
        lines[first] = lines[last] = ""
