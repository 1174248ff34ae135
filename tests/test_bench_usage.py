"""A measurement that is not given what it needs says how it is asked, in one line."""

import re
from pathlib import Path

import pytest

from bench.usage import arguments, fits


@pytest.mark.parametrize(
    ("usage", "words", "is_right"),
    [
        ("questions VAULT", [], False),
        ("questions VAULT", ["."], True),
        ("questions VAULT", ["not-there"], False),
        ("questions VAULT", [".", "."], False),
        ("audit VAULT... [--words]", ["--help"], False),
        ("audit VAULT... [--words]", ["--words"], False),
        ("audit VAULT... [--words]", ["--words", ".", "."], True),
        ("build VAULT [ROUNDS]", ["."], True),
        ("build VAULT [ROUNDS]", [".", "3"], True),
        ("build VAULT [ROUNDS]", [".", "three"], False),
        ("build VAULT [ROUNDS]", [".", "3", "4"], False),
        ("cost_a_note PLOT [NOTES...]", ["plot.svg", "1000", "4000"], True),
        ("cost_a_note PLOT [NOTES...]", ["plot.svg", "1000", "many"], False),
        ("large make FOLDER NOTES VAULT...", ["make", "out", "10", ".", "."], True),
        ("large make FOLDER NOTES VAULT...", ["makes", "out", "10", "."], False),
        ("large measure FOLDER embed|words|meaning", ["measure", "out", "words"], True),
        ("large measure FOLDER embed|words|meaning", ["measure", "out", "word"], False),
    ],
)
def test_what_is_given_is_what_is_needed(usage: str, words: list[str], is_right: bool) -> None:
    """Folders are there, numbers are numbers, and nothing is left over."""
    assert fits(usage, words) is is_right


def test_what_is_right_is_given_back() -> None:
    """In the order that it was typed in, options too."""
    assert arguments("audit VAULT... [--words]", ["--words", "."]) == ["--words", "."]


def test_usage_is_one_line_and_the_end_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, and nothing among what is printed of figures."""
    with pytest.raises(SystemExit) as ended:
        arguments("questions VAULT", [])
    assert ended.value.code == 2
    assert capsys.readouterr() == ("", "usage: python -m bench.questions VAULT\n")


def test_every_measurement_reads_its_words_here() -> None:
    """Each says its own name, and takes no word unlooked at."""
    for file in sorted((Path(__file__).parent.parent / "bench").glob("*.py")):
        _, _, start = file.read_text("utf-8").partition('if __name__ == "__main__":\n')
        said = re.findall(r'arguments\("(\w+)', start)
        assert set(said) <= {file.stem}, file.name
        assert said or "Path(sys.argv" not in start, file.name
