"""Where in a TOML text each key stands, for messages; tomllib itself tells only of what it cannot read."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from notegen.regex import regex

_TOKEN = regex(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
    | (?P<text>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    | (?P<sign>[\[\]{}=,.\n])
    | (?P<bare>[^\s=,\[\]{}\#"'.]+)
    | .""",
    re.VERBOSE | re.DOTALL,
)
_MAX_DEPTH = 20
"""How deep tables may lie in each other; no setting is in more than one."""
_ESCAPE = regex(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")

Key = tuple[str, ...]
"""A key with the tables it is in, the outermost first."""


@lru_cache(maxsize=1)
def key_places(text: str) -> Mapping[Key, tuple[int, int]]:
    """Line and column, from 1, of each key and each table of a text that is TOML: where it is first named."""
    places: dict[Key, tuple[int, int]] = {}
    for key, start in _Scan(text).statements():
        line = text.count("\n", 0, start) + 1
        places.setdefault(key, (line, start - (text.rfind("\n", 0, start) + 1) + 1))
    return places


class _Scan:
    def __init__(self, text: str) -> None:
        self.tokens = [match for match in _TOKEN.finditer(text) if not match["skip"]]
        self.index = 0

    def statements(self) -> Iterator[tuple[Key, int]]:
        table: Key = ()
        while self.index < len(self.tokens):
            if self.at("["):
                table, opening = (), self.tokens[self.index].start()
                while self.at("["):
                    self.index += 1
                for key, start in self.key(()):
                    table = key
                    yield key, start if len(key) > 1 else opening
                while self.at("]"):
                    self.index += 1
            elif self.at("\n"):
                self.index += 1
            else:
                yield from self.pair(table)

    def pair(self, table: Key, depth: int = 0) -> Iterator[tuple[Key, int]]:
        """A key, `=` and a value, whose own keys are given too where it is a table in braces."""
        before, key = self.index, table
        for key, start in self.key(table):  # the last one is the whole key
            yield key, start
        if self.at("="):
            self.index += 1
        yield from self.value(key, depth)
        self.index = max(self.index, before + 1)  # no TOML, and yet an end

    def key(self, table: Key) -> Iterator[tuple[Key, int]]:
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token["sign"] not in (None, "."):
                return
            if token["sign"] is None and len(table) < _MAX_DEPTH:
                table = (*table, _plain(token))
                yield table, token.start()
            self.index += 1

    def value(self, key: Key, depth: int) -> Iterator[tuple[Key, int]]:
        if self.at("{") and depth < _MAX_DEPTH:
            self.index += 1
            while self.index < len(self.tokens) and not self.at("}"):
                if self.at(",") or self.at("\n"):
                    self.index += 1
                else:
                    yield from self.pair(key, depth + 1)
            self.index += 1
            return
        opened = 0
        while self.index < len(self.tokens):
            if opened <= 0 and (self.at("\n") or self.at(",") or self.at("}")):
                return
            opened += self.at("[") + self.at("{") - self.at("]") - self.at("}")
            self.index += 1

    def at(self, sign: str) -> bool:
        return self.index < len(self.tokens) and self.tokens[self.index]["sign"] == sign


def _plain(token: re.Match[str]) -> str:
    """What a key says, out of its quotes."""
    if token["text"] is None:
        return token[0]
    if token[0].startswith("'"):
        return token[0][1:-1]
    said = _ESCAPE.sub(lambda code: chr(int(code[1] or code[2], 16)), token[0][1:-1])
    return re.sub(r'\\(["\\])', r"\1", said)
