"""Models as users bring them, small enough to make in a test: three kinds of tokenizers, dimensions and pooling.

Each knows some words of four languages. Words of one meaning have one direction, `Brot` that of `bread`; any other
token has a direction of its own, which means nothing. A text points where the sum of its tokens points.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

MEANINGS = (
    ("bread", "Brot", "boulangerie"),
    ("car", "Auto", "voiture"),
    ("rain", "Regen", "pluie"),
    ("train", "Zug", "でんしゃ"),
)
WORDS = [word for words in MEANINGS for word in words]

NOTES = {
    "loaf.md": "# Saturday\n\nKnead it, then bake the bread until the bread is brown.\n",
    "werkstatt.md": "# Werkstatt\n\nDas Auto ist kaputt. Das Auto startet nicht mehr.\n",
    "journal.md": "# Journal\n\nLa pluie tombe encore, une pluie froide.\n",
    "tabi.md": "# 東京\n\nまち でんしゃ でんしゃ でんしゃ\n",
}

ANSWERS = {
    "Brot": "loaf.md",
    "boulangerie": "loaf.md",
    "car": "werkstatt.md",
    "voiture": "werkstatt.md",
    "RAIN": "journal.md",
    "Regen?": "journal.md",
    "Zug": "tabi.md",
}
"""Each question is a word that no note has, in another language than the note's that it asks for."""


def write_notes(folder: Path) -> Path:
    """A garden of four languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in NOTES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def unigram(folder: Path) -> Path:
    """XLM-R's way: SentencePiece's Unigram, `<s>` first, whose vector is the text's; 24 dimensions."""
    pieces = [
        *(f"▁{word}" for word in WORDS),
        *"▁でんしゃ",
        *sorted(set("".join(WORDS + list(NOTES.values())))),
    ]
    vocabulary = [(piece, 0.0) for piece in ("<s>", "<pad>", "</s>", "<unk>")]
    vocabulary += [(piece, -1.0 - number / 100) for number, piece in enumerate(dict.fromkeys(pieces))]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return _write(folder, tokenizer, dimensions=24, pooling="pooling_mode_cls_token")


def byte_pairs(folder: Path) -> Path:
    """RoBERTa's way: pairs of bytes, the mean of all tokens; 20 dimensions."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1000, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(WORDS * 3, trainer)
    return _write(folder, tokenizer, dimensions=20, pooling="pooling_mode_mean_tokens")


def word_pieces(folder: Path) -> Path:
    """A cased BERT's way: capitals and accents stay; the mean of all tokens; 32 dimensions."""
    letters = sorted(set("".join(WORDS + list(NOTES.values())).replace("\n", " ").replace(" ", "")))
    vocabulary = dict.fromkeys(["[UNK]", *WORDS, *letters, *(f"##{letter}" for letter in letters)])
    tokenizer = Tokenizer(
        models.WordPiece({word: id for id, word in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return _write(folder, tokenizer, dimensions=32, pooling="pooling_mode_mean_tokens")


KINDS: dict[str, Callable[[Path], Path]] = {
    "unigram": unigram,
    "byte pairs": byte_pairs,
    "word pieces": word_pieces,
}


def _write(folder: Path, tokenizer: Tokenizer, *, dimensions: int, pooling: str) -> Path:
    """The folder as sentence-transformers would export it."""
    (folder / "1_Pooling").mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "1_Pooling/config.json").write_text(json.dumps({pooling: True}), "utf-8")
    rows = np.stack([_direction(tokenizer, id, dimensions) for id in range(tokenizer.get_vocab_size())])
    # Each token's vector, plus the mean of all: that of `<s>`, whose own is near 0, is the text's.
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["rows", "input_ids"], ["own"]),
            helper.make_node("ReduceMean", ["own", "axis"], ["mean"], keepdims=1),
            helper.make_node("Add", ["own", "mean"], ["last_hidden_state"]),
            helper.make_node("Identity", ["attention_mask"], ["unused"]),
        ],
        "own",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"])
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(rows, "rows"), numpy_helper.from_array(np.array([1]), "axis")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    return folder


def _direction(tokenizer: Tokenizer, id: int, dimensions: int) -> NDArray[np.float32]:
    """One of the first axes for a word with a meaning, else something small."""
    name = tokenizer.id_to_token(id) or ""
    if name in ("<s>", "</s>"):
        return np.full(dimensions, 0.01, np.float32)
    word = tokenizer.decode([id]).strip().removeprefix("▁")
    for axis, words in enumerate(MEANINGS):
        if word in words:
            return np.asarray(8 * np.eye(dimensions)[axis], np.float32)
    seed = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest())
    return np.asarray(np.random.default_rng(seed).normal(scale=0.1, size=dimensions), np.float32)
