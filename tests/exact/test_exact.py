"""Numbers that are the same everywhere, and right: beside numpy's own, and beside whole numbers of any length."""

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.exact import (
    arc_sine,
    axes_of_rows,
    cosine_and_sine,
    cosines_of,
    even_kernel,
    exact_product,
    fine_product,
    gram_matrix,
    logarithm,
    logarithms,
    odd_kernel,
    principal_axes,
    round_rows,
    whole_rows,
)
from notegen.exact import axes as axes_module
from notegen.exact.products import FineFactor

RANDOM = np.random.default_rng(3)
BEGINNING = RANDOM.bit_generator.state


@pytest.fixture(autouse=True)
def _same_numbers() -> None:
    """Each test draws the same, whichever ran before it in this process."""
    RANDOM.bit_generator.state = BEGINNING


def unit_rows(count: int, size: int) -> NDArray[np.float64]:
    """Random directions, of which the first dimensions have most."""
    rows = RANDOM.normal(size=(count, size)) / np.sqrt(1 + np.arange(size))
    unit: NDArray[np.float64] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


@pytest.mark.parametrize("size", [2, 384, 4096])
def test_products_of_whole_rows_are_those_of_whole_numbers(size: int) -> None:
    """Also of rows that are nearly the same, whose sums are largest, and in every order of the dimensions."""
    rows = whole_rows(unit_rows(40, size))
    rows[20:] = whole_rows(np.full((20, size), size**-0.5))
    exact = rows.astype(np.int64) @ rows.astype(np.int64).T
    assert exact.max() < 1 << 24
    products = cosines_of(rows, rows)
    assert np.array_equal(products, exact.astype(np.float32) * np.float32(1 / 4000**2))
    mixed = RANDOM.permutation(size)
    assert cosines_of(rows[:, mixed], rows[:, mixed]).tobytes() == products.tobytes()
    some = rows[:, :500].astype(
        np.int64
    )  # all would take seconds without the product of floats that is tried here
    assert np.array_equal(gram_matrix(rows)[:500, :500], some.T @ some)


def test_rounding_twice_is_rounding_once_and_moves_cosines_little() -> None:
    """By a ten-thousandth, and never by one in a thousand."""
    rows = unit_rows(300, 384)
    rounded = round_rows(rows)
    assert round_rows(rounded).tobytes() == rounded.tobytes()
    # As they are read back from whole numbers, among which there is no negative zero.
    assert (whole_rows(rounded).astype(np.int16) / np.float32(4000)).tobytes() == rounded.tobytes()
    moved = np.abs(cosines_of(whole_rows(rows), whole_rows(rows)) - rows @ rows.T)
    assert np.median(moved) < 0.0001
    assert moved.max() < 0.001


def test_products_of_any_matrices_do_not_depend_on_order_and_are_right() -> None:
    """To a ten-thousandth of the lengths, or to some 22 bits; with empty ones, rows of nothing and large numbers."""
    left, right = RANDOM.normal(size=(50, 384)) * 1e3, RANDOM.normal(size=(384, 60))
    left[7] = 0
    mixed = RANDOM.permutation(384)
    lengths = np.linalg.norm(left, axis=1)[:, None] * np.linalg.norm(right, axis=0)
    for product, wrong in ((exact_product, 4e-4), (fine_product, 1e-6)):
        found = product(left, right)
        assert (np.abs(found - left @ right) <= wrong * lengths).all()
        if product is fine_product:
            assert found.tobytes() == product(left[:, mixed], right[mixed]).tobytes()
        assert product(left[:0], right).shape == (0, 60)
        assert product(left[:, :0], right[:0]).tolist() == np.zeros((50, 60)).tolist()


@pytest.mark.parametrize(("rows", "size", "count"), [(900, 96, 96), (900, 96, 10), (20, 96, 96), (1, 12, 12)])
def test_axes_are_those_of_lapack(rows: int, size: int, count: int) -> None:
    """Orthonormal, in the order of what rows differ by, as many as rows differ along; each with its sign."""
    gram = gram_matrix(whole_rows(unit_rows(rows, size)))
    axes = principal_axes(gram, count)
    assert axes.shape == (size, min(count, rows))
    assert np.abs(axes.T @ axes - np.eye(axes.shape[1])).max() < 1e-9
    variances, theirs = np.linalg.eigh(gram)
    assert (axes * (gram @ axes)).sum(axis=0) == pytest.approx(variances[::-1][: axes.shape[1]], rel=1e-6)
    assert np.abs((axes[:, 0] * theirs[:, -1]).sum()) == pytest.approx(1)
    assert (axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] > 0).all()


def test_eigenvalues_are_the_same_halved_towards_one_by_one_and_several_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """To the last bit, for one and for many."""
    gram = gram_matrix(whole_rows(unit_rows(60, 24)))
    several = [principal_axes(gram, count) for count in (1, 7)]
    monkeypatch.setattr(axes_module, "_HALVINGS_AT_ONCE", 1)
    for one in several:
        np.testing.assert_array_equal(principal_axes(gram, one.shape[1]), one)


def test_axes_of_equal_variance_and_of_nothing() -> None:
    """At right angles where all differ alike, none where nothing differs."""
    equal = principal_axes(np.eye(30), 30)
    assert np.abs(equal.T @ equal - np.eye(30)).max() < 1e-9
    assert principal_axes(np.zeros((30, 30)), 30).shape == (30, 0)


@pytest.mark.parametrize("sizes", [(1, 1), (3, 9), (20, 9), (21, 40)])
def test_axes_of_few_rows_are_found_by_their_own_products(sizes: tuple[int, int]) -> None:
    """The same as by products of columns, of rows of two kinds that count differently; none of no rows."""
    one, other = (whole_rows(unit_rows(size, 30)) for size in sizes)
    expected = principal_axes(gram_matrix(one) + 0.1 * gram_matrix(other), 30)
    found = axes_of_rows([(one, 1), (other, 0.1)], 30)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 1e-4
    assert axes_of_rows([(one[:0], 1), (other[:0], 0.1)], 30).shape == (30, 0)


def test_functions_are_right_to_the_last_digits() -> None:
    """Beside numpy's, whose own last digits depend on the processor."""
    values = RANDOM.random(2000) * 10.0 ** RANDOM.integers(-9, 9, 2000)
    assert logarithms(values) == pytest.approx(np.log(values), rel=1e-14, abs=1e-15)
    assert [logarithm(value) for value in values.tolist()] == logarithms(values).tolist()
    assert logarithm(1) == 0
    angles = (RANDOM.random(2000) - 0.5) * 30
    cosine, sine = cosine_and_sine(angles)
    assert cosine == pytest.approx(np.cos(angles), abs=2e-15)
    assert sine == pytest.approx(np.sin(angles), abs=2e-15)
    sines = np.append(RANDOM.random(2000), [0, 1])
    assert arc_sine(sines) == pytest.approx(np.arcsin(sines), abs=4e-15)


@pytest.mark.parametrize("odd", [False, True])
def test_a_convolution_is_the_sum_over_all_nodes(odd: bool) -> None:
    """By its definition, on a grid that is no square; nothing goes round the edges."""
    width, height = 21, 14
    grid = RANDOM.random((width, height))
    across, down = np.arange(width), np.arange(height)
    kernel = (across[:, None] if odd else 1) / (1 + across[:, None] ** 2 + down**2)
    kernel[-1] = 0
    expected = np.zeros_like(grid)
    for (x, y), mass in np.ndenumerate(grid):
        signs = np.sign(across - x)[:, None] if odd else 1
        expected += mass * signs * kernel[np.abs(across - x)][:, np.abs(down - y)]
    convolution = (odd_kernel if odd else even_kernel)(kernel)
    assert convolution.field(convolution.spread(grid)) == pytest.approx(expected, abs=1e-4)


def test_a_factor_multiplies_as_a_fine_product_does() -> None:
    """To the last bit, for what it is given after what."""
    random = np.random.default_rng(5)
    left = random.normal(size=(9, 30))
    factor = FineFactor(left)
    for right in (random.normal(size=(30, 4)), 1e-9 * random.normal(size=(30, 1)), np.zeros((30, 2))):
        np.testing.assert_array_equal(factor.times(right), fine_product(left, right))
