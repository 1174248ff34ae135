"""Names that were given up stay so: the table in `notes/how-it-works/names.md` says which, and where.

What counts are identifiers, with or without the underscore of a private one; strings and comments may say anything.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

_ROW = re.compile(r"^\| (?P<was>`.*?`) \| (?P<now>`.*?`) \| `(?P<where>[\w/-]+)/` \|$", re.MULTILINE)
_TYPESCRIPT = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|(?P<name>[A-Za-z_$][\w$]*)", re.DOTALL)


def test_no_name_that_was_given_up_has_come_back() -> None:
    """Each where it used to be."""
    page = (ROOT / "notes/how-it-works/names.md").read_text("utf-8")
    rows = [(row["was"].replace("`", "").split(), ROOT / row["where"]) for row in _ROW.finditer(page)]
    assert len(rows) > 20
    assert [line for names, folder in rows for line in returned(names, folder)] == []


def test_a_name_that_has_come_back_is_found(tmp_path: Path) -> None:
    """In Python and in TypeScript, private or not; not as a part of another, in a text or in a comment."""
    (tmp_path / "a.py").write_text('"""A Spot."""\nspots = "Spot"  # Spot\nclass _Spot: ...\n')
    (tmp_path / "b.ts").write_text('// Spot\nconst Spotted = "Spot";\nlet x: Spot;\n')
    assert returned(["Spot"], tmp_path) == ["a.py:3: `_Spot`", "b.ts:3: `Spot`"]


def returned(names: list[str], folder: Path) -> list[str]:
    """Every place under a folder where one of the names is an identifier."""
    wanted = {form for name in names for form in (name, f"_{name}")}
    return [
        f"{file.relative_to(folder).as_posix()}:{line}: `{name}`"
        for file in sorted(folder.rglob("*"))
        if names_any(file, names)
        for name, line in identifiers(file)
        if name in wanted
    ]


def names_any(file: Path, names: list[str]) -> bool:
    """Whether one of the names stands in a source file, as whatever: to look at every word of it takes long."""
    return file.suffix in (".py", ".ts") and any(name in text_of(file) for name in names)


@cache
def text_of(file: Path) -> str:
    """What stands in it."""
    return file.read_text("utf-8")


@cache
def identifiers(file: Path) -> tuple[tuple[str, int], ...]:
    """The identifiers of a source file with their lines; none of any other file."""
    return tuple(_identifiers(file))


def _identifiers(file: Path) -> Iterator[tuple[str, int]]:
    if file.suffix == ".py":
        tokens = tokenize.generate_tokens(io.StringIO(text_of(file)).readline)
        yield from ((token.string, token.start[0]) for token in tokens if token.type == tokenize.NAME)
    elif file.suffix == ".ts":
        text = text_of(file)
        for found in _TYPESCRIPT.finditer(text):
            if found["name"]:
                yield found["name"], text.count("\n", 0, found.start()) + 1
