"""What docstrings and comments name exists: files, and what stands in backticks with a dot.

A file that was renamed and a function that went keep their old name in prose, where no compiler looks for it.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from notegen.bundled import bundled
from notegen.config import setting_names
from notegen.i18n.messages import read_messages
from tests.conftest import ROOT
from tests.support.statements import statements

CODE = [
    *sorted((ROOT / "notegen").rglob("*.py")),
    *sorted((ROOT / "browser/src").rglob("*.ts")),
    *sorted((ROOT / "templates").glob("*.html")),
    *sorted((ROOT / "templates").glob("*.css")),
    *sorted((ROOT / "bench").glob("*.py")),
    *sorted((ROOT / "models").glob("*.py")),
]
NOTES = sorted((ROOT / "notes/how-it-works").glob("*.md"))
FOLDERS = ("bench", "browser", "models", "notegen", "notes", "templates", "tests")
"""What a path begins with that is one from the top of the project."""

_SOURCE_FILE = re.compile(r"(?<![\w./*-])((?:[\w.-]+/)*[\w-]+\.(?:py|ts))\b")
_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")
_DOTTED = re.compile(r"(?<!`)`([a-zA-Z_]\w*(?:\.[a-zA-Z_]\w*)+)(?:\([^`]*\))?`(?!`)")
_EXAMPLES = frozenset({"a.py"})
_OTHER_FILES = re.compile(r".*\.(?:html|js|json|md|onnx|toml|max)")
"""Files of notes, sites, models and systems, which are none of the project's own."""
_OF_A_SITE = re.compile(r"notegen/(?:.*\b[0-9a-f]{8,12}\b.*|files\.txt)")
"""Files and folders of a site, whose own are named by a digest, and the list of its files."""
_LIBRARIES = frozenset({"date", "np", "str"})


def name_of(file: Path) -> str:
    """The file as a person names it."""
    return file.relative_to(ROOT).as_posix()


# -- files -----------------------------------------------------------------------------------------


def test_the_files_that_are_named_exist() -> None:
    """By a path from the top of the project, by the end of one, or by name alone."""
    named = {file: missing_files(file.read_text("utf-8")) for file in (*CODE, *NOTES)}
    # To tell prose from code takes long: only where something is missing, in whichever.
    missing = {name_of(file): missing_files(prose_of(file)) for file, names in named.items() if names}
    assert {name: files for name, files in missing.items() if files} == {}


def test_a_missing_file_is_found() -> None:
    """In code's prose or in backticks, a source file or a folder of the project."""
    text = "see `build.py`, render/site.py, browser/src/gone.ts and `tests/nowhere/`; `a.py` is an example"
    assert missing_files(text) == ["browser/src/gone.ts", "tests/nowhere"]


def missing_files(text: str) -> list[str]:
    """The files and folders that a text names and that are not in the project."""
    sources = [name for name in _SOURCE_FILE.findall(text) if name not in _EXAMPLES]
    paths = [path.rstrip("/") for path in _PATH.findall(text) if not _OF_A_SITE.fullmatch(path)]
    known = project_paths()
    return [
        *(name for name in sources if not any(path == name or path.endswith(f"/{name}") for path in known)),
        *(path for path in paths if path not in known and path not in sources),
    ]


@cache
def project_paths() -> frozenset[str]:
    """Every file and folder of the project's own folders, from its top, and the files at its top."""
    inside = (path for folder in FOLDERS for path in walk(ROOT / folder))
    return frozenset(name_of(path) for path in (*ROOT.iterdir(), *inside))


def walk(folder: Path) -> Iterator[Path]:
    """All below a folder but what is installed or made there."""
    for path in folder.iterdir():
        if path.name not in ("node_modules", "dist", "vendor", "__pycache__"):
            yield path
            if path.is_dir():
                yield from walk(path)


def prose_of(file: Path) -> str:
    """What a file says to people: docstrings and comments of Python, comments of the others, all of a note."""
    text = file.read_text("utf-8")
    match file.suffix:
        case ".py":
            tokens = tokenize.generate_tokens(io.StringIO(text).readline)
            comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
            return "\n".join([*comments, *docstrings_of(file)])
        case ".ts":
            return "\n".join(re.findall(r"(?<!:)//[^\n]*|/\*.*?\*/", text, re.DOTALL))
        case ".css":
            return "\n".join(re.findall(r"/\*.*?\*/", text, re.DOTALL))
        case ".html":
            return "\n".join(re.findall(r"\{#.*?#\}", text, re.DOTALL))
        case _:
            return text


@cache
def docstrings_of(file: Path) -> tuple[str, ...]:
    """Texts that stand alone: of modules, classes and functions, and under fields and constants."""
    texts = []
    for node in statements(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                texts.append(text)
    return tuple(texts)


# -- names with a dot ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named with a dot: the names in each module and class, and the names of parameters."""

    members: Mapping[str, set[str]] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()


def test_the_names_with_a_dot_exist() -> None:
    """`paths.href`, `Note.picture`, `search.semantic`: a module's or class's member, a setting, a message."""
    names = known_names()
    missing = {
        name_of(file): missing_names("\n".join(docstrings_of(file)), names)
        for file in sorted((ROOT / "notegen").rglob("*.py"))
        if missing_names(file.read_text("utf-8"), names)
    }
    assert {file: found for file, found in missing.items() if found} == {}


def test_a_missing_name_is_found() -> None:
    """A member that a module does not have, and a module that is not there; what a parameter has is not known."""
    names = Names({"paths": {"href"}, "Note": {"title"}}, frozenset({"garden"}))
    text = (
        "`paths.href` `paths.gone` `Note.title` `Note.body` `garden.any` `old.room.name` `x.html` `np.unique`"
    )
    assert missing_names(text, names) == ["paths.gone", "Note.body", "old.room.name"]


def missing_names(text: str, names: Names) -> list[str]:
    """The dotted names in backticks that nothing has."""
    settings = known_settings()
    return [
        name
        for name in _DOTTED.findall(text)
        if not _SOURCE_FILE.fullmatch(name) and not _OTHER_FILES.fullmatch(name) and name not in settings
        if not is_known(name, names)
    ]


@cache
def known_settings() -> frozenset[str]:
    """The settings and the messages, by name."""
    return frozenset({*setting_names(), *read_messages("en", [bundled("templates")])})


def is_known(name: str, names: Names) -> bool:
    """Whether the last part is a member of the one before it."""
    *_, owner, member = name.split(".")
    head = name.partition(".")[0]
    if head in names.parameters or head in _LIBRARIES:
        return True
    return member in names.members.get(owner, set())


def known_names() -> Names:
    """The names of the whole package."""
    members: dict[str, set[str]] = {}
    parameters: set[str] = set()
    for file in sorted((ROOT / "notegen").rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        members.setdefault(file.parent.name if file.stem == "__init__" else file.stem, set()).update(
            defined(tree)
        )
        for node in statements(tree):
            if isinstance(node, ast.ClassDef):
                members.setdefault(node.name, set()).update(defined(node))
            elif isinstance(node, ast.FunctionDef):
                parameters.update(one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg))
    return Names(members, frozenset(parameters))


def defined(owner: ast.Module | ast.ClassDef) -> Iterator[str]:
    """What a module or class defines: functions, classes, constants and fields."""
    for node in owner.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
