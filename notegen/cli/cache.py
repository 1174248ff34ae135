"""`notegen cache`: where what is kept between builds lies, how large it is, and a way to have it gone."""

import shutil
from pathlib import Path

import click

from notegen.cache import count_vectors
from notegen.cli.options import Options, cache_folder, read_settings
from notegen.cli.report import echo_json
from notegen.errors import cannot_clear_cache
from notegen.paths import CACHE_FILE, CACHE_NAMES, LAST_BUILDS
from notegen.reports import cache_cleared, report_cache


@click.command("cache")
@click.argument("notes", required=False, type=click.Path(path_type=Path))
@click.option("--clear", is_flag=True, help="Remove what is kept; the next build makes it again.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--config", type=click.Path(path_type=Path), metavar="F", help="Read settings from this file.")
def cache_command(notes: Path | None, clear: bool, as_json: bool, config: Path | None) -> None:
    """Say where the cache for NOTES lies and how large it is, or clear it.

    \b
    Example:
      notegen cache --clear
    """
    folder = cache_folder(read_settings(Options(notes, config, True, None, False)))
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
        for line in report_cache(str(folder), size=size, vectors=vectors, encoders=encoders, sites=builds):
            click.echo(line)


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
