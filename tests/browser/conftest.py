"""A real Chromium, a site at file:// or on a host, and a test that fails when a page complains.

A browser test takes `page` and one of `file_url` and `served`. When it ends, `complaints` must be empty:
console errors, uncaught exceptions and requests to another host fail it even if all that was asserted held.
"""

import fcntl
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
    WebError,
    expect,
    sync_playwright,
)

from hatch_build import node_executable
from notegen.build import build
from notegen.config import Config, load_config
from notegen.context import BuildContext
from notegen.model import Audit
from tests.conftest import ROOT
from tests.support import firefox as firefox_driver
from tests.support.chromium import FLAGS, NAMES, find_chromium
from tests.support.patience import LONG, fresh_page
from tests.support.static_host import Host, hosted
from tests.support.table_encoder import TableEncoder
from tests.support.vectors import garden
from tests.support.word_encoder import TABLE, WordEncoder

expect.set_options(timeout=LONG)

FOLDER = Path(__file__).parent
ABORTED = "Transition was aborted"
"""What Chromium says, and gives a page no way to say otherwise, when a reader steps on before a page has faded in."""
# Chromium shows a PDF by an extension of its own.
LOCAL_SCHEMES = {"about", "blob", "chrome", "chrome-extension", "data", "file"}


_running = ExitStack()
"""What drives Chromium, and each Chromium, once it is started: kept until the next test is one outside this folder.

Not for the session: while Playwright's synchronous interface is open, no other test can run an event loop. Not for a
file either: to start them takes longer than most tests.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Firefox comes first: to start it takes five seconds, and a process that has nothing left takes others' last."""
    items.sort(key=lambda item: item.path != FOLDER / "test_firefox.py")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """Ends them after the last test of this folder that this process runs, or runs for now."""
    try:
        return (yield)
    finally:
        if nextitem is None or FOLDER not in nextitem.path.parents:
            _running.close()
            _playwright.cache_clear()
            _chromium.cache_clear()


@pytest.fixture
def browser() -> Browser:
    """Chromium, without windows where the machine has such a one."""
    return _chromium()


@pytest.fixture
def browser_with_windows() -> Browser:
    """The whole browser: it has what shows a PDF, and offers to install a site."""
    return _chromium(with_windows=True)


@cache
def _playwright() -> Playwright:
    # Playwright's own Node wants a library that a bare Debian does not have.
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_executable())
    return _running.enter_context(sync_playwright())


@cache
def _chromium(*, with_windows: bool = False) -> Browser:
    executable = find_chromium(with_windows=with_windows)
    if executable is None:
        pytest.fail(
            f"no Chromium: none of {', '.join(NAMES)} is on this machine and NOTEGEN_CHROMIUM names none. "
            "`make test` installs Debian's.",
            pytrace=False,
        )
    browser = _playwright().chromium.launch(executable_path=executable, args=FLAGS)
    _running.callback(browser.close)
    return browser


@pytest.fixture(scope="module")
def firefox() -> Iterator[firefox_driver.Firefox]:
    """Firefox, started once for this file."""
    executable = firefox_driver.find_firefox()
    if executable is None:
        pytest.fail(
            f"no Firefox: none of {', '.join(firefox_driver.NAMES)} is on this machine and NOTEGEN_FIREFOX names none. "
            "`make test` installs Debian's.",
            pytrace=False,
        )
    with firefox_driver.started(executable) as firefox:
        yield firefox


@pytest.fixture
def fox(firefox: firefox_driver.Firefox) -> Iterator[firefox_driver.FirefoxPage]:
    """A fresh tab; the test fails if its pages leave complaints."""
    with firefox.page() as page:
        yield page
    assert page.complaints == []


@pytest.fixture
def complaints() -> list[str]:
    """What the pages of this test complained about so far; a test that provokes a complaint takes it out."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str], servers: ExitStack) -> Iterator[Page]:
    """A fresh page, without history or storage, of 1280 by 800; the test fails if it leaves complaints.

    It is closed before any of the `servers`, whose end would cut off what it still loads.
    """
    with _opened(browser, complaints) as page:
        yield page


@pytest.fixture
def page_in_window(
    browser_with_windows: Browser, complaints: list[str], servers: ExitStack
) -> Iterator[Page]:
    """The same in the whole browser, for what only it has."""
    with _opened(browser_with_windows, complaints) as page:
        yield page


@contextmanager
def _opened(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in LOCAL_SCHEMES and url.hostname != "127.0.0.1":
            complaints.append(f"request to another host: {request.url}")

    def on_error(error: WebError) -> None:
        if ABORTED not in str(error.error):
            complaints.append(f"uncaught: {error.error}")

    size: ViewportSize = {"width": 1280, "height": 800}
    with fresh_page(browser, viewport=size, locale="en-GB", timezone_id="UTC") as page:
        page.context.on("console", on_console)
        page.context.on("request", on_request)
        page.context.on("weberror", on_error)
        yield page
    assert complaints == []


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    with fresh_page(browser, java_script_enabled=False) as page:
        yield page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone."""
    with fresh_page(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as page:
        yield page


@pytest.fixture
def file_url() -> Callable[[Path], str]:
    """Gives the address of a site's folder as a double-click opens it; ends with a slash."""
    return lambda site: f"{site.resolve().as_uri()}/"


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """Whatever serves the pages of a test, of any kind: what is entered here outlives the page."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def served(servers: ExitStack) -> Callable[..., Host]:
    """Puts a site's folder on a host, under a sub-path, until the test ends."""
    return lambda site, **options: servers.enter_context(hosted(site, **options))


@pytest.fixture
def address(
    request: pytest.FixtureRequest,
    site: Path,
    file_url: Callable[[Path], str],
    served: Callable[[Path], Host],
) -> str:
    """The root of a module's `site`, opened from disk or from a sub-path of a host; ends with a slash."""
    return file_url(site) if request.param == "file" else served(site).url


def from_disk_and_host(metafunc: pytest.Metafunc, everywhere: Collection[str] | None = None) -> None:
    """Gives `address` for a module's tests: from disk and from a host for those that are named, else one by turns.

    What an address may count for is named: what is loaded, kept, copied, and what stands in the address. How the box is
    drawn and worked is one code that asks for no address; so these tests are shared out between the two by their names.

    Args: everywhere: the tests that are named; None for all.
    """
    if "address" not in metafunc.fixturenames:
        return
    name, chosen = metafunc.function.__name__, ["file", "host"]
    if everywhere is not None:
        assert [one for one in everywhere if not hasattr(metafunc.module, one)] == []
        chosen = chosen if name in everywhere else [chosen[crc32(name.encode()) % 2]]
    metafunc.parametrize("address", chosen, indirect=True)


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make site` builds, the project's own notes, but for their vectors, which the query table makes."""
    notes = ROOT / "notes"

    def make(site: Path) -> None:
        encoder = TableEncoder()
        build(BuildContext(notes, load_config(notes / "notegen.toml"), encoder, encoder.table), site)

    return made_once(tmp_path_factory, "own", make)


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garden with one of each thing that a note can hold, in four scripts, with a small encoder."""
    notes = ROOT / "tests/gardens/everything"

    def make(site: Path) -> None:
        build(BuildContext(notes, Config(title="Everything"), WordEncoder(), TABLE), site)

    return made_once(tmp_path_factory, "full", make)


@pytest.fixture(scope="session")
def attempts_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden of all attempts to run a script, many of one place in a note, built with search."""
    notes = tmp_path_factory.mktemp("notes")

    def make(site: Path) -> None:
        for name, content in garden(together=42).items():
            file = notes / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            )
        # Of some the audit would think, as of any in doubt, that they were to be hidden; here all are to be seen.
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("notegen.build.prepared_audit", lambda *_, **__: lambda *_: Audit(0, 0, ()))
            build(BuildContext(notes, Config(title="<b>'\"x"), WordEncoder(), TABLE), site)

    return made_once(tmp_path_factory, "attempts", make)


def made_once(paths: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A site that all tests share, whichever process they run in; none of them may change it."""
    shared = paths.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    site = shared / f"{name}-site"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.is_dir():
            make(site)
    return site
