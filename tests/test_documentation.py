"""The documentation is true: nothing a person can set or meet is left out, and its examples run.

In a note, a fenced block marked `console` holds commands after `$ ` and what they print; `...` stands for any text.
The blocks of a note run one after the other in a folder of their own, which starts as a copy of `tests/example`.
A block marked `sh` holds commands that are only parsed, and one marked `toml` is a notegen.toml.
"""

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from notegen.check.advice import give_advice
from notegen.cli import HELP_LINES, cli
from notegen.cli.cache import merge_command
from notegen.cli.model import add_command
from notegen.config import Config, find_config, load_config, setting_names
from notegen.context import BuildContext
from notegen.errors.problems import WORDINGS
from notegen.load import load_garden
from notegen.model import Code, Garden, Reading, ToNote
from notegen.theme import LAYERS, PAGE_STYLES, STYLES
from tests.conftest import ROOT
from tests.support.warm_process import run_warm

NOTES = ROOT / "notes"
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
SECURITY = ROOT / "SECURITY.md"
GLOSSARY = NOTES / "how-it-works/glossary.md"
PAGES = [README, CONTRIBUTING, SECURITY, *sorted(NOTES.rglob("*.md"))]
EXAMPLE = ROOT / "tests/example"
COMMANDS = {name: command for name in HELP_LINES if (command := cli.get_command(click.Context(cli), name))}
WITH_PARTS: dict[str, click.Command] = {**COMMANDS, "cache merge": merge_command, "model add": add_command}
"""Also those whose name is of two words."""

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")


def reference(name: str) -> str:
    """The text of a note under `notes/reference`."""
    return (NOTES / "reference" / f"{name}.md").read_text("utf-8")


def name_of(page: Path) -> str:
    """The page as a person names it."""
    return page.relative_to(ROOT).as_posix()


# -- the garden ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded() -> tuple[Reading, Garden]:
    """The notes, read and linked."""
    return load_garden(BuildContext(NOTES, load_config(find_config(NOTES)), encoder=None))


@pytest.fixture(scope="module")
def garden(loaded: tuple[Reading, Garden]) -> Garden:
    """The notes, linked."""
    return loaded[1]


def test_the_notes_have_no_problems(loaded: tuple[Reading, Garden]) -> None:
    """No broken link, no guessed date, not even advice."""
    reading, garden = loaded
    problems = [*garden.problems, *give_advice(garden, reading)]
    assert [(str(p.place), p.code.value, p.facts) for p in problems] == []


def test_every_note_says_when_it_is_from_and_what_it_is_about(garden: Garden) -> None:
    """A date and a description in front matter, neither guessed."""
    guessed = [id for id, note in garden.notes.items() if note.dating.source != "front matter"]
    silent = [id for id in garden.notes if "\ndescription: " not in (NOTES / id).read_text("utf-8")]
    assert (guessed, silent) == ([], [])


def test_every_note_can_be_reached_from_the_first(garden: Garden) -> None:
    """By links alone, without search or the index by date."""
    assert sorted(set(garden.notes) - reachable(garden, "index.md")) == []


def reachable(garden: Garden, start: str) -> set[str]:
    """The notes that links lead to, directly or over others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        note = waiting.pop()
        if note not in found:
            found.add(note)
            waiting += [to.note for to in garden.resolutions[note] if isinstance(to, ToNote)]
    return found


# -- commands --------------------------------------------------------------------------------------


def test_every_command_and_option_is_documented() -> None:
    """Each has its place, and nothing is described that is not there."""
    assert undocumented_options(reference("commands"), WITH_PARTS) == []


def test_a_missing_command_or_option_is_found() -> None:
    """Missing ones are named, and ones that no longer exist."""
    command = click.Command(
        "go", params=[click.Argument(["place"]), click.Option(["-f", "--fast"]), click.Option(["--slow"])]
    )
    text = (
        "## `notegen go [PLACE]`\n\n| `--fast` | quickly |\n| `--gone` | is not |\n\n"
        "## `notegen away`\n\n## `notegen away far [PLACE]`\n"
    )
    assert undocumented_options(text, {"go": command, "stay": click.Command("stay")}) == [
        "`notegen away far` is documented and does not exist",
        "`notegen away` is documented and does not exist",
        "`notegen go --gone` is documented and does not exist",
        "`notegen go --slow` is not documented",
        "`notegen go -f` is not documented",
        "`notegen stay` is not documented",
    ]


def undocumented_options(text: str, commands: Mapping[str, click.Command]) -> list[str]:
    """What the sections "`notegen NAME …`" of a text and the commands do not have in common, sorted."""
    sections = dict(re.findall(r"^## `notegen (\w+(?: [a-z]+)?)(.*?)(?=^## |\Z)", text, re.M | re.S))
    found = [
        f"`notegen {name}` is documented and does not exist" for name in sections.keys() - commands.keys()
    ]
    for name, command in commands.items():
        if name not in sections:
            found.append(f"`notegen {name}` is not documented")
            continue
        table = "\n".join(line for line in sections[name].split("\n") if line.startswith("| `-"))
        told = {code.split()[0] for code in _CODE.findall(table) if code.startswith("-")}
        there = {opt for param in command.params if isinstance(param, click.Option) for opt in param.opts}
        found += [f"`notegen {name} {opt}` is not documented" for opt in there - told]
        found += [f"`notegen {name} {opt}` is documented and does not exist" for opt in told - there]
        arguments = [param.name or "" for param in command.params if isinstance(param, click.Argument)]
        heading = sections[name].partition("\n")[0]
        found += [
            f"`notegen {name} {one.upper()}` is not documented"
            for one in arguments
            if one.upper() not in heading
        ]
    return sorted(found)


def test_every_command_has_help_with_an_example() -> None:
    """`--help` ends with a command line that a person can copy, and it parses."""
    for name, command in WITH_PARTS.items():
        with click.Context(command, info_name=f"notegen {name}") as context:
            example = re.search(r"Example:\n +(notegen .*)", command.get_help(context))
        assert example, name
        assert wrong_commands(example[1]) == []


# -- settings and problems -------------------------------------------------------------------------


def test_every_setting_is_documented_with_its_default() -> None:
    """The table and the code have the same keys, each once and in the same order, and the same defaults."""
    assert documented_defaults(reference("settings")) == [
        (name, default_of(name)) for name in setting_names()
    ]


def test_a_setting_is_read_from_its_row() -> None:
    """The first two cells, the second as TOML; anything else in backticks is no row, and a row twice is two."""
    text = (
        '| `out` | `"site"` | a `folder` |\n| `ignore` | `[]` | … |\n`title` | `1` |\n| `out` | `"x"` | … |\n'
    )
    assert documented_defaults(text) == [("out", "site"), ("ignore", []), ("out", "x")]


def documented_defaults(text: str) -> list[tuple[str, object]]:
    """Each row of the table of settings: the key and its default."""
    rows = re.findall(r"^\| `([\w.]+)` \| `([^`]+)` \|", text, re.MULTILINE)
    return [(key, tomllib.loads(f"default = {default}")["default"]) for key, default in rows]


def default_of(name: str) -> object:
    """A setting's default, as TOML has it."""
    value: object = reduce(getattr, name.split("."), Config())
    return list(value) if isinstance(value, tuple) else value


def test_every_problem_is_documented_with_its_level() -> None:
    """One section each, whose first word says whether it fails `check`."""
    levels = [(code.value, WORDINGS[code].level) for code in Code]
    assert sorted(documented_levels(reference("problems"))) == sorted(levels)


def test_a_problem_is_read_from_its_section() -> None:
    """Other headings are none, a section that says no level has none, and one that is there twice is two."""
    text = "## Links\n\n### link-odd\n\nIt is odd.\n\n" + "### link-missing\n\nWarning.\nA link.\n\n" * 2
    missing = ("link-missing", "warning")
    assert documented_levels(text) == [("link-odd", ""), missing, missing]


def documented_levels(text: str) -> list[tuple[str, str]]:
    """Each section about a problem: its code, and the level it states."""
    sections = re.findall(r"^### ([\w-]+)\n\n(?:(Warning|Advice)\.)?", text, re.MULTILINE)
    return [(code, level.lower()) for code, level in sections]


def test_every_environment_variable_is_documented() -> None:
    """All that begin with `NOTEGEN_` in Python, make and shell."""
    files = [
        *(ROOT / "notegen").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "Makefile",
        ROOT / ".ci/run",
    ]
    read = {
        name for file in files for name in re.findall(r"NOTEGEN_[A-Z]+(?:_[A-Z]+)*", file.read_text("utf-8"))
    }
    assert read - set(_CODE.findall(reference("environment"))) == set()


# -- what themes rely on ---------------------------------------------------------------------------

SHEETS = {**STYLES, **{name: layer for parts in PAGE_STYLES.values() for name, layer in parts.items()}}
"""The layer of each sheet."""


def test_every_class_is_documented_in_its_layer() -> None:
    """All that a sheet styles, but those of the search and the letters for words in code; and no other."""
    listed = {layer: listed_names(reference("theme-names"), layer, ".") for layer in LAYERS[:-1]}
    styled = {
        layer: {
            name
            for sheet, of in SHEETS.items()
            if of == layer
            for name in re.findall(r"\.([a-z][\w-]*)", sheet_text(sheet))
            if not name.startswith("ns-") and len(name) > 1
        }
        for layer in listed
    }
    assert {layer: names - styled[layer] for layer, names in listed.items() if names - styled[layer]} == {}
    assert set().union(*styled.values()) - set().union(*listed.values()) == set()


def test_every_documented_class_is_given_to_something() -> None:
    """By a template, by a script or by what turns Markdown into HTML; a counted one by its name before the number."""
    golden = ROOT / "tests/cases/text-marks.md"
    files = [*sources_in("notegen"), *sources_in("browser/src"), golden]
    given = theme_sources() + "".join(file.read_text("utf-8") for file in files)
    for layer in LAYERS[:-1]:
        for name in listed_names(reference("theme-names"), layer, "."):
            uncounted = re.sub(r"-\d+$", "-{{", name)
            assert re.search(rf"(?<![\w-])({name}(?![\w-])|{re.escape(uncounted)})", given), name


def test_every_custom_property_is_documented() -> None:
    """Those of the root, and those that a class sets; all that sheets and scripts use are among them."""
    page = reference("theme-names").partition("## Classes")[0]
    rows = re.findall(r"^\| (`--.*?) \|(.*)", page, re.MULTILINE)
    listed = {name for cell, _ in rows for name in names_in(cell)}
    of_root = {name for cell, rest in rows if rest.count("|") == 1 for name in names_in(cell)}
    root = "".join(re.findall(r":root \{(.*?)\}", sheet_text("tokens.css"), re.DOTALL))
    assert of_root == set(re.findall(r"(--[\w-]+): ", root))
    styles = "".join(sheet_text(sheet) for sheet in SHEETS)
    assert listed == set(re.findall(r"(--[\w-]+): ", styles))
    scripts = "".join(file.read_text("utf-8") for file in sources_in("browser/src"))
    used = set(re.findall(r"var\((--[\w-]+)[,)]", styles + theme_sources() + scripts))
    used |= set(re.findall(r'"(--[\w-]+)"', scripts))
    assert used - listed == set()


def test_the_layer_of_every_sheet_is_documented() -> None:
    """In one row for each layer, and the line that gives them their order."""
    page = reference("theme-names")
    rows = re.findall(r"^\| (\w+) \|[^|]*\| (`.*`) \|$", page.partition("## Custom")[0], re.MULTILINE)
    told = {sheet: layer for layer, sheets in rows for sheet in re.findall(r"`([\w-]+\.css)`", sheets)}
    assert told == SHEETS
    assert f"@layer {', '.join(LAYERS)};" in page


def test_names_are_read_from_the_first_cells_of_their_section() -> None:
    """Each by itself, or a first and a last that are counted; other cells and other sections tell of other things."""
    text = "### base\n\n| `.a`, `.b-c` | `.no` |\n| `.d-1` to `.d-3` | x |\n\n### pages\n\n| `.e` | x |\n"
    assert listed_names(text, "base", ".") == {"a", "b-c", "d-1", "d-2", "d-3"}
    assert listed_names(text, "tokens", ".") == set()


def listed_names(text: str, section: str, sign: str) -> set[str]:
    """What the first cells of the tables in a section `###` name, after the sign that each begins with."""
    found = re.search(rf"^### {section}\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    cells = re.findall(r"^\| (`.*?) \|", found[1] if found else "", re.MULTILINE)
    return {name.removeprefix(sign) for cell in cells for name in names_in(cell) if name.startswith(sign)}


def names_in(cell: str) -> Iterator[str]:
    """The names of a cell, each in backticks; `x-1` to `x-3` are three."""
    for name, last in re.findall(r"`([^`]+)`(?: to `[^`]+-(\d+)`)?", cell):
        stem = name.removesuffix("1")
        yield from (f"{stem}{number}" for number in range(1, int(last) + 1)) if last else (name,)


def sheet_text(name: str) -> str:
    """A style sheet of ours without comments and addresses."""
    text = (ROOT / "templates" / name).read_text("utf-8")
    return re.sub(r"/\*.*?\*/|url\(.*?\)", "", text, flags=re.DOTALL)


def theme_sources() -> str:
    """All templates, and the scripts that stand in pages."""
    return "".join(
        file.read_text("utf-8") for file in (ROOT / "templates").iterdir() if file.suffix in (".html", ".js")
    )


def sources_in(folder: str) -> list[Path]:
    """The Python and TypeScript under a folder."""
    return [file for file in sorted((ROOT / folder).rglob("*")) if file.suffix in (".py", ".ts")]


# -- examples --------------------------------------------------------------------------------------


def blocks(*kinds: str) -> list[tuple[Path, str]]:
    """Every fenced block of these kinds in the documentation, with its page, in order."""
    fences = [(page, match) for page in PAGES for match in _FENCE.finditer(page.read_text("utf-8"))]
    return [(page, match[2]) for page, match in fences if match[1] in kinds]


def test_every_command_in_an_example_parses() -> None:
    """Its options exist and take such values."""
    wrong = [
        f"{name_of(page)}: {complaint}"
        for page, block in blocks("sh", "console")
        for complaint in wrong_commands(block)
    ]
    assert wrong == []


def test_a_command_that_does_not_parse_is_found() -> None:
    """Wherever in a line it stands, with or without a prompt; what a command prints is no command."""
    text = "$ notegen build notes --srict\nnotegen is not run here\n"
    assert wrong_commands(text) == [
        "`notegen build notes --srict`: No such option '--srict'. Did you mean '--strict'?"
    ]
    assert wrong_commands("cd x && .venv/bin/notegen bild  # soon\n") == [
        "`.venv/bin/notegen bild`: there is no such command"
    ]
    assert wrong_commands("notegen build a b\n") == ["`notegen build a b`: Got unexpected extra argument (b)"]


def wrong_commands(block: str) -> list[str]:
    """The `notegen` commands of a block that the command line refuses, with its reason."""
    lines = [line for line in block.splitlines() if line.startswith("$ ")] or block.splitlines()
    wrong = []
    for line in lines:
        for words in _commands(shlex.split(line.removeprefix("$ "), comments=True)):
            if Path(words[0]).name == "notegen" and (complaint := _complaint(words[1:])):
                wrong.append(f"`{shlex.join(words)}`: {complaint}")
    return wrong


def _commands(words: Iterable[str]) -> Iterator[list[str]]:
    """A shell line's commands, parted by `&&`, `|` and `;`."""
    command: list[str] = []
    for word in [*words, "&&"]:
        if word in ("&&", "|", "||", ";"):
            yield from [command] if command else []
            command = []
        else:
            command.append(word)


def _complaint(words: list[str]) -> str:
    if not words or words[0].startswith("-"):
        return "" if words in (["--help"], ["-h"], ["--version"]) else "there is no such option"
    if words[0] not in COMMANDS:
        return "there is no such command"
    try:
        # The context parses and checks; nothing is invoked.
        COMMANDS[words[0]].make_context(words[0], words[1:])
    except click.UsageError as error:
        return error.format_message().replace("\n", " ")
    except click.exceptions.Exit:  # --help
        pass
    return ""


@pytest.mark.parametrize("block", blocks("toml"), ids=lambda block: name_of(block[0]))
def test_a_settings_example_is_accepted(block: tuple[Path, str], tmp_path: Path) -> None:
    """Every key exists and has the right kind of value."""
    (tmp_path / "notegen.toml").write_text(block[1], "utf-8")
    load_config(tmp_path / "notegen.toml")


@pytest.mark.parametrize("page", sorted({page for page, _ in blocks("console")}), ids=name_of)
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path) -> None:
    """They exit 0 and print what the page says."""
    folder = tmp_path / "example"
    shutil.copytree(EXAMPLE, folder)
    variables = {"HOME": str(tmp_path), "COLUMNS": "100"}
    for owner, block in blocks("console"):
        for command, wanted in _COMMAND.findall(block) if owner == page else ():
            status, said = run_example(command, folder, variables)
            assert status == 0, f"`{command}` exits {status}:\n{said}"
            assert prints(wanted, said), f"`{command}` prints:\n{said}"


def run_example(command: str, folder: Path, variables: Mapping[str, str]) -> tuple[int, str]:
    """The exit status of a command and what it prints, by the notegen of this checkout, whatever is installed."""
    name, *words = shlex.split(command)
    if name == "notegen":
        ran = run_warm(*words, folder=folder, variables=variables)
        return ran.returncode, (ran.stdout + ran.stderr).decode()
    notegen = f'notegen() {{ {shlex.quote(sys.executable)} -m notegen "$@"; }}\n'
    in_shell = subprocess.run(
        ["sh", "-c", notegen + command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return in_shell.returncode, in_shell.stdout + in_shell.stderr


def test_an_example_that_prints_something_else_is_found() -> None:
    """`...` stands for any text; nothing wanted means that it does not matter."""
    assert prints("3 notes: ...\n", "3 notes: no problems\n")
    assert prints("\n", "anything\n")
    assert not prints("4 notes: ...\n", "3 notes: no problems\n")


def prints(wanted: str, said: str) -> bool:
    """Whether what was said is what was wanted."""
    return not wanted.strip() or doctest.OutputChecker().check_output(wanted, said, doctest.ELLIPSIS)


# -- make targets, licences, and the README's links -------------------------------------------------


def test_every_make_target_that_is_named_exists() -> None:
    """`make` followed by a word is a promise."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = {
        (name_of(page), target)
        for page in PAGES
        for target in re.findall(r"(?:`|^\s*\$? ?)make ([a-z][\w-]*)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {(page, target) for page, target in named if f"\n{target}:" not in makefile} == set()


def test_every_dependency_has_its_licence_in_the_notice() -> None:
    """What is installed beside notegen is named, and nothing that is not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    requirements = list(project["dependencies"])
    for name in ("encrypt", "cluster", "mcp", "s3"):
        requirements += extras[name]
    installed = {re.split(r"[<>=!~ \[;]", requirement)[0].lower() for requirement in requirements}
    listed = (ROOT / "NOTICE").read_text("utf-8").partition("WHAT NOTEGEN RUNS WITH")[2]
    assert set(re.findall(r"^  ([\w-]+) {2,}\S", listed, re.MULTILINE)) == installed


@pytest.mark.parametrize("page", [README, CONTRIBUTING, SECURITY], ids=name_of)
def test_the_files_that_a_page_links_to_exist(page: Path) -> None:
    """Every relative link and picture of it leads to a file of the project."""
    assert missing_files(page.read_text("utf-8"), ROOT) == []


def test_a_missing_file_is_found(tmp_path: Path) -> None:
    """In Markdown and in HTML, without what follows `#`; other hosts are not asked."""
    (tmp_path / "a b.md").write_text("", "utf-8")
    text = '[a](a%20b.md#x) [b](https://example.org) ![c](c.png) <img src="d.png"> [e](#here)'
    assert missing_files(text, tmp_path) == ["c.png", "d.png"]


def missing_files(text: str, folder: Path) -> list[str]:
    """The relative addresses in a text that no file or folder has, in order."""
    addresses = [
        first or second for first, second in re.findall(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"', text)
    ]
    files = [
        unquote(address.partition("#")[0]) for address in addresses if not re.match(r"[a-z]+:|#", address)
    ]
    return [file for file in files if not (folder / file).exists()]


# -- files and names of the code --------------------------------------------------------------------


@pytest.mark.parametrize("page", [CONTRIBUTING, SECURITY, GLOSSARY], ids=name_of)
def test_every_path_that_is_named_exists(page: Path) -> None:
    """In backticks and in commands: whoever follows a recipe finds the file it is about."""
    assert missing_paths(page.read_text("utf-8"), ROOT) == []


def test_every_name_that_a_recipe_tells_is_in_the_code() -> None:
    """A constant, a class or a function in backticks stands in some source, so that looking for it finds it."""
    sources = [ROOT / folder for folder in ("notegen", "tests", "templates", "browser/src")]
    files = [
        file for folder in sources for ending in ("py", "ts", "html") for file in folder.rglob(f"*.{ending}")
    ]
    words = {word for file in files for word in re.findall(r"\w+", file.read_text("utf-8"))}
    assert names_told(CONTRIBUTING.read_text("utf-8")) - words == set()


def test_a_path_and_a_name_that_do_not_exist_are_found(tmp_path: Path) -> None:
    """A path has a slash or a known ending, a name an underscore or a capital; other code is neither."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.py").write_text("", "utf-8")
    text = (
        "`a/b.py`, `a`, `a/c.py`, `b.md` and `[[a/b]]` `x.py`\n\n```sh\npytest a/d -k x  # a/e\nmake a\n```\n"
    )
    assert missing_paths(text, tmp_path) == ["a/c.py", "b.md", "x.py", "a/d"]
    assert names_told(
        "`WORDINGS`, `render_pages`, `NotegenError`, `tag:`, `language`, `a/b_c.py`, `{{ say }}`"
    ) == {
        "WORDINGS",
        "render_pages",
        "NotegenError",
    }


def missing_paths(text: str, folder: Path) -> list[str]:
    """What is named as a file or folder, in backticks or in a block of commands, and is none, in order."""
    commands = "\n".join(match[2] for match in _FENCE.finditer(text) if match[1] == "sh")
    named = [*code_in(text), *shlex.split(commands, comments=True)]
    paths = [name for name in named if re.fullmatch(r"[\w.-]+(/[\w.-]+)+|[\w-]+\.(md|py|ts|toml)", name)]
    # What `make` or a person makes is not in a checkout, nor what somebody calls a note in an example.
    made = re.compile(r"\.venv/|browser/(node_modules|dist)|calendar(-2)?\.(md|html)$|notegen\.toml$")
    return [path for path in paths if not made.match(path) and not (folder / path).exists()]


def names_told(text: str) -> set[str]:
    """What is named as a part of the code: `CONSTANTS`, `Classes` of two words, `functions_of_several`."""
    name = re.compile(r"_?[A-Z][A-Z_]{3,}|(?:[A-Z][a-z]+){2,}|_?[a-z]+(?:_[a-z]+)+")
    return {code for code in code_in(text) if name.fullmatch(code)}


def code_in(text: str) -> list[str]:
    """What stands in backticks, in order, fenced blocks aside."""
    return _CODE.findall(re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
