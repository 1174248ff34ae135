"""The addresses that are kept of published notes: in the notes folder, where somebody asked for it, else in the cache.

What the cache has is the file as `notegen addresses` would have written it at the last publish. No build reads that,
since what a site has must not hang on the machine that makes it: it only lets a publish tell that notes have moved, and
`notegen addresses` begin with what they were called before.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.errors.notes import cannot_create
from notegen.link.moved import addresses_to_keep
from notegen.load import link_sources, read_notes
from notegen.model import Garden
from notegen.paths import ADDRESSES_FILE, PUBLISHED
from notegen.read.kept_addresses import kept_addresses_text, read_kept_addresses


def load_with_addresses(context: BuildContext, site: Path, cache: Path) -> Garden:
    """The garden, knowing what its notes were called at the last publish too, where the notes folder does not say.

    Args:
        site: the site's folder, which is no part of the notes.
        cache: the cache's folder.
    """
    reading = read_notes(context, skip=(site,))
    published = read_kept_addresses(_folder(cache, context.notes))
    kept = {one.note: one for one in (*published, *reading.kept_addresses)}
    return link_sources(replace(reading, kept_addresses=tuple(kept[note] for note in sorted(kept))), context)


def keep_addresses(garden: Garden, notes: Path) -> bool:
    """Write the file, whole or not at all, unless it says the same already; whether it was written.

    Raises:
        NotegenError: it cannot be.
    """
    path = notes / ADDRESSES_FILE
    content = kept_addresses_text(addresses_to_keep(garden)).encode()
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        new = path.with_name(f".{path.name}.new")
        new.write_bytes(content)
        os.replace(new, path)
    except OSError as error:
        raise cannot_create(str(path), error.strerror or str(error)) from error
    return True


def remember_published(garden: Garden, cache: Path, notes: Path) -> None:
    """Keep in the cache what was published at which address; one that cannot be written is no reason to fail."""
    folder = _folder(cache, notes)
    with suppress(OSError, NotegenError):
        folder.mkdir(parents=True, exist_ok=True)
        keep_addresses(garden, folder)


def _folder(cache: Path, notes: Path) -> Path:
    place = os.fsencode(os.path.realpath(notes))
    return cache / PUBLISHED / f"addresses-{hashlib.blake2b(place, digest_size=16).hexdigest()}"
