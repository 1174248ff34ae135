"""What a public note hides, found anew: comments, elements that no browser shows, sections with a private tag.

Only what is beyond doubt. Where code and comments are tangled, the rest of the note is left to the parser.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from notegen.regex import regex

Range = tuple[int, int]

TAG = r"(?<![\w/#&`])#(?:\[\[([^\[\]\n|#]+)\]\]|([\w/-]+))"
"""A tag: its name is in one of the two groups."""

_FENCE = regex(
    r"^(?P<before>[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE
)
_INDENTED = regex(
    r"(?:\A(?:[ \t]*\n)*|\n[ \t]*\n|^#{1,6}[ \t][^\n]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+", re.MULTILINE
)
_SPAN = regex(r"(?<![\\`])(`+)(?!`)(?:(?!\n[ \t>]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_QUERY = regex(
    r"^[ \t]*(?:[-*+][ \t]+)?#\+begin_(?P<kind>query|src|example|export)\b.{0,4000}?#\+end_(?P=kind)"
    r"|\{\{query.{0,2000}?\}\}",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_FORMULA = regex(r"\$\$.+?\$\$|(?<![\\$\w])\$(?! )[^$\n]+?\$", re.DOTALL)
_BLOCK_FORMULA = regex(r"(?:\A|(?<=\n\n))\$\$[ \t]*\n(?P<inner>[^$]+?)^\$\$[ \t]*$", re.MULTILINE)
_TEX_COMMENT = regex(r"(?<!\\)%[^\n]*")
_DIAGRAM = regex(r"\s*\{?\s*\.?mermaid\b", re.IGNORECASE)
_DIAGRAM_COMMENT = regex(r"^[ \t>]*%%(?!\{)[^\n]*", re.MULTILINE)
_TAGS = (
    "template|script|style|noscript|noembed|noframes|datalist|head|title|iframe|canvas|dialog|object|metadata|desc"
    "|annotation"
)
_MARK = regex(
    rf"%%|<!--|\{{::comment\}}|\{{\{{[<%][ \t]*comment[ \t]*[>%]\}}\}}|<(?P<tag>{_TAGS})\b(?P<open>[^<>]*)>"
    r"|<(?P<element>[a-z][a-z0-9]*)\b(?P<attributes>[^<>]*\s(?:hidden\b|style\s*=)[^<>]*)>",
    re.IGNORECASE,
)
_COMMENT_BLOCK_ENDS = {
    "{:": regex(r"\{:/(?:comment)?\}"),
    "{{": regex(r"\{\{[<%][ \t]*/[ \t]*comment[ \t]*[>%]\}\}"),
}
_NEVER_SHOWN = frozenset({"template", "script", "style"})
"""Also where they are not closed."""
_IS_OPEN = regex(r"(?<![\w-])open(?![\w-])", re.IGNORECASE)
_HTML_BLOCK = regex(r"^[ \t>]*<[a-zA-Z/!?][^\n]*(?:\n[ \t>]*[^\s>][^\n]*)*", re.MULTILINE)
_HIDDEN = regex(r"(?<![\w-])hidden(?![\w-])", re.IGNORECASE)
_NOT_DISPLAYED = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_QUOTED = regex(r"\"[^\"]*\"|'[^']*'")
_HEADING = regex(r"^(?P<quote>[ \t>]*)(?P<level>#{1,6})[ \t](?P<words>[^\n]*)$", re.MULTILINE)
_UNDERLINED = regex(r"^ {0,3}(?P<words>[^\s#>`|-][^\n]*)\n {0,3}(?P<line>=+|-+)[ \t]*$", re.MULTILINE)
_HINTS = {
    "<": regex(rf"<(?:{_TAGS})\b", re.IGNORECASE),
    "comment": regex(r"[{<%](?:::|[ \t]*)comment", re.IGNORECASE),
    "dden": regex(r"hidden", re.IGNORECASE),
    "play": regex(r"display\s*:", re.IGNORECASE),
}
"""What hides something, by letters of it that have no forms but small and capital ones: those are told faster."""


def code_in(text: str) -> list[Range]:
    """The ranges of a text that are or may be code or a formula, in order and without overlap."""
    found: list[Range] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        if opened is None:
            opened = fence
        elif fence["mark"].startswith(opened["mark"]) and not fence["info"].strip():
            found.append((opened.start(), fence.end()))
            opened = None
    if opened is not None:
        found.append((opened.start(), len(text)))
    blocks = merged(found)
    for pattern, sign in ((_INDENTED, ""), (_SPAN, "`"), (_FORMULA, "$"), (_QUERY, "+"), (_QUERY, "{{")):
        if sign in text:
            found += (m.span() for m in pattern.finditer(text) if not end_at(blocks, m.start()))
    return merged(found)


def line_ends(text: str) -> list[int]:
    """Where the lines of a text end, for `line_at`."""
    return [found.start() for found in re.finditer("\n", text)]


def line_at(ends: Sequence[int], position: int) -> int:
    """The number of the line that holds a position, from 1."""
    return bisect_left(ends, position) + 1


def merged(ranges: Iterable[Range]) -> list[Range]:
    """The same places as ranges that do not overlap, in order."""
    found: list[Range] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(high, found[-1][1])
        else:
            found.append((low, high))
    return found


def end_at(ranges: Sequence[Range], position: int) -> int:
    """The end of the range that holds a position, of such as `merged` gives; 0 for none."""
    number = bisect_right(ranges, (position, 1 << 62)) - 1
    return ranges[number][1] if number >= 0 and ranges[number][1] > position else 0


def hidden_in(text: str, private_tags: frozenset[str]) -> list[Range]:
    """The ranges of a text that nobody is to see, in order and without overlap."""
    folded = text.casefold()
    tagged = any(f"#{tag}" in folded or f"#[[{tag}" in folded for tag in private_tags)
    if not tagged and not _may_hide(text, folded):
        return []
    code = code_in(text)
    found, doubtful = _marked(text, code)
    found += [*_formula_comments(text), *_diagram_comments(text)]
    if tagged:
        sections = _sections(text, private_tags, merged([*code, *found]))
        found += ((low, min(high, doubtful)) for low, high in sections if low < doubtful)
    return merged(found)


def _may_hide(text: str, folded: str) -> bool:
    """Whether there is a mark that may hide something."""
    return (
        "%%" in text
        or "<!--" in text
        or any(letters in folded and pattern.search(text) for letters, pattern in _HINTS.items())
    )


def _marked(text: str, code: Sequence[Range]) -> tuple[list[Range], int]:
    """What marks hide, and from where on it is in doubt what is code and what a comment."""
    found: list[Range] = []
    position, tangle = 0, _first_tangle(text)
    while mark := _MARK.search(text, position, tangle):
        start = mark.start()
        if end := end_at(code, start):
            position = end
            continue
        if mark["element"] and not _hides(mark["attributes"]):
            position = start + 1
            continue
        if _begins_nothing(text, mark):
            position = mark.end()
            continue
        end = _end_of(text, mark)
        inner = text[mark.end() : end]
        if end < 0 or (mark[0] == "%%" and ("`" in inner or "~~~" in inner)):
            return found, start
        # What an element shows instead of what is in it may be in its attributes.
        found.append((mark.end() if mark["tag"] else start, end))
        if "```" in inner or "~~~" in inner:
            return found, start
        position = end
    return found, tangle


def _first_tangle(text: str) -> int:
    """Where the first block that may be HTML begins in which backticks, code or none, stand beside comments."""
    for block in _HTML_BLOCK.finditer(text) if "`" in text else ():
        if "`" in block[0] and ("%%" in block[0] or "<!--" in block[0]):
            return block.start()
    return len(text)


def _begins_nothing(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark is a letter of a link's name, `[[100%%]]`, or of an element that is shown or never closed."""
    start = mark.start()
    if mark[0] == "%%":
        before = text[text.rfind("\n", 0, start) + 1 : start]
        return text.startswith("%%]]", start) and before.rfind("[[") > before.rfind("]]")
    name = (mark["tag"] or "").lower()
    if not name or name in _NEVER_SHOWN:
        return False
    is_open = name == "dialog" and _IS_OPEN.search(_QUOTED.sub('""', mark["open"]))
    return bool(is_open) or _end_of(text, mark) < 0


def _formula_comments(text: str) -> Iterator[Range]:
    """What TeX does not read, in formulas that are lines of their own."""
    for formula in _BLOCK_FORMULA.finditer(text) if "$$" in text else ():
        yield from (found.span() for found in _TEX_COMMENT.finditer(text, *formula.span("inner")))


def _diagram_comments(text: str) -> Iterator[Range]:
    """What Mermaid does not draw, in diagrams that are closed."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text) if "%%" in text and "mermaid" in text.lower() else ():
        if opened is None:
            opened = fence
        elif fence["mark"].startswith(opened["mark"]) and not fence["info"].strip():
            if _DIAGRAM.match(opened["info"]):
                inside = _DIAGRAM_COMMENT.finditer(text, opened.end(), fence.start())
                yield from (found.span() for found in inside)
            opened = None


def _hides(attributes: str) -> bool:
    return bool(_HIDDEN.search(_QUOTED.sub('""', attributes)) or _NOT_DISPLAYED.search(attributes))


def _end_of(text: str, mark: re.Match[str]) -> int:
    """The place behind what a mark opens; -1 where that is in doubt."""
    if mark[0] == "%%":
        closing = text.find("%%", mark.end())
        return closing + 2 if closing >= 0 else len(text)
    if mark[0] == "<!--":
        if text.startswith((">", "->"), mark.end()):
            return -1
        closing = text.find("-->", mark.end())
        return closing + 3 if closing >= 0 else len(text)
    if mark[0][0] == "{":
        ended = _COMMENT_BLOCK_ENDS[mark[0][:2]].search(text, mark.end())
        return ended.end() if ended else -1
    name = re.escape(mark["tag"] or mark["element"])
    closed = re.compile(rf"</{name}\s*>|<{name}\b", re.IGNORECASE).search(text, mark.end())
    # One within another of its name is not followed.
    if closed is None or closed[0][1] != "/" or mark[0].endswith("/>"):
        return -1
    return closed.end()


def _sections(text: str, private_tags: frozenset[str], taken: Sequence[Range]) -> Iterator[Range]:
    """Headings with a private tag, each up to the next of its level or above, in a quote to its end."""
    taken = merged([*taken, *(block.span() for block in _HTML_BLOCK.finditer(text))])
    headings = sorted(
        (match.start(), _level(match), _quote(match), match["words"])
        for pattern in (_HEADING, _UNDERLINED)
        for match in pattern.finditer(text)
        if not end_at(taken, match.start("words"))
    )
    for number, (start, level, quote, words) in enumerate(headings):
        if not is_tagged(words, private_tags):
            continue
        following = (
            at for at, other, around, _ in headings[number + 1 :] if other <= level and around == quote
        )
        end = next(following, len(text))
        if quote:
            outside = re.compile(r"^(?![ \t]*>)", re.MULTILINE).search(text, start)
            end = min(end, outside.start() if outside else end)
        yield start, end


def is_tagged(heading: str, private_tags: frozenset[str]) -> bool:
    """Whether a heading has one of the tags, or one below it."""
    return any(is_below(found[1] or found[2], private_tags) for found in re.finditer(TAG, heading))


def is_below(tag: str, tags: frozenset[str]) -> bool:
    """Whether a tag, with its `#` or without, is one of some folded tags or within one, as `a/b` is within `a`."""
    parts = tag.casefold().strip("#/ ").split("/")
    return any("/".join(parts[:end]) in tags for end in range(1, len(parts) + 1))


def _level(heading: re.Match[str]) -> int:
    groups = heading.groupdict()
    return len(groups["level"]) if groups.get("level") else 1 if groups["line"][0] == "=" else 2


def _quote(heading: re.Match[str]) -> str:
    return (heading.groupdict().get("quote") or "").strip().replace(" ", "")
