"""`notegen model`: the models that settings can name, and how one is added."""

from pathlib import Path
from typing import Any

import click

from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import models_folder
from notegen.cli.report import echo_json, echo_lines
from notegen.cli.subcommand import WithSubcommand
from notegen.encoder import InstalledModel, install_model, installed_models
from notegen.reports import model_added, report_models


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
        echo_lines(model_added(model.name, str(model.folder), size=model.size, languages=model.languages))


@click.command("model", cls=WithSubcommand, subcommand=add_command)
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
    echo_lines(report_models(str(folder), rows))


def _facts(model: InstalledModel) -> dict[str, Any]:
    return {
        "name": model.name,
        "folder": str(model.folder),
        "bytes": model.size,
        "licence": model.licence,
        "languages": list(model.languages),
    }
