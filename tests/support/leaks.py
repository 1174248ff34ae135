"""Whether a secret word is anywhere in a site: in a file's name, its bytes, or what its bytes stand for.

A site is made in memory from a folder of notes, without meaning, with its encrypted part where it has one.
Shards are read as the page reads them: postings by
stem and ending, spelling lists letter by letter, also backwards. Percent-encoding, character references, JSON's
escapes and base64 are undone.
"""

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from notegen.config import Config
from notegen.context import BuildContext
from notegen.load import link_sources, read_notes
from notegen.locked_site import make_locked_site
from notegen.make_site import Making, make_site
from notegen.model import Audit, OutputFile, Problem
from notegen.theme import Theme, load_theme

_SHARD = re.compile(r'notegen\.add\("([^"]*)",(.*)\)\s*\Z', re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{12,}")
_ENCRYPTED = re.compile(r"[A-Za-z0-9+/]{200,}")
PASSWORD = "correct horse, battery staple"
_SHIPPED = re.compile(
    r"notegen/(?:(?:mermaid|notegen|enhancements|diagrams|search|unlock|graph|map|today|early|style|calendar|drift)"
    r"\.[0-9a-f]{8}\.(?:js|css)|locked/stem-\w+\.js)"
)
"""What is the same in every site that has it."""
_SPELLING = re.compile(r"(\d)([^A-Z]*)([A-Z])")


def build_in_memory(
    notes: Path, config: Config | None = None
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of a site by name, but for what notegen ships in every site, and the problems that were found."""
    config = config or Config()
    context = BuildContext(notes, config, encoder=None, password=lambda opens: PASSWORD)
    reading = read_notes(context)
    making = Making(context, _theme, {}, is_known=False)
    if reading.encrypted:
        made = make_locked_site(reading, notes / "no site", making, lambda garden: lambda *_: Audit(0, 0, ()))
    else:
        made = make_site(making, reading, link_sources(reading, context))
    return {
        file.url: _content(file) for file in made.files if not _SHIPPED.fullmatch(file.url)
    }, made.problems


@cache
def _theme() -> Theme:
    return load_theme()


def ours(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that are made of notes."""
    return {name: content for name, content in files.items() if not _SHIPPED.fullmatch(name)}


def _content(file: OutputFile) -> bytes:
    return file.content.read_bytes() if isinstance(file.content, Path) else file.content


def read_site(site: Path) -> dict[str, bytes]:
    """The files of a site on the disk by name, but for what notegen ships in every site."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {url: path.read_bytes() for url, path in files.items() if not _SHIPPED.fullmatch(url)}


def leaks(files: Mapping[str, bytes], secrets: Iterable[str]) -> dict[str, list[str]]:
    """The secrets that are in a site, each with the files that hold it; secrets are in lower case."""
    secrets = tuple(secrets)
    any_secret = re.compile("|".join(map(_pattern, sorted(secrets))))
    found: dict[str, list[str]] = {}
    for name, content in files.items():
        for text in readings(name, content):
            for secret in any_secret.findall(text.lower()):
                if name not in found.setdefault(secret, []):
                    found[secret].append(name)
    return found


def _pattern(secret: str) -> str:
    """Finds a secret; a number stands by itself, since four digits are in some bytes by chance, encrypted ones too."""
    return rf"(?<![a-z0-9+]){secret}(?![a-z0-9+])" if secret.isdigit() else re.escape(secret)


def readings(name: str, content: bytes) -> Iterator[str]:
    """All the ways to read a file: its name, its bytes as text, and what that text stands for."""
    yield unquote(name)
    texts = [content.decode("utf-8", "replace")]
    if b"\0" in content:
        texts += [content.decode("utf-16-le", "replace"), content.decode("utf-16-be", "replace")]
    if shard := _SHARD.fullmatch(texts[0]):
        texts += _strings(json.loads(shard[2]))
        texts += [" ".join(_words(shard[1], text)) for text in texts[1:]]
    for text in texts:
        # A few letters are in a megabyte of what is encrypted by chance; what it stands for is read below.
        yield _ENCRYPTED.sub(" ", text) if name.startswith("notegen/locked/") else text
        if "%" in text:
            yield unquote(text)
        if "&" in text:
            yield unescape(text)
            yield unquote(unescape(text))
        if "\\u" in text:
            yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        for code in _BASE64.findall(text):
            yield base64.b64decode(code[: len(code) // 4 * 4]).decode("utf-8", "replace")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)


def _words(shard: str, text: str) -> Iterator[str]:
    """The words of a shard of postings or of spellings."""
    kind = shard[:1]
    if kind in ("w", "c") and shard[1:].isdecimal():
        for line in text.split("\n"):
            stem, *forms = line.split(" ")
            for ending in forms[::2]:
                cut = len(ending) - len(ending.lstrip("-"))
                yield ending[1:] if ending.startswith("=") else stem[: len(stem) - cut] + ending[cut:]
    elif kind in ("f", "b") and shard[1:].isdecimal():
        word = ""
        for shared, rest, _ in _SPELLING.findall(text):
            word = word[: int(shared)] + rest
            yield word[::-1] if kind == "b" else word
