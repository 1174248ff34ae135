"""`notegen check`: what is imperfect, and where."""

import sys
from pathlib import Path
from typing import Literal

import click

from notegen.check.advice import give_advice, in_order, without_ignored
from notegen.check.did_you_mean import did_you_mean
from notegen.check.hosts import HOSTS, HostName
from notegen.check.link_suggestions import MAX_SUGGESTIONS, suggest_links
from notegen.cli.listing import list_problems
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import (
    Options,
    common_options,
    extension_option,
    notes_folder,
    read_settings,
    with_extensions,
)
from notegen.cli.report import echo_json, echo_lines, has_warnings, problem_facts
from notegen.cli.sarif import plain_line, sarif_log
from notegen.cli.settings_lines import with_settings_lines
from notegen.cli.setup import opened
from notegen.config import Config, find_config
from notegen.context import BuildContext
from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.load import embed_garden, load_garden
from notegen.model import Garden, Problem, Reading, Related
from notegen.reports import count_scheduled, report_check
from notegen.semantic.note_vectors import note_vectors_of
from notegen.semantic.related import relate_notes


@click.command("check")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "plain", "json", "sarif"]),
    default="text",
    show_default=True,
    help="For people; a line each, as compilers print; JSON; SARIF 2.1.0, as code hosts read.",
)
@click.option("--json", "as_json", is_flag=True, help="Short for `--format json`.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="List every problem, also where that takes more than two screens.",
)
@click.option(
    "--suggest",
    is_flag=True,
    help="Also list links that may have been forgotten: names said without one, notes close in meaning.",
)
@click.option(
    "--host",
    type=click.Choice(HOSTS),
    help="Also list what this host would refuse of the site; `any` for what one of them would.",
)
@extension_option
@common_options
def check_command(
    notes: Path | None,
    form: Literal["text", "plain", "json", "sarif"],
    as_json: bool,
    everything: bool,
    suggest: bool,
    host: HostName | None,
    extensions: tuple[str, ...],
    common: Options,
) -> None:
    """List what is imperfect in the folder NOTES, with file, line and reason.

    Nothing is written. Exits 1 when there are warnings; advice alone exits 0.

    \b
    Example:
      notegen check ~/vault
      notegen check ~/vault --suggest
      notegen check ~/vault --host cloudflare
    """
    form = "json" if as_json else form
    options = common.of(notes, for_machines=form != "text")
    settings, _ = with_extensions(read_settings(options), extensions)
    with opened(options, settings, needs_meaning=suggest) as context:
        reading, garden = load_garden(context, skip=(Path(settings.out),))
        forgotten = _forgotten_links(garden, reading, context) if suggest else ()
    refused = _refused_by(host, options, settings, garden) if host else ()
    all_found = [*did_you_mean(garden, reading), *give_advice(garden, reading), *forgotten, *refused]
    root = notes_folder(notes)
    found = in_order(with_settings_lines(all_found, options.config or find_config(root), root))
    problems = without_ignored(found, settings.check.ignore)
    match form:
        case "plain":
            echo_lines(plain_line(problem, notes_folder(notes)) for problem in problems)
        case "json":
            echo_json([problem_facts(problem) for problem in problems])
        case "sarif":
            echo_json(sarif_log(problems, notes_folder(notes)))
        case "text" if not options.quiet:
            notes_read = len(reading.sources)
            summary = [report_check(notes_read, reading.roots, problems, templates=reading.templates)]
            summary += count_scheduled(reading.scheduled_at(context.moment))
            echo_lines(list_problems(problems, summary, notes=notes_read, everything=everything))
    if has_warnings(problems):
        sys.exit(1)


def _refused_by(host: HostName, options: Options, config: Config, garden: Garden) -> tuple[Problem, ...]:
    # Only now: it builds, and a check loads nothing of that.
    from notegen.cli.host_check import refused_by

    return refused_by(host, options, config, garden)


def _forgotten_links(garden: Garden, reading: Reading, context: BuildContext) -> tuple[Problem, ...]:
    """What `--suggest` adds; without meaning, only the names."""
    known = embed_garden(garden, context)
    related = Related()
    if known.vectors is not None:
        notes = note_vectors_of(known.vectors, known.familiarity)
        related = relate_notes(garden, notes, count=MAX_SUGGESTIONS)
    return suggest_links(garden, reading.sources, find_unlinked_mentions(garden), related)
