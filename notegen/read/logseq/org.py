"""Org files, which Logseq keeps beside Markdown: each headline is a block, and its words become Markdown's.

Line by line, so that places stay true; properties, drawers, plans, `#+BEGIN_…` and macros are the same in Logseq's
Markdown, and left to the modules that read them there. orgparse is no help: it raises ValueError for a day that is not
in the calendar, tells a body's lines without their numbers, and leaves the words within them as they are.
"""

import re
from itertools import pairwise
from posixpath import splitext

from notegen.paths import PICTURE_SUFFIXES
from notegen.read.logseq.blocks import Block
from notegen.read.logseq.drawers import read_drawer_line
from notegen.regex import regex

_HEADLINE = regex(r"(?P<stars>\*+)[ \t]+(?P<words>.*)")
_NOT_EXPORTED = regex(
    r"\*+[ \t]+(?:(?:[A-Z]+[ \t]+)?COMMENT\b.*|.*[ \t]:(?:[\w@#%:]+:)?noexport:(?:[\w@#%:]+:)?[ \t]*)"
)
"""A headline that Org itself leaves out of what it exports, with all below it."""
_HEADLINE_TAGS = regex(r":[\w@#%:]+:")
# Logseq writes `* :PROPERTIES:` for a block without words.
_DRAWER_AT_END = regex(r"(?:\A|(?<=\s)):(?P<kind>PROPERTIES|LOGBOOK):\Z", re.IGNORECASE)
_KEYWORD = regex(r"[ \t]*#\+(?P<key>[\w-]+):(?:[ \t]+(?P<value>.*))?")
# What is left as it is, up to its end: code, and drawers.
_VERBATIM = regex(
    r"[ \t]*(?:#\+BEGIN_(?P<kind>SRC|EXAMPLE|EXPORT|QUERY|COMMENT)\b.*|:(?:PROPERTIES|LOGBOOK):[ \t]*)",
    re.IGNORECASE,
)
_SILENT = regex(r"[ \t]*(?:#(?:[ \t].*)?|CLOCK:.*)")
_RULE = regex(r"[ \t]*-{5,}[ \t]*")
_TABLE_RULE = regex(r"[ \t]*\|[-+]+\|?[ \t]*")
_FIXED = regex(r"(?P<indent>[ \t]*):(?: (?P<words>.*))?")
_ITEM = regex(r"[ \t]*(?:[-+]|\d+[.)])(?:[ \t]|\Z)|[ \t]+\*(?:[ \t]|\Z)")
_TERM = regex(r"(?P<bullet>[ \t]*[-+][ \t]+)(?P<term>\S+(?:[ \t]\S+)*?)[ \t]::(?=[ \t]|$)")

# Settings for Emacs and for printing, which say nothing of the page.
_FOR_EMACS = frozenset(
    "archive bind bibliography category columns constants drawers exclude_tags html_head include latex_class "
    "latex_header link macro options print_bibliography priorities property select_tags seq_todo setupfile startup "
    "todo typ_todo".split()
)
_TAG_KEYS = ("filetags", "tags")

# At most so far apart are two signs that belong together; Org itself has a bound, of one line's end.
_INNER = r"\S(?:.{0,400}?\S)?"


def _between(sign: str, inner: str, others: str) -> str:
    """A pattern of what stands between two signs, as Org has it, which may stand right within the others."""
    before, after = rf"(?<![^\s\-(\[{{'\"{others}\ufdd4])", rf"(?![^\s\-.,:;!?)\]}}'\"{others}\\\ufdd3])"
    return f"{before}{sign}{inner}{sign}{after}"


_SPAN = regex(
    rf"{_between('=', f'(?P<code>{_INNER})', '*/+_')}|{_between('~', f'(?P<tilde>{_INNER})', '*/+_')}"
    r"|\[\[(?P<goal>[^\[\]\n]+)\](?:\[(?P<label>[^\[\]\n]+)\])?\]"
    rf"|\[fn:(?P<note>[\w-]+)\]|\\\((?P<formula>{_INNER})\\\)|\{{\{{\{{(?P<macro>[^{{}}\n]+)\}}\}}\}}"
    r"|(?<!: )(?<!:)<(?P<day>\d{4}-\d\d-\d\d)(?: [^<>\n]*)?>|CLOSED: \[(?P<closed>\d{4}-\d\d-\d\d)[^\[\]\n]*\]"
    r"|\{\{[^{}\n]+\}\}|\$[^$\n]+\$|<?https?://[^\s<>\[\]]+>?"
)
_EMPHASIS = tuple(
    (regex(_between(sign, f"(?P<words>{_INNER})", others)), opening, closing)
    for sign, others, opening, closing in (
        (r"\*", "/+_", "**", "**"),
        ("/", "*+_", "*", "*"),
        (r"\+", "*/_", "~~", "~~"),
        ("_", "*/+", "<u>", "</u>"),
    )
)
# Signs that are Markdown's alone; one within a word, as in `#a_b`, is none there either, nor is `H_{2}`.
_MARKDOWN = regex(r"(?<=\S)[*`]|[*`](?=\S)|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_]|\{[^{}\n]{1,100}\})")
_KEPT = regex("\ufdd3(\\d+)\ufdd4")


def split_org(text: str) -> list[Block]:
    """The blocks in order, as `split_blocks` gives those of Markdown; every line is in one."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if number == 0 or _HEADLINE.fullmatch(line)]
    blocks: list[Block] = []
    unseen = 0  # the stars of a headline that is not exported
    above: list[int] = []  # the stars of the headlines that hold the next one: levels may be left out
    for start, end in pairwise([*starts, len(lines)]):
        headline = _HEADLINE.fullmatch(lines[start])
        stars = len(headline["stars"]) if headline else 0
        above = [others for others in above if others < stars]
        blocks.append(_headline_block(lines[start:end], start, depth=len(above)))
        unseen = 0 if stars <= unseen else unseen
        if unseen or _NOT_EXPORTED.fullmatch(lines[start]):
            unseen = unseen or stars
            blocks[-1].texts[:] = [None] * (end - start)
        above += [stars] if stars else []
    return blocks


def _headline_block(lines: list[str], first: int, *, depth: int) -> Block:
    """A headline with the lines below it, or what stands above the first headline."""
    headline = _HEADLINE.fullmatch(lines[0])
    if headline is None:
        return Block(first, "", [""] * len(lines), _body(lines, is_top=True), [False] * len(lines))
    title, drawer, body = _open_headline_drawer(headline["words"].rstrip(), lines[1:])
    words, _, tags = title.rpartition(" ")
    if not _HEADLINE_TAGS.fullmatch(tags):
        words, tags = title, ""
    marks = "".join(f" #{tag}" for tag in tags.split(":") if tag)
    indent = "  " * depth
    texts = [_inline_markdown(words.strip()) + marks, *drawer, *_body(body, is_top=False)]
    return Block(first, f"{indent}- ", ["", *[f"{indent}  "] * (len(lines) - 1)], texts, [False] * len(lines))


def _open_headline_drawer(title: str, below: list[str]) -> tuple[str, list[str | None], list[str]]:
    """A headline without the drawer that begins on its line, that drawer's lines as a block's, and the lines after."""
    opening = _DRAWER_AT_END.search(title)
    end = next((n for n, line in enumerate(below) if line.strip().upper() == ":END:"), -1) if opening else -1
    if opening is None or end < 0:
        return title, [], below
    holds_properties = opening["kind"].upper() == "PROPERTIES"
    drawer = [read_drawer_line(line) if holds_properties else None for line in below[:end]]
    return title[: opening.start()].rstrip(), [*drawer, None], below[end + 1 :]


def _body(lines: list[str], *, is_top: bool) -> list[str | None]:
    """Lines that are no headlines, without the space before them, which says nothing but in lists and in code."""
    texts: list[str | None] = []
    ending = ""
    listed: int | None = None  # how far in the list that is open begins
    code = 0  # how far in the code that is open begins
    for line in lines:
        indent = len(line) - len(line.lstrip(" \t"))
        if ending:
            texts.append(re.sub(r"\A([ \t]*),(?=\*|#\+)", r"\1", line[min(indent, code) :]))
            ending = "" if line.strip().upper() == ending else ending
            continue
        if _ITEM.match(line):
            listed = indent if listed is None else min(listed, indent)
        elif line.strip() and listed is not None and indent <= listed:
            listed = None
        if verbatim := _VERBATIM.fullmatch(line):
            code = indent if listed is None else listed
            texts.append(line[code:])
            ending = f"#+END_{verbatim['kind'].upper()}" if verbatim["kind"] else ":END:"
        else:
            texts.append(_line_markdown(line[indent if listed is None else listed :], is_top=is_top))
    return texts


def _line_markdown(line: str, *, is_top: bool) -> str | None:
    """A line that is no headline and no code; None for one that says nothing to a reader."""
    if keyword := _KEYWORD.fullmatch(line):
        return _keyword(keyword["key"].lower(), keyword["value"] or "", is_top=is_top)
    if _SILENT.fullmatch(line):
        return None
    if _RULE.fullmatch(line):
        return "***"
    if _TABLE_RULE.fullmatch(line):
        return line.replace("+", "|")
    if fixed := _FIXED.fullmatch(line):
        return f"{fixed['indent']}{_code_span(fixed['words'] or '')}"
    term = _TERM.match(line)
    return (
        f"{term['bullet']}**{_inline_markdown(term['term'])}**:{_inline_markdown(line[term.end() :])}"
        if term
        else _inline_markdown(line)
    )


def _keyword(key: str, value: str, *, is_top: bool) -> str | None:
    if key == "caption":
        return _inline_markdown(value)
    if not is_top or key in _FOR_EMACS or key.startswith(("attr_", "name", "results")):
        return None
    if key in _TAG_KEYS:
        return f"tags:: {', '.join(value.strip(' :').split(':'))}"
    return f"{key}:: {value}"


def _inline_markdown(text: str) -> str:
    """A line's words: links, code and days first, so that no sign within them is taken for emphasis."""
    kept: list[str] = []

    def keep(written: str) -> str:
        kept.append(written)
        return f"\ufdd3{len(kept) - 1}\ufdd4"

    text = _SPAN.sub(lambda span: keep(_span_markdown(span)), _KEPT.sub("", text).removesuffix("\\\\"))
    for pattern, opening, closing in _EMPHASIS:
        text = pattern.sub(rf"{keep(opening)}\g<words>{keep(closing)}", text)
    text = _KEPT.sub(lambda place: kept[int(place[1])], _MARKDOWN.sub(r"\\\g<0>", text))
    return re.sub(r"\A\[\^([\w-]+)\](?=[ \t])", r"[^\1]:", text)


def _span_markdown(span: re.Match[str]) -> str:
    if code := span["code"] or span["tilde"]:
        return _code_span(code)
    if span["goal"] is not None:
        return _link_markdown(span["goal"].strip(), span["label"] or "")
    if span["note"]:
        return f"[^{span['note']}]"
    if span["formula"]:
        return f"${span['formula']}$"
    if span["macro"]:
        return f"{{{{{span['macro']}}}}}"
    if span["closed"]:
        return f"Closed: [[{span['closed']}]]"
    return f"[[{span['day']}]]" if span["day"] else span[0]


def _link_markdown(goal: str, label: str) -> str:
    words = _inline_markdown(label) if label else ""
    if re.match(r"[a-z][a-z+.-]*://|mailto:", goal):
        return f"[{words}](<{goal}>)" if label else f"<{goal}>"
    if goal.startswith("id:"):
        return f"(({goal[3:]}))" if not label else f"[{words}]((({goal[3:]})))"
    path = goal.removeprefix("file:")
    if path != goal or path.startswith(("./", "../")):
        path = path.partition("::")[0]
        is_picture = splitext(path)[1].lower() in PICTURE_SUFFIXES
        name = splitext(path.rpartition("/")[2])[0]
        return f"![{words}](<{path}>)" if is_picture and not label else f"[{words or name}](<{path}>)"
    page = f"#{goal[1:]}" if goal.startswith("*") else goal
    return f"[[{page}|{words}]]" if label else f"[[{page}]]"


def _code_span(words: str) -> str:
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {words} {fence}" if longest or not words.strip() else f"{fence}{words}{fence}"
