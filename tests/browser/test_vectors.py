"""Nothing that a note holds runs in a page or makes it ask another host: attempts in every place.

The same in Firefox is in test_firefox.py, which starts it.
"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.support.patience import await_that, await_true
from tests.support.static_host import Host
from tests.support.vectors import FAR, SCRIPTS, attempts, questions
from tests.support.watched_page import ANSWERED, ASK, watch

PARTS = 4
"""Of the pages, so that several processes share them."""


@pytest.fixture
def site(attempts_site: Path) -> Path:
    """The garden of all attempts."""
    return attempts_site


def pages_of(site: Path) -> list[Path]:
    """All pages but former addresses, which only lead on, and of the pages of a tag every sixteenth.

    These say a name and list notes by one template, and there are as many as the attempts have words; each name is on
    the page of all tags too, and what a note says in a list on that of its folder. `python -m bench.vectors` opens all.
    """
    pages = [page for page in sorted(site.rglob("*.html")) if "<main" in page.read_text("utf-8")]
    tags = [page for page in pages if page.is_relative_to(site / "tags")]
    return [page for page in pages if page not in tags] + tags[::16]


def stands_for_others(page: Path, site: Path) -> bool:
    """Whether it is one of a folder that has a page for each attempt, or lists one, or shows again what others show."""
    return page.relative_to(site).parts[0] in ("boards", "embeds", "folders", "front", "graph")


def test_there_are_many_attempts() -> None:
    """Each payload in each place."""
    assert len({attempt.name for attempt in attempts()}) >= 1_800


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_runs_or_asks_anything(
    part: int, browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """Pages opened from disk, everything in them rested on and pressed, their policy never needed.

    Of those that have one attempt each, and of those that embed others, every twelfth; those with forty of each place
    are all opened.
    """
    watched, pages = watch(browser), pages_of(site)
    many = [page for page in pages if stands_for_others(page, site)]
    for page in ([page for page in pages if page not in many] + many[::12])[part::PARTS]:
        watched.open(file_url(site) + quote(page.relative_to(site).as_posix()))
    assert watched.seen == []


def test_no_text_of_a_page_runs_or_asks_anything(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """What pages with one attempt each say, and those that embed, one after the other in a page that stays open."""
    watched = watch(browser)
    watched.open(f"{file_url(site)}other.html")
    for page in pages_of(site):
        if stands_for_others(page, site):
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


def _documented_policy() -> str:
    """What the notes say that a host may send."""
    text = (ROOT / "notes/start/publishing.md").read_text("utf-8")
    (policy,) = re.findall(r'add_header Content-Security-Policy "(.*)" always;', text)
    return str(policy)


@pytest.mark.parametrize("name", ["own", "full"])
@pytest.mark.parametrize("policy", ["script-src 'self'", _documented_policy()])
def test_pages_are_whole_on_a_host_with_a_policy(
    name: str, policy: str, request: pytest.FixtureRequest, page: Page, served: Callable[..., Host]
) -> None:
    """Nothing of theirs is refused: buttons are there, a theme holds, search finds, the graph is drawn."""
    host = served(request.getfixturevalue(f"{name}_site"), headers={"Content-Security-Policy": policy})
    page.goto(f"{host.url}graph.html")
    expect(page.locator("canvas")).to_be_visible()
    for button in page.locator("header .needs-script").all():
        expect(button).to_be_visible()
    page.locator("[data-theme-switch]").click()
    page.goto(f"{host.url}index.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("notegen.search('a').then(found => Array.isArray(found.hits))")


def test_pages_are_whole_in_a_sandbox(own_site: Path, page: Page, served: Callable[..., Host]) -> None:
    """Of a host's policy, or of a frame in another page: nothing can be kept, and the rest works."""
    host = served(own_site, headers={"Content-Security-Policy": "sandbox allow-scripts"})
    page.goto(f"{host.url}index.html")
    assert page.evaluate("notegen.search('a').then(found => Array.isArray(found.hits))")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()


def test_attached_documents_are_no_pages(
    browser: Browser, site: Path, file_url: Callable[[Path], str]
) -> None:
    """HTML and XML are text, a drawing is shown as a picture, from disk too."""
    watched = watch(browser)
    for name in "abcdefgh":
        watched.page.goto(f"{file_url(site)}files.html")
        watched.page.get_by_role("link", name=name, exact=True).click()
        await_true(
            watched.page,
            "!location.pathname.endsWith('/files.html') || document.querySelector('dialog[open]')",
        )
        watched.look(name)
        assert watched.page.evaluate("document.contentType") in ("text/html", "text/plain")
    assert watched.seen == []
