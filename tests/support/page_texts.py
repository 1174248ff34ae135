"""What a page says, and apart from it how it is marked up: what may differ between languages, and what may not."""

import re
from html.parser import HTMLParser

NAMING = frozenset(
    {
        "title",
        "aria-label",
        "alt",
        "placeholder",
        "abbr",
        "aria-roledescription",
        "aria-description",
        "aria-valuetext",
    }
)
"""Attributes that are shown or read aloud."""

_INLINE = frozenset(
    "a abbr b button canvas cite code del dfn em i img input ins kbd label mark meta option path q s select small span "
    "strong sub sup svg time u use var wbr".split()
)
_CELLS = frozenset({"td", "th"})
_TABLE = _CELLS | {"tr"}
_HASHES = (
    (re.compile(r"'sha256-[^']*'"), "'sha256-HASH'"),
    (re.compile(r"([\w-]+)\.[0-9a-f]{8}\.(css|js)"), r"\1.HASH.\2"),
    (re.compile(r"/[0-9a-f]{12}/"), "/HASH/"),
)

Attributes = list[tuple[str, str | None]]


def without_hashes(page: str) -> str:
    """The page with `HASH` for what depends on the bytes of other files."""
    for pattern, plain in _HASHES:
        page = pattern.sub(plain, page)
    return page


def texts_of(page: str) -> str:
    """All that is shown or read aloud, in order: a line a block or row, `|` before a cell.

    In brackets stand the names of things, and the languages and directions where they begin.
    """
    reader = _Texts()
    reader.feed(page)
    reader.close()
    lines = (" ".join("".join(line).split()) for line in reader.lines)
    return "\n".join(line for line in lines if line) + "\n"


def markup_of(page: str) -> list[str]:
    """All else, in order: tags with their other attributes, scripts and styles; but for how days are put into weeks."""
    reader = _Markup()
    reader.feed(without_hashes(page))
    return reader.tags


def is_spoken(tag: str, name: str, attributes: Attributes) -> bool:
    """Whether the attribute of a tag with these attributes says something to people."""
    if tag == "meta" and name == "content":
        values = dict(attributes)
        return values.get("name") == "description" or (values.get("property") or "").startswith("og:")
    return name in NAMING


def _is_way(name: str, value: str | None) -> bool:
    """Whether it states a language or a direction; `auto` is neither."""
    return name == "lang" or (name == "dir" and value != "auto")


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[str]] = [[]]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._silent += tag in ("script", "style")
        if tag in _CELLS:
            self.lines[-1].append(" | ")
        elif tag not in _INLINE or tag == "meta":
            self.lines.append([])
        said: dict[str, list[str]] = {}
        for name, value in attrs:
            if is_spoken(tag, name, attrs) or _is_way(name, value):
                said.setdefault(value or "", []).append(dict(attrs).get("property") or name)
        self.lines[-1] += [f" [{', '.join(names)}: {value}] " for value, names in said.items()]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")
        if tag not in _INLINE | _CELLS:
            self.lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.lines[-1].append(data)


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self._whole = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._whole = tag in ("script", "style")
        if tag not in _TABLE:
            kept = [
                f' {name}="{value}"'
                for name, value in attrs
                if not (is_spoken(tag, name, attrs) or _is_way(name, value))
            ]
            self.tags.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        self._whole = False
        if tag not in _TABLE:
            self.tags.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._whole:
            self.tags.append(data)
