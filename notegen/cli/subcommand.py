"""A command whose name may go on to another one: `notegen cache`, and `notegen cache merge`."""

from typing import Any

import click


class WithSubcommand(click.Command):
    """Runs another command where its first word is that one's name; a folder of notes called so is `./merge`."""

    def __init__(self, *args: Any, subcommand: click.Command, **facts: Any) -> None:
        """Args: subcommand: its name is this one's and its own word, as in `cache merge`."""
        super().__init__(*args, **facts)
        self._subcommand = subcommand

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """What the words after the name ask for."""
        word = (self._subcommand.name or "").rpartition(" ")[2]
        if args and args[0] == word:
            return self._subcommand.make_context(f"{info_name} {word}", args[1:], parent=parent, **extra)
        return super().make_context(info_name, args, parent=parent, **extra)
