"""Golden cases in text files: read, compared, and rewritten on request."""

from dataclasses import dataclass
from pathlib import Path

from notegen.model import Garden, Resolution, ToAsset, ToDay, ToFolder, ToHome, ToNote, ToPeriod, ToTag

CASES = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a file: what goes in and what must come out."""

    file: str
    number: int
    title: str
    given: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}:{self.title}"


def read_cases(name: str) -> list[Case]:
    """The cases of `tests/cases/<name>.md`, in order."""
    blocks = [""]
    for line in (CASES / f"{name}.md").read_text(encoding="utf-8").splitlines():
        if line == ".":
            blocks.append("")
        else:
            blocks[-1] += line + "\n"
    triples = zip(blocks[0::3], blocks[1::3], blocks[2::3], strict=False)
    return [
        Case(name, n, title.strip(), given, expected) for n, (title, given, expected) in enumerate(triples)
    ]


def check_case(case: Case, actual: str, *, update: bool) -> None:
    """Compares the whole output, or puts it into the file."""
    actual = actual.rstrip("\n") + "\n"
    if update:
        _rewrite(case, actual)
    else:
        assert actual == case.expected, f"{case}: run pytest with --update-cases and read the difference"


def write_files(text: str, folder: Path) -> None:
    """Writes the files of the `=== path` sections of a case."""
    for section in text.split("=== ")[1:]:
        path, _, content = section.partition("\n")
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def word_resolution(goal: Resolution, garden: Garden) -> str:
    """A resolution in a line of a case."""
    match goal:
        case ToNote(note, anchor):
            return note + (f" at {anchor}" if anchor else "")
        case ToDay(day):
            return f"the day {day}"
        case ToPeriod(year, month):
            return f"the month {year}-{month:02}" if month else f"the year {year}"
        case ToAsset(path):
            return f"the file {path} as {garden.assets[path]}"
        case ToTag(tag):
            return f"the tag {tag}" if tag else "all tags"
        case ToHome():
            return "the first page"
        case ToFolder(folder):
            return f"the folder {folder}"
        case _:
            return "nowhere"


def _rewrite(case: Case, actual: str) -> None:
    cases = [
        c if c.number != case.number else Case(c.file, c.number, c.title, c.given, actual)
        for c in read_cases(case.file)
    ]
    text = "\n".join(f"{c.title}\n.\n{c.given}.\n{c.expected}.\n" for c in cases)
    (CASES / f"{case.file}.md").write_text(text, encoding="utf-8")
