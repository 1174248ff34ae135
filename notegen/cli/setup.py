"""What the commands share: their common options, and the way from options to a `BuildContext`."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click
from platformdirs import user_cache_path

from notegen.bundled import bundled
from notegen.cache import CACHE_NAMES, open_cache
from notegen.cli.progress import show_progress
from notegen.config import Config, find_config, load_config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table, load_vocabulary, usable_cores
from notegen.model import Encoder, QueryTable
from notegen.reports import waiting_for_build

F = TypeVar("F", bound=Callable[..., Any])

BUNDLED_MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Options:
    """The common options as they were given."""

    notes: Path | None
    config: Path | None
    semantic: bool
    jobs: int
    quiet: bool


def common_options(command: F) -> F:
    """`--config`, `--no-semantic`, `--jobs`, `--quiet`, the same for every command that reads notes."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors."),
        click.option(
            "--jobs",
            type=click.IntRange(1),
            metavar="N",
            help="Use N processor cores (default: all there are).",
        ),
        click.option(
            "--no-semantic", is_flag=True, help="Leave meaning out: no model, no vectors, words only."
        ),
        click.option(
            "--config", type=click.Path(path_type=Path), metavar="F", help="Read settings from this file."
        ),
    ):
        command = option(command)
    return command


def options_of(
    notes: Path | None, config: Path | None, no_semantic: bool, jobs: int | None, quiet: bool
) -> Options:
    """The common options, with what was not given filled in."""
    return Options(notes, config, not no_semantic, jobs or usable_cores(), quiet)


def notes_folder(given: Path | None) -> Path:
    """The folder named, else `notes` if there is one, else the current folder."""
    return given or (Path("notes") if Path("notes").is_dir() else Path())


def read_settings(options: Options) -> Config:
    """notegen.toml beside or in the notes, or the one named; `--no-semantic` wins over it."""
    config = load_config(options.config or find_config(notes_folder(options.notes)))
    if not options.semantic:
        config = replace(config, search=replace(config.search, semantic=False))
    return config


def model_folder(config: Config) -> Path:
    """The encoder's folder: the setting, else the bundled one."""
    return Path(config.encoder.folder) if config.encoder.folder else bundled("models") / BUNDLED_MODEL


@contextmanager
def opened(options: Options, config: Config, *, needs_meaning: bool = True) -> Iterator[BuildContext]:
    """Everything a build needs, the cache closed afterwards."""
    with ExitStack() as stack:
        encoder: Encoder | None = None
        table: QueryTable | None = None
        cache = None
        if config.search.semantic and needs_meaning:
            folder = model_folder(config)
            encoder = load_encoder(folder, threads=options.jobs)
            table = load_table(folder)
            cache = stack.enter_context(open_cache(_cache_folder(config)))
        progress = stack.enter_context(show_progress(quiet=options.quiet))
        yield BuildContext(
            notes=notes_folder(options.notes),
            config=config,
            encoder=encoder,
            table=table,
            vocabulary=partial(load_vocabulary, model_folder(config)) if encoder and not table else None,
            cache=cache,
            jobs=options.jobs,
            progress=progress,
            on_wait=lambda: None if options.quiet else click.echo(waiting_for_build(), err=True),
            skip=cache_files(config),
        )


def cache_files(config: Config) -> tuple[Path, ...]:
    """What is the cache's own, should it lie among the notes: its folder, and its files if that holds notes too."""
    folder = _cache_folder(config)
    try:
        folder.resolve(strict=False)
    except (OSError, RuntimeError):  # a symbolic link to itself, which holds nothing
        return ()
    return (folder, *(folder / name for name in CACHE_NAMES))


def _cache_folder(config: Config) -> Path:
    """The setting, else `$NOTEGEN_CACHE`, else where this system keeps such things."""
    try:
        return Path(config.cache or os.environ.get("NOTEGEN_CACHE") or user_cache_path("notegen"))
    except (
        RuntimeError
    ):  # a user without a home folder; below a device nothing can be made, so there is no cache
        return Path(os.devnull, "notegen")
