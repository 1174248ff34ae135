"""The command line in a process of its own that need not load anything first: forked from one that has it all.

To start Python and load what a build needs takes five times as long as to build a few notes. A process that has loaded
it, and made one site, is told what to run and forks for each command: so nothing that one knows is there for the
next, but for what every build reads first, templates, patterns and languages, half of what a small one takes. Where it
counts what a command loads, how its streams are opened, or when it can be stopped, tests start a Python of its own.

    python -m tests.support.warm_process    answers a line of JSON for each on standard input
"""

import atexit
import gc
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NoReturn

from tests.conftest import ROOT


def run_warm(
    *words: str,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    together: bool = False,
    terminal: str | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """`notegen` with these words in a folder, without input; with the variables of this process and these.

    Args:
        together: Whether what it says of errors is to stand among its output, in the order in which it said it.
        terminal: The name of one that it is to have for its input and all that it says, and to be ended by.
    """
    with tempfile.TemporaryDirectory() as outputs:
        out, errors = Path(outputs) / "out", Path(outputs) / ("out" if together else "errors")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **(variables or {})}
        asked = {
            "words": words,
            "folder": str(folder),
            "env": environment,
            "out": str(out),
            "errors": str(errors),
            "terminal": terminal,
        }
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        if terminal:
            return subprocess.CompletedProcess(list(words), status)
        return subprocess.CompletedProcess(list(words), status, out.read_bytes(), errors.read_bytes())


@cache
def _server() -> subprocess.Popen[str]:
    """The process that forks; it ends with this one, whose end closes its standard input."""
    server = subprocess.Popen(
        [sys.executable, "-m", __name__], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    atexit.register(_end, server)
    return server


def _end(server: subprocess.Popen[str]) -> None:
    for stream in filter(None, (server.stdin, server.stdout)):
        stream.close()
    server.wait()


def _load_all() -> None:
    """Loads notegen, all of it that can be loaded without what only extras install."""
    import notegen

    for module in walk_packages(notegen.__path__, "notegen."):
        if module.name != "notegen.__main__":
            with suppress(ImportError):
                import_module(module.name)


def _prepare_all() -> None:
    """Makes a site, so that what a process reads once is read; the collector would copy in each fork what stays."""
    from notegen.build import build
    from notegen.config import Config
    from notegen.context import BuildContext

    with tempfile.TemporaryDirectory() as folder:
        build(BuildContext(ROOT / "tests/example/notes", Config(), encoder=None), Path(folder) / "site")
    gc.collect()
    gc.freeze()


def _serve() -> None:
    _load_all()
    _prepare_all()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(**asked)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(
    *, words: list[str], folder: str, env: dict[str, str], out: str, errors: str, terminal: str | None
) -> NoReturn:
    """Becomes the command: in its folder, with its variables, its output in files or in a terminal of its own."""
    status = 1
    try:
        if terminal:
            os.setsid()  # the terminal that it opens next is then its own
        for number, path in enumerate([terminal] * 3 if terminal else [os.devnull, out, errors]):
            opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
            os.dup2(opened, number)
            os.close(opened)
        letters = env.get("PYTHONIOENCODING", "utf-8")
        sys.stdin = io.TextIOWrapper(io.FileIO(0), letters)
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), letters)
        sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w")), letters, "backslashreplace")
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(env)
        sys.argv = ["notegen", *words]
        status = _status_of_main()
        sys.stdout.flush()
        sys.stderr.flush()
        _keep_coverage()
    finally:
        os._exit(status)


def _keep_coverage() -> None:
    """Writes down which lines ran, where `make coverage` asks: nothing that is done at exit is done in a fork."""
    if (coverage := sys.modules.get("coverage")) and (measured := coverage.Coverage.current()):
        measured.stop()
        measured.save()


def _status_of_main() -> int:
    from notegen.__main__ import main

    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


if __name__ == "__main__":
    _serve()
