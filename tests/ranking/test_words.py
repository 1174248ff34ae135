"""Terms, by golden cases that the page's own test reads too (`browser/test/words.test.ts`)."""

import json
from typing import Any

from notegen.ranking.words import query_terms, spot_terms
from tests.golden import CASES

FILE = CASES / "terms.json"


def test_every_text_gives_the_terms_on_record(update_cases: bool) -> None:
    """Scripts with and without spaces, accents, ligatures, plurals, signs; places count UTF-16 units, as pages do."""
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [facts_of(case["text"]) for case in cases]
    if update_cases:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in actual)
        FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))


def test_a_term_is_found_by_its_own_word() -> None:
    """What a note is indexed by is what the same word in a query asks for."""
    for case in json.loads(FILE.read_text("utf-8")):
        indexed = {term.text for term in spot_terms(case["text"])}
        for wanted in query_terms(case["text"]):
            begins = wanted.prefix and any(term.startswith(wanted.prefix) for term in indexed)
            assert wanted.term in indexed or begins, case["text"]


def facts_of(text: str) -> dict[str, Any]:
    """A case as it stands in the file."""
    return {
        "text": text,
        "terms": [
            [term.text, units(text[: term.start]), units(text[: term.end])] for term in spot_terms(text)
        ],
        "wanted": [[wanted.term, wanted.prefix] for wanted in query_terms(text)],
    }


def units(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2
