"""The manual page, made from what every command says of itself and from two tables of `notes/`."""

import re
from collections.abc import Iterator
from inspect import cleandoc

import click

from notegen.cli import HELP_LINES, cli
from tests.conftest import ROOT

PAGE = ROOT / "notegen/cli/notegen.1"

_WIDTH = 78
_ROW = re.compile(r"^\| (.+?) \| (.+) \|$", re.MULTILINE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\\]*\\?\|)?([^\]]*)\]\]")


def man_page() -> str:
    """The page as `man` reads it, in the macros of man(7)."""
    top = click.Context(cli, info_name="notegen", **cli.context_settings)
    summary = (cli.help or "").split("\n")[0]
    lines = [
        '.\\" Made from the help of the commands: pytest tests/cli/test_man_page.py --update-cases',
        '.TH NOTEGEN 1 "" notegen "User Commands"',
        ".ad l",
        ".nh",
        ".SH NAME",
        f"notegen \\- {_escaped(summary[0].lower() + summary[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        ".B notegen",
        ".I COMMAND",
        "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        *_text(cli.help or ""),
        ".SH COMMANDS",
    ]
    for name in HELP_LINES:
        lines += _command(name, top)
    lines += [".SH EXIT STATUS", *_table("exit-codes", 0)]
    lines += [".SH ENVIRONMENT", *_table("environment", 1)]
    lines += [
        ".SH FILES",
        *_entry("notegen.toml", "The settings, in the folder of the notes or the current one."),
        *_entry(
            "notegen\\-addresses.jsonl", "The addresses of published notes, which `notegen addresses` keeps."
        ),
    ]
    return "\n".join(lines) + "\n"


def _command(name: str, top: click.Context) -> Iterator[str]:
    command = cli.get_command(top, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=top, **command.context_settings)
    yield f".SS notegen {_escaped(name)} {_escaped(' '.join(command.collect_usage_pieces(context)))}"
    yield from _text(command.help or "")
    for parameter in command.params:
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            yield from _entry(_escaped(record[0]), record[1])
    # Not click's own option, which is called as whoever ran the command first in this process would have it.
    yield from _entry(_escaped(", ".join(context.help_option_names)), "Show this message and exit.")


def _text(written: str) -> Iterator[str]:
    r"""Paragraphs; one that begins with `\b` keeps its lines. From Python 3.13 on they come without their indent."""
    for body in cleandoc(written).split("\n\n"):
        yield ".PP"
        if body.startswith("\b"):
            yield from (".nf", *map(_escaped, body.removeprefix("\b\n").split("\n")), ".fi")
        else:
            yield _escaped(" ".join(body.split()))


def _entry(term: str, text: str) -> Iterator[str]:
    yield from (".TP", f"\\fB{term}\\fR", _escaped(" ".join(_plain(text).split())))


def _table(note: str, reader: int) -> Iterator[str]:
    """The rows of a table in `notes/reference`.

    Args:
        reader: the number of the column that must name notegen or a command, where the note is about others too.
    """
    text = (ROOT / f"notes/reference/{note}.md").read_text("utf-8")
    for found in _ROW.finditer(text):
        term, *rest = re.split(r"(?<!\\) ?\| ?", found[0].strip("| "))
        if set(term) <= {"-"} or term in ("status", "variable"):
            continue
        if reader and not rest[0].startswith(("notegen", "`notegen", "every", "a worker")):
            continue
        yield from _entry(_escaped(_plain(term)), rest[-1])


def _plain(markdown: str) -> str:
    return _WIKI_LINK.sub(r"\1", markdown).replace("`", "").replace("\\|", "|")


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
