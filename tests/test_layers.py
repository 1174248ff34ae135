"""Keeps the layers: a module imports only from rows above its own, so a stage never imports another stage.

Each outside library has one owner, so that replacing it touches one place.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.files import write_files
from tests.support.statements import statements

PACKAGE = Path(__file__).parent.parent / "notegen"

# Top to bottom. In a row nothing imports a neighbour; a package (`read/`) counts as one and is free inside.
ROWS = {
    "root": "__init__",
    "patterns": "regex",
    "bytes": "metadata packed",
    "data": "arrays colours exact model month_names targets",
    "words": "errors toml_places toml_repair written_link",
    "reports": "reports",
    "settings": "config",
    "rules": "bundled clock cycles dates free_memory git groups paths settings_files temporary text timing",
    "cache": "cache",
    "workers": "workers",
    "stamps": "stamps",
    "page data": "page_data theme_folder",
    "notes": "read",
    "translation": "i18n",
    "outside": "drawing encoder encrypt markdown theme write",
    "kept": "kept_digests last_build merge_caches note_memory sealed_cache",
    "kept stamps": "kept_stamps",
    "stages": "audit check feeds graph link lock parse render search semantic",
    "context": "context",
    "read ahead": "read_ahead",
    "insights": "insights inspection load made_site",
    "second process": "history second_work",
    "site": "make_site",
    "locked site": "locked_site",
    "live garden": "live_garden",
    "build": "book build",
    "edges": "cluster mcp publish serve",
    "command line": "cli",
    "start": "__main__",
}

# Arrays and structs are the data that stages hand to each other.
SHARED_LIBRARIES = frozenset({"msgspec", "numpy"})


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement: `target` is a module or package of notegen (`ours`), or an outside library."""

    place: str
    importer: str
    target: str
    ours: bool


def test_every_module_imports_only_from_rows_above() -> None:
    """The whole package keeps the rows and the owners of libraries."""
    assert violations(PACKAGE) == []


def test_a_stage_that_imports_a_stage_is_reported(tmp_path: Path) -> None:
    """Neighbours, rows below, and imports inside functions or by a relative name are all seen."""
    package = tree(
        tmp_path,
        {
            "__init__.py": "__version__ = '1'\n",
            "model.py": "from notegen import __version__, build\n",
            "link.py": "from notegen.parse import parse_note\n",
            "parse.py": "def parse_note():\n    from .build import build\n",
            "build.py": "import notegen.link\nfrom . import parse\n",
        },
    )
    assert violations(package) == [
        "notegen/link.py:1: `link` (stages) imports `parse` (stages), not a row above",
        "notegen/model.py:1: `model` (data) imports `build` (build), not a row above",
        "notegen/parse.py:2: `parse` (stages) imports `build` (build), not a row above",
    ]


def test_a_package_is_free_inside_and_one_importer_outside(tmp_path: Path) -> None:
    """Files of one package import each other and share a library; beyond it the rows count."""
    package = tree(
        tmp_path,
        {
            "read/__init__.py": "from notegen.read.decode import decode\nimport yaml\n",
            "read/decode.py": "import yaml.nodes\nfrom . import matter\nfrom ..theme import load\n",
            "read/matter.py": "",
            "theme.py": "",
        },
    )
    assert violations(package) == [
        "notegen/read/decode.py:3: `read` (notes) imports `theme` (outside), not a row above",
    ]


def test_a_library_with_two_owners_is_reported(tmp_path: Path) -> None:
    """The standard library, msgspec and numpy belong to everyone, any other library to one module or package."""
    package = tree(
        tmp_path,
        {
            "render.py": "import json\nimport numpy as np\nfrom jinja2 import Environment\n",
            "theme.py": "import numpy.typing\nimport jinja2.ext\n",
        },
    )
    assert violations(package) == [
        "`jinja2` has more than one owner: `render` (notegen/render.py:3), `theme` (notegen/theme.py:2)",
    ]


def test_a_module_in_no_row_is_reported(tmp_path: Path) -> None:
    """A new module needs a place in the table before it can be judged."""
    package = tree(tmp_path, {"utilities.py": "import notegen.model\n", "model.py": ""})
    assert violations(package) == [
        "notegen/utilities.py: `utilities` is in no row: place it in ROWS of tests/test_layers.py",
    ]


def tree(root: Path, files: dict[str, str]) -> Path:
    """A package called notegen under `root` with these files."""
    package = root / "notegen"
    write_files(package, files)
    return package


def violations(package: Path) -> list[str]:
    """What breaks the rules: modules in no row, then imports by place, then libraries by name."""
    row_of = {module: row for row, modules in ROWS.items() for module in modules.split()}
    files = sorted(package.rglob("*.py"))
    found = list(imports(package, files))
    return [
        *unplaced_modules(package, files, row_of),
        *upward_imports(found, row_of),
        *shared_libraries(found),
    ]


def unplaced_modules(package: Path, files: list[Path], row_of: dict[str, str]) -> Iterator[str]:
    """Modules that the table does not name, one sentence each."""
    unplaced = {unit_of(package, file): place_of(package, file) for file in reversed(files)}
    for unit, place in sorted(unplaced.items()):
        if unit not in row_of:
            yield f"{place}: `{unit}` is in no row: place it in ROWS of tests/test_layers.py"


def upward_imports(found: list[Import], row_of: dict[str, str]) -> Iterator[str]:
    """Imports of a neighbour or of a row below, in order of place."""
    order = list(ROWS)
    for one in found:
        if not one.ours or one.importer == one.target or not {one.importer, one.target} <= row_of.keys():
            continue
        from_row, to_row = row_of[one.importer], row_of[one.target]
        if order.index(to_row) >= order.index(from_row):
            what = f"`{one.importer}` ({from_row}) imports `{one.target}` ({to_row})"
            yield f"{one.place}: {what}, not a row above"


def shared_libraries(found: list[Import]) -> Iterator[str]:
    """Libraries that more than one module or package imports, with the first place in each."""
    owners: dict[str, dict[str, str]] = {}
    for one in found:
        if not one.ours and one.target not in SHARED_LIBRARIES | sys.stdlib_module_names:
            owners.setdefault(one.target, {}).setdefault(one.importer, one.place)
    for library, places in sorted(owners.items()):
        if len(places) > 1:
            importers = ", ".join(f"`{unit}` ({place})" for unit, place in sorted(places.items()))
            yield f"`{library}` has more than one owner: {importers}"


def imports(package: Path, files: list[Path]) -> Iterator[Import]:
    """Every import of these files, wherever in the file it stands."""
    for file in files:
        unit = unit_of(package, file)
        for node in statements(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                place = f"{place_of(package, file)}:{node.lineno}"
                for name in imported_names(node, file.relative_to(package.parent)):
                    library, _, rest = name.partition(".")
                    if library == package.name:
                        yield Import(place, unit, target_in(package, rest), ours=True)
                    else:
                        yield Import(place, unit, library, ours=False)


def imported_names(node: ast.Import | ast.ImportFrom, file: Path) -> list[str]:
    """The full dotted names that a statement in `file` (relative to the package's parent) imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    # One dot is the folder of the file, each further dot its parent.
    folder = file.parts[: len(file.parts) - node.level] if node.level else ()
    origin = ".".join([*folder, *([node.module] if node.module else [])])
    return [f"{origin}.{alias.name}" for alias in node.names]


def target_in(package: Path, rest: str) -> str:
    """The module or package of ours that a dotted name leads to; a name that is no file is the root's own."""
    first = rest.partition(".")[0]
    return first if (package / first).is_dir() or (package / f"{first}.py").is_file() else "__init__"


def unit_of(package: Path, file: Path) -> str:
    """The module or package directly under notegen that the file belongs to."""
    return file.relative_to(package).parts[0].removesuffix(".py")


def place_of(package: Path, file: Path) -> str:
    """The file as a person names it: `notegen/read/decode.py`."""
    return file.relative_to(package.parent).as_posix()
