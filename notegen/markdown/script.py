"""Logseq's `x^{2}` and `H_{2}O`: text that is raised or lowered, up to a brace on the same line (mldoc 1.5)."""

from markdown_it.rules_inline import StateInline

from notegen.regex import regex

_OF_THE_TEXT = ("highlight", "highlight_code")
"""What `highlight` has found out about a block's text, and would have to find out again after another one's."""
_SCRIPT = regex(r"[\^_]\{(?P<words>[^{}\n]+)\}")


def read_script(state: StateInline, silent: bool) -> bool:
    """Adds `sup_open` or `sub_open` and its end; other tools show the braces."""
    src, start = state.src, state.pos
    if src[start + 1 : start + 2] != "{" or state.env.get("tool") != "logseq":
        return False
    match = _SCRIPT.match(src, start, state.posMax)
    if match is None:
        return False
    if not silent:
        push_marked(state, "sup" if src[start] == "^" else "sub", match["words"])
    state.pos = match.end()
    return True


def push_marked(state: StateInline, element: str, words: str) -> None:
    """Adds an element with the words in it, read by themselves; in a link's words, where no link may be, as text."""
    if not words:
        return
    state.push(f"{element}_open", element, 1)
    if state.linkLevel:
        state.push("text", "", 0).content = words
    else:
        known = {key: state.env[key] for key in _OF_THE_TEXT if key in state.env}
        state.tokens += state.md.inline.parse(words, state.md, state.env, [])
        state.env.update(known)
    state.push(f"{element}_close", element, -1)


_IN_WORD = regex(r"(?P<sign>[\^~])(?P<words>(?:[^\s\^~\[\]`\\$]|\\.){1,60})(?P=sign)(?![\^~])")
_ESCAPED_SPACE = regex(r"\\ ")


def read_script_in_word(state: StateInline, silent: bool) -> bool:
    """Pandoc's and MkDocs' `H~2~O` and `2^10^`, without a space; what is lowered right behind a letter or bracket."""
    src, start = state.src, state.pos
    is_behind = bool(start) and (src[start - 1].isalnum() or src[start - 1] in ")]}*_")
    if not is_behind and src[start] == "~":  # GitHub's stroke, which nobody else reads
        return False
    match = _IN_WORD.match(src, start, state.posMax)
    if match is None:
        return False
    if not silent:
        words = _ESCAPED_SPACE.sub("\u00a0", match["words"])
        push_marked(state, "sup" if match["sign"] == "^" else "sub", words)
    state.pos = match.end()
    return True
