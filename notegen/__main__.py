"""The `notegen` command, also as `python -m notegen`: what is to be there before anything else is loaded."""

import _signal  # type: ignore[import-not-found]  # `signal` loads other modules first, in which Ctrl-C would be a fault
import os


def main() -> None:
    """Runs the command line, which Ctrl-C stops from the first moment on."""
    # A shell script in the background ignores Ctrl-C, and so does what it starts.
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _stop)
    # Threads of OpenBLAS, which numpy starts, wait for each other longer than most products here take.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from notegen.cli import main as run

    run()


def _stop(number: int, frame: object) -> None:
    """Ends the process at once: while modules load there is nothing yet to be put in order."""
    os.write(2, b"stopped\n")
    os._exit(130)


if __name__ == "__main__":
    main()
