"""A parameter type for paths: it refuses an empty path, which Python would take for the current folder."""

from pathlib import Path
from typing import Any

import click

from notegen.errors.command import empty_word


class NamedPath(click.Path):
    """As click's, but that a variable of the shell's which is not set names nothing."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            NotegenError: it is empty.
        """
        return super().convert(not_empty(ctx, param, value), param, ctx)


def not_empty(ctx: click.Context | None, param: click.Parameter | None, value: Any) -> Any:
    """What was given, as it is; a callback for what is no path.

    Raises:
        NotegenError: it is empty.
    """
    if value == "" and param:
        is_option = isinstance(param, click.Option)
        raise empty_word(max(param.opts, key=len) if is_option else (param.name or "").upper())
    return value


NAMED_PATH = NamedPath(path_type=Path)
