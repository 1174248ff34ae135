"""The password of encrypted notes: from the environment, or asked for where somebody can answer. Never from a file."""

import os
import sys
from collections.abc import Callable
from getpass import getpass

from notegen.errors import password_missing, passwords_differ
from notegen.reports import ask_password

PASSWORD_VARIABLE = "NOTEGEN_PASSWORD"


class PasswordSource:
    """Asks once: `serve` builds many times."""

    def __init__(self, known: str = "") -> None:
        self._known = known

    @property
    def known(self) -> str:
        """The password, if it was asked for; else empty."""
        return self._known

    def __call__(self, opens: Callable[[str], bool]) -> str:
        """The password; a new one is asked for twice.

        Args:
            opens: whether a password opens the site that is there already.

        Raises:
            NotegenError: there is none, or the two differ.
        """
        self._known = self._known or os.environ.get(PASSWORD_VARIABLE, "") or _asked(opens)
        return self._known


def _asked(opens: Callable[[str], bool]) -> str:
    if not sys.stdin.isatty():
        raise password_missing()
    try:
        first = getpass(f"{ask_password(again=False)}: ")
        if not first:
            raise password_missing()
        if not opens(first) and getpass(f"{ask_password(again=True)}: ") != first:
            raise passwords_differ()
    except EOFError as error:  # Ctrl-D
        raise password_missing() from error
    return first
