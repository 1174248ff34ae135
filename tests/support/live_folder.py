"""A folder of notes that is served live, in a test's own process and without a network; rounds wait to be asked for."""

import tempfile
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from notegen.cli.build_round import build_round
from notegen.cli.options import Options
from notegen.cli.password import PasswordSource
from notegen.cli.setup import opened
from notegen.config import Config, find_config, load_config
from notegen.context import BuildContext
from notegen.serve.live import LiveSite
from notegen.serve.pages import Content, Found, Page
from notegen.serve.rounds import RoundMessage, RoundRequest, Rounds, Teller


class _HeldRounds(Rounds):
    """Rounds that are made when the test says so, and no sooner."""

    def __init__(self, options: Options, site: Path, kept: Path) -> None:
        self.options, self.site, self.kept = options, site, kept
        self.waiting: list[RoundRequest] = []
        self.messages: list[RoundMessage] = []

    def submit(self, request: RoundRequest, on_message: object) -> None:
        self.waiting.append(request)

    def run(self, live: LiveSite) -> None:
        """The newest that was asked for, if one waits."""
        if not self.waiting:
            return
        request = self.waiting[-1]
        self.waiting.clear()
        teller = _Teller(request.number)
        before = tempfile.tempdir
        try:
            build_round(self.options, self.site, self.kept, request, teller)
        finally:
            tempfile.tempdir = before  # a round changes it for all that its process does
        for message in teller.told:
            live._take(message)


class _Teller(Teller):
    def __init__(self, number: int) -> None:
        self.number = number
        self.told: list[RoundMessage] = []

    def progress(self, stage: str, done: int, total: int) -> None:
        pass

    def found(self, found: RoundMessage) -> None:
        self.told.append(found)


@dataclass
class LiveFolder:
    """The notes, where their site is built, and what a server would answer."""

    folder: Path
    password: str = ""
    live: LiveSite = field(init=False)
    rounds: _HeldRounds = field(init=False)

    def __post_init__(self) -> None:
        self.notes, self.site = self.folder / "notes", self.folder / "site"
        kept = self.folder / "kept"
        self.notes.mkdir(exist_ok=True)
        kept.mkdir()
        options = Options(self.notes, semantic=False, jobs=1, quiet=True)
        password = PasswordSource(self.password)

        def settings() -> Config:
            config = load_config(find_config(self.notes))
            return replace(config, search=replace(config.search, semantic=False))

        def context(config: Config) -> AbstractContextManager[BuildContext]:
            return opened(options, config, needs_meaning=False, password=password)

        self.rounds = _HeldRounds(options, self.site, kept)
        self.live = LiveSite(
            self.notes,
            self.site,
            settings=settings,
            open_context=context,
            password=lambda: password.known,
            rounds=self.rounds,
            on_progress=lambda progress: None,
            on_report=lambda report: None,
            on_error=lambda words: None,
        )
        self.live.address = "http://127.0.0.1:8000/"

    def save(self, name: str, text: str) -> None:
        """Write a file of the notes, and have the site updated."""
        path = self.notes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        was_there = path.exists()
        path.write_text(text, "utf-8")
        if name.endswith(".css"):
            self.live.expect([], looks_only=True)
        elif not name.endswith(".md"):
            self.live.expect(None, anew=True)
        else:
            self.live.expect([name] if was_there else None)
        self.update()

    def update(self) -> None:
        """What happens after a save: the pages of now, and a round asked for."""
        self.live.update()
        self.live.follow()

    def settle(self) -> None:
        """Make the round that was asked for."""
        self.rounds.run(self.live)

    def get(self, path: str) -> bytes | None:
        """What is answered; None where nothing is there."""
        try:
            return content_of(self.live.find(path))
        except FileNotFoundError:
            return None

    def text(self, path: str) -> str:
        """A page that is there."""
        content = self.get(path)
        assert content is not None, path
        return content.decode()


def content_of(found: Found) -> bytes:
    """The bytes that are sent for it."""
    if isinstance(found, Page | Content):
        return found.content
    assert isinstance(found, Path)
    return found.read_bytes()
