"""The site of a garden with encrypted notes: that of the public ones, and beside it, encrypted, what all notes make."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from notegen.check.unreadable import unreadable_encrypted
from notegen.config import titled
from notegen.context import BuildContext
from notegen.encrypt import ROUNDS, Vault, open_vault, salt_of
from notegen.errors import password_missing
from notegen.load import link_sources
from notegen.lock import lock_files, only_for_encrypted, with_addresses_of, with_locked_pages
from notegen.made_site import MadeSite
from notegen.make_site import Making, make_site
from notegen.model import Garden, LockedParts, Reading
from notegen.read import with_encrypted, without_assets
from notegen.sealed_cache import SealedCache

LinkSources = Callable[[Reading], Garden]


def make_locked_site(reading: Reading, out: Path, making: Making) -> MadeSite:
    """The site of the public notes, with what a reader has beside it who knows the password, encrypted.

    Raises:
        NotegenError: no password is given.
    """
    context = making.context
    vault = ask_vault(context, out)
    # Of what encrypted notes say nothing is kept on the disk in the open; nor of pages that tell where these are.
    cache = SealedCache(context.cache, vault) if context.cache else None
    sealed = replace(context, cache=cache)
    gardens = locked_gardens(
        reading,
        vault,
        link=lambda reading: link_sources(reading, context),
        link_whole=lambda reading: link_sources(reading, sealed),
    )
    first = make_site(replace(making, pages=cache), gardens.reading, gardens.public, gardens.parts)
    parts = replace(gardens.parts, data=first.opened.data)
    second = make_site(replace(making, context=sealed), gardens.everything, gardens.whole, parts)
    files = lock_files(first.files, second.files, second.opened.data, vault, first.opened.locked_page, cache)
    problems = (*second.problems, *unreadable_encrypted(gardens.everything, gardens.hidden))
    return replace(first, files=files, problems=problems, attachments=second.attachments)


class LockedGardens(Struct, frozen=True):
    """The garden that everybody sees and the one that is encrypted beside it, each with what it was read from."""

    reading: Reading
    public: Garden
    everything: Reading
    whole: Garden
    hidden: frozenset[str]
    """The files that only encrypted notes show."""
    parts: LockedParts


def locked_gardens(
    reading: Reading, vault: Vault, *, link: LinkSources, link_whole: LinkSources
) -> LockedGardens:
    """Both gardens of what was read, with the addresses that they have in common.

    Args:
        link_whole: links the encrypted notes among the others; it is to keep nothing on the disk.
    """
    encrypted = [source.id for source in reading.encrypted]
    everything = with_encrypted(reading)
    whole = link_whole(everything)
    hidden = only_for_encrypted(whole, encrypted)
    reading = without_assets(reading, hidden)
    public = link(reading)
    whole = with_addresses_of(public, whole, vault)
    public = with_locked_pages(public, encrypted, whole.urls)
    depths = frozenset(
        url.count("/") for urls in (whole.urls, whole.tag_urls, whole.folder_urls) for url in urls.values()
    )
    diagrams = any(whole.notes[note].content.has_diagram for note in encrypted)
    parts = LockedParts(f"{vault.salt.hex()} {ROUNDS}", depths, diagrams, notes=frozenset(encrypted))
    return LockedGardens(reading, public, everything, whole, hidden, parts)


def ask_vault(context: BuildContext, out: Path) -> Vault:
    """The keys of the site; whoever gives the password is told whether the site that is there has the same.

    Raises:
        NotegenError: there is no password.
    """
    config = titled(context.config, context.notes)
    salt = salt_of(config.base_url, config.title)
    if context.password is None:
        raise password_missing()
    return open_vault(context.password(lambda password: open_vault(password, salt).opens(out)), salt)
