"""The site of the notes as they are now: pages are made when they are asked for.

    a save --> update: read, parse, link what changed --> a new state --> pages of now
                                                              ^
    follow --> rounds, in the background: a whole build ------+ search, related notes, map, as far as they stand

What takes long is what the last round found; only that part of it is shown which the notes still say now. Once a note
is private or gone, nothing that was made of many notes is served until a round without that note is done.
"""

import gc
import time
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, suppress
from hashlib import blake2b
from html import unescape
from math import inf
from pathlib import Path
from shutil import rmtree
from threading import Lock, RLock

from msgspec import Struct, field
from msgspec.structs import replace

from notegen.clock import now
from notegen.config import Config
from notegen.context import BuildContext
from notegen.errors import NotegenError
from notegen.i18n import Language
from notegen.live_garden import GardenNow, LiveGarden
from notegen.load import require_notes
from notegen.model import Insights, Note, NoteId, OutputFile, Report, Url
from notegen.paths import INTERNAL, SITE_MARK, fold
from notegen.regex import regex
from notegen.render import PagesOnDemand, open_site
from notegen.render.parts.attachment import published_file
from notegen.render.parts.explorer import Explorer
from notegen.render.parts.previews import Previews
from notegen.render.title import with_title
from notegen.semantic.passages import passages_of
from notegen.serve.broadcast import Broadcast, BuildStatus, OpenPages
from notegen.serve.pages import (
    Content,
    Elsewhere,
    Found,
    NotReadyError,
    Page,
    find_file,
    folder_address,
    is_hidden,
)
from notegen.serve.rounds import RoundFailed, RoundFound, RoundMessage, RoundProgress, RoundRequest, Rounds
from notegen.serve.standing import mark_of, standing
from notegen.stamps import Tree, take_stamps
from notegen.theme import Theme, load_theme
from notegen.theme_folder import find_theme
from notegen.write import check_notes, check_out

MAX_KEPT_ROUNDS = 3
"""Whose files are served: a page that was open before the last one still searches with its own."""

_PLACES = regex(rb' data-(?:search|pieces|previews|folders)="[^"]*"')
"""What a page's script is told of files that it loads later, which no reader sees."""

_STYLE = regex(rb'(?<=<link rel="stylesheet" href=")[^"]*')
"""A style sheet of a page; the page that is open takes another one in its place."""


class Derived(Struct, frozen=True):
    """What the last round found, and of which garden."""

    found: RoundFound
    base: GardenNow


class State(Struct):
    """The site at one moment."""

    now: GardenNow
    theme: Theme
    config: Config
    has_address: bool
    """Whether the settings give the site one; while it is served, it has the server's."""
    pages: PagesOnDemand
    kept: tuple[Path, ...]
    """Folders with the files of rounds, the newest first."""
    attachments: str
    """Tells one state of the files that pages show from another."""
    seen: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """The version and the style sheets of pages, by path."""

    def find(self, path: str) -> Found:
        """What the path of a request names.

        Raises:
            FileNotFoundError: nothing.
            NotegenError: a template fails.
        """
        if is_hidden(path):
            raise FileNotFoundError(path)
        url: Url = "/".join(filter(None, path.split("/")))
        if path.endswith("/"):
            url = f"{url}/index.html".lstrip("/")
        if found := self._made(url) or self._attachment(url) or self._from_round(url):
            return found
        if url in self.pages.folders and not path.endswith("/"):
            return Elsewhere(folder_address(path))
        raise FileNotFoundError(path)

    def _made(self, url: Url) -> Found | None:
        file = self.pages.make(url)
        if file is None or isinstance(file.content, Path):
            return file.content if file and isinstance(file.content, Path) else None
        return Page(file.content) if url.endswith(".html") else Content(url.rpartition("/")[2], file.content)

    def _attachment(self, url: Url) -> Found | None:
        path = self.pages.attachments.get(url)
        file = self.now.reading.assets.get(path) if path else None
        if file is None:
            return None
        published = published_file(OutputFile(url, file), self.config.attachment_metadata).content
        return (
            _served(published) if isinstance(published, Path) else Content(url.rpartition("/")[2], published)
        )

    def _from_round(self, url: Url) -> Found | None:
        if self.now.locked is None and not url.startswith(f"{INTERNAL}/") and url != SITE_MARK:
            return None
        for folder in self.kept:
            try:
                return _served(find_file(folder, f"/{url}"))
            except OSError:
                continue
        return None

    def version(self, path: str) -> str:
        """What the reader of a page sees of it, but for how it looks."""
        return self._look(path)[0]

    def styles(self, path: str) -> tuple[str, ...]:
        """The style sheets of a page, as it names them."""
        return self._look(path)[1]

    def _look(self, path: str) -> tuple[str, tuple[str, ...]]:
        if path not in self.seen:
            try:
                found = self.find(path)
                content = found.content if isinstance(found, Page) else b""
            except FileNotFoundError:
                content = b"-"
            bare = _STYLE.sub(b"", _PLACES.sub(b"", content)) + self.attachments.encode()
            styles = tuple(unescape(one.decode()) for one in _STYLE.findall(content))
            self.seen[path] = blake2b(bare, digest_size=8).hexdigest(), styles
        return self.seen[path]


def _served(file: Path) -> Found:
    if file.is_dir():
        raise FileNotFoundError(file)
    return Page(file.read_bytes()) if file.suffix == ".html" else file


class LiveSite:
    """A folder of notes as a server sees it. One thread updates it; any may ask."""

    def __init__(
        self,
        notes: Path,
        out: Path,
        *,
        settings: Callable[[], Config],
        open_context: Callable[[Config], AbstractContextManager[BuildContext]],
        password: Callable[[], str],
        rounds: Rounds,
        on_progress: Callable[[RoundProgress | None], None],
        on_report: Callable[[Report], None],
        on_error: Callable[[str], None],
    ) -> None:
        """A site that nobody has looked at yet.

        Args:
            settings: reads them.
            open_context: what reading and parsing need of the world.
            password: of encrypted notes, once it was asked for.
            on_progress: told how far a round is, and with None that it is over.
            on_report: told what the first whole round built.
            on_error: told why a round failed.
        """
        self.opened = OpenPages()
        self.address = ""
        """Where the server answers, for what pages and feeds tell of themselves where the site has an address."""
        self.broadcast = Broadcast(BuildStatus(""))
        self._notes, self._out = notes, out
        self._settings, self._open_context, self._password = settings, open_context, password
        self._rounds = rounds
        self._on_progress, self._on_report, self._on_error = on_progress, on_report, on_error
        self._garden = LiveGarden()
        self._changed: frozenset[NoteId] | None = None
        self._is_anew = False
        self._theme: tuple[object, Theme] | None = None
        self._state: State | None = None
        self._derived: Derived | None = None
        self._kept: list[Path] = []
        self._asked: dict[int, GardenNow] = {}
        self._is_reported = False
        self._needs_round = True
        self._moment, self._told_due = 0.0, inf
        self._began: tuple[str, float, int] = "", 0.0, 0
        self._lock = RLock()
        self._updating = Lock()
        self._expecting = Lock()

    # -- what a server asks ------------------------------------------------------------------------

    def find(self, path: str) -> Found:
        """What the unquoted path of a request names."""
        return self._ready().find(path)

    def missing(self) -> bytes | None:
        """The page for an address where nothing is."""
        found = self._ready().find("/404.html")
        return found.content if isinstance(found, Page) else None

    def version(self, path: str) -> str | None:
        """What the reader of a page sees of it, but for how it looks."""
        return self._ready().version(path)

    def styles(self, path: str) -> tuple[str, ...]:
        """The style sheets of a page, as it names them."""
        return self._ready().styles(path)

    def _ready(self) -> State:
        if self._state is None:
            raise NotReadyError
        return self._state

    # -- after a save ------------------------------------------------------------------------------

    def expect(
        self, changed: Collection[NoteId] | None, *, anew: bool = False, looks_only: bool = False
    ) -> None:
        """What the next update is for, beside what an earlier one failed for.

        Args:
            changed: the notes whose files alone changed; None where other files did, or there are others.
            anew: something changed that says how files are read.
            looks_only: nothing changed but style sheets, for which nothing has to be found in the background.
        """
        with self._expecting:  # what listens to rounds may be at an update
            self._needs_round = self._needs_round or not looks_only
            self._changed = None if changed is None or self._changed is None else self._changed.union(changed)
            self._is_anew = self._is_anew or anew

    @property
    def attachments(self) -> frozenset[str]:
        """The files that the notes use, by path in the notes folder."""
        return self._ready().now.attachments

    def is_due(self) -> bool:
        """Whether a note has its day by now, or is over, though no file changed; once, as an update may fail."""
        due = self._state.now.reading.stands.end if self._state else inf
        if due == self._told_due or now() < due:
            return False
        self._told_due = due
        return True

    def update(self) -> None:
        """Look at the notes and go on with what is there now.

        Raises:
            NotegenError: there is nothing to go on with, or a page on show cannot be made; all is as it was.
        """
        with self._updating:
            self._update()

    def _update(self) -> None:
        # Taken before the look: what is expected from now on may come after it, and is for the next one.
        with self._expecting:
            changed, self._changed = self._changed, frozenset()
            anew, self._is_anew = self._is_anew, False
        try:
            if anew:
                self._garden.forget_files()
            self._look(changed)
        except BaseException:
            self.expect(changed, anew=anew, looks_only=True)
            raise

    def _look(self, changed: Collection[NoteId] | None) -> None:
        config = self._settings()
        has_address = bool(config.base_url)
        config = replace(config, base_url="")
        check_out(self._out, self._notes)
        theme = self._load_theme(config)
        with self._open_context(config) as context:
            self._moment = context.moment
            context = replace(context, progress=self._both(context, theme.language))
            now = self._garden.look(context, self._out, only=changed)
            require_notes(now.reading, context, self._out)
        check_notes(len(now.reading.sources) + len(now.reading.encrypted), self._notes, self._out)
        with self._lock:
            state = self._compose(now, theme, config, has_address=has_address)
            for path in self.opened.paths() or ["/"]:
                state.version(path)
            is_first, self._state = self._state is None, state
        if is_first:
            gc.collect()
            gc.freeze()  # thousands of notes that stay are not looked through again and again

    def follow(self) -> None:
        """Have the rest found in the background, if there is any."""
        state = self._ready()
        if not self._needs_round:
            return
        self._needs_round = False
        with self._lock:
            number = max(self._asked, default=0) + 1
            self._asked[number] = state.now
        note = state.theme.language.translate("serve.follows")
        self.broadcast.update(lambda status: replace(status, note=note, working=True))
        self._rounds.submit(RoundRequest(number, state.config, self._password(), self._moment), self._take)

    def _both(self, context: BuildContext, language: Language) -> Callable[[str, int, int], None]:
        """Shows the first reading of a large folder on pages that wait for it, too."""

        def progress(stage: str, done: int, total: int) -> None:
            context.progress(stage, done, total)
            if self._state is None:
                note = language.translate("serve.reading", done=done, total=total)
                self.broadcast.update(lambda status: replace(status, note=note, working=True))

        return progress

    def _load_theme(self, config: Config) -> Theme:
        folder = find_theme(self._notes, config.theme)
        key = folder, config.language, config.accent, take_stamps([Tree(folder)] if folder else [])
        if self._theme is None or self._theme[0] != key:
            self._theme = key, load_theme(folder, language=config.language, accent=config.accent)
        return self._theme[1]

    def _compose(self, now: GardenNow, theme: Theme, config: Config, *, has_address: bool) -> State:
        """The site of the garden, with what was found before as far as it stands."""
        config = with_title(config, self._notes, now.garden)
        told = replace(config, base_url=self.address if has_address else "")
        insights, data, kept = Insights(), dict[str, str](), tuple[Path, ...]()
        if derived := self._derived:
            alike = now.settings.private == derived.base.settings.private
            insights = standing(derived.found.insights, derived.found.marks, now.garden, masked_alike=alike)
            if self._is_withdrawn(derived, now, config):
                insights = replace(insights, search=None)
                self._drop_kept()
            else:
                data, kept = dict(derived.found.data), tuple(self._kept)
        site = open_site(now.garden, insights, theme, told, _previews(data), _explorer(data), now.locked)
        pages = PagesOnDemand(site, insights)
        return State(now, theme, config, has_address, pages, kept, self._attachments_of(now))

    def _is_withdrawn(self, derived: Derived, now: GardenNow, config: Config) -> bool:
        """Whether something that all could see when the round began is no longer to be seen."""
        before, after = derived.base.garden.notes, now.garden.notes
        if derived.found.marks.keys() - after.keys() or before.keys() - after.keys():
            return True
        if derived.base.settings.private != now.settings.private:
            return True
        tags = [f"#{fold(tag).strip('#/ ')}" for tag in config.private_tags]
        texts = {source.id: source.text for source in now.reading.sources} if tags else {}
        return any(
            note is not before.get(id)
            and any(tag in fold(texts[id]) for tag in tags)
            and _has_lost_text(before.get(id), note)
            for id, note in after.items()
        )

    def _drop_kept(self) -> None:
        dropped, self._kept = self._kept, []
        for folder in dropped:
            rmtree(folder, ignore_errors=True)

    def _attachments_of(self, now: GardenNow) -> str:
        files = [now.reading.assets[path] for path in now.garden.assets if path in now.reading.assets]
        return take_stamps([Tree(file) for file in files]).key

    # -- from the background -----------------------------------------------------------------------

    def _take(self, message: RoundMessage) -> None:
        if isinstance(message, RoundProgress):
            self._show_progress(message)
        elif isinstance(message, RoundFailed):
            self._on_progress(None)
            if message.number == max(self._asked, default=0):
                self._on_error(message.message)
                self.broadcast.update(
                    lambda status: replace(status, round_failure=message.message, note="", working=False)
                )
        else:
            self._take_found(message)

    def _take_found(self, found: RoundFound) -> None:
        self._on_progress(None)
        with self._lock:
            state, base = self._ready(), self._asked[found.number]
            is_newest = found.number == max(self._asked)
            self._asked = {number: now for number, now in self._asked.items() if number >= found.number}
            self._derived = Derived(found, base)
            self._kept.insert(0, found.kept)
            for folder in self._kept[MAX_KEPT_ROUNDS:]:
                rmtree(folder, ignore_errors=True)
            del self._kept[MAX_KEPT_ROUNDS:]
            try:
                self._state = self._compose(
                    state.now, state.theme, state.config, has_address=state.has_address
                )
            except NotegenError:  # a template that is broken by now; the next save says so
                return
            was_missed = is_newest and found.marks != {
                id: mark_of(note) for id, note in state.now.garden.notes.items()
            }
        if was_missed:
            self._look_anew()
        is_over = is_newest and found.is_complete
        note = state.theme.language.translate("serve.up_to_date" if is_over else "serve.follows")
        self.broadcast.update(
            lambda status: replace(
                status, round=status.round + 1, round_failure="", note=note, working=not is_over
            )
        )
        if found.is_complete and not self._is_reported:
            self._is_reported = True
            self._on_report(found.report)

    def _look_anew(self) -> None:
        """A build reads something else than this process: a note that changed unseen, another tool's marks in one."""
        self.expect(None, anew=True, looks_only=True)
        with self._updating, suppress(NotegenError):  # of which the next save tells
            self._update()

    def _show_progress(self, message: RoundProgress) -> None:
        self._on_progress(message)
        if message.stage != "embed" or self._state is None:
            return
        stage, since, first = self._began
        if stage != message.stage or message.done < first:
            self._began = stage, since, first = message.stage, time.monotonic(), message.done
        spent, made = time.monotonic() - since, message.done - first
        rate = made / spent if spent and made else 0.0
        translate = self._state.theme.language.translate
        note = translate("serve.follows")
        if rate and message.done < message.total:
            left = round((message.total - message.done) / rate)
            note = translate(
                "serve.passages",
                done=message.done,
                total=message.total,
                rate=max(1, round(rate)),
                left=f"{left // 60}:{left % 60:02}",
            )
        self.broadcast.update(lambda status: replace(status, note=note, working=True))


def _has_lost_text(before: Note | None, after: Note) -> bool:
    if before is None:
        return False
    said = {passage.text for passage in passages_of(after)}
    return any(passage.text not in said for passage in passages_of(before))


def _previews(data: dict[str, str]) -> Previews | None:
    return Previews("", 0, ()) if "previews" in data else None


def _explorer(data: dict[str, str]) -> Explorer | None:
    return Explorer("", ()) if "folders" in data else None
