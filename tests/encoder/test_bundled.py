"""The bundled model is the published all-MiniLM-L6-v2, to within what eight bits keep."""

import json

import numpy as np
import pytest

from notegen.bundled import bundled
from notegen.encoder import OnnxEncoder, load_encoder
from notegen.encoder.folder import read_folder

FOLDER = bundled("models") / "all-MiniLM-L6-v2"

TEXTS = (
    "How do I keep bread from going stale?",
    "Store a loaf in a paper bag at room temperature; the fridge dries it out.",
    "The parser reads a token ahead and backs up when it was wrong.",
    "Wie bleibt Brot lange frisch?",
)
# The published float32 model in transformers, mean over all tokens, to three places.
COSINES = [
    [1.000, 0.605, -0.017, 0.073],
    [0.605, 1.000, 0.067, 0.074],
    [-0.017, 0.067, 1.000, 0.002],
    [0.073, 0.074, 0.002, 1.000],
]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    """The bundled one."""
    return load_encoder(FOLDER, threads=2)


def test_its_cosines_are_those_of_the_published_model(encoder: OnnxEncoder) -> None:
    """Each vector keeps about .996 of its direction, so a cosine may move by some hundredths."""
    vectors = encoder.encode_passages(TEXTS)
    np.testing.assert_allclose(vectors @ vectors.T, COSINES, atol=0.03)
    assert vectors.shape == (4, 384)


def test_a_vector_does_not_depend_on_the_texts_beside_it(encoder: OnnxEncoder) -> None:
    """Bit for bit: alone, among others, in another order, with another number of threads."""
    together = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    single = load_encoder(FOLDER, threads=1).encode_passages(TEXTS[::-1])[::-1]
    assert alone.tobytes() == together.tobytes()
    assert single.tobytes() == together.tobytes()


def test_a_question_is_encoded_like_a_passage(encoder: OnnxEncoder) -> None:
    """The model was trained without prefixes."""
    assert encoder.encode_queries(TEXTS).tobytes() == encoder.encode_passages(TEXTS).tobytes()


def test_what_lies_beyond_its_length_does_not_count(encoder: OnnxEncoder) -> None:
    """256 tokens with the two special ones."""
    one, other = encoder.encode_passages(["bread " * 254, "bread " * 254 + "parser token"])
    assert one.tobytes() == other.tobytes()


def test_its_manifest_says_what_it_is() -> None:
    """The fingerprint written there is the one that is computed, and the sizes are the model's."""
    manifest = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    encoder = load_encoder(FOLDER)
    assert manifest["fingerprint"] == encoder.fingerprint
    assert manifest["dimensions"] == encoder.dimensions
    assert manifest["max_tokens"] == read_folder(FOLDER).settings.max_tokens
    assert manifest["licence"] == "Apache-2.0"
