"""What is found as it is written, by golden cases that the page's own test reads too."""

import json
import re
from itertools import product
from typing import Any

import pytest

from notegen.text import written_forms as written
from notegen.text.written_forms import search_terms, written_forms
from tests.support.golden import CASES

FILE = CASES / "written-forms.json"


def test_every_text_gives_the_forms_on_record(update_cases: bool) -> None:
    """Symbols, signs at words, words that signs join, parts of camelCase; places count UTF-16 units, as pages do."""
    cases: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    actual = [facts_of(case["text"]) for case in cases]
    if update_cases:
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in actual)
        FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
    assert actual == json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("C++, C# and C.", ["c++", "c#"]),
        ("use .NET (or $HOME)", [".net", "$home"]),
        ("Wi-Fi", ["wifi"]),
        ("he'll say O'Brien", ["obrien"]),
        ("version 10.1, not 101", ["10.1"]),
        ("readFile", ["read", "file"]),
        ("an end. Next", []),
        ("- a list of - dashes -- and … dots", []),
        ("🌱🌱 → x", ["🌱", "🌱", "→"]),
        ("東京-大阪", []),
        ("a/b/c/d/e/f/g", []),
    ],
)
def test_signs_that_belong_to_words_are_found(text: str, forms: list[str]) -> None:
    """And others are not."""
    assert [found.form for found in written_forms(text)] == forms


def test_a_question_is_for_its_words_first() -> None:
    """What is as written is told by the words that it is made of."""
    assert [(term.token.form, term.words) for term in search_terms("learn C++ 🌱")] == [
        ("learn", ()), ("c", ()), ("c++", ("c",)), ("🌱", ("🌱",)),
    ]  # fmt: skip


def facts_of(text: str) -> dict[str, Any]:
    """A case as it stands in the file: the forms with their places and words."""
    return {
        "text": text,
        "forms": [
            [found.form, units(text[: found.start]), units(text[: found.end]), list(found.words)]
            for found in written_forms(text)
        ],
    }


def units(text: str) -> int:
    """How long JavaScript finds it."""
    return len(text.encode("utf-16-le")) // 2


def test_what_is_passed_over_has_no_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words between brackets and quotation marks, looked at all the same."""
    parts = product(
        ["", "(", "“", "[’", '{"', "#", ".", "$"],
        ["so", "So", "SO", "sO", "SOs", "1", "10", "s1", "é", ""],
        ["", "’s", "'ll", "’tis", "'S", "'1"],
        ["", ")", "’,", "]}", '."', "++", "#", "-", "_", ".1"],
    )
    passed_over = [text for text in map("".join, parts) if written.PLAIN_CHUNK.fullmatch(text)]
    assert len(passed_over) > 400
    monkeypatch.setattr(written, "PLAIN_CHUNK", re.compile(r"(?!)"))
    assert [text for text in passed_over if written.forms_of_chunk.__wrapped__(text)] == []
