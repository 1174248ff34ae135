"""Collects the names of private notes, and takes the links to private notes out of public texts.

The target of a link says a name that its author did not mean to publish, so it counts as private all the same. Words
that the author chose for the link count as public.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from msgspec import Struct, field

from notegen.audit.parts import Range, code_in, end_at, line_at, line_ends, merged
from notegen.dates import day_in_link
from notegen.model import Tool
from notegen.paths import (
    CANVAS_SUFFIX,
    INDEX_NAMES,
    NOTE_SUFFIXES,
    ORG_SUFFIX,
    fold,
    path_ends,
    pieces_of_folders,
)
from notegen.regex import regex

_NOTHING: Range = (0, 0)
_BESIDE = 80
"""Letters, as many as a row of words has at most but for very long ones."""
_OTHER_SUFFIXES = (".html", ".htm", ORG_SUFFIX, CANVAS_SUFFIX)
_STATEMENT = (
    r"[ \t]*[\"']?(?P<key>title|alias(?:es)?|permalink|slug|redirect_from|tags?)[\"']?[ \t]*(?:::?|=)[ \t]*"
    r"(?P<value>[^\n]*(?:\n[ \t]*-[ \t][^\n]*)*)"
)
_STATED = regex(f"^{_STATEMENT}", re.IGNORECASE | re.MULTILINE)
_STATED_BELOW = regex(f"\n{_STATEMENT}", re.IGNORECASE)
"""The same of a text that begins with a line end: a letter is looked for several times as fast as a place."""
_HEADING = regex(
    r"^[ \t>]*(?:[-*+][ \t]+)*#{1,6}[ \t]+(?P<words>[^\n]+)$|^(?P<over>[^\s#>|-][^\n]*)\n=+[ \t]*$",
    re.MULTILINE,
)
_FIRST = regex(r"^ {0,3}#[ \t]+(?P<words>[^\n]+)$|^(?P<over>[^\n]+)\n=+[ \t]*$", re.MULTILINE)
_FIRST_BELOW = regex(r"\n {0,3}#[ \t]+(?P<words>[^\n]+)")
"""The same of a text that begins with a line end and has no line that begins with `=`."""
_BLOCK = regex(r"\bid::?[ \t]*([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})")
_ELSEWHERE = regex(r"[a-zA-Z][a-zA-Z0-9+.-]{1,}:|//")
_APP = regex(
    r"(?!https?:)[a-z][a-z\d+.-]+:.*?[?&](?:file|filename|filepath|note|notetitle|page|path|title)=(?P<name>[^&]+)",
    re.IGNORECASE,
)
_VAULT = regex(r"dendron://[^/]*/")
_LINKS = (
    regex(r"!?\[\[(?P<target>[^\[\]|]*?)\\?(?:\|(?P<words>[^\[\]]*))?\]\]"),
    regex(r"!?\[(?P<words>[^\[\]]*)\]\((?P<target>[^()\n]*)\)"),
    regex(r"!?\[(?P<words>[^\[\]]*)\]\(\[\[(?P<target>[^\[\]]*)\]\]\)"),
    regex(
        r"<a\s[^<>]{0,300}?href\s{0,9}=\s{0,9}[\"']?(?P<target>[^\"'<>]{0,999})[^<>]{0,999}>(?P<words>.{0,999}?)</a",
        re.IGNORECASE | re.DOTALL,
    ),
    regex(
        r"<\w+\s[^<>]{0,300}?(?:src|href|data)\s{0,9}=\s{0,9}[\"']?(?P<target>[^\"'<>]{0,999})[^<>]{0,999}>",
        re.IGNORECASE,
    ),
    regex(r"^[ \t]{0,3}\[(?P<words>[^\[\]]+)\]:[ \t]*<?(?P<target>[^\s<>]+)>?[^\n]*$", re.MULTILINE),
    regex(r"(?<!\w)\w+[\[({]+\"?(?P<target>[^\[\](){}\"]+)\"?[\])}]+(?=:::internal-link)"),
    regex(r"\"file\"\s*:\s*\"(?P<target>[^\"]+)\""),
    regex(
        r"^[ \t]*[\w-]+:[ \t]*[\"']?(?P<target>[^\s\"'][^\n\"']*?\.(?:md|markdown))[\"']?[ \t]*$",
        re.IGNORECASE | re.MULTILINE,
    ),
)
_DENDRON_LINK = regex(r"!?\[\[(?P<words>[^\[\]|]*)\|(?:dendron://[^/\[\]|]*/)?(?P<target>[^\[\]|]*)\]\]")
_PROPERTY = regex(r"^[ \t]*(?:[-*+][ \t]+)?[\w-]+::(?P<values>[^\n]*)$", re.MULTILINE)
_VALUE = regex(r"(?P<target>[^\s,\[\]][^,\[\]]*)")
_TAG = regex(r"(?<![\w/#&])#(?P<target>[\w/-]+)")
_HINTS = ("[[", "](", "]([[", "<", "<", "]:", ":::internal-link", '"file"', ".m")
"""What a text, or its small letters, has at least if it has such a link, in the same order."""
_REFERENCE = regex(r"\[(?P<words>[^\[\]]+)\]\[(?P<key>[^\[\]]*)\]")
_DIAGRAM = 6  # of those, a node of a diagram, which stands in code
_HTML = regex(r"<[^<>]*>")
_MARKS = regex(r"[*_`~=\"'()\[\]{}!]")


class Name(Struct, frozen=True):
    """What a private note is called, or says in a heading or a tag, and the line that says so; 0 for its path."""

    words: str
    line: int


class PrivateNames(Struct):
    """What links may call private notes and files, folded, and no public one."""

    endings: tuple[str, ...] = NOTE_SUFFIXES
    """What names of notes may end in."""
    private: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    """Ends of the paths of folders with something private in them."""
    opened: set[str] = field(default_factory=set)
    """Ends of the paths of folders with something public in them."""

    def add_private(self, path: str, names: Iterable[str] = ()) -> None:
        """Note what something private is called; a path whose bytes are no UTF-8 has `?` in their place."""
        path = _readable(path)
        self.private.update(
            path_ends(fold(path)), path_ends(self.plain(path)), filter(None, map(self.plain, names))
        )
        self.closed.update(pieces_of_folders(fold(path)))

    def add_public(self, path: str, names: Iterable[str] = ()) -> None:
        """Note what something public is called, likewise."""
        path = _readable(path)
        self.public.update(
            path_ends(fold(path)), path_ends(self.plain(path)), filter(None, map(self.plain, names))
        )
        self.opened.update(pieces_of_folders(fold(path)))

    def plain(self, target: str) -> str:
        """A target or a name in the form in which these are compared: decoded, folded, without what notes end in."""
        path = fold(unquote(target.strip())).partition("#")[0].partition("?")[0].replace("\\", "/")
        path = "/".join(part.strip() for part in path.split("/") if part.strip() not in ("", ".", ".."))
        suffixes = (*self.endings, *_OTHER_SUFFIXES)
        return next((path[: -len(suffix)] for suffix in suffixes if path.endswith(suffix)), path)

    def mean(self, target: str) -> bool:
        """Whether a link's target is something private."""
        if app := _APP.match(unquote(target)):
            target = app["name"]
        target = _VAULT.sub("", target)
        if _ELSEWHERE.match(target):
            return False
        path = self.plain(target)
        if not path or path in self.public or path in self.opened:
            return False
        parts = path.split("/")
        above = ("/".join(parts[:end]) for end in range(1, len(parts) + 1))
        return (
            path in self.private or any(one in self.closed and one not in self.opened for one in above)
        ) and day_in_link(path) is None


def names_in(text: str) -> Iterator[Name]:
    """The titles, aliases, addresses, tags and headings that a note states."""
    ends = line_ends(text)
    for stated in _STATED.finditer(text[:8000]):
        line = line_at(ends, stated.start())
        for number, value in enumerate(stated["value"].split("\n")):
            whole = value.strip(" \t[]\"'-")
            for one in dict.fromkeys((whole, *whole.split(","))):
                if one.strip(" []\"'#/"):
                    yield Name(one.strip(" []\"'#/"), line + number)
    for heading in _HEADING.finditer(text):
        yield Name((heading["words"] or heading["over"]).strip(" \t#"), line_at(ends, heading.start()))


def link_names(text: str) -> Iterator[str]:
    """What links may call a note by what it says: titles, aliases, its first heading, ids of blocks."""
    for stated in _STATED_BELOW.finditer(f"\n{text[:8000]}"):
        if stated["key"].lower() not in ("tag", "tags"):
            for value in stated["value"].split("\n"):
                whole = value.strip(" \t[]\"'-")
                yield from (one.strip(" []\"'") for one in (whole, *whole.split(",")))
    if "\n=" in text:
        if heading := _FIRST.search(text):
            yield (heading["words"] or heading["over"]).strip(" \t#")
    elif "#" in text and (heading := _FIRST_BELOW.search(f"\n{text}")):
        yield heading["words"].strip(" \t#")
    if "id:" in text:
        yield from (f"(({id.lower()}))" for id in _BLOCK.findall(text))


def path_names(path: str, names: PrivateNames) -> Iterator[str]:
    """What a private path gives away: the file's name, the path, the folders in which nothing is public."""
    plain = PurePosixPath(path)
    stem = plain.stem if path.lower().endswith((*names.endings, *_OTHER_SUFFIXES)) else plain.name
    if fold(stem) not in INDEX_NAMES and day_in_link(stem) is None:
        yield stem
        yield from (level for level in re.split(r"___|\.", stem) if level != stem)
    for number, folder in enumerate(plain.parts[:-1], 1):
        if fold("/".join(plain.parts[:number])) not in names.opened:
            yield folder
    if len(plain.parts) > 1 and day_in_link(stem) is None:
        yield path


def without_private_links(text: str, names: PrivateNames, *, tool: Tool, instead: Iterable[str] = ()) -> str:
    """A public text whose links to private notes have only the words that their author chose.

    Args:
        instead: what pages may say in place of such a link, in any language: behind the text stands each of them, with
            what is beside the link.
    """
    if not names.private:
        return text
    links = [*_private_links(text, names, tool)]
    cut: list[Range] = []
    for link, (low, high) in links:
        cut += ((link.start(), low), (high, link.end())) if high else (link.span(),)
    shown = without(text, merged((low, high) for low, high in cut if low < high))
    return "\n".join((shown, *_with_words_instead(text, [link.span() for link, _ in links], instead)))


def _with_words_instead(text: str, links: Sequence[Range], instead: Iterable[str]) -> Iterator[str]:
    """Each of some words in place of links, with what stands beside these."""
    spans = merged(links)
    for low, high in merged((max(low - _BESIDE, 0), high + _BESIDE) for low, high in spans):
        ends = (low, *(end for span in spans if low <= span[0] < high for end in span), high)
        kept = [text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]
        yield from (words.join(kept) for words in instead)


def _private_links(text: str, names: PrivateNames, tool: Tool) -> Iterator[tuple[re.Match[str], Range]]:
    """The links to private notes, and those whose words one may be called by, each with what of it is public."""
    code: list[Range] | None = None
    labels = set()
    for link, in_code in _links_in(text, tool):
        target, given = _plain_address(link["target"]), link.groupdict().get("words") or ""
        is_private = names.mean(target)
        if not is_private and names.plain(given) not in names.private:
            continue
        if code is None:
            code = code_in(text)
        if not in_code and end_at(code, link.start()):
            continue
        if not is_private:
            yield link, link.span()
        elif text[link.start()] == "[" and "]:" in link[0]:
            labels.add(fold(given))
            yield link, _NOTHING
        else:
            yield link, _NOTHING if not given or is_name(given, target, names) else link.span("words")
    for link in _REFERENCE.finditer(text) if labels else ():
        if fold(link["key"] or link["words"]) in labels:
            yield link, _NOTHING


def _links_in(text: str, tool: Tool) -> Iterator[tuple[re.Match[str], bool]]:
    """What may be a link, each with whether it stands in code, as a diagram's do."""
    small = text.lower()
    for number, pattern in enumerate(_LINKS):
        if _HINTS[number] in small:
            pattern = _DENDRON_LINK if tool == "dendron" and not number else pattern
            yield from ((link, number == _DIAGRAM) for link in pattern.finditer(text))
    if tool == "dendron" and "[[" in text:
        yield from ((link, False) for link in _LINKS[0].finditer(text) if link["words"] is None)
    if tool == "logseq":
        for line in _PROPERTY.finditer(text) if "::" in text else ():
            yield from ((value, False) for value in _VALUE.finditer(text, *line.span("values")))
        yield from ((tag, False) for tag in _TAG.finditer(text))


def _plain_address(target: str) -> str:
    """A target without what may stand around it in a Markdown link, and without a fragment."""
    address = re.split(r"\s[\"']", target, maxsplit=1)[0].strip().strip("<>")
    return address.partition("#")[0] or address


def without(text: str, ranges: Iterable[Range]) -> str:
    """The text with each range gone but for its line ends, so that lines keep their numbers."""
    pieces: list[str] = []
    position = 0
    for low, high in ranges:
        pieces += (text[position:low], "\n" * text.count("\n", low, high) or " ")
        position = high
    return "".join((*pieces, text[position:]))


def is_name(words: str, target: str, names: PrivateNames) -> bool:
    """Whether the words of a link are the name of its target, and not its author's own."""
    said, path = names.plain(_MARKS.sub("", _HTML.sub("", words))), names.plain(target)
    parts = [part for part in words.split("|") if part.strip()]
    return (
        not said
        or said in (path, path.rpartition("/")[2])
        or names.mean(said)
        or (" > " in words and is_name(words.partition(" > ")[0], target, names))
        or (len(parts) > 1 and all(is_name(one, target, names) or one.strip()[:1].isdigit() for one in parts))
    )


def _readable(path: str) -> str:
    return path if path.isascii() else path.encode("utf-8", "replace").decode("utf-8")
