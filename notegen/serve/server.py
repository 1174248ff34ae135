"""Listens on a port of this machine and handles requests in threads."""

import errno
import os
import socketserver
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socket import SHUT_RDWR, SOCK_STREAM, getaddrinfo, socket
from threading import BoundedSemaphore, Thread

from notegen.errors.site import cannot_serve
from notegen.serve.broadcast import Broadcast
from notegen.serve.handler import LOCAL_NAMES, SILENCE, Handler
from notegen.serve.pages import FolderPages, Pages

MAX_PORTS_TRIED = 20
MAX_CONNECTIONS = 200
"""Clients that are answered at once; each open page has one that waits for news."""


class Server(ThreadingHTTPServer):
    """Bound and listening from the start; requests wait until `serving` gives it a site."""

    # On Windows this option would let two servers have one port.
    allow_reuse_address = os.name != "nt"
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int) -> None:
        family, _, _, _, address = getaddrinfo(host, port, type=SOCK_STREAM)[0]
        self.address_family = family
        self.address = ip_address(address[0])
        self._heads: dict[socket, float] = {}
        self._places = BoundedSemaphore(MAX_CONNECTIONS)
        super().__init__((str(address[0]), port), BaseHTTPRequestHandler)

    def head_begins(self, connection: socket) -> None:
        """Cut the client off unless the head of its request is whole in time."""
        self._heads[connection] = time.monotonic() + SILENCE

    def head_ends(self, connection: socket) -> None:
        """The client may take longer for what follows."""
        self._heads.pop(connection, None)

    def service_actions(self) -> None:
        """Cut off who is too late; a letter now and then would hold a thread for ever."""
        now = time.monotonic()
        for connection, end in list(self._heads.items()):
            if end < now:
                self._heads.pop(connection, None)
                with suppress(OSError):
                    connection.shutdown(SHUT_RDWR)

    def process_request(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Answer in a thread of its own; who comes when there are too many is turned away."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Answer, and make room."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def server_bind(self) -> None:
        """Bind without asking for the machine's name, which can take seconds where no name server answers."""
        socketserver.TCPServer.server_bind(self)

    @property
    def port(self) -> int:
        """The port in use, also when 0 was asked for."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where a browser on this machine finds the site; ends with a slash."""
        local = {4: "127.0.0.1", 6: "::1"}[self.address.version]
        host = local if self.address.is_unspecified else str(self.address)
        return f"http://[{host}]:{self.port}/" if self.address.version == 6 else f"http://{host}:{self.port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away in the middle of an answer; anything else is our fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def bound(host: str, port: int) -> Iterator[Server]:
    """Listen at the first free port from `port` on; 0 is any.

    Raises:
        NotegenError: `host` is no address of this machine, or none of `MAX_PORTS_TRIED` ports is free.
    """
    with _bind(host, port, last=min(port + MAX_PORTS_TRIED - 1, 65535)) as server:
        yield server


def _bind(host: str, port: int, *, last: int) -> Server:
    try:
        return Server(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and port < last:
            return _bind(host, port + 1, last=last)
        raise cannot_serve(f"{host}:{port}", error.strerror or str(error)) from error


@contextmanager
def serving(server: Server, site: Path | Pages, broadcast: Broadcast) -> Iterator[None]:
    """Answer requests for `site`, a folder or what makes its pages, in the background until the block ends."""
    pages = FolderPages(site) if isinstance(site, Path) else site
    names = LOCAL_NAMES | {str(server.address)} if server.address.is_loopback else None
    server.RequestHandlerClass = partial(Handler, pages=pages, broadcast=broadcast, names=names)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        broadcast.close()
        server.shutdown()
        thread.join()
