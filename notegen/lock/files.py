"""The files of a site with encrypted notes: those of the public site, and encrypted what a reader has beside them."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from html import escape, unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from notegen.bundled import bundled
from notegen.encrypt import CONTENTS, LOCKED, Vault
from notegen.model import OutputFile, Url
from notegen.paths import INTERNAL, SEARCH_FOLDER, href
from notegen.regex import regex
from notegen.text.html_tags import HtmlTag, replace_tags

FORMAT = 1
"""Of what is encrypted; goes up when the page's script would misread it."""

_ADDRESS_OF = {"a": "href", "img": "src", "audio": "src", "video": "src", "source": "src", "object": "data"}
_ELSEWHERE = regex(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/")
_STEMMER = regex(r".*/stem-\w+\.js")
_NOT_PAGES = frozenset({"404.html"})
"""What no reader opens by its address."""


def lock_files(
    public: Iterable[OutputFile],
    whole: Iterable[OutputFile],
    data: Mapping[str, str],
    vault: Vault,
    locked_page: Callable[[Url], OutputFile],
) -> Iterator[OutputFile]:
    """All files of the site, one at a time: the public ones, then what is encrypted, and the pages to unlock it.

    Args:
        whole: the files of the site of all notes, with the public site's addresses.
        data: what the page's script has to know of that site, in place of what the public pages tell it.
        locked_page: makes the page that stands at an address until it is unlocked.
    """
    digests: dict[Url, bytes] = {}
    for file in public:
        digests[file.url] = _digest(file.content)
        yield file
    names: list[str] = []
    for file in whole:
        for made in _locked(file, digests, vault, locked_page):
            if made.url.startswith(f"{LOCKED}/") and made.url.endswith(".js"):
                names.append(made.url[len(LOCKED) + 1 : -len(".js")])
            yield made
    # All of them, since a choice would tell in which languages the notes are.
    for stemmer in sorted((bundled("browser") / "stemmers").glob("*.js")):
        yield OutputFile(f"{LOCKED}/stem-{stemmer.name}", stemmer)
    contents = {"format": FORMAT, "names": "".join(sorted(names)), "data": dict(data)}
    yield vault.file(CONTENTS, json.dumps(contents).encode())


def _locked(
    file: OutputFile, public: Mapping[Url, bytes], vault: Vault, locked_page: Callable[[Url], OutputFile]
) -> Iterator[OutputFile]:
    url = file.url
    # The pieces of the index are encrypted even where they are the public ones: how many were not would tell of words.
    is_known = public.get(url) == _digest(file.content) and not url.startswith(f"{SEARCH_FOLDER}/")
    if file.url in _NOT_PAGES or is_known or _STEMMER.fullmatch(url):
        return
    if url.startswith(f"{LOCKED}/") and not url.endswith(".html"):
        # A file that cannot be read was found before; under no circumstances is it left to be copied as it is.
        with suppress(OSError):
            yield vault.file(url, file.read())
    elif url.endswith(".html"):
        final = url if url in public else _locked_url(url, vault)
        html = _with_locked_links(file.read().decode(), url, public, vault)
        yield vault.file(final, html.encode())
        if final not in public:
            yield locked_page(final)
    elif url.startswith(f"{INTERNAL}/"):
        content = file.read()
        # What is no data is a script or a style of notegen's, the same in every site that has it. Data may have the
        # address of public data, as what points at the search index has: who has the password is given this.
        if content.startswith(b"notegen.add("):
            yield vault.file(url, content)
        elif url not in public:
            yield file


def _locked_url(url: Url, vault: Vault) -> Url:
    """Where a page lies that the public site has not; in its own folder, from where its links count."""
    if url.startswith(f"{LOCKED}/"):
        return url
    return join(dirname(url), f"~{vault.name('page', url)}.html")


def _with_locked_links(html: str, page: Url, public: Mapping[Url, bytes], vault: Vault) -> str:
    """The page with links to where its goals are, and with the files that a script has to bring named for it."""

    def in_tag(tag: HtmlTag) -> str | None:
        key = _ADDRESS_OF.get(tag.name)
        address, _, fragment = unescape(tag.attributes.get(key or "", "")).partition("#")
        if not address or _ELSEWHERE.match(address):
            return None
        goal = normpath(join(dirname(page), unquote(address)))
        if goal in public or (goal.startswith(f"{LOCKED}/") and goal.endswith(".html")):
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


def _digest(content: bytes | Path) -> bytes:
    return bytes(content) if isinstance(content, Path) else blake2b(content, digest_size=16).digest()
