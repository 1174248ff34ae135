"""Pelican's, MultiMarkdown's and Python-Markdown's header: lines of `Key: value` on top, up to the first blank one.

Prose may begin so too. The lines are a header only if they say a title, or at least two things that such headers say,
and if every one of them, up to the blank line, says something.

Pandoc's header is up to three lines that begin with `%`: title, authors and date, each going on in indented lines.
Nikola's is lines of `.. key: value`, most often as a comment of HTML, whose lines stay empty.
"""

import re

from msgspec.structs import replace

from notegen.model import Source
from notegen.read.front_matter import clean_key
from notegen.regex import regex

_LINE = regex(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(?P<value>\S.*)|[ \t]*)")
_FURTHER = regex(r"(?: {4,}|\t)[ \t]*(?P<value>\S.*)")
_PERCENT = regex(r"%(?:[ \t]+(?P<value>[^\n%][^\n]*)|[ \t]*)")
_NIKOLA = regex(
    r"\s*(?:<!--[ \t]*\n)?(?P<lines>(?:\.\. [a-z_]+:[^\n]*(?:\n|\Z)){2,})(?:[ \t]*-->[ \t]*(?:\n|\Z))?"
)
_NIKOLAS_OWN = frozenset("type hidetitle has_math nocomments pretty_url template".split())
_GOES_ON = regex(r"[ \t]+(?P<value>\S[^\n]*)")
_PERCENT_KEYS = ("title", "authors", "date")
_KNOWN = frozenset(
    "title subtitle date modified updated created author authors category categories tags keywords slug summary "
    "description status lang language url save_as template affiliation copyright email version".split()
)
_LISTS = frozenset({"tags", "categories", "authors", "keywords"})
_MAX_LINES = 60
_UNPUBLISHED = frozenset({"draft", "hidden", "skip"})
"""What Pelican does not list among a site's pages."""


def with_header_lines(source: Source) -> Source:
    """The source with such a header as front matter, if it has no other; total."""
    if source.properties or source.first_line != 1:
        return source
    if source.text.startswith("%"):
        return _with_percent_lines(source)
    if ":" not in source.text[:60]:
        return source
    if nikola := _NIKOLA.match(source.text):
        return _with_nikola_lines(source, nikola)
    properties: dict[str, object] = {}
    lines: dict[str, int] = {}
    key = ""
    end = 0
    for number, line in enumerate(source.text.split("\n", _MAX_LINES)[:_MAX_LINES]):
        end = number
        if not line.strip():
            break
        if key and (further := _FURTHER.fullmatch(line)):
            properties[key] = f"{properties[key]}\n{further['value']}".strip()
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            return source
        key = clean_key(match["key"])
        properties.setdefault(key, match["value"] or "")
        lines.setdefault(key, number + 1)
        end = number + 1
    if not _is_header(list(properties)):
        return source
    return replace(
        source,
        text=source.text.split("\n", end)[-1] if source.text.count("\n") >= end else "",
        first_line=end + 1,
        properties={name: _value(name, str(value)) for name, value in properties.items()},
        property_lines=lines,
    )


def _with_percent_lines(source: Source) -> Source:
    """The source with Pandoc's header as front matter, if it begins with a title or says that it has none."""
    values: list[list[str]] = []
    lines: dict[str, int] = {}
    end = 0
    for number, line in enumerate(source.text.split("\n", _MAX_LINES)[:_MAX_LINES]):
        if item := _PERCENT.fullmatch(line) if len(values) < len(_PERCENT_KEYS) else None:
            lines[_PERCENT_KEYS[len(values)]] = number + 1
            values.append([item["value"]] if item["value"] else [])
        elif values and (further := _GOES_ON.fullmatch(line)):
            values[-1].append(further["value"])
        else:
            break
        end = number + 1
    stated = {key: "\n".join(value) for key, value in zip(_PERCENT_KEYS, values, strict=False) if value}
    # What may hide a part of the note is left to the rules for that.
    if not stated or any("%%" in value or "<!--" in value for value in stated.values()):
        return source
    return replace(
        source,
        text=source.text.split("\n", end)[-1] if source.text.count("\n") >= end else "",
        first_line=end + 1,
        properties={key: _value(key, value) for key, value in stated.items()},
        property_lines={key: lines[key] for key in stated},
    )


def _with_nikola_lines(source: Source, head: re.Match[str]) -> Source:
    """The source with Nikola's header as front matter, without what only Nikola asks for; lines keep their numbers."""
    first = source.first_line + source.text.count("\n", 0, head.start("lines"))
    pairs = [line[3:].partition(":") for line in head["lines"].splitlines()]
    stated = {key.strip(): (value.strip(), first + number) for number, (key, _, value) in enumerate(pairs)}
    kept = {key: said for key, said in stated.items() if said[0] and key not in _NIKOLAS_OWN}
    return replace(
        source,
        text="\n" * head[0].count("\n") + source.text[head.end() :],
        properties={key: _value(key, value) for key, (value, _) in kept.items()},
        property_lines={key: line for key, (_, line) in kept.items()},
    )


def is_unpublished(source: Source) -> bool:
    """Whether a header keeps the note back in Pelican's way; in front matter such a word is other programs' own."""
    return str(source.properties.get("status", "")).lower() in _UNPUBLISHED


def _is_header(keys: list[str]) -> bool:
    return (
        keys[:1] != []
        and keys[0] in _KNOWN
        and ("title" in keys or (len(keys) > 1 and _KNOWN.issuperset(keys)))
    )


def _value(name: str, value: str) -> object:
    """The value; one of several, each on a line or after a comma or a semicolon, as a list."""
    if name not in _LISTS:
        return " ".join(value.split())
    if "[[" in value:  # TiddlyWiki's, and links as converters for Obsidian write them, with commas
        names = (item.strip("[],;") for item in re.findall(r"\[\[[^\[\]]+\]\]|\S+", value))
        return list(filter(None, names))
    return [item.strip() for item in re.split(r"[,;\n]", value) if item.strip()]
