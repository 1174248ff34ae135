"""Notes in: find the files, decode them, take the front matter off, and keep back what is private.

What this package leaves out is absent from everything after it; no later stage filters. Encrypted notes are left out
too, and handed over beside the others, for a second garden that has them.
"""

import codecs
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import cache
from pathlib import Path, PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.clock import local_zone, now
from notegen.config import CONFIG_NAME, Config
from notegen.dates import day_in_name, day_in_value, keys_of_day
from notegen.errors.notes import notes_went_away
from notegen.model import CanvasWords, Code, NoteId, Place, Problem, Reading, ScheduledNote, Source, Span
from notegen.paths import fold, slug
from notegen.read.adapt import Adapter, make_adapter
from notegen.read.bases import BASE_SUFFIX, has_comment, shows_views, with_views
from notegen.read.beginning import beginning_of
from notegen.read.canvas import NotCanvasError
from notegen.read.code_files import with_code_of_files
from notegen.read.commits import with_history
from notegen.read.decode import decode
from notegen.read.dendron_neighbours import name_neighbours
from notegen.read.discover import Discovered, discover
from notegen.read.excalidraw import adapt_drawing, is_drawing
from notegen.read.folders import speaks_for_folder
from notegen.read.folders.beside import with_said
from notegen.read.front_matter import FrontMatter
from notegen.read.git_history import History
from notegen.read.hidden_values import without_hidden
from notegen.read.keeper import Keeper, beginning_of_file
from notegen.read.kept_addresses import read_kept_addresses
from notegen.read.kept_sources import Kept, KeptSource, KeptSources, ground_of, may_be_kept, packed
from notegen.read.memory import ReadMemory, SortedNote, look_at
from notegen.read.notion import folders_of_database, id_of_page
from notegen.read.one_note import MAX_NOTE_BYTES, NotHereError, read_note, without_lone_surrogates
from notegen.read.private_copies import are_alike, possible_originals
from notegen.read.private_names import names_within
from notegen.read.schedule import Schedule
from notegen.read.sync_leftovers import MAX_POINTER_BYTES, is_pointer
from notegen.text.headings import headings_of
from notegen.text.tags import composed_tag
from notegen.workers.from_the_end import made_from_the_end

__all__ = ["ReadMemory", "read_sources", "with_encrypted", "without_assets"]

_WRITTEN_BY_PROGRAMS = (".excalidraw", ".base")
_BEFORE_A_DOCUMENT = bytes(range(33)) + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE
"""Bytes that may stand before the first sign of HTML or XML: space, and the marks of encodings."""
_MIN_FOR_TWO = 300
"""Notes from which on two processes read: to fork one takes some hundredths of a second."""
_MOST = 4
"""Processes that read, however many cores there are: to fork sixteen takes as long as four need to read."""
_AT_ONCE = 16
"""Notes that one hands over together; so many may be read by both, where they meet."""


def read_sources(
    root: Path,
    config: Config,
    *,
    skip: Sequence[Path] = (),
    canvas_words: Callable[[], CanvasWords] = CanvasWords,
    memory: ReadMemory | None = None,
    only: Collection[NoteId] | None = None,
    kept: Kept | None = None,
    jobs: int = 1,
    on_unknown: Callable[[int], None] = lambda count: None,
    moment: float | None = None,
) -> Reading:
    """Everything publishable under `root`, and the names of what is withheld.

    Undecodable bytes, unreadable files and bad front matter become problems, never a crash.

    Args:
        skip: folders that are not part of the notes, such as the site itself.
        canvas_words: gives what a board's page says beside its cards; asked only where there is a board.
        memory: what this process made of the files before, for those that have not changed since.
        only: the notes that are known to be all that changed since the memory was asked the last time.
        kept: what other processes made of the files before; None to read them all.
        jobs: processes that may read them, where there are very many that are not kept.
        on_unknown: told, before one is read, how many notes have to be read of those that may be kept.
        moment: for which some notes wait, or are over, in seconds since 1970; None for now.

    Raises:
        NotegenError: `root` is no folder or cannot be read, or was replaced while it was.
    """
    moment = now() if moment is None else moment
    asked = root, config, tuple(skip)
    if memory and only is not None and (reading := _read_only(only, memory, asked, moment)):
        return reading
    began_with = _number_of(root)
    found = discover(root, config, skip=skip)
    is_kept, memory = memory is not None, memory or ReadMemory()
    memory.begin((root, config, found.roots.all(), found.exclusions), found.notes)
    sorter = _Sorter(root, config, found, Keeper(found, config), cache(canvas_words), memory, moment)
    sorter.sort_files()
    sorter.sort_notes(found.notes, KeptSources(kept, moment) if kept else None, jobs, on_unknown)
    # A drive that was taken out, or another branch: some notes are read, and others are no longer there.
    if any(one.code is Code.FILE_UNREADABLE for one in sorter.problems) and _number_of(root) != began_with:
        raise notes_went_away(str(root))
    sorter.withhold_copies()
    sorter.withhold_boards()
    reading = sorter.reading(kept)
    if is_kept:  # else nobody asks, and as who sorts knows the memory in turn, all texts would stay
        memory.last = asked, sorter, reading
    return reading


def _number_of(root: Path) -> tuple[int, int] | None:
    """By which the disk knows a folder, whatever it is called; None where there is none."""
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _read_only(only: Collection[NoteId], memory: ReadMemory, asked: object, moment: float) -> Reading | None:
    """The last reading with some notes read again; None where they are not shown as before, or where more may differ.

    Of its problems, those of the notes are not said anew, and the tools are those that were found.
    """
    if memory.last is None or memory.last[0] != asked:
        return None
    _, sorter, reading = memory.last
    assert isinstance(sorter, _Sorter)
    assert isinstance(reading, Reading)
    if not reading.stands.holds(moment):
        return None
    sorter.moment = moment
    if shows_views(sorter.sources, {**sorter.files, **sorter.remarked}) or any(map(speaks_for_folder, only)):
        return None
    places = {source.id: number for number, source in enumerate(reading.sources)}
    sources, stands = list(reading.sources), reading.stands
    if any(sorter.may_be_copy(note) for note in only):
        return None
    for note in only:
        look, before = look_at(f"{sorter.root}/{note}"), memory.known(note)
        made = sorter.sorted(note)
        if not before or made.source is None or {before.kind, made.kind} != {"shown"}:
            return None
        # Dendron's notes show what others say.
        if before.is_dated != made.is_dated or note not in places or made.source.tool == "dendron":
            return None
        memory.remember(note, look, made)
        stands = stands.within(made.stands)
        was = sources[places[note]]
        sources[places[note]] = replace(
            sorter.as_shown(made.source),
            committed=was.committed,
            imported=was.imported,
            changed=was.changed,
            is_history_known=was.is_history_known,
        )
    reading = replace(reading, sources=tuple(sources), stands=stands)
    memory.last = asked, sorter, reading
    return reading


def with_encrypted(reading: Reading) -> Reading:
    """The reading with encrypted notes among the sources, so that only what is private is withheld."""
    private = frozenset(reading.withheld - {source.id for source in reading.encrypted})
    return replace(
        reading,
        sources=tuple(sorted((*reading.sources, *reading.encrypted), key=lambda source: source.id)),
        assets=dict(sorted({**reading.assets, **reading.encrypted_assets}.items())),
        withheld=private,
        withheld_names=reading.private_names - private,
        encrypted=(),
        encrypted_assets={},
    )


def without_assets(reading: Reading, hidden: Set[str]) -> Reading:
    """The reading with some files moved to those that only encrypted notes may show."""
    theirs = {path: file for path, file in reading.assets.items() if path in hidden}
    return replace(
        reading,
        assets={path: file for path, file in reading.assets.items() if path not in hidden},
        withheld_names=reading.withheld_names | theirs.keys(),
        encrypted_assets={**reading.encrypted_assets, **theirs},
    )


class _Sorter(Struct):
    """Puts each note and file where it belongs: with what is published, what is encrypted, or what is kept back."""

    root: Path
    config: Config
    found: Discovered
    keeper: "Keeper"
    words: Callable[[], CanvasWords]
    memory: ReadMemory
    moment: float
    """The moment that counts as now, in seconds since 1970."""
    sources: list[Source] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    """Those that some browser takes for HTML or XML: Firefox goes by how one begins whose name tells it nothing."""
    remarked: dict[str, Path] = field(default_factory=dict)
    """Lists of Obsidian's Bases with comments: they are shown, and not copied."""
    encrypted: list[Source] = field(default_factory=list)
    encrypted_files: dict[str, Path] = field(default_factory=dict)
    encrypted_names: set[str] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    withheld_names: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    named_tags: set[str] = field(default_factory=set)
    templates: int = 0
    scheduled: dict[str, ScheduledNote] = field(default_factory=dict)
    """The notes that are withheld since it is not their time."""
    stands: Span = Span()
    """How long each note and file belongs where it was sorted."""
    has_undated: bool = False

    @property
    def tags(self) -> tuple[tuple[str, str], ...]:
        """The tags that somebody's settings name, with the setting, folded; the usual one may be nobody's."""
        of_settings = {"private_tags": self.config.private_tags, "encrypt_tags": self.config.encrypt_tags}
        return tuple(
            (setting, name)
            for setting, tags in of_settings.items()
            for tag in tags
            if (name := composed_tag(tag.strip("#/ ")).casefold()) and tag not in Config().private_tags
        )

    def sort_files(self) -> None:
        """All files that are no notes."""
        self.problems += self.found.problems
        for path, file in self.found.assets.items():
            head = beginning_of_file(path, file)
            schedule = self.keeper.schedule_of_file(path, head)
            self.stands = self.stands.within(schedule.stands(self.moment))
            if self.keeper.keeps_file(path, head) or not schedule.shown.holds(self.moment):
                self.withheld_names.add(path)
            elif _is_small(file) and is_pointer(beginning_of(file, MAX_POINTER_BYTES)):
                self.problems.append(Problem(Code.FILE_ELSEWHERE, Place(path)))
            elif self.keeper.encrypts_file(path, head):
                self.encrypted_files[path] = file
                self.encrypted_names.add(path)
            else:
                self._take_file(path, file, head)

    def _take_file(self, path: str, file: Path, head: bytes) -> None:
        self.files[path] = file
        if head.lstrip(_BEFORE_A_DOCUMENT).startswith(b"<") and not path.lower().endswith(".txt"):
            self.documents.add(path)

    def sort_notes(
        self,
        notes: Sequence[NoteId],
        kept: KeptSources | None,
        jobs: int,
        on_unknown: Callable[[int], None],
    ) -> None:
        """All notes; a board that cannot be read is a file, and one that lies elsewhere may be private."""
        for note in self.found.elsewhere:
            self.withheld.add(note)
            self.withheld_names.update(self._adapter_of(note).names_of(note))
        known = {note: self.memory.recall(note, f"{self.root}/{note}", self.moment) for note in notes}
        looks = {note: look_at(f"{self.root}/{note}") for note in notes if known[note] is None}
        if kept:
            kept.ask(str(self.root), self._grounds(looks), MAX_NOTE_BYTES)
        unknown = kept.are_unknown(looks) if kept else []
        on_unknown(len(unknown))
        jobs = min(jobs, _MOST) if len(unknown) >= _MIN_FOR_TWO else 1
        with made_from_the_end(unknown, self._packed, jobs, at_once=_AT_ONCE) as packed_of:
            for note in notes:
                made = known[note]
                if made is None:
                    made = self._made(note, kept, packed_of)
                    self.memory.remember(note, looks[note], made)
                self._take(note, made)
        if kept:
            kept.keep()

    def _made(
        self, note: NoteId, kept: KeptSources | None, packed_of: Callable[[NoteId], bytes]
    ) -> SortedNote:
        """Where a note belongs, by what is kept of it, by what another process made of it, or else by its file."""
        if kept and (before := kept.recall(note) or kept.remember_packed(note, packed_of(note))):
            return SortedNote("shown", before.source, is_dated=before.is_dated, stands=before.stands)
        made = self.sorted(note)
        if kept and (one := _as_kept(made)):
            kept.remember(note, one)
        return made

    def _packed(self, note: NoteId) -> bytes:
        """A note that everybody sees, as it is kept; empty for any other."""
        made = _as_kept(self.sorted(note))
        return packed(made) if made else b""

    def _grounds(self, notes: Iterable[NoteId]) -> Iterator[tuple[NoteId, bytes]]:
        """Of the notes of which something may be kept, a digest of all that each is read by beside its own file."""
        config, out = ground_of(repr(self.config), local_zone()), self.found.exclusions
        for note in notes:
            place = self.found.roots.root_of(note)
            if may_be_kept(note, place.tool):
                lies = (
                    out.has_templates(note),
                    out.wants_word(note),
                    out.own_keys(note),
                    out.encrypts(note),
                    repr(out.flags_of(note)),
                    repr(out.dated(note)),
                )
                stays_out = out.keep_out(note), out.keep_out(note, published=True)
                adapted = self._adapter_of(note).settings_for(note)
                yield note, ground_of(config, note, place, adapted, lies, stays_out)

    def sorted(self, note: str) -> SortedNote:
        """Where a note belongs, going by its file."""
        repair = self.config.repair_text
        try:
            source, judged, front = read_note(self.root, note, self.words, self.keeper, repair=repair)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problem = Problem(Code.FILE_UNREADABLE, Place(note), (("reason", reason),))
            return SortedNote("unreadable", problems=(problem,))
        except NotHereError:
            problem = Problem(Code.FILE_ELSEWHERE, Place(note))
            return SortedNote("withheld", names=self._adapter_of(note).names_of(note), problems=(problem,))
        except NotCanvasError as error:
            problem = Problem(Code.CANVAS_INVALID, Place(note), (("reason", str(error)),))
            return SortedNote("file", problems=(problem,))
        adapter = self._adapter_of(note)
        beside = self.found.exclusions.said_beside(note)
        source = adapter.adapt(with_said(source, beside)) if source else None
        source = replace(source, properties=without_hidden(source.properties)) if source else None
        is_kept_back = source is None or self.keeper.is_tagged_private(source)
        schedule = Schedule() if is_kept_back else self.keeper.schedule(front, note, source)
        stands = schedule.stands(self.moment)
        if source is None or is_kept_back or not schedule.shown.holds(self.moment):
            problems = judged.problems if judged.withheld or not is_kept_back else ()
            titles = (str(value) for key, value in beside if key == "title")
            return SortedNote(
                "withheld",
                names=(
                    *adapter.names_of(note),
                    *(source.names if source else ()),
                    *names_within(front),
                    *titles,
                ),
                headings=frozenset(map(slug, headings_of(front.body))),
                problems=(*problems, *schedule.told(self.moment, note, front)),
                is_template=judged.is_template,
                stands=stands,
                scheduled=None if is_kept_back else schedule.as_told(),
                tags=self._tags_named(front),
            )
        if judged.encrypted or self.keeper.encrypts(source):
            names = (*adapter.names_of(note), *source.names, *names_within(front))
            headings = frozenset(map(slug, headings_of(front.body)))
            dated, tags = _states_a_day(source), self._tags_named(front)
            return SortedNote("encrypted", source, names, headings, is_dated=dated, stands=stands, tags=tags)
        return SortedNote("shown", source, is_dated=_states_a_day(source), stands=stands)

    def _tags_named(self, front: FrontMatter) -> frozenset[str]:
        """Which tags of the settings stand in the note's text, in whatever way."""
        text = composed_tag(f"{front.head}\n{front.body}").casefold() if self.tags else ""
        return frozenset(tag for _, tag in self.tags if tag in text)

    def _unused_tags(self) -> Iterator[Problem]:
        """The tags of the settings that no note has: perhaps a slip of the pen, by which nothing is kept back."""
        for setting, tag in self.tags:
            if tag not in self.named_tags and not any(
                f"#{tag}" in text or f"#[[{tag}" in text
                for text in (composed_tag(source.text).casefold() for source in self.sources)
            ):
                yield Problem(
                    Code.SETTING_TAG_UNUSED, Place(CONFIG_NAME), (("setting", setting), ("tag", tag))
                )

    def _take(self, note: str, one: SortedNote) -> None:
        self.problems += one.problems
        self.named_tags |= one.tags
        self.headings |= one.headings
        self.stands = self.stands.within(one.stands)
        if one.scheduled:
            self.scheduled[note] = one.scheduled
        if one.kind == "file":
            file = self.root / note
            if self.keeper.encrypts_place(note):
                self.encrypted_files[note] = file
            else:
                self._take_file(note, file, beginning_of_file(note, file))
        elif one.kind == "withheld":
            self.withheld.add(note)
            self.withheld_names.update(one.names)
            self.templates += one.is_template
        elif one.source is not None and one.kind == "encrypted":
            source = self._as_shown(one.source, {**self.files, **self.encrypted_files})
            self.encrypted.append(source)
            self.encrypted_names.update((note, *one.names))
            self.has_undated |= not one.is_dated
        elif one.source is not None:
            self.sources.append(self.as_shown(one.source))
            self.has_undated |= not one.is_dated

    def may_be_copy(self, note: NoteId) -> bool:
        """Whether a note is called like a copy of one that is not published."""
        kept_back = self._kept_back()
        return bool(kept_back) and any(name in kept_back for name in possible_originals(note))

    def withhold_copies(self) -> None:
        """Keep back what seems to be a copy of a note beside it that is not published, unless it says that it is."""
        kept_back = self._kept_back()
        for source in self.sources[:] if kept_back else ():
            for original in sorted(kept_back.intersection(possible_originals(source.id))):
                if front := self._copied_front(source.id, original):
                    self._withhold_copy(source, front, original)
                    break

    def _copied_front(self, note: NoteId, original: NoteId) -> FrontMatter | None:
        """A note's front matter and body, where it is a copy of one that is not published; else None."""
        try:
            (_, judged, front), (_, of_original, before) = (
                read_note(self.root, one, self.words, self.keeper, repair=False) for one in (note, original)
            )
        except (OSError, NotCanvasError, NotHereError):
            return None
        says_otherwise = judged.says_public or of_original.is_template
        return front if not says_otherwise and are_alike(front.body, before.body) else None

    def _withhold_copy(self, source: Source, front: FrontMatter, original: NoteId) -> None:
        self.sources = [one for one in self.sources if one.id != source.id]
        self.withheld.add(source.id)
        names = (*self._adapter_of(source.id).names_of(source.id), *source.names, *names_within(front))
        self.withheld_names.update(names)
        self.headings.update(map(slug, headings_of(front.body)))
        self.problems.append(Problem(Code.COPY_OF_PRIVATE, Place(source.id), (("note", original),)))

    def withhold_boards(self) -> None:
        """Keep back what would be copied as it is, and holds the name of a note that is not published, or a comment.

        Boards that cannot be read, drawings of Excalidraw's, lists of Obsidian's Bases and tables of Notion's
        databases: their programs write names.
        """
        kept_back = self._kept_back()
        boards = {path for path in self.files if path.lower().endswith(_WRITTEN_BY_PROGRAMS)}
        for board in sorted(boards | (self.files.keys() & set(self.found.notes))) if kept_back else ():
            if _names_any(self.files[board], kept_back):
                self._withhold_file(board)
        for base in sorted(path for path in self.files if path.lower().endswith(BASE_SUFFIX)):
            if has_comment(self.files[base]):
                self.remarked[base] = self.files[base]
                self._withhold_file(base)
        tables = {path: folders for path in self.files if (folders := folders_of_database(path))}
        ids = [id for note in kept_back if (id := id_of_page(note))] if tables else []
        for table in sorted(tables):
            lists = any(note.startswith(tables[table]) for note in kept_back)
            if lists or (ids and _names_any(self.files[table], ids)):
                self._withhold_file(table)

    def _withhold_file(self, path: str) -> None:
        del self.files[path]
        self.withheld_names.add(path)

    def reading(self, kept: Kept | None) -> Reading:
        """All that was sorted, the notes with what git knows of them; for the argument see `read_sources`."""
        read = name_neighbours([*self.sources, *self.encrypted], self.sources)
        read = with_views(read, self.sources, {**self.files, **self.remarked})
        is_asked = self.has_undated or self.config.note.changed
        history = self.memory.history_of(self.root, kept) if is_asked else History()
        dated, silence = with_history(history, read, is_asked=self.has_undated)
        of_tools = [problem for adapter in self.memory.adapters.values() for problem in adapter.problems]
        return Reading(
            sources=dated[: len(self.sources)],
            assets=dict(sorted(self.files.items())),
            documents=frozenset(self.documents & self.files.keys()),
            withheld=self._kept_back(),
            templates=self.templates,
            withheld_names=frozenset(self.withheld_names | self.encrypted_names),
            problems=(*self.problems, *of_tools, *silence, *self._unused_tags()),
            roots=self.found.roots.all(),
            encrypted=dated[len(self.sources) :],
            encrypted_assets=self.encrypted_files,
            kept_addresses=read_kept_addresses(self.root),
            private_names=frozenset(self.withheld | self.withheld_names),
            private_headings=frozenset(self.headings),
            stands=self.stands,
            scheduled=self.scheduled,
        )

    def _kept_back(self) -> frozenset[str]:
        return frozenset({*self.withheld, *(source.id for source in self.encrypted)})

    def _adapter_of(self, note: str) -> Adapter:
        place = self.found.roots.root_of(note)
        adapters = self.memory.adapters
        if place not in adapters:
            breaks, language = self.config.line_breaks, self.config.language
            adapters[place] = make_adapter(
                self.root / place.path, place, line_breaks=breaks, language=language
            )
        return adapters[place]

    def as_shown(self, source: Source) -> Source:
        """A note that everybody sees, as it is parsed."""
        return self._as_shown(source, self.files)

    def _as_shown(self, source: Source, files: dict[str, Path]) -> Source:
        if is_drawing(source):
            source = adapt_drawing(source, files, self.words().drawing)
        source = with_code_of_files(source, files)
        return without_lone_surrogates(source)


def _is_small(file: Path) -> bool:
    """Whether a file may be one that only says where another lies."""
    try:
        return 0 < file.stat().st_size <= MAX_POINTER_BYTES
    except OSError:
        return False


def _as_kept(made: SortedNote) -> KeptSource | None:
    """What may be kept of a note: only of those that everybody sees."""
    return (
        KeptSource(made.source, made.is_dated, made.stands) if made.kind == "shown" and made.source else None
    )


def _names_any(board: Path, withheld: Iterable[str]) -> bool:
    """Whether a board that cannot be read, and would be copied as it is, holds the name of a private note."""
    try:
        text = fold(decode(board.read_bytes(), board.name)[0])
    except OSError:
        return True
    return any(fold(PurePosixPath(note).stem) in text for note in withheld)


def _states_a_day(source: Source) -> bool:
    stated = any(day_in_value(source.properties[key]) for key in keys_of_day(source.properties))
    return stated or day_in_name(Path(source.id).stem) is not None
