"""The HTML of a note as Markdown: for programs that read notes, of which many read nothing else as well.

It is made from what the page shows, not from the note's file. So it says what the page says: no comment, no private
part, no syntax of one tool, and links and embeds resolved.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from notegen.regex import regex
from notegen.render.parts.tex_text import tex_of
from notegen.text.html_tree import HtmlElement, tree_of

Address = Callable[[str], str]
"""Gives the address of a link in the Markdown from that in the page."""

_BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_MARKS = {
    "em": "*",
    "i": "*",
    "strong": "**",
    "b": "**",
    "s": "~~",
    "del": "~~",
    "strike": "~~",
    "mark": "==",
}
_MEDIA = {"audio": "src", "video": "src", "object": "data"}
_HEADING = regex(r"h([1-6])")
_LANGUAGE = regex(r"language-(\S+)")
_SPECIAL = regex(r"[\\`*\[<]|~~|==|(?<!\w)_|_(?!\w)|&(?=#?\w{1,31};)")
_AT_START = regex(
    r"(?m)^(?:(?P<sign>#(?=#{0,5}(?:\s|$))|>|[+-](?=\s|$)|=(?==*\s*$)|-(?=-*\s*$))|"
    r"(?P<digits>\d{1,9})(?=[.)](?:\s|$)))"
)
"""What begins a line of a paragraph and would begin something else."""
_SPACE = regex(r"[ \t\n\r]+")
_BREAK = "\\\n"


def markdown_of(html: str, address: Address = lambda written: written) -> str:
    """The Markdown of a piece of HTML, ending in a newline; empty for one that says nothing."""
    blocks = _Writer(address).blocks(tree_of(html).children)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def inline_text(text: str) -> str:
    """A plain text as Markdown that says it, in one line."""
    return _escaped(_SPACE.sub(" ", text).strip())


class _Writer:
    """Writes one piece of HTML."""

    def __init__(self, address: Address) -> None:
        self._address = address

    # -- blocks --------------------------------------------------------------------------------

    def blocks(self, children: Sequence[HtmlElement | str]) -> list[str]:
        """Each block's text; what stands between blocks is a paragraph."""
        made: list[str] = []
        for is_block, some in groupby(children, _is_block):
            if is_block:
                for child in some:
                    assert isinstance(child, HtmlElement)
                    made += filter(None, self._block(child))
            elif paragraph := self.line([*some]):
                made.append(_escaped_start(paragraph))
        return made

    def _block(self, element: HtmlElement) -> Iterator[str]:
        name, classes = element.name, element.classes
        if heading := _HEADING.fullmatch(name):
            if title := self.line(element.children).replace(_BREAK, " "):
                yield f"{'#' * int(heading[1])} {title}"
        elif name == "hr":
            yield "" if "footnotes-sep" in classes else "---"
        elif name == "pre":
            yield _code_block(element)
        elif name in ("ul", "ol"):
            yield self._footnotes(element) if "footnotes-list" in classes else self._list(element)
        elif name == "table":
            yield self._table(element)
        elif name == "dl":
            yield from self._definitions(element)
        elif name == "blockquote" or "embed" in classes:
            yield _quoted(self.blocks(element.children))
        elif "callout" in classes:
            yield self._callout(element)
        elif name == "summary":
            yield f"**{line}**" if (line := self.line(element.children)) else ""
        else:
            yield from self.blocks(element.children)

    def _list(self, element: HtmlElement) -> str:
        number = int(start) if (start := element.attributes.get("start", "1")).isdecimal() else 1
        items: list[str] = []
        is_loose = False
        for item in element.elements:
            mark = f"{number}." if element.name == "ol" else "-"
            number += 1
            blocks = self.blocks(item.children) or [""]
            is_loose = is_loose or any(child.name == "p" for child in item.elements)
            tight = "\n".join(blocks) if _is_tight(item) else "\n\n".join(blocks)
            items.append(f"{mark} {_indented(tight, len(mark) + 1)}".rstrip())
        return ("\n\n" if is_loose else "\n").join(items)

    def _footnotes(self, element: HtmlElement) -> str:
        notes = []
        for number, item in enumerate(element.elements, 1):
            text = "\n\n".join(self.blocks(item.children))
            notes.append(
                f"[^{_footnote_name(item.attributes.get('id', '')) or number}]: {_indented(text, 4)}"
            )
        return "\n\n".join(notes)

    def _table(self, table: HtmlElement) -> str:
        rows = [[*row.elements] for row in _within(table, "tr")]
        width = max(map(len, rows), default=0)
        if not width:
            return ""
        has_head = any(cell.name == "th" for cell in rows[0])
        lines = [[self._cell(cell) for cell in row] for row in rows]
        head = lines[0] if has_head else [""] * width
        aligned = [_alignment(cell) for cell in rows[0]] + ["---"] * width
        body = lines[1:] if has_head else lines
        return "\n".join(_row(cells, width) for cells in (head, aligned[:width], *body))

    def _cell(self, cell: HtmlElement) -> str:
        text = (
            " ".join(self.blocks(cell.children))
            if any(map(_is_block, cell.children))
            else self.line(cell.children)
        )
        return text.replace(_BREAK, "<br>").replace("\n", " ").replace("|", "\\|")

    def _definitions(self, element: HtmlElement) -> Iterator[str]:
        terms: list[str] = []
        for child in element.elements:
            if child.name == "dt":
                terms.append(self.line(child.children))
                continue
            meaning = _indented("\n\n".join(self.blocks(child.children)), 2)
            yield "\n".join([*terms, f": {meaning}"])
            terms = []
        yield from terms

    def _callout(self, element: HtmlElement) -> str:
        kind = next(iter(sorted(element.classes - {"callout"})), "note")
        title, rest = "", []
        for child in element.children:
            if isinstance(child, HtmlElement) and "callout-title" in child.classes and not title:
                title = self.line(child.children)
            else:
                rest.append(child)
        return _quoted([f"[!{kind}] {title}".rstrip(), *self.blocks(rest)])

    # -- lines ---------------------------------------------------------------------------------

    def line(self, children: Sequence[HtmlElement | str]) -> str:
        """What stands in one paragraph."""
        written = "".join(self._inline(child) for child in children)
        return (
            re.sub(r" *\\\n *", "\\\\\n", re.sub(r" {2,}", " ", written)).strip().removesuffix("\\").strip()
        )

    def _inline(self, child: HtmlElement | str) -> str:
        if isinstance(child, str):
            return _escaped(_SPACE.sub(" ", child))
        name = child.name
        if name in _MARKS:
            return _wrapped(self._inner(child), _MARKS[name])
        if name == "code":
            return _code_span(child.text)
        if name == "br":
            return _BREAK
        if name == "a":
            return self._link(child)
        if name == "img":
            alt, source = child.attributes.get("alt", ""), child.attributes.get("src", "")
            return f"![{_escaped(alt)}]({_goal(self._address(source))})" if source else _escaped(alt)
        if name in _MEDIA:
            words = child.attributes.get("aria-label", "") or child.text.strip()
            source = child.attributes.get(_MEDIA[name], "")
            return (
                f"[{_escaped(words) or 'file'}]({_goal(self._address(source))}) "
                if source
                else self._inner(child)
            )
        if name == "input":
            return "[x] " if "checked" in child.attributes else "[ ] "
        if name == "math":
            mark = "$$" if child.attributes.get("display") == "block" else "$"
            return f"{mark}{tex}{mark}" if (tex := tex_of(child)) else ""
        if name == "svg":
            return ""
        if "footnote-ref" in child.classes:
            link = next(child.elements, child)
            return f"[^{_footnote_name(link.attributes.get('href', '')) or link.text.strip('[]')}]"
        return self._inner(child)

    def _inner(self, element: HtmlElement) -> str:
        return "".join(self._inline(child) for child in element.children)

    def _link(self, link: HtmlElement) -> str:
        words, goal = self._inner(link), link.attributes.get("href", "")
        if "footnote-backref" in link.classes or "anchor" in link.classes:
            return ""
        if not goal or not words.strip():
            return words
        if link.text == goal and re.match(r"https?://[^\s<>]+\Z", goal):
            return f"<{goal}>"
        return f"[{words.strip()}]({_goal(self._address(goal))})"


def _is_block(child: HtmlElement | str) -> bool:
    if isinstance(child, str):
        return False
    return child.name in _BLOCKS or (
        # A link or a mark around blocks is left out in favour of these.
        child.name in ("a", "span", "ins", "center") and any(map(_is_block, child.children))
    )


def _is_tight(item: HtmlElement) -> bool:
    return all(child.name != "p" for child in item.elements)


def _within(element: HtmlElement, name: str) -> Iterator[HtmlElement]:
    """The elements of the name in it, but for those in another table."""
    for child in element.elements:
        if child.name == name:
            yield child
        elif child.name != "table":
            yield from _within(child, name)


def _row(cells: Sequence[str], width: int) -> str:
    return f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"


def _alignment(cell: HtmlElement) -> str:
    style = cell.attributes.get("style", "") + cell.attributes.get("align", "")
    return {"left": ":---", "right": "---:", "center": ":---:"}.get(
        style.rpartition(":")[2].strip("; "), "---"
    )


def _code_block(element: HtmlElement) -> str:
    code = element.text.removesuffix("\n")
    classes = " ".join([*element.classes, *(name for child in element.elements for name in child.classes)])
    language = found[1] if (found := _LANGUAGE.search(classes)) else ""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f"{fence}{language}\n{code}\n{fence}"


def _code_span(code: str) -> str:
    if not code.strip():
        return code
    flat = code.replace("\n", " ")
    fence = "`" * (1 + max(map(len, re.findall("`+", flat)), default=0))
    space = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{space}{flat}{space}{fence}"


def _quoted(blocks: Sequence[str]) -> str:
    text = "\n\n".join(blocks)
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""


def _indented(text: str, width: int) -> str:
    return re.sub(r"\n(?=[^\n])", "\n" + " " * width, text)


def _wrapped(text: str, mark: str) -> str:
    """The text in marks, which may have no space within."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{inner}{mark}{after}"


def _goal(address: str) -> str:
    """An address as it stands in a link."""
    return (
        f"<{address}>"
        if re.search(r"[\s()<>]", address) and "<" not in address and ">" not in address
        else address
    )


def _footnote_name(anchor: str) -> str:
    """`2` of `#fn2` and `fn2`."""
    return re.sub(r"[^\w-]", "-", anchor.lstrip("#").rpartition("fn")[2])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\" + "\\".join(sign[0]), text)


def _escaped_start(paragraph: str) -> str:
    """A paragraph whose lines begin nothing else."""
    return _AT_START.sub(
        lambda found: f"{found['digits']}\\" if found["digits"] else f"\\{found['sign']}", paragraph
    )
