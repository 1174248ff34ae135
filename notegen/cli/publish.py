"""`notegen publish`: the site, built and sent to where people read it."""

import sys
from pathlib import Path

import click
from msgspec.structs import replace

from notegen.check.hosts import host_problems
from notegen.cli.build import build_if_changed
from notegen.cli.named_path import NAMED_PATH, not_empty
from notegen.cli.options import Options, cache_folder, common_options, notes_folder, read_settings
from notegen.cli.progress import show_progress
from notegen.cli.report import echo_json, echo_lines, problem_facts, show_report
from notegen.config import Config, checked_base_url
from notegen.errors.problems import word_hint, word_problem
from notegen.errors.publish import must_be_told, target_has_no_branch
from notegen.model import Garden, Problem
from notegen.publish import Plan, SiteFiles, Target, make_plan, open_target, read_site
from notegen.publish.site_files import Identity
from notegen.publish.workflow import SERVICES, ServiceName, write_workflow
from notegen.reports import (
    MAX_NAMED_FILES,
    also_noted,
    ask_to_publish,
    entries_anew,
    more_of_kind,
    moved_since_published,
    not_published,
    past_is_kept,
    published,
    report_plan,
    waiting_for_publish,
    workflow_written,
)
from notegen.targets import GitTarget, read_target, without_credentials

DECLINED_STATUS = 1


@click.command("publish")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option(
    "--to",
    metavar="TARGET",
    callback=not_empty,
    help="Where to: a folder, a repository, user@host:folder or s3://bucket/prefix (default: git:origin).",
)
@click.option(
    "--branch", metavar="B", callback=not_empty, help="The branch of the repository (default: gh-pages)."
)
@click.option("--squash", is_flag=True, help="Keep one commit on the branch, the last.")
@click.option("-o", "--out", type=NAMED_PATH, metavar="SITE", help="The site's folder (default: site).")
@click.option("--base-url", metavar="U", help="The address the site will have.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--replace",
    "replacing",
    is_flag=True,
    help="Also replace another garden's site, most of this one's, or a file of --init.",
)
@click.option(
    "--init",
    "service",
    type=click.Choice(SERVICES),
    help="Only write the file by which this service publishes the notes at each push.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what changes as JSON; needs --yes or --dry-run.")
@common_options
def publish_command(
    notes: Path | None,
    to: str | None,
    branch: str | None,
    squash: bool,
    out: Path | None,
    base_url: str | None,
    dry_run: bool,
    yes: bool,
    replacing: bool,
    service: ServiceName | None,
    as_json: bool,
    common: Options,
) -> None:
    """Build the site of NOTES, show what will change where it is published, ask, and send that.

    Exits 1 when the answer is no. What others have put there stays.

    \b
    Example:
      notegen publish ~/vault --to ~/public --dry-run
    """
    options = common.of(notes, for_machines=as_json)
    quiet = options.quiet
    if service:
        _write_workflow(service, notes_folder(notes), replace=replacing, quiet=quiet)
        return
    settings = _with_options(read_settings(options), to, branch, squash, base_url)
    is_for_git = [option for option, given in (("--branch", branch), ("--squash", squash)) if given]
    if is_for_git and not isinstance(read_target(settings.publishing.to), GitTarget | None):
        raise target_has_no_branch(is_for_git[0], without_credentials(settings.publishing.to))
    can_ask = is_terminal() and not as_json
    if not (yes or dry_run or can_ask):
        raise must_be_told(str(notes_folder(notes)))
    folder = out or Path(settings.out)
    target = open_target(
        settings,
        notes=notes_folder(notes),
        site=folder,
        cache=cache_folder(settings),
        may_ask=can_ask,
        on_wait=lambda: None if quiet else click.echo(waiting_for_publish(), err=True),
    )
    report = build_if_changed(options, settings, folder)
    site = read_site(folder, settings.base_url, domain=settings.publishing.domain)
    sight = target.look(site)
    plan = make_plan(site, sight, target.name, replace=replacing)
    garden = _load(options, settings, folder) if plan.has_other_notes else None
    if not quiet:
        show_report(report, folder, notes_folder(notes))
        _show(plan, site, target)
        _show_cost(plan, site, sight.identity, settings, garden, notes_folder(notes))
    is_meant = not dry_run and (yes or plan.is_empty or click.confirm(ask_to_publish()))
    if is_meant and not plan.is_empty:
        with show_progress(quiet=quiet) as progress:
            target.send(plan, site, progress)
    if is_meant and garden:
        from notegen.cli.kept_addresses import remember_published

        remember_published(garden, cache_folder(settings), notes_folder(notes))
    if as_json:
        echo_json(_facts(plan, site, target, sent=is_meant and not plan.is_empty))
    elif not quiet and not plan.is_empty:
        click.echo(published(target.name) if is_meant else not_published())
    if not is_meant and not dry_run:
        sys.exit(DECLINED_STATUS)


def _write_workflow(service: ServiceName, notes: Path, *, replace: bool, quiet: bool) -> None:
    written = write_workflow(service, notes, replace=replace)
    if not quiet:
        echo_lines(workflow_written(str(written.path), replaced=written.replaced))


def is_terminal() -> bool:
    """Whether somebody can answer."""
    return sys.stdin.isatty()


def _with_options(
    config: Config, to: str | None, branch: str | None, squash: bool, base_url: str | None
) -> Config:
    """The settings with what the command line says instead."""
    publishing = config.publishing
    publishing = replace(
        publishing,
        to=publishing.to if to is None else to,
        branch=branch or publishing.branch,
        history=publishing.history and not squash,
    )
    config = replace(config, publishing=publishing)
    return config if base_url is None else replace(config, base_url=checked_base_url(base_url))


def _show(plan: Plan, site: SiteFiles, target: Target) -> None:
    echo_lines(
        report_plan(
            target.name, added=plan.added, changed=plan.changed, removed=plan.removed, size=plan.bytes
        )
    )
    if plan.removes_notes and target.keeps_past:
        click.echo(also_noted(past_is_kept()))
    problems = _refused_by(site, target)
    for problem in problems[:MAX_NAMED_FILES]:
        click.echo(also_noted(f"{problem.place.path}: {word_problem(problem)}; {word_hint(problem)}"))
    if more := len(problems[MAX_NAMED_FILES:]):
        click.echo(also_noted(more_of_kind(more)))


def _load(options: Options, settings: Config, site: Path) -> Garden:
    """The garden, with what was remembered of it when it was last published."""
    from notegen.cli.kept_addresses import load_with_addresses
    from notegen.cli.setup import opened

    with opened(options, settings, needs_meaning=False) as context:
        return load_with_addresses(context, site, cache_folder(settings))


def _show_cost(
    plan: Plan,
    site: SiteFiles,
    there: Identity | None,
    settings: Config,
    garden: Garden | None,
    notes: Path,
) -> None:
    """What readers lose: links to notes that have moved, and what their programs know of a feed's entries."""
    if garden and (moved := sorted(garden.moved.keys() & set(plan.removed))):
        click.echo(also_noted(moved_since_published(moved, garden.moved, str(notes))))
    has_feed = settings.base_url and settings.feeds.count and not settings.feeds.id
    if there and has_feed and there.title != site.identity.title:
        click.echo(also_noted(entries_anew(there.title)))


def _refused_by(site: SiteFiles, target: Target) -> tuple[Problem, ...]:
    if target.host is None:
        return ()
    return host_problems({url: site.size(url) for url in site.sources}, target.host)


def _facts(plan: Plan, site: SiteFiles, target: Target, *, sent: bool) -> dict[str, object]:
    return {
        "target": target.name,
        "added": plan.added,
        "changed": plan.changed,
        "removed": plan.removed,
        "bytes": plan.bytes,
        "sent": sent,
        "problems": [problem_facts(problem) for problem in _refused_by(site, target)],
    }
