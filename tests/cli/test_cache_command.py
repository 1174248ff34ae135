"""`notegen cache` tells of the cache and clears it, and nothing beside it."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from notegen.cache import open_cache
from notegen.cli import cli


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with three vectors of two encoders, and a file of somebody's beside it."""
    folder = tmp_path / "cache"
    with open_cache(folder) as cache:
        cache.put_many("one", {b"a": np.ones(4, np.float32), b"b": np.ones(4, np.float32)})
        cache.put_many("two/questions", {b"a": np.ones(4, np.float32)})
        cache.put_many("two/tokens", {b"a": np.ones(1, np.float32)})
    (folder / "last-builds").mkdir()
    (folder / "last-builds/0.json").write_text("{}", "utf-8")
    (folder / "mine.txt").write_text("mine", "utf-8")
    monkeypatch.setenv("NOTEGEN_CACHE", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def run(*words: str) -> str:
    """What the command prints."""
    result = CliRunner().invoke(cli, ["cache", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_it_tells_where_and_how_much(folder: Path) -> None:
    """In words and in JSON."""
    size = sum(
        path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "mine.txt"
    )
    assert run() == (
        f"folder    {folder}\nsize      {size / 1e6:.1f} MB\nvectors   3 of 2 encoders\n"
        "sites     1 whose last build is known\n"
    )
    facts = {"folder": str(folder), "bytes": size, "vectors": 3, "encoders": 2, "sites": 1, "cleared": 0}
    assert json.loads(run("--json")) == facts


def test_it_clears_its_own_and_nothing_else(folder: Path) -> None:
    """And again, when there is nothing left."""
    assert run("--clear").startswith(f"cleared   {folder}: 0.0 MB")
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert json.loads(run("--clear", "--json"))["cleared"] == 0
    assert json.loads(run("--json")) == {
        "folder": str(folder), "bytes": 0, "vectors": 0, "encoders": 0, "sites": 0, "cleared": 0
    }  # fmt: skip


def test_a_cache_that_was_never_made_is_empty(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking makes none."""
    monkeypatch.setenv("NOTEGEN_CACHE", str(folder.parent / "other"))
    assert "vectors   0\n" in run()
    assert not (folder.parent / "other").exists()


def test_a_damaged_one_counts_nothing(folder: Path) -> None:
    """Its size is told all the same."""
    (folder / "vectors.sqlite").write_bytes(b"no database" * 100)
    assert json.loads(run("--json"))["vectors"] == 0
