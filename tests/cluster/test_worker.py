"""A worker does a job with the encoder that is asked for, and with no other."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from notegen.bundled import bundled_model
from notegen.cluster import worker as worker_module
from notegen.cluster.worker import Done, Failure, Identity, Job, Refusal, do, identity_of
from notegen.encoder import load_encoder
from notegen.errors import NotegenError
from notegen.errors.model import no_model_folder
from tests.support.small_models import write_model
from tests.support.word_encoder import WordEncoder

TEXTS = ("salt water", "bread", "water")


class RoundingEncoder(WordEncoder):
    """The same model on a processor that rounds in another way."""

    def encode_passages(self, texts: object, *, progress: object = None) -> NDArray[np.float32]:
        """Each number a little larger."""
        return np.nextafter(super().encode_passages(list(texts)), np.float32(2))  # type: ignore[call-overload]


@pytest.fixture(autouse=True)
def _no_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins in a process that has loaded none."""
    monkeypatch.setattr(worker_module, "_ENCODERS", worker_module._Encoders())
    monkeypatch.delenv("NOTEGEN_MODEL", raising=False)


def has(monkeypatch: pytest.MonkeyPatch, encoder: object) -> list[Path]:
    """From now on every folder has this encoder; those that are loaded, one after the other."""
    loaded: list[Path] = []

    def load(folder: Path, *, threads: int) -> object:
        loaded.append(folder)
        if isinstance(encoder, Exception):
            raise encoder
        return encoder

    monkeypatch.setattr(worker_module, "load_encoder", load)
    return loaded


def test_a_job_is_done_with_the_encoder_of_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is loaded once; a job and what is made of it survive the way to another process."""
    loaded, encoder = has(monkeypatch, WordEncoder()), WordEncoder()
    job = Job(TEXTS, identity_of(encoder), "/model")
    for _ in range(2):
        done = pickle.loads(pickle.dumps(do(pickle.loads(pickle.dumps(job)))))
        assert isinstance(done, Done)
        assert done.vectors.tobytes() == encoder.encode_passages(TEXTS).tobytes()
        assert done.tokens == (2, 1, 1)
    assert loaded == [Path("/model")]


def test_another_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a look whether it is still there: somebody may have put the right one in its place."""
    loaded = has(monkeypatch, WordEncoder())
    job = Job(TEXTS, Identity("another", ""), "/model")
    for _ in range(2):
        assert do(job) == Refusal(identity_of(WordEncoder()))
    assert len(loaded) == 2


def test_other_numbers_are_refused_unless_any_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last bit of a number is enough."""
    has(monkeypatch, RoundingEncoder())
    job = Job(TEXTS, identity_of(WordEncoder()), "/model")
    assert do(job) == Refusal(identity_of(RoundingEncoder()))
    assert isinstance(do(replace(job, encoder=identity_of(WordEncoder(), any_processor=True))), Done)


def test_a_worker_without_a_model_refuses_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one whose model fails on a text says that."""
    has(monkeypatch, no_model_folder("/model"))
    job = Job(TEXTS, identity_of(WordEncoder()), "/model")
    assert do(job) == Refusal(None, "there is no model folder `/model`")

    class Failing(WordEncoder):
        def count_tokens(self, texts: object) -> list[int]:
            raise NotegenError("it is full")

    has(monkeypatch, Failing())
    assert do(job) == Failure("it is full")


def test_a_worker_may_have_the_model_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Real models; without a name it is the bundled one."""
    folder = write_model(tmp_path / "here")
    job = Job(("a", "b"), identity_of(load_encoder(folder)), "/there")
    assert isinstance(do(job), Refusal)
    monkeypatch.setenv("NOTEGEN_MODEL", str(folder))
    done = do(job)
    assert isinstance(done, Done)
    assert done.vectors.tolist() == [[1, 0], [0, 1]]
    monkeypatch.delenv("NOTEGEN_MODEL")
    encoder = load_encoder(bundled_model(), threads=2)
    done = do(Job(TEXTS, identity_of(encoder), ""))
    assert isinstance(done, Done)
    assert done.vectors.tobytes() == encoder.encode_passages(TEXTS).tobytes()


def test_the_texts_that_are_tried_differ() -> None:
    """So that each tries something else, and long ones are among them."""
    seen: list[str] = []

    class Seeing(WordEncoder):
        def encode_passages(self, texts: object, *, progress: object = None) -> NDArray[np.float32]:
            seen.extend(texts)  # type: ignore[arg-type]
            return super().encode_passages(list(texts))  # type: ignore[call-overload]

    identity_of(Seeing())
    assert len(set(seen)) == 8
    assert max(len(text.split()) for text in seen) == 48
