"""A garden that follows its folder, for a process that lives on: only notes that changed are read, parsed and linked.

The result equals that of a build from nothing, except for the list of problems, which no page shows.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.context import BuildContext
from notegen.encrypt import Vault
from notegen.link.garden import Linked, link_garden
from notegen.link.relink import relinked
from notegen.load import ParseSettings, parse_settings, parse_sources, read_notes
from notegen.locked_site import ask_vault, locked_gardens
from notegen.markdown.hidden_places import hidden_in
from notegen.markdown.private_names import public_names
from notegen.model import Garden, LockedParts, Note, NoteId, Reading, Source
from notegen.read import ReadMemory
from notegen.text.headings import headings_of


class GardenNow(Struct, frozen=True):
    """What everybody sees of a folder of notes as it is now."""

    reading: Reading
    garden: Garden
    settings: ParseSettings
    locked: LockedParts | None = None
    """What pages tell of the notes that are encrypted beside them; None where there are none."""
    attachments: frozenset[str] = frozenset()
    """The files that notes use, encrypted ones too: by path in the notes folder."""


class LiveGarden:
    """Remembers what it read; looks again when it is told to. For one thread."""

    def __init__(self) -> None:
        self._memory = ReadMemory()
        self._public, self._whole = _Links(), _Links()
        self._vault: tuple[object, Vault] | None = None

    def forget_files(self) -> None:
        """Read every file again: something changed that says how files are read."""
        self._memory = ReadMemory()
        self._public.asked = self._whole.asked = None

    def look(self, context: BuildContext, out: Path, *, only: Collection[NoteId] | None = None) -> GardenNow:
        """The garden as it is now.

        Args:
            context: its cache serves for notes that this process has not parsed yet.
            out: the site's folder, which is no part of the notes.
            only: the notes that are known to be all that changed; what tells tools apart is then taken as it was.

        Raises:
            NotegenError: the folder cannot be read, or there are encrypted notes and no password.
        """
        reading = read_notes(context, skip=(out,), memory=self._memory, only=only)
        if not reading.encrypted:
            self._whole = _Links()
            garden = self._public.link(reading, context)
            return GardenNow(reading, garden, self._public.parsed_by, attachments=frozenset(garden.assets))
        gardens = locked_gardens(
            reading,
            self._vault_of(context, out),
            link=lambda reading: self._public.link(reading, context),
            link_whole=lambda reading: self._whole.link(reading, replace(context, cache=None)),
        )
        attachments = frozenset(gardens.whole.assets)
        return GardenNow(gardens.reading, gardens.public, self._public.parsed_by, gardens.parts, attachments)

    def _vault_of(self, context: BuildContext, out: Path) -> Vault:
        """The keys, which take a while to make."""
        made_of = context.config.base_url, context.config.title
        if self._vault is None or self._vault[0] != made_of:
            self._vault = made_of, ask_vault(context, out)
        return self._vault[1]


class _Links(Struct):
    """What was parsed and linked of one garden."""

    settings: ParseSettings | None = None
    notes: Mapping[NoteId, tuple[Source, Note]] = field(default_factory=dict)
    asked: object = None
    """What the settings depend on, beside the names of the notes."""
    ground: object = None
    """What links depend on, beside the notes."""
    linked: Linked | None = None

    def _settings(self, reading: Reading, asked: object, context: BuildContext) -> ParseSettings:
        """What the notes are parsed by: as before where they are called as before and nothing else is kept back."""
        alike = asked == self.asked and all(
            known is source or self._is_called_alike(known, source, context.config.private_tags)
            for source in reading.sources
            for known in (self.notes[source.id][0],)
        )
        return self.settings if alike and self.settings else parse_settings(reading, context)

    def _is_called_alike(self, known: Source, source: Source, private_tags: Sequence[str]) -> bool:
        """Whether links and queries may call a note, its parts, and what it hides, by the same names as before."""
        alike = [*public_names(known)] == [*public_names(source)]
        alike = alike and headings_of(known.text) == headings_of(source.text)
        return alike and hidden_in(known, private_tags) == hidden_in(source, private_tags)

    @property
    def parsed_by(self) -> ParseSettings:
        """The settings that the notes were last parsed with."""
        assert self.settings
        return self.settings

    def link(self, reading: Reading, context: BuildContext) -> Garden:
        """The garden of what was read."""
        before = self.notes
        asked = (
            [source.id for source in reading.sources], reading.assets.keys(), reading.documents, reading.withheld,
            reading.withheld_names, reading.private_names, reading.private_headings, reading.encrypted,
            context.config,
        )  # fmt: skip
        settings = self._settings(reading, asked, context)
        known = before if settings == self.settings else {}
        changed = [
            source
            for source in reading.sources
            if source.id not in known or (known[source.id][0] is not source and known[source.id][0] != source)
        ]
        parsed = {note.id: note for note in parse_sources(changed, settings, context)}
        sources = {source.id: source for source in changed}
        notes = {
            source.id: (sources[source.id], parsed[source.id]) if source.id in parsed else known[source.id]
            for source in reading.sources
        }
        ground = (
            notes.keys(), reading.assets.keys(), reading.documents, reading.withheld, reading.withheld_names,
            reading.encrypted, context.config, reading.kept_addresses,
        )  # fmt: skip
        linked = None
        if (
            self.linked and ground == self.ground and not reading.kept_addresses
        ):  # by which notes are told apart
            differing = [note for note in parsed.values() if note != before[note.id][1]]
            linked = relinked(self.linked, differing)
        if linked is None:
            with context.clock.time("link"):
                everyone = (note for _, note in notes.values())
                linked = link_garden(everyone, reading, context.config)
        self.asked, self.settings, self.notes = asked, settings, notes
        self.ground, self.linked = ground, linked
        return linked.garden
