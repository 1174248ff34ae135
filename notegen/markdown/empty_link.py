"""`[](Tides.md)`: a link without words shows the name of what it leads to, or else nobody sees that it is there."""

from posixpath import splitext
from urllib.parse import unquote

from markdown_it.common.utils import unescapeAll
from markdown_it.rules_inline import StateInline

from notegen.markdown.links import leads_elsewhere
from notegen.regex import regex

_EMPTY = regex(
    r"\[\]\((?:<(?P<angled>[^<>#\n][^<>\n]*)>|(?P<plain>[^\s()<>\[\]#][^\s()<>\[\]]*))(?:[ \t]+\"[^\"\n]*\")?\)"
)


def read_empty_link(state: StateInline, silent: bool) -> bool:
    """A link with the words that it lacks; one to a place in its own note stays empty, as pages set signs for those."""
    match = _EMPTY.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    address = unescapeAll(match["angled"] or match["plain"])
    href = state.md.normalizeLink(address)
    if not state.md.validateLink(href):
        return False
    if not silent:
        link = state.push("link_open", "a", 1)
        link.attrs, link.meta = {"href": href}, {"written": "[]("}
        state.push("text", "", 0).content = address if leads_elsewhere(address) else _name_in(address)
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _name_in(address: str) -> str:
    path = unquote(address.partition("#")[0].partition("?")[0]).rstrip("/")
    return splitext(path.rpartition("/")[2])[0] or address
