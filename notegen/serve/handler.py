"""Answers HTTP requests with the files of a site, and adds to each page what makes it follow the builds.

Plain on purpose: one machine, a few open pages. For publishing, any static host serves `site/` as it is.
"""

import json
import os
import re
import shutil
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from mimetypes import MimeTypes
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from notegen.bundled import bundled
from notegen.reports import answers_localhost_only, not_found
from notegen.serve.broadcast import Broadcast, BuildStatus

# Under a dot folder: a site has none, so no page can have these addresses.
RELOAD_SCRIPT = "/.notegen/reload.js"
STATUS_STREAM = "/.notegen/status"

HEARTBEAT = 15.0
"""Seconds between signs of life on a status stream, by which a page that went away is noticed."""
SWAP_DELAY = 0.05
"""Seconds after which a file that was not there is looked for once more."""

# A table of our own: a Windows registry may say that scripts are plain text, and browsers then refuse them.
_TYPES = MimeTypes()
for _suffix, _type in {
    ".avif": "image/avif",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".opus": "audio/ogg",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}.items():
    _TYPES.add_type(_type, _suffix)

_NO_CONNECTION = b"connect-src 'none'"
"""In a page's policy, which comes before anything that a note says."""
_END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)
_LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}


class Handler(BaseHTTPRequestHandler):
    """One connection. `private` refuses requests that were meant for another name than this machine's own."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *connection: object, site: Path, broadcast: Broadcast, private: bool) -> None:
        self.site, self.broadcast, self.private = site, broadcast, private
        super().__init__(*connection)  # type: ignore[arg-type]  # the three arguments of socketserver, as they come

    def do_GET(self) -> None:
        """Send a page, another file of the site, the reload script or the stream of build statuses."""
        path = unquote(urlsplit(self.path).path)
        if self.private and not _is_local(self.headers.get("Host", "")):
            # A page of the web may point a name of its own at 127.0.0.1 and read private notes through it.
            self._send(HTTPStatus.FORBIDDEN, "text/plain", f"{answers_localhost_only()}\n".encode())
        elif path == RELOAD_SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", (bundled("browser") / "reload.js").read_bytes())
        elif path == STATUS_STREAM:
            self._send_status_stream()
        else:
            self._send_from_site(path)

    do_HEAD = do_GET

    def _send_from_site(self, path: str) -> None:
        try:
            self._send_found(path)
        except FileNotFoundError:
            # While a new site takes the old one's place there is none; that takes less than this.
            time.sleep(SWAP_DELAY)
            try:
                self._send_found(path)
            except FileNotFoundError:
                self._send_missing()

    def _send_found(self, path: str) -> None:
        # The build's name before the page's text: a build in between reloads the page once too often, not never.
        status = self.broadcast.status
        file = find_file(self.site, path)
        if file.is_dir():
            self._send_elsewhere(quote(path) + "/")
        elif file.suffix == ".html":
            self._send(HTTPStatus.OK, "text/html", with_reload(file.read_bytes(), status))
        else:
            with file.open("rb") as content:
                kind = _TYPES.guess_type(file.name)[0] or "application/octet-stream"
                self._send_head(HTTPStatus.OK, kind, os.fstat(content.fileno()).st_size)
                if self.command != "HEAD":
                    shutil.copyfileobj(content, self.wfile)

    def _send_missing(self) -> None:
        try:
            page = (self.site / "404.html").read_bytes()
        except FileNotFoundError:
            page = f"<!doctype html><title>{not_found()}</title><p>{not_found()}".encode()
        self._send(HTTPStatus.NOT_FOUND, "text/html", with_reload(page, self.broadcast.status))

    def _send_elsewhere(self, location: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self._send_head(status, kind, len(body))
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_head(self, status: HTTPStatus, kind: str, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def _send_status_stream(self) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        sent: BuildStatus | None = None
        while self.command != "HEAD" and not self.broadcast.closed:
            status = self.broadcast.wait_for_change(since=sent, seconds=HEARTBEAT)
            if status == sent:
                self.wfile.write(b":\n\n")
            else:
                text = json.dumps({"build": status.build, "failure": status.failure})
                self.wfile.write(f"data: {text}\n\n".encode())
            sent = status

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for builds."""


def find_file(site: Path, path: str) -> Path:
    """The file or folder of the site that the unquoted path of a request names.

    A path with a slash at its end names the `index.html` in it. Nothing outside `site` is ever given.

    Raises:
        FileNotFoundError: There is none.
    """
    root = site.resolve()
    try:
        file = (root / path.lstrip("/") / ("index.html" if path.endswith("/") else "")).resolve(strict=True)
    except (OSError, ValueError) as error:  # also a name too long for the disk, and a zero byte in it
        raise FileNotFoundError(path) from error
    if not file.is_relative_to(root):
        raise FileNotFoundError(path)
    return file


def with_reload(page: bytes, status: BuildStatus) -> bytes:
    """The page with the script that keeps it at the latest build, and may ask for it, as the last thing in its body."""
    page = page.replace(_NO_CONNECTION, b"connect-src 'self'", 1)
    script = f'<script src="{RELOAD_SCRIPT}" data-build="{status.build}"></script>'.encode()
    ends = list(_END_OF_BODY.finditer(page))
    end = ends[-1].start() if ends else len(page)
    return page[:end] + script + page[end:]


def _is_local(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in _LOCAL_NAMES
    except ValueError:
        return False
