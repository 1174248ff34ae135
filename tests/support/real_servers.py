"""Servers that people have: nginx, and the one that comes with Python, each in a process of its own.

Each is handed a socket that listens already. A port looked up first and opened later can be another's by then,
whose server answers in place of ours and is gone a moment after: among some hundred tests at once, it happens.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_NGINX = """
daemon off;
pid {work}/pid;
error_log {work}/error.log;
{user}
events {{ }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {work}/a; proxy_temp_path {work}/b; fastcgi_temp_path {work}/c;
    uwsgi_temp_path {work}/d; scgi_temp_path {work}/e;
    gzip {gzip};
    gzip_types text/css application/javascript;
    server {{
        listen 127.0.0.1:{port};
        location {path} {{ alias "{site}/"; error_page 404 {path}404.html; }}
    }}
}}
"""


@contextmanager
def nginx(site: Path, work: Path, *, path: str = "/", gzip: bool = False) -> Iterator[str]:
    """Serve a site with nginx at a path; gives its address."""
    work.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    with listening() as (ours, port):
        settings = _NGINX.format(
            work=work, user=user, gzip="on" if gzip else "off", port=port, path=path, site=site
        )
        (work / "nginx.conf").write_text(settings)
        command = [str(nginx_program()), "-p", str(work), "-c", str(work / "nginx.conf")]
        # What nginx hands to the next nginx when it is upgraded.
        with started(command, ours, env={"NGINX": f"{ours.fileno()};"}):
            yield f"http://127.0.0.1:{port}{path}"


_HANDED = """
import runpy, socket, socketserver, sys

def server_bind(self):
    self.socket.close()
    self.socket = socket.socket(fileno=handed)
    self.server_address = self.socket.getsockname()

handed = int(sys.argv.pop(1))
socketserver.TCPServer.server_bind = server_bind
socketserver.TCPServer.request_queue_size = 128
runpy.run_module("http.server", run_name="__main__", alter_sys=True)
"""
"""Python's server with a socket it is handed, and a longer queue: of more than five connections at once, a busy
machine lets some fail.
"""


@contextmanager
def python_server(folder: Path) -> Iterator[str]:
    """Serve a folder with `python -m http.server`; gives its address."""
    with listening() as (ours, port):
        options = [str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
        with started([sys.executable, "-c", _HANDED, str(ours.fileno()), *options], ours):
            yield f"http://127.0.0.1:{port}/"


def nginx_program() -> Path | None:
    """Where nginx is, which Debian keeps out of a person's path; None where there is none."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


@contextmanager
def listening() -> Iterator[tuple[socket.socket, int]]:
    """A socket for a server of this machine, and its port: who connects waits until the server takes it."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as found:
        yield found, int(found.getsockname()[1])


@contextmanager
def started(
    command: list[str], ours: socket.socket, *, env: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a server until the block ends, with a socket that listens already, which is closed here.

    Raises:
        AssertionError: It ended before the block did; its own words are in it.
    """
    # Not a pipe, which nobody reads: it would stop a server that logs.
    with TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            pass_fds=[ours.fileno()],
            env={**os.environ, **(env or {})},
        )
        ours.close()
        with ended(process):
            try:
                yield
            finally:
                assert process.poll() is None, _text_of(errors)


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Ends the process with the block."""
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _text_of(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode()
