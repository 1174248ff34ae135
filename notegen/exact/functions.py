"""Logarithms and angles by series: a mathematics library gives last digits that depend on the processor."""

from math import frexp, pi
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_Number = TypeVar("_Number", float, NDArray[np.float64])

_LN2 = 0.6931471805599453
_ROOT_HALF = 0.7071067811865476
_LOGARITHM_TERMS = 11  # of the series in squares up to .0295: what follows is below 1e-17
_ANGLE_TERMS = 9  # of the series of sine and cosine up to a quarter of pi
_ARC_TERMS = 12  # of the series of the arc tangent up to a sixteenth of pi
_ARC_HALVINGS = 2


def logarithms(values: Values) -> Values:
    """The natural logarithms of positive numbers."""
    mantissas, exponents = np.frexp(np.asarray(values, np.float64))
    low = mantissas < _ROOT_HALF
    mantissas = np.where(low, 2 * mantissas, mantissas)
    return (exponents - low) * _LN2 + _near_one(mantissas)


def logarithm(value: float) -> float:
    """The natural logarithm of one positive number, the same to the last bit as in an array."""
    mantissa, exponent = frexp(value)
    if mantissa < _ROOT_HALF:
        mantissa, exponent = 2 * mantissa, exponent - 1
    return exponent * _LN2 + _near_one(mantissa)


def _near_one(values: _Number) -> _Number:
    """Logarithms of numbers from the root of a half to the root of two: 2 artanh((v - 1) / (v + 1))."""
    ratio = (values - 1) / (values + 1)
    square = ratio * ratio
    total = square * 0.0
    for term in range(_LOGARITHM_TERMS, 0, -1):
        total = (total + 1 / (2 * term + 1)) * square
    return 2 * ratio * (1 + total)


def cosine_and_sine(angles: Values) -> tuple[Values, Values]:
    """The cosines and sines of angles of a few turns at most."""
    quarters = np.rint(angles / (pi / 2))
    rest = angles - quarters * (pi / 2)
    square = rest * rest
    cosine, sine = np.zeros_like(rest), np.zeros_like(rest)
    for term in range(_ANGLE_TERMS, 0, -1):
        cosine = (cosine + 1) * square / -(2 * term * (2 * term - 1))
        sine = (sine + 1) * square / -(2 * term * (2 * term + 1))
    cosine, sine = cosine + 1, (sine + 1) * rest
    quarter = quarters.astype(np.int64) % 4
    return (
        np.choose(quarter, [cosine, -sine, -cosine, sine]),
        np.choose(quarter, [sine, cosine, -sine, -cosine]),
    )


def arc_sine(values: Values) -> Values:
    """The angles of sines from 0 to 1."""
    tangent = values / (1 + np.sqrt(np.maximum(0, 1 - values * values)))  # of half the angle
    for _ in range(_ARC_HALVINGS):
        tangent = tangent / (1 + np.sqrt(1 + tangent * tangent))
    square = tangent * tangent
    total = np.zeros_like(tangent)
    for term in range(_ARC_TERMS, 0, -1):
        total = (total + 1 / (2 * term + 1)) * -square
    result: Values = 2.0 ** (1 + _ARC_HALVINGS) * tangent * (1 + total)
    return result
