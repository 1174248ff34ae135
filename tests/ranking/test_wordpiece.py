"""How queries are cut into tokens, by golden cases that `browser/test/wordpiece.test.ts` reads too."""

import json
from typing import Any

from notegen.bundled import bundled
from notegen.encoder import load_query_tokens
from tests.golden import CASES

MODEL = bundled("models") / "all-MiniLM-L6-v2"
FILE = CASES / "wordpiece.json"


def test_every_text_gives_the_tokens_on_record(update_cases: bool) -> None:
    """What `tokenizers` makes of accents, scripts, signs, controls, words it cannot spell and ones that are too long.

    A word that it cannot spell has no token here: its row in a query table would be nothing.
    """
    vocabulary: dict[str, int] = json.loads((MODEL / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    names = {id: token for token, id in vocabulary.items()}
    tokenize = load_query_tokens(MODEL)
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [
        {
            "text": case["text"],
            "tokens": [names[id] for id in tokenize(case["text"]) if names[id] != "[UNK]"],
        }
        for case in cases
    ]
    if update_cases:
        lines = ",\n".join(json.dumps(case) for case in actual)
        FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))
