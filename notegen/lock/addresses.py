"""Addresses in the garden of all notes: those of the public one where it has the page, else ones that tell nothing."""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from notegen.encrypt import LOCKED, Vault
from notegen.model import Garden, NoteId, ToAsset, Url
from notegen.paths import asset_url, fold


def only_for_encrypted(whole: Garden, encrypted: Collection[NoteId]) -> frozenset[str]:
    """The files that encrypted notes show or link to and no public one does."""
    used: dict[bool, set[str]] = {True: set(), False: set()}
    for note, resolutions in whole.resolutions.items():
        used[note in encrypted].update(to.path for to in resolutions if isinstance(to, ToAsset))
    return frozenset(used[True] - used[False])


def with_addresses_of(public: Garden, whole: Garden, vault: Vault) -> Garden:
    """The garden of all notes, its public notes, tags, folders and files at their addresses in the public garden."""
    tags = {fold(tag): url for tag, url in public.tag_urls.items()}
    return replace(
        whole,
        urls={note: public.urls.get(note) or _page(vault, "note", note) for note in whole.urls},
        tag_urls={tag: tags.get(fold(tag)) or _page(vault, "tag", tag) for tag in whole.tag_urls},
        folder_urls={
            folder: public.folder_urls.get(folder) or _page(vault, "folder", folder)
            for folder in whole.folder_urls
        },
        assets={path: public.assets.get(path) or _asset(vault, path) for path in whole.assets},
        redirects={},
    )


def with_locked_pages(public: Garden, encrypted: Collection[NoteId], urls: Mapping[NoteId, Url]) -> Garden:
    """The public garden, in which links to encrypted notes lead to the pages that unlock them."""
    return replace(public, locked_urls={note: urls[note] for note in encrypted})


def _page(vault: Vault, kind: str, name: str) -> Url:
    return f"{LOCKED}/{vault.name(kind, name)}.html"


def _asset(vault: Vault, path: str) -> Url:
    """No file is ever there: it stands in encrypted pages, for the script to know what to bring."""
    return f"{LOCKED}/{vault.name('asset', path)}/{asset_url(path).rpartition('/')[2]}"
