"""`notegen model` adds models that settings name, and lists them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from notegen.cli import cli
from notegen.encoder import load_encoder
from notegen.errors import NotegenError
from tests.support import own_models
from tests.support.small_models import write_model


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where models are added, in place of the user's; the current folder has notes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTEGEN_MODELS", str(tmp_path / "data/models"))
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    own_models.write_notes(tmp_path / "notes")
    return tmp_path / "data/models"


def run(*words: str) -> str:
    """What a command prints."""
    result = _invoke(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def _invoke(*words: str) -> Result:
    return CliRunner().invoke(cli, words, catch_exceptions=False)


def settings(folder: str) -> None:
    """Let notegen.toml in the current folder name a model."""
    Path("notegen.toml").write_text(f"[encoder]\nfolder = {json.dumps(folder)}\n", "utf-8")


def files(folder: Path) -> set[str]:
    """What lies in a folder, also hidden."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_model_that_was_added_is_used_by_its_name(models: Path) -> None:
    """From any folder of notes, also when the folder that it came from is gone."""
    source = own_models.unigram(models.parent / "multilingual")
    assert run("model", "add", str(source)).splitlines()[0].startswith("added     multilingual: 0.0 MB")
    for file in source.rglob("*.onnx"):
        file.unlink()
    settings("multilingual")
    hit = json.loads(run("search", "Brot", "--json"))[0]
    assert (hit["path"], hit["why"]) == ("loaf.md", "meaning")


def test_a_folder_of_that_name_beside_the_settings_comes_first(models: Path) -> None:
    """As before there were names."""
    run("model", "add", str(own_models.unigram(models.parent / "theirs")), "--name", "model")
    own_models.word_pieces(Path("model"))
    settings("model")
    run("build", "-o", "site", "--quiet")
    made_with = json.loads(Path("site/notegen.json").read_text("utf-8"))["encoder"]
    assert made_with == load_encoder(Path("model")).fingerprint


def test_only_what_belongs_to_a_model_is_copied(models: Path) -> None:
    """Not the same weights in another form, nor what else lies there."""
    source = own_models.byte_pairs(models.parent / "export")
    (source / "pytorch_model.bin").write_bytes(b"large")
    (source / "LICENSE.txt").write_text("MIT", "utf-8")
    run("model", "add", str(source), "--quiet")
    assert files(models / "export") == {
        "1_Pooling/config.json", "LICENSE.txt", "model.onnx", "tokenizer.json",
    }  # fmt: skip


def test_a_model_that_cannot_be_used_is_refused_and_nothing_is_left(models: Path) -> None:
    """Nor is one that was there before touched."""
    run("model", "add", str(own_models.unigram(models.parent / "good")), "--name", "mine", "--quiet")
    before = files(models)
    broken = own_models.unigram(models.parent / "broken")
    (broken / "model.onnx").write_bytes(b"no model")
    with pytest.raises(NotegenError, match="will not run"):
        _invoke("model", "add", str(broken), "--name", "mine")
    with pytest.raises(NotegenError, match="no model folder"):
        _invoke("model", "add", "nowhere", "--name", "mine")
    assert files(models) == before


@pytest.mark.parametrize("name", ["a/b", "..", ".hidden", "~", "a\\b"])
def test_a_name_is_one_of_a_folder(models: Path, name: str) -> None:
    """What would lie elsewhere is no name."""
    with pytest.raises(NotegenError, match="cannot be called"):
        _invoke("model", "add", str(own_models.unigram(models.parent / "good")), "--name", name)
    assert not models.exists()


def test_a_model_of_the_same_name_is_replaced(models: Path) -> None:
    """Whole; adding what is there already changes nothing."""
    run("model", "add", str(own_models.unigram(models.parent / "one")), "--name", "mine")
    run("model", "add", str(own_models.byte_pairs(models.parent / "two")), "--name", "mine")
    assert (models / "mine/tokenizer.json").read_bytes() == (
        models.parent / "two/tokenizer.json"
    ).read_bytes()
    run("model", "add", str(models / "mine"))
    assert {path.name for path in models.iterdir()} == {"mine"}


def test_models_are_listed_with_what_their_manifests_say(models: Path) -> None:
    """In words and in JSON; without any, the bundled one is named."""
    assert run("model").splitlines() == [
        f"folder    {models}",
        "model     none; the bundled one is always there",
    ]
    source = write_model(models.parent / "plain")
    (source / "manifest.json").write_text('{"licence": "MIT", "languages": ["de", "en"]}', "utf-8")
    run("model", "add", str(source), "--quiet")
    assert run("model").splitlines()[1] == "model     plain: 0.0 MB, MIT, de en"
    [facts] = json.loads(run("model", "--json"))["models"]
    assert (facts["name"], facts["licence"], facts["languages"]) == ("plain", "MIT", ["de", "en"])
    assert json.loads(run("model", "add", str(source), "--json")) == facts


def test_a_model_that_is_nowhere_is_named_with_the_remedy(models: Path) -> None:
    """And only where meaning is asked for."""
    settings("multilingual")
    with pytest.raises(NotegenError, match="multilingual") as refusal:
        _invoke("build", "-o", "site", "--quiet")
    assert "notegen model add" in str(refusal.value.hint)
    run("build", "-o", "site", "--quiet", "--no-semantic")
