"""A cluster embeds as one machine does, whatever becomes of its workers; real processes, on this machine."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from notegen.paths import CACHE_FILE
from tests.support.dask_cluster import DaskCluster, dask_cluster, python_path
from tests.support.small_models import write_model
from tests.support.warm_process import run_warm

# Not imported, which takes a while in each process that only collects this file.
pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="needs `distributed`")

KILLING = """
import os, signal, sys
from notegen.cli import main
from notegen.semantic.workload import Workload
keep, kept = Workload.keep, []
def killing(work, texts, vectors, tokens):
    keep(work, texts, vectors, tokens)
    kept.append(len(texts))
    if len(kept) == 3:
        os.kill(int(os.environ["VICTIM"]), signal.SIGKILL)
Workload.keep = killing
main()
"""
"""`notegen`, in a process that kills another one, or itself, when it has kept three batches."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with notes of 1,500 passages and a small model for them."""
    write_model(tmp_path / "model")
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "notegen.toml").write_text('title = "T"\nencoder.folder = "../model"\n', "utf-8")
    for number in range(150):
        sections = (
            f"## Section {part}\n\n{' '.join('a b c d'.split()[(number * part + k) % 4] for k in range(part + 2))}"
            for part in range(10)
        )
        text = f"---\ndate: 2024-01-02\n---\n# Note {number}\n\n" + "\n\n".join(sections)
        (notes / f"{number}.md").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """One for all tests that leave it alive."""
    with dask_cluster(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster


@pytest.fixture
def cluster(scheduler: DaskCluster) -> Iterator[DaskCluster]:
    """The scheduler without workers."""
    yield scheduler
    scheduler.end_workers()


def run(folder: Path, cache: str, *words: str, program: str = "", **variables: str) -> tuple[int, str, str]:
    """`notegen` with these words and a cache in the folder: its exit status, and what it says."""
    variables = {"PYTHONPATH": python_path(), "NOTEGEN_CACHE": str(folder / cache), **variables}
    if program:
        command = [sys.executable, "-c", program, *words]
        ran = subprocess.run(command, cwd=folder, env={**os.environ, **variables}, capture_output=True)
    else:
        ran = run_warm(*words, folder=folder, variables=variables)
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def embed(folder: Path, cache: str, *words: str, **variables: str) -> dict[str, object]:
    """The report of `notegen embed`, which says nothing else."""
    status, said, wrong = run(folder, cache, "embed", *words, "--json", **variables)
    assert (status, wrong) == (0, "")
    facts: dict[str, object] = json.loads(said)
    return facts


def held(folder: Path) -> set[tuple[str, str, bytes, bytes]]:
    """All that a cache holds, bit for bit: vectors, and what was made of notes and gardens.

    But for digests of the model's files, which are kept only of what was not written just before.
    """
    connection = sqlite3.connect(folder / CACHE_FILE)
    rows = connection.execute(
        "SELECT 'vectors', encoder, key, vector FROM vectors UNION ALL "
        "SELECT 'derived', kind, key, content FROM derived WHERE kind != 'file-digest' UNION ALL "
        "SELECT 'made', '', key, content FROM made"
    ).fetchall()
    connection.close()
    return set(rows)


def test_a_worker_that_is_killed_halfway_loses_nothing(folder: Path, cluster: DaskCluster) -> None:
    """The vectors are those of one machine byte for byte, and all else that a build finds; with notegen's own model."""
    (folder / "notes/notegen.toml").write_text('title = "T"\n', "utf-8")
    for number in range(60, 150):
        (folder / f"notes/{number}.md").unlink()
    one, _ = (cluster.start_worker(threads=2) for _ in range(2))
    cluster.await_workers(2)
    status, said, wrong = run(
        folder, "cluster", "embed", "--cluster", cluster.address, program=KILLING, VICTIM=str(one.pid)
    )
    assert (status, wrong) == (0, "")
    assert one.wait() != 0
    assert said.splitlines()[0] == "notes     60; 600 passages"
    alone = embed(folder, "alone")
    assert alone["made"] == 600
    assert held(folder / "cluster") == held(folder / "alone")
    assert embed(folder, "cluster", "--cluster", cluster.address)["known"] == 600


def test_a_run_that_is_killed_goes_on_where_it_was(folder: Path, cluster: DaskCluster) -> None:
    """With what came back before it was killed; the cluster is none the worse for it."""
    cluster.start_worker()
    own = KILLING.replace('int(os.environ["VICTIM"])', "os.getpid()")
    assert run(folder, "cluster", "embed", "--cluster", cluster.address, program=own)[0] < 0
    rest = embed(folder, "cluster", "--cluster", cluster.address)
    assert (rest["known"], rest["made"]) == (3 * 128, 1500 - 3 * 128)
    embed(folder, "alone")
    assert held(folder / "cluster") == held(folder / "alone")


def test_workers_may_come_late_and_parts_may_be_embedded(folder: Path, cluster: DaskCluster) -> None:
    """A note says what is waited for; a part has what it would have on one machine."""
    environment = {**os.environ, "PYTHONPATH": python_path(), "NOTEGEN_CACHE": str(folder / "cluster")}
    command = [sys.executable, "-m", "notegen", "embed", "--shard", "1/3", "--cluster", cluster.address]
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as waiting:
        assert waiting.stderr is not None
        note = f"note: the cluster at {cluster.address} has no worker; waiting for one\n"
        assert waiting.stderr.readline() == note
        cluster.start_worker()
        assert waiting.stderr.read() == ""
    assert waiting.returncode == 0
    embed(folder, "alone", "--shard", "1/3")
    assert held(folder / "cluster") == held(folder / "alone")


def test_where_nothing_is_to_be_done_no_worker_is_waited_for(folder: Path, cluster: DaskCluster) -> None:
    """There is none here."""
    embed(folder, "alone")
    again = embed(folder, "alone", "--cluster", cluster.address)
    assert (again["known"], again["made"], again["workers"]) == (1500, 0, 0)


def test_a_worker_with_another_encoder_is_refused(folder: Path, cluster: DaskCluster) -> None:
    """With a message; the others do its work, and when there are no others that is one message, too."""
    write_model(folder / "other", rows=5, settings={"config.json": {"max_position_embeddings": 4}})
    cluster.start_worker(NOTEGEN_MODEL=str(folder / "other"))
    cluster.await_workers(1)
    status, _, wrong = run(folder, "cluster", "embed", "--cluster", cluster.address)
    assert status == 2
    note, error, hint = wrong.splitlines()
    assert note.startswith("note: the worker tcp://127.0.0.1:")
    assert " gets no work, since it has another encoder: " in note
    assert error == f"error: the only worker of the cluster cannot do the work: {note.removeprefix('note: ')}"
    assert hint == "  hint: what came back before is kept: run the same command again to go on"
    cluster.start_worker(NOTEGEN_MODEL=str(folder / "nowhere"))
    cluster.start_worker()
    cluster.await_workers(3)
    status, said, wrong = run(folder, "cluster", "embed", "--cluster", cluster.address)
    assert status == 0
    assert said.splitlines()[1] == "vectors   1,500 new, 0 known, by 1 worker"
    assert sorted(
        " since " + line.partition(" since ")[2].partition(":")[0]
        for line in wrong.splitlines()
        if "note" in line
    ) == [
        " since it cannot load the encoder",
        " since it has another encoder",
    ]
    embed(folder, "alone")
    assert held(folder / "cluster") == held(folder / "alone")


def test_a_cluster_that_is_lost_is_one_message(folder: Path) -> None:
    """What came back is kept, and another cluster goes on."""
    with dask_cluster(folder / "dask") as cluster:
        cluster.start_worker()
        cluster.await_workers(1)
        victim = str(cluster.scheduler.pid)
        status, _, wrong = run(
            folder, "cluster", "embed", "--cluster", cluster.address, program=KILLING, VICTIM=victim
        )
    assert status == 2
    assert wrong.splitlines()[0] == f"error: the cluster at `{cluster.address}` is gone"
    assert len(held(folder / "cluster")) >= 2 * 3 * 128
    status, _, wrong = run(folder, "cluster", "embed", "--cluster", cluster.address)
    assert (status, wrong.partition(":")[0]) == (2, "error")
    assert wrong.startswith(f"error: no cluster answers at `{cluster.address}`: ")


@pytest.mark.parametrize("which", ["scheduler", "worker"])
def test_a_cluster_without_notegen_is_one_message(folder: Path, tmp_path: Path, which: str) -> None:
    """Which says what it needs; where it is a worker of several, the others do the work."""
    (tmp_path / "hidden/notegen").mkdir(parents=True)
    (tmp_path / "hidden/notegen/__init__.py").write_text("raise ImportError('it is hidden')\n")
    path = os.pathsep.join([str(tmp_path / "hidden"), python_path()])
    with dask_cluster(
        tmp_path / "dask2", PYTHONPATH=path if which == "scheduler" else python_path()
    ) as cluster:
        cluster.start_worker(PYTHONPATH=path)
        cluster.await_workers(1)
        status, _, wrong = run(folder, "cluster", "embed", "--cluster", cluster.address)
        assert status == 2
        error, hint = wrong.splitlines()[-2:]
        assert error.endswith(": it is hidden")
        assert "run the same command again to go on" in hint
        if which == "worker":
            cluster.start_worker()
            cluster.await_workers(2)
            status, said, _ = run(folder, "cluster", "embed", "--cluster", cluster.address)
            assert (status, said.splitlines()[1]) == (0, "vectors   1,500 new, 0 known, by 1 worker")
