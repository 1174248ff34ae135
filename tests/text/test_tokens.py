"""Tokens and their stems, by golden cases that the page's own test reads too (`search/engine/tokens.test.ts`)."""

import json
import unicodedata
from typing import Any

import pytest

from notegen.text.stems import stems_of
from notegen.text.tokens import (
    ascii_form,
    ascii_forms,
    count_words,
    find_words,
    query_terms,
    singular_forms,
    token_spans,
)
from tests.support.golden import CASES

FILE = CASES / "terms.json"


def test_every_text_gives_the_tokens_on_record(update_cases: bool) -> None:
    """Scripts with and without spaces, accents, ligatures, endings, signs; places count UTF-16 units, as pages do."""
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [facts_of(case["text"], tuple(case["stemmers"])) for case in cases]
    if update_cases:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in actual)
        FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))


def test_every_mark_of_unicode_goes_on_with_a_word() -> None:
    """Wherever this Python's Unicode has one."""
    marks = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n))[0] == "M"]
    assert [mark for mark in marks if find_words(f"ä{mark}b") != [f"ä{mark}b"]] == []


def test_a_token_is_found_by_its_own_word() -> None:
    """What a note is indexed by is what the same word in a query asks for."""
    for case in json.loads(FILE.read_text("utf-8")):
        indexed = {span.token.form for span in token_spans(case["text"])}
        for term in query_terms(case["text"]):
            begins = term.prefix and any(form.startswith(term.prefix) for form in indexed)
            assert term.token.form in indexed or begins, case["text"]


def test_forms_of_ascii_texts_are_those_of_their_words() -> None:
    """Found at once; what is behind the fortieth letter is left out."""
    for text in ("", "The tide_s at 5.30, SEA-level: x2", f"a {'Long' * 20} b{'c' * 39} {'d' * 41}!"):
        assert ascii_forms(text) == [ascii_form(word) for word in find_words(text)]


def test_texts_are_compared_without_the_plural_s() -> None:
    """For the words that related notes share, whatever their language."""
    assert singular_forms("Cities, glasses, a bus and 東京") == [
        "city",
        "glasse",
        "a",
        "bus",
        "and",
        "東京",
        "京",
    ]


def facts_of(text: str, stemmers: tuple[str, ...]) -> dict[str, Any]:
    """A case as it stands in the file: tokens with their places and stems, then what a query looks for."""
    return {
        "text": text,
        "stemmers": list(stemmers),
        "terms": [
            [
                span.token.form,
                units(text[: span.start]),
                units(text[: span.end]),
                list(stems_of(span.token, stemmers)),
            ]
            for span in token_spans(text)
        ],
        "wanted": [[term.token.form, term.prefix] for term in query_terms(text)],
    }


def units(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The sea – it rises.", 5),
        ("海は満ちる。", 3),
        ("これは Python 3 です。", 5),
        ("바다는 높다", 3),
    ],
)
def test_words_are_counted_in_scripts_without_spaces_too(text: str, count: int) -> None:
    """By two characters a word, else a page of Japanese would be read in a minute."""
    assert count_words(text) == count
