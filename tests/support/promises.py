"""What the README promises, and the tests that hold it: `python -m tests.support.promises` prints the table.

The promises are read from the README itself: its first paragraph and its numbered list, clause by clause, where a
comma, a semicolon or a full stop ends a clause. A test says what it holds by quoting it, as in
`@pytest.mark.promise("search too")`; a quote may be part of a clause, or run over several.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.statements import statements

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"

_ITEM = re.compile(r"^\d+\. (.*)$", re.MULTILINE)
_TITLE = re.compile(r"\*\*([^*]+\.)\*\* ")
_MARKUP = re.compile(r"\*\*|`|\]\([^)]*\)|\[")
_END = re.compile(r"[,;.](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence or some that belong together, as plain text; `clauses` are the places of its parts in it."""

    text: str
    clauses: tuple[slice, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a test says that it holds; `test` is the test's name as pytest takes it."""

    text: str
    test: str


def promises_of(readme: str) -> list[Promise]:
    """The promises in order; a title in bold, which ends in a full stop, is a part of the text but no clause."""
    paragraph = readme.split("\n\n")[1]
    return [_promise(" ".join(paragraph.split())), *(_promise(found[1]) for found in _ITEM.finditer(readme))]


def quotes_in(tests: Path) -> list[Quote]:
    """All quotes in the tests of the folder, in order of file and line; nothing is run."""
    return [
        Quote(text, f"{file.relative_to(tests.parent).as_posix()}::{function.name}")
        for file in sorted(tests.rglob("test_*.py"))
        if "promise" in (source := file.read_text("utf-8"))
        for function in statements(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for text in _quotes_of(function)
    ]


def holders_of(promise: Promise, quotes: Iterable[Quote]) -> Mapping[str, Sequence[str]]:
    """Each clause with the tests that quote it, or part of it."""
    places = [
        (quote.test, found.start(), found.end())
        for quote in quotes
        for found in re.finditer(re.escape(quote.text), promise.text)
    ]
    return {
        promise.text[clause]: [
            test for test, start, end in places if start < clause.stop and end > clause.start
        ]
        for clause in promise.clauses
    }


def faults(promises: Sequence[Promise], quotes: Sequence[Quote]) -> list[str]:
    """Clauses that no test holds, and tests that quote what is not promised; a line each."""
    unheld = [
        f"no test holds `{clause}`"
        for promise in promises
        for clause, tests in holders_of(promise, quotes).items()
        if not tests
    ]
    stray = [
        f"{quote.test} quotes `{quote.text}`, which the README does not promise"
        for quote in quotes
        if not any(quote.text in promise.text for promise in promises)
    ]
    return unheld + stray


def table(promises: Iterable[Promise], quotes: Sequence[Quote]) -> Iterator[str]:
    """The lines of a Markdown table: each clause and the tests that hold it."""
    yield "| promise | held by |"
    yield "|---|---|"
    for promise in promises:
        for clause, tests in holders_of(promise, quotes).items():
            yield f"| {clause} | {'<br>'.join(f'`{test}`' for test in tests)} |"


def _promise(written: str) -> Promise:
    title = _TITLE.match(written)
    start = len(title[1]) + 1 if title else 0
    text = _MARKUP.sub("", written)
    clauses = []
    for end in _END.finditer(text, start):
        clauses.append(slice(start, end.start()))
        start = end.end()
    return Promise(text, tuple(clauses))


def _quotes_of(function: ast.FunctionDef) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.promise":
            yield from (str(ast.literal_eval(argument)) for argument in decorator.args)


if __name__ == "__main__":
    print("\n".join(table(promises_of(README.read_text("utf-8")), quotes_in(ROOT / "tests"))))
