"""`notegen embed` does the slow part of a build by itself, whole or in parts, and says what it did."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from notegen.cli import cli, setup
from notegen.errors import NotegenError, word_error
from tests.conftest import ROOT
from tests.support.small_models import write_model


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with thirty notes and a small model for them; the cache is beside them."""
    write_model(tmp_path / "model")
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "notegen.toml").write_text(
        'title = "T"\ncache = "../cache"\nencoder.folder = "../model"\n', "utf-8"
    )
    for number in range(30):
        words = "a b c".split()[number % 3]
        (notes / f"{number}.md").write_text(
            f"---\ndate: 2024-01-02\n---\n# Note {number}\n\n{words}\n", "utf-8"
        )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str) -> str:
    """What `notegen embed` prints."""
    result = CliRunner().invoke(cli, ["embed", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_it_tells_what_it_did(folder: Path) -> None:
    """In words, in JSON, and quietly."""
    lines = run().splitlines()
    size = (folder / "cache/vectors.sqlite").stat().st_size
    cache = f"cache     notes/../cache: {size / 1e6:.1f} MB"
    assert lines[:3] == ["notes     30; 30 passages", "vectors   30 new, 0 known", cache]
    assert run().splitlines()[1] == "vectors   0 new, 30 known"
    facts = json.loads(run("--json"))
    assert facts.pop("seconds") > 0
    assert facts == {
        "notes": 30, "passages": 30, "shard": "", "made": 0, "known": 30, "folder": "notes/../cache",
        "bytes": size, "workers": None,
    }  # fmt: skip
    assert run("-q") == ""


def test_parts_are_made_one_by_one(folder: Path) -> None:
    """Together they are all, and each says how much of it there is."""
    made = [json.loads(run("--shard", f"{number}/3", "--json")) for number in (3, 1, 2)]
    assert [part["shard"] for part in made] == ["3/3", "1/3", "2/3"]
    assert sum(part["made"] for part in made) == 30
    assert all(part["known"] == 0 and part["passages"] == 30 for part in made)
    assert (
        run("--shard", "1/3").splitlines()[0] == f"notes     30; 30 passages; part 1/3 has {made[1]['made']}"
    )


def test_what_cannot_be_done_is_refused(folder: Path) -> None:
    """Without meaning, a part that is none, and a cache that keeps nothing."""
    for words, message in (
        (["--no-semantic"], "embedding needs the model"),
        (["--shard", "4/3"], "names no part"),
        (["--any-processor"], "is about the workers of a cluster"),
    ):
        with pytest.raises(NotegenError, match=message):
            run(*words)
    (folder / "cache").write_text("in the way", "utf-8")
    with pytest.raises(NotegenError, match="cannot be used"):
        run()


def test_a_damaged_cache_is_begun_anew_and_told(folder: Path) -> None:
    """All of the work is in the new one."""
    (folder / "cache").mkdir()
    (folder / "cache/vectors.sqlite").write_bytes(b"no database" * 1000)
    assert run().splitlines()[:2] == [
        "note: the cache was damaged and is kept as `vectors.damaged`; a new one is begun",
        "notes     30; 30 passages",
    ]


def test_a_cache_that_is_too_small_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since the next build would forget half of the work; here a gibibyte has few bytes."""
    monkeypatch.setattr(setup, "GIB", 150)
    assert run().splitlines()[0] == (
        "note: the vectors in the cache take 0.0 GiB, and with more than 2 the next build forgets the older half; "
        "set `cache_limit = 1` in notegen.toml"
    )


def test_a_build_that_follows_loads_no_model(folder: Path) -> None:
    """Neither for vectors nor to count tokens, with the bundled model; in a process of its own."""
    (folder / "notes/notegen.toml").write_text('title = "T"\ncache = "../cache"\n', "utf-8")
    program = "import sys; from notegen.cli import cli; cli(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def modules(*words: str) -> set[str]:
        ran = subprocess.run(
            [sys.executable, "-c", program, *words],
            cwd=folder,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return set(ran.stdout.split())

    assert "onnxruntime" in modules("embed")
    assert "notegen.render" in (loaded := modules("build", "-o", "site"))
    assert "onnxruntime" not in loaded


def test_a_cluster_needs_its_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, since only who has many machines needs it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NotegenError) as raised:
        run("--cluster", "tcp://127.0.0.1:1")
    assert word_error(raised.value) == (
        "error: `--cluster` needs the Python package `distributed`, which is not installed\n"
        "  hint: install it: `pip install 'notegen[cluster]'`"
    )
