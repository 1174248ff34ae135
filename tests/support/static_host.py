"""A static host like the ones people publish on: a folder under a sub-path, gzip for text, a 404 page.

It stands for GitHub Pages and its like in the browser tests, and counts what was sent so that a test or a
measurement can say how many requests and bytes an action costs.
"""

import gzip
import mimetypes
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

SUB_PATH = "/some/sub/path/"
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer: the path under the site's root, the status, and the size of the body as it was sent."""

    path: str
    status: int
    bytes: int


@dataclass(slots=True)
class Host:
    """A running host: `url` is the site's root and ends with a slash, `sent` lists its answers in order."""

    url: str
    sent: list[Sent] = field(default_factory=list)
    is_gone: bool = False
    """Whether it answers no more, on connections that are open still either."""


@contextmanager
def hosted(
    site: Path,
    sub_path: str = SUB_PATH,
    headers: Mapping[str, str] | Callable[[str], Mapping[str, str]] = MappingProxyType({}),
    *,
    strips_html: bool = False,
) -> Iterator[Host]:
    """Serve the folder `site` at `sub_path` on a free port of this machine until the block ends, with these headers.

    Args:
        headers: the same for all files, or what gives them for a path under the site's root.
        strips_html: whether it sends `x.html` on to `x`, and `index.html` to its folder, as Cloudflare Pages does.
    """
    host = Host(url="")
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if host.is_gone:
                self.close_connection = True
                return
            path = unquote(urlsplit(self.path).path)
            if not path.startswith(sub_path):
                self.answer(HTTPStatus.NOT_FOUND, "text/plain", b"outside the site", path)
                return
            inside = path.removeprefix(sub_path)
            file = site / inside
            if not file.resolve().is_relative_to(site.resolve()):
                self.answer(HTTPStatus.NOT_FOUND, "text/plain", b"outside the site", inside)
            elif strips_html and self.path.partition("?")[0].endswith(".html"):
                bare, mark, query = self.path.partition("?")
                to = bare.removesuffix("index.html") if bare.endswith("/index.html") else bare[:-5]
                self.answer(HTTPStatus.PERMANENT_REDIRECT, "text/plain", b"", inside, to=to + mark + query)
            elif strips_html and not file.is_file() and file.with_name(f"{file.name}.html").is_file():
                self.answer_file(file.with_name(f"{file.name}.html"), inside)
            elif file.is_dir() and not path.endswith("/"):
                self.answer(HTTPStatus.MOVED_PERMANENTLY, "text/plain", b"", inside, to=f"{self.path}/")
            else:
                self.answer_file(file / "index.html" if file.is_dir() else file, inside)

        def answer_file(self, file: Path, inside: str) -> None:
            status = HTTPStatus.OK
            if not file.is_file():
                status, file = HTTPStatus.NOT_FOUND, site / "404.html"
            body = file.read_bytes() if file.is_file() else b"not found"
            self.answer(
                status, mimetypes.guess_type(file.name)[0] or "application/octet-stream", body, inside
            )

        def answer(self, status: HTTPStatus, kind: str, body: bytes, inside: str, to: str = "") -> None:
            self.send_response(status)
            if kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
            charset = "; charset=utf-8" if kind.startswith("text/") else ""
            self.send_header("Content-Type", kind + charset)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers(inside) if callable(headers) else headers).items():
                self.send_header(name, value)
            if to:
                self.send_header("Location", to)
            self.end_headers()
            # Before the body: whoever has read the answer finds it counted.
            with lock:
                host.sent.append(Sent(inside, status.value, len(body)))
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: `sent` is the log."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 64
        """Connections that wait; of five, a browser that loads two pages at once sees some reset."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    host.url = f"http://127.0.0.1:{server.server_port}{sub_path}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.is_gone = True
        server.shutdown()
        server.server_close()
        thread.join()
