"""What the Tab key proposes: what a shell asks the program for by a variable, answered without building anything."""

import re

import pytest
from click.shell_completion import ShellComplete, get_completion_class

from notegen.cli import HELP_LINES, cli
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("typed", "begun", "proposed"),
    [
        ([], "", list(HELP_LINES)),
        ([], "se", ["serve", "search"]),
        (["publish"], "--b", ["--branch", "--base-url"]),
        (["publish", "--init"], "git", ["github", "gitlab"]),
        (["check", "--host"], "c", ["cloudflare"]),
        (["check", "--format"], "", ["text", "plain", "json", "sarif"]),
    ],
)
def test_the_tab_key_completes(typed: list[str], begun: str, proposed: list[str]) -> None:
    """Commands, options and their values."""
    shell = ShellComplete(cli, {}, "notegen", "_COMPLETE")
    assert [one.value for one in shell.get_completions(typed, begun)] == proposed


def test_folders_are_left_to_the_shell() -> None:
    """Which knows them."""
    (answer,) = ShellComplete(cli, {}, "notegen", "_COMPLETE").get_completions(["build"], "no")
    assert answer.type == "file"


def test_the_commands_that_are_documented_are_the_shells_that_there_are() -> None:
    """Each by the name that the program knows it by."""
    page = (ROOT / "notes/reference/commands.md").read_text("utf-8")
    named = re.findall(r"_COMPLETE=(\w+)_source notegen", page)
    assert named == ["bash", "zsh", "fish"]
    assert all(get_completion_class(shell) for shell in named)
