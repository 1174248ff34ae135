"""What stands in angle brackets: HTML, or words such as `<service-name>`, `List<String>`, `<your text here>`.

A name counts as an element's where it is one that a page may show, where the text closes it too, where it closes
itself, or where it has an attribute with a value: whoever writes one of these means HTML, or a component of some site.

An anchor without an address, `<a id="x">`, names a place and holds nothing: one that the text does not close, or that
closes itself as no `<a>` can, is closed at once, so that nothing after it becomes part of it.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline, html_inline

from notegen.markdown.sanitize import ALLOWED_TAGS
from notegen.regex import regex

_TAG = regex(r"<(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>")
_PLACE = r"(?:\s+(?:id|name|class|title)\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`/]+))+"
_ANCHOR = regex(rf"<a(?P<attributes>{_PLACE})\s*/?>", re.IGNORECASE)
_EMPTY_ANCHOR = regex(rf"<a(?P<attributes>{_PLACE})\s*/>", re.IGNORECASE)
_ELEMENTS = ALLOWED_TAGS | frozenset(
    "base basefont body button canvas dialog embed fieldset font form frame frameset head html iframe link math "
    "meta noembed noframes noscript object param picture script select style svg template textarea track".split()
)
_NOTHING_BARE = frozenset("area base col embed frame img input link meta param source track".split())
"""What is an element only with attributes."""
_CLOSED = frozenset(
    "article aside body button canvas caption cite data dialog fieldset figure footer form head header html iframe map "
    "math nav noembed noframes noscript object picture q section select small summary svg textarea time var".split()
)
"""What everybody closes who means the element, and what is a word of many commands."""
_OF_LINES = frozenset(
    "a abbr acronym b bdo big br button cite code del dfn em i img input ins kbd label mark q s samp select small span "
    "strong sub sup time tt u var".split()
)
"""What for kramdown stands in a line, and begins no block where it stands alone: `<br>` over a heading."""
_NAMES = regex(r"<(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)")


def read_html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The library's rule, unless the block would begin with such words."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<", start):
        return False
    match = _TAG.match(state.src, start, state.eMarks[start_line])
    if match and _is_words(match, state.env, state.src):
        return False
    if match and state.env.get("tool") == "jekyll" and match["name"].lower() in _OF_LINES:
        return False
    if not html_block(state, start_line, end_line, silent):
        return False
    if not silent and "<a" in state.tokens[-1].content:
        token = state.tokens[-1]
        anchor = _ANCHOR if "</a" not in token.content.lower() else _EMPTY_ANCHOR
        token.content = anchor.sub(r"<a\g<attributes>></a>", token.content)
    return True


def read_html_inline(state: StateInline, silent: bool) -> bool:
    """The library's rule, except for such words."""
    if state.src[state.pos] != "<":
        return False
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match and _is_words(match, state.env, state.src):
        return False
    if not html_inline(state, silent):
        return False
    anchor = None if silent else _ANCHOR.fullmatch(state.tokens[-1].content)
    if anchor and (_EMPTY_ANCHOR.fullmatch(anchor[0]) or "</a" not in state.src[state.pos :].lower()):
        state.tokens[-1].content = f"<a{anchor['attributes']}></a>"
        state.linkLevel -= 1
    return True


def _is_words(tag: re.Match[str], env: MutableMapping[str, Any], src: str) -> bool:
    """Whether a tag is no HTML but words."""
    name, rest = tag["name"].lower(), tag["rest"]
    if name in _NOTHING_BARE:
        return not rest.strip(" /")
    if (name in _ELEMENTS and (name not in _CLOSED or rest.strip())) or "=" in rest or rest.endswith("/"):
        return False
    text = env.get("text", src)
    names = env.get("tag_names")
    if not isinstance(names, frozenset):
        names = frozenset((found["slash"], found["name"].lower()) for found in _NAMES.finditer(str(text)))
        env["tag_names"] = names
    return ("" if tag["slash"] else "/", name) not in names
