"""Servers that people have: nginx, and the one that comes with Python, each in a process of its own."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.support.waiting import await_true

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
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    settings = _NGINX.format(
        work=work, user=user, gzip="on" if gzip else "off", port=port, path=path, site=site
    )
    (work / "nginx.conf").write_text(settings)
    with started([str(nginx_program()), "-p", str(work), "-c", str(work / "nginx.conf")], port):
        yield f"http://127.0.0.1:{port}{path}"


_PATIENT = """
import runpy, socketserver
socketserver.TCPServer.request_queue_size = 128
runpy.run_module("http.server", run_name="__main__", alter_sys=True)
"""
"""Python's server with a longer queue: of more than five connections at once, a busy machine lets some fail."""


@contextmanager
def python_server(folder: Path) -> Iterator[str]:
    """Serve a folder with `python -m http.server`; gives its address."""
    port = free_port()
    options = [str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    with started([sys.executable, "-c", _PATIENT, *options], port):
        yield f"http://127.0.0.1:{port}/"


def nginx_program() -> Path | None:
    """Where nginx is, which Debian keeps out of a person's path; None where there is none."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def started(command: list[str], port: int) -> Iterator[None]:
    """Run a server until the block ends; it answers when the block begins."""
    # Not a pipe, which nobody reads: it would stop a server that logs.
    with TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        with ended(process):
            await_true(lambda: _answers(port) or process.poll() is not None, f"an answer of {command}")
            assert process.poll() is None, _text_of(errors)
            yield


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


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
