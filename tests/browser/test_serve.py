"""What `serve` adds to its pages, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.serve_process import starting


def test_an_open_page_reloads_when_its_note_changes(page: Page, tmp_path: Path) -> None:
    """Without a touch, and as often as the note is saved."""
    with starting(tmp_path) as start:
        served = start()
        served.says("serving at ")
        page.goto(f"http://127.0.0.1:{served.port}/first.html")
        expect(page.locator("body")).to_have_text("hello")
        for text in ("once", "twice"):
            served.save("first.md", text)
            expect(page.locator("body")).to_have_text(text)
        page.close()


def test_a_failed_build_is_shown_over_the_old_page_until_it_is_mended(page: Page, tmp_path: Path) -> None:
    """The page stays readable under the message, which goes with the next good build."""
    with starting(tmp_path) as start:
        served = start()
        served.says("serving at ")
        page.goto(f"http://127.0.0.1:{served.port}/first.html")
        served.save("broken.md", "")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("error: the note is broken")
        expect(alert).to_contain_text("hint: mend it")
        expect(page.locator("body")).to_contain_text("hello")
        (served.notes / "broken.md").unlink()
        expect(alert).to_have_count(0)
        page.close()
