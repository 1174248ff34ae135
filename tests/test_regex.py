"""Regular expressions that are compiled when they are first asked for anything."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import notegen
from notegen import regex as module
from notegen.regex import regex
from tests.conftest import ROOT


def test_it_has_all_that_a_pattern_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled once, at the first question but that for its source."""
    compiled: list[str | bytes] = []

    def compile_(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append(pattern)
        return plain(pattern, flags)

    plain = re.compile
    monkeypatch.setattr(re, "compile", compile_)
    words = regex(r"(?P<word>[a-z]+)", re.IGNORECASE)
    assert words.pattern == r"(?P<word>[a-z]+)"
    assert compiled == []
    assert words.findall("Low water") == ["Low", "water"]
    assert words.sub("x", "Low water") == "x x"
    assert (words.flags & re.IGNORECASE, dict(words.groupindex), words.groups) == (2, {"word": 1}, 1)
    assert [found["word"] for found in words.finditer("a b")] == ["a", "b"]
    assert compiled == [r"(?P<word>[a-z]+)"]
    monkeypatch.undo()
    assert regex(rb"\d+").findall(b"1 22") == [b"1", b"22"]
    with pytest.raises(AttributeError):
        words.missing  # type: ignore[attr-defined]  # noqa: B018


def test_all_that_modules_hold_are_without_mistake() -> None:
    """Found here, since a module that holds one is loaded without a look at it."""
    found = 0
    for info in pkgutil.walk_packages(notegen.__path__, "notegen."):
        if info.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(info.name)).values():
            values = value if isinstance(value, tuple) else (value,)
            for one in values:
                if isinstance(one, module._Compiled):
                    assert one.groups >= 0  # type: ignore[attr-defined]
                    found += 1
    assert found > 500
    with pytest.raises(re.error):
        regex("(").search("a")


_APART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""What stands for a letter: an escape, or a class."""
_REPEATED = re.compile(r"(?<!\()\)(?:[*+?]|\{[\d,]*\})\+")


_MAY_REPEAT = re.compile(r"[*+?}]\+")
"""In what is written as the text of a file; most have none, and need not be parsed."""


def possessive(source: str) -> Iterator[str]:
    """The texts of a file, patterns or pieces of them, in which a group is repeated and never gone back into."""
    if not _MAY_REPEAT.search(source):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            if _REPEATED.search(_APART.sub("x", text)):
                yield text


def test_a_group_that_is_never_gone_back_into_is_atomic() -> None:
    """Not `(?:ab|c)*+`, of which Python before 3.11.5, such as Debian's, finds less or nothing, but `(?>(?:ab|c)*)`."""
    found = {path: [*possessive(path.read_text("utf-8"))] for path in (ROOT / "notegen").rglob("*.py")}
    assert len(found) > 300
    assert {str(path): some for path, some in found.items() if some} == {}
    for pattern in ("(?:ab|c)*+", "(?:ab|c){2,3}+", "x(?:a(b)?|[c)])?+"):
        assert [*possessive(f"a = r'{pattern}'")] == [pattern]
    for pattern in ("(?>(?:ab|c)*)", r"\)*+", "[()*+]", "[^a]*+b{2,}+", "()*+"):
        assert [*possessive(f"a = r'{pattern}'")] == []
