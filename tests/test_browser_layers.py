"""Keeps the layers of the browser's code: a file imports from its own room or from rows above, never in a circle.

Types count as imports do: whoever reads a file must read what its types say.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath

from tests.support.files import write_files

BROWSER = Path(__file__).parent.parent / "browser"

# Top to bottom. A room is free inside, and in a row no room imports its neighbour.
ROWS = {
    "lib": "lib",
    "messages": "messages",
    "engine": "search/engine",
    "rooms": "canvas enhancements page search/dialog unlock",
    "scripts": ".",
}
"""The last row is what lies in `src` itself: the scripts that build.mjs makes, each of which stands alone."""

SHARED = frozenset({"../../notegen/text/characters.json", "../../notegen/text/times.json"})
"""Files outside of `src`, counted from it, that Python reads too."""

_IMPORT = re.compile(
    r"""^[ \t]*(?:import|export)\b(?:[\w\s{},*$]*\bfrom)?\s*["']([^"']+)["']  # static, for its types too, or re-export
    | \bimport\(\s*["']([^"']+)["']                                        # dynamic
    """,
    re.MULTILINE | re.VERBOSE,
)
_ENTRY = re.compile(r'in: "src/([^"]+)"')


@dataclass(frozen=True, slots=True)
class Import:
    """One import: `importer` and `target` are files counted from `src`; a library's name stays as it is written."""

    importer: str
    line: int
    target: str

    @property
    def place(self) -> str:
        """The file and line as a person names them."""
        return f"browser/src/{self.importer}:{self.line}"


def test_every_room_imports_only_from_rows_above() -> None:
    """All sources keep the rows, without a circle."""
    assert violations(BROWSER) == []


def test_rooms_in_the_wrong_order_are_reported(tmp_path: Path) -> None:
    """Neighbours, rows below, types, re-exports, imports over several lines and dynamic ones are all seen."""
    browser = tree(
        tmp_path,
        {
            "main.ts": 'import { startPage } from "./page/page.ts";\nimport type { Search } from "./search.ts";\n',
            "search.ts": "",
            "lib/dom.ts": '// import "../main.ts";\nexport * from "../messages/i18n.ts";\n',
            "messages/i18n.ts": 'import {\n  type A,\n  type B,\n} from "../search/engine/query.ts";\n',
            "page/page.ts": 'import "../lib/dom.ts";\nconst later = () => import("../canvas/graph.ts");\n',
            "search/engine/query.ts": 'import type { Menu } from "../dialog/a.ts";\n',
            "search/dialog/a.ts": 'import { parse } from "../../lib/dom.ts";\nimport { other } from "./other.ts";\n',
            "search/dialog/other.ts": "",
            "canvas/graph.ts": "",
        },
    )
    assert violations(browser) == [
        "browser/src/lib/dom.ts:2: `lib` (lib) imports `messages` (messages), not a row above",
        "browser/src/main.ts:2: a script imports the script `search.ts`, but each stands alone",
        "browser/src/messages/i18n.ts:1: `messages` (messages) imports `search/engine` (engine), not a row above",
        "browser/src/page/page.ts:2: `page` (rooms) imports `canvas` (rooms), not a row above",
        "browser/src/search/engine/query.ts:1: `search/engine` (engine) imports `search/dialog` (rooms),"
        " not a row above",
    ]


def test_a_circle_of_files_is_reported(tmp_path: Path) -> None:
    """Also within a room, and once, from its first file on."""
    browser = tree(
        tmp_path,
        {
            "main.ts": 'import "./page/b.ts";\n',
            "page/a.ts": '\nimport type { C } from "./c.ts";\n',
            "page/b.ts": 'import "./a.ts";\n',
            "page/c.ts": 'import "./b.ts";\n',
        },
    )
    assert violations(browser) == [
        "browser/src/page/a.ts:2: imports in a circle: page/a.ts, page/c.ts, page/b.ts, page/a.ts"
    ]


def test_what_is_in_no_row_is_reported(tmp_path: Path) -> None:
    """A new room needs a place, a file beside the rooms must be a script, and the page has no library.

    Of what lies elsewhere it reads only data that are named here.
    """
    browser = tree(
        tmp_path,
        {
            "main.ts": 'import { html } from "lit";\n',
            "helpers.ts": "",
            "utils/text.ts": "",
            "lib/dom.ts": 'import a from "../../../notegen/text/characters.json";\nimport b from "../../../b.json";\n',
        },
        scripts=("main.ts", "gone.ts"),
    )
    assert violations(browser) == [
        "browser/src/helpers.ts: lies beside the rooms and is no script of build.mjs",
        "browser/src/utils/text.ts: is in no room: place it in ROWS of tests/test_browser_layers.py",
        "browser/src/lib/dom.ts:2: imports `../../b.json`, which is no file of browser/src",
        "browser/src/main.ts:1: imports `lit`, which is no file of browser/src",
    ]


def tree(root: Path, files: Mapping[str, str], scripts: tuple[str, ...] = ("main.ts", "search.ts")) -> Path:
    """A folder like `browser` with these sources."""
    write_files(root / "src", files)
    (root / "build.mjs").write_text("".join(f'{{ in: "src/{script}" }},\n' for script in scripts), "utf-8")
    return root


def violations(browser: Path) -> list[str]:
    """What breaks the rules: files in no row, then imports by place, then circles."""
    source = browser / "src"
    files = sorted(file.relative_to(source).as_posix() for file in source.rglob("*.ts"))
    scripts = frozenset(_ENTRY.findall((browser / "build.mjs").read_text("utf-8")))
    found = [one for file in files for one in imports(source, file)]
    return [*unplaced(files, scripts), *upward_imports(found, frozenset(files)), *circles(found)]


def unplaced(files: list[str], scripts: frozenset[str]) -> Iterator[str]:
    """Files that the table does not place, and those beside the rooms that no script is made of."""
    for file in files:
        if room_of(file) == "." and file not in scripts:
            yield f"browser/src/{file}: lies beside the rooms and is no script of build.mjs"
        elif row_of(file) is None:
            yield f"browser/src/{file}: is in no room: place it in ROWS of tests/test_browser_layers.py"


def upward_imports(found: list[Import], files: frozenset[str]) -> Iterator[str]:
    """Imports of a neighbour, of a row below or of a library, in order of place."""
    order = list(ROWS)
    for one in found:
        here, there = room_of(one.importer), room_of(one.target)
        from_row, to_row = row_of(one.importer), row_of(one.target)
        if one.target in SHARED:
            continue
        if one.target not in files:
            yield f"{one.place}: imports `{one.target}`, which is no file of browser/src"
        elif here == there == ".":
            yield f"{one.place}: a script imports the script `{one.target}`, but each stands alone"
        elif from_row and to_row and here != there and order.index(to_row) >= order.index(from_row):
            yield f"{one.place}: `{here}` ({from_row}) imports `{there}` ({to_row}), not a row above"


def circles(found: list[Import]) -> Iterator[str]:
    """Circles of files that keep to the rows, each once."""
    targets: dict[str, list[Import]] = {}
    for one in found:
        if room_of(one.importer) == room_of(one.target):
            targets.setdefault(one.importer, []).append(one)
    done: set[str] = set()

    def walk(file: str, path: list[Import]) -> Iterator[str]:
        for one in targets.get(file, ()):
            ahead = [*path, one]
            begun = [step.importer for step in ahead]
            if one.target in begun:
                circle = begun[begun.index(one.target) :]
                yield f"{ahead[begun.index(one.target)].place}: imports in a circle: {', '.join([*circle, one.target])}"
            elif one.target not in done:
                yield from walk(one.target, ahead)
        done.add(file)

    for file in sorted(targets):
        if file not in done:
            yield from walk(file, [])


def imports(source: Path, file: str) -> Iterator[Import]:
    """Every import of a file, wherever it stands."""
    text = (source / file).read_text("utf-8")
    for match in _IMPORT.finditer(text):
        name = match[1] or match[2]
        target = _joined(PurePosixPath(file).parent, name) if name.startswith(".") else name
        yield Import(file, text.count("\n", 0, match.start()) + 1, target)


def _joined(folder: PurePosixPath, name: str) -> str:
    """The file that a relative name means from a folder."""
    return normpath(folder / name)


def room_of(file: str) -> str:
    """The folder that a file lies in; `.` beside the rooms."""
    return PurePosixPath(file).parent.as_posix()


def row_of(file: str) -> str | None:
    """The row of a file's room; None when the table has no such room."""
    return next((row for row, rooms in ROWS.items() if room_of(file) in rooms.split()), None)
