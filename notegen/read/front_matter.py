"""The block of settings on top of a note: YAML (or JSON, which is YAML) between `---`, or Hugo's TOML between `+++`.

Hugo's JSON stands between its own braces, which are the note's first and the end of a line. Eleventy, Gatsby and others
that read it by gray-matter name its language behind the first fence: `---json`, `---toml`, `---yaml`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import yaml
from msgspec import Struct

from notegen.model import Code, Place, Problem
from notegen.read.properties import read_toml, read_yaml
from notegen.regex import regex
from notegen.text.looks import INVISIBLE

_FENCED = regex(
    r"---[ \t]*(?P<language>ya?ml|json|toml)?[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
Pairs = Sequence[tuple[object, object]]
_KEY = regex(r"[\"']?(?P<key>[\w -]++)[\"']?\s*[:=]")
_TOML = regex(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SEPARATOR = regex("[\x85\u2028\u2029]")
_ODD_SPACE = regex("[\xa0\x85\u2028\u2029]")
_SPACED_KEY = regex(r"^[ \xa0]*(?:-[ \xa0]+)?(?:[\w\"' .-]*:\xa0+)?", re.MULTILINE)
_TAGS_AS_WRITTEN = regex(
    r"^(?P<before>[ \t]*[\"']?(?:tags?|keywords?|categor(?:y|ies)|topics?|labels?)[\"']?:[ \t]+|[ \t]*-[ \t]+)"
    r"(?P<tags>#[^\s#].*?)(?=[ \t]+#[ \t]|[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
"""`tags: #sea #moon`, `- #sea`: to YAML a comment, which nobody means so."""
_OPENING = regex(r"(?P<fence>---|\+\+\+)[ \t]*\n(?=[\w\"'])")

_JSON_KEYS = frozenset(
    "title date draft tags categories description slug url weight layout aliases publish published lastmod".split()
)
"""One of these is in every object that is settings; any other on top of a note is what it is about."""


class FrontMatter(Struct, frozen=True):
    """A note's text cut in two; where the head is no mapping, `properties` is empty and `head` still holds its text."""

    head: str
    properties: Mapping[str, object]
    body: str
    first_line: int
    problems: tuple[Problem, ...] = ()
    pairs: tuple[tuple[str, object], ...] = ()
    """Every key with its value as written, also those that a later one of the same name outdoes in `properties`."""

    def line_of(self, key: str) -> int:
        """The line, in the file, that sets the key; 1 when it cannot be found."""
        return self.lines().get(key, 1)

    def lines(self) -> dict[str, int]:
        """The line, in the file, of each key on the top level."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.head.split("\n"), 2):
            if match := _KEY.match(line):
                found.setdefault(clean_key(match["key"]), number)
        return found


def split_front_matter(text: str, path: str) -> FrontMatter:
    """The front matter, if the file's first line opens one that is closed; total."""
    match = _FENCED.match(text) or _TOML.match(text)
    if match is None and text.startswith("{"):
        return _split_json(text, path)
    if match is None:
        return FrontMatter("", {}, text, 1, tuple(_open(text, path)))
    head, body = match["head"], text[match.end() :]
    first_line = text.count("\n", 0, match.end()) + 1
    language = match.groupdict().get("language") or ("toml" if text.startswith("+") else "")
    if language.lower() == "json":
        head = "\n".join(line.strip() for line in head.split("\n"))  # a key is where its line begins
    try:
        loaded, pairs = read_toml(head) if language.lower() == "toml" else _read_yaml(head)
    except (yaml.YAMLError, ValueError) as error:
        return FrontMatter(head, {}, body, first_line, (_invalid(error, path),))
    if loaded is None:
        return FrontMatter(head, {}, body, first_line)
    if not isinstance(loaded, dict):
        # Text between two rules, not settings: Obsidian shows it, and so do we.
        return FrontMatter(head, {}, text, 1)
    return _front_matter(head, loaded, pairs, body, first_line)


def _read_yaml(head: str) -> tuple[object, Pairs]:
    """What front matter says; without marks that only look like spaces, where they make it something else.

    To YAML `title:` and a space that does not break is a text, and the separator of lines that a paste brings ends one.
    """
    is_odd = _ODD_SPACE.search(head)
    if "#" in head:
        head = _TAGS_AS_WRITTEN.sub(_quoted, head)
    try:
        loaded, pairs = read_yaml(head)
        if not is_odd or loaded is None or isinstance(loaded, dict):
            return loaded, pairs
    except yaml.YAMLError:
        if not is_odd:
            raise
    spaced = _SPACED_KEY.sub(lambda line: line[0].replace("\xa0", " "), _SEPARATOR.sub(" ", head))
    return read_yaml(spaced)


def _quoted(line: re.Match[str]) -> str:
    return line["before"] + json.dumps(line["tags"], ensure_ascii=False)


def _open(text: str, path: str) -> Iterator[Problem]:
    """What looks like front matter without an end: the first lines below the fence have keys that notes have there."""
    fence = _OPENING.match(text)
    keys = (_KEY.match(line) for line in text[fence.end() :].split("\n\n", 1)[0].split("\n")) if fence else ()
    if fence and any(key and clean_key(key["key"]) in _JSON_KEYS for key in keys):
        yield Problem(Code.FRONT_MATTER_OPEN, Place(path, 1), (("fence", fence["fence"]),))


def _split_json(text: str, path: str) -> FrontMatter:
    """The same of a note that begins with an object which holds settings."""
    try:
        loaded, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return FrontMatter("", {}, text, 1)
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end + 1
    if text[end:line_end].strip() or _JSON_KEYS.isdisjoint(map(clean_key, loaded)):
        return FrontMatter("", {}, text, 1)
    written = text[:end].split("\n")
    head = "\n".join(line.strip() for line in written[1:]) or written[0]
    first_line = text.count("\n", 0, line_end) + 1
    try:
        loaded, pairs = read_yaml(text[:end].replace("\t", " "))
    except (yaml.YAMLError, ValueError) as error:
        return FrontMatter(head, {}, text[line_end:], first_line, (_invalid(error, path),))
    assert isinstance(loaded, dict)
    return _front_matter(head, loaded, pairs, text[line_end:], first_line)


def _front_matter(
    head: str, loaded: Mapping[object, object], pairs: Pairs, body: str, first_line: int
) -> FrontMatter:
    properties = {clean_key(key): value for key, value in loaded.items()}
    repeated = ((clean_key(key), value) for key, value in pairs)
    return FrontMatter(head, properties, body, first_line, pairs=(*repeated, *properties.items()))


def clean_key(key: object) -> str:
    """A key as it is compared: in lower case, without the spaces, quotes and invisible letters around it."""
    return INVISIBLE.sub("", "null" if key is None else str(key)).strip(" \t\n\r\"'\xa0:").lower()


def _invalid(error: Exception, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).split("\n")[0]
    place = Place(path, mark.line + 2, mark.column + 1) if mark else Place(path, 1)
    return Problem(Code.FRONT_MATTER_INVALID, place, (("reason", str(reason)),))
