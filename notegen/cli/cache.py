"""`notegen cache`: where what is kept between builds lies, how large it is, ways to have it gone and to join it."""

import shutil
from functools import partial
from pathlib import Path

import click

from notegen.cache import GIB, count_vectors, open_cache
from notegen.cli.named_path import NAMED_PATH
from notegen.cli.options import Options, cache_folder, read_settings
from notegen.cli.progress import show_progress
from notegen.cli.report import echo_json, echo_lines
from notegen.cli.subcommand import WithSubcommand
from notegen.errors.cache import cannot_clear_cache
from notegen.merge_caches import merge_caches
from notegen.paths import CACHE_FILE, CACHE_NAMES, LAST_BUILDS
from notegen.reports import cache_cleared, merged_into, merged_part, report_cache, vectors_differ


@click.command("cache merge")
@click.argument("other_cache", nargs=-1, required=True, type=NAMED_PATH)
@click.option("--notes", type=NAMED_PATH, metavar="NOTES", help="The notes folder (default: notes).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--config", type=NAMED_PATH, metavar="F", help="Read settings from this file.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def merge_command(
    other_cache: tuple[Path, ...], notes: Path | None, as_json: bool, config: Path | None, quiet: bool
) -> None:
    """Put the vectors of other caches, OTHER_CACHE, into the one for NOTES.

    Nothing is merged unless all of them are whole and of this version.

    \b
    Example:
      notegen cache merge ~/part-2 ~/part-3
    """
    settings = read_settings(Options(notes, config))
    folder, limit = cache_folder(settings), settings.cache_limit * GIB
    with open_cache(folder, max_bytes=limit) as cache, show_progress(quiet=quiet or as_json) as progress:
        cache.check_usable()
        parts = merge_caches(cache, other_cache, max_bytes=limit, progress=partial(progress, "merge"))
    _, vectors = count_vectors(folder / CACHE_FILE)
    size = sum(map(_size, _held(folder)))
    for part in parts:
        if part.differing and not quiet:
            click.secho(vectors_differ(part.path, part.differing), err=True, dim=True)
    if as_json:
        facts = [
            {"path": part.path, "added": part.added, "known": part.known, "differing": part.differing}
            for part in parts
        ]
        echo_json({"folder": str(folder), "vectors": vectors, "bytes": size, "merged": facts})
    elif not quiet:
        for part in parts:
            click.echo(merged_part(part.path, added=part.added, known=part.known))
        click.echo(merged_into(str(folder), vectors=vectors, size=size))


@click.command("cache", cls=WithSubcommand, subcommand=merge_command)
@click.argument("notes", required=False, type=NAMED_PATH)
@click.option("--clear", is_flag=True, help="Remove what is kept; the next build makes it again.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--config", type=NAMED_PATH, metavar="F", help="Read settings from this file.")
def cache_command(notes: Path | None, clear: bool, as_json: bool, config: Path | None) -> None:
    """Say where the cache for NOTES lies and how large it is, or clear it.

    `notegen cache merge OTHER_CACHE...` puts the vectors of other caches into it.

    \b
    Example:
      notegen cache --clear
    """
    folder = cache_folder(read_settings(Options(notes, config)))
    size = sum(map(_size, _held(folder)))
    if clear:
        _clear(folder)
    encoders, vectors = count_vectors(folder / CACHE_FILE)
    builds = len(list((folder / LAST_BUILDS).glob("*.json")))
    if as_json:
        facts = {"folder": str(folder), "bytes": 0 if clear else size, "vectors": vectors}
        echo_json({**facts, "encoders": encoders, "sites": builds, "cleared": size if clear else 0})
    elif clear:
        click.echo(cache_cleared(str(folder), size))
    else:
        echo_lines(report_cache(str(folder), size=size, vectors=vectors, encoders=encoders, sites=builds))


def _held(folder: Path) -> list[Path]:
    """The cache's own in its folder; whatever else lies there is somebody's."""
    return [path for path in (folder / name for name in CACHE_NAMES) if path.exists()]


def _size(path: Path) -> int:
    """Bytes of a file, or of the files in a folder."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())


def _clear(folder: Path) -> None:
    for path in _held(folder):
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_clear_cache(str(path), error.strerror or str(error)) from error
