"""A site that is read offline: what was read, or everything, with the host gone for good; and how that ends."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from tests.support.axe import FEW, violations
from tests.support.files import write_files
from tests.support.leaks import PASSWORD
from tests.support.patience import await_that, await_true
from tests.support.static_host import Host, hosted
from tests.support.word_encoder import TABLE, WordEncoder

CONFIG = Config(title="Harbour", offline="on")
TEXTS = {
    "index.md": "# Harbour\n\nSee [[Tides]] and [[Buoys]].\n\n![[plan.png]]\n",
    "sea/Tides.md": "# Tides\n\nThe water rises with the moon.\n",
    "sea/deep/Buoys.md": "# Buoys\n\nThey float on the bread and salt.\n",
}


def write(notes: Path, texts: dict[str, str]) -> Path:
    """The notes in their folder."""
    write_files(notes, {name: f"---\ndate: 2024-01-01\n---\n{text}" for name, text in texts.items()})
    (notes / "plan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return notes


def make(notes: Path, site: Path, config: Config = CONFIG) -> None:
    """Their site, with the small encoder."""
    build(BuildContext(notes, config, WordEncoder(), TABLE, password=lambda opens: PASSWORD), site)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notes, and their site beside them; tests take a copy."""
    folder = tmp_path_factory.mktemp("offline")
    make(write(folder / "notes", TEXTS), folder / "site")
    return folder


@pytest.fixture
def notes(built: Path, tmp_path: Path) -> Path:
    """Notes that may be edited."""
    return shutil.copytree(built / "notes", tmp_path / "notes")


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """Their site."""
    return shutil.copytree(built / "site", tmp_path / "site")


class Hosts:
    """Hosts that can go away for good in the middle of a test."""

    def __init__(self) -> None:
        self.stack = ExitStack()

    def start(self, site: Path, **options: bool) -> Host:
        """A host of the site."""
        return self.stack.enter_context(hosted(site, **options))  # type: ignore[arg-type]

    def end(self) -> None:
        """None of them answers any more."""
        self.stack.close()


@pytest.fixture
def hosts(page: Page, complaints: list[str]) -> Iterator[Hosts]:
    """None as yet; they end after the page, so that what it still loads is no complaint."""
    hosts = Hosts()
    with hosts.stack:
        yield hosts
        page.context.close()
    # Of what a host that is gone does not answer.
    complaints[:] = [one for one in complaints if "Failed to load resource" not in one]


def visit(page: Page, address: str) -> None:
    """Open a page, and wait until the worker has charge of it."""
    page.goto(address)
    await_true(page, "navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)")


def keep_everything(page: Page) -> None:
    """What a reader does who wants to have it all."""
    page.get_by_role("button", name="Read offline").click()
    page.get_by_role("button", name="Keep everything").click()
    expect(page.get_by_role("status").filter(has_text="Everything is kept")).to_be_visible()
    page.get_by_role("button", name="Close").click()


def kept(page: Page) -> list[str]:
    """The paths of all that the browser keeps, from the site's root."""
    return sorted(
        page.evaluate(
            "async () => { const found = []; for (const name of await caches.keys())"
            " for (const { url } of await (await caches.open(name)).keys())"
            " found.push(url.slice(name.replace(/^\\S+ /, '').length)); return found; }"
        )
    )


def test_what_was_read_is_there_when_the_host_is_gone(page: Page, site: Path, hosts: Hosts) -> None:
    """With its pictures; a page that was not read says so, and leads to the first one."""
    host = hosts.start(site)
    visit(page, f"{host.url}index.html")
    page.goto(f"{host.url}sea/Tides.html#tides")
    await_true(
        page,
        "caches.keys().then(async ([name]) => !!(await (await caches.open(name)).match(location.pathname)))",
    )
    hosts.end()
    page.goto(f"{host.url}sea/Tides.html?from=somewhere")
    expect(page.get_by_role("heading", name="Tides")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.site-head')).position") == "sticky"
    page.goto(f"{host.url}sea/deep/Buoys.html")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.get_by_role("link", name="To the first page").click()
    expect(page.get_by_role("heading", name="Harbour")).to_be_visible()
    page.goto(host.url)
    expect(page.get_by_role("heading", name="Harbour")).to_be_visible()


@pytest.mark.parametrize("strips_html", [False, True])
def test_everything_is_there_on_request(page: Page, site: Path, hosts: Hosts, strips_html: bool) -> None:
    """Every page, search by words and by meaning, previews and folders; also from hosts that strip `.html`."""
    host = hosts.start(site, strips_html=strips_html)
    visit(page, f"{host.url}index.html")
    keep_everything(page)
    hosts.end()
    for path in ("sea/deep/Buoys", "sea/deep/Buoys.html", "dates/2024.html", "graph.html"):
        page.goto(host.url + path)
        expect(page.locator("main")).to_be_visible()
        assert "No connection" not in page.title()
    page.goto(f"{host.url}sea/Tides.html")
    found = "query => window.notegen.search(query).then(({ hits }) => hits.map(({ url, why }) => [url, why]))"
    assert page.evaluate(found, "moon")[0][0] == "sea/Tides.html"
    assert "meaning" in page.evaluate(found, "bread salt")[0][1]
    page.keyboard.press("b")
    expect(page.locator(".explorer").get_by_role("link", name="Tides")).to_be_visible()


def test_who_keeps_everything_keeps_up(page: Page, notes: Path, site: Path, hosts: Hosts) -> None:
    """A visit after a publish brings what changed and removes what is gone; only that is loaded."""
    host = hosts.start(site)
    visit(page, f"{host.url}index.html")
    keep_everything(page)
    write(notes, {"sea/Tides.md": "# Tides\n\nThe water falls again.\n", "New.md": "# New\n\nWhales.\n"})
    (notes / "sea/deep/Buoys.md").unlink()
    make(notes, site)
    asked = len(host.sent)
    page.goto(f"{host.url}index.html")
    await_that(
        page, lambda: "New.html" in kept(page) and "sea/deep/Buoys.html" not in kept(page), "it is new"
    )
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    unread = {".nojekyll", "404.html", "notegen.json", "notegen/files.txt", "sw.js"}
    lists = {url for url in files if url.startswith("notegen/offline.")}
    assert set(kept(page)) == {*(files - unread - lists), "?kept"}
    loaded = [one.path for one in host.sent[asked:]]
    assert not [path for path in loaded if path.endswith((".css", "notegen/early.png")) or "icon-" in path]
    hosts.end()
    page.goto(f"{host.url}sea/Tides.html")
    expect(page.get_by_text("The water falls again.").first).to_be_visible()
    assert page.evaluate("window.notegen.search('whales').then(({ hits }) => hits[0].url)") == "New.html"


@pytest.mark.parametrize("strips_html", [False, True])
def test_a_page_that_the_host_has_no_more_is_kept_no_more(
    page: Page, notes: Path, site: Path, hosts: Hosts, strips_html: bool
) -> None:
    """Whoever read a note before it became private, and asks for it once more, has it without a connection no more."""
    host = hosts.start(site, strips_html=strips_html)
    visit(page, f"{host.url}index.html")
    page.goto(f"{host.url}sea/Tides.html")
    await_that(page, lambda: "sea/Tides.html" in kept(page), "it is kept")
    (notes / "sea/Tides.md").write_text("---\nprivate: true\n---\n# Tides\n")
    make(notes, site)
    page.goto(f"{host.url}sea/Tides.html")
    await_that(page, lambda: "sea/Tides.html" not in kept(page), "it is gone")
    assert "index.html" in kept(page)


def test_what_is_kept_can_be_forgotten(page: Page, site: Path, hosts: Hosts) -> None:
    """But for what every page needs."""
    host = hosts.start(site)
    visit(page, f"{host.url}index.html")
    keep_everything(page)
    page.get_by_role("button", name="Read offline").click()
    page.get_by_role("button", name="Forget what is kept").click()
    expect(page.get_by_role("button", name="Keep everything")).to_be_visible()
    assert violations(page, FEW) == []
    assert len(kept(page)) < 12
    assert "?kept" not in kept(page)


@pytest.mark.parametrize("ending", ["off", "retire"])
def test_it_is_gone_when_it_is_switched_off(
    page: Page, notes: Path, site: Path, hosts: Hosts, ending: str, complaints: list[str]
) -> None:
    """The worker and all that it kept, at the next visit; a reader of the old page is not disturbed."""
    host = hosts.start(site)
    visit(page, f"{host.url}index.html")
    keep_everything(page)
    make(notes, site, replace(CONFIG, offline=ending))
    assert (site / "sw.js").exists() == (ending == "retire")
    page.goto(f"{host.url}sea/Tides.html")
    ended = "navigator.serviceWorker.getRegistrations().then(found => found.length === 0)"
    await_true(page, ended)
    await_true(page, "caches.keys().then(names => names.length === 0)")
    page.goto(f"{host.url}index.html")
    await_true(page, "navigator.serviceWorker.controller === null")
    assert page.evaluate("document.querySelector('[rel=manifest], [data-action=offline]')") is None
    complaints[:] = [one for one in complaints if "404" not in one]


def test_a_worker_that_is_retired_ends_without_a_page(
    page: Page, notes: Path, site: Path, hosts: Hosts
) -> None:
    """A site that became another's has no script of ours; the worker in the old one's place makes the end."""
    host = hosts.start(site)
    visit(page, f"{host.url}index.html")
    make(notes, site, replace(CONFIG, offline="retire"))
    (site / "index.html").write_text("<!doctype html><title>Another's</title>")
    page.goto(f"{host.url}index.html")
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found?.update())")
    await_true(page, "navigator.serviceWorker.getRegistrations().then(found => found.length === 0)")
    await_true(page, "caches.keys().then(names => names.length === 0)")


def test_nothing_decrypted_is_kept(page: Page, notes: Path, tmp_path: Path, hosts: Hosts) -> None:
    """What the password opened is on the page, and only the encrypted files are in what the browser keeps."""
    (notes / "Plugh.md").write_text(
        "---\ndate: 2024-01-02\nencrypt: true\n---\n# Plugh\n\nThe xyzzy words.\n"
    )
    make(notes, tmp_path / "locked")
    host = hosts.start(tmp_path / "locked")
    visit(page, f"{host.url}index.html")
    page.locator("[data-action=unlock]").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    await_true(page, "!!window.notegen?.unlocked && !!window.notegen.search")
    assert page.evaluate("window.notegen.search('xyzzy').then(({ hits }) => hits.length)") == 1
    keep_everything(page)
    texts = page.evaluate(
        """async () => {
            const texts = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const key of await cache.keys()) texts.push(key.url, await (await cache.match(key)).text());
            }
            return texts.join().toLowerCase();
        }"""
    )
    assert "tides" in texts
    assert "xyzzy" not in texts
    assert "plugh" not in texts
    hosts.end()
    page.goto(f"{host.url}index.html")
    await_true(page, "!!window.notegen?.unlocked && !!window.notegen.search")
    assert page.evaluate("window.notegen.search('xyzzy').then(({ hits }) => hits.length)") == 1


def test_it_is_absent_at_file_urls(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """No worker, no manifest, no button that is seen, and no complaint."""
    page.goto(f"{file_url(site)}index.html")
    await_true(page, "document.readyState === 'complete'")
    expect(page.locator("[data-action=offline]")).to_be_hidden()
    assert page.evaluate("document.querySelector('[rel=manifest]')") is None


def test_the_site_can_be_installed(page_in_window: Page, site: Path, served: Callable[..., Host]) -> None:
    """The browser reads its manifest without a complaint, finds its icons, and would offer it to a reader."""
    host = served(site)
    visit(page_in_window, f"{host.url}sea/Tides.html")
    session = page_in_window.context.new_cdp_session(page_in_window)
    read = session.send("Page.getAppManifest")
    assert read["url"] == f"{host.url}manifest.webmanifest"
    assert read["errors"] == []
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in found] == ["in-incognito"]  # as every page of these tests is


def test_another_site_below_keeps_its_own(page: Page, site: Path, tmp_path: Path, hosts: Hosts) -> None:
    """Of two sites on one host, of which one lies within the other, neither touches what the other keeps."""
    both = tmp_path / "both"
    shutil.copytree(site, both)
    shutil.copytree(site, both / "inner")
    host = hosts.start(both)
    visit(page, f"{host.url}index.html")
    visit(page, f"{host.url}inner/index.html")
    names = page.evaluate("caches.keys()")
    assert sorted(names) == [f"notegen {host.url}", f"notegen {host.url}inner/"]
    scopes = page.evaluate(
        "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope).sort())"
    )
    assert scopes == [host.url, f"{host.url}inner/"]
