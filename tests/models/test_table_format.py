"""The query table's files, written and read back, by our reader and by the one that is shipped."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from tokenizers import Tokenizer, models

from models.table_format import QueryTable, quantised, read_table, vocabulary_fingerprint, write_table
from notegen.encoder.table import load_table

VECTORS = np.array([[0, 0, 0], [3, 0, 4], [0, -2, 0], [1, 1, 1]], np.float32)
FACTS = {"encoder": "abc", "weights": "w", "vocabulary": "def", "training": {"texts": 4}}


def small_table(*, rotated: bool = False) -> QueryTable:
    """Four tokens in three dimensions, or in two of them."""
    rotation = np.eye(3, 2, dtype=np.float32) if rotated else None
    rows, scales = quantised(VECTORS if rotation is None else VECTORS @ rotation)
    return QueryTable(rows, scales, rotation, None, FACTS)


@pytest.mark.parametrize("rotated", [False, True])
def test_table_reads_back_as_written(tmp_path: Path, rotated: bool) -> None:
    """Rows, scales, rotation and facts survive, and the dimensions are told."""
    table = small_table(rotated=rotated)
    write_table(table, tmp_path)
    found = read_table(tmp_path)
    assert_array_equal(found.rows, table.rows)
    assert_array_equal(found.scales, table.scales)
    assert (found.rotation is not None) == rotated
    assert found.facts["dims"] == (2 if rotated else 3)
    assert found.facts["encoder_dims"] == 3
    assert found.facts["training"] == {"texts": 4}


def test_tokens_of_its_own_are_read_back(tmp_path: Path) -> None:
    """By us and by the reader that is shipped; a table without any leaves none behind."""
    table = replace(small_table(), tokens=("a", "##b", "снег", "雪"))
    write_table(table, tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps({"weights": "w"}), "utf-8")
    shipped = load_table(tmp_path)
    assert shipped is not None
    assert read_table(tmp_path).tokens == shipped.tokens == table.tokens
    write_table(small_table(), tmp_path)
    assert read_table(tmp_path).tokens == ()


def test_shipped_reader_gives_the_same_vectors(tmp_path: Path) -> None:
    """`notegen.encoder.table` reads what is written here."""
    write_table(small_table(rotated=True), tmp_path)
    words = {"[UNK]": 0, "a": 1, "b": 2, "c": 3}
    Tokenizer(models.WordLevel(words, unk_token="[UNK]")).save(str(tmp_path / "tokenizer.json"))
    (tmp_path / "manifest.json").write_text(json.dumps({"weights": "w", "fingerprint": "f"}), "utf-8")
    found = load_table(tmp_path)
    assert found is not None
    assert found.tokens == ("[UNK]", "a", "b", "c")
    ours = small_table(rotated=True)
    assert_array_equal(found.rows, ours.rows)
    assert_array_equal(found.scales, ours.scales.astype(np.float32))
    assert ours.rotation is not None
    assert_array_equal(found.rotation, ours.rotation)


def test_rotation_of_an_earlier_table_is_removed(tmp_path: Path) -> None:
    """Writing a table without a rotation over one with it leaves none behind."""
    write_table(small_table(rotated=True), tmp_path)
    write_table(small_table(), tmp_path)
    assert not (tmp_path / "table.rotation.npy").exists()
    assert read_table(tmp_path).rotation is None


def test_changed_file_is_refused(tmp_path: Path) -> None:
    """A file that is not the one the facts name is not read."""
    write_table(small_table(), tmp_path)
    np.save(tmp_path / "table.rows.npy", np.zeros((4, 3), np.int8))
    with pytest.raises(ValueError, match="is not the file that"):
        read_table(tmp_path)


def test_other_format_is_refused(tmp_path: Path) -> None:
    """A table of a later format is not guessed at."""
    write_table(small_table(), tmp_path)
    facts = json.loads((tmp_path / "table.json").read_text("utf-8"))
    (tmp_path / "table.json").write_text(json.dumps({**facts, "format": 2}), "utf-8")
    with pytest.raises(ValueError, match="format 2"):
        read_table(tmp_path)


def test_quantised_rows_are_within_half_a_step() -> None:
    """The greatest magnitude becomes 127, a zero row stays zero, and nothing is off by more than half a step."""
    rows, scales = quantised(VECTORS)
    assert [int(np.abs(row).max()) for row in rows] == [0, 127, 127, 127]
    assert_allclose(rows * scales.astype(np.float32)[:, None], VECTORS, atol=0.51 * 4 / 127)


def test_query_is_the_normalised_sum_of_its_tokens() -> None:
    """Token 1 is (3, 0, 4) and token 2 is (0, -2, 0): their sum has length sqrt(29); a repeated token counts twice."""
    found = small_table().encode([[1, 2], [2, 2, 1], [0], []])
    expected = [np.array([3, -2, 4]) / 29**0.5, np.array([3, -4, 4]) / 41**0.5, np.zeros(3), np.zeros(3)]
    assert_allclose(found, np.array(expected), atol=0.01)


def test_vocabulary_fingerprint_follows_the_order() -> None:
    """Two tokens changing places is another vocabulary."""
    assert vocabulary_fingerprint(["a", "b"]) != vocabulary_fingerprint(["b", "a"])
