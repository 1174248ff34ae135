"""The `notegen` command, also as `python -m notegen`: what is to be there before anything else is loaded."""

import _signal  # type: ignore[import-not-found]  # `signal` loads other modules first, in which Ctrl-C would be a fault
import os
import sys


def main() -> None:
    """Runs the command line, which Ctrl-C stops from the first moment on."""
    # A shell script in the background ignores Ctrl-C, and so does what it starts.
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _stop)
    _read_names_as_utf8()
    # Threads of OpenBLAS, which numpy starts, wait for each other longer than most products here take.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from notegen.cli import main as run

    run()


def _read_names_as_utf8() -> None:
    """Begins anew where the locale would have names of files in another encoding: Python is told so at its start only.

    What the terminal shows stays as the locale has it. It is done once, since `-X utf8=0` outdoes the variable.
    """
    encoding = sys.getfilesystemencoding()
    if os.name == "posix" and encoding != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        shown = {"PYTHONIOENCODING": sys.stdout.encoding} if sys.stdout else {}
        words = [as_utf8(os.fsencode(word), encoding) for word in sys.orig_argv[1:]]
        os.execve(
            sys.executable, [os.fsencode(sys.executable), *words], {**shown, **os.environ, "PYTHONUTF8": "1"}
        )


def as_utf8(word: bytes, encoding: str) -> bytes:
    """A word of the command line: a name that a shell has completed is UTF-8, and what was typed as the terminal is."""
    try:
        word.decode("utf-8")
    except UnicodeDecodeError:
        return word.decode(encoding, "surrogateescape").encode("utf-8", "surrogateescape")
    return word


def _stop(number: int, frame: object) -> None:
    """Ends the process at once: while modules load there is nothing yet to be put in order."""
    os.write(2, b"stopped\n")
    os._exit(130)


if __name__ == "__main__":
    main()
