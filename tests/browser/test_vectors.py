"""Nothing that a note holds runs in a page or makes it ask another host: attempts in every place, in two browsers."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from notegen.model import Audit
from tests.browser.conftest import made_once
from tests.support.firefox import Firefox
from tests.support.patience import await_that, await_true
from tests.support.static_host import Host
from tests.support.vectors import SCRIPTS, attempts, garden
from tests.support.watched_page import look_in_firefox, open_in_firefox, watch, watch_firefox
from tests.support.word_encoder import TABLE, WordEncoder

TOGETHER = 42
"""Attempts in a note."""
PARTS = 4
"""Of the pages, so that several processes share them."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden of all attempts, built with search."""
    notes = tmp_path_factory.mktemp("notes")

    def make(site: Path) -> None:
        for name, content in garden(together=TOGETHER).items():
            file = notes / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            )
        # Of some the audit would think, as of any in doubt, that they were to be hidden; here all are to be seen.
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("notegen.build.prepared_audit", lambda *_, **__: lambda site: Audit(0, 0, ()))
            build(BuildContext(notes, Config(title="<b>'\"x"), WordEncoder(), TABLE), site)

    return made_once(tmp_path_factory, "vectors", make)


def pages_of(site: Path) -> list[Path]:
    """All pages but former addresses, which only lead on, and of the pages of a tag every sixteenth.

    These say a name and list notes by one template, and there are as many as the attempts have words; each name is on
    the page of all tags too, and what a note says in a list on that of its folder. `python -m bench.vectors` opens all.
    """
    pages = [page for page in sorted(site.rglob("*.html")) if "<main" in page.read_text("utf-8")]
    tags = [page for page in pages if page.is_relative_to(site / "tags")]
    return [page for page in pages if page not in tags] + tags[::16]


def test_there_are_many_attempts() -> None:
    """Each payload in each place."""
    assert len({attempt.name for attempt in attempts()}) >= 1_800


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_runs_or_asks_anything(
    part: int, browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Each page of `pages_of` opened from disk, everything in it rested on and pressed, its policy never needed."""
    watched = watch(browser)
    for page in pages_of(site)[part::PARTS]:
        watched.open(file_url(site) + quote(page.relative_to(site).as_posix()))
    assert watched.seen == []


def test_no_question_runs_or_asks_anything(
    browser: Browser, site: Path, served: Callable[[Path], Host]
) -> None:
    """Questions in the box and in addresses, and what an address carries behind its `#`."""
    watched, host = watch(browser), served(site)
    for number, payload in enumerate(SCRIPTS):
        words = quote(payload.replace("RUN", f"alert('asked-{number}')"), safe="")
        watched.page.goto(f"{host.url}other.html?q={words}#{words}?mark={words}&word={words}")
        expect(watched.page.locator("dialog.ns-dialog")).to_be_visible()
        if number % 8 == 0:
            watched.page.locator("dialog input").fill(f"alert text {number} onerror")
            expect(watched.page.locator("dialog [role=option]").first).to_be_visible()
        watched.look(payload)
    assert watched.seen == []


def test_an_injected_script_is_refused(
    page: Page, site: Path, served: Callable[[Path], Host], complaints: list[str]
) -> None:
    """Were something let through after all, the page's policy would stop it, and keep it from other hosts."""
    page.goto(f"{served(site).url}other.html")
    page.evaluate("""() => {
        window.ran = [];
        window.refused = 0;
        addEventListener('securitypolicyviolation', () => refused++);
        document.body.insertAdjacentHTML('beforeend',
            '<img src=x onerror="ran.push(1)"><img src="http://notegen.invalid/x">' +
                '<iframe src="http://notegen.invalid/y"></iframe>');
        for (const [name, value] of [['textContent', 'ran.push(2)'], ['src', 'data:text/javascript,ran.push(3)']]) {
            const script = document.createElement('script');
            script[name] = value;
            document.head.append(script);
        }
    }""")
    await_true(page, "refused >= 5")
    kinds = ("Content Security Policy", "to another host", "status of 404")
    await_that(
        page, lambda: all(any(kind in one for one in complaints) for kind in kinds), "complaints of each kind"
    )
    await_that(
        page, lambda: sum("Content Security Policy" in one for one in complaints) >= 5, "five refusals told"
    )
    assert page.evaluate("ran") == []
    # Chromium tells of a request before the policy refuses it; `x` is a file that is not there.
    others = [one for one in complaints if "Content Security Policy" not in one]
    assert {one.partition(" http")[0] for one in others} == {
        "request to another host:",
        "console: Failed to load resource: the server responded with a status of 404 (Not Found)",
    }
    refused = [one for one in complaints if "Content Security Policy" in one]
    assert len(refused) >= 5
    complaints.clear()


@pytest.mark.parametrize("name", ["own", "full"])
def test_pages_are_whole_on_a_host_without_inline_scripts(
    name: str, request: pytest.FixtureRequest, page: Page, served: Callable[..., Host]
) -> None:
    """A host that sends `script-src 'self'`: buttons are there, a theme holds, search finds, the graph is drawn."""
    host = served(
        request.getfixturevalue(f"{name}_site"), headers={"Content-Security-Policy": "script-src 'self'"}
    )
    page.goto(f"{host.url}graph.html")
    expect(page.locator("canvas")).to_be_visible()
    for button in page.locator("header .needs-script").all():
        expect(button).to_be_visible()
    page.locator("[data-theme-switch]").click()
    page.goto(f"{host.url}index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("notegen.search('a').then(found => Array.isArray(found.hits))")


def test_attached_documents_are_no_pages(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """HTML and XML are text, a drawing is shown as a picture, from disk too."""
    watched = watch(browser)
    for name in ("a", "b", "c", "d"):
        watched.page.goto(f"{file_url(site)}files.html")
        watched.page.get_by_role("link", name=name, exact=True).click()
        await_true(
            watched.page,
            "!location.pathname.endsWith('/files.html') || document.querySelector('dialog[open]')",
        )
        watched.look(name)
        assert watched.page.evaluate("document.contentType") in ("text/html", "text/plain")
    assert watched.seen == []


@pytest.fixture(scope="module")
def watched_firefox(firefox: Firefox) -> Firefox:
    """Firefox, whose pages are watched from their first moment."""
    watch_firefox(firefox)
    return firefox


def test_firefox_runs_and_asks_nothing(
    watched_firefox: Firefox, site: Path, file_url: Callable[[Path], str]
) -> None:
    """One page of each place; `python -m bench.vectors` opens all."""
    pages = [
        max(folder.rglob("*.html"), default=None) for folder in sorted(site.iterdir()) if folder.is_dir()
    ]
    with watched_firefox.page() as page:
        addresses = [file_url(site) + quote(one.relative_to(site).as_posix()) for one in pages if one]
        assert [seen for address in addresses for seen in open_in_firefox(page, address)] == []


def test_firefox_runs_and_asks_nothing_for_a_question(
    watched_firefox: Firefox, site: Path, served: Callable[[Path], Host]
) -> None:
    """Questions in addresses, and what an address carries behind its `#`."""
    host = served(site)
    with watched_firefox.page() as page:
        for number, payload in enumerate(SCRIPTS[::3]):
            words = quote(payload.replace("RUN", f"alert('asked-{number}')"), safe="")
            page.goto(f"{host.url}other.html?q={words}#{words}?mark={words}&word={words}")
            page.wait_for("document.querySelector('dialog.ns-dialog[open]')")
            page.wait_for("document.querySelector('dialog [role=option], dialog [role=status]:not(:empty)')")
            assert look_in_firefox(page, payload) == []
