"""What `serve` adds to its pages, in a real browser."""

from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.patience import await_that, await_true
from tests.support.serve_process import Served, running, starting


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


LONG_NOTE = "---\ndate: 2024-01-01\n---\n" + "\n\n".join(
    f"Paragraph {number} of many." for number in range(200)
)


def serve_notes(
    folder: Path, *, settings: str = "", go: Path | None = None, **texts: str
) -> AbstractContextManager[Served]:
    """A real `notegen serve` of these notes, by words only.

    Args:
        settings: the notegen.toml.
        go: what is found in the background waits until this file is there.
    """
    notes, site = folder / "notes", folder / "site"
    notes.mkdir()
    (notes / "notegen.toml").write_text(settings)
    for name, text in texts.items():
        (notes / f"{name}.md").write_text(text)
    arguments = ["serve", notes, "-o", site, "--port", 0, "--no-semantic"]
    if go:
        return running("tests.support.held_rounds", go, *arguments, notes=notes, site=site)
    return running("notegen", *arguments, notes=notes, site=site)


def await_round(page: Page) -> None:
    """Wait until all is found in the background that the page shows."""
    await_true(page, "!!window.notegen?.search && !document.querySelector('notegen-status p:not([hidden])')")


def await_text(page: Page, text: str) -> None:
    """Wait until the page shows it, in what the server added too."""
    await_that(page, lambda: page.get_by_text(text).count() > 0, text)


def test_a_page_is_reloaded_where_its_reader_is(page: Page, tmp_path: Path) -> None:
    """Also in the middle of a long page, which stays as it is where only its looks change."""
    with serve_notes(tmp_path, long=LONG_NOTE, other="other") as served:
        served.says("serving at ")
        page.goto(f"http://127.0.0.1:{served.port}/long.html")
        await_text(page, "Paragraph 100 of many.")
        await_round(page)  # its end is a reason to reload the page too
        page.evaluate("scrollTo({top: 3000, behavior: 'instant'})")
        await_true(page, "scrollY === 3000")
        served.save("long.md", f"{LONG_NOTE}\n\nThe last words.")
        await_text(page, "The last words.")
        await_true(page, "scrollY === 3000")
        # Another style sheet is taken without that.
        page.evaluate("window.kept = true")
        (served.notes / "theme").mkdir()
        for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
            served.save("theme/extra.css", f"main {{ outline-color: {colour} }}")
            drawn = "document.querySelector('main') && getComputedStyle(document.querySelector('main')).outlineColor"
            await_true(page, f"{drawn} === '{colour}'")
        await_true(page, "document.querySelectorAll('link[rel=stylesheet]').length === 1")
        assert page.evaluate("window.kept") is True
        page.close()


def test_only_the_tab_reloads_whose_page_shows_something_else(page: Page, tmp_path: Path) -> None:
    """Two tabs on two pages; each follows its own note."""
    dated = "---\ndate: 2024-01-01\n---\n"
    with serve_notes(
        tmp_path, one=f"{dated}first", two="---\ndate: 2022-02-02\n---\nsecond", x=dated
    ) as served:
        served.says("serving at ")
        other = page.context.new_page()
        for tab, name in ((page, "one"), (other, "two")):
            tab.goto(f"http://127.0.0.1:{served.port}/{name}.html")
            await_round(tab)
            tab.evaluate("window.isAsItWas = true")
        served.save("one.md", f"{dated}edited")
        await_text(page, "edited")
        assert other.evaluate("window.isAsItWas")
        served.save("two.md", "---\ndate: 2022-02-02\n---\nedited too")
        await_text(other, "edited too")
        other.close()
        page.close()


def test_a_quiet_line_says_what_follows_and_moves_nothing(page: Page, tmp_path: Path) -> None:
    """In the site's language, in the page's colours; search is there when it says so."""
    go = tmp_path / "go"
    with serve_notes(tmp_path, settings='language = "de"', go=go, long=LONG_NOTE, other="other") as served:
        served.says("serving at ")
        page.goto(f"http://127.0.0.1:{served.port}/long.html")
        await_text(page, "Suche und verwandte Notizen ziehen nach")
        go.touch()
        await_text(page, "auf dem neuesten Stand")
        await_true(page, "!!window.notegen?.search")
        assert page.evaluate("getComputedStyle(document.querySelector('notegen-status')).position") == "fixed"
        page.close()


def test_a_broken_setting_is_shown_with_its_line_and_goes_when_it_is_mended(
    page: Page, tmp_path: Path
) -> None:
    """Over the page from before it, which then goes on."""
    with serve_notes(tmp_path, a="---\ndate: 2024-01-01\n---\nhello", b="b") as served:
        served.says("serving at ")
        page.goto(f"http://127.0.0.1:{served.port}/a.html")
        served.save("notegen.toml", '\ntitel = "Harbour"')
        alert = page.get_by_role("alert")
        await_text(page, "there is no setting `titel`")
        expect(alert).to_contain_text("notegen.toml:2")
        await_text(page, "hello")
        served.save("notegen.toml", 'title = "Harbour"')
        await_true(page, "document.title === 'a · Harbour'")
        expect(alert).to_have_count(0)
        page.close()
