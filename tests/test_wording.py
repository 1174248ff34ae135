"""Sentences have two homes: `errors/` for what is wrong, `reports.py` for what is said; nothing else composes one.

A sentence is a text of two words or more. None are what the code says to itself or to other programs: docstrings,
assertions, patterns, SQL, lists of words, and the values of a `Literal`. A command's help stands with the command.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.conftest import ROOT

PACKAGE = ROOT / "notegen"
HOMES = ("errors/", "reports.py")

NO_SENTENCES: Mapping[str, frozenset[str]] = {
    "cli/__init__.py": frozenset({"HELP_LINES"}),  # tests/cli/test_lazy.py holds it to the commands' own help
    "cli/new.py": frozenset({"_BUILT_IN", "_NOT_YET"}),  # what a new note begins with
    "dates.py": frozenset({"MONTHS"}),
    "encoder/folder.py": frozenset({"MANIFEST_FORMAT"}),
    "text/callout_kinds.py": frozenset({"CALLOUT_KINDS"}),
    "markdown/task.py": frozenset({"to do"}),  # said again in the language of the text by render/localize.py
    "model.py": frozenset(
        {
            "an empty card",
            "a file",
            "a group",
            "A drawing made with Excalidraw",
            "private note",
            "locked note",
        }
    ),  # templates/languages says them in each language
    "publish/git_branch.py": frozenset(
        {"_MOVED", "commit {}\ncommitter {} <{}> {} +0000\n"}
    ),  # what git says, and what it reads
    "publish/git_commands.py": frozenset({"_DEAF"}),
    "publish/rsync.py": frozenset({"_CONSEQUENCES"}),  # what rsync says
    "publish/served_as.py": frozenset({"public, max-age=31536000, immutable"}),
    "read/citations.py": frozenset({"et al."}),  # of a style of citations, in no language
    "read/logseq/graph.py": frozenset({"MMM do, yyyy"}),
    "month_names.py": frozenset({"_NAMES", "_WEEKDAYS"}),
    "read/logseq/title.py": frozenset({"MMM do, yyyy"}),
    "render/localize.py": frozenset({"_KEYS"}),
    "render/offline.py": frozenset({"any maskable"}),  # what an icon is for, in a manifest's words
    "render/sitemap.py": frozenset({"User-agent: *\nAllow: /\nSitemap: {}\n"}),
    "text/scripts.py": frozenset({"Thai and Lao"}),  # scripts, as the data file names them
}
"""By file, what is none: texts, and names of tables that hold such."""

# What a person sees at once, so that a single word is a message there.
_SHOWN = frozenset({"click.echo", "click.secho", "click.style", "on_info", "on_error"})
_CLICK_HELP = frozenset({"click.option", "click.argument", "click.command", "click.group"})
_SQL = re.compile(r"\s*(?:BEGIN|CREATE|DELETE|DROP|INSERT|PRAGMA|SELECT|UPDATE) ")
_TYPE = re.compile(r"[\w.\[\], ]+(?: \| [\w.\[\], ]+)+")
_WORD = re.compile(r"[“(`'\"]*[^\W\d_]+(?:[’'-][^\W\d_]+)*[.,;:!?)”`'\"…]*")


def test_no_sentence_is_composed_elsewhere() -> None:
    """The whole package, each place with its text."""
    assert stray_sentences(PACKAGE) == []


def test_a_sentence_that_is_composed_elsewhere_is_found(tmp_path: Path) -> None:
    """In a call, an exception, a table, and one word where it is shown; not what only looks like one."""
    (tmp_path / "reports.py").write_text('def gone() -> str:\n    return "it is gone"\n')
    (tmp_path / "one.py").write_text(
        '"""A module that says much."""\n'
        "import re\n"
        'FORMS = Literal["two words"]\n'
        'KINDS = "note link day".split()\n'
        'PATTERN = re.compile("two words")\n'
        'QUERY = "SELECT number FROM vectors"\n'
        'TABLE = {"a": "a text in quotes"}\n'
        "def go(name: str) -> None:\n"
        '    assert name, "this cannot be"\n'
        '    click.echo(f"  {name}  [{name}]")\n'
        '    click.echo("gone")\n'
        '    on_info(f"port {name} is taken")\n'
        '    kind = "two words"\n'
        '    raise ValueError(f"no {name} here")\n'
    )
    assert stray_sentences(tmp_path) == [
        "one.py:7: a text in quotes",
        "one.py:11: gone",
        "one.py:12: port {} is taken",
        "one.py:14: no {} here",
    ]


def stray_sentences(package: Path) -> list[str]:
    """Every sentence outside its home, by place."""
    files = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*.py"))}
    codes = {name: path.read_text("utf-8") for name, path in files.items()}
    trees = {name: ast.parse(code) for name, code in codes.items()}
    with_values = (tree for name, tree in trees.items() if "Literal[" in codes[name])
    values = frozenset(value for tree in with_values for value in literal_values(tree))
    return [
        f"{name}:{line}: {text.strip()}"
        for name, tree in trees.items()
        if not name.startswith(HOMES)
        for line, text, shown in sorted(texts_in(tree, NO_SENTENCES.get(name, frozenset())))
        if text not in values | NO_SENTENCES.get(name, frozenset()) and words_in(text) >= (1 if shown else 2)
    ]


def words_in(text: str) -> int:
    """How many words of a language the text has; none, for what is HTML, SQL or a type."""
    if text.lstrip().startswith("<") or _SQL.match(text) or _TYPE.fullmatch(text):
        return 0
    return sum(bool(_WORD.fullmatch(word)) for word in text.split())


def literal_values(tree: ast.AST) -> Iterator[str]:
    """What may stand in a `Literal[...]`: values, not sentences."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and name_of(node.value) == "Literal":
            for one in ast.walk(node.slice):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


def name_of(node: ast.AST) -> str:
    """The name that an expression is, such as `click.echo`; nothing for any other."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=owner, attr=name):
            return f"{name_of(owner)}.{name}"
    return ""


def texts_in(node: ast.AST, tables: frozenset[str], shown: bool = False) -> Iterator[tuple[int, str, bool]]:
    """Each text below a node that is more than code to itself: its line, the text, and whether it is shown as it is.

    What is filled into a text stands as `{}`.
    """
    if is_no_text(node, tables):
        return
    if isinstance(node, ast.JoinedStr):
        pieces = [str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values]
        yield node.lineno, "".join(pieces), shown
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                yield from texts_in(one.value, tables)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.lineno, node.value, shown
    else:
        arguments = isinstance(node, ast.Call) and name_of(node.func) in _SHOWN
        for child in ast.iter_child_nodes(node):
            yield from texts_in(child, tables, shown=arguments and not isinstance(child, ast.keyword))


def is_no_text(node: ast.AST, tables: frozenset[str]) -> bool:
    """Whether nothing below the node is said to anybody."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert():
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if (
            name in tables
        ):
            return True
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Call(func=ast.Attribute(attr="split", value=ast.Constant())):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re")) | ast.Name(id="regex")):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"))):
            return True
        case ast.Call(func=function) if name_of(function) in _CLICK_HELP:
            return True
    return False
