"""What is kept between builds is found by a key of the code that made it: no module that counts may be missing."""

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import pytest

from notegen import cache
from notegen.render.parts import cards
from notegen.search import cached_index
from tests.support.statements import statements

ROOT = Path(__file__).parent.parent

VALUES = frozenset(
    "bundled config errors model packed paths regex targets toml_places toml_repair written_link".split()
)
"""What has no part in the numbers of an index or the picture of a card but by values, which are in the keys."""

WITHOUT_PART = frozenset(
    "boto3 botocore click cryptography distributed filelock mcp onnxruntime pathspec platformdirs rapidfuzz rich "
    "tokenizers watchfiles".split()
)
"""Libraries whose versions change nothing that is kept: they read, write and publish; vectors are kept by encoder."""


@pytest.mark.parametrize(
    ("kept", "make"),
    [(cached_index._CODE, cached_index._learned), (cards._CODE, cards._drawn)],
    ids=["index", "card"],
)
def test_a_key_has_all_code_that_decides(kept: tuple[ModuleType, ...], make: Callable[..., object]) -> None:
    """Of what makes a value, the modules that it calls and all that these import are in the key, and no other."""
    names = {module.__name__ for module in kept}
    called = {getattr(make.__globals__.get(name), "__module__", "") for name in make.__code__.co_names}
    called = {module for module in called if module.startswith("notegen.")} - {make.__module__}
    reached = closure(called | names)
    assert {one for one in reached if one.split(".")[1] not in VALUES} == names


def test_every_library_counts_or_has_no_part() -> None:
    """One that decides what is made of a note is among those whose versions are in every key."""
    distributions = packages_distributions()
    imported = {
        library.lower()
        for path in (ROOT / "notegen").rglob("*.py")
        for name in imports(path)
        if (top := name.partition(".")[0]) not in sys.stdlib_module_names | {"notegen"}
        for library in distributions.get(top, ())  # not all are on every system
    }
    assert imported - {*cache._LIBRARIES} - WITHOUT_PART == set()


def test_the_data_of_a_module_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With other data beside it, a module's digest is another; so is that of all code, wherever the data lies."""
    module = ModuleType("letters")
    module.__file__ = str(tmp_path / "letters.py")
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    digests = []
    for text in ("a", "b"):
        (tmp_path / "letters.json").write_text(text)
        cache.code_of_notegen.cache_clear()
        digests.append((cache.code_of(module), cache.code_of_notegen()))
    cache.code_of_notegen.cache_clear()
    assert len({code for code, _ in digests}) == len({code for _, code in digests}) == 2


def closure(modules: Iterable[str]) -> set[str]:
    """The modules of notegen among these and all that they import, at whatever distance."""
    reached: set[str] = set()
    waiting = [*modules]
    while waiting:
        if (module := waiting.pop()) not in reached:
            reached.add(module)
            waiting += (name for name in imports(path_of(module)) if name.startswith("notegen"))
    return reached


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, by whatever statement."""
    for statement in statements(ast.parse(path.read_text("utf-8"))):
        match statement:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(str(module), names):
                parts = [f"{module}.{alias.name}" for alias in names]
                yield from {part if path_of(part).is_file() else module for part in parts}


def path_of(module: str) -> Path:
    """The file of a module or a package of notegen."""
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
