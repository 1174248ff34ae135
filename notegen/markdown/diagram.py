"""The notes that a Mermaid diagram links to: its nodes of Obsidian's class `internal-link`, each named as a note.

Under the diagram stands a list of the links, which is what a reader without scripts has; the script that draws the
diagram makes the nodes themselves links, and hides the list.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.regex import regex

_CLASS = "internal-link"
_ID = r"\w+(?:-\w+)*"
_ASSIGNED = regex(
    rf"(?:^|;)[ \t]*class[ \t]+(?P<ids>{_ID}(?:[ \t]*,[ \t]*{_ID})*)[ \t]+{_CLASS}\b", re.MULTILINE
)
# `A`, `A[words]`, `A(("words"))`, `A@{ label: "words" }`, each perhaps with a class: `A:::internal-link`.
_NODE = regex(
    rf"(?<![\w-])(?P<id>{_ID})"
    r"(?:(?:[\[({]{1,3}[/\\]?|>)[ \t]*(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^\[\](){}\"|\n]*?))[ \t]*[/\\]?[\])}]{1,3}"
    r"|@\{[^{}]*?\blabel:[ \t]*\"(?P<stated>[^\"]*)\"[^{}]*\})?"
    rf"(?::::(?P<class>{_CLASS})\b)?"
)
_COMMENT = regex(r"^[ \t]*%%.*", re.MULTILINE)
_CODES = regex(r"#(\w+);")  # how Mermaid writes `&quot;` and `&#35;`


def linked_nodes(source: str) -> tuple[tuple[str, int], ...]:
    """The words of each node that is to be a link, and their line in the source, from 0; by place, once each."""
    if _CLASS not in source:
        return ()
    source = _COMMENT.sub(lambda comment: " " * len(comment[0]), source)
    wanted: dict[str, int] = {}
    for match in _ASSIGNED.finditer(source):
        for id in re.compile(_ID).finditer(source, *match.span("ids")):
            wanted.setdefault(id[0], id.start())
    words_of: dict[str, tuple[str, int]] = {}
    for node in _NODE.finditer(source):
        if node["class"]:
            wanted.setdefault(node["id"], node.start())
        written = next((node[key] for key in ("quoted", "plain", "stated") if node[key] is not None), "")
        if words := _drawn_words(written):
            words_of[node["id"]] = (
                words,
                node.start(),
            )  # of a node with words twice, Mermaid shows the later
    places = sorted(
        (position, words) for words, position in (words_of.get(id, (id, at)) for id, at in wanted.items())
    )
    return tuple(_with_lines(source, places))


def _drawn_words(words: str) -> str:
    """A node's words as they are drawn: without Markdown's marks, elements of HTML, and codes."""
    words = re.sub(r"<[^<>]*>", " ", words)
    if words.startswith("`"):
        words = re.sub(r"[`*_]", "", words)
    return " ".join(unescape(_CODES.sub(_entity, words)).split())


def _entity(code: re.Match[str]) -> str:
    return f"&#{code[1]};" if code[1].isdecimal() else f"&{code[1]};"


def _with_lines(source: str, places: list[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    line = last = 0
    for position, words in places:
        line, last = line + source.count("\n", last, position), position
        if words not in seen:
            seen.add(words)
            yield words, line


def list_diagram_links(state: StateCore) -> None:
    """Puts a token `diagram_links` after each diagram that has such nodes: `links` in its `meta`, as `linked_nodes`."""
    if "mermaid" not in state.src:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        nodes = (
            linked_nodes(token.content)
            if token.type == "fence" and token.info.split()[:1] == ["mermaid"]
            else ()
        )
        if nodes and token.map:
            links = Token("diagram_links", "p", 0, block=True)
            first = token.map[0] + 1  # below the fence's own line
            links.meta["links"] = [{"words": words, "line": first + line} for words, line in nodes]
            tokens.append(links)
    state.tokens[:] = tokens


def render_diagram_links(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any
) -> str:
    """The list of links under a diagram."""
    links = tokens[idx].meta["links"]
    listed = " · ".join(f'<a href="{link.get("hole", "")}">{escape(link["words"])}</a>' for link in links)
    return f'<p class="diagram-links">{listed}</p>\n'
