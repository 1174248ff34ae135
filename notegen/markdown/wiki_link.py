r"""`[[target#fragment|text]]` and, with `!` before it, an embed.

A single `]` does not end a target, the first two together do, and an inner `[[` restarts the link, as measured on
Obsidian 1.13.7. In a table the bar is written `\|`; the table rule has taken the backslash off by the time this one
runs. `[[1]](https://a.example)` is a Markdown link that shows `[1]`.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.regex import regex

# What stands between two of these is a comment, in a link too; no name may hold one.
_COMMENT = regex(r"%%.*?%%")
_ADDRESS_BEHIND = regex(
    r"\((?:[a-zA-Z][a-zA-Z0-9+.-]+:|//|#|\.{0,2}/)(?:[^\s()]|\([^\s()]*\)){0,2000}(?:[ \t]+\"[^\"\n]{0,200}\")?\)"
)
"""What makes brackets in brackets the words of a Markdown link: an address in parentheses right behind them."""
_ADDRESS = regex(r"https?://|mailto:", re.IGNORECASE)
_WORDS = regex(r"\{(?![#.:{])(?P<words>[^{}\n=]{0,300}[^{}\s=][^{}\n=]{0,300})\}")


def read_wiki_link(state: StateInline, silent: bool) -> bool:
    """Adds a token `wiki_link`, with `meta` of `kind`, `target`, `fragment`, `text`."""
    src, start = state.src, state.pos
    embed = src[start] == "!"
    opening = start + embed
    if not src.startswith("[[", opening) or src.startswith("[[[", opening):
        return False
    end = src.find("]]", opening + 2, state.posMax)
    if end < 0:
        return False
    inner = src[opening + 2 : end]
    words = inner.partition("|")[2]
    if words.count("[") > words.count("]") and src.startswith("]", end + 2):
        end += 1  # `[[Tides|[1]]]`: what the words open they close
        inner = src[opening + 2 : end]
    if not inner.strip() or "\n" in inner or "[[" in inner or _COMMENT.search(inner):
        return False
    names_nothing = not embed and not inner.strip(" \t#|\\")
    if names_nothing and state.env.get("tool") != "obsidian":
        return False
    if not embed and "|" not in inner and _ADDRESS_BEHIND.match(src, end + 2, state.posMax):
        return False
    if not silent and _ADDRESS.match(inner):
        _push_address(state, inner, embed=embed)
    elif not silent and not names_nothing:  # of `[[#]]` Obsidian shows nothing
        token = state.push("wiki_link", "", 0)
        name, bar, text = inner.partition("|")
        target, _, fragment = name.rstrip("\\").partition("#")
        is_block = target.startswith("((") and not bar and not embed
        token.meta = {
            "kind": "embed" if embed else "block" if is_block else "wiki",
            "target": target.strip(),
            "fragment": fragment.strip(),
            "text": text.strip() or ("" if embed or is_block else _shown_name(name)),
            "raw": src[start : end + 2],
        }
    state.pos = end + 2
    return True


def read_wiki_link_words(state: StateInline, silent: bool) -> bool:
    """`[[target]]{words}`: words in braces right behind a link without words of its own are what it shows."""
    if (
        state.src[state.pos] != "{"
        or state.pending
        or not state.tokens
        or state.tokens[-1].type != "wiki_link"
    ):
        return False
    match, meta = _WORDS.match(state.src, state.pos, state.posMax), state.tokens[-1].meta
    if match is None or meta["kind"] != "wiki" or "|" in meta["raw"]:
        return False
    if not silent:
        meta["text"] = match["words"].strip()
        meta["raw"] = meta["raw"].removesuffix("]]") + "|]]"  # words that the author gave it
    state.pos = match.end()
    return True


def render_wiki_link(self: RendererHTML, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
    """The hole of a link or of an embed."""
    meta = tokens[idx].meta
    hole = meta.get("hole", "")
    if meta["kind"] in ("embed", "block"):
        return f'<img src="{hole}">'
    return f'<a href="{hole}">{escape(meta["text"])}</a>'


def _push_address(state: StateInline, inner: str, *, embed: bool) -> None:
    """`[[https://x.example|words]]`: Obsidian looks for a note of that name; who writes it means the address."""
    address, bar, text = inner.partition("|")
    if embed:
        picture = state.push("image", "img", 0)
        picture.attrs = {"src": state.md.normalizeLink(address.strip()), "alt": ""}
        picture.content = text.strip()
        picture.children = [Token("text", "", 0, content=text.strip())] if text.strip() else []
        return
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address.strip())}
    state.push("text", "", 0).content = text.strip() if bar else address.strip()
    state.push("link_close", "a", -1)


def _shown_name(name: str) -> str:
    """What Obsidian shows of a link without words of its own: `Note > Heading`, and a heading of this note alone."""
    return " > ".join(part.strip() for part in name.rstrip("\\").split("#") if part.strip())
