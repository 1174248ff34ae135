"""Words in angle brackets that are no HTML: `<service-name>`, `List<String>`, `<your text here>` are text.

A name counts as an element's where it is one that a page may show, where the text closes it too, where it closes
itself, or where it has an attribute with a value: whoever writes one of these means HTML, or a component of some site.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline, html_inline

from notegen.markdown.sanitize import ALLOWED_TAGS

_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]*)>")
_ELEMENTS = ALLOWED_TAGS | frozenset(
    "base basefont body button canvas dialog embed fieldset font form frame frameset head html iframe link math "
    "meta noembed noframes noscript object param picture script select style svg template textarea track".split()
)
_NAMES = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)")


def read_html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """The library's rule, unless the block would begin with such words."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("<", start):
        return False
    match = _TAG.match(state.src, start, state.eMarks[start_line])
    if match and _is_words(match, state.env, state.src):
        return False
    return html_block(state, start_line, end_line, silent)


def read_html_inline(state: StateInline, silent: bool) -> bool:
    """The library's rule, except for such words."""
    if state.src[state.pos] != "<":
        return False
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match and _is_words(match, state.env, state.src):
        return False
    return html_inline(state, silent)


def _is_words(tag: re.Match[str], env: MutableMapping[str, Any], src: str) -> bool:
    """Whether a tag is no HTML but words."""
    name, rest = tag["name"].lower(), tag["rest"]
    if name in _ELEMENTS or "=" in rest or rest.endswith("/"):
        return False
    text = env.get("text", src)
    names = env.get("tag_names")
    if not isinstance(names, frozenset):
        names = frozenset((found["slash"], found["name"].lower()) for found in _NAMES.finditer(str(text)))
        env["tag_names"] = names
    return ("" if tag["slash"] else "/", name) not in names
