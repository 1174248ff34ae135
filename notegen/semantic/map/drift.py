"""How the garden moved: its notes by period, each period with its mean vector and its shares of topics."""

from collections import defaultdict
from datetime import date
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from notegen.model import Drift, Garden, NoteId, Period, PeriodUnit

_MAX_PERIODS = 40  # that a picture has room for
_MIN_NOTES_A_PERIOD = 8  # on average: the mean of a few notes moves by chance alone


def drift_of(
    garden: Garden,
    notes: tuple[NoteId, ...],
    matrix: NDArray[np.float32],
    topic_of: NDArray[np.intp],
    topics: int,
) -> Drift | None:
    """The periods that have notes, oldest first; None when all notes are of one.

    Notes without a date are left out and counted.

    Args:
        matrix: (n, d) the notes' unit vectors.
        topic_of: (n,) the number of each note's topic, below `topics`.
    """
    days_of = {i: day for i, note in enumerate(notes) if (day := garden.notes[note].dating.day)}
    dated, days = list(days_of), list(days_of.values())
    unit = unit_for(days)
    members: defaultdict[date, list[int]] = defaultdict(list)
    for i, day in zip(dated, days, strict=True):
        members[start_of(day, unit)].append(i)
    if len(members) < 2:
        return None
    rows = matrix[dated].astype(np.float64)
    mean = rows.mean(axis=0)
    spread = float(((rows - mean) ** 2).sum(axis=1).sum() / (len(rows) - 1))
    periods = []
    before: tuple[NDArray[np.float64], int] | None = None
    for first, found in sorted(members.items()):
        here = matrix[found].astype(np.float64).mean(axis=0)
        shares = np.bincount(topic_of[found], minlength=topics) / len(found)
        periods.append(
            Period(
                first=first,
                notes=len(found),
                shares=tuple(float(share) for share in shares),
                moved=None if before is None else _length(here - before[0]),
                by_chance=None if before is None else sqrt(spread * (1 / len(found) + 1 / before[1])),
            )
        )
        before = here, len(found)
    return Drift(unit, tuple(periods), undated=len(notes) - len(dated), usual_distance=sqrt(2 * spread))


def _length(vector: NDArray[np.float64]) -> float:
    """Not numpy's own, which a BLAS adds up."""
    return sqrt(float((vector * vector).sum()))


def unit_for(days: list[date]) -> PeriodUnit:
    """The finest unit in which there are at most 40 periods, and eight notes or more in the average one."""
    for unit in ("month", "quarter", "year"):
        found = {start_of(day, unit) for day in days}
        if len(found) <= _MAX_PERIODS and len(days) >= _MIN_NOTES_A_PERIOD * len(found):
            return unit
    return "year"


def start_of(day: date, unit: PeriodUnit) -> date:
    """The first day of the period that the day is in."""
    match unit:
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, 1 + 3 * ((day.month - 1) // 3), 1)
        case "year":
            return date(day.year, 1, 1)
