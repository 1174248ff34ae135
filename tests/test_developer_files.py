"""The files that tools of a developer read agree with each other: make, editors, git, pre-commit, the build service."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser

import pytest
import yaml

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[0].split())


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_make_help_lists_every_target() -> None:
    """Each that is not a file, with a line that says what it is for."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    run = subprocess.run(["make", "help"], cwd=ROOT, env=own, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in run.stdout.splitlines() if len(line.split()) > 3} == TARGETS


def test_make_alone_builds_the_site() -> None:
    """What the README promises first is the first target."""
    assert re.findall(r"^([a-z][\w-]*):", MAKEFILE, re.MULTILINE)[0] == "site"


def test_editors_break_lines_where_the_formatters_do() -> None:
    """`.editorconfig` has the widths of ruff and of Biome, and their indents."""
    config = ConfigParser()
    config.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"), ".editorconfig")
    biome = json.loads((ROOT / "browser/biome.json").read_text("utf-8"))["formatter"]
    widths = {PROJECT["tool"]["ruff"]["line-length"], biome["lineWidth"]}
    assert {config.getint("*.{py,ts,mjs,json}", "max_line_length")} == widths
    assert config.getint("*", "indent_size") == biome["indentWidth"]


def test_text_is_kept_with_line_feeds() -> None:
    """What git has, and what it writes, is as `.gitattributes` says; a file that is not text is named there."""
    command = ["git", "ls-files", "--eol", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rows = [line.partition("\t") for line in listed.split("\0") if line]
    found = {path: facts.split() for facts, _, path in rows}
    assert [path for path, facts in found.items() if {"i/crlf", "i/mixed"} & set(facts)] == []
    assert [
        path for path, facts in found.items() if facts[0] == "i/-text" and "attr/-text" not in facts
    ] == []


def test_hooks_run_what_make_has_set_up_and_fetch_nothing() -> None:
    """Each is local, and starts a target of the Makefile or is a pattern."""
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repo["repo"] == "local"
    assert {hook["language"] for hook in repo["hooks"]} == {"system", "pygrep"}
    made = [hook["entry"].split() for hook in repo["hooks"] if hook["language"] == "system"]
    assert [words for words in made if words[0] != "make" or words[1] not in TARGETS] == []


def test_every_python_that_is_promised_is_tested_on_every_system() -> None:
    """The classifiers and the matrices of the workflow have the same versions."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text("utf-8"))
    promised = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))
    matrices = [job["strategy"]["matrix"] for job in workflow["jobs"].values() if "strategy" in job]
    assert [matrix["python"] for matrix in matrices] == [promised] * len(matrices)
    systems = {job["runs-on"] for job in workflow["jobs"].values()} | {
        system for matrix in matrices for system in matrix.get("system", [])
    }
    assert {"ubuntu-latest", "macos-latest", "windows-latest"} <= systems


def test_the_workflow_leaves_out_only_what_is_there() -> None:
    """A file that moved is not left out by its old name."""
    text = (ROOT / ".github/workflows/test.yml").read_text("utf-8")
    assert [path for path in re.findall(r"--ignore=(\S+)", text) if not (ROOT / path).exists()] == []


def test_cases_are_rewritten_by_one_process() -> None:
    """Several would write one file at once, each what it has read before the other wrote."""
    command = [sys.executable, "-m", "pytest", "--update-cases", "-n", "2", "tests/test_dates.py"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (
        4,
        "ERROR: --update-cases writes files that tests share: leave out -n\n\n",
    )
