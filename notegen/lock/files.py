"""The files of a site with encrypted notes: the public ones as they are, and the further ones encrypted."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import escape, unescape
from itertools import islice
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from msgspec import Struct

from notegen.bundled import bundled
from notegen.encrypt import CONTENTS, LOCKED, Vault
from notegen.model import KnownFile, OutputFile, Url
from notegen.note_memory import KeptBytes
from notegen.packed import key_of_ordered, pack_exactly, unpack, unpacker
from notegen.page_data import digest_of
from notegen.paths import INTERNAL, SEARCH_FOLDER, href
from notegen.regex import regex
from notegen.sealed_cache import SealedCache
from notegen.text.html_tags import HtmlTag, replace_tags

FORMAT = 1
"""The version of the encrypted files; goes up when an older script would misread them."""

_ADDRESS_OF = {"a": "href", "img": "src", "audio": "src", "video": "src", "source": "src", "object": "data"}
_ELSEWHERE = regex(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")
_STEMMER = regex(r".*/stem-\w+\.js")
_NOT_PAGES = frozenset({"404.html"})
"""What no reader opens by its address."""
_AT_ONCE = 100
"""Files that are looked up together: those that are not known have been made by then, and are in memory."""


class _Row(Struct, frozen=True):
    """What is kept of a file of the site of all notes."""

    digest: bytes = b""
    """The digest of the encrypted file; empty for a file that is not encrypted."""
    size: int = 0
    """In bytes."""
    there: tuple[Url, ...] = ()
    """The goals of its links that the public site has."""
    missing: tuple[Url, ...] = ()
    """The goals of its links that the public site lacks."""


_rows = unpacker(_Row)


def lock_files(
    public: Iterable[OutputFile],
    whole: Iterable[OutputFile],
    data: Mapping[str, str],
    vault: Vault,
    locked_page: Callable[[Url], OutputFile],
    cache: SealedCache | None = None,
) -> Iterator[OutputFile]:
    """All files of the site, one at a time: the public ones, then what is encrypted, and the pages to unlock it.

    Args:
        whole: the files of the site of all notes, with the public site's addresses.
        data: what the page's script has to know of that site, in place of what the public pages tell it.
        locked_page: makes the page that stands at an address until it is unlocked; those of a folder are all alike.
        cache: remembers what came of each file, so that one which is known is neither made nor encrypted; None to
            encrypt all.
    """
    digests: dict[Url, bytes] = {}
    for file in public:
        digests[file.url] = _digest(file)
        yield file
    names: list[str] = []
    for made in _Lock(digests, vault, locked_page, cache).locked(whole):
        if made.url.startswith(f"{LOCKED}/") and made.url.endswith(".js"):
            names.append(made.url[len(LOCKED) + 1 : -len(".js")])
        yield made
    # All of them, since a choice would tell in which languages the notes are.
    for stemmer in sorted((bundled("browser") / "stemmers").glob("*.js")):
        yield OutputFile(f"{LOCKED}/stem-{stemmer.name}", stemmer)
    contents = {"format": FORMAT, "names": "".join(sorted(names)), "data": dict(data)}
    yield vault.file(CONTENTS, json.dumps(contents).encode())


class _Lock:
    """Locks the files of the site of all notes."""

    def __init__(
        self,
        public: Mapping[Url, bytes],
        vault: Vault,
        locked_page: Callable[[Url], OutputFile],
        cache: SealedCache | None,
    ) -> None:
        """Args: public: a digest of each file of the public site."""
        self._public, self._vault, self._locked_page = public, vault, locked_page
        self._kept = KeptBytes("locked", cache) if cache else None
        self._waiting: dict[Url, bytes | Path] = {}

    def locked(self, files: Iterable[OutputFile]) -> Iterator[OutputFile]:
        """The encrypted files that are published in their place."""
        left = iter(files)
        while some := list(islice(left, _AT_ONCE)):
            some = [file for file in some if self._is_to_be_locked(file)]
            keys = [self._key_of(file) for file in some]
            rows = self._kept.get([*filter(None, keys)]) if self._kept else {}
            new: dict[bytes, bytes] = {}
            for file, key in zip(some, keys, strict=True):
                row, made = unpack(rows.get(key, b""), _rows), None
                if row is None or not self._holds(row):
                    try:
                        row, made = self._made(file)
                    except OSError:
                        # It was found before; under no circumstances is it left to be copied as it is.
                        continue
                    if key and (packed := _packed(row)):
                        new[key] = packed
                yield from self._published(file, row, made)
            if self._kept:
                self._kept.put(new)

    def _is_to_be_locked(self, file: OutputFile) -> bool:
        url = file.url
        if (
            url in _NOT_PAGES
            or _STEMMER.fullmatch(url)
            or not (_is_page(url) or url.startswith(f"{INTERNAL}/"))
        ):
            return False
        # The pieces of the index are encrypted even where they are the public ones: how many were not would tell of
        # words.
        return url.startswith(f"{SEARCH_FOLDER}/") or self._public.get(url) != _digest(file)

    def _key_of(self, file: OutputFile) -> bytes:
        """Of all that counts for what is published of a file but where its links lead; empty of one to be copied."""
        if not isinstance(file, KnownFile) and isinstance(file.content, Path):
            return b""
        return key_of_ordered((file.url, file.url in self._public, _digest(file)))

    def _holds(self, row: _Row) -> bool:
        """Whether the links of a file lead where they did."""
        public = self._public.keys()
        return public >= {*row.there} and public.isdisjoint(row.missing)

    def _published(self, file: OutputFile, row: _Row, made: bytes | None) -> Iterator[OutputFile]:
        """Args: made: the encrypted file; None for one that is known."""
        if not row.digest:
            if file.url not in self._public:
                yield file
            return
        final = self._final(file.url)
        url = self._vault.file_url(final)
        if made is None:
            yield KnownFile(url, row.digest, row.size, partial(self._sealed, file))
        else:
            yield OutputFile(url, made)
        if _is_page(final) and final not in self._public:
            folder = dirname(final)
            if folder not in self._waiting:
                self._waiting[folder] = self._locked_page(final).content
            yield OutputFile(final, self._waiting[folder])

    def _made(self, file: OutputFile) -> tuple[_Row, bytes | None]:
        """What is to be kept of a file, and the encrypted one; None where it is not encrypted."""
        goals: dict[Url, bool] = {}
        content = self._plain(file, goals)
        if content is None:
            return _Row(), None
        sealed = self._vault.file(self._final(file.url), content).read()
        there, missing = (
            tuple(goal for goal, is_there in goals.items() if is_there is one) for one in (True, False)
        )
        return _Row(digest_of(sealed), len(sealed), there, missing), sealed

    def _sealed(self, file: OutputFile) -> bytes:
        made = self._made(file)[1]
        assert made is not None, "it was encrypted when it had the same content"
        return made

    def _plain(self, file: OutputFile, goals: dict[Url, bool]) -> bytes | None:
        """What is to be encrypted; None for what is no data, a script or a style of notegen's: the same in every site.

        Data may have the address of public data, as what points at the search index has: who has the password is given
        this.

        Args:
            goals: told of each goal of a link whether the public site has it.
        """
        content = file.read()
        if _is_page(file.url):
            return _with_locked_links(
                content.decode(), file.url, partial(self._has, goals), self._vault
            ).encode()
        is_data = file.url.startswith(f"{LOCKED}/") or content.startswith(b"notegen.add(")
        return content if is_data else None

    def _has(self, goals: dict[Url, bool], goal: Url) -> bool:
        goals[goal] = goal in self._public
        return goals[goal]

    def _final(self, url: Url) -> Url:
        """Where a page lies in the site; any other file is called for as it is."""
        return _locked_url(url, self._vault) if _is_page(url) and url not in self._public else url


def _is_page(url: Url) -> bool:
    return url.endswith(".html")


def _packed(row: _Row) -> bytes:
    """A row; nothing where an address has letters that are no Unicode."""
    try:
        return pack_exactly(row)
    except (TypeError, ValueError):
        return b""


def _locked_url(url: Url, vault: Vault) -> Url:
    """Where a page lies that the public site has not; in its own folder, from where its links count."""
    if url.startswith(f"{LOCKED}/"):
        return url
    return join(dirname(url), f"~{vault.name('page', url)}.html")


def _with_locked_links(html: str, page: Url, is_public: Callable[[Url], bool], vault: Vault) -> str:
    """The page with links to where its goals are, and with the files that a script has to bring named for it."""

    def in_tag(tag: HtmlTag) -> str | None:
        key = _ADDRESS_OF.get(tag.name)
        address, _, fragment = unescape(tag.attributes.get(key or "", "")).partition("#")
        if not address or _ELSEWHERE.match(address):
            return None
        goal = normpath(join(dirname(page), unquote(address)))
        if is_public(goal) or (goal.startswith(f"{LOCKED}/") and goal.endswith(".html")):
            return None
        if goal.startswith(f"{LOCKED}/"):
            brought = f' data-locked="{escape(goal)}"' if tag.name != "object" else ""
            link = ' href="#"' if tag.name == "a" else ""
            return f"<{tag.name}{tag.without(str(key))}{link}{brought}>"
        if tag.name != "a" or not goal.endswith(".html"):
            return None
        moved = href(page, _locked_url(goal, vault)) + (f"#{fragment}" if fragment else "")
        return f'<a{tag.without("href")} href="{escape(moved)}">'

    return replace_tags(html, in_tag)


def _digest(file: OutputFile) -> bytes:
    """Of what it holds, or of where what is to be copied lies."""
    if isinstance(file, KnownFile):
        return file.digest
    return bytes(file.content) if isinstance(file.content, Path) else digest_of(file.content)
