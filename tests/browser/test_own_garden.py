"""The project's own notes, built with the bundled model and walked as a reader would, from disk and from a host."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import from_disk_and_host
from tests.support.static_host import Host

QUESTIONS = ("mathematics", "photographs", "hyperlinks", "keystrokes", "confidential", "ciphertext")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Both addresses for each test."""
    from_disk_and_host(metafunc)


@pytest.fixture
def site(own_site: Path) -> Path:
    """Whose `address` tests are given."""
    return own_site


@pytest.mark.promise("The page loads a few small files for a question, not a model")
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_costs_a_few_small_files(
    question: str, page: Page, own_site: Path, served: Callable[[Path], Host]
) -> None:
    """With gzip 66 bytes a passage in one file; all else that a first question asks for: 52 kB, and 27 bytes a passage.

    The 27 are for where a question's words stand. So notes may be added, each with some eight passages.
    """
    passages = json.loads((own_site / "notegen.json").read_text("utf-8"))["passages"]
    host = served(own_site)
    page.goto(f"{host.url}index.html")
    before = len(host.sent)
    page.evaluate("question => window.notegen.search(question)", question)
    *others, largest = sorted(sent.bytes for sent in host.sent[before:])
    assert len(others) < 29
    assert largest < 67 * passages
    assert sum(others) < 52_000 + 27 * passages


@pytest.mark.promise("You browse it by date, by tag and by link")
@pytest.mark.promise("a static site that opens by double-click")
def test_a_reader_walks_from_the_index_by_date_to_related_notes(page: Page, address: str) -> None:
    """Open the index, a note, its neighbours by date, a related note with its reason, and back to the index."""
    page.goto(f"{address}index.html")
    page.get_by_role("link", name="Build your first site").click()
    start = page.url
    page.locator("a[rel=prev], a[rel=next]").first.click()
    assert page.url != start
    page.go_back()
    related = page.locator("section[aria-labelledby=Related] li").first
    expect(related.get_by_text("This note")).to_be_hidden()
    related.get_by_text("Why?").click()
    assert related.locator("dt").all_inner_texts()[:2] == ["That note", "This note"]
    related.locator("> a").click()
    assert page.url != start
    page.get_by_role("link", name="notegen", exact=True).first.click()
    assert page.url == f"{address}index.html"
