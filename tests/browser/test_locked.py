"""Encrypted notes in Chromium: nothing of them before the password, everything after it, from disk and from a host."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.bundled import bundled
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from tests.browser.conftest import made_once
from tests.support.locked_garden import CONFIG, PASSWORD, SECRETS, write_garden
from tests.support.static_host import Host

MODEL = bundled("models") / "all-MiniLM-L6-v2"


@pytest.fixture(scope="session")
def locked_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The garden with encrypted notes, with the bundled model."""
    notes = write_garden(tmp_path_factory.mktemp("locked-notes"))
    context = BuildContext(
        notes, CONFIG, load_encoder(MODEL), load_table(MODEL), password=lambda opens: PASSWORD
    )
    return made_once(tmp_path_factory, "locked", lambda site: void(build(context, site)))


def void(result: object) -> None:
    """Forgets a result."""


def unlock(page: Page, password: str = PASSWORD) -> None:
    """By the keyboard, from the bar on top."""
    page.locator(".lock-switch").press("Enter")
    field = page.get_by_label("Password")
    expect(field).to_be_focused()
    field.fill(password)
    field.press("Enter")


def is_unlocked(page: Page) -> None:
    """Waits for the page to be whole again."""
    expect(page.locator(".lock-switch")).to_have_attribute("aria-pressed", "true", timeout=30_000)


@pytest.mark.parametrize("place", ["file", "http"])
def test_the_password_opens_everything(
    page: Page, locked_site: Path, file_url: Callable[[Path], str], served: Callable[..., Host], place: str
) -> None:
    """From a public note to an encrypted one, search by words and by meaning, related notes, picture, preview, tag."""
    home = file_url(locked_site) if place == "file" else served(locked_site).url
    page.goto(f"{home}Harbour.html")
    expect(page.get_by_text("locked note").first).to_be_visible()
    assert not any(secret in page.content().lower() for secret in SECRETS)
    unlock(page)
    is_unlocked(page)
    expect(page.get_by_role("heading", name="Harbour", exact=True)).to_be_visible()
    page.locator(".prose a", has_text="Quillfish Hoard").first.click()
    expect(page.get_by_role("heading", name="Quillfish Hoard", exact=True)).to_be_visible()
    expect(page.get_by_text("The quillgold coins")).to_be_visible()
    pictures = page.locator(".prose img")
    expect(pictures).to_have_count(2)
    for number in range(2):
        expect(pictures.nth(number)).to_have_js_property("naturalWidth", 1)
    words = page.evaluate("notegen.search('quillgold').then(r => r.hits[0])")
    assert words["title"] == "Quillfish Hoard"
    meaning = page.evaluate("notegen.search('riches hidden by corsairs').then(r => r.hits[0])")
    assert meaning["title"] == "Quillfish Hoard"
    assert "meaning" in meaning["why"]
    page.goto(home + words["url"])
    expect(page.get_by_text("The quillgold coins")).to_be_visible()


@pytest.mark.parametrize("place", ["file", "http"])
def test_a_wrong_password_says_so(
    page: Page, locked_site: Path, file_url: Callable[[Path], str], served: Callable[..., Host], place: str
) -> None:
    """And the next try may be right; Escape leaves the page as it was."""
    home = file_url(locked_site) if place == "file" else served(locked_site).url
    page.goto(f"{home}index.html")
    unlock(page, "wrong")
    expect(page.get_by_role("alert")).to_have_text("This is not the password.", timeout=30_000)
    expect(page.get_by_label("Password")).to_be_focused()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    is_unlocked(page)
