"""Quarto's references to what has a number: `@fig-bay` is "Figure 1" and leads there, where that is `{#fig-bay}`."""

import re

from notegen.read.code_spans import outside_code, without_code
from notegen.regex import regex

_KINDS = {
    "fig": "Figure", "tbl": "Table", "eq": "Equation", "lst": "Listing", "thm": "Theorem", "lem": "Lemma",
    "def": "Definition", "exm": "Example", "exr": "Exercise",
}  # fmt: skip
"""As Quarto calls them where its settings say no other language."""
_ID = rf"(?P<id>(?:{'|'.join(_KINDS)}|sec)-[\w-]{{1,80}})"
_PLACE = regex(rf"\{{[^{{}}\n]*#{_ID}[^{{}}\n]*\}}")
_PICTURE = regex(rf"!\[(?P<words>[^\[\]\n]*)\](?=\([^()\n]*\)\{{[^{{}}\n]*#{_ID})")
_TABLE = regex(rf"^(?P<start>[ \t]*(?:Table)?:[ \t]+)(?=[^\n]*\{{[^{{}}\n]*#{_ID})")
_REFERENCE = regex(rf"\[(?P<bare>-?)@{_ID}\]|(?<![\w@\[.-])@{_ID.replace('<id>', '<open>')}")
_HEADING = regex(rf"^#{{1,6}}[ \t]+(?P<words>[^\n{{]*?)[ \t]*\{{[^{{}}\n]*#{_ID}", re.MULTILINE)


def with_cross_references(text: str) -> str:
    """The text with links for such references, and numbers in captions; lines keep their numbers. Total."""
    if not any(f"#{kind}-" in text for kind in (*_KINDS, "sec")):
        return text
    words: dict[str, str] = {found["id"]: found["words"] for found in _HEADING.finditer(text)}
    counts: dict[str, int] = {}
    for _, line in without_code(text):
        for place in _PLACE.finditer(line):
            kind = place["id"].partition("-")[0]
            if kind in _KINDS and place["id"] not in words:
                counts[kind] = counts.get(kind, 0) + 1
                words[place["id"]] = f"{_KINDS[kind]} {counts[kind]}"

    def change(line: str) -> str:
        line = _PICTURE.sub(lambda found: _numbered(found, "![", words), line)
        line = _TABLE.sub(lambda found: f"{found['start']}{words.get(found['id'], '')}: ", line)
        return _REFERENCE.sub(lambda found: _link(found, words), line)

    return outside_code(text, change)


def _numbered(found: re.Match[str], start: str, words: dict[str, str]) -> str:
    number = words.get(found["id"], "")
    return f"{start}{': '.join(filter(None, (number, found['words'])))}]"


def _link(found: re.Match[str], words: dict[str, str]) -> str:
    id = found["id"] or found["open"]
    if not words.get(id):
        return found[0]
    said = words[id].rpartition(" ")[2] if found["bare"] else words[id]
    return f"[{said}](#{id})"
