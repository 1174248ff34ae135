"""The map as a small picture on the home page: a dot a note, in the colour of its topic, drawn at build time."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from notegen.model import GardenMap

WIDTH, HEIGHT = 320, 232
MARGIN = 6
MAX_DOTS = 900
"""Dots of a thumbnail; of a larger garden every second, third… note is drawn, so that the page stays light."""


class MapThumbnail(Struct, frozen=True):
    """Dots as paths of lines without length, which round caps make round: the shortest way to write them."""

    width: int
    height: int
    paths: tuple[tuple[int, str], ...]
    """By topic, from 1: its number, which is that of its colour, and the path's `d`; by 0 those of no topic."""


def map_thumbnail_of(garden_map: GardenMap) -> MapThumbnail:
    """The thumbnail of a map; topics none of whose notes are drawn are left out."""
    return MapThumbnail(WIDTH, HEIGHT, tuple(_topic_paths(garden_map)))


def _topic_paths(garden_map: GardenMap) -> Iterator[tuple[int, str]]:
    step = -(-len(garden_map.notes) // MAX_DOTS)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    positions = np.rint(garden_map.positions[::step] * room + MARGIN).astype(int)  # (n, 2)
    topics = np.array(garden_map.topic_of[::step])
    for topic in range(-1, len(garden_map.topics)):
        dots = dict.fromkeys(map(tuple, positions[topics == topic].tolist()))
        if dots:
            yield topic + 1, "".join(f"M{x} {y}h0" for x, y in sorted(dots))
