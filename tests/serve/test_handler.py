"""What the preview server answers, request by request."""
# ruff: noqa: E501  # tables, a row a line

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import create_connection
from urllib.parse import quote

import pytest

from notegen.errors import NotegenError
from notegen.serve.broadcast import Broadcast, BuildStatus
from notegen.serve.handler import with_reload
from notegen.serve.pages import find_file
from notegen.serve.server import Server, bound, serving
from tests.support.files import write_files
from tests.support.waiting import PATIENCE, await_true

SCRIPT = '<script src="/.notegen/reload.js" data-build="b1"></script>'

Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, and beside it a file that is none of its business."""
    files = {
        "site/index.html": "<body>home</body>",
        "site/été/a b.html": "<body>a</body>",
        "site/été/index.html": "<body>summer</body>",
        "site/404.html": "<body>missing</body>",
        "site/a.css": "p {}",
        "site/a.js": "1",
        "site/a.json": "{}",
        "site/a.woff2": "font",
        "site/a.unknown": "?",
        "secret.html": "private",
    }
    write_files(tmp_path, files)
    return tmp_path / "site"


@pytest.fixture
def ask(site: Path) -> Iterator[Ask]:
    """Sends one request to a server of `site` and gives status, headers in lower case, and body."""
    with ExitStack() as stack:
        server: Server = stack.enter_context(bound("127.0.0.1", 0))
        stack.enter_context(serving(server, site, Broadcast(BuildStatus("b1"))))

        def request(path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
            connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

        yield request


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/a.css", "text/css; charset=utf-8"),
        ("/a.js", "text/javascript; charset=utf-8"),
        ("/a.json", "application/json"),
        ("/a.woff2", "font/woff2"),
        ("/a.unknown", "application/octet-stream"),
    ],
)
def test_each_file_has_its_type_and_is_not_cached(ask: Ask, path: str, kind: str) -> None:
    """A browser that kept a file would show the site of an earlier build."""
    status, headers, _ = ask(path)
    assert (status, headers["content-type"], headers["cache-control"]) == (200, kind, "no-store")


def test_a_name_with_spaces_and_accents_is_found(ask: Ask) -> None:
    """As a browser quotes it, with a query that is no part of it."""
    assert ask("/%C3%A9t%C3%A9/a%20b.html?q=1")[2] == f"<body>a{SCRIPT}</body>".encode()


def test_a_folder_gets_its_slash_and_then_its_index(ask: Ask) -> None:
    """Without the slash the relative links of the index would lead astray."""
    status, headers, _ = ask("/%C3%A9t%C3%A9")
    assert (status, headers["location"]) == (301, "/%C3%A9t%C3%A9/")
    assert ask("/%C3%A9t%C3%A9/")[2] == f"<body>summer{SCRIPT}</body>".encode()


@pytest.mark.parametrize("path", ["/no.html", "/no/", "/a%00b", "/" + "long" * 99, "/a.css/x"])
def test_what_is_missing_is_the_404_page(ask: Ask, path: str) -> None:
    """It follows the builds too: the note may be written next."""
    assert ask(path)[::2] == (404, f"<body>missing{SCRIPT}</body>".encode())


@pytest.mark.parametrize(
    "path", ["/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "//etc/passwd"]
)
def test_nothing_outside_the_site_is_sent(ask: Ask, path: str) -> None:
    """However the way out is written."""
    assert ask(path)[0] == 404


def test_a_link_that_leads_out_of_the_site_is_not_followed(ask: Ask, site: Path) -> None:
    """A site has no links of its own: someone put it there."""
    (site / "out.html").symlink_to(site.parent / "secret.html")
    assert ask("/out.html")[0] == 404


def test_head_has_the_headers_of_get_and_no_body(ask: Ask) -> None:
    """Link checkers ask so."""
    _, full, body = ask("/")
    status, headers, none = ask("/", "HEAD")
    assert (status, headers["content-length"], none) == (200, full["content-length"], b"")
    assert int(full["content-length"]) == len(body)


@pytest.mark.parametrize(
    ("host", "status"), [("localhost:8000", 200), ("[::1]", 200), ("evil.test:8000", 403)]
)
def test_another_name_for_this_machine_is_refused(ask: Ask, host: str, status: int) -> None:
    """A page of the web could give its own name this machine's address, and read the notes as its own."""
    assert ask("/", Host=host)[0] == status


@pytest.mark.parametrize("path", ["/", "/a.js", "/no.html", "/.notegen/reload.js", "/%C3%A9t%C3%A9"])
def test_nothing_is_for_pages_of_other_origins(ask: Ask, path: str) -> None:
    """They could load scripts, which hand a site's data to its pages, as their own."""
    assert ask(path)[1].get("cross-origin-resource-policy") == "same-origin"


def test_the_script_goes_before_the_last_end_of_the_body() -> None:
    """A page may show the text of another; one without an end still gets it."""
    status = BuildStatus("b1")
    assert (
        with_reload(b"<pre></body></pre></BODY ></html>", status)
        == f"<pre></body></pre>{SCRIPT}</BODY ></html>".encode()
    )
    assert with_reload(b"<p>hello", status) == f"<p>hello{SCRIPT}".encode()


def test_no_file_is_found_in_a_site_that_is_not_there(tmp_path: Path) -> None:
    """As in the moment when one site takes the place of another."""
    with pytest.raises(FileNotFoundError):
        find_file(tmp_path / "site", "/index.html")


def test_an_address_that_is_not_this_machines_is_refused() -> None:
    """The message names it and says what to do."""
    with (
        pytest.raises(NotegenError, match=r"`192\.0\.2\.1:8000` cannot be served on: .+"),
        bound("192.0.2.1", 8000),
    ):
        pass


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/%2egit/config", "/sub/.env", "/.notegen/reload.ts", "/.nojekyll", "/a.css/../.git/config",
        "/..", "/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "/..%5csecret.html", "/%5c%5chost", "/été/..\\a",
        "//../secret.html", "/%00", "/a.css%00.html", "/a%0d%0ab", "/%ff%fe", "/C:/Windows/x", "/a.css/x",
    ],
)  # fmt: skip
def test_what_is_none_of_its_business_is_not_there(ask: Ask, site: Path, path: str) -> None:
    """Dot files, ways out of the folder, and names that are none."""
    (site / ".git").mkdir()
    (site / ".git/config").write_text("secret")
    (site / "sub").mkdir()
    (site / "sub/.env").write_text("secret")
    (site / ".nojekyll").touch()
    status, _, body = ask(quote(path, safe="/%:"))
    assert (status, b"secret" in body) == (404, False)


@pytest.mark.parametrize("path", ["//été", "///été", "/%2f/été", "//%C3%A9t%C3%A9"])
def test_no_redirect_leads_to_another_host(ask: Ask, path: str) -> None:
    """A path with two slashes would be one."""
    status, headers, _ = ask(quote(path, safe="/%"))
    assert status in (301, 404)
    assert not headers.get("location", "").startswith(("//", "/\\", "http"))


def test_a_folder_called_as_a_page_is_no_endless_redirect(ask: Ask, site: Path) -> None:
    """It is not there."""
    (site / "odd/index.html").mkdir(parents=True)
    assert ask("/odd/")[0] == 404


def test_a_film_can_be_wound(ask: Ask, site: Path) -> None:
    """A part is sent, with what a browser needs to ask for the next."""
    (site / "a.mp4").write_bytes(bytes(range(256)) * 4096)
    status, headers, body = ask("/a.mp4", Range="bytes=1000000-")
    assert (status, headers["content-range"], headers["accept-ranges"]) == (
        206,
        "bytes 1000000-1048575/1048576",
        "bytes",
    )
    assert body == (bytes(range(256)) * 4096)[1_000_000:]
    assert ask("/a.mp4", Range="bytes=2000000-")[0] == 416
    assert ask("/a.mp4", "HEAD", Range="bytes=0-1")[0] == 200
    known = ask("/a.mp4")[1]["etag"]
    assert ask("/a.mp4", **{"If-None-Match": known})[0::2] == (304, b"")


def test_a_page_is_sent_whole(ask: Ask) -> None:
    """It is made anew with each answer."""
    assert ask("/", Range="bytes=0-3")[0] == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:80", "[::1]:80", "127.0.0.1:1"])
def test_this_machine_is_answered_by_its_names(ask: Ask, host: str) -> None:
    """With any port."""
    assert ask("/", Host=host)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.2", "", "[", "evil@x", "x#localhost"]
)  # fmt: skip
def test_other_names_are_refused(ask: Ask, host: str) -> None:
    """The pages of the web may call this machine by a name of their own."""
    assert ask("/", Host=host)[0] == 403


def test_the_address_that_is_served_on_is_a_name(site: Path) -> None:
    """Another loopback address than the usual one."""
    with bound("127.0.0.2", 0) as server, serving(server, site, Broadcast(BuildStatus("b1"))):
        handler = server.RequestHandlerClass
        assert isinstance(handler, partial)
        assert handler.keywords["names"] == {"localhost", "127.0.0.1", "::1", "127.0.0.2"}


@pytest.fixture
def impatient(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that waits for half a second, and has room for four."""
    monkeypatch.setattr("notegen.serve.server.SILENCE", 0.5)
    monkeypatch.setattr("notegen.serve.server.MAX_CONNECTIONS", 4)
    monkeypatch.setattr("notegen.serve.handler.Handler.timeout", 0.5)
    with bound("127.0.0.1", 0) as server, serving(server, site, Broadcast(BuildStatus("b1"))):
        yield server


@pytest.mark.parametrize("said", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"GET /" + b"a" * 100])
def test_a_client_that_says_nothing_more_is_cut_off(impatient: Server, said: bytes) -> None:
    """Before or within its request."""
    with (
        suppress(ConnectionError),  # it was cut off before it spoke
        create_connection(("127.0.0.1", impatient.port), timeout=PATIENCE) as client,
    ):
        client.sendall(said)
        assert client.recv(1000) == b""


def test_a_client_that_trickles_is_cut_off(impatient: Server) -> None:
    """A letter now and then does not hold a thread for ever."""
    with create_connection(("127.0.0.1", impatient.port), timeout=PATIENCE) as client:
        end = time.monotonic() + PATIENCE
        try:
            while time.monotonic() < end:
                client.sendall(b"a")
                time.sleep(0.05)
        except ConnectionError:
            return
    pytest.fail("it was never cut off")


def test_many_silent_clients_do_not_keep_others_out(impatient: Server) -> None:
    """Those beyond the room are turned away, and the room is soon free again."""
    clients = [create_connection(("127.0.0.1", impatient.port), timeout=PATIENCE) for _ in range(20)]
    await_true(lambda: _answers(impatient), "room for one more")
    for client in clients:
        client.close()


def _answers(server: Server) -> bool:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (ConnectionError, HTTPException):  # there was no room
        return False
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", b"431"),
        (b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"501"),
    ],
)
def test_what_is_no_request_is_refused(site: Path, request_: bytes, status: bytes) -> None:
    """Too long, too many, another protocol."""
    with (
        bound("127.0.0.1", 0) as server,
        serving(server, site, Broadcast(BuildStatus("b1"))),
        create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as client,
    ):
        client.sendall(request_)
        assert client.recv(1000).split()[1] == status
