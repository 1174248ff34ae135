"""Blocks between lines of colons: Pandoc's `::: {.note #id}`, Docusaurus' `:::tip[Title]`, VuePress' `::: details`.

One that is called as a kind of callout is one, `details` folds, and of any other its title and what it holds are shown.
A block that is never closed is text. Headings in it count as if it were not there, in outlines and for what is private.
"""

import re
from typing import Any

from markdown_it.rules_block import StateBlock

from notegen.markdown.callout import callout_class, callout_title, is_callout
from notegen.regex import regex

_LINE = regex(r"[ \t>]*:{3,}[ \t]*(?P<spec>[^\n]*)")
_SPEC = regex(
    r"(?P<name>[a-zA-Z][\w-]{0,60})?(?:\[(?P<label>[^\[\]\n]*)\])?"
    r"[ \t]*(?:\{(?P<attributes>[^{}\n]*)\})?[ \t]*(?P<title>[^\n]*)"
)
_ATTRIBUTE = r"(?:open|[.#][\w.#-]+|[\w-]+=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s\"'{}]+))"
_AT_END = regex(rf"[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*")
"""VitePress' `::: details Click me {open}`."""
_FENCE = regex(r"[ \t]*(?P<fence>`{3,}|~{3,})")
_ALONE = frozenset({"code", "image", "include", "video"})
"""What Microsoft Learn writes between colons in one line, which holds nothing."""
_MAX_DEPTH = 20
_FOLDING = "details"
_OF_QUARTO = "callout-"
_TITLE = regex(r"(?<![\w-])title=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")
_HEADING = regex(r"#{1,6}[ \t]+(?P<words>[^\n]*?)[ \t]*#*[ \t]*")


def read_fenced_div(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Adds the block with all between its lines."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", start) or state.is_code_block(start_line):
        return False
    end = _pairs_in(state).get(start_line, end_line)
    depth = state.env.get("div_depth", 0)
    if end >= end_line or depth >= _MAX_DEPTH:
        return False
    line = _LINE.fullmatch(state.src, start, state.eMarks[start_line])
    spec = _SPEC.fullmatch(_spec_of(line)) if line else None
    if spec is None or silent:
        return spec is not None
    stated, at_end = _without_attributes(spec["title"])
    attributes = " ".join(filter(None, (spec["attributes"], at_end)))
    classes, id, title = _read_attributes(attributes)
    title_line, first_line = start_line, start_line + 1
    name = next((one for one in map(_kind_of, (spec["name"] or "", *classes)) if one), "")
    tag = "details" if name == _FOLDING else "div"
    opening = state.push("callout_open" if name else "fenced_div_open", tag, 1)
    opening.map = [start_line, end + 1]
    if name:
        kind = "note" if name == _FOLDING else name
        opening.attrs = {"class": callout_class(kind), "data-callout": kind}
        if name == _FOLDING and "open" in attributes.split():
            opening.attrs["open"] = ""
        words = " ".join(filter(None, (spec["label"], stated))) or title
        if not words and any(one.startswith(_OF_QUARTO) for one in classes):
            words, first_line = _heading_on_top(state, first_line, end)
            title_line = first_line - 1
        title_tag = "summary" if name == _FOLDING else "p"
        state.tokens += callout_title(words.strip(), name, title_tag, [title_line, title_line + 1])
    elif words := (spec["label"] or stated).strip() if spec["name"] and "=" not in stated else "":
        _push_title(state, words, start_line)
    if id:
        opening.meta["explicit_id"] = id
    state.level -= 1
    _read_inside(state, first_line, end, depth)
    state.level += 1
    state.push("callout_close" if name else "fenced_div_close", tag, -1)
    state.line = end + 1
    return True


def _spec_of(line: re.Match[str]) -> str:
    """What the line says behind its colons, without those that it may end with."""
    return line["spec"].rstrip(" \t").rstrip(":").rstrip(" \t")


def _without_attributes(title: str) -> tuple[str, str]:
    """A title without the attributes that stand behind it in braces, and these."""
    words, brace, attributes = title.rstrip().rpartition("{")
    if not brace or not attributes.endswith("}") or not _AT_END.fullmatch(attributes[:-1]):
        return title, ""
    return words.rstrip(), attributes[:-1]


def _push_title(state: StateBlock, words: str, line: int) -> None:
    """What a block of no known kind is called, as VuePress' `::: tab Ebb`: a paragraph of its own."""
    state.push("paragraph_open", "p", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.children = [line, line + 1], []
    inline.content = words if "*" in words or "_" in words else f"**{words}**"
    state.push("paragraph_close", "p", -1)


def _read_inside(state: StateBlock, start_line: int, end_line: int, depth: int) -> None:
    saved = state.lineMax, state.parentType
    state.lineMax, state.parentType = end_line, "fenced_div"
    state.env["div_depth"] = depth + 1
    if end_line > start_line:
        state.md.block.tokenize(state, start_line, end_line)
    state.env["div_depth"] = depth
    state.lineMax, state.parentType = saved


def _kind_of(name: str) -> str:
    """The callout that a block of that name or class is; empty for none. Quarto says `callout-tip`."""
    plain = name.lower().removeprefix(_OF_QUARTO)
    return plain if plain == _FOLDING or is_callout(plain) else ""


def _read_attributes(attributes: str) -> tuple[list[str], str, str]:
    """The classes, the id and the title of `.a .b #c title="Low water"`."""
    title = _TITLE.search(attributes)
    parts = _TITLE.sub("", attributes).split()
    id = next((part[1:] for part in parts if re.fullmatch(r"#[\w-]{1,100}", part)), "")
    classes = [part[1:] for part in parts if part.startswith(".")]
    return classes, id, next(filter(None, title.groups()), "") if title else ""


def _heading_on_top(state: StateBlock, first_line: int, end: int) -> tuple[str, int]:
    """The words of a heading that Quarto's callout begins with, its title there, and the line behind it."""
    for line in range(first_line, end):
        if not state.isEmpty(line):
            heading = _HEADING.fullmatch(
                state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]
            )
            return (heading["words"], line + 1) if heading else ("", first_line)
    return "", first_line


def _pairs_in(state: StateBlock) -> dict[int, int]:
    """The line that closes each block, by the line that opens it; worked out once for a text."""
    known: Any = state.env.get("fenced_divs")
    if known is None or known[0] != state.src:
        known = state.env["fenced_divs"] = (state.src, _pairs(state.src.split("\n")))
    pairs: dict[int, int] = known[1]
    return pairs


def _pairs(lines: list[str]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    open_: list[int] = []
    fence = ""
    for number, line in enumerate(lines):
        if code := _FENCE.match(line):
            fence = "" if fence and code["fence"].startswith(fence) else fence or code["fence"]
        elif not fence and ":::" in line and (match := _LINE.fullmatch(line)):
            spec = _spec_of(match)
            if not spec or spec.endswith("-end"):
                if open_:
                    pairs[open_.pop()] = number
            elif re.split(r"[^\w-]", spec, maxsplit=1)[0].lower() not in _ALONE:
                open_.append(number)
    return pairs
