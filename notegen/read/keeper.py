"""Decides what is kept back, encrypted or waits: by a note's own word, its tags, where it lies, and the settings."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from msgspec import Struct

from notegen.config import Config
from notegen.model import Place, Source
from notegen.paths import ORG_SUFFIX, PICTURE_SUFFIXES, fold
from notegen.read.beginning import beginning_of
from notegen.read.decode import decode
from notegen.read.discover import Discovered
from notegen.read.flags import is_false, is_true, plain_key
from notegen.read.front_matter import FrontMatter, split_front_matter
from notegen.read.other_files import (
    CALENDAR_SUFFIXES,
    says_encrypted_in_its_own_way,
    says_private_in_its_own_way,
)
from notegen.read.private_tags import has_encrypt_tag, has_private_tag
from notegen.read.schedule import Schedule, schedule_of
from notegen.read.templates import is_template
from notegen.read.visibility import Visibility, read_flags, read_inline_flags, read_visibility

_NO_TEXT = PICTURE_SUFFIXES | frozenset(
    ".3gp .7z .flac .gz .heic .ico .m4a .mkv .mov .mp3 .mp4 .ogg .ogv .otf .pdf .tif .tiff .ttf .wav .webm .woff "
    ".woff2 .zip".split()
)
"""Files whose beginning says nothing about who may see them."""
_MAX_HEAD_BYTES = 8192
_MAX_CALENDAR_BYTES = 4_000_000


class Keeper(Struct, frozen=True):
    """Decides what is kept back: by a note's own word, its tags, where it lies, and the settings."""

    found: Discovered
    config: Config

    def judge(self, front: FrontMatter, path: str) -> Visibility:
        """Whether the note is kept back, and what was unclear about it; what lies in a private place says nothing."""
        exclusions = self.found.exclusions
        tool = self.found.roots.root_of(path).tool
        if not self.config.keep_templates and (
            exclusions.has_templates(path) or is_template(front, path, tool)
        ):
            return Visibility(True, is_template=True)
        if exclusions.keep_out(path, published=is_true(front.properties.get("publish"))):
            return Visibility(True)
        inline = read_inline_flags(front.body, path, front.first_line)
        if inline.withheld:
            return Visibility(True, problems=(*front.problems, *inline.problems))
        tags = self._tags()
        said = read_visibility(front, path, tags | self._encrypt_tags())
        own_keys = exclusions.own_keys(path)
        own = [value for key, value in front.properties.items() if own_keys and plain_key(key) in own_keys]
        public = said.says_public or inline.says_public or any(map(is_true, own))
        wants_word = self.config.publish == "opt-in" or (exclusions.wants_word(path) and tool != "logseq")
        of_folders = self._of_folders(path, pairs_of(front))
        withheld = (
            said.withheld
            or of_folders.withheld
            or has_private_tag(pairs_of(front), front.body, tags)
            or (wants_word and not public)
            or any(map(is_false, own))
        )
        encrypted = said.encrypted or inline.encrypted or of_folders.encrypted or self.encrypts_place(path)
        encrypted = encrypted or has_encrypt_tag(pairs_of(front), front.body, self._encrypt_tags())
        problems = tuple(dict.fromkeys((*said.problems, *inline.problems)))
        return Visibility(withheld, public, encrypted=encrypted and not withheld, problems=problems)

    def schedule(self, front: FrontMatter, path: str, source: Source | None = None) -> Schedule:
        """When a note or file is shown that nothing else keeps back.

        Args:
            source: with what its tool has for front matter.
        """
        own = pairs_of(front)
        more = source.properties.items() if source else ()
        folders = self.found.exclusions
        pairs = (*own, *more, *folders.flags_of(path, own))
        return schedule_of(path, self.config, folders.dated(path), pairs, front)

    def schedule_of_file(self, path: str, head: bytes) -> Schedule:
        """When a file that is no note is shown, going by how it begins, and by its folder."""
        return self.schedule(front_of_file(path, head) or FrontMatter("", {}, "", 0), path)

    def _of_folders(self, path: str, own: Iterable[tuple[str, object]] = ()) -> Visibility:
        """What the settings of folders say of a note or file, whose own front matter comes first."""
        pairs = self.found.exclusions.flags_of(path, own)
        if not pairs:
            return Visibility()
        said = read_flags(pairs, lambda key: Place(path))
        return Visibility(
            said.withheld or has_private_tag(pairs, "", self._tags()),
            encrypted=said.encrypted or has_encrypt_tag(pairs, "", self._encrypt_tags()),
        )

    def encrypts_place(self, path: str) -> bool:
        """Whether what lies there is encrypted whatever it says."""
        return self.found.exclusions.encrypts(path)

    def encrypts(self, source: Source) -> bool:
        """Whether a note is encrypted by what only its tool gives it, a page's property or a tag."""
        said = read_flags(source.properties.items(), lambda key: Place(source.id))
        tags = self._encrypt_tags()
        return said.encrypted or has_encrypt_tag(source.properties.items(), source.text, tags)

    def encrypts_file(self, path: str, head: bytes) -> bool:
        """Whether only encrypted notes may show a file that is no note: by its place, or as it begins."""
        if self.encrypts_place(path) or self._of_folders(path).encrypted:
            return True
        front = front_of_file(path, head)
        return front is not None and (
            read_visibility(front, path).encrypted
            or read_inline_flags(front.body, path, 1).encrypted
            or says_encrypted_in_its_own_way(front.body)
            or has_encrypt_tag(pairs_of(front), "", self._encrypt_tags())
        )

    def keeps_file(self, path: str, head: bytes) -> bool:
        """Whether a file that is no note is kept back: it lies in a private place, or begins as a private note does."""
        if self.found.exclusions.keep_out(path) or self._of_folders(path).withheld:
            return True
        front = front_of_file(path, head)
        if front is None:
            return False
        said = (
            read_visibility(front, path, self._tags() | self._encrypt_tags()).withheld
            or read_inline_flags(front.body, path, 1).withheld
            or says_private_in_its_own_way(front.body, path)
        )
        return said or has_private_tag(pairs_of(front), "", self._tags())

    def is_tagged_private(self, source: Source) -> bool:
        """Whether a tag keeps the note back that only its tool's own syntax gives it, as Logseq's `tags:: private`."""
        text = (
            source.text if source.id.lower().endswith(ORG_SUFFIX) else ""
        )  # Org's own tags have become Markdown's
        return has_private_tag(source.properties.items(), text, self._tags())

    def _tags(self) -> frozenset[str]:
        return frozenset(fold(tag).strip("#/ ") for tag in self.config.private_tags)

    def _encrypt_tags(self) -> frozenset[str]:
        return frozenset(fold(tag).strip("#/ ") for tag in self.config.encrypt_tags)


def beginning_of_file(path: str, file: Path) -> bytes:
    """What a file that is no note begins with; nothing of one that says nothing, or cannot be read."""
    suffix = PurePosixPath(path).suffix.lower()
    most = _MAX_CALENDAR_BYTES if suffix in CALENDAR_SUFFIXES else _MAX_HEAD_BYTES
    return b"" if suffix in _NO_TEXT else beginning_of(file, most)


def pairs_of(front: FrontMatter) -> tuple[tuple[str, object], ...]:
    """Every key of a note's front matter with its value, also where another outdoes it."""
    return front.pairs or tuple(front.properties.items())


def front_of_file(path: str, head: bytes) -> FrontMatter | None:
    """The front matter of a file that is no note, by how it begins; None of one that says nothing."""
    return split_front_matter(decode(head, path)[0], path) if head else None
