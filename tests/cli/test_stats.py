"""`notegen stats` with meaning: the same figures as the pages, for people and as JSON."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from notegen.cli import cli
from tests.support.word_encoder import FakeEncoder

TOPICS = ("tide boat harbour", "bread oven flour")


class TopicEncoder(FakeEncoder):
    """Puts a text on the first axis as far as it is about the sea, on the second as far as it is about bread."""

    fingerprint = "topics"
    dimensions = 3

    def encode_passages(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Counts the topics' words; the third axis tells a text from others on its topic by its length."""
        counts = [[sum(text.count(word) for word in topic.split()) for topic in TOPICS] for text in texts]
        rows = np.array([[*count, 0.01 * len(text)] for count, text in zip(counts, texts, strict=True)])
        unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


@pytest.fixture
def stats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs `notegen stats` over sixteen notes of two topics and two years, one of them the copy of another."""
    monkeypatch.setattr("notegen.cli.setup.load_encoder", lambda folder, threads, digest_of: TopicEncoder())
    monkeypatch.setattr("notegen.cli.setup.load_table", lambda folder: None)
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    notes = tmp_path / "notes"
    notes.mkdir()
    for number in range(16):
        words = (TOPICS[number % 2] + " and the ") * (8 + number)
        text = f"---\ndate: {2022 + number // 8}-03-{number + 1:02}\n---\n# Note {number}\n\n{words}\n"
        (notes / f"{number:02}.md").write_text(text, "utf-8")
    (notes / "02.md").write_text((notes / "00.md").read_text("utf-8").replace("-03-01", "-03-03"), "utf-8")

    def run(*options: str) -> str:
        result = CliRunner().invoke(cli, ["stats", *options], catch_exceptions=False)
        assert result.exit_code == 0
        return result.output

    return run


def test_the_json_has_topics_drift_and_copies(stats: Callable[..., str]) -> None:
    """Two topics of eight, two years of eight, and the copy."""
    facts = json.loads(stats("--json"))
    assert (facts["notes"], facts["passages"], facts["semantic"]) == (16, 16, True)
    overview = facts["overview"]
    assert sorted(topic["size"] for topic in overview["topics"]) == [8, 8]
    assert {frozenset(topic["words"]) for topic in overview["topics"]} == {
        frozenset(topic.split()) for topic in TOPICS
    }
    assert 0 <= overview["trustworthiness"] <= 1
    drift = overview["drift"]
    assert (drift["unit"], [period["from"] for period in drift["periods"]]) == (
        "month",
        ["2022-03-01", "2023-03-01"],
    )
    assert [period["shares"] for period in drift["periods"]] == [[0.5, 0.5], [0.5, 0.5]]
    assert drift["periods"][0]["moved"] is None
    assert drift["periods"][1]["moved"] < drift["usual_distance"]
    assert {"one": "00.md", "other": "02.md", "cosine": 1.0} in overview["near_duplicates"]
    assert len(overview["outliers"]) == 3


def test_people_read_the_same(stats: Callable[..., str]) -> None:
    """A table each for topics and periods; pairs by their files."""
    said = stats()
    assert "notes     16; " in said
    assert "      8  " in said
    assert "Topics over time, by month" in said
    assert "March 2023" in said
    assert "  00.md  02.md" in said


def test_a_handful_of_notes_is_counted_without_a_map(stats: Callable[..., str], tmp_path: Path) -> None:
    """And it says how many a map needs."""
    for number in range(10, 16):
        (tmp_path / f"notes/{number}.md").unlink()
    assert "a map needs 12 notes or more" in stats()
    assert json.loads(stats("--json"))["overview"] is None
