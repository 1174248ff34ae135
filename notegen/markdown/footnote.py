"""Footnote references: `[^so]` means the footnote of that name, else the only one that differs in upper and lower case.

On GitHub names of footnotes ignore case, in Pandoc and kramdown they do not: so where both spellings are defined, both
are footnotes.
"""

from collections.abc import Mapping

from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_ref

from notegen.regex import regex

_MARK = regex(r"\[\^(?P<label>[^\s\]]+)\]")


def read_footnote_mark(state: StateInline, silent: bool) -> bool:
    """The plugin's rule, and for a name that nothing has the one that it may have meant."""
    if footnote_ref(state, silent):
        return True
    mark = _MARK.match(state.src, state.pos, state.posMax)
    label = _meant(state, mark["label"]) if mark else ""
    if not mark or not label:
        return False
    src, start, end = state.src, state.pos, state.posMax
    state.src = f"[^{label}]"
    state.pos, state.posMax = 0, len(state.src)
    read = footnote_ref(state, silent)
    state.src, state.pos, state.posMax = src, start + len(mark[0]), end
    return read


def _meant(state: StateInline, label: str) -> str:
    """The only footnote whose name is that one, but for capitals; empty for none and for several."""
    if "footnote_names" not in state.env:
        names: dict[str, str] = {}
        refs: Mapping[str, int] = state.env.get("footnotes", {}).get("refs", {})
        for name in (ref[1:] for ref in refs):
            names[name.casefold()] = "" if name.casefold() in names else name
        state.env["footnote_names"] = names
    return str(state.env["footnote_names"].get(label.casefold(), ""))
