"""Drives Debian's Firefox by WebDriver BiDi, the standard protocol that Firefox itself speaks, over a WebSocket.

Playwright's own Firefox is a build of Playwright's that no package brings, and its way to a stock Firefox asks for
commands that Firefox ESR does not know. As a script this file exits 0 when there is a Firefox and 1 when not, which
`make test` asks before it installs Debian's.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.support.waiting import PATIENCE, await_true

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

NAMES = ("firefox-esr", "firefox")
MAC = Path("/Applications/Firefox.app/Contents/MacOS/firefox")

PREFERENCES: dict[str, bool | int | str] = {
    # Without it Firefox under automation lets a page at file:// read its neighbours, and tests there prove nothing.
    "remote.prefs.recommended": False,
    # No call home and no pages of its own.
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.newtab.preload": False,
    "browser.newtabpage.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}

MARK = "heard until here"

KEYS = {"Control": "\ue009", "Enter": "\ue007", "Escape": "\ue00c"}
"""The characters that WebDriver gives to keys that are none."""


@dataclass(slots=True)
class FirefoxPage:
    """One tab: what a test does in it, and what it complained about so far."""

    _firefox: "Firefox"
    _context: str
    complaints: list[str] = field(default_factory=list)
    _marks: int = 0

    def goto(self, address: str) -> None:
        """Open the address and wait until it is loaded."""
        self._firefox.call("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The expression's value, awaited, as JSON has it.

        Raises:
            AssertionError: it threw.
        """
        answer = self._firefox.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        value = answer["result"].get("value")
        return None if value is None else json.loads(value)

    def wait_for(self, expression: str) -> None:
        """Return as soon as the expression is true.

        Raises:
            AssertionError: it was not in time.
        """
        await_true(lambda: bool(self.evaluate(f"Boolean({expression})")), expression)

    def press(self, *keys: str) -> None:
        """Strike the keys one after the other; `Control+k` holds the first while it strikes the second."""
        actions = []
        for key in keys:
            *held, struck = [KEYS.get(part, part) for part in key.split("+")]
            actions += [{"type": "keyDown", "value": one} for one in [*held, struck]]
            actions += [{"type": "keyUp", "value": one} for one in [struck, *reversed(held)]]
        self._firefox.call(
            "input.performActions",
            context=self._context,
            actions=[{"type": "key", "id": "keyboard", "actions": actions}],
        )

    def catch_up(self) -> None:
        """Wait until all that the page has said so far is heard: events come later than answers."""
        before = self._marks
        self.evaluate(f"console.debug({MARK!r})")
        while self._marks == before:
            self._firefox.call("session.status")

    def hear(self, method: str, facts: dict[str, Any]) -> None:
        """Keep what an event says against the page."""
        if method == "log.entryAdded" and facts["source"].get("context") == self._context:
            self._marks += facts["text"] == MARK
            if facts["level"] == "error":
                self.complaints.append(facts["text"])
        elif method == "network.beforeRequestSent" and facts["context"] == self._context:
            url = facts["request"]["url"]
            if not url.startswith(("about:", "blob:", "data:", "file:", "http://127.0.0.1:")):
                self.complaints.append(f"request to another host: {url}")


@dataclass(slots=True)
class Firefox:
    """A running Firefox and the session with it."""

    _socket: "ClientConnection"
    _asked: int = 0
    _pages: list[FirefoxPage] = field(default_factory=list)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """The answer to a command of the protocol; events that come before it go to the pages.

        Raises:
            AssertionError: Firefox answered with an error.
            TimeoutError: it did not answer.
        """
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=PATIENCE))
            if message["type"] == "event":
                for page in self._pages:
                    page.hear(message["method"], message["params"])
            elif message["id"] == self._asked:
                assert message["type"] == "success", f"{method}: {message['message']}"
                result: dict[str, Any] = message["result"]
                return result

    @contextmanager
    def page(self) -> Iterator[FirefoxPage]:
        """A fresh tab of its own storage, closed when the block ends."""
        user = self.call("browser.createUserContext")["userContext"]
        context = self.call("browsingContext.create", type="tab", userContext=user)["context"]
        page = FirefoxPage(self, context)
        self._pages.append(page)
        try:
            yield page
            page.catch_up()
        finally:
            self._pages.remove(page)
            self.call("browser.removeUserContext", userContext=user)


@contextmanager
def started(executable: Path) -> Iterator[Firefox]:
    """Firefox without a window and with a new profile, ended with the block.

    Raises:
        AssertionError: it did not offer a session.
    """
    from websockets.sync.client import connect  # not there yet while Debian's programs are asked for

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()
        ]
        (profile / "user.js").write_text("".join(lines), "utf-8")
        options = ("--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", folder)
        process = subprocess.Popen(
            (executable, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            with connect(
                _address(profile), max_size=None, open_timeout=PATIENCE, ping_interval=None
            ) as socket:
                firefox = Firefox(socket)
                firefox.call("session.new", capabilities={})
                firefox.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
                yield firefox
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _address(profile: Path) -> str:
    """Where the session is offered, as Firefox writes it into its profile."""
    file = profile / "WebDriverBiDiServer.json"
    # The file is there before its text is.
    await_true(lambda: file.is_file() and file.read_text("utf-8").endswith("}"), "Firefox offers a session")
    facts = json.loads(file.read_text("utf-8"))
    return f"ws://{facts['ws_host']}:{facts['ws_port']}/session"


def find_firefox() -> Path | None:
    """The executable that `NOTEGEN_FIREFOX` names, else the first that this machine has by a known name."""
    chosen = os.environ.get("NOTEGEN_FIREFOX")
    if chosen:
        return Path(chosen) if Path(chosen).is_file() else None
    found = [Path(path) for path in map(shutil.which, NAMES) if path]
    return next((path for path in [*found, MAC] if path.is_file()), None)


if __name__ == "__main__":
    sys.exit(find_firefox() is None)
