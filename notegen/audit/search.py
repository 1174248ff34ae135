"""Searches the files of a site for private words, and asks `verdict` which of the matches are leaks."""

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, groupby
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.audit import own_words
from notegen.audit.collect import Collection, collect, groups_of
from notegen.audit.file_bytes import bytes_if_there, bytes_of, size_of
from notegen.audit.needles import Held, Needle, Needles, make_needles
from notegen.audit.readings import ENCODINGS, LINE_END, Line, Lines, decoded_in, lines_of, reads_of
from notegen.audit.remembered import remembered
from notegen.audit.searched_files import MetLines, SearchedFiles
from notegen.audit.seen_lines import SeenLines
from notegen.audit.sieve import Sieve
from notegen.audit.verdict import Known, Meeting, Verdict
from notegen.audit.words import words_of
from notegen.cache import VectorCache
from notegen.config import Config
from notegen.groups import in_groups
from notegen.metadata import can_be_cleaned, cleaned_file
from notegen.model import Audit, FileDigest, FileDigests, Leak, NoteId, Reading, Url
from notegen.page_data import digest_of
from notegen.paths import HISTORY_ENDING, INTERNAL
from notegen.workers.jobs import Elsewhere
from notegen.workers.second import NO_DIGESTS, Search

_LETTERS_AT_ONCE = 500_000
_MAX_MEETINGS = 50
"""How many places of one needle are looked at; a word that is in every page need not be looked at in each."""
_BYTES_OF_A_FILE = 4096
"""The fixed cost of a file: opening one takes as long as searching so many bytes."""


class Collected(Struct, frozen=True):
    """What there is to look for in a site, made of the folder of notes and of nothing that a build knows."""

    found: Collection
    needles: Needles | None
    """Without what public notes say; None where nothing is private."""


def collect_needles(
    notes: Path,
    config: Config,
    reading: Reading,
    cache: VectorCache | None = None,
    *,
    skip: Sequence[Path] = (),
) -> Collected:
    """Look through a folder of notes for what is private; for the arguments see `prepare_audit`."""
    found = collect(notes, config, reading, skip=skip, cache=cache)
    if not found.texts:
        return Collected(found, None)
    needles = make_needles(found.texts)
    # Before anything is forgotten, so that what a text holds depends on private texts alone, which give the numbers.
    needles.forget_held(
        remembered(
            groups_of(found.public),
            lambda groups: [needles.held_together([*group.texts()]) for group in groups],
            cache,
            kind="held",
            of=Held,
            given=found.texts,
            known_by=lambda group: group.digest,
        )
    )
    return Collected(found, needles)


def prepare_audit(
    notes: Path,
    config: Config,
    reading: Reading,
    known: Known,
    *,
    skip: Sequence[Path] = (),
    cache: VectorCache | None = None,
    collected: Collected | None = None,
) -> Search:
    """Looks through a folder of notes for what is private, and returns a function that searches a site for it.

    Args:
        cache: remembers what was met in each file, so that it need not be read again; None to search them all.
        collected: what there is to look for, where that is known; it is used up.
    """
    collected = collected or collect_needles(notes, config, reading, cache, skip=skip)
    if collected.needles is None:
        return _count_files
    collected.needles.forget(known.settings)
    return partial(_search_site, found=collected.found, needles=collected.needles, known=known, cache=cache)


def _count_files(site: Path, elsewhere: Elsewhere | None = None, digests: FileDigests = NO_DIGESTS) -> Audit:
    """Where nothing is private."""
    files = list(_files_of(site))
    return Audit(len(files), sum((site / url).stat().st_size for url in files), ENCODINGS)


def _search_site(
    site: Path,
    elsewhere: Elsewhere | None = None,
    digests: FileDigests = NO_DIGESTS,
    *,
    found: Collection,
    needles: Needles,
    known: Known,
    cache: VectorCache | None,
) -> Audit:
    counted = needles.count()
    search = _searched(_Site(site, digests), found, needles, cache, elsewhere)
    verdict = Verdict(found, needles, known, search.meetings, search.copied, cache)
    finds = sorted(
        {*search.finds, *verdict.finds()},
        key=lambda one: (one.note, one.note_line, one.file, one.line, one.kind),
    )
    return Audit(
        files=search.files,
        bytes=search.size,
        encodings=ENCODINGS,
        notes=found.notes,
        parts=found.parts,
        attachments=len(found.files),
        **counted,
        leaks=tuple({(one.note, one.note_line, one.kind == "file"): one for one in reversed(finds)}.values())[
            ::-1
        ],
    )


def _searched(
    site: "_Site",
    found: Collection,
    needles: Needles,
    cache: VectorCache | None,
    elsewhere: Elsewhere | None,
) -> "_Search":
    """All files searched, half of them elsewhere."""
    groups = [*in_groups(_files_of(site.folder), str)]
    if not elsewhere or len(groups) < 2:
        return _search_groups(site, found, needles, groups, cache)
    here, there = _halves(site, groups)
    folders = {(folder, is_page) for url in chain.from_iterable(here) for folder, is_page in _folders_of(url)}
    attachments = Collection(files=found.files, public_files=found.public_files)
    rest = elsewhere(partial(_search_rest, site.only(there), attachments, needles, there, folders))
    search = _search_groups(site, found, needles, here, cache)
    search.add(rest())
    return search


def _search_groups(
    site: "_Site",
    found: Collection,
    needles: Needles,
    groups: Iterable[Sequence[Url]],
    cache: VectorCache | None,
    folders: Iterable[tuple[str, bool]] = (),
) -> "_Search":
    """Some files searched.

    Args:
        folders: names of folders that are looked at by another, with whether as a page's.
    """
    search = _Search(
        site, found, needles, SearchedFiles(cache, needles), Sieve(needles), _folders=set(folders)
    )
    search.run(groups)
    return search


def _search_rest(
    site: "_Site",
    found: Collection,
    needles: Needles,
    groups: Sequence[Sequence[Url]],
    folders: Iterable[tuple[str, bool]],
    cache: VectorCache | None,
) -> "_Part":
    return _search_groups(site, found, needles, groups, cache, folders).found()


def _halves(
    site: "_Site", groups: Sequence[Sequence[Url]]
) -> tuple[Sequence[Sequence[Url]], Sequence[Sequence[Url]]]:
    """The groups in two halves, in order, with about the same work in each; neither is empty."""
    sizes = [sum(site.size_of(url) + _BYTES_OF_A_FILE for url in group) for group in groups]
    before = [*accumulate(sizes)]
    middle = min(range(1, len(groups)), key=lambda place: abs(before[place - 1] - before[-1] / 2))
    return groups[:middle], groups[middle:]


def with_past(audit: Audit, site: Path, past: Collection, known: Known, notes: Sequence[NoteId]) -> Audit:
    """The audit with what a second search finds: pages of history for what was private on the days they tell of.

    Args:
        past: what was private then, and what was public on any day; what was both is not looked for.
        notes: those that are published now, whose pages show nothing private.
    """
    needles = make_needles(past.texts)
    needles.forget(chain(past.public, known.settings))
    seen = replace(past, whole=frozenset(notes))
    pages = (url for url in _files_of(site) if url.endswith(HISTORY_ENDING))
    search = _search_groups(_Site(site), seen, needles, in_groups(pages, str), None)
    finds = [*search.finds, *Verdict(seen, needles, known, search.meetings, search.copied).finds()]
    return replace(audit, leaks=(*audit.leaks, *finds)) if finds else audit


class _Site(Struct, frozen=True):
    """A site's folder, and what its files hold, as far as that is known."""

    folder: Path
    digests: FileDigests = NO_DIGESTS

    def size_of(self, url: Url) -> int:
        """In bytes; -1 where that cannot be asked."""
        known = self.digests.get(url)
        return known.size if known else size_of(f"{self.folder}/{url}")

    def file(self, url: Url) -> "_File":
        """One of its files."""
        return _File(url, f"{self.folder}/{url}", self.digests.get(url))

    def only(self, groups: Iterable[Sequence[Url]]) -> "_Site":
        """The site with only these files."""
        urls = chain.from_iterable(groups)
        return _Site(self.folder, {url: self.digests[url] for url in urls if url in self.digests})


class _File(Struct):
    """A file of a site, which is read when that is asked of it which nobody told."""

    url: Url
    path: str
    told: FileDigest | None
    """What it was said to hold."""
    _read: bytes | None = None

    @property
    def content(self) -> bytes:
        """What it holds."""
        if self._read is None:
            self._read = bytes_of(self.path)
            self.told = None
        return self._read

    @property
    def digest(self) -> bytes:
        """The digest of what was read of the file, or else the one that was given for it."""
        return self.told.digest if self.told else digest_of(self.content)

    @property
    def size(self) -> int:
        """In bytes, likewise."""
        return self.told.size if self.told else len(self.content)


class _Part(Struct, frozen=True):
    """What was found in some files of a site."""

    files: int
    size: int
    finds: list[Leak]
    copied: list[str]
    meetings: dict[Needle, list[Meeting]]


class _Reading(Struct):
    """Lines that are looked through together: of each its file, its number, how it is written and what it says."""

    files: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    names: set[int] = field(default_factory=set)
    """The places of those that are names of files."""
    letters: int = 0

    def add_name(self, file: str, part: str) -> None:
        self.names.add(len(self.files))
        self._add(file, [0], [part], [unquote(part).replace("\n", LINE_END)])

    def add(self, file: str, numbers: Sequence[int], written: Sequence[str]) -> None:
        self._add(file, numbers, written, reads_of(written))

    def _add(self, file: str, numbers: Sequence[int], written: Sequence[str], read: Sequence[str]) -> None:
        self.files += [file] * len(written)
        self.numbers += numbers
        self.written += written
        self.read += read
        self.letters += sum(map(len, read))

    def texts(self) -> tuple[list[str], list[int]]:
        """All that the lines can be read as, and of each text the place of its line; in order."""
        decoded = [
            (place, text.replace("\n", LINE_END))
            for place, text in decoded_in(self.read)
            if place not in self.names
        ]
        texts, lines = [*self.read], [*range(len(self.read))]
        for place, text in reversed(decoded):
            texts.insert(place + 1, text)
            lines.insert(place + 1, place)
        return texts, lines


class _Search(Struct):
    """Goes through the files of a site."""

    site: _Site
    known: Collection
    needles: Needles
    searched: SearchedFiles
    sieve: Sieve
    files: int = 0
    size: int = 0
    finds: list[Leak] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    """Public files of the notes that the site has."""
    meetings: dict[Needle, list[Meeting]] = field(default_factory=dict)
    _reading: _Reading = field(default_factory=_Reading)
    _met: dict[int, str] = field(default_factory=dict)
    """The lines, as written, in which anything was met, by their hashes."""
    _marks: dict[bytes, tuple["array[int]", Sequence[int]]] = field(default_factory=dict)
    """By the key of each file that is not looked through yet, the hashes of all its lines, and their numbers."""
    _met_by_file: dict[bytes, MetLines] = field(default_factory=dict)
    """By the key of each file whose lines were looked through, those in which something was met."""
    _groups: dict[Url, dict[bytes, MetLines | None]] = field(default_factory=dict)
    """Groups of files that are to be remembered, by their first one's address: by key what was met before, if known."""
    _seen: SeenLines = field(default_factory=SeenLines)
    _folders: set[tuple[str, bool]] = field(default_factory=set)
    """Names of folders that were looked at, and whether as a page's, which is judged in its own way."""
    _sizes: dict[int, list[tuple[str, Path, bool]]] = field(default_factory=dict)
    _cleaned: dict[bytes, list[tuple[str, bool]]] = field(default_factory=dict)
    """Files of the notes by the digest of what is published of them, with whether they are private; made when asked."""

    def run(self, groups: Iterable[Sequence[Url]]) -> None:
        """Search files in groups, their names included."""
        for files, is_private in ((self.known.files, True), (self.known.public_files, False)):
            for path, file in files.items():
                self._sizes.setdefault(size_of(file), []).append((path, file, is_private))
        for some in groups:
            self._search_group(some)
        self._look()

    def found(self) -> _Part:
        """What was found."""
        return _Part(self.files, self.size, self.finds, self.copied, self.meetings)

    def add(self, part: _Part) -> None:
        """What was found in the files that follow, as if they had been searched here.

        Where a line of theirs was in a file here, it is left out. Of each needle as many are left as can be asked for:
        a line in which it was met in both is among those that were met here.
        """
        self.files += part.files
        self.size += part.size
        self.finds += part.finds
        self.copied += part.copied
        for needle, theirs in part.meetings.items():
            new = [one for one in theirs if one.is_name or not self._seen.has(hash(one.line.written))]
            if new:
                met = self.meetings.setdefault(needle, [])
                met += new[: _MAX_MEETINGS - len(met)]

    def _search_group(self, urls: Sequence[Url]) -> None:
        """Files that follow each other, of which is known together what was met in them; one at a time in memory."""
        known = self.searched.known(urls[0])
        keys: dict[bytes, MetLines | None] = {}
        for url in urls:
            file = self.site.file(url)
            met = known.get(self._key(file))
            if met is None:
                _ = file.content  # by which it is known, whatever was told
                met = known.get(self._key(file))
            key = self._key(file)
            if key:
                keys[key] = met
            self._search_file(file, key, met)
            if self._reading.letters > _LETTERS_AT_ONCE:
                self._look()
        if keys.keys() != known.keys():
            self._groups[urls[0]] = keys

    def _key(self, file: _File) -> bytes:
        """What a file is known by; empty where nothing is remembered."""
        return self.searched.key(file.url, file.digest) if self.searched.are_kept else b""

    def _met_in(self, marks: "array[int]", numbers: Sequence[int]) -> list[tuple[int, str]]:
        if self._met.keys().isdisjoint(marks):
            return []
        numbered = dict(zip(marks, numbers, strict=True))
        return [(numbered[mark], self._met[mark]) for mark in numbered.keys() & self._met.keys()]

    def _search_file(self, file: _File, key: bytes, met_before: Sequence[tuple[int, str]] | None) -> None:
        """One file, or, where it was searched before for the same, the lines in which something was met.

        Args:
            key: what it is known by.
        """
        url = file.url
        self.files += 1
        self.size += file.size
        for part in dict.fromkeys((url, url.rpartition("/")[2])):
            self._reading.add_name(url, part)
        for folder in _folders_of(url):
            if folder not in self._folders:
                self._folders.add(folder)
                self._reading.add_name(url, folder[0])
        is_file_of_notes = self._is_file_of_notes(file)
        if met_before is not None:
            lines = Lines([number for number, _ in met_before], [line for _, line in met_before])
        elif is_file_of_notes or self._is_cleaned_file(file) or _is_shipped(file):  # which is known to all
            lines = Lines((), ())
        else:
            lines = lines_of(url, file.content)
        marks = array("q", map(hash, lines.written))
        if met_before is None and key:
            self._marks[key] = marks, lines.numbers
        if new := self._seen.new_among(marks):
            places = new.values()
            self._reading.add(
                url, [lines.numbers[place] for place in places], [lines.written[place] for place in places]
            )

    def _is_file_of_notes(self, file: _File) -> bool:
        """Whether a file of the site is a public one of the notes, byte for byte; one that is private is a find."""
        if file.url.endswith((".html", ".js")) or not file.size:
            return False
        return self._is_one_of(
            file.url,
            [
                (path, is_private)
                for path, one, is_private in self._sizes.get(file.size, ())
                if bytes_if_there(one) == file.content
            ],
        )

    def _is_cleaned_file(self, file: _File) -> bool:
        """The same of a picture or film whose metadata was taken out; asked only of what was not searched before."""
        if file.url.startswith(f"{INTERNAL}/") or not can_be_cleaned(file.content):
            return False
        if not self._cleaned:
            self._cleaned[b""] = []
            for path, one, is_private in chain.from_iterable(self._sizes.values()):
                if cleaned := _cleaned_of(one):
                    self._cleaned.setdefault(digest_of(cleaned), []).append((path, is_private))
        return self._is_one_of(file.url, self._cleaned.get(file.digest, ()))

    def _is_one_of(self, url: str, same: Sequence[tuple[str, bool]]) -> bool:
        if same and all(is_private for _, is_private in same):
            self.finds.append(Leak(url, 0, "file", same[0][0], 0))
        self.copied += (path for path, is_private in same if not is_private)
        return bool(same)

    def _look(self) -> None:
        reading, self._reading = self._reading, _Reading()
        texts, lines = reading.texts()
        places = self.sieve.possible(texts)
        # Letters beyond ASCII take several times as long, so that only lines which have some are read with care.
        words: list[str] = []
        for _, group in groupby((texts[place] for place in places), str.isascii):
            words += (*words_of("\n".join(group)), "\n")
        numbers = self.needles.numbers(words)
        number = before = 0
        for needle, at in sorted(self.needles.found(numbers), key=lambda hit: hit[1]):
            number += words[before:at].count("\n")
            before = at
            place = places[number]
            line = lines[place]
            written = reading.written[line]
            self._met[hash(written)] = written
            met = self.meetings.setdefault(needle, [])
            if len(met) < _MAX_MEETINGS:
                read = Line(reading.numbers[line], written, texts[place])
                met.append(Meeting(reading.files[line], read, line in reading.names))
        # Each line of these files has been looked at by now, with them or in a file before.
        self._met_by_file |= {key: self._met_in(*lines) for key, lines in self._marks.items()}
        self._marks = {}
        for first, keys in self._groups.items():
            of_files = {key: self._met_by_file.pop(key) if was is None else was for key, was in keys.items()}
            self.searched.remember(first, of_files)
        self._groups = {}


def _is_shipped(file: _File) -> bool:
    """Whether a file is one that every site has."""
    is_script = file.url.startswith("notegen/") and file.url.endswith(".js")
    return is_script and own_words.shipped(file.url) == file.content


def _files_of(folder: Path | str, prefix: str = "") -> Iterator[str]:
    """The addresses of all files, those of a folder before those in the folders within it."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    yield from (prefix + entry.name for entry in entries if entry.is_file())
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files_of(entry.path, f"{prefix}{entry.name}/")


def _folders_of(url: Url) -> list[tuple[str, bool]]:
    """The names of the folders that a file lies in, each with whether the file is a page."""
    return [(folder, url.endswith(".html")) for folder in url.split("/")[:-1]]


def _cleaned_of(file: Path) -> bytes | None:
    try:
        return cleaned_file(file)
    except OSError:
        return None
