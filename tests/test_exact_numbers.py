"""No number that depends on a BLAS or on a mathematics library reaches a site.

Looks for the operators and functions whose last digit depends on the processor in the packages that calculate. What is
allowed is named with the reason; `notes/how-it-works/same-bytes.md` says what to use instead.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import ROOT

ROOMS = ("arrays.py", "drawing", "encoder", "exact", "graph", "render", "search", "semantic")

LIBRARY_FUNCTIONS = frozenset(
    "arccos arccosh arcsin arcsinh arctan arctan2 arctanh argpartition cbrt convolve corrcoef correlate cos cosh"
    " cov dot einsum exp exp2 expm1 fft hypot inner interp kron linalg log log10 log1p log2 matmul partition power"
    " sin sinh standard_normal normal tan tanh tensordot trapezoid vdot".split()
)
MATH_FUNCTIONS = LIBRARY_FUNCTIONS | {"acos", "asin", "atan", "atan2", "erf", "fsum", "pow", "sumprod"}

ALLOWED = {
    # Products of whole numbers.
    ("exact/products.py", "@"),
    # Sums of the products of whole rows, all below 2^24.
    ("semantic/related/pairs.py", "np.einsum"),
    # Of a number made different for every column.
    ("arrays.py", "np.argpartition"),
    # Whole sizes from a count: nowhere near a half, see `test_sizes_of_clusters_are_far_from_an_edge`.
    ("search/clusters.py", "**"),
    # A whole width, of a square with as many cells as a vector.
    ("render/parts/embedding_card.py", "**"),
    # A power of two, which is exact.
    ("exact/functions.py", "**"),
    ("exact/products.py", "**"),
    # Of the command line's search by the full model, which writes no site.
    ("search/engine.py", "@"),
}


def uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The lines and names of what depends on the processor."""
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.MatMult()) | ast.AugAssign(op=ast.MatMult()):
                yield node.lineno, "@"
            case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=int(power))) if 0 <= power <= 2:
                pass  # numpy multiplies, and so does Python for whole numbers
            case ast.BinOp(op=ast.Pow(), left=ast.Constant(value=int())):
                pass
            case ast.BinOp(op=ast.Pow()):
                yield node.lineno, "**"
            case ast.Attribute(value=ast.Name(id="np" | "random" as owner), attr=name) if (
                name in LIBRARY_FUNCTIONS
            ):
                yield node.lineno, f"{owner}.{name}"
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name in MATH_FUNCTIONS:
                yield node.lineno, f"math.{name}"
            case ast.ImportFrom(module="math", names=names):
                yield from (
                    (node.lineno, f"math.{each.name}") for each in names if each.name in MATH_FUNCTIONS
                )


def files() -> list[Path]:
    """All code that calculates."""
    package = ROOT / "notegen"
    return sorted(
        file
        for room in ROOMS
        for file in ([package / room] if "." in room else (package / room).rglob("*.py"))
    )


def test_no_number_depends_on_the_processor() -> None:
    """But those that are allowed, with their reasons, none of which is for code that is gone."""
    package, found, there = ROOT / "notegen", [], set()
    for file in files():
        name = str(file.relative_to(package))
        for line, use in uses(ast.parse(file.read_text("utf-8"))):
            there.add((name, use))
            if (name, use) not in ALLOWED:
                found.append(f"{name}:{line}: {use}")
    assert found == []
    assert there >= ALLOWED


@pytest.mark.parametrize(
    "code",
    [
        "a @ b",
        "a @= b",
        "np.log(a)",
        "np.linalg.norm(a)",
        "a ** 3",
        "x ** 0.5",
        "from math import exp",
        "math.pow",
    ],
)
def test_each_kind_is_found(code: str) -> None:
    """The search itself finds what it is to find."""
    assert len(list(uses(ast.parse(code)))) == 1


def test_sizes_of_clusters_are_far_from_an_edge() -> None:
    """Of any garden up to a million passages: a last digit more or less changes no whole number."""
    counts = np.arange(1, 1_000_001) / 4000
    for size in (48 * counts**0.3, 1600 * counts**0.1):
        assert np.abs(size - np.floor(size) - 0.5).min() > 1e-10
