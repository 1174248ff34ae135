"""From the options of a command to all that it needs: a `BuildContext`."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import click

from notegen.bundled import bundled_model
from notegen.cache import GIB, VectorCache, open_cache
from notegen.cli.options import Options, cache_files, cache_folder, notes_folder
from notegen.cli.password import PasswordSource
from notegen.cli.progress import show_progress
from notegen.clock import now
from notegen.config import Config
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table, load_vocabulary, sha256_of, usable_cores
from notegen.kept_digests import kept_digests
from notegen.model import Encoder, QueryTable
from notegen.reports import waiting_for_build


def model_folder(config: Config) -> Path:
    """The encoder's folder: the setting, else the bundled one."""
    return Path(config.encoder.folder) if config.encoder.folder else bundled_model()


def opened_cache(config: Config) -> VectorCache:
    """The cache that the settings name, as large as they let it be."""
    return open_cache(cache_folder(config), max_bytes=config.cache_limit * GIB)


@contextmanager
def opened(
    options: Options,
    config: Config,
    *,
    needs_meaning: bool = True,
    password: PasswordSource | None = None,
    moment: float | None = None,
) -> Iterator[BuildContext]:
    """Everything that a build needs, as a context manager that closes the cache.

    Args:
        moment: for which it is, in seconds since 1970; None for now.
    """
    jobs = options.jobs or usable_cores()
    password = password or PasswordSource()
    with ExitStack() as stack:
        encoder: Encoder | None = None
        table: QueryTable | None = None
        cache = stack.enter_context(opened_cache(config))
        if config.search.semantic and needs_meaning:
            folder = model_folder(config)
            encoder = load_encoder(folder, threads=jobs, digest_of=kept_digests(cache, sha256_of))
            table = load_table(folder)
        progress = stack.enter_context(show_progress(quiet=options.quiet))
        yield BuildContext(
            notes=notes_folder(options.notes),
            config=config,
            encoder=encoder,
            table=table,
            vocabulary=partial(load_vocabulary, model_folder(config)) if encoder and not table else None,
            cache=cache,
            jobs=jobs,
            progress=progress,
            on_wait=lambda: None if options.quiet else click.echo(waiting_for_build(), err=True),
            moment=now() if moment is None else moment,
            skip=cache_files(config),
            password=password,
            password_at_hand=password.at_hand,
        )
