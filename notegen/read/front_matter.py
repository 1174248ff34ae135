"""The block of settings on top of a note: YAML (or JSON, which is YAML) between `---`, or Hugo's TOML between `+++`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from notegen.model import Code, Place, Problem

_YAML = re.compile(r"---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"[\"']?(?P<key>[\w -]+?)[\"']?\s*[:=]")
# What somebody may have meant as front matter: below the first line, or never closed.
_LOOSE = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\n(?P<head>(?:[^\n]*\n){1,40})")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A note's text cut in two.

    Where the head is no mapping, or looks like one that is not closed or not on top, `properties` is empty and `head`
    still holds its text.
    """

    head: str
    properties: Mapping[str, object]
    body: str
    first_line: int
    problems: tuple[Problem, ...] = ()

    def line_of(self, key: str) -> int:
        """The line, in the file, that sets the key; 1 when it cannot be found."""
        return self.lines().get(key, 1)

    def lines(self) -> dict[str, int]:
        """The line, in the file, of each key on the top level."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.head.split("\n"), 2):
            if match := _KEY.match(line):
                found.setdefault(match["key"].lower(), number)
        return found


class _Loader(yaml.CSafeLoader):
    """The safe loader, except that dates stay text: `2024-02-30` must not raise, and a day is no instant."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def split_front_matter(text: str, path: str) -> FrontMatter:
    """The front matter, if the file's first line opens one that is closed; total."""
    match = _YAML.match(text) or _TOML.match(text)
    if match is None:
        loose = _LOOSE.match(text)
        return FrontMatter(loose["head"] if loose else "", {}, text, 1)
    head, body = match["head"], text[match.end() :]
    first_line = text.count("\n", 0, match.end()) + 1
    try:
        loaded = tomllib.loads(head) if text.startswith("+") else yaml.load(head, _Loader)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        return FrontMatter(head, {}, body, first_line, (_invalid(error, path),))
    if loaded is None:
        return FrontMatter(head, {}, body, first_line)
    if not isinstance(loaded, dict):
        # Text between two rules, not settings: Obsidian shows it, and so do we.
        return FrontMatter(head, {}, text, 1)
    return FrontMatter(head, {str(key).lower(): value for key, value in loaded.items()}, body, first_line)


def _invalid(error: Exception, path: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).split("\n")[0]
    place = Place(path, mark.line + 2, mark.column + 1) if mark else Place(path, 1)
    return Problem(Code.FRONT_MATTER_INVALID, place, (("reason", str(reason)),))
