"""The constants that Python and the page share: TypeScript reads them and has none of its own."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from notegen.search import rules
from notegen.search.shards.folders import folders_of
from tests.conftest import ROOT

ENGINE = ROOT / "browser/src/search/engine"

# Numbers in the engine beside 0, 1, 2 and the .5 of rounding and of BM25's idf.
NUMBERS = {
    "arguments.ts": {"10"},  # hits, where nobody says how many
    "engine.ts": {"10", "3"},  # the same, and texts that are loaded side by side
    "hebrew.ts": {"3", "4"},  # letters of a word, and in front of one
    "manifest.ts": {"4", "8", "9"},  # the format, and steps of lengths
    "marks.ts": {"6", "15"},  # digits of a name, and bits of its digest
    "note-names.ts": {"3", "4"},  # kinds of names
    "quantizer.ts": {"3", "7", "8", "64"},  # bits of a byte, and base 64
    "query.ts": {"12", "31", "86_400_000", "719_163"},  # the calendar
    "spelling.ts": {"65"},  # the letter A, with which size classes begin
    "texts.ts": {"3"},  # where a record has its passages
    "times.ts": {
        "3",
        "4",
        "7",
        "9",
        "10",
        "12",
        "719_163",
        "86_400_000",
    },  # the calendar, and parts of a date
    "tokens.ts": {"3", "7"},  # Harman's S stemmer, and Unicode's blocks of 128
    "varint.ts": {"31", "32", "64", "128"},  # base 64
}

_TEXT = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | `(?:\\.|[^`\\])*`
    | (?<=[(=,!:&|?{};\n])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*  # a regular expression
    """,
    re.DOTALL | re.VERBOSE,
)
_NUMBER = re.compile(r"(?<![\w.$])\d[\d_]*(?:\.\d+)?(?:e-?\d+)?")


def test_a_page_is_told_constants_by_their_own_names() -> None:
    """As JavaScript writes them, with their values to the last bit."""
    told = json.loads(json.dumps(rules.page_rules()))
    constants = {name: getattr(rules, re.sub("([A-Z])", r"_\1", name).upper()) for name in told}
    assert told == json.loads(json.dumps(constants))
    assert told["highlightIdfShare"] == 1 / 3


def test_the_page_knows_the_same_names() -> None:
    """Each of them, and no other."""
    typed = re.findall(r"^  (\w+): ", (ENGINE / "rules.ts").read_text("utf-8"), re.MULTILINE)
    assert sorted(typed) == sorted(rules.page_rules())


def test_the_page_has_no_constant_of_ranking() -> None:
    """What numbers stand in its engine have another reason, each of them known here."""
    files = sorted(ENGINE.glob("*.ts"))
    assert len(files) > 10
    found = {file.name: set(numbers_in(file)) - {"0", "1", "2", "0.5"} for file in files}
    assert {name: numbers for name, numbers in found.items() if numbers} == NUMBERS


def test_numbers_are_found_outside_texts(tmp_path: Path) -> None:
    """Not in comments, strings, templates and regular expressions."""
    file = tmp_path / "a.ts"
    file.write_text(
        'const A = 1.5e-9; // 7\nf("8", /[9]\\/8{3}/u, `7`, x1, 10_000); /* 11\n12 */ y[42]\n', "utf-8"
    )
    assert list(numbers_in(file)) == ["1.5e-9", "10_000", "42"]


def test_other_rules_give_the_pieces_other_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that knows the rules of before does not take them for its own."""
    counts = [1] * 3
    before = folders_of(3, counts, None).names["notes"]
    monkeypatch.setattr(rules, "MAX_SNIPPET_LENGTH", 300)
    assert folders_of(3, counts, None).names["notes"] != before


def numbers_in(file: Path) -> Iterator[str]:
    """The numbers in a file's code, as they are written."""
    yield from _NUMBER.findall(_TEXT.sub("", file.read_text("utf-8")))
