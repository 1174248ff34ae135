"""A host that takes `.html` out of addresses, as Cloudflare Pages does: the open page is known all the same."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from notegen.build import build
from notegen.config import Config
from notegen.context import BuildContext
from tests.support.files import write_files
from tests.support.locked_garden import PASSWORD
from tests.support.patience import await_frames, await_true
from tests.support.static_host import Host, Sent

NOTES = {
    "index.md": "# Harbour\n\nAll about the harbour.\n",
    "Tides.md": "# Tides\n\nThe water rises.\n\n## Springs\n\nWhen sun and moon pull together.\n",
    "deep/er/Buoys.md": "# Buoys\n\nThey float. See [[Tides]].\n",
    "deep/index.md": "# The deep\n\nWhat lies below, as [[Buoys]] show.\n",
    "v1.2.md": "# Version 1.2\n\nWith a dot in its name.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A garden with folders, built by words alone."""
    notes = tmp_path_factory.mktemp("notes")
    write_files(notes, {name: f"---\ndate: 2024-01-01\n---\n{text}" for name, text in NOTES.items()})
    (notes / "Secret.md").write_text(
        "---\ndate: 2024-01-01\nencrypt: true\n---\n# Secret\n\nThe moon is cheese.\n"
    )
    site = tmp_path_factory.mktemp("out") / "site"
    build(BuildContext(notes, Config(title="Harbour"), None, password=lambda opens: PASSWORD), site)
    return site


@pytest.fixture
def host(site: Path, served: Callable[..., Host]) -> Host:
    """The site on such a host."""
    return served(site, strips_html=True)


PLACES = [
    ("Tides.html", "Tides"),
    ("deep/er/Buoys.html", "deep/er/Buoys"),
    ("deep/index.html", "deep/"),
    ("v1.2.html", "v1.2"),
]


@pytest.mark.parametrize(("page_url", "address"), PLACES)
def test_the_folders_mark_the_open_page(page: Page, host: Host, page_url: str, address: str) -> None:
    """Whichever form its address has, and they open where it lies."""
    page.goto(host.url + page_url)
    assert page.url == host.url + address
    page.keyboard.press("b")
    current = page.locator(".explorer [aria-current]")
    expect(current).to_have_count(1)
    assert current.evaluate("link => link.href") == host.url + address


def test_the_page_of_a_folder_opens_it(page: Page, host: Host) -> None:
    """As on any host."""
    page.goto(f"{host.url}folders/deep/er.html")
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("button", name="Menu and folders").click()
    expect(page.locator(".drawer").get_by_role("link", name="Buoys")).to_be_visible()


@pytest.mark.parametrize("query", ["", "?q=sun"])
def test_a_hit_on_the_open_page_loads_nothing(page: Page, host: Host, query: str) -> None:
    """It moves to the passage, also where the question came with the address."""
    page.goto(f"{host.url}Tides.html{query}")
    if not query:
        page.keyboard.press("/")
        page.keyboard.type("sun")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Tides")
    page.evaluate("window.isTheSamePage = true")
    option.click()
    expect(page.locator("dialog.ns-dialog")).to_be_hidden()
    await_true(page, "location.hash.startsWith('#springs')")
    assert page.evaluate("window.isTheSamePage") is True


def test_the_open_page_is_no_note_to_go_to(page: Page, host: Host) -> None:
    """The box does not offer it, and what was opened is kept by its one address."""
    for place in ("Tides.html", "Tides", "deep/er/Buoys"):
        page.goto(host.url + place)
    page.keyboard.press("/")
    opened = page.get_by_role("group", name="Opened last").get_by_role("option")
    expect(opened).to_have_count(1)
    expect(opened).to_contain_text("Tides")
    expect(page.get_by_role("group", name="Newest notes").get_by_text("Buoys")).to_have_count(0)


def test_a_link_to_the_open_page_shows_and_fetches_nothing(page: Page, host: Host) -> None:
    """A preview would say what the reader has before them."""
    page.goto(f"{host.url}Tides.html")
    page.evaluate(
        "document.querySelector('.prose p').insertAdjacentHTML('beforeend', ' <a href=Tides.html>here</a>')"
    )
    page.clock.install(time=0)
    asked = len(host.sent)
    page.get_by_role("link", name="here").hover()
    page.clock.run_for(2000)
    await_frames(page)
    expect(page.locator(".popover")).to_have_count(0)
    assert [one for one in host.sent[asked:] if one.path.startswith("Tides")] == list[Sent]()


def test_encrypted_notes_unlock(page: Page, host: Host) -> None:
    """The page is decrypted that stands at the address without its ending."""
    page.goto(f"{host.url}Tides.html")
    page.locator("[data-action=unlock]").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    await_true(page, "!!window.notegen?.unlocked && !!window.notegen.search")
    assert page.evaluate("window.notegen.search('cheese').then(found => found.hits.length)") == 1
    page.goto(f"{host.url}index.html?q=cheese")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("heading", name="Secret")).to_be_visible()
