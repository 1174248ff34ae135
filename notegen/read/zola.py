"""Zola's shortcodes in the words of Hugo's: `{{ youtube(id="x") }}`, `{% quote(author="Ines") %}` … `{% end %}`.

A pair is known by its end, which no other tool writes like that. Of the single ones only those are read that name a
picture or a film elsewhere. What any other call in two braces means only the site's templates know: it stays as
written.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from notegen.model import Source
from notegen.read.code_spans import code_ranges, is_within
from notegen.read.shortcodes import HOSTS, is_shown
from notegen.regex import regex

_STRING = r"\"[^\"\n]*+\"|'[^'\n]*+'"
_ARGUMENTS = rf"\((?>(?:{_STRING}|[^\"'(){{}}\n])*)\)"
_CALL = regex(
    rf"\{{\{{[ \t]*(?P<name>[a-zA-Z]\w*)(?P<arguments>{_ARGUMENTS})[ \t]*\}}\}}"
    rf"|\{{%[ \t]*(?P<pair>[a-zA-Z]\w*)(?P<given>{_ARGUMENTS})[ \t]*%\}}|\{{%[ \t]*(?P<end>end)[ \t]*%\}}"
)
_ARGUMENT = regex(rf"(?P<name>\w+)[ \t]*=[ \t]*(?P<value>{_STRING}|[\w./-]+)")


def with_taxonomies_of_zola(source: Source) -> Source:
    """The note with what its table `taxonomies` holds, tags above all, as properties of its own. Total."""
    stated = source.properties.get("taxonomies")
    if not isinstance(stated, Mapping):
        return source
    line = source.property_lines.get("taxonomies", 1)
    own = {key: value for key, value in source.properties.items() if key != "taxonomies"}
    named = {str(key).lower(): value for key, value in stated.items() if str(key).lower() not in own}
    lines = {**source.property_lines, **dict.fromkeys(named, line)}
    return replace(source, properties={**own, **named}, property_lines=lines)


def with_shortcodes_of_zola(text: str) -> str:
    """The text with such shortcodes as Hugo writes them; lines keep their numbers. Total."""
    if ") }}" not in text and ")}}" not in text and "{%" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for call, written in _rewritten(text):
        pieces += text[position : call.start()], written
        position = call.end()
    return "".join([*pieces, text[position:]])


def _rewritten(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each call that is one of them, with what it is to Hugo, in order."""
    code = code_ranges(text)
    open_: list[re.Match[str]] = []
    found: dict[int, tuple[re.Match[str], str]] = {}
    for call in _CALL.finditer(text):
        if is_within(code, call.start()) or any(
            sign in call[0] for sign in ("%%", "<!--", "-->", "`", ">}}")
        ):
            continue
        if call["pair"]:
            open_.append(call)
        elif call["end"]:
            if open_:
                opening = open_.pop()
                found[opening.start()] = opening, _tag(opening["pair"], opening["given"])
                found[call.start()] = call, f"{{{{< /{opening['pair']} >}}}}"
        elif call["name"].lower() in HOSTS or any(map(is_shown, _arguments(call["arguments"]).values())):
            found[call.start()] = call, _tag(call["name"], call["arguments"])
    return (found[start] for start in sorted(found))


def _tag(name: str, arguments: str) -> str:
    values = _arguments(arguments)
    if "author" in values:  # of a quotation, which Hugo's shortcodes know by a title only
        values.setdefault("title", values["author"])
    stated = "".join(f' {key}="{value}"' for key, value in values.items())
    return f"{{{{< {name}{stated} >}}}}"


def _arguments(written: str) -> dict[str, str]:
    """By name, without their quotes; a quote or a backslash within would end what Hugo reads."""
    return {
        one["name"]: re.sub(r"[\"\\]", "'", one["value"].strip("\"'")) for one in _ARGUMENT.finditer(written)
    }
