"""The options that commands share, and what follows from them and the settings; loads nothing that a build needs."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace
from platformdirs import user_cache_path, user_data_path

from notegen.cli.named_path import NAMED_PATH
from notegen.config import Config, checked_extension, find_config, is_model_name, load_config
from notegen.paths import CACHE_NAMES

F = TypeVar("F", bound=Callable[..., Any])


class Options(Struct, frozen=True):
    """The common options."""

    notes: Path | None = None
    """The folder that was named; None for the one that `notes_folder` finds."""
    config: Path | None = None
    semantic: bool = True
    jobs: int | None = None
    """None for all cores that there are."""
    quiet: bool = False

    def of(self, notes: Path | None, *, for_machines: bool = False) -> "Options":
        """Those of a command about these notes.

        Args: for_machines: whether what it prints is for programs, so that nothing is said beside it.
        """
        return replace(self, notes=notes, quiet=self.quiet or for_machines)


def common_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--config`, `--no-semantic`, `--jobs`, `--quiet`, the same for every command that reads notes.

    The command is given them as `common`, which knows no notes yet.
    """

    @wraps(command)
    def with_common(
        *args: Any, config: Path | None, no_semantic: bool, jobs: int | None, quiet: bool, **given: Any
    ) -> None:
        common = Options(config=config, semantic=not no_semantic, jobs=jobs, quiet=quiet)
        command(*args, **given, common=common)

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
        click.option("--config", type=NAMED_PATH, metavar="F", help="Read settings from this file."),
    ):
        with_common = option(with_common)
    return with_common


def extension_option(command: F) -> F:
    """`--extension`, of the commands that a folder of plain texts is first met with."""
    return click.option(
        "--extension",
        "extensions",
        multiple=True,
        metavar="E",
        help="Also read files that end in E, such as .txt, as notes; may be given several times.",
    )(command)


def with_extensions(settings: Config, extensions: tuple[str, ...]) -> tuple[Config, tuple[str, ...]]:
    """The settings with the endings that the command line adds to theirs, and these, with their dots.

    Raises:
        NotegenError: no Markdown can be in files of such an ending.
    """
    more = tuple(map(checked_extension, extensions))
    return replace(settings, extensions=(*settings.extensions, *more)), more


def notes_folder(given: Path | None) -> Path:
    """The folder named, else `notes` if there is one, else the current folder."""
    return given or (Path("notes") if Path("notes").is_dir() else Path())


def read_settings(options: Options) -> Config:
    """notegen.toml beside or in the notes, or the one named; `--no-semantic` wins over it."""
    config = load_config(options.config or find_config(notes_folder(options.notes)))
    if is_model_name(config.encoder.folder) and not Path(config.encoder.folder).is_dir():
        installed = models_folder() / config.encoder.folder
        config = replace(config, encoder=replace(config.encoder, folder=str(installed)))
    if not options.semantic:
        config = replace(config, search=replace(config.search, semantic=False))
    return config


def cache_files(config: Config) -> tuple[Path, ...]:
    """What is the cache's own, should it lie among the notes: its folder, and its files if that holds notes too."""
    folder = cache_folder(config)
    try:
        folder.resolve(strict=False)
    except (OSError, RuntimeError):  # a symbolic link to itself, which holds nothing
        return ()
    return (folder, *(folder / name for name in CACHE_NAMES))


def models_folder() -> Path:
    """Where models lie that settings name: `$NOTEGEN_MODELS`, else where this system keeps a user's data."""
    try:
        return Path(os.environ.get("NOTEGEN_MODELS") or user_data_path("notegen") / "models")
    except RuntimeError:  # a user without a home folder
        return Path(os.devnull, "notegen")


def cache_folder(config: Config) -> Path:
    """Where the cache lies: the setting, else `$NOTEGEN_CACHE`, else where this system keeps such things."""
    try:
        return Path(config.cache or os.environ.get("NOTEGEN_CACHE") or user_cache_path("notegen"))
    except (
        RuntimeError
    ):  # a user without a home folder; below a device nothing can be made, so there is no cache
        return Path(os.devnull, "notegen")
