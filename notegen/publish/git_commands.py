"""Runs git for publishing: in a repository of our own, with what the notes' repository says about reaching its host.

Nothing of a person's is touched: neither their working tree nor their index, branches, hooks or objects.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from msgspec import Struct

from notegen.errors.phrases import killed_or_status
from notegen.errors.publish import git_failed, git_missing
from notegen.git import run_git, without_repository
from notegen.regex import regex
from notegen.targets import without_credentials

_REACHING = regex(r"(?:credential|http|url|ssh)\.|core\.(?:sshcommand|askpass|gitproxy)|gitproxy")
"""Settings that say how a host is reached and who one is there."""
_GIVEN_SETTING = regex(r"GIT_CONFIG_(?:COUNT|PARAMETERS|KEY_\d+|VALUE_\d+)")
"""In the environment; a hook has those of the command that called it."""

_OWN = (
    ("core.autocrlf", "false"),
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", "false"),
    ("gc.autoDetach", "false"),
    ("maintenance.autoDetach", "false"),
    ("push.recurseSubmodules", "no"),
    ("push.followTags", "false"),
    ("push.gpgSign", "false"),
)

_DEAF = (
    "fatal: Could not read from remote",
    "Please make sure",
    "and the repository exists",
    "fatal: the remote end",
)
"""How lines of git begin that say nothing of the reason."""


class Git(Struct, frozen=True):
    """git in one repository of ours."""

    folder: Path
    settings: tuple[tuple[str, str], ...] = ()
    """Of the notes' repository, on how hosts are reached."""
    may_ask: bool = False
    """Whether it may ask for a password in the terminal."""

    def run(self, *words: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """What git answers, whatever that is.

        Raises:
            NotegenError: there is no git, or it cannot be started.
        """
        with _started():
            return subprocess.run(
                ["git", f"--git-dir={self.folder}", *words],
                input=stdin,
                stdin=subprocess.DEVNULL if stdin is None else None,
                capture_output=True,
                check=False,
                env=self._environment(),
            )

    def ask(self, *words: str, stdin: bytes | None = None) -> bytes:
        """What git prints.

        Raises:
            NotegenError: it fails.
        """
        ran = self.run(*words, stdin=stdin)
        if ran.returncode:
            raise git_failed(words[0], said_by(ran))
        return ran.stdout

    def feed(self, words: Sequence[str], chunks: Iterable[bytes]) -> None:
        """Give git what it reads, piece by piece, so that no site has to fit into memory.

        Raises:
            NotegenError: it fails.
        """
        with _started(), TemporaryFile() as said:
            command = ["git", f"--git-dir={self.folder}", *words]
            running = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env=self._environment(),
            )
            assert running.stdin is not None
            try:
                with suppress(BrokenPipeError), running.stdin as stream:  # it says itself why it ended
                    stream.writelines(chunks)
            except BaseException:
                running.kill()
                raise
            finally:
                running.wait()
            said.seek(0)
            if running.returncode:
                ran = subprocess.CompletedProcess(command, running.returncode, b"", said.read())
                raise git_failed(words[0], said_by(ran))

    def _environment(self) -> dict[str, str]:
        given = without_repository(os.environ)
        own = {key: value for key, value in given.items() if not _GIVEN_SETTING.fullmatch(key)}
        own |= {"LC_ALL": "C", "LANGUAGE": "C"}
        settings = (*self.settings, *_OWN)
        own["GIT_CONFIG_COUNT"] = str(len(settings))
        for number, (key, value) in enumerate(settings):
            own[f"GIT_CONFIG_KEY_{number}"], own[f"GIT_CONFIG_VALUE_{number}"] = key, value
        if not self.may_ask:
            own["GIT_TERMINAL_PROMPT"] = "0"
        return own


def ask_repository(folder: Path, words: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """What git answers in the folder of the notes; only ever asked about settings.

    Raises:
        NotegenError: there is no git, or it cannot be started.
    """
    with _started():
        return run_git(folder, *words, seconds=None)


def reaching_settings(folder: Path) -> tuple[tuple[str, str], ...]:
    """How the repository of the notes reaches its hosts: credentials, headers and proxies that it alone has."""
    asked = ask_repository(folder, ["config", "--local", "--includes", "--null", "--list"])
    if asked.returncode:
        return ()
    pairs = (
        entry.partition("\n")
        for entry in asked.stdout.decode("utf-8", "surrogateescape").split("\0")
        if entry
    )
    return tuple((key, value) for key, _, value in pairs if _REACHING.match(key.lower()))


def said_by(ran: subprocess.CompletedProcess[bytes]) -> str:
    """The line that tells most of why git failed, without a password that is in an address."""
    text = without_credentials(ran.stderr.decode("utf-8", "replace"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = [
        line.removeprefix("remote: ") for line in lines if not line.startswith(("hint:", "warning:", "To "))
    ]
    # What a program between git and the host says comes before that git heard nothing of it.
    lines = [line for line in lines if not line.startswith(_DEAF)] or lines
    telling = [line for line in lines if line.startswith(("fatal:", "error:", "ERROR:", "! ["))]
    chosen = next(iter(telling), lines[0] if lines else killed_or_status(ran.returncode))
    return re.sub(r"^(?:fatal|error|ERROR): ", "", chosen)


def said_there(ran: subprocess.CompletedProcess[bytes]) -> list[str]:
    """The lines that the other side's rules say of why they refuse, those that name an error first."""
    lines = [line.strip() for line in ran.stderr.decode("utf-8", "replace").splitlines()]
    said = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    return sorted(filter(None, said), key=lambda line: not line.lower().startswith(("error", "gitlab:")))


@contextmanager
def _started() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise git_missing() from error
