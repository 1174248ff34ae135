"""From an empty folder to a page in a browser: made, built, published, cloned, served and searched."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.patience import await_true
from tests.support.published import KeptBranch, git
from tests.support.real_servers import nginx, nginx_program, python_server
from tests.support.warm_process import run_warm

NAMES = {
    "Köln by boat": "The Rhine was high, and gulls followed us.",
    "Bread": "Flour, water, an oven with steam.",
}


@dataclass(frozen=True, slots=True)
class Garden:
    """A folder where somebody works, and what they published."""

    folder: Path
    kept: KeptBranch

    def run(self, *words: str) -> str:
        """What `notegen` prints."""
        ran = run_warm(*words, folder=self.folder, variables={"HOME": str(self.folder)})
        assert ran.returncode == 0, ran.stderr.decode()
        return ran.stdout.decode()

    def publish(self) -> list[str]:
        """What a publish says of what changes."""
        said = self.run("publish", "--to", "../remote.git", "--no-semantic", "--yes").splitlines()
        return [
            line for line in said if line.startswith(("target", "added", "changed", "removed", "to send"))
        ]

    def clone(self, name: str) -> Path:
        """The branch as a host has it."""
        folder = self.folder.parent / name
        git(self.folder, "clone", "--quiet", "--branch", "gh-pages", self.kept.to, str(folder))
        return folder


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    """Begun with `init` and `new`, built, and published to a bare repository."""
    folder = tmp_path_factory.mktemp("from nothing")
    (folder / "garden/notes").mkdir(parents=True)
    garden = Garden(folder / "garden", KeptBranch(folder / "remote.git"))
    garden.run("init", "notes", "--yes")
    for title, text in NAMES.items():
        note = garden.folder / garden.run("new", "notes", title, "--date", "2024-05-01").strip()
        note.write_text(f"{note.read_text('utf-8')}\n{text}\n", "utf-8")
    garden.run("build", "notes", "--no-semantic", "--quiet")
    garden.publish()
    return garden


@pytest.fixture(
    params=["nginx below a path, gzip", "nginx at the root", "Python's below a path", "Python's at the root"]
)
def address(request: pytest.FixtureRequest, garden: Garden, tmp_path: Path, servers: ExitStack) -> str:
    """Where a clone of the branch is served."""
    site = garden.folder.parent / "served"
    if not site.exists():
        garden.clone("served")
    if "nginx" in request.param and nginx_program() is None:
        pytest.fail("no nginx: `make test` installs Debian's", pytrace=False)
    kinds: dict[str, Callable[[], AbstractContextManager[str]]] = {
        "nginx below a path, gzip": lambda: nginx(site, tmp_path / "work", path="/my/notes/", gzip=True),
        "nginx at the root": lambda: nginx(site, tmp_path / "work"),
        "Python's below a path": lambda: python_server(site.parent),
        "Python's at the root": lambda: python_server(site),
    }
    url = servers.enter_context(kinds[request.param]())
    return f"{url}served/" if request.param == "Python's below a path" else url


def test_a_clone_of_the_branch_is_read_and_searched(page: Page, address: str) -> None:
    """By nginx and by Python's server, at the root and below a path, with gzip and without."""
    page.goto(address)
    page.get_by_role("link", name="Köln by boat").first.click()
    expect(page.locator("main")).to_contain_text("gulls followed us")
    await_true(page, "() => Boolean(window.notegen?.search)")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("oven")
    # What was found, and not what the box offers before anything is typed.
    await_true(
        page, "() => document.querySelector('[role=option]:has(.ns-badge)')?.innerText.includes('Bread')"
    )
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Bread")
    assert page.url.startswith(address)


def test_a_second_publish_sends_what_changed_and_a_third_nothing(garden: Garden) -> None:
    """Of the files that did not change, git gets no object; the clone has what the site has."""
    note = next((garden.folder / "notes").glob("*Bread.md"))
    before = objects_of(garden.kept)
    size = sum((garden.folder / "site" / url).stat().st_size for url in listed(garden.folder / "site"))
    note.write_text(note.read_text("utf-8").replace("steam", "steam and salt"), "utf-8")
    said = garden.publish()
    assert said[0] == "target    branch `gh-pages` of `../remote.git`"
    new = objects_of(garden.kept).items() - before.items()
    blobs = sum(length for _, (kind, length) in new if kind == "blob")
    assert 0 < blobs < size / 2
    site, clone = garden.folder / "site", garden.clone("again")
    kept = {url: (clone / url).read_bytes() for url in listed(clone)}
    only_published = {"notegen/published.json", "notegen/files.txt"}
    assert {url: content for url, content in kept.items() if url not in only_published} == {
        url: (site / url).read_bytes() for url in listed(site) if url not in only_published
    }
    assert garden.publish() == ["target    branch `gh-pages` of `../remote.git`: nothing has changed"]
    assert objects_of(garden.kept).items() == before.items() | new


def listed(site: Path) -> list[str]:
    """The files of a site, as it lists them."""
    return (site / "notegen/files.txt").read_text("utf-8").splitlines()


def objects_of(kept: KeptBranch) -> dict[str, tuple[str, int]]:
    """The objects of the repository, each with its kind and its bytes."""
    rows = git(kept.folder, "cat-file", "--batch-check", "--batch-all-objects").decode().splitlines()
    return {name: (kind, int(size)) for name, kind, size in map(str.split, rows)}
