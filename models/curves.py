"""The two curves of the encoder, at every argument they can be given, with steps that keep clear of halves.

An exponential and GELU come from approximations that differ by processor in their last digits. Here both have few
arguments, and their values are rounded at once. So the scale of the rounding is chosen, out of many that are as good,
as the one with which no value lies near a half: then every approximation rounds to the same whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf

import numpy as np

_LEVELS = 255
_LEAST_ARGUMENT = -3.0  # of GELU: below it is -.004 at most
_REACHES = np.arange(6.9, 7.1, 0.0005)  # of GELU's argument and value: what is tried
_LEAST_VALUE = 0.17  # of GELU, with its sign turned
_SHARES = np.arange(250, 255.4, 0.005)  # steps to a whole share: what is tried

SAFE_EXP = 2e-6
"""How far an approximation of the exponential may be off, in parts of its value. Those of onnxruntime: 2e-7."""
SAFE_GELU = 1e-4
"""How far one of GELU may be off. Those of onnxruntime: 1e-6."""


@dataclass(frozen=True, slots=True)
class GeluSteps:
    """The bytes that go into GELU and come out: a number is step x (byte - zero)."""

    step_in: float
    zero_in: int
    step_out: float
    zero_out: int

    def margin(self) -> float:
        """The least change of a value that would round one of the 256 to another byte."""
        numbers = np.float32(self.step_in) * (np.arange(_LEVELS + 1) - self.zero_in).astype(np.float32)
        values = np.array([number * (1 + erf(number / 2**0.5)) / 2 for number in numbers.astype(np.float64)])
        return float(_from_half(values / np.float32(self.step_out)).min() * self.step_out)


def gelu_steps() -> GeluSteps:
    """Those of the widest margin.

    Raises:
        AssertionError: it is not wide enough.
    """
    candidates = []
    for reach in _REACHES:
        step_in, step_out = (reach - _LEAST_ARGUMENT) / _LEVELS, (reach + _LEAST_VALUE) / _LEVELS
        zeros = round(-_LEAST_ARGUMENT / step_in), round(_LEAST_VALUE / step_out)
        candidates.append(
            GeluSteps(float(np.float32(step_in)), zeros[0], float(np.float32(step_out)), zeros[1])
        )
    best = max(candidates, key=GeluSteps.margin)
    assert best.margin() > SAFE_GELU, best
    return best


def share_scale(unit: float) -> float:
    """What one step of a share is, of the greatest share of its token.

    Args:
        unit: scores, and so differences of scores, are whole multiples of it.

    Raises:
        AssertionError: every scale has a share too near a half.
    """
    best = max(_SHARES, key=lambda steps: share_margin(float(np.float32(1 / steps)), unit))
    scale = float(np.float32(1 / best))
    assert share_margin(scale, unit) > SAFE_EXP, scale
    return scale


def share_margin(scale: float, unit: float) -> float:
    """The least error, in parts of its value, that would round one of all possible shares to another step."""
    values = np.exp(-unit * np.arange(int(8 / unit))) / scale
    return float((_from_half(values) / values)[values > 0.25].min())


def _from_half(
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How far each is from the nearest number at which rounding changes."""
    return np.abs(values - np.floor(values) - 0.5)
