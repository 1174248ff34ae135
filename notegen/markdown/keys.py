"""`++ctrl+alt+del++` as keys, which MkDocs shows so, and `++put in++` as Joplin and HackMD do."""

import re

from markdown_it.rules_inline import StateInline

from notegen.markdown.script import push_marked
from notegen.regex import regex

_MARKED = regex(r"\+\+(?P<words>[^\s+](?:[^\n+]|\+(?!\+)){0,200}?)(?<![\s])\+\+(?![\w+])")
_KEY = regex(
    r"[a-z0-9]|f\d\d?|num\d|ctrl|control|alt|option|shift|cmd|command|meta|super|win|windows|fn|enter|return|esc|escape"
    r"|tab|space|spacebar|backspace|delete|del|insert|ins|home|end|page-?(?:up|down)|(?:arrow-)?(?:up|down|left|right)"
    r"|caps-lock|num-lock|scroll-lock|print-?screen|pause|break|context-menu|plus|minus|equal|comma|period|slash"
    r"|backslash|semicolon|colon|tilde|grave|hyphen|bar|pipe|asterisk|underscore|(?:left|right)-\w{2,12}|\"[^\"+]{1,20}\"",
    re.IGNORECASE,
)
_SHOWN = {"ctrl": "Ctrl", "del": "Del", "ins": "Ins", "esc": "Esc", "cmd": "Cmd", "plus": "+", "minus": "-"}


def read_keys(state: StateInline, silent: bool) -> bool:
    """Adds an element for each key with what parts them, or one for words put in; none right behind a letter."""
    src, start = state.src, state.pos
    if start and (src[start - 1].isalnum() or src[start - 1] in "+{"):
        return False
    found = _MARKED.match(src, start, state.posMax)
    if found is None:
        return False
    if not silent:
        keys = found["words"].split("+")
        if all(_KEY.fullmatch(key) for key in keys):
            for number, key in enumerate(keys):
                if number:
                    state.push("text", "", 0).content = "+"
                _push_key(state, key)
        else:
            push_marked(state, "ins", found["words"])
    state.pos = found.end()
    return True


def _push_key(state: StateInline, key: str) -> None:
    state.push("kbd_open", "kbd", 1)
    name = key.strip('"') if key.startswith('"') else key.replace("-", " ")
    shown = (
        name
        if key.startswith('"')
        else _SHOWN.get(name.lower(), name.title() if len(name) > 1 else name.upper())
    )
    state.push("text", "", 0).content = shown
    state.push("kbd_close", "kbd", -1)
