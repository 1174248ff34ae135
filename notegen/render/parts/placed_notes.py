"""Notes with their places, as the scripts of the graph's and the map's page are given them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from notegen.model import NoteId, Url
from notegen.render.site import Site, link_to

GRID_STEPS = 4095
"""The square in which positions lie is this many steps wide in the page's data."""


def placed_notes(
    site: Site, page: Url, notes: Sequence[NoteId], positions: NDArray[np.float32]
) -> dict[str, object]:
    """The titles of notes, their addresses from the page, and their places from 0 to GRID_STEPS.

    Args:
        positions: (n, 2) from 0 to 1.
    """
    steps = np.rint(positions * GRID_STEPS).astype(int)
    return {
        "titles": [site.garden.notes[note].title for note in notes],
        "urls": [link_to(page, site.garden.urls[note]) for note in notes],
        "x": steps[:, 0].tolist(),
        "y": steps[:, 1].tolist(),
    }
