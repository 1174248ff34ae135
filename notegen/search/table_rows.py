"""The rows of a query table in the encoder's space, some at a time.

All together they are four times as large as the table, 47 MB of one of 30,522 tokens, and who takes them goes through
them once or twice.
"""

from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from notegen.exact import exact_product
from notegen.model import QueryTable


class Rows(Protocol):
    """Rows (v, D) that are made where they are asked for, or an array of them."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, places: slice, /) -> NDArray[np.float32]:
        """Some of them."""


class TableRows(Struct, frozen=True, eq=False):
    """The rows (v, D) of a table, of which some were moved."""

    table: QueryTable
    numbers: NDArray[np.int64]  # (u,) of the rows that were moved, ascending
    moved: NDArray[np.float32]  # (u, D) these rows

    def __len__(self) -> int:
        return len(self.table.rows)

    def __getitem__(self, places: slice, /) -> NDArray[np.float32]:
        wanted = np.arange(len(self))[places]
        rows = float_rows(self.table, wanted)
        is_moved = np.isin(wanted, self.numbers, assume_unique=True)
        if is_moved.any():
            rows[is_moved] = self.moved[np.searchsorted(self.numbers, wanted[is_moved])]
        return rows


class TurnedRows(Struct, frozen=True, eq=False):
    """Every `step`th of some rows (v, D), turned to axes (D, a)."""

    rows: Rows
    axes: NDArray[np.float32]
    step: int = 1

    def __len__(self) -> int:
        return -(-len(self.rows) // self.step)

    def __getitem__(self, places: slice, /) -> NDArray[np.float32]:
        start, stop, step = places.indices(len(self))
        return exact_product(self.rows[start * self.step : stop * self.step : step * self.step], self.axes)


def float_rows(table: QueryTable, numbers: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
    """The table's rows of these numbers (r, D), all when None, in the encoder's space; not shared with the table."""
    chosen = slice(None) if numbers is None else numbers
    rows = table.rows[chosen] * table.scales[chosen, None]
    return np.asarray(rows if table.rotation is None else exact_product(rows, table.rotation.T), np.float32)
