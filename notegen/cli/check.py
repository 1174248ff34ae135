"""`notegen check`: what is imperfect, and where."""

import json
import sys
from pathlib import Path

import click

from notegen.build import survey
from notegen.cli.report import count_problems, has_warnings, problem_facts, show_problems
from notegen.cli.setup import common_options, opened, options_of, read_settings
from notegen.link import suggest_names


@click.command("check")
@click.argument("notes", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@common_options
def check_command(
    notes: Path | None, as_json: bool, config: Path | None, no_semantic: bool, jobs: int | None, quiet: bool
) -> None:
    """List what is imperfect in the folder NOTES, with file, line and reason.

    Nothing is written. Exits 1 when there are warnings; advice alone exits 0.

    \b
    Example:
      notegen check ~/vault
    """
    options = options_of(notes, config, no_semantic, jobs, quiet or as_json)
    settings = read_settings(options)
    with opened(options, settings, needs_meaning=False) as setting:
        reading, garden = survey(setting, skip=(Path(settings.out),))
    problems = suggest_names(garden, reading)
    if as_json:
        click.echo(json.dumps([problem_facts(problem) for problem in problems], indent=2, ensure_ascii=False))
    elif not quiet:
        show_problems(problems)
        notes_read = "1 note" if len(garden.notes) == 1 else f"{len(garden.notes):,} notes"
        click.echo(f"{notes_read}: {count_problems(problems) if problems else 'no problems'}")
    if has_warnings(problems):
        sys.exit(1)
