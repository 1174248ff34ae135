"""A query table is taken only when it is whole and belongs to the model beside it."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from notegen.encoder import load_table
from notegen.errors import NotegenError, word_error
from tests.support.small_models import write_model


def write_table(folder: Path, *, rotation: bool = False) -> Path:
    """A model of five words with a table of three dimensions, or two of them after a rotation."""
    write_model(folder, settings={"manifest.json": {"weights": "w", "fingerprint": "f"}})
    width = 2 if rotation else 3
    np.save(folder / "table.rows.npy", np.arange(5 * width, dtype=np.int8).reshape(5, width))
    np.save(folder / "table.scales.npy", np.full(5, 0.5, np.float16))
    if rotation:
        np.save(folder / "table.rotation.npy", np.eye(3, 2, dtype=np.float32))
    write_facts(folder, dims=width, rotation=rotation)
    return folder


def write_facts(folder: Path, **changed: object) -> None:
    """table.json, with some facts changed."""
    sizes = {"dims": 3, "encoder_dims": 3, "rotation": False}
    facts = {"format": 1, "encoder": "other", "weights": "w", "bias": None, **sizes}
    (folder / "table.json").write_text(json.dumps({**facts, **changed}), "utf-8")


def test_a_table_has_a_row_for_each_token(tmp_path: Path) -> None:
    """In the order of the token's ids, scales in float32."""
    table = load_table(write_table(tmp_path))
    assert table is not None
    assert table.tokens == ("[UNK]", "a", "b", "c", "nan")
    assert table.rows.tolist()[1] == [3, 4, 5]
    assert (str(table.scales.dtype), table.scales.tolist()) == ("float32", [0.5] * 5)
    assert table.rotation is None


def test_a_rotation_comes_along(tmp_path: Path) -> None:
    """It turns the model's three dimensions into the table's two."""
    table = load_table(write_table(tmp_path, rotation=True))
    assert table is not None
    assert table.rotation is not None
    assert table.rotation.tolist() == [[1, 0], [0, 1], [0, 0]]


def test_a_table_may_have_tokens_of_its_own(tmp_path: Path) -> None:
    """Those that a page cuts, where the model's are others; and a weight beside the model's own meaning."""
    folder = write_table(tmp_path)
    (folder / "table.tokens.txt").write_text("sea\n##s\nсн\n雪\nx\n", "utf-8")
    write_facts(folder, weight=0.5)
    table = load_table(folder)
    assert table is not None
    assert table.tokens == ("sea", "##s", "сн", "雪", "x")
    assert table.weight == 0.5


def test_a_model_without_a_table_has_none(tmp_path: Path) -> None:
    """It is no error: a model of the user's own has none."""
    assert load_table(write_model(tmp_path)) is None


WRONG: list[tuple[Callable[[Path], object], str]] = [
    (
        lambda folder: write_facts(folder, weights="x"),
        "error: the query table `F/table.json` was trained for another model than the one beside it\n"
        "  hint: remove the `table.*` files, or put back the model they came with",
    ),
    (
        lambda folder: write_facts(folder, format=2),
        "error: the query table `F/table.json` cannot be used: it is in a format other than 1\n"
        "  hint: install notegen again",
    ),
    (
        lambda folder: np.save(folder / "table.rows.npy", np.zeros((4, 3), np.int8)),
        "error: the query table `F/table.rows.npy` cannot be used: it holds int8 (4, 3), not int8 (5, 3)\n"
        "  hint: install notegen again",
    ),
    (
        lambda folder: (folder / "table.tokens.txt").write_text("sea\n##s\n", "utf-8"),
        "error: the query table `F/table.rows.npy` cannot be used: it holds int8 (5, 3), not int8 (2, 3)\n"
        "  hint: install notegen again",
    ),
    (
        lambda folder: (folder / "table.scales.npy").unlink(),
        "error: the query table `F/table.scales.npy` cannot be used: No such file or directory\n"
        "  hint: install notegen again",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), WRONG, ids=["foreign", "format", "shape", "tokens", "missing"])
def test_a_wrong_table_is_refused(tmp_path: Path, spoil: Callable[[Path], object], message: str) -> None:
    """Rather than searched with."""
    spoil(write_table(tmp_path))
    with pytest.raises(NotegenError) as caught:
        load_table(tmp_path)
    assert word_error(caught.value).replace(str(tmp_path), "F") == message
