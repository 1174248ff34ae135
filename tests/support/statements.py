"""The statements of a Python file, without the expressions in them, of which there are ten times as many."""

import ast
from collections.abc import Iterator


def statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Every statement, however deep, each after the one that it stands in."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        for name in ("finalbody", "orelse", "handlers", "cases", "body"):
            waiting += reversed(getattr(node, name, ()))
