"""What lies here in the clear and is kept encrypted wherever git or a program of its kin takes it.

    .gitattributes              secret/** filter=git-crypt diff=git-crypt     also transcrypt's, git-agecrypt's, SOPS'
    .git/info/attributes        the same
    .gitsecret/paths/mapping.cfg, .blackbox/blackbox-files.txt                lists of files, a line each
    diary.md.gpg                beside diary.md, which is what it says

The notes are often a folder of a repository, so that attributes count which stand above it, up to the repository's own.
Sources: https://git-scm.com/docs/gitattributes, https://github.com/AGWA/git-crypt, https://sobolevn.me/git-secret/,
https://github.com/StackExchange/blackbox
"""

import re
from collections.abc import Iterator
from pathlib import Path

from notegen.paths import fold
from notegen.read.folders.statements import FileFlags, LeftOut, Statement, joined, text_of
from notegen.regex import regex
from notegen.settings_files import repository_above

ATTRIBUTES = ".gitattributes"
_OF_GIT = ".git"
_LISTS = {".gitsecret": "paths/mapping.cfg", ".blackbox": "blackbox-files.txt"}
_ENDINGS = (".gpg", ".pgp", ".age", ".enc", ".secret")
"""Of encrypted copies; what ends in `.asc` or `.sig` is a signature."""
_LINE = regex(
    r'[ \t]*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s#"]\S*))(?P<attributes>(?:[ \t]+\S+)*)[ \t]*'
)
_MACRO = "[attr]"
_ENCRYPTS = regex(r"crypt|cipher|secret|vault|sops|gpg|(?:^|[-_])age$", re.IGNORECASE)
"""What the filters of these programs are called, which every repository may call as it likes."""


def read_ciphers(folder: Path, path: str, have: frozenset[str]) -> Iterator[Statement]:
    """What is encrypted of a folder elsewhere.

    Args:
        path: the folder, from the notes folder.
        have: the names of its entries.

    Raises:
        NotegenError: a list cannot be read.
    """
    if ATTRIBUTES in have:
        yield from _attributes(folder / ATTRIBUTES, path)
    if _OF_GIT in have:
        yield from _attributes(folder / _OF_GIT / "info/attributes", path)
    for place, name in _LISTS.items():
        if place in have:
            lines = text_of(folder / place / name).splitlines()
            listed = (line.rpartition(":")[0] or line for line in lines if line.strip())
            yield from (FileFlags(place, fold(joined(path, one)), _PRIVATE) for one in listed)
    for name in sorted(have):
        plain = name.rpartition(".")[0]
        if name.lower().endswith(_ENDINGS) and plain in have:
            yield FileFlags(joined(path, name), fold(joined(path, plain)), _PRIVATE)


def read_ciphers_above(folder: Path) -> Iterator[Statement]:
    """What git's attributes in the folders above the notes, within their repository, say of these.

    Args:
        folder: of the notes.
    """
    whole = folder.absolute()
    for above in repository_above(folder):
        within = fold(whole.relative_to(above).as_posix())
        yield from _attributes(above / ATTRIBUTES, "", within)
        yield from _attributes(above / _OF_GIT / "info/attributes", "", within)


_PRIVATE = (("private", True),)


def _attributes(file: Path, path: str, within: str = "") -> Iterator[Statement]:
    """Args: within: where the notes lie below the file's folder."""
    lines: list[str] = []
    macros: set[str] = set()
    for line in text_of(file).splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        pattern = re.sub(r"\\(.)", r"\1", found["quoted"]) if found["quoted"] else found["plain"] or ""
        encrypts = _encrypts(found["attributes"].split(), macros)
        if pattern.startswith(_MACRO):
            macros |= {pattern.removeprefix(_MACRO)} if encrypts else set()
        elif encrypts is not None and pattern:
            lines.append(fold(f"{'' if encrypts else '!'}{pattern}"))
    if lines:
        yield LeftOut(fold(path), lines=tuple(lines), within=within)


def _encrypts(attributes: list[str], macros: set[str]) -> bool | None:
    """Whether a line's last word on its files is that they are encrypted, or that they are not; None for neither."""
    said: bool | None = None
    for one in attributes:
        name, _, value = one.partition("=")
        if name in macros or name == "filter":
            said = name in macros or _ENCRYPTS.search(value) is not None
        elif name in ("!filter", "-filter", *(f"{sign}{macro}" for sign in "!-" for macro in macros)):
            said = False
    return said
