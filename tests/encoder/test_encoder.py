"""Any folder with a sentence-transformers style export works, and each kind of wrong one says what is wrong."""

import hashlib
import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto

from notegen.encoder import load_encoder
from notegen.encoder.folder import MANIFEST_FORMAT, read_folder
from notegen.errors import NotegenError, word_error
from tests.support.small_models import BY_TOKEN, POOLED, write_model

HALF = math.sqrt(0.5)


def encode(folder: Path, *texts: str) -> NDArray[np.float32]:
    """Vectors of the texts as passages, (n, 2)."""
    return load_encoder(folder, threads=2).encode_passages(texts)


def test_a_pooled_output_is_made_a_unit_vector(tmp_path: Path) -> None:
    """`a b` is the mean (2.5, 0.5), divided by its length."""
    vectors = encode(write_model(tmp_path), "a b", "b")
    np.testing.assert_allclose(vectors, [[2.5 / 6.5**0.5, 0.5 / 6.5**0.5], [0, 1]], atol=1e-6)
    assert vectors.dtype == np.float32


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [
        ({}, [2.5, 0.5]),
        ({"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}, [2.5, 0.5]),
        ({"pooling_mode_mean_sqrt_len_tokens": True}, [2.5, 0.5]),
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, [5, 0]),
        ({"pooling_mode_lasttoken": True}, [0, 1]),
        ({"pooling_mode_max_tokens": True}, [5, 1]),
        ({"pooling_mode": "cls"}, [5.0, 0.0]),
    ],
)
def test_vectors_of_tokens_are_pooled_as_the_folder_says(
    tmp_path: Path, pooling: dict[str, object], expected: list[float]
) -> None:
    """Mean when nothing is said, else the one mode that is switched on."""
    folder = write_model(tmp_path, outputs=BY_TOKEN, settings={"1_Pooling/config.json": pooling})
    np.testing.assert_allclose(
        encode(folder, "a b"), [np.array(expected) / np.linalg.norm(expected)], atol=1e-6
    )


def test_the_pooled_output_wins_over_that_of_the_tokens(tmp_path: Path) -> None:
    """An export that offers both has pooled as its author meant it, whatever `1_Pooling` says."""
    settings = {"1_Pooling/config.json": {"pooling_mode_cls_token": True}}
    folder = write_model(tmp_path, outputs={**BY_TOKEN, **POOLED}, settings=settings)
    np.testing.assert_allclose(encode(folder, "a b"), [[2.5 / 6.5**0.5, 0.5 / 6.5**0.5]], atol=1e-6)


def test_the_pooler_of_bert_is_not_taken_for_the_vector(tmp_path: Path) -> None:
    """Transformers' exports of BERT have a `pooler_output` of the right shape that was never trained for this."""
    outputs = {"pooler_output": 2, "last_hidden_state": 3}
    settings = {"1_Pooling/config.json": {"pooling_mode_max_tokens": True}}
    np.testing.assert_allclose(
        encode(write_model(tmp_path, outputs=outputs, settings=settings), "a b"),
        [[5 / 26**0.5, 1 / 26**0.5]],
        atol=1e-6,
    )


def test_prompts_go_before_passages_and_queries(tmp_path: Path) -> None:
    """`prompts` of config_sentence_transformers.json, `document` being its other name for a passage."""
    prompts = {"prompts": {"query": "b ", "document": "c "}}
    folder = write_model(tmp_path / "prompted", settings={"config_sentence_transformers.json": prompts})
    encoder, plain = load_encoder(folder), load_encoder(write_model(tmp_path / "plain"))
    np.testing.assert_array_equal(encoder.encode_queries(["a"]), plain.encode_passages(["b a"]))
    np.testing.assert_array_equal(encoder.encode_passages(["a"]), plain.encode_passages(["c a"]))


@pytest.mark.parametrize(
    ("settings", "limit"),
    [
        ({}, 512),
        ({"sentence_bert_config.json": {"max_seq_length": 2}}, 2),
        ({"tokenizer_config.json": {"model_max_length": 3}}, 3),
        (
            {
                "tokenizer_config.json": {"model_max_length": 10**30},
                "config.json": {"max_position_embeddings": 4},
            },
            4,
        ),
        (
            {
                "sentence_bert_config.json": {"max_seq_length": 9},
                "config.json": {"max_position_embeddings": 4},
            },
            4,
        ),
    ],
)
def test_long_texts_are_cut_where_the_folder_says(
    tmp_path: Path, settings: dict[str, object], limit: int
) -> None:
    """The first limit that is stated, never more than the model has positions."""
    folder = write_model(tmp_path, settings=settings)
    assert read_folder(folder).settings.max_tokens == limit
    encoder = load_encoder(folder)
    kept = " ".join("a" * limit)
    np.testing.assert_array_equal(encoder.encode_passages([f"{kept} b b"]), encoder.encode_passages([kept]))


def test_the_model_may_lie_in_a_folder_named_onnx(tmp_path: Path) -> None:
    """Where sentence-transformers and the hubs put it."""
    np.testing.assert_allclose(encode(write_model(tmp_path, name="onnx/model.onnx"), "b"), [[0, 1]])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every path is Unicode")
def test_the_path_of_a_model_need_not_be_utf_8(tmp_path: Path) -> None:
    """As below a home folder that an older system named; the libraries know UTF-8 alone."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/jos\xe9"))
    plain = tmp_path / "plain"
    write_model(plain)
    shutil.copytree(plain, folder)
    np.testing.assert_array_equal(encode(folder, "b"), encode(plain, "b"))


def test_segments_and_narrow_whole_numbers_are_given_as_the_model_wants_them(tmp_path: Path) -> None:
    """`token_type_ids`, and int32 for all inputs."""
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    folder = write_model(tmp_path, inputs=inputs, kind=TensorProto.INT32)
    np.testing.assert_allclose(encode(folder, "b"), [[0, 1]])


def test_vectors_come_in_the_order_of_the_texts(tmp_path: Path) -> None:
    """However they are spread over threads, and for no text and an empty one too."""
    folder = write_model(tmp_path)
    encoder = load_encoder(folder, threads=3)
    vectors = encoder.encode_passages(["a", "a b c a b c", "", "b"])
    np.testing.assert_allclose(vectors[[0, 2, 3]], [[1.0, 0.0], [HALF, HALF], [0.0, 1.0]], atol=1e-6)
    assert encoder.encode_passages([]).shape == (0, 2)


def test_progress_counts_every_text(tmp_path: Path) -> None:
    """One call a text, rising by one."""
    seen: list[int] = []
    load_encoder(write_model(tmp_path), threads=2).encode_passages(["a", "b", "c"], progress=seen.append)
    assert seen == [1, 2, 3]


CHANGES: dict[str, Callable[[Path], object]] = {
    "model": lambda folder: write_model(folder, outputs=BY_TOKEN),
    "tokenizer": lambda folder: (folder / "tokenizer.json").write_text(
        (folder / "tokenizer.json").read_text() + " "
    ),
    "pooling": lambda folder: write_model(
        folder, settings={"1_Pooling/config.json": {"pooling_mode_max_tokens": True}}
    ),
    "length": lambda folder: write_model(
        folder, settings={"sentence_bert_config.json": {"max_seq_length": 2}}
    ),
    "prefix": lambda folder: write_model(
        folder, settings={"config_sentence_transformers.json": {"prompts": {"query": "b "}}}
    ),
    "weights beside it": lambda folder: (folder / "model.onnx_data").write_bytes(b"1"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_fingerprint_changes_with_all_that_moves_a_vector(tmp_path: Path, change: str) -> None:
    """And is the same for the same files elsewhere."""
    before = load_encoder(write_model(tmp_path / "here")).fingerprint
    assert load_encoder(write_model(tmp_path / "there")).fingerprint == before
    CHANGES[change](tmp_path / "there")
    assert load_encoder(tmp_path / "there").fingerprint != before


def test_nothing_is_loaded_before_the_first_text(tmp_path: Path) -> None:
    """The fingerprint of a model, and the size of its vectors where a file says it, cost no import of its runtime."""
    folder = write_model(tmp_path, settings={"config.json": {"hidden_size": 2}})
    program = (
        "import sys; from pathlib import Path; from notegen.encoder import load_encoder\n"
        f"encoder = load_encoder(Path({str(folder)!r})); encoder.fingerprint, encoder.dimensions\n"
        "print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "set()\n"


def test_nobody_is_told_that_a_text_was_encoded(tmp_path: Path) -> None:
    """Onnxruntime keeps neither a number for the machine nor events to send, though no build service says CI here."""
    folder = write_model(tmp_path / "model")
    (home := tmp_path / "home").mkdir()
    program = (
        "from pathlib import Path; from notegen.encoder import load_encoder\n"
        f"load_encoder(Path({str(folder)!r})).encode_passages(['a b'])"
    )
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    result = subprocess.run(
        [sys.executable, "-c", program], env={**kept, "HOME": str(home)}, capture_output=True, check=True
    )
    assert (result.stderr, list(home.rglob("*"))) == (b"", [])


def test_the_runtime_is_loaded_in_one_place() -> None:
    """Nothing else of this project loads onnxruntime, which would then be loaded before it is told to be silent."""
    root = Path(__file__).parents[2]
    python = (file for top in ("notegen", "models", "bench", "tests") for file in (root / top).rglob("*.py"))
    importers = [
        file.relative_to(root).as_posix()
        for file in python
        if re.search(r"^\s*(import|from) onnxruntime", file.read_text("utf-8"), re.MULTILINE)
    ]
    assert importers == ["notegen/encoder/runtime.py"]


def no_folder(folder: Path) -> None:
    """There is none."""


def no_model(folder: Path) -> None:
    """A tokenizer alone."""
    (write_model(folder) / "model.onnx").unlink()


def no_tokenizer(folder: Path) -> None:
    """A model alone."""
    (write_model(folder) / "tokenizer.json").unlink()


def broken_tokenizer(folder: Path) -> None:
    """JSON, but no tokenizer."""
    write_model(folder, settings={"tokenizer.json": {}})


def not_onnx(folder: Path) -> None:
    """A pointer left by a clone without its large files."""
    (write_model(folder) / "model.onnx").write_text("version https://git-lfs.github.com/spec/v1\n")


def odd_pooling(folder: Path) -> None:
    """A mode that is not one of ours."""
    write_model(folder, settings={"1_Pooling/config.json": {"pooling_mode_weightedmean_tokens": True}})


def two_poolings(folder: Path) -> None:
    """sentence-transformers would join both vectors."""
    modes = {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True}
    write_model(folder, settings={"1_Pooling/config.json": modes})


def odd_step(folder: Path) -> None:
    """A layer after pooling."""
    write_model(folder, settings={"modules.json": [{"type": "sentence_transformers.models.Dense"}]})


def odd_json(folder: Path) -> None:
    """A settings file of another shape."""
    write_model(folder, settings={"config.json": []})


def odd_input(folder: Path) -> None:
    """A model that wants pictures."""
    write_model(folder, inputs=("input_ids", "pixel_values"))


def odd_outputs(folder: Path) -> None:
    """Two outputs with names that say nothing."""
    write_model(folder, outputs={"x": 2, "y": 3})


def odd_rank(folder: Path) -> None:
    """One output of four dimensions."""
    write_model(folder, outputs={"x": 4})


def few_words(folder: Path) -> None:
    """A tokenizer of another model."""
    write_model(folder, rows=3)


def other_size(folder: Path) -> None:
    """A `config.json` of another model."""
    write_model(folder, settings={"config.json": {"hidden_size": 3}})


HINT = (
    "  hint: `encoder.folder` in notegen.toml names a folder with `model.onnx` and `tokenizer.json`, or a model that "
    "`notegen model add` has added"
)
STEPS = "  hint: pooling can be mean, cls, last or max; export the model with other steps inside its graph"

WRONG: list[tuple[Callable[[Path], object], str]] = [
    (no_folder, f"error: there is no model folder `F`\n{HINT}"),
    (no_model, f"error: the model folder `F` holds no `model.onnx`\n{HINT}"),
    (no_tokenizer, f"error: the model folder `F` holds no `tokenizer.json`\n{HINT}"),
    (
        broken_tokenizer,
        "error: the model's file `F/tokenizer.json` cannot be used: REASON\n"
        "  hint: export the model again, or copy it again",
    ),
    (
        not_onnx,
        "error: the model `F/model.onnx` will not run: REASON\n  hint: export it to ONNX again",
    ),
    (
        odd_pooling,
        "error: the model asks for `pooling_mode_weightedmean_tokens` in `F/1_Pooling/config.json`, which notegen "
        f"cannot do\n{STEPS}",
    ),
    (
        two_poolings,
        "error: the model asks for `pooling_mode_cls_token + pooling_mode_mean_tokens` in `F/1_Pooling/config.json`, "
        f"which notegen cannot do\n{STEPS}",
    ),
    (odd_step, f"error: the model asks for `Dense` in `F/modules.json`, which notegen cannot do\n{STEPS}"),
    (
        odd_json,
        "error: the model's file `F/config.json` cannot be used: it should hold an object, `{…}`\n"
        "  hint: export the model again, or copy it again",
    ),
    (
        odd_input,
        "error: the model `F/model.onnx` wants the input `pixel_values`, tensor(int64), which notegen cannot give\n"
        "  hint: it should take no more than `input_ids`, `attention_mask`, `token_type_ids`, all whole numbers",
    ),
    (
        odd_outputs,
        "error: none of the outputs of the model `F/model.onnx`, `x`, `y`, is surely a text's vector\n"
        "  hint: name the pooled vector `sentence_embedding`, or the vectors of its tokens `token_embeddings`",
    ),
    (
        odd_rank,
        "error: none of the outputs of the model `F/model.onnx`, `x`, is surely a text's vector\n"
        "  hint: name the pooled vector `sentence_embedding`, or the vectors of its tokens `token_embeddings`",
    ),
    (
        few_words,
        "error: the model `F/model.onnx` does not know all 5 tokens of the tokenizer beside it\n"
        "  hint: take `tokenizer.json` and `model.onnx` from the same model",
    ),
    (
        other_size,
        "error: the model `F/model.onnx` gives vectors of 2 numbers, and the files beside it say 3\n"
        "  hint: take all files from the same model",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), WRONG, ids=[spoil.__name__ for spoil, _ in WRONG])
def test_a_wrong_folder_is_refused_with_what_is_wrong(
    tmp_path: Path, spoil: Callable[[Path], object], message: str
) -> None:
    """At the latest with the first text; the message names the file."""
    folder = tmp_path / "model"
    spoil(folder)
    with pytest.raises(NotegenError) as caught:
        load_encoder(folder).encode_passages(["a"])
    start, _, end = message.partition("REASON")  # a library's own words, which change with its version
    worded = word_error(caught.value).replace(str(folder), "F")
    assert worded == start + (worded[len(start) : len(worded) - len(end)] if end else "") + end


def test_a_vector_that_is_no_direction_is_refused(tmp_path: Path) -> None:
    """Not a number, as a model in float16 gives where it overflows."""
    with pytest.raises(NotegenError, match=r"gives vectors that are no direction"):
        encode(write_model(tmp_path), "a", "nan b")


def test_a_file_that_its_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    """The bundled model's files are checked: half a download would else fail in stranger ways."""
    folder = write_model(tmp_path)
    facts = {
        "format": MANIFEST_FORMAT,
        "dimensions": 2,
        "max_tokens": 8,
        "pooling": "mean",
        "prefixes": {"passage": "", "query": ""},
        "files": {"model.onnx": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()},
    }
    (folder / "manifest.json").write_text(json.dumps(facts))
    assert encode(folder, "b").tolist() == [[0, 1]]
    (folder / "model.onnx").write_bytes(b"half")
    with pytest.raises(NotegenError, match=r"model\.onnx` is not the file that the manifest beside it names"):
        load_encoder(folder)


def test_an_encoder_that_was_unloaded_loads_again(tmp_path: Path) -> None:
    """What it says is the same; unloading one that loaded nothing does nothing."""
    encoder = load_encoder(write_model(tmp_path), threads=2)
    encoder.unload()
    before = encoder.encode_passages(["a b", "b"])
    encoder.unload()
    assert (encoder.encode_passages(["a b", "b"]) == before).all()
    assert encoder.count_tokens(["a b"]) == [2]
