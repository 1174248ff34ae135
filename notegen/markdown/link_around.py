"""A link with one to a note in its words, `[see [[Tides]] there](https://example.org)`: links cannot hold each other.

CommonMark shows the brackets of the outer one. The words around the inner link are the outer one's, and both lead on.
The mark of a footnote, `[Tides[^1]](https://example.org)`, is such a link too.
"""

from markdown_it.rules_inline import StateInline

from notegen.regex import regex

_INNER = r"(?:!?\[\[[^\[\]\n]{1,500}\]\]|\[\^[^\s\[\]]{1,60}\])"
_LINK = regex(
    rf"\[(?P<words>(?:[^\[\]\n]{{0,500}}{_INNER}){{1,20}}[^\[\]\n]{{0,500}})\]"
    r"\(<?(?P<address>[^\s()<>\\]{1,2000})>?(?:[ \t]+\"[^\"\n]*\")?\)"
)
_PARTS = regex(rf"(?<!!){_INNER.replace('!?', '')}")
"""Links and marks of footnotes; a picture may stand in another one's words."""
_MARK = regex(r"(?<!\[)\[\^(?P<label>[^\s\[\]]+)\]")


def read_link_around(state: StateInline, silent: bool) -> bool:
    """Adds the outer link once for the words on either side of each inner one; none where links may not stand."""
    src, start = state.src, state.pos
    if src.startswith("[[", start) and "](" not in src[start : start + 3000]:
        return False
    if state.linkLevel or src[start - 1 : start] in ("!", "\\", "["):
        return False
    match = _LINK.match(src, start, state.posMax)
    if match is None or "`" in match["words"] or not _PARTS.search(match["words"]):
        return False
    footnotes = state.env.get("footnotes", {}).get("refs", {})
    if any(f":{mark['label']}" not in footnotes for mark in _MARK.finditer(match["words"])):
        return False
    address = state.md.normalizeLink(match["address"])
    if not state.md.validateLink(address):
        return False
    if not silent:
        end, position = state.posMax, match.start("words")
        for inner in _PARTS.finditer(src, position, match.end("words")):
            _read(state, position, inner.start(), address)
            _read(state, inner.start(), inner.end(), "")
            position = inner.end()
        _read(state, position, match.end("words"), address)
        state.posMax = end
    state.pos = match.end()
    return True


def _read(state: StateInline, start: int, end: int, address: str) -> None:
    """Adds a part of the words, as a link where there is an address and something to press."""
    is_link = bool(address and state.src[start:end].strip())
    if is_link:
        state.push("link_open", "a", 1).attrs = {"href": address}
        state.linkLevel += 1
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    if is_link:
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
