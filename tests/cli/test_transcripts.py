"""The command line as its users see it: what is typed, what is printed, and the exit code."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from notegen.cli import cli
from notegen.errors import NotegenError, word_error
from tests.support.golden import Case, check_case, read_cases

NEW_YEAR = 1_704_067_200  # 2024, in UTC: the time of every file


@pytest.mark.parametrize("case", [*read_cases("cli"), *read_cases("check")], ids=str)
def test_commands_say_what_the_case_says(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_cases: bool
) -> None:
    """Files are written and commands run in order; times and sizes are blanked."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTEGEN_CACHE", str(tmp_path / "cache"))
    said: list[str] = []
    for step in re.split(r"^(?=\$ |=== )", case.given, flags=re.MULTILINE):
        if step.startswith("=== "):
            path, _, content = step.removeprefix("=== ").partition("\n")
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(content, encoding="utf-8")
            os.utime(path, (NEW_YEAR, NEW_YEAR))
        elif step.startswith("$ cat "):
            said += [
                step.strip(),
                Path(step.removeprefix("$ cat ").strip()).read_text(encoding="utf-8").rstrip(),
            ]
        elif step.startswith("$ notegen "):
            said += [step.strip(), run(step.removeprefix("$ notegen ")).replace(str(tmp_path), "HERE")]
    text = re.sub(r"^(time +).*$", r"\1…", "\n".join(said), flags=re.MULTILINE)
    text = re.sub(r"\d+ files, [\d.]+ MB", "… files, … MB", text)
    text = re.sub(r"(\d+ pictures?), [\d.]+ [kM]B", r"\1, … kB", text)
    check_case(case, re.sub(r"\n\n+", "\n\n", text), update=update_cases)


def run(line: str) -> str:
    """What the command prints, and how it exits when it is not with 0."""
    words = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]
    result = CliRunner().invoke(cli, words, prog_name="notegen")
    output = result.output
    if isinstance(result.exception, NotegenError):
        return f"{output}{word_error(result.exception)}\n[exit 2]"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return output.rstrip() + (f"\n[exit {result.exit_code}]" if result.exit_code else "")
