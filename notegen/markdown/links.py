"""The links of a text, as written: found in the tokens, each replaced by a hole that `render` fills."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from urllib.parse import quote, unquote

from markdown_it.token import Token

from notegen.markdown.plain import plain_piece, plain_text, source_text
from notegen.model import BLOCK_PLACE, REMOVED_LINE, Link, LinkKind, Place
from notegen.paths import shallow_tag
from notegen.regex import regex

SCHEME = "notegen"
"""The scheme of holes, addresses that stand for something else: `notegen:3` for the goal of link 3,
`notegen-tag:sea`."""

_ELSEWHERE = regex(r"(?:(?!id:)[a-zA-Z][a-zA-Z0-9+.-]{1,}:(?!:)|//)")
"""Org's `id:1f2e` and `b.org::*Moon` lead to notes; converters leave them so."""
_ORG_SEARCH = regex(r"(?<=\.org)::[*#]?", re.IGNORECASE)
_OURS = regex(rf"{SCHEME}[\w-]*:", re.IGNORECASE)
_NO_SCHEME = regex(r"//(?=[^/\\])")
_SENTENCE_END = regex(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[^\W\d_a-z])|(?<=[。！？])")
_PAGE = regex(r"\[\[(?P<target>[^\[\]#]+)(?:#(?P<fragment>[^\[\]]*))?\]\]")
"""The address in `[words](<[[Page]]>)`, which is a page's name."""
_LINKS = frozenset({"wiki_link", "link_open", "image", "tag"})
"""Kinds of tokens that a link may be made of."""
_MAX_SENTENCE_LENGTH = 320
MAX_LINE_SEARCHED = 100_000
"""Letters of a line in which the next link is looked for."""
MAX_RAW_MISSES = 100
"""Addresses in raw HTML that are looked for in the whole text; each takes time in proportion to its length."""


def is_elsewhere(address: str) -> bool:
    """Whether an address leads out of the garden: it names a scheme or a host."""
    return bool(_ELSEWHERE.match(address))


def leads_elsewhere(address: str) -> bool:
    """`is_elsewhere` of an address in a text, where one that looks like ours is a note's name like any other."""
    return is_elsewhere(address) and not _OURS.match(address)


def is_on_disk(address: str) -> bool:
    """Whether an address is of a file on the disk of whoever wrote it: `file:///home/ines/a.png`."""
    return address[:5].lower() == "file:"


def with_fragment(address: str) -> str:
    """Org's address of a heading, `b.org::*Moon`, as the web has it, `b.org#Moon`."""
    return _ORG_SEARCH.sub("#", address, count=1) if "::" in address else address


def with_scheme(address: str) -> str:
    """The address, with `https:` before one that leaves its scheme to the page: at `file://` that leads nowhere."""
    return f"https:{address}" if _NO_SCHEME.match(address) else address


class LinkCollector:
    """Gathers the links of one text in order, and gives out their holes."""

    def __init__(
        self,
        path: str,
        lines: list[str],
        first_line: int,
        scheme: str = SCHEME,
        *,
        tags_are_links: bool = False,
    ) -> None:
        """Args: scheme: what the holes' addresses begin with; one that the text cannot hold, where it has raw HTML."""
        self._tags_are_links = tags_are_links
        self.links: list[Link] = []
        self._scheme = scheme
        self._path, self._lines, self._first_line = path, lines, first_line
        self._raw_line = self._raw_misses = 0
        self._seen: dict[int, int] = {}  # line: where the search for its next link begins

    def collect(self, inline: Token, kinds: Set[str]) -> None:
        """Takes the links out of one block's inline tokens, which come to hold the holes.

        Args:
            kinds: of these tokens.
        """
        children = inline.children or []
        if _LINKS.isdisjoint(kinds):
            return
        pieces = [_piece(token) for token in children]
        text = "".join(pieces)
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        block_line = inline.map[0] if inline.map else 0
        offset = line = 0
        for index, token in enumerate(children):
            if token.type in ("softbreak", "hardbreak"):
                line += 1
                while self._lines[block_line + line : block_line + line + 1] == [REMOVED_LINE]:
                    line += 1
            found = self._find(token, index, children)
            if found is not None:
                kind, target, fragment, words, written = found
                place = self._place(block_line + line, written)
                instead = BLOCK_PLACE if kind == "block" else ""
                sentence = _sentence_around(text, ends, offset, instead)
                hole = self._add(Link(kind, target, fragment, words, sentence, place))
                _dig(token, hole)
            elif token.type == "tag" and self._tags_are_links:
                place = self._place(block_line + line, token.markup)
                sentence = _sentence_around(text, ends, offset)
                name = shallow_tag(token.content)
                token.meta["hole"] = self._add(Link("tag", name, "", f"#{token.content}", sentence, place))
            elif token.type == "tag":
                token.meta["hole"] = f"{self._scheme}-tag:{quote(shallow_tag(token.content), safe='')}"
            offset += len(pieces[index])

    def _find(
        self, token: Token, index: int, children: list[Token]
    ) -> tuple[LinkKind, str, str, str, str] | None:
        if token.type == "wiki_link":
            meta = token.meta
            return (
                meta["kind"],
                meta["target"],
                meta["fragment"],
                meta["text"],
                meta["raw"].partition("|")[0].rstrip("]"),
            )
        if token.type not in ("link_open", "image"):
            return None
        name = "href" if token.type == "link_open" else "src"
        address = with_fragment(with_scheme(str(token.attrs.get(name, ""))))
        if leads_elsewhere(address) and not is_on_disk(address):
            token.attrs[name] = address
            return None
        target, _, fragment = address.partition("#")
        if token.type == "image":
            caption = plain_text(token.children) + token.meta.get("size", "")
            return (
                "image",
                unquote(target),
                unquote(fragment),
                caption,
                f"![{_beginning(token.children or ())}",
            )
        inside = list(_link_tokens(children, index))
        words, written = plain_text(inside), token.meta.get("written") or f"[{_beginning(inside)}"
        if page := _PAGE.fullmatch(unquote(address)):
            return "wiki", page["target"], page["fragment"] or "", words, written
        return "markdown", unquote(target), unquote(fragment), words, written

    def collect_nodes(self, token: Token) -> None:
        """Takes the links of a diagram's nodes, which come to hold their holes."""
        links = token.meta["links"]
        text = " · ".join(link["words"] for link in links)
        offset = 0
        for link in links:
            target, _, fragment = link.get("target", link["words"]).partition("#")
            place = self._place(link["line"], link["words"])
            sentence = _sentence_around(text, [], offset)
            link["hole"] = self._add(
                Link("wiki", target.strip(), fragment.strip(), link["words"], sentence, place)
            )
            offset += len(link["words"]) + 3

    def add_raw(self, kind: LinkKind, address: str, text: str) -> str:
        """The hole of a link found in raw HTML, whose line is not known."""
        target, _, fragment = with_fragment(address).partition("#")
        line, column = self._search(address)
        place = Place(self._path, line, column)
        return self._add(Link(kind, unquote(target), unquote(fragment), text, "", place))

    def is_hole(self, address: str) -> bool:
        """Whether this gave out the address."""
        return self._scheme != SCHEME and address.startswith((f"{self._scheme}:", f"{self._scheme}-"))

    def empty_hole(self, *, is_tag: bool) -> str:
        """The hole of what leads nowhere and is no link."""
        return f"{self._scheme}-tag:" if is_tag else f"{self._scheme}:"

    def _add(self, link: Link) -> str:
        self.links.append(link)
        return f"{self._scheme}:{len(self.links) - 1}"

    def _place(self, line: int, written: str) -> Place:
        """Where the link stands: the next spot on its line, or the block's, with those letters."""
        for number in (line, line + 1):
            if number < len(self._lines):
                start = self._seen.get(number, 0)
                column = self._lines[number].find(written, start, start + MAX_LINE_SEARCHED)
                if column >= 0:
                    # `[x](y)` is not the inner half of `[[x]]`; a link around a picture begins right before it.
                    self._seen[number] = column + (
                        len(written.partition("[[")[0]) + 2 if "[[" in written else 1
                    )
                    return Place(self._path, self._first_line + number, column + 1)
        return Place(self._path, self._first_line + line)

    def _search(self, written: str) -> tuple[int, int]:
        """Where an address stands in the text: after the last one that was found, else anywhere; 0, 0 for nowhere."""
        for start in dict.fromkeys((self._raw_line, 0)):
            for number in range(start, len(self._lines) if self._raw_misses < MAX_RAW_MISSES else start):
                if (column := self._lines[number].find(written)) >= 0:
                    self._raw_line = number
                    return self._first_line + number, column + 1
            self._raw_misses += 1
        return 0, 0


def _beginning(tokens: Sequence[Token]) -> str:
    """The first words between brackets as they are written: up to what is a mark in the text, or a size."""
    first = next((token for token in tokens if token.content or token.markup), None)
    if first and first.type == "image":
        return f"![{_beginning(first.children or ())}"
    written = (first.content if first.type == "text" else first.markup) if first else ""
    return (written or source_text(tokens))[:20].partition("|")[0]


def _piece(token: Token) -> str:
    """The words of a token in the sentence of a link; for a block's, which are not known, that something is there."""
    is_block = token.type == "wiki_link" and token.meta["kind"] == "block"
    return "…" if is_block else plain_piece(token)


def _link_tokens(children: list[Token], index: int) -> Iterator[Token]:
    for number in range(index + 1, len(children)):
        if children[number].type == "link_close":
            return
        yield children[number]


def _dig(token: Token, hole: str) -> None:
    """Turns a link's token into the hole that stands for it."""
    if token.type == "wiki_link":
        token.meta["hole"] = hole
    elif token.type == "link_open":
        token.attrs = {"href": hole}
    else:
        token.attrs = {"src": hole, **{k: v for k, v in token.attrs.items() if k != "src"}}
        token.meta["hole"] = hole


def _sentence_around(text: str, ends: list[int], offset: int, instead: str = "") -> str:
    """The sentence of `text` that holds the character at `offset`, at most about 320 characters of it.

    Args:
        instead: what stands in it for that character.
    """
    number = bisect_right(ends, offset)
    start = ends[number - 1] if number else 0
    end = ends[number] if number < len(ends) else len(text)
    low, high = max(start, offset - _MAX_SENTENCE_LENGTH // 2), min(end, offset + _MAX_SENTENCE_LENGTH // 2)
    if end - start <= _MAX_SENTENCE_LENGTH:
        low, high = start, end
    before = "… " if low > start else ""
    after = " …" if high < end else ""
    around = f"{text[low:offset]}{instead}{text[offset + 1 : high]}" if instead else text[low:high]
    return before + " ".join(around.split()) + after
