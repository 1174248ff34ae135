"""What changed in each published note, day by day, according to git; and never what was private on that day.

    git --> snapshots --> read (the same rules as ever) --> states of each note --> differences --> Insights.history
                    `---> audit's own witness ---------> what was private then --> the audit of the finished pages

A state of a note counts only if the note was published on that day, by the settings of that day and by today's. It is
read as pages are: without private sections, comments, and names of private notes. What was private on a later day, or
what the audit would take for private today, is left out of it too.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache, reduce
from itertools import islice
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.audit import Collection, collect, make_needles, words_of
from notegen.cache import code_of_notegen
from notegen.config import CONFIG_NAME, Config
from notegen.context import BuildContext, no_progress
from notegen.history.differences import MAX_TEXTS, changed_texts, lines_of_note
from notegen.history.secrets_then import PrivateUntil
from notegen.history.snapshots import PastDay, PastFolder, past_days, past_folder
from notegen.load import ParseSettings, parse_settings, parse_sources
from notegen.model import DayOfChanges, NoteHistory, NoteId, Reading, Source
from notegen.note_memory import KeptBytes, derived_values
from notegen.packed import key_of, key_of_ordered, unpacker
from notegen.read import ReadMemory, read_sources

__all__ = ["Past", "read_past"]

_lines = unpacker(tuple[str, ...])


class Past(Struct, frozen=True):
    """What there is to show of days before, and what must not be shown of them."""

    histories: Mapping[NoteId, NoteHistory] = field(default_factory=dict)
    witness: Collection | None = None
    """What was private on some day and what was public, by the audit's own reading; None where nothing is shown."""


class _State(Struct):
    """A note from one day, on which it was published, to the last on which it was so and the same."""

    source: Source
    first: int
    last: int
    low: int
    high: int
    """What it was read by on these days: from which of `_Days.settings` to which."""


class _Days(Struct):
    """All that was read of the days, the oldest first."""

    days: Sequence[PastDay]
    settings: list[ParseSettings] = field(default_factory=list)
    """What notes were parsed by, one after the other: names of private notes come and go."""
    states: dict[NoteId, list[_State]] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    """The notes that were private on some day."""
    names: set[str] = field(default_factory=set)
    """Further names of what was private."""
    until: PrivateUntil = field(default_factory=PrivateUntil)
    public: list[str] = field(default_factory=list)
    """What was public, as the audit's own witness has it."""
    witness: Collection = field(default_factory=Collection)

    def __post_init__(self) -> None:
        self.witness = Collection(public=self.public)


def read_past(reading: Reading, context: BuildContext, *, skip: tuple[Path, ...] = ()) -> Past:
    """The history of every note that is published now; nothing where it is not wanted, or git does not tell."""
    if not context.config.history or not reading.sources:
        return Past()
    with context.clock.time("history"):
        try:
            days = past_days(context.notes, context.config.history_days)
            read = _read_days(days, reading, context) if days else None
        except (OSError, TimeoutExpired):
            return Past()
        if read is None:
            return Past()
        now = collect(context.notes, context.config, reading, skip=(*skip, *context.skip))
        return Past(_histories(read, reading, context, now), read.witness)


def _read_days(days: Sequence[PastDay], reading: Reading, context: BuildContext) -> _Days:
    read = _Days(days)
    published = {source.id for source in reading.sources}
    memory, unread = ReadMemory(), frozenset[str]()
    kept = KeptBytes("source", context.cache) if context.cache else None
    with past_folder(context.notes) as folder:
        for number, day in enumerate(days):
            changed = folder.move_to(day.commit)
            config = _config_of(folder.path, context.config)
            if changed is None or config is None:
                unread |= changed or frozenset()
                continue
            ended = datetime.combine(day.day, time.max, UTC).timestamp()
            moment = min(ended, context.moment)  # what was to come then was private
            then = read_sources(folder.path, config, memory=memory, kept=kept, moment=moment)
            _take_public(read, number, then, published, replace(context, config=config, notes=folder.path))
            is_other = number == 0 or bool(unread) or _keeps_more(read, then, folder, changed)
            _take_private(read, number, folder, changed | unread, then, config, is_whole=is_other)
            read.withheld |= then.withheld
            read.names |= then.withheld_names
            unread = frozenset()
    read.until.end(len(days) - 1)
    return read


def _take_public(
    read: _Days, number: int, then: Reading, published: set[NoteId], context: BuildContext
) -> None:
    """The states of notes that are published now and were so then."""
    settings = parse_settings(then, context)
    if not read.settings or read.settings[-1] != settings:
        read.settings.append(settings)
    high = len(read.settings) - 1
    for source in then.sources:
        if source.id not in published:
            continue
        states = read.states.setdefault(source.id, [])
        if states and states[-1].source.digest == source.digest:
            states[-1].last, states[-1].high = number, high
        else:
            states.append(_State(source, number, number, high, high))


def _keeps_more(read: _Days, then: Reading, folder: PastFolder, changed: frozenset[str]) -> bool:
    """Whether something is kept back for the first time that did not change itself: settings may do that."""
    new = (then.withheld - read.withheld) | ((then.withheld_names - read.names) & folder.blobs.keys())
    return not new <= changed


def _take_private(
    read: _Days,
    number: int,
    folder: PastFolder,
    changed: frozenset[str],
    then: Reading,
    config: Config,
    *,
    is_whole: bool,
) -> None:
    """What was private then, as the audit's own witness has it: of all files, or of those that changed."""
    if is_whole:
        found, paths = collect(folder.path, config, then), frozenset(folder.blobs) | changed
        read.public += found.public  # which is read from the folder, as it is now
    else:
        with folder.only(changed) as some:
            found, paths = collect(some, config, then), changed
            read.public += found.public
    read.until.change(number, paths, ((text.path, text.text) for text in found.texts))
    read.witness.texts += found.texts


def _config_of(folder: Path, config: Config) -> Config | None:
    """Today's settings with all that those of the day kept back besides; None where these cannot be read."""
    config = replace(config, note=replace(config.note, changed=False))
    try:
        then = tomllib.loads((folder / CONFIG_NAME).read_text("utf-8-sig"))
    except FileNotFoundError:
        return config
    except (OSError, ValueError, RecursionError):
        return None
    lists = ("ignore", "private_tags", "private_folders", "encrypt_tags", "encrypt_folders")
    more: dict[str, Any] = {name: (*getattr(config, name), *_texts(then.get(name))) for name in lists}
    opt_in = "opt-in" in (config.publish, then.get("publish"))
    kept = config.keep_templates and bool(then.get("keep_templates"))
    return replace(config, publish="opt-in" if opt_in else "all", keep_templates=kept, **more)


def _texts(value: object) -> Iterable[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _histories(
    read: _Days, reading: Reading, context: BuildContext, now: Collection
) -> dict[NoteId, NoteHistory]:
    """What is told of each note with more than one state; a note in which nothing is to be told has no history."""
    ever = replace(
        reading,
        withheld=reading.withheld | read.withheld - {source.id for source in reading.sources},
        withheld_names=reading.withheld_names | read.names,
    )
    today = parse_settings(ever, context)
    ours = (today.private.words, today.private.locked_words)
    is_secret = _secrets(now, read.witness, context.config, ours)
    sources = {source.id: source for source in reading.sources}
    read.until.say_public(now.public)

    @cache
    def of_days(low: int, high: int) -> ParseSettings:
        return reduce(_both, read.settings[low : high + 1], today)

    changed = {id: states for id, states in read.states.items() if len(states) > 1 or states[0].first > 0}
    asked = [(sources[id], today) for id in changed]
    asked += [(one.source, of_days(one.low, one.high)) for states in changed.values() for one in states]
    said = iter(_lines_of(asked, context))
    of_now = dict(zip(changed, said, strict=False))
    found = {}
    for id, states in changed.items():
        lines = [*islice(said, len(states))]
        teller = _Teller(read, states, lines, frozenset(of_now[id]), is_secret)
        if history := teller.history(is_cut=len(read.days) > context.config.history_days):
            found[id] = history
    return dict(sorted(found.items()))


def _lines_of(
    asked: Sequence[tuple[Source, ParseSettings]], context: BuildContext
) -> Sequence[tuple[str, ...]]:
    """What notes say as they are read, of each source by its settings; remembered, since a day that is past stays."""
    # When a file of the past was written is when this build wrote it.
    asked = [(replace(source, modified=date.min), settings) for source, settings in asked]
    of_settings = {id(settings): settings for _, settings in asked}
    grounds = {number: code_of_notegen() + key_of(settings) for number, settings in of_settings.items()}
    keys = [key_of_ordered((grounds[id(settings)], source)) for source, settings in asked]

    def derive(places: Iterable[int]) -> Iterator[tuple[str, ...]]:
        bare = replace(context, cache=None, progress=no_progress)
        for source, settings in (asked[place] for place in places):
            (note,) = parse_sources((source,), settings, bare)
            yield lines_of_note(note)

    return derived_values("lines", keys, derive, context.cache, _lines)


def _both(one: ParseSettings, other: ParseSettings) -> ParseSettings:
    """What keeps back all that either does."""
    private = replace(
        one.private,
        names=one.private.names | other.private.names,
        loose=one.private.loose | other.private.loose,
        places=one.private.places | other.private.places,
        folders=one.private.folders | other.private.folders,
        locked=one.private.locked | other.private.locked,
        endings=tuple(dict.fromkeys((*one.private.endings, *other.private.endings))),
    )
    tags = tuple(dict.fromkeys((*one.private_tags, *other.private_tags)))
    return replace(one, private_tags=tags, private=private)


def _secrets(
    now: Collection, witness: Collection, config: Config, ours: Sequence[str]
) -> Callable[[str], bool]:
    """Says whether the audit would know a text for something private: of today, or of a day on which it was written.

    Args:
        ours: what stands for the names of private notes.
    """
    public = (*now.public, config.title, config.description, config.author, *ours)
    of_today = make_needles(now.texts)
    of_today.forget(public)
    of_then = make_needles(witness.texts)
    of_then.forget((*public, *witness.public))
    kinds = [needles for needles, texts in ((of_today, now.texts), (of_then, witness.texts)) if texts]

    def is_secret(text: str) -> bool:
        words = words_of(text)
        return any(next(iter(needles.found(needles.numbers(words))), None) for needles in kinds)

    return is_secret


class _Teller(Struct, frozen=True):
    """Tells the days of one note."""

    read: _Days
    states: Sequence[_State]
    lines: Sequence[Sequence[str]]
    """The lines of each state."""
    of_now: frozenset[str]
    is_secret: Callable[[str], bool]

    def history(self, *, is_cut: bool) -> NoteHistory | None:
        """The days on which something changed that is to be told, the newest first; None where there is none.

        Args:
            is_cut: whether there are days before the first that was read.
        """
        told = [day for number in range(1, len(self.states)) if (day := self._day(number))]
        first = self.states[0].first
        begun = self.read.days[first].day if first > 0 or not is_cut else None
        return NoteHistory(tuple(reversed(told)), begun) if told else None

    def _day(self, number: int) -> DayOfChanges | None:
        """What the state of a number changed in the one before."""
        texts = changed_texts(self.lines[number - 1], self.lines[number], self._may_be_told)
        if not texts:
            return None
        day = self.read.days[self.states[number].first].day
        return DayOfChanges(day, tuple(texts[:MAX_TEXTS]), max(0, len(texts) - MAX_TEXTS))

    def _may_be_told(self, line: str) -> bool:
        """Whether a line is on the page now, or was never private after it was public last."""
        if line in self.of_now:
            return True
        last = max(state.last for state, lines in zip(self.states, self.lines, strict=True) if line in lines)
        return not self.read.until.was_after(line, last) and not self.is_secret(line)
