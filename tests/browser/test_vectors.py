"""Nothing that a note holds runs in a page or makes it ask another host: attempts in every place, in two browsers."""

import json
from collections.abc import Callable, Iterator
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
from tests.support.vectors import FAR, SCRIPTS, attempts, garden
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


def has_one_attempt(page: Path, site: Path) -> bool:
    """Whether it is one of a folder that has a page for each attempt, or lists such a folder."""
    return page.relative_to(site).parts[0] in ("boards", "folders", "front", "graph")


def test_there_are_many_attempts() -> None:
    """Each payload in each place."""
    assert len({attempt.name for attempt in attempts()}) >= 1_800


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_runs_or_asks_anything(
    part: int, browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Pages opened from disk, everything in them rested on and pressed, their policy never needed.

    Of those that have one attempt each, every eighth; those with forty of each place are all opened.
    """
    watched, pages = watch(browser), pages_of(site)
    few = [page for page in pages if has_one_attempt(page, site)]
    for page in ([page for page in pages if page not in few] + few[::8])[part::PARTS]:
        watched.open(file_url(site) + quote(page.relative_to(site).as_posix()))
    assert watched.seen == []


def test_no_text_of_a_page_runs_or_asks_anything(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """What pages with one attempt each say, all of them, one after the other in a page that stays open."""
    watched = watch(browser)
    watched.open(f"{file_url(site)}other.html")
    for page in pages_of(site):
        if has_one_attempt(page, site):
            watched.put(page.relative_to(site).as_posix(), page.read_text("utf-8"))
    watched.page.evaluate("new Promise(done => setTimeout(done, 20))")
    watched.look("the last")
    assert watched.seen == []


def test_what_a_text_would_let_through_is_seen(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """As it would be if nothing were escaped."""
    watched = watch(browser)
    watched.page.goto(f"{file_url(site)}other.html")
    for through in (*SCRIPTS[:4], SCRIPTS[6], *SCRIPTS[10:13], *SCRIPTS[16:19]):
        watched.put("a page", f"<main class=x><p>{through.replace('RUN', 'alert(1)')}</p></main><p>")
        assert watched.seen != [], through
        watched.seen.clear()


def whole_pages(site: Path) -> dict[str, str]:
    """Every page by its path, but for former addresses and the one for addresses that lead nowhere."""
    pages = {
        page.relative_to(site).as_posix(): page.read_text("utf-8") for page in sorted(site.rglob("*.html"))
    }
    return {path: text for path, text in pages.items() if "<main" in text and path != "404.html"}


def test_nothing_around_a_text_is_made_of_an_attempt(browser: Browser, site: Path, full_site: Path) -> None:
    """Head, header and foot of all pages, those of all tags too, have what those of pages without attempts have."""
    watched, pages = watch(browser), whole_pages(site)
    innocent = frozenset().union(*watched.around([*whole_pages(full_site).values()]))
    around = dict(zip(pages, watched.around([*pages.values()]), strict=True))
    assert {path: made - innocent for path, made in around.items() if made - innocent} == {}
    page = pages["other.html"]
    for through in (*SCRIPTS[:4], *SCRIPTS[5:13], *SCRIPTS[14:20], FAR[17], FAR[18]):
        for place in ("</title>", "</header>"):
            (made,) = watched.around([page.replace(place, place + through)])
            assert made - innocent or "<" not in through, through


ASK = """async question => {
    const [input, said] = ['input', '[role=status]'].map(one => document.querySelector(`dialog ${one}`));
    for (const words of ['', question]) {
        input.value = words;
        input.dispatchEvent(new Event('input', {bubbles: true}));
        while (said.textContent && !words) await new Promise(done => setTimeout(done, 5));
    }
}"""
"""Asks in the box that is open, which says nothing before it has an answer."""
ANSWERED = "Boolean(document.querySelector('dialog [role=status]')?.textContent)"


def questions(step: int = 1) -> Iterator[tuple[str, str, str]]:
    """Each payload, as one asks it, and as it stands in an address."""
    for number, payload in enumerate(SCRIPTS[::step]):
        words = payload.replace("RUN", f"alert('asked-{number}')")
        yield payload, words, quote(words, safe="")


def test_no_question_runs_or_asks_anything(
    browser: Browser, full_site: Path, served: Callable[[Path], Host]
) -> None:
    """Questions in addresses, each with what it finds, and what an address carries behind its `#`.

    Every fourth: from there it comes into the box, in which the next test asks all.
    """
    watched, host = watch(browser), served(full_site)
    for payload, _, words in questions(step=4):
        watched.page.goto(f"{host.url}Harbour.html?q={words}#{words}?mark={words}&word={words}")
        expect(watched.page.locator("dialog.ns-dialog")).to_be_visible()
        await_true(watched.page, ANSWERED)
        watched.look(payload)
    assert watched.seen == []


def test_nothing_that_is_found_runs_or_asks_anything(
    browser: Browser, site: Path, served: Callable[[Path], Host]
) -> None:
    """Each attempt asked for in the box: what is found are the attempts themselves, with their words marked."""
    watched, host = watch(browser), served(site)
    watched.page.goto(f"{host.url}other.html?q=words")
    await_true(watched.page, ANSWERED)
    for payload, words, _ in questions():
        watched.page.evaluate(ASK, words)
        await_true(watched.page, ANSWERED)
        watched.look(payload)
    for number in range(5):
        watched.page.evaluate(ASK, f"alert text {number} onerror")
        await_true(watched.page, "document.querySelector('dialog [role=option]')")
        watched.look(f"alert {number}")
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
    watched_firefox: Firefox, full_site: Path, site: Path, served: Callable[[Path], Host]
) -> None:
    """Questions in addresses, and what an address carries behind its `#`; and in the box, to find the attempts."""
    small = served(full_site)
    with watched_firefox.page() as page:
        for payload, _, words in questions(step=8):
            page.goto(f"{small.url}Harbour.html?q={words}#{words}?mark={words}&word={words}")
            page.wait_for("document.querySelector('dialog.ns-dialog[open]')")
            page.wait_for(ANSWERED)
            assert look_in_firefox(page, payload) == []
        page.goto(f"{served(site).url}other.html?q=words")
        page.wait_for(ANSWERED)
        for payload, words, _ in questions(step=3):
            page.evaluate(f"({ASK})({json.dumps(words)})")
            page.wait_for(ANSWERED)
            assert look_in_firefox(page, payload) == []
