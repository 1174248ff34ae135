"""The axes along which rows differ most, without a LAPACK, whose last digits depend on the processor.

Householder's reflections make the matrix tridiagonal, bisection finds the largest eigenvalues, inverse iteration their
vectors, and the reflections turn these back. Every step adds and multiplies single numbers or whole rows in a fixed
order. For 384 dimensions it takes two to four times as long as LAPACK's.

Source:
    Golub and Van Loan, "Matrix Computations", 8.3 and 8.4; the count of eigenvalues by Sturm's sequence is Barth,
    Martin and Wilkinson's ("Calculation of the eigenvalues of a symmetric tridiagonal matrix", Numerische Mathematik 9,
    1967).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from notegen.exact.products import Whole, fine_product, gram_matrix

Values = NDArray[np.float64]

LEAST_VARIANCE = 1e-7
"""Axes along which rows differ by less, in parts of the widest, are left out: they are rounding, and many are equal."""

_BISECTIONS = 44  # halvings of the span of all eigenvalues
_HALVINGS_AT_ONCE, _OF_MANY = 4, 3
"""Halvings that are counted for together: what numpy takes for a call is more than what it takes for the numbers. For
384 eigenvalues three take two thirds of the time of one after the other, for 160 half."""
_MAX_FEW = 64
"""Eigenvalues that are no more than few."""
_SOLVES = 2  # of inverse iteration: after the second a vector has changed by rounding only
_CLOSE = 1e-6  # of the largest eigenvalue: vectors of eigenvalues that are closer are set at right angles
_SEED = 1


def axes_of_rows(kinds: Sequence[tuple[Whole, float]], count: int) -> Values:
    """Orthonormal columns (d, a) along which whole rows differ most, as `principal_axes` has them.

    Of fewer rows than columns the products of rows say as much as those of columns: rows added up by an axis of these
    products are an axis of theirs. Of 108 rows of 384 columns that is a twentieth of the work.

    Args:
        kinds: rows (n, d) of each kind, with how much their products count.
        count: at most so many axes.
    """
    if sum(len(rows) for rows, _ in kinds) >= kinds[0][0].shape[1]:
        return principal_axes(np.sum([weight * gram_matrix(rows) for rows, weight in kinds], axis=0), count)
    rows = np.concatenate([rows for rows, _ in kinds])
    weights = np.concatenate([np.full(len(rows), np.sqrt(weight)) for rows, weight in kinds])
    products = gram_matrix(np.ascontiguousarray(rows.T)) * weights[:, None] * weights
    return axes_by_shares(rows * weights[:, None], principal_axes(products, count))


def axes_by_shares(rows: Values, shares: Values) -> Values:
    """The axes (d, a) of rows (n, d) whose products have the axes `shares` (n, a)."""
    axes = fine_product(rows.T, shares)
    return _with_signs(axes / np.sqrt((axes * axes).sum(axis=0)))


def principal_axes(gram: Values, count: int) -> Values:
    """Orthonormal columns (d, a) along which rows differ most, the first most; each one's largest loading is positive.

    Args:
        gram: (d, d) the rows' products of columns, symmetric.
        count: at most so many; fewer where the rows differ along fewer.
    """
    largest = float(np.abs(gram).max(initial=0))
    if not largest or not count:
        return np.zeros((len(gram), 0))
    diagonal, beside, mirrors = _tridiagonal(gram / largest)
    found = _largest_eigenvalues(diagonal, beside, min(count, len(gram)))
    found = found[found > LEAST_VARIANCE * found[0]]
    return _with_signs(_turn_back(_eigenvectors(diagonal, beside, found), mirrors))


def _with_signs(axes: Values) -> Values:
    loadings = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    return axes * np.where(loadings < 0, -1.0, 1.0)


def _tridiagonal(matrix: Values) -> tuple[Values, Values, list[Values]]:
    """The diagonal (d,), what is beside it (d - 1,), and the unit vectors of the mirrors that make it so."""
    size = len(matrix)
    rest = matrix
    # What is left of the matrix lies in two places by turns, so that no step asks the system for memory.
    products, *places = (np.empty(size * size) for _ in range(3))
    diagonal, beside = np.empty(size), np.zeros(max(0, size - 1))
    mirrors = []
    for place in range(size - 1):
        diagonal[place] = rest[0, 0]
        column, rest = rest[1:, 0].copy(), rest[1:, 1:]
        length = float(np.sqrt((column * column).sum()))
        goal = -length if column[0] > 0 else length
        beside[place] = goal
        column[0] -= goal
        norm = float(np.sqrt((column * column).sum()))
        mirror = column / norm if norm else column
        mirrors.append(mirror)
        product, after = (one[: rest.size].reshape(rest.shape) for one in (products, places[place % 2]))
        turned = np.multiply(rest, mirror[:, None], out=product).sum(axis=0)
        turned -= (mirror * turned).sum() * mirror
        change = np.multiply((2 * mirror)[:, None], turned, out=product)
        rest = np.subtract(rest, change, out=after)
        rest -= change.T
    diagonal[-1] = rest[0, 0]
    return diagonal, beside, mirrors


def _largest_eigenvalues(diagonal: Values, beside: Values, count: int) -> Values:
    """The largest eigenvalues of a tridiagonal matrix, the largest first, all halved towards at once."""
    # What is beside the diagonal is never quite 0, so that no 0 is divided by 0.
    squares = np.maximum(beside * beside, 1e-300)
    reach = float((np.abs(diagonal) + np.append(np.abs(beside), 0) + np.append(0, np.abs(beside))).max())
    low, high = np.full(count, -reach), np.full(count, reach)
    above = np.arange(1, count + 1)  # eigenvalues that are at least the one looked for
    at_once = _HALVINGS_AT_ONCE if count <= _MAX_FEW else _OF_MANY
    with np.errstate(divide="ignore", over="ignore"):
        for start in range(0, _BISECTIONS, at_once):
            halvings = min(at_once, _BISECTIONS - start)
            middles = _middles(low, high, halvings)  # (2^halvings - 1, count)
            enough = _count_from(middles.ravel(), diagonal, squares).reshape(middles.shape) >= above
            node = np.zeros(count, np.intp)
            for _ in range(halvings):
                middle, upper = middles[node, np.arange(count)], enough[node, np.arange(count)]
                low, high = np.where(upper, middle, low), np.where(upper, high, middle)
                node = 2 * node + 1 + upper
    eigenvalues: Values = (low + high) / 2
    return eigenvalues


def _middles(low: Values, high: Values, halvings: int) -> Values:
    """The middles that halving may come to, as a tree: (2^halvings - 1, n), below row i the rows 2 i + 1 and 2 i + 2.

    All are counted from at once, since for few numbers numpy's calls take the time.
    """
    ends, rows = [(low, high)], []
    for _ in range(halvings):
        below = []
        for lower, upper in ends:
            middle = (lower + upper) / 2
            rows.append(middle)
            below += [(lower, middle), (middle, upper)]
        ends = below
    return np.stack(rows)


def _count_from(values: Values, diagonal: Values, squares: Values) -> NDArray[np.int64]:
    """How many eigenvalues are above each value: those of Sturm's quotients that are positive."""
    quotient = diagonal[0] - values
    count: NDArray[np.int64] = (quotient >= 0).astype(np.int64)
    term, is_above = np.empty_like(quotient), np.empty(len(values), np.bool_)
    for centre, square in zip(diagonal[1:].tolist(), squares.tolist(), strict=True):
        np.divide(square, quotient, out=term)
        np.subtract(centre, values, out=quotient)
        np.subtract(quotient, term, out=quotient)
        np.greater_equal(quotient, 0, out=is_above)
        count += is_above
    return count


def _eigenvectors(diagonal: Values, beside: Values, eigenvalues: Values) -> Values:
    """The unit eigenvectors (d, a) of a tridiagonal matrix, the columns by their eigenvalues."""
    size, count = len(diagonal), len(eigenvalues)
    vectors = np.random.default_rng(_SEED).random((size, count)) - 0.5
    solver = _Shifted(diagonal, beside, eigenvalues)
    runs = [0, *(np.flatnonzero(np.diff(eigenvalues) < -_CLOSE * eigenvalues[0]) + 1).tolist(), count]
    for _ in range(_SOLVES):
        vectors = _unit_columns(solver.solve(vectors))
        for start, end in pairwise(runs):
            if end - start > 1:
                vectors[:, start:end] = _at_right_angles(vectors[:, start:end])
    return vectors


class _Shifted:
    """The tridiagonal matrix less each of its eigenvalues, eliminated with pivots; all of them at once."""

    def __init__(self, diagonal: Values, beside: Values, eigenvalues: Values) -> None:
        size, count = len(diagonal), len(eigenvalues)
        self._pivots, self._next, self._second = (np.zeros((size, count)) for _ in range(3))
        self._factors = np.zeros((size, count))
        self._swapped = np.zeros((size, count), np.bool_)
        first, second = diagonal[0] - eigenvalues, np.full(count, beside[0] if size > 1 else 0.0)
        for place in range(size - 1):
            below, centre = float(beside[place]), diagonal[place + 1] - eigenvalues
            after = float(beside[place + 1]) if place + 2 < size else 0.0
            swapped = np.abs(first) < abs(below)
            pivot, other = np.where(swapped, below, first), np.where(swapped, first, below)
            pivot = np.where(pivot == 0, _TINY, pivot)
            factor = other / pivot
            self._pivots[place], self._factors[place], self._swapped[place] = pivot, factor, swapped
            self._next[place] = np.where(swapped, centre, second)
            self._second[place] = np.where(swapped, after, 0.0)
            first = np.where(swapped, second - factor * centre, centre - factor * second)
            second = np.where(swapped, -factor * after, after)
        self._pivots[-1] = np.where(np.abs(first) < _TINY, _TINY, first)

    def solve(self, right: Values) -> Values:
        """What each matrix gives its column of `right` (d, a) for, up to a factor."""
        values = right.copy()
        for place in range(len(values) - 1):
            here, there = values[place].copy(), values[place + 1]
            swapped = self._swapped[place]
            upper, lower = np.where(swapped, there, here), np.where(swapped, here, there)
            values[place], values[place + 1] = upper, lower - self._factors[place] * upper
        after, second = np.zeros(values.shape[1]), np.zeros(values.shape[1])
        for place in range(len(values) - 1, -1, -1):
            rest = values[place] - self._next[place] * after - self._second[place] * second
            values[place] = rest / self._pivots[place]
            after, second = values[place], after
        return values


_TINY = 1e-16
"""A pivot in place of 0, for entries up to 1."""


def _unit_columns(vectors: Values) -> Values:
    largest = np.abs(vectors).max(axis=0)
    vectors = vectors / np.where(largest > 0, largest, 1)
    lengths = np.sqrt((vectors * vectors).sum(axis=0))
    return vectors / np.where(lengths > 0, lengths, 1)


def _at_right_angles(vectors: Values) -> Values:
    """Gram and Schmidt's, each column less its parts along those before it, twice."""
    rows = vectors.T.copy()
    for place in range(len(rows)):
        for _ in range(2):
            before = rows[:place]
            along = (before * rows[place]).sum(axis=1)
            rows[place] -= (before * along[:, None]).sum(axis=0)
            rows[place] /= max(float(np.sqrt((rows[place] * rows[place]).sum())), 1e-300)
    return rows.T


def _turn_back(vectors: Values, mirrors: list[Values]) -> Values:
    turned = vectors.copy()
    for place in range(len(mirrors) - 1, -1, -1):
        mirror, part = mirrors[place][:, None], turned[place + 1 :]
        part -= (2 * mirror) * (mirror * part).sum(axis=0)
    return turned
