"""Encrypted notes in Chromium: nothing of them before the password, everything after it, from disk and from a host."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from notegen.build import build
from notegen.bundled import bundled
from notegen.context import BuildContext
from notegen.encoder import load_encoder, load_table
from tests.browser.conftest import made_once
from tests.support.axe import FEW, violations
from tests.support.locked_garden import CONFIG, PASSWORD, SECRETS, write_garden
from tests.support.patience import await_true, fresh_page
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
    expect(page.locator(".lock-switch")).to_have_attribute("aria-pressed", "true")


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
        expect(pictures.nth(number)).to_have_js_property("naturalWidth", 4)
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
    expect(page.get_by_role("alert")).to_have_text("This is not the password.")
    expect(page.get_by_label("Password")).to_be_focused()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    is_unlocked(page)
    with page.expect_navigation():
        page.locator(".lock-switch").click()
    expect(page.locator(".lock-switch")).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("sessionStorage.length") == 0
    page.locator(".lock-switch").press("Enter")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".lock-switch")).to_be_focused()


def test_what_is_unlocked_joins_every_part_of_the_site(
    page: Page, locked_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Backlinks, related notes, previews, tags, days, folders, graph, calendar; and each leads on."""
    home = file_url(locked_site)
    page.goto(f"{home}Boats.html")
    expect(page.get_by_text("Quillfish")).to_have_count(0)
    unlock(page)
    is_unlocked(page)
    link = page.locator("main a", has_text="Quillfish Hoard").first
    link.focus()
    page.keyboard.press("p")
    expect(page.locator(".popover")).to_contain_text("The quillgold coins")
    page.goto(f"{home}tags/sea.html")
    page.locator("main a", has_text="Quillfish Hoard").first.click()
    page.locator(".tags a", has_text="quilltag/inner").click()
    expect(page.get_by_role("heading", name="quilltag/inner")).to_be_visible()
    page.locator("main a", has_text="Quillfish Hoard").first.click()
    page.locator(".note-head time").click()
    expect(page.get_by_role("heading", name="5 July 1999")).to_be_visible()
    assert "1999" not in page.url
    page.goto(f"{home}graph.html")
    expect(page.locator(".note-table")).to_contain_text("Quilltitle")
    rows = page.evaluate("document.querySelector('[data-graph] canvas').getBoundingClientRect().width")
    assert rows > 100
    page.goto(f"{home}calendar.html")
    page.locator("main a[href*='~']", has_text="1999").first.click()
    expect(page.get_by_role("heading", name="1999", exact=True)).to_be_visible()
    is_unlocked(page)
    page.keyboard.press("b")
    folders = page.get_by_role("navigation", name="Folders")
    folders.get_by_role("button", name="quilldir").click()
    folders.get_by_role("link", name="Quilldiary").click()
    expect(page.get_by_text("Die Quilltage waren lang.").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => localStorage[key].includes('Quill'))") == []
    assert "Quilldiary" in page.evaluate(
        "notegen.search('Quilltagen').then(({hits}) => hits.map(h => h.title))"
    )


def test_a_file_is_saved_and_not_opened(
    page: Page, locked_site: Path, file_url: Callable[[Path], str]
) -> None:
    """Under the name that it has among the notes; the diagram beside it is drawn."""
    page.goto(f"{file_url(locked_site)}Harbour.html")
    unlock(page)
    is_unlocked(page)
    page.locator(".prose a", has_text="the thing").click()
    expect(page.get_by_role("heading", name="Quilltitle")).to_be_visible()
    with page.expect_download() as saved:
        page.locator("a[data-locked]").click()
    assert saved.value.suggested_filename == "quillpaper.pdf"
    assert saved.value.path().read_bytes() == b"%PDF-1.4 quillprint"
    expect(page.locator(".diagram svg")).to_be_visible()
    page.locator(".prose a", has_text="Quillfish").click()
    expect(page.locator("#quillheading")).to_be_in_viewport()


def test_a_changed_password_is_asked_for(
    page: Page, locked_site: Path, tmp_path: Path, served: Callable[..., Host]
) -> None:
    """The key that a tab has kept opens nothing any more, is forgotten, and the page goes on as a locked one."""
    notes = write_garden(tmp_path / "notes")
    site = tmp_path / "site"
    build(BuildContext(notes, CONFIG, None, password=lambda opens: "first"), site)
    home = served(site).url
    page.goto(f"{home}Harbour.html")
    unlock(page, "first")
    is_unlocked(page)
    build(BuildContext(notes, CONFIG, None, password=lambda opens: "second"), site)
    page.goto(f"{home}Harbour.html")
    expect(page.locator(".lock-switch")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("locked note").first).to_be_visible()
    await_true(page, "sessionStorage.length === 0")
    unlock(page, "second")
    is_unlocked(page)
    assert page.evaluate("notegen.search('quillgold').then(({hits}) => hits[0].title)") == "Quillfish Hoard"


def test_what_unlocks_is_accessible(page: Page, locked_site: Path, file_url: Callable[[Path], str]) -> None:
    """The page that waits, the dialog, and the dialog that says no; axe has nothing to say in any look."""
    page.goto(f"{file_url(locked_site)}Harbour.html")
    page.locator(".prose a", has_text="the thing").click()
    expect(page.get_by_role("heading", name="Locked note")).to_be_visible()
    expect(page.get_by_text("A script decrypts it")).to_be_hidden()
    found = violations(page, FEW)
    page.get_by_role("button", name="Unlock").press("Enter")
    expect(page.get_by_role("dialog", name="Unlock notes")).to_be_visible()
    found += violations(page, FEW)
    page.get_by_label("Password").fill("no")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("This is not the password.")
    found += violations(page, FEW)
    assert found == []
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    is_unlocked(page)
    assert violations(page, FEW) == []


def test_without_a_script_the_page_says_so(
    browser: Browser, locked_site: Path, file_url: Callable[[Path], str]
) -> None:
    """And offers no button that does nothing."""
    with fresh_page(browser, java_script_enabled=False) as page:
        page.goto(f"{file_url(locked_site)}Harbour.html")
        page.locator(".prose a", has_text="the thing").click()
        expect(page.get_by_text("A script decrypts it, and none is running")).to_be_visible()
        expect(page.get_by_role("button")).to_have_count(0)


def test_where_a_browser_has_no_cryptography_the_dialog_says_so(
    page: Page, locked_site: Path, file_url: Callable[[Path], str]
) -> None:
    """As at http:// on another machine; the field takes no password that would be for nothing."""
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page.goto(f"{file_url(locked_site)}Harbour.html")
    page.locator(".lock-switch").click()
    expect(page.get_by_role("alert")).to_contain_text("At an address with http://")
    expect(page.get_by_role("dialog").get_by_role("button", name="Unlock")).to_be_disabled()


@pytest.mark.parametrize(
    ("language", "title", "wrong"),
    [
        ("de", "Notizen entsperren", "Das ist nicht das Passwort."),
        ("ar", "فتح قفل الملاحظات", "هذه ليست كلمة المرور."),
    ],
)
def test_the_dialog_speaks_the_sites_language(
    language: str, title: str, wrong: str, page: Page, tmp_path: Path, file_url: Callable[[Path], str]
) -> None:
    """All of them have the same keys, which `tests/i18n` holds; two are opened here."""
    notes = write_garden(tmp_path / "notes")
    config = replace(CONFIG, language=language)
    build(BuildContext(notes, config, None, password=lambda opens: PASSWORD), tmp_path / "site")
    page.goto(f"{file_url(tmp_path / 'site')}Harbour.html")
    page.locator(".lock-switch").click()
    expect(page.get_by_role("dialog", name=title)).to_be_visible()
    page.locator(".unlock input").fill("no")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(wrong)
    assert violations(page, FEW) == []
