"""What a page says of itself to programs, in a real browser whose policy allows no script within a page."""

from pathlib import Path

from playwright.sync_api import Browser

from notegen.config import Config
from notegen.theme import load_theme
from tests.support.files import write_pages
from tests.support.gardens import grow, render
from tests.support.valid_files import valid_structured_data
from tests.support.watched_page import watch


def test_no_policy_refuses_the_data(browser: Browser, tmp_path: Path) -> None:
    """It is there to be read, and nothing is run or refused, whatever a title says."""
    title = "</script><script>alert(1)</script>"
    config = Config(title="Sea", base_url="https://me.example/")
    write_pages(
        tmp_path,
        render(
            grow({"x.md": ("x", {"title": title, "date": "2024-01-01"})}), load_theme(), config=config
        ).values(),
    )
    watched = watch(browser)
    watched.page.goto((tmp_path / "x.html").as_uri())
    found = watched.page.locator('script[type="application/ld+json"]').text_content()
    assert [one["headline"] for one in valid_structured_data(found or "")] == [title]
    assert watched.page.evaluate("watched") == {"ran": [], "refused": []}
    watched.page.context.close()
