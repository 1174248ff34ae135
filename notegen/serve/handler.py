"""Answers HTTP requests with the files of a site, and adds to each page what makes it follow the builds.

Plain on purpose: one machine, a few open pages. For publishing, any static host serves `site/` as it is.
"""

import json
import os
import re
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BufferedIOBase, BytesIO
from mimetypes import MimeTypes
from socket import socket
from types import MappingProxyType
from typing import BinaryIO, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from notegen.bundled import bundled
from notegen.errors import NotegenError, word_error
from notegen.regex import regex
from notegen.reports import answers_localhost_only, not_found
from notegen.serve.broadcast import Broadcast, BuildStatus
from notegen.serve.conditions import FileStamp, answer_for, stamp_of
from notegen.serve.pages import Content, Elsewhere, NotReadyError, Page, Pages

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
_BLANK = (
    b"<!doctype html><html><head><meta charset=utf-8><link rel=icon href='data:,'></head><body></body></html>"
)
"""Stands where a page cannot be made, or not yet; the script on it says so."""
_END_OF_BODY = regex(rb"</body\s*>", re.IGNORECASE)

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SILENCE = 30.0
"""Seconds after which a client that neither asks nor takes what it asked for is cut off."""


class HeadWatch(Protocol):
    """Who is told when a client begins to make a request, and when its head is whole."""

    def head_begins(self, connection: socket) -> None:
        """The client may take so long for it, and no longer."""

    def head_ends(self, connection: socket) -> None:
        """The client has made it."""


class Handler(BaseHTTPRequestHandler):
    """One connection. Where `names` are given, requests that were meant for another host are refused."""

    protocol_version = "HTTP/1.1"
    timeout = SILENCE
    server: "HeadWatch"  # type: ignore[assignment]  # whoever serves is one

    def __init__(
        self, *connection: object, pages: Pages, broadcast: Broadcast, names: frozenset[str] | None
    ) -> None:
        self.pages, self.broadcast, self.names = pages, broadcast, names
        super().__init__(*connection)  # type: ignore[arg-type]  # the three arguments of socketserver, as they come

    def do_GET(self) -> None:
        """Send a page, another file of the site, the reload script or the stream of build statuses."""
        try:
            path = unquote(urlsplit(self.path).path, errors="surrogateescape")
        except ValueError:  # `http://[`
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        if self.names is not None and _host_name(self.headers.get("Host", "")) not in self.names:
            # A page of the web may point a name of its own at 127.0.0.1 and read private notes through it.
            self._send(HTTPStatus.FORBIDDEN, "text/plain", f"{answers_localhost_only()}\n".encode())
        elif path == RELOAD_SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", (bundled("browser") / "reload.js").read_bytes())
        elif path == STATUS_STREAM:
            asked = parse_qs(urlsplit(self.path).query, errors="surrogateescape")
            self._send_status_stream({name: values[-1] for name, values in asked.items()})
        else:
            self._send_from_site(path)

    do_HEAD = do_GET

    def handle_one_request(self) -> None:
        """Read a request and answer it; a client that takes too long to make one is cut off."""
        self.server.head_begins(self.connection)
        try:
            super().handle_one_request()
        finally:
            self.server.head_ends(self.connection)

    def parse_request(self) -> bool:
        """Read the head of a request, which is whole then."""
        understood = super().parse_request()
        self.server.head_ends(self.connection)
        return understood

    def end_headers(self) -> None:
        """End the head of an answer, which is for pages of this server only."""
        # A site hands data to its pages by scripts, which any page of the web could load from here as its own.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def _send_from_site(self, path: str) -> None:
        try:
            self._send_found(path)
        except (ConnectionError, TimeoutError):
            raise
        except NotReadyError:
            self._send(
                HTTPStatus.SERVICE_UNAVAILABLE, "text/html", with_reload(_BLANK, self.broadcast.status)
            )
        except NotegenError:
            # Why is told to the page by the stream of statuses.
            page = with_reload(_BLANK, self.broadcast.status)
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/html", page)
        except OSError:
            # While a new site takes the old one's place there is none; that takes less than this.
            time.sleep(SWAP_DELAY)
            try:
                self._send_found(path)
            except OSError as error:
                if isinstance(error, ConnectionError | TimeoutError):
                    raise
                self._send_missing(path)

    def _send_found(self, path: str) -> None:
        # The build's name before the page's text: a build in between reloads the page once too often, not never.
        status = self.broadcast.status
        found = self.pages.find(path)
        if isinstance(found, Elsewhere):
            self._send_elsewhere(found.location)
        elif isinstance(found, Page):
            self._remember(status, path)
            self._send(HTTPStatus.OK, "text/html", with_reload(found.content, status))
        elif isinstance(found, Content):
            self._send_part(found.name, stamp_of(found.content), BytesIO(found.content))
        else:
            with found.open("rb") as content:
                self._send_part(found.name, os.fstat(content.fileno()), content)

    def _send_part(self, name: str, stamp: FileStamp, content: BinaryIO) -> None:
        kind = _TYPES.guess_type(name)[0] or "application/octet-stream"
        asked = {name.lower(): value for name, value in self.headers.items()}
        is_head = self.command == "HEAD"
        answer = answer_for(asked, stamp, whole=is_head)
        self._send_head(answer.status, kind, answer.length, answer.headers)
        if not is_head:
            content.seek(answer.start)
            copy_bytes(content, self.wfile, answer.length)

    def _send_missing(self, path: str) -> None:
        status = self.broadcast.status
        page = self.pages.missing()
        if page is None:
            page = f"<!doctype html><title>{not_found()}</title><p>{not_found()}".encode()
        self._remember(status, path)
        self._send(HTTPStatus.NOT_FOUND, "text/html", with_reload(page, status))

    def _remember(self, status: BuildStatus, path: str) -> None:
        if version := self.pages.version(path):
            self.pages.opened.remember(status.name, path, version)

    def _send_elsewhere(self, location: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self._send_head(status, kind, len(body))
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_head(
        self, status: HTTPStatus, kind: str, size: int, more: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_status_stream(self, asked: Mapping[str, str]) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        if page := asked.get("page"):
            shown = asked.get("build", "")
            version = self.pages.opened.version_of(shown, page)
            with self.pages.opened.showing(page):
                self._send_messages(lambda status: self._message_for(status, page, shown, version))
        else:
            self._send_messages(
                lambda status: {"build": status.build, "failure": status.failure or status.round_failure}
            )

    def _send_messages(self, message_of: Callable[[BuildStatus], Mapping[str, object]]) -> None:
        seen: BuildStatus | None = None
        sent: Mapping[str, object] = {}
        while not self.broadcast.closed:
            seen = self.broadcast.wait_for_change(since=seen, seconds=HEARTBEAT)
            message = message_of(seen)
            text = f"data: {json.dumps(message)}" if message != sent else ":"
            self.wfile.write(f"{text}\n\n".encode())
            sent = message

    def _message_for(
        self, status: BuildStatus, page: str, shown: str, version: str | None
    ) -> Mapping[str, object]:
        """What the tab is told that shows a page as it was served: another build only where it shows something else."""
        build, failure = status.name if status.name != shown else f"{shown}0", status.failure
        styles: tuple[str, ...] = ()
        try:
            now, styles = self.pages.version(page), self.pages.styles(page)
        except NotReadyError:
            build = shown
        except NotegenError as error:
            build, failure = shown, failure or word_error(error)
        else:
            if now == version if now else status.name == shown:
                build = shown
        return {
            "build": build,
            "styles": styles,
            "failure": failure or status.round_failure,
            "old": bool(failure),
            "note": status.note,
            "working": status.working,
        }

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for builds."""


def copy_bytes(source: BinaryIO, target: BufferedIOBase, length: int) -> None:
    """Copies so many bytes, or what there is of them."""
    while length > 0 and (some := source.read(min(length, 1 << 16))):
        target.write(some)
        length -= len(some)


def with_reload(page: bytes, status: BuildStatus) -> bytes:
    """The page with the script that keeps it at the latest build, and may ask for it, as the last thing in its body."""
    page = page.replace(_NO_CONNECTION, b"connect-src 'self'", 1)
    script = f'<script src="{RELOAD_SCRIPT}" data-build="{status.name}"></script>'.encode()
    ends = list(_END_OF_BODY.finditer(page))
    end = ends[-1].start() if ends else len(page)
    return page[:end] + script + page[end:]


def _host_name(host: str) -> str | None:
    """The name in a `Host` header, without its port and the brackets of an IPv6 address."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
