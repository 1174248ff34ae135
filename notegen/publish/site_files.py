"""What is sent: the files that the last build lists as its own, and the few that only a published site has.

What somebody else put into the site's folder stays there, unseen by the audit and unsent.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path

from msgspec import Struct

from notegen.errors.publish import no_site_to_publish, site_built_meanwhile
from notegen.model import Url
from notegen.paths import HOME, INTERNAL
from notegen.regex import regex
from notegen.stamps import site_stamp
from notegen.write.manifest import MANIFEST, NO_JEKYLL, listed_files, manifest_of

IDENTITY: Url = f"{INTERNAL}/published.json"
"""The file that says which garden is published there."""

DOMAIN: Url = "CNAME"
"""The file by which GitHub Pages knows a site's own domain."""

_MAX_NAME_BYTES = 255
"""The longest name of a file or a folder that file systems take."""

_TITLE = regex(r"<title>(.*?)</title>", re.DOTALL)


class Identity(Struct, frozen=True):
    """Which garden a published site is of: by the name on its first page, or by its address."""

    title: str
    base_url: str

    def is_other(self, there: "Identity") -> bool:
        """Whether what is there is of another garden; one that changed its name or its address is the same."""
        same_address = bool(self.base_url) and self.base_url == there.base_url
        return self.title != there.title and not same_address


class SiteFiles(Struct, frozen=True):
    """The files to be sent, by address."""

    sources: Mapping[Url, Path | bytes]
    identity: Identity
    folder: Path
    stamp: str
    """What the disk said of the files, those that are in the folder."""

    def content(self, url: Url) -> bytes:
        """The bytes of a file.

        Raises:
            NotegenError: it is gone, as the site was built anew.
            OSError: it cannot be read.
        """
        source = self.sources[url]
        try:
            return source if isinstance(source, bytes) else source.read_bytes()
        except FileNotFoundError as error:
            raise site_built_meanwhile(str(self.folder)) from error

    def size(self, url: Url) -> int:
        """How many bytes it has.

        Raises:
            NotegenError: it is gone, as the site was built anew.
            OSError: the folder cannot be read.
        """
        source = self.sources[url]
        try:
            return len(source) if isinstance(source, bytes) else source.stat().st_size
        except FileNotFoundError as error:
            raise site_built_meanwhile(str(self.folder)) from error

    def require_unchanged(self) -> None:
        """Make sure that what was sent is one site, and the one that was looked at.

        Raises:
            NotegenError: the site was built anew since it was read, as `serve` does while a question waits.
        """
        if _stamp_of(self.folder) != self.stamp:
            raise site_built_meanwhile(str(self.folder))


def read_site(site: Path, base_url: str, *, domain: str) -> SiteFiles:
    """The files of a built site, and with them the list of all, the garden's identity and, if any, its domain.

    Raises:
        NotegenError: there is no site.
        OSError: its first page cannot be read.
    """
    stamp = _stamp_of(site)
    listed = listed_files(site)
    if not listed:
        raise no_site_to_publish(str(site))
    sources: dict[Url, Path | bytes] = {url: site / url for url in sorted(listed) if is_sendable(url)}
    identity = Identity(_title_of(site / HOME), base_url)
    sources[IDENTITY] = identity_text(identity)
    if domain:
        # Without an end of the line, as GitHub writes it, so that one that it has made says the same.
        sources[DOMAIN] = domain.encode()
    sources[MANIFEST] = list_of(sources)
    return SiteFiles(sources, identity, site, stamp)


def _stamp_of(site: Path) -> str:
    return site_stamp(site, (*(listed_files(site) or ()), MANIFEST))


def is_sendable(url: Url) -> bool:
    """Whether a file is one that a build makes; a list that somebody changed names `.git/config` in vain."""
    return url == NO_JEKYLL or all(map(_is_name, url.split("/")))


def _is_name(part: str) -> bool:
    """Whether a file or a folder of a site may be called so, as every disk can."""
    return not part.startswith(".") and "\0" not in part and len(os.fsencode(part)) <= _MAX_NAME_BYTES


def list_of(urls: Iterable[Url]) -> bytes:
    """The list of a site's files as it stands in the site."""
    return manifest_of(urls).read()


def urls_in(text: bytes) -> frozenset[Url]:
    """The addresses in a list that was found where a site is published; none that no build of ours makes."""
    lines = text.decode("utf-8", "surrogateescape").split("\n")
    return frozenset(
        line
        for line in lines
        if line and line[0] != "/" and ".." not in line.split("/") and is_sendable(line)
    )


def identity_text(identity: Identity) -> bytes:
    """The file that says which garden it is."""
    facts = {"title": identity.title, "base_url": identity.base_url}
    return (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def read_identity(text: bytes) -> Identity | None:
    """Which garden the file says it is; None where it does not say."""
    try:
        facts = json.loads(text)
        return Identity(str(facts["title"]), str(facts["base_url"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _title_of(page: Path) -> str:
    found = _TITLE.search(page.read_text("utf-8", "replace"))
    return " ".join(unescape(found[1]).split()) if found else ""
