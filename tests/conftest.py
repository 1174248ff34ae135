"""What every test may use, and what none may do."""

import fcntl
import gc
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from notegen.markdown.hidden import scanned

ROOT = Path(__file__).parent.parent

# The same examples on every run and every machine: a test that fails here fails there.
settings.register_profile("notegen", derandomize=True, deadline=None)
settings.load_profile("notegen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` rewrites the golden cases; what changed is then read in the difference."""
    parser.addoption(
        "--update-cases", action="store_true", help="write what the code gives now into tests/cases"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuses to rewrite cases in several processes: one of them would overwrite what another has just written."""
    if config.getoption("--update-cases") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--update-cases writes files that tests share: leave out -n")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spares the collector what stays: of all modules and tests nothing is garbage before the end.

    It looked through them again and again, for a quarter of the time that collecting takes, and for a twentieth of the
    tests'.
    """
    gc.disable()
    try:
        with _first_if_nothing_is_compiled():
            return (yield)
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _first_if_nothing_is_compiled() -> Iterator[None]:
    """Lets one process of several collect before the others: what it compiles, each would compile beside it."""
    with (ROOT / "pyproject.toml").open() as lock, ExitStack() as held:
        if "PYTEST_XDIST_WORKER" in os.environ and not _are_tests_compiled() and not sys.dont_write_bytecode:
            fcntl.flock(lock, fcntl.LOCK_EX)
            held.callback(fcntl.flock, lock, fcntl.LOCK_UN)
            if _are_tests_compiled():  # meanwhile
                held.close()
        yield


def _are_tests_compiled() -> bool:
    return any((ROOT / "tests/write/__pycache__").glob("test_*.pyc"))


@pytest.fixture(scope="session")
def update_cases(request: pytest.FixtureRequest) -> bool:
    """Whether golden cases are to be rewritten."""
    return bool(request.config.getoption("--update-cases"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Lets no run find vectors that another run, or the person at this machine, left behind."""
    os.environ["NOTEGEN_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def fresh_scans() -> Iterator[None]:
    """What texts hide is gone through anew, and what came of it without one of the filters is forgotten."""
    scanned.cache_clear()
    yield
    scanned.cache_clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real notes kept beside the repository, not in it; a test that asks for them is skipped without."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("real notes that may not be published with the project are not beside it, in ../shared")
    return folder


def _refuse_other_hosts(event: str, arguments: tuple[object, ...]) -> None:
    """Ends every attempt of Python code to reach another machine.

    An audit hook sees what a patched socket module would miss: it is called by the interpreter itself.
    """
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise PermissionError(f"a test tried to reach {address[0]}")


sys.addaudithook(_refuse_other_hosts)
