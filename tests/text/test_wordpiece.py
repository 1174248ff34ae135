"""How queries are cut into tokens, by golden cases that `browser/test/search/engine/wordpiece.test.ts` reads too."""

import json
from typing import Any

from tokenizers import Tokenizer

from notegen.bundled import bundled
from notegen.text.wordpiece import wordpiece_tokenizer
from tests.support.golden import CASES

MODEL = bundled("models") / "all-MiniLM-L6-v2"
FILE = CASES / "wordpiece.json"


def test_every_text_gives_the_tokens_on_record(update_cases: bool) -> None:
    """What `tokenizers` makes of accents, scripts, signs, controls, words it cannot spell and ones that are too long.

    A word that it cannot spell has no token here: its row in a query table would be nothing.
    """
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # `[MASK]` in a question is a word like any other
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [
        {
            "text": case["text"],
            "tokens": [
                t for t in tokenizer.encode(case["text"], add_special_tokens=False).tokens if t != "[UNK]"
            ],
        }
        for case in cases
    ]
    if update_cases:
        lines = ",\n".join(json.dumps(case) for case in actual)
        FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))


def test_the_tokenizer_gives_the_tokens_on_record() -> None:
    """As the library does, and as the page does."""
    vocabulary: dict[str, int] = json.loads((MODEL / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    tokens = sorted(vocabulary, key=vocabulary.__getitem__)
    tokenize = wordpiece_tokenizer(tokens)
    for case in json.loads(FILE.read_text("utf-8")):
        assert [tokens[id] for id in tokenize(case["text"])] == case["tokens"], case["text"]
