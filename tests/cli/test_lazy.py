"""The command line answers at once: what a command does not use is not loaded for it."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from notegen.__main__ import main as start
from notegen.cli import HELP_LINES, cli
from tests.conftest import ROOT

LOADED = """
import sys
before = set(sys.modules)
from notegen.cli import main
try:
    main()
finally:
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


def loaded(*words: str) -> set[str]:
    """The modules that `notegen` with these words loads in a process of its own."""
    run = [sys.executable, "-c", LOADED, *words]
    ended = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ended.stderr.split())


@pytest.mark.parametrize("option", ["--help", "-h", "--version"])
def test_help_and_version_load_nothing_but_click(option: str) -> None:
    """Neither numpy nor onnxruntime nor jinja2, no other library, and of notegen only the list of commands."""
    modules = loaded(option)
    outside = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names
    # click takes colorama where a terminal needs it, on Windows.
    assert outside - {"colorama"} == {"click", "notegen"}
    assert {name for name in modules if name.startswith("notegen")} == {"notegen", "notegen.cli"}


def test_a_library_that_is_loaded_is_seen() -> None:
    """The commands themselves load what they need, here for their own help."""
    assert {"numpy", "jinja2", "notegen.cli.search"} <= loaded("search", "--help")


def test_a_check_loads_what_it_uses(tmp_path: Path) -> None:
    """No model, no endings of words, no formulas and no bar where the notes and the terminal have none."""
    (tmp_path / "a.md").write_text("---\ndate: 2024-05-01\n---\n# A tide\n\nIt rose.\n", "utf-8")
    modules = loaded("check", str(tmp_path))
    heavy = {
        "onnxruntime",
        "tokenizers",
        "Stemmer",
        "snowballstemmer",
        "latex2mathml",
        "stopwordsiso",
        "ftfy",
        "rich",
    }
    assert modules & heavy == set()
    (tmp_path / "a.md").write_text("---\ndate: 2024-05-01\n---\n# A tide\n\nIt rose by $h$.\n", "utf-8")
    assert loaded("check", str(tmp_path)) & heavy == {"latex2mathml"}


def test_numpy_works_in_one_thread_unless_the_shell_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second thread of OpenBLAS would wait for the first longer than most products take."""
    threads: list[str] = []
    monkeypatch.setattr("notegen.__main__._signal.getsignal", lambda number: None)
    monkeypatch.setattr("notegen.cli.main", lambda: threads.append(os.environ["OPENBLAS_NUM_THREADS"]))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    start()
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    start()
    assert threads == ["3", "1"]


@pytest.mark.parametrize("name", HELP_LINES)
def test_a_help_line_is_that_of_the_command(name: str) -> None:
    """The line that is known without loading the command is the first one of its docstring."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(limit=1000) == HELP_LINES[name]


def test_every_file_of_a_command_is_listed() -> None:
    """No command is forgotten in the table."""
    files = [
        path for path in (ROOT / "notegen/cli").glob("*.py") if "@click.command(" in path.read_text("utf-8")
    ]
    assert {path.stem for path in files} == HELP_LINES.keys()


def test_help_shows_every_line_whole() -> None:
    """In their order, in a narrow terminal and in a wide one: click's own table cuts what takes more than a row."""
    for width in (40, 80, 200):
        shown = cli.get_help(click.Context(cli, terminal_width=width)).partition("Commands:")[2]
        assert shown.split() == [word for entry in HELP_LINES.items() for word in " ".join(entry).split()]


def test_a_command_that_is_not_there_is_refused() -> None:
    """As click refuses it."""
    assert cli.get_command(click.Context(cli), "setup") is None
