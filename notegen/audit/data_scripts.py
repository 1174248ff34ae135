"""Reads the data scripts of a site, each of which calls `add` with a name and a value, for the words in them.

The audit has its own reader, written after `notes/how-it-works/search-index.md` and not after the code that writes the
scripts. Postings, vectors and numbers hold no words and are left out; so are stems, since every form of one is read.
"""

import json
import re
from collections.abc import Iterator

from notegen.regex import regex

_SCRIPT = regex(r'\s*notegen\.add\(("(?:[^"\\]|\\.)*"),(.*)\)\s*;?\s*\Z', re.DOTALL)
_SPELT = regex(r"(\d)([^A-Z]*)([A-Z])")
_NUMBERS = regex(r"(?:k|[vag]\d+|[tuxy]-\w+|common|days|manifest)\Z")
_NUMBER_SCRIPT = regex(
    r'notegen\.add\("(?P<name>k|[vag]\d+|[tuxy]-\w+|common|days)","[^"\\]*(?:\\.[^"\\]*)*"\)\s*\Z'
)
_WORDS = regex(r"[wc]-\w+\Z")
_SPELLING = regex(r"(?P<order>[fb])-\w+\Z")
_NAMES = regex(r"[nr]-\w+\Z")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_OF_NUMBERS = frozenset(
    "format version folders counts lengths words common stemmers stopWords names namesBackward nameEnd forward "
    "backward texts weight rules meaning".split()
)
"""What the manifest of the search and what points at it hold: numbers, stems, beginnings of words, word pieces."""


def lines_of_script(script: str) -> Iterator[tuple[int, str]]:
    """The texts in such a script, each with the number of its entry; the script's own lines where it is none."""
    if numbers := _NUMBER_SCRIPT.match(script):
        yield 0, numbers["name"]
        return
    found = _SCRIPT.match(script)
    try:
        content = json.loads(found[2]) if found else None
    except (ValueError, RecursionError):
        found = None
    if found is None:
        yield from enumerate(script.split("\n"), 1)
        return
    name = str(json.loads(found[1]))
    yield 0, name
    if name in {"search-pointer", "manifest"} and isinstance(content, dict):
        content = {key: value for key, value in content.items() if key not in _OF_NUMBERS}
    texts = [*(_texts(content) if not isinstance(content, str) else _entries(name, content))]
    if any("\n" in text for text in texts):
        for number, text in enumerate(texts, 1):
            for line in text.split("\n"):
                yield number, line
    else:
        yield from enumerate(texts, 1)


def _entries(name: str, content: str) -> Iterator[str]:
    """What a shard that is one text says, an entry after the other."""
    if _WORDS.match(name):
        yield from _forms(content)
    elif spelling := _SPELLING.match(name):
        yield from _spelt(content, backwards=spelling["order"] == "b")
    elif _NAMES.match(name):  # a name's words, the name as written, numbers of notes
        yield from (part for line in content.split("\n") for part in line.split("\t")[:2])
    elif name == "names":
        yield from (name for line in content.split("\n") for name in line.split("\t")[1:])
    elif name == "tags":
        yield from (line.partition(" ")[2] for line in content.split("\n"))
    elif name == "paths":
        yield from _paths(content)
    elif not _NUMBERS.match(name):
        yield content


def _texts(content: object) -> Iterator[str]:
    """The texts in plain values, without recursion into a depth that only a hostile file has."""
    waiting = [content]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            for key, item in reversed(value.items()):
                waiting += (item, key)


def _forms(content: str) -> Iterator[str]:
    for line in content.split("\n"):
        stem, *parts = line.split(" ")
        for ending in parts[::2]:
            cut = len(ending) - len(ending.lstrip("-"))
            yield ending[1:] if ending.startswith("=") else stem[: len(stem) - cut] + ending[cut:]


def _spelt(content: str, *, backwards: bool) -> Iterator[str]:
    word = ""
    for shared, rest, _ in _SPELT.findall(content):
        word = word[: int(shared)] + rest
        yield word[::-1] if backwards else word


def _paths(content: str) -> Iterator[str]:
    path = ""
    for line in content.split("\n"):
        numbers, _, rest = line.partition(" ")
        path = path[: _last_number(numbers)] + rest
        yield path


def _last_number(digits: str) -> int:
    """Of numbers as the search index writes them: five bits a digit, the lowest first, 32 says more follow."""
    found = number = shift = 0
    for digit in map(_DIGITS.find, digits):
        number |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            found, number, shift = number, 0, 0
    return found
