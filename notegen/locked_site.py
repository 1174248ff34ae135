"""The site of a garden with encrypted notes: that of the public ones, and beside it, encrypted, what all notes make."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from notegen.check.unreadable import unreadable_encrypted
from notegen.context import BuildContext
from notegen.encrypt import ROUNDS, OpenedVault, Vault, open_vault, salt_of_site
from notegen.errors.site import password_missing
from notegen.load import NewVectors, embed_rest, link_sources
from notegen.lock import lock_files, only_for_encrypted, with_addresses_of, with_locked_pages
from notegen.made_site import MadeSite
from notegen.make_site import Making, cut_site, make_site
from notegen.model import Garden, LockedParts, OutputFile, Reading
from notegen.read import with_encrypted, without_assets
from notegen.render import data_of_site
from notegen.render.title import with_title
from notegen.sealed_cache import SealedCache
from notegen.timing import Stopwatch
from notegen.workers.second import Search, SecondProcess, Work, second_process_pays

LinkSources = Callable[[Reading], Garden]


def make_locked_site(
    reading: Reading,
    out: Path,
    making: Making,
    prepare: Callable[[Garden], Search],
    opened: OpenedVault | None = None,
) -> MadeSite:
    """The site of the public notes, with what a reader has beside it who knows the password, encrypted.

    Where most is known of both another process makes the site of all notes, while this one makes the public one.

    Args:
        prepare: makes ready for the audit, given the public garden.
        opened: keys that were made ahead, perhaps of another password; None to make them now.

    Raises:
        NotegenError: no password is given.
    """
    context = making.context
    vault = ask_vault(context, out, opened)
    # Of what encrypted notes say nothing is kept on the disk in the open; nor of pages that tell where these are.
    cache = SealedCache(context.cache, vault) if context.cache else None
    sealed = replace(making, context=replace(context, cache=cache))
    gardens = locked_gardens(
        reading,
        vault,
        link=lambda reading: link_sources(reading, context),
        link_whole=lambda reading: link_sources(reading, sealed.context),
    )
    public, whole = gardens.public, gardens.whole
    cut = cut_site(sealed, whole)
    titled = partial(with_title, context.config, context.notes)
    parts = replace(gardens.parts, data=data_of_site(public, making.theme(), titled(public), gardens.parts))

    def all_notes(new: NewVectors, clock: Stopwatch) -> _SiteOfAll:
        timed = replace(sealed, context=replace(sealed.context, clock=clock))
        return _SiteOfAll(partial(make_site, timed, gardens.everything, whole, parts, known=cut, new=new))

    second = SecondProcess[NewVectors, None](
        Work(partial(prepare, public), lambda new: None, all_notes, lambda new: new),
        context.cache,
        context.clock,
        is_wanted=making.is_known
        and cut.garden.is_nearly_known
        and (context.table is not None or context.encoder is None)
        and second_process_pays(len(whole.notes), context.jobs),
    )
    second.begin()
    new = embed_rest(cut.garden, sealed.context, cut.memory)
    second.hand_over(new, new)
    alone = replace(context, jobs=context.jobs - second.is_at_work)
    first = make_site(replace(making, context=alone, pages=cache), gardens.reading, public, gardens.parts)
    data = data_of_site(whole, making.theme(), titled(whole), gardens.parts)
    files = lock_files(first.files, second.files(), data, vault, first.opened.locked_page, cache)
    problems = (*whole.problems, *unreadable_encrypted(gardens.everything, gardens.hidden))
    return replace(
        first,
        files=files,
        problems=problems,
        attachments=frozenset(whole.assets),
        look=second.look,
        vault=vault,
    )


class _SiteOfAll:
    """The files of the site of all notes, as those of an index are handed over; made when they are gone through."""

    def __init__(self, make: Callable[[], MadeSite]) -> None:
        self._make = make

    facts: Mapping[str, object] = MappingProxyType({})
    """None that anybody may be told."""

    @property
    def files(self) -> Iterator[OutputFile]:
        """All of them."""
        return self._make().files


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
    """The public garden and the full one, with the same address for every page that both have.

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


def ask_vault(context: BuildContext, out: Path, known: OpenedVault | None = None) -> Vault:
    """The keys of the site, from the password; whoever is asked for it learns whether the old site has the same.

    Args:
        known: keys that were made ahead, perhaps of another password.

    Raises:
        NotegenError: there is no password.
    """
    salt = salt_of_site(context.config, context.notes)
    if context.password is None:
        raise password_missing()

    def opened(password: str) -> Vault:
        if known and (known.password, known.vault.salt) == (password, salt):
            return known.vault
        with context.clock.time("password"):
            return open_vault(password, salt)

    return opened(context.password(lambda password: opened(password).opens(out)))
