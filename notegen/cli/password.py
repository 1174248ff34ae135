"""The password of encrypted notes: from the environment, or asked for where somebody can answer. Never from a file."""

import os
import sys
from collections.abc import Callable
from getpass import getpass

import click

from notegen.errors.site import password_missing, passwords_differ
from notegen.reports import ask_password, password_is_short

PASSWORD_VARIABLE = "NOTEGEN_PASSWORD"
_MIN_LETTERS = 10
"""Fewer are mostly a word, a name or a date with a digit after it, which programs try first."""


class PasswordSource:
    """Asks once: `serve` builds many times."""

    def __init__(self, known: str = "") -> None:
        self._known = known

    @property
    def known(self) -> str:
        """The password, if it was asked for; else empty."""
        return self._known

    @property
    def at_hand(self) -> str:
        """The password that nobody has to be asked for; empty where somebody has."""
        return self._known or os.environ.get(PASSWORD_VARIABLE, "")

    def __call__(self, opens: Callable[[str], bool]) -> str:
        """The password; a new one is asked for twice.

        Args:
            opens: whether a password opens the site that is there already.

        Raises:
            NotegenError: there is none, or the two differ.
        """
        if not self._known:
            self._known = self.at_hand or _asked(opens)
            if len(self._known) < _MIN_LETTERS:
                click.echo(password_is_short(len(self._known)), err=True)
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
