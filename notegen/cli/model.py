"""`notegen model`: the models that settings can name, and how one is added."""

from pathlib import Path
from typing import Any

import click

from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import models_folder
from notegen.cli.report import echo_json
from notegen.encoder import InstalledModel, install_model, installed_models
from notegen.reports import model_added, report_models

ADD = "add"


@click.command("model add")
@click.argument("folder", type=NAMED_PATH)
@click.option("--name", metavar="NAME", help="What settings call it (default: the folder's name).")
@click.option("--json", "as_json", is_flag=True, help="Print what was added as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def add_command(folder: Path, name: str | None, as_json: bool, quiet: bool) -> None:
    """Try the model in FOLDER, and copy it to where settings find it by its name.

    A model of that name that is there already is replaced.

    \b
    Example:
      notegen model add build/multilingual
    """
    model = install_model(folder, models_folder(), name or folder.resolve().name)
    if as_json:
        echo_json(_facts(model))
    elif not quiet:
        for line in model_added(model.name, str(model.folder), size=model.size, languages=model.languages):
            click.echo(line)


class _WithAdd(click.Command):
    """`notegen model`, and the command that its name goes on to: `notegen model add`."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """What the words after the name ask for."""
        if args and args[0] == ADD:
            return add_command.make_context(f"{info_name} {ADD}", args[1:], parent=parent, **extra)
        return super().make_context(info_name, args, parent=parent, **extra)


@click.command("model", cls=_WithAdd)
@click.option("--json", "as_json", is_flag=True, help="Print the models as JSON.")
def model_command(as_json: bool) -> None:
    """List the models that settings can name.

    `notegen model add FOLDER` adds one.

    \b
    Example:
      notegen model
    """
    folder = models_folder()
    models = installed_models(folder)
    if as_json:
        echo_json({"folder": str(folder), "models": [_facts(model) for model in models]})
        return
    rows = [(model.name, model.size, model.licence, model.languages) for model in models]
    for line in report_models(str(folder), rows):
        click.echo(line)


def _facts(model: InstalledModel) -> dict[str, Any]:
    return {
        "name": model.name,
        "folder": str(model.folder),
        "bytes": model.size,
        "licence": model.licence,
        "languages": list(model.languages),
    }
