"""The axes along which notes differ most, and where notes lie along them."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.exact import WHOLE, Whole, axes_by_shares, exact_product, gram_matrix, principal_axes, whole_rows


class Components(Struct, frozen=True, eq=False):
    """Axes through the middle of the rows that they were learned from, those along which these differ most first."""

    middle: NDArray[np.float64]  # (d,) in whole numbers, WHOLE to a unit
    axes: NDArray[np.float64]  # (d, a)

    def of(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Where unit rows (n, d) lie along each axis: (n, a)."""
        centred = (whole_rows(matrix) - self.middle) / WHOLE  # (n, d)
        return exact_product(centred, self.axes).astype(np.float64)


def learn_components(matrix: NDArray[np.float32], count: int) -> Components:
    """The first `count` axes of unit rows (n, d), at most as many as dimensions; zero where rows differ along fewer.

    An axis points to where its largest loading is positive.
    """
    whole = whole_rows(matrix)
    sums = whole.sum(axis=0, dtype=np.float64)
    middle = sums / max(1, len(whole))
    if len(whole) < whole.shape[1]:
        found = _axes_by_rows(whole, middle, count)
    else:
        found = principal_axes(len(whole) * gram_matrix(whole) - sums[:, None] * sums, count)
    axes = np.zeros((whole.shape[1], min(count, whole.shape[1])))
    axes[:, : found.shape[1]] = found  # (d, a)
    return Components(middle, axes)


def _axes_by_rows(whole: Whole, middle: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The same axes of few rows (n, d): their products have those of n numbers, and rows added up by these are theirs.

    Of 128 rows that is a fifth of the work of 384 dimensions.
    """
    size = len(whole)
    products = gram_matrix(np.ascontiguousarray(whole.T))  # (n, n) of whole numbers
    sums = products.sum(axis=0)
    about_middle = size * (size * products - sums[:, None] - sums) + sums.sum()
    shares = principal_axes(about_middle, count)  # (n, a)
    return axes_by_shares(whole - middle, shares)  # (d, a)


def principal_components(matrix: NDArray[np.float32], count: int) -> NDArray[np.float64]:
    """The rows' own first `count` components (n, count)."""
    return learn_components(matrix, count).of(matrix)
