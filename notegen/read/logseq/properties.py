"""`key:: value` lines: a page's become its front matter, a block's are hidden, shown or name the block."""

import re
from collections.abc import Collection, Iterable

from notegen.regex import regex

_PROPERTY = regex(r"(?P<key>[^\s:;,\"'`()\[\]{}#<>|\\]+)::(?:[ \t]+(?P<value>.*?))?[ \t]*")
_ANY_COMMA = regex(r"[,，](?![^\[\]]*\]\])")
_REFERENCE = regex(r"#?\[\[([^\[\]]+)\]\]|#([^\s#,]+)")
_NAMED = regex(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]+)\]\]")
_TAG = regex(
    r"(?<![^\s,(])#(?:\[\[(?P<quoted>[^\[\]|#]+)\]\]"
    r"|(?P<plain>(?=[^\s#,]*[^\W\d_])[^\s#,.;:!?\[\]|()\"']+))"
)

# What Logseq keeps in a block for itself and never shows.
_HIDDEN = frozenset(
    "id custom-id collapsed heading background-color created-at updated-at last-modified-at filters icon template "
    "template-including-parent exclude-from-graph-view todo doing now later wait waiting in-progress done canceled "
    "cancelled start-time ls-type".split()
)
_HIDDEN_BEGINNINGS = ("query-", "card-", "hl-", "logseq.")


def read_property(line: str) -> tuple[str, str] | None:
    """The key, in lower case and with `-` for `_`, and the value of a property line."""
    match = _PROPERTY.fullmatch(line)
    return (match["key"].lower().replace("_", "-"), match["value"] or "") if match else None


def is_hidden(key: str, also: Collection[str]) -> bool:
    """Whether the property is Logseq's own affair, or one that the graph's settings hide."""
    return key in _HIDDEN or key in also or key.startswith(_HIDDEN_BEGINNINGS)


def split_values(value: str) -> tuple[str, ...]:
    """The names in a value: `a, [[b, c]], #d` are three; without commas `[[a]] #b` are two."""
    names: list[str] = []
    for part in _ANY_COMMA.split(value):
        references = [a or b for a, b in _REFERENCE.findall(part)]
        names += references or [part]
    return tuple(name for name in (name.strip().strip('"') for name in names) if name)


def linked_value(value: str) -> str:
    """A value with its references as links between brackets; one in quotes has none, and keeps what may be a name."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value if "[[" in value else plain_value(value)
    return _TAG.sub(
        lambda tag: f"[[{tag['quoted'] or tag['plain']}|#{tag['quoted'] or tag['plain']}]]", value
    )


def plain_value(value: str) -> str:
    """A value as text: the brackets of references and the quotes around it taken off."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return _NAMED.sub(r"\1", value)


def shown_value(value: str) -> str:
    """A value as Markdown; one in quotes makes no links and no tags."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"([\[#(])", r"\\\1", value)
    return value


def names_in(values: Iterable[object]) -> tuple[str, ...]:
    """The names in a property as front matter may give it: a list of texts, or one."""
    return tuple(name for value in values if value is not None for name in split_values(str(value)))


def aliases_in(values: Iterable[object]) -> tuple[str, ...]:
    """The names in `alias`; a page among other words, `[[Plan]] notes`, keeps its brackets, as it may be private."""
    parts = (part.strip() for value in values if value is not None for part in _ANY_COMMA.split(str(value)))
    return tuple(
        name
        for part in parts
        for name in ((part,) if "[[" in part and not _REFERENCE.fullmatch(part) else split_values(part))
    )
