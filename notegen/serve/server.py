"""Listens on a port of this machine and handles requests in threads."""

import errno
import os
import socketserver
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socket import SOCK_STREAM, getaddrinfo
from threading import Thread

from notegen.errors import cannot_serve
from notegen.serve.broadcast import Broadcast
from notegen.serve.handler import Handler

MAX_PORTS_TRIED = 20


class Server(ThreadingHTTPServer):
    """Bound and listening from the start; requests wait until `serving` gives it a site."""

    # On Windows this option would let two servers have one port.
    allow_reuse_address = os.name != "nt"
    daemon_threads = True

    def __init__(self, host: str, port: int) -> None:
        family, _, _, _, address = getaddrinfo(host, port, type=SOCK_STREAM)[0]
        self.address_family = family
        self.address = ip_address(address[0])
        super().__init__((str(address[0]), port), BaseHTTPRequestHandler)

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
        if not isinstance(sys.exc_info()[1], ConnectionError):
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
def serving(server: Server, site: Path, broadcast: Broadcast) -> Iterator[None]:
    """Answer requests for `site` in the background until the block ends."""
    private = server.address.is_loopback
    server.RequestHandlerClass = partial(Handler, site=site, broadcast=broadcast, private=private)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        broadcast.close()
        server.shutdown()
        thread.join()
