"""`notegen embed`: the slow part of a build by itself: all of it, a part of it, or on a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from notegen.cache import VectorCache
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, cache_folder, common_options, read_settings
from notegen.cli.report import echo_json, echo_lines
from notegen.cli.setup import opened
from notegen.cluster import Cluster, open_cluster
from notegen.config import Config
from notegen.errors.cluster import any_processor_without_cluster
from notegen.errors.model import embed_without_meaning
from notegen.errors.problems import word_problem
from notegen.load import passages_to_embed, read_notes, require_notes
from notegen.paths import CACHE_FILE
from notegen.reports import also_noted, cache_too_small, report_embed
from notegen.semantic.embed import text_of
from notegen.semantic.shard import WHOLE, read_shard
from notegen.semantic.workload import Workload, embed_here


@click.command("embed")
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option("--shard", metavar="I/N", help="Embed the I-th of N parts only, on each machine another one.")
@click.option("--cluster", metavar="ADDRESS", help="Have a Dask cluster do it; the address of its scheduler.")
@click.option(
    "--any-processor", is_flag=True, help="Also take workers whose processor rounds in another way."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@common_options
def embed_command(
    notes: Path | None,
    shard: str | None,
    cluster: str | None,
    any_processor: bool,
    as_json: bool,
    common: Options,
) -> None:
    """Turn the passages of NOTES into vectors and keep them, for builds that follow; no site is built.

    What was embedded before is not embedded again, so that a run that was stopped goes on where it was.

    \b
    Example:
      notegen embed ~/vault --shard 2/3
    """
    options = common.of(notes, for_machines=as_json)
    settings = read_settings(options)
    if not settings.search.semantic:
        raise embed_without_meaning()
    if any_processor and cluster is None:
        raise any_processor_without_cluster()
    part = WHOLE if shard is None else read_shard(shard)
    workers = None
    with opened(options, settings) as context:
        assert context.encoder is not None
        assert context.cache is not None
        context.cache.check_usable()
        with context.clock.time("embed"), _opened_cluster(cluster) as opened_cluster:
            reading = read_notes(context, skip=(Path(settings.out),))
            require_notes(reading, context, Path(settings.out))
            # What is to be read with a password only does not leave this machine.
            passages = passages_to_embed(reading, context, encrypted=opened_cluster is None)
            work = Workload(map(text_of, passages), context.encoder.fingerprint, context.cache, shard=part)
            if opened_cluster is None:
                embed_here(work, context.encoder)
            else:
                folder = settings.encoder.folder and str(Path(settings.encoder.folder).absolute())
                opened_cluster.embed(
                    work, context.encoder, folder=folder, any_processor=any_processor, on_note=_note
                )
                workers = len(opened_cluster.workers)
        if not common.quiet:
            _warn(context.cache, settings)
    cache = cache_folder(settings)
    size = (cache / CACHE_FILE).stat().st_size
    facts: dict[str, Any] = {
        "notes": len(reading.sources) + len(reading.encrypted),
        "passages": work.passages,
        "shard": "" if shard is None else str(part),
        "made": work.made,
        "known": work.known,
        "folder": str(cache),
        "seconds": sum(context.clock.seconds().values()),
    }
    if as_json:
        echo_json({**facts, "bytes": size, "workers": workers})
    elif not options.quiet:
        echo_lines(report_embed(**facts, size=size, workers=workers))


@contextmanager
def _opened_cluster(address: str | None) -> Iterator[Cluster | None]:
    """The cluster at the address; None where none is named."""
    if address is None:
        yield None
        return
    with open_cluster(address) as cluster:
        yield cluster


def _note(text: str) -> None:
    click.secho(also_noted(text), err=True, dim=True)


def _warn(cache: VectorCache, settings: Config) -> None:
    """Say what is to be known of the cache, though all of the work is in it."""
    for problem in cache.problems:
        _note(word_problem(problem))
    if cache.is_too_small:
        click.secho(cache_too_small(cache.vector_bytes, settings.cache_limit), err=True, dim=True)
