"""A round in the background of `notegen serve`: the same build as `notegen build` makes, and what it found."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from notegen.build import build
from notegen.cli.options import Options
from notegen.cli.password import PasswordSource
from notegen.cli.setup import opened
from notegen.made_site import MadeSite
from notegen.paths import INTERNAL, SITE_MARK
from notegen.serve.rounds import RoundFound, RoundRequest, Teller
from notegen.serve.standing import mark_of

MAX_AWAITED_PASSAGES = 300
"""Passages to understand for which search by words waits; for more, all is built without meaning first."""


class WordsFirstError(Exception):
    """There is so much to understand that words are to be searched before."""


def build_round(options: Options, site: Path, kept: Path, request: RoundRequest, teller: Teller) -> None:
    """Build the site from the notes as they are, and tell what was found; in two steps where meaning takes long.

    Args:
        kept: a folder of ours, in which each step leaves the files of the site that are made of many notes.
    """
    tempfile.tempdir = str(kept)  # a round that is killed leaves nothing elsewhere
    try:
        _build(options, site, kept, request, teller, is_patient=False)
    except WordsFirstError:
        config = request.config
        words = replace(config, search=replace(config.search, semantic=False))
        _build(options, site, kept, replace(request, config=words), teller, is_complete=False)
        _build(options, site, kept, request, teller)


def _build(
    options: Options,
    site: Path,
    kept: Path,
    request: RoundRequest,
    teller: Teller,
    *,
    is_patient: bool = True,
    is_complete: bool = True,
) -> None:
    made: list[MadeSite] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "embed" and total > MAX_AWAITED_PASSAGES and not is_patient:
            raise WordsFirstError
        teller.progress(stage, done, total)

    password = PasswordSource(request.password)
    quiet = replace(options, quiet=True)
    with opened(quiet, request.config, password=password, moment=request.moment) as context:
        report = build(replace(context, progress=progress), site, on_made=made.append)
    (one,) = made
    teller.found(
        RoundFound(
            number=request.number,
            insights=one.insights,
            data=one.opened.data,
            marks={id: mark_of(note) for id, note in one.embedded.garden.notes.items()},
            kept=_keep(site, kept, is_locked=report.encrypted > 0),
            report=report,
            is_complete=is_complete,
        )
    )


def _keep(site: Path, kept: Path, *, is_locked: bool) -> Path:
    """A folder with what a server needs of the site beside its pages: it stays when the next site takes its place."""
    folder = Path(tempfile.mkdtemp(dir=kept))
    for url in (*_urls(site, is_locked=is_locked), SITE_MARK):
        target = folder / url
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(site / url, target)
        except OSError:  # on another disk
            shutil.copy2(site / url, target)
    return folder


def _urls(site: Path, *, is_locked: bool) -> Iterator[str]:
    """What lies in the folder of notegen's own; of a site with encrypted notes, what stands for them anywhere."""
    top = site if is_locked else site / INTERNAL
    for folder, _, names in os.walk(top):
        for name in names:
            path = Path(folder, name)
            if path.is_relative_to(site / INTERNAL) or name.endswith(".html"):
                yield path.relative_to(site).as_posix()
