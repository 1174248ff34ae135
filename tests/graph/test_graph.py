"""The graph of a garden: who is linked, who is most linked, and positions that show it."""

import pickle
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from notegen.cache import VectorCache, open_cache
from notegen.graph import graph_of
from notegen.graph.forces import Positions, _repulsion, settle
from notegen.graph.layout import lay_out
from notegen.paths import CACHE_FILE
from tests.support.gardens import grow

T = TypeVar("T")


def rings(count: int, size: int) -> NDArray[np.int32]:
    """That many closed rings of notes, without a link between them."""
    return np.array(
        sorted(
            (min(a, b), max(a, b))
            for ring in range(count)
            for a, b in ((ring * size + i, ring * size + (i + 1) % size) for i in range(size))
        ),
        np.int32,
    )


def spread(positions: NDArray[np.float32]) -> float:
    """How far the positions are from their middle, on average."""
    return float(np.linalg.norm(positions - positions.mean(axis=0), axis=1).mean())


def test_the_most_linked_note_comes_first_and_each_pair_once() -> None:
    """Links both ways are one pair; links to a day, to itself and twice are none or one."""
    garden = grow(
        {
            "Hub.md": "# Hub\n\n[[a]] and [[a]] and [[2024-01-01]] and [[Hub]].",
            "a.md": "[[Hub]]",
            "b.md": "[[Hub]]",
            "c.md": "alone",
        }
    )
    graph = graph_of(garden)
    assert graph.notes == ("Hub.md", "a.md", "b.md", "c.md")
    assert graph.links.tolist() == [[0, 1], [0, 2]]
    assert graph.inward == (2, 1, 0, 0)
    assert graph.outward == (1, 1, 1, 0)


def test_no_notes_and_no_links_are_drawn_too() -> None:
    """Nothing, one note in the middle, and three without links apart from each other."""
    none = np.zeros((0, 2), np.int32)
    assert lay_out(0, none).shape == (0, 2)
    assert lay_out(1, none).tolist() == [[0.5, 0.5]]
    assert len({tuple(place) for place in lay_out(3, none).tolist()}) == 3


def test_the_same_links_give_the_same_positions() -> None:
    """Byte for byte: a site is the same for the same notes."""
    links = rings(2, 30)
    assert lay_out(60, links).tobytes() == lay_out(60, links).tobytes()


def test_positions_lie_in_the_square_and_components_apart() -> None:
    """Of four rings each is closer together than all are."""
    positions = lay_out(80, rings(4, 20))
    assert positions.min() >= 0
    assert positions.max() <= 1
    assert positions.max() - positions.min() > 0.9
    for ring in range(4):
        assert spread(positions[ring * 20 : ring * 20 + 20]) < 0.6 * spread(positions)


def shape(kind: str, count: int) -> NDArray[np.int32]:
    """The links of so many notes: a path, a star, or two groups with one link between them."""
    half = count // 2
    links = {
        "path": [(i, i + 1) for i in range(count - 1)],
        "star": [(0, i) for i in range(1, count)],
        "groups": [
            *((a, b) for a in range(half) for b in range(a + 1, half)),
            *((a, b) for a in range(half, count) for b in range(a + 1, count)),
            (0, half),
        ],
    }
    return np.array(sorted(links[kind]), np.int32)


@pytest.mark.parametrize("count", [4, 5, 7, 12, 13])
def test_few_notes_are_drawn_by_their_links_too(count: int) -> None:
    """A path from one end to the other, a star around its middle, two groups apart: no ring for all of them."""
    path = lay_out(count, shape("path", count)).astype(float)
    step = np.linalg.norm(path[1:] - path[:-1], axis=1)
    others = np.linalg.norm(path[2:] - path[:-2], axis=1)
    assert (np.minimum(others, 1) > np.maximum(step[1:], step[:-1])).all()
    star = lay_out(count, shape("star", count)).astype(float)
    assert float(np.linalg.norm(star[0] - star[1:].mean(axis=0))) < 0.15
    for places in (path, star):
        ways = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(count)
        assert float(ways.min()) > 0.05


@pytest.mark.parametrize("count", [6, 8, 12])
def test_two_groups_of_few_notes_are_two_groups(count: int) -> None:
    """Each note's nearest is one of its own group."""
    places = lay_out(count, shape("groups", count)).astype(float)
    ways = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(count)
    half = count // 2
    assert [int(near) >= half for near in ways.argmin(axis=1)] == [note >= half for note in range(count)]


def test_linked_notes_stand_closer_than_others() -> None:
    """Two dense groups with one link between them are two groups in the picture."""
    group = [(a, b) for a in range(20) for b in range(a + 1, 20)]
    links = np.array([*group, (0, 20), *((a + 20, b + 20) for a, b in group)], np.int32)
    positions = lay_out(40, links)
    apart = np.linalg.norm(positions[:20].mean(axis=0) - positions[20:].mean(axis=0))
    assert spread(positions[:20]) < 0.5 * float(apart)


@pytest.mark.parametrize("side", [64, 128])
def test_repulsion_by_convolution_is_that_of_all_pairs(side: int) -> None:
    """Where nodes are cells apart, both ways agree within a few hundredths."""
    random = np.random.default_rng(3)
    positions = random.uniform(0, 10, (30, 2))
    mass = random.uniform(1, 4, 30)
    way = positions[:, None] - positions[None]  # (n, n, 2)
    square = (way**2).sum(axis=2)
    cell = 10 / side
    far = np.array([(row[row > 0] > (3 * cell) ** 2).all() for row in square])
    np.fill_diagonal(square, np.inf)
    exact = (way / square[:, :, None] * mass[None, :, None]).sum(axis=1)
    assert far.sum() > 10
    np.testing.assert_allclose(
        _repulsion(positions, mass, side)[far], exact[far], atol=0.06 * np.abs(exact).max()
    )


def neighbours_nearest(positions: NDArray[np.float64], links: NDArray[np.int32]) -> float:
    """Of each node's k neighbours, the share that are among the k nodes nearest to it, on average."""
    ways = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(ways, np.inf)
    ranks = ways.argsort(axis=1).argsort(axis=1)
    degree = np.bincount(links.ravel(), minlength=len(positions))
    near = [ranks[here, there] < degree[here] for here, there in (*links.tolist(), *links[:, ::-1].tolist())]
    ends = np.concatenate([links[:, 0], links[:, 1]])
    return float((np.bincount(ends, near, len(positions)) / np.maximum(degree, 1)).mean())


def test_repulsion_of_some_rounds_ago_draws_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found anew once nodes may have moved by some cells, neighbours stand as near as when it is in each round."""
    random = np.random.default_rng(4)
    pairs = {
        (group * 20 + a, group * 20 + b) for group in range(15) for a, b in random.integers(0, 20, (60, 2))
    }
    pairs |= {(number, number + 1) for number in range(299)}
    links = np.array(sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}), np.int32)
    counted: list[int] = []

    def count(positions: Positions, mass: NDArray[np.float64], side: int) -> Positions:
        counted.append(side)
        return _repulsion(positions, mass, side)

    monkeypatch.setattr("notegen.graph.forces._repulsion", count)
    seldom = neighbours_nearest(settle(300, links), links)
    few = len(counted)
    monkeypatch.setattr("notegen.graph.forces._STALE", 0)
    each = neighbours_nearest(settle(300, links), links)
    assert few < (len(counted) - few) / 3
    assert seldom > each - 0.03


def test_one_node_stays_in_the_middle() -> None:
    """A piece of one has no forces."""
    assert settle(1, np.zeros((0, 2), np.int32)).tolist() == [[0.0, 0.0]]


def test_positions_are_remembered_for_as_long_as_the_links_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else changes; a link more, and they are found anew. What is no positions is not taken for them."""
    drawn: list[int] = []

    def counted(count: int, links: NDArray[np.int32]) -> NDArray[np.float32]:
        drawn.append(count)
        return lay_out(count, links)

    monkeypatch.setattr("notegen.graph.lay_out", counted)
    garden = grow({"a": "[[b]]", "b": "[[c]]", "c": "", "d": ""})
    with open_cache(tmp_path) as cache:
        first = graph_of(garden, cache).positions()
        same = graph_of(grow({"a": "[[b]] and more", "b": "[[c]]", "c": "", "d": ""}), cache).positions()
        assert drawn == [4]
        assert np.array_equal(first, same)
        assert np.array_equal(first, graph_of(garden).positions())
        graph_of(grow({"a": "[[b]]", "b": "[[c]]", "c": "[[d]]", "d": ""}), cache)
        assert drawn == [4, 4, 4]
    with sqlite3.connect(tmp_path / CACHE_FILE) as connection:
        connection.execute("UPDATE derived SET content = x''")
    connection.close()
    with open_cache(tmp_path) as cache:
        assert np.array_equal(first, graph_of(garden, cache).positions())


def test_another_process_may_find_them_meanwhile(tmp_path: Path) -> None:
    """They are taken once, when somebody draws, and kept; who is handed the graph has them."""
    asked: list[str] = []
    garden = grow({"a": "[[b]]", "b": "[[c]]", "c": "", "d": ""})

    def elsewhere(job: Callable[[VectorCache | None], T]) -> Callable[[], T]:
        asked.append("begun")
        made = pickle.loads(pickle.dumps(job))

        def take() -> T:
            asked.append("taken")
            found: T = made(cache)
            return found

        return take

    with open_cache(tmp_path) as cache:
        graph = graph_of(garden, cache, elsewhere)
        assert asked == ["begun"]
        handed = pickle.loads(pickle.dumps(graph.positions))
        assert np.array_equal(handed(), graph_of(garden).positions())
        assert np.array_equal(graph.positions(), handed())
        assert asked == ["begun", "taken"]
        assert np.array_equal(graph_of(garden, cache, elsewhere).positions(), handed())
        assert asked == ["begun", "taken"]
