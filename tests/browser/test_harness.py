"""The browser fixtures themselves: a harness that misses a fault would let every browser test pass."""

import gzip
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page

from tests.support.static_host import Host, Sent

# Without an icon of its own a page makes the browser ask the host for one, and a 404 is a console error.
HEAD = "<!doctype html><link rel=icon href='data:,'>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Three pages and a script: `index.html` is clean, the others each have a fault."""
    pages = {
        "index.html": "<title>home</title><p>hello <a href='sub/'>sub</a>",
        "sub/index.html": "<title>sub</title><script src='../broken.js'></script>",
        "far.html": "<title>far</title><img src='http://notegen.invalid/dot.png' alt=''>",
        "404.html": "<title>nothing here</title>",
        "broken.js": "console.error('told'); throw new Error('thrown');",
    }
    for name, text in pages.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + text if name.endswith(".html") else text, "utf-8")
    return tmp_path


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and body that a host answers with; redirects are not followed."""
    address = urlsplit(url)
    assert address.hostname
    connection = HTTPConnection(address.hostname, address.port)
    connection.request("GET", address.path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def test_a_clean_page_leaves_no_complaint(page: Page, site: Path, file_url: Callable[[Path], str]) -> None:
    """A page opened by double-click is itself."""
    page.goto(file_url(site) + "index.html")
    assert page.title() == "home"


def test_console_errors_and_exceptions_are_complaints(
    page: Page, complaints: list[str], site: Path, served: Callable[[Path], Host]
) -> None:
    """What a script reports and what it throws both fail a test."""
    page.goto(served(site).url + "sub/")
    assert sorted(complaints) == ["console: told", "uncaught: thrown"]
    complaints.clear()


def test_a_request_to_another_host_is_a_complaint(
    page: Page, complaints: list[str], site: Path, file_url: Callable[[Path], str]
) -> None:
    """Even one that fails: that it was tried is the fault."""
    page.goto(file_url(site) + "far.html")
    assert "request to another host: http://notegen.invalid/dot.png" in complaints
    complaints.clear()


def test_a_page_that_is_not_there_is_no_page(
    page: Page, complaints: list[str], site: Path, file_url: Callable[[Path], str]
) -> None:
    """At file:// there is no 404 page: the browser refuses."""
    with pytest.raises(Error, match="ERR_FILE_NOT_FOUND"):
        page.goto(file_url(site) + "absent.html")
    complaints.clear()


def test_the_host_answers_like_the_hosts_people_use(site: Path, served: Callable[[Path], Host]) -> None:
    """Folders get their slash and their index, text is compressed, what is missing gets the 404 page."""
    host = served(site)
    page = (site / "sub/index.html").read_bytes()
    missing = (site / "404.html").read_bytes()

    assert get(host.url + "sub/")[::2] == (200, page)
    status, headers, body = get(host.url + "sub/", **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"], gzip.decompress(body)) == (200, "gzip", page)
    assert headers["content-type"] == "text/html; charset=utf-8"
    status, headers, _ = get(host.url + "sub")
    assert (status, headers["location"]) == (301, "/some/sub/path/sub/")
    assert get(host.url + "no%20such.html")[::2] == (404, missing)
    assert get(host.url.replace("/some/sub/path/", "/"))[0] == 404
    assert get(host.url + "%2e%2e/secret")[0] == 404


def test_the_host_counts_what_it_sends(site: Path, served: Callable[[Path], Host]) -> None:
    """Paths are under the site's root; sizes are those of the bodies as sent."""
    host = served(site)
    get(host.url + "broken.js")
    get(host.url + "no%20such.html")
    assert host.sent == [
        Sent("broken.js", 200, (site / "broken.js").stat().st_size),
        Sent("no such.html", 404, (site / "404.html").stat().st_size),
    ]
