"""How a test waits until a page would have done something, on a machine of any speed: never by the machine's clock."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Page

LONG = 60_000
"""Milliseconds after which every timer of a page has ended, and what it should do is taken not to come."""


@contextmanager
def fresh_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page of its own storage, closed when the block ends; what is done in it may take as long as anywhere.

    Args:
        options: as Playwright has them for a context.
    """
    context = browser.new_context(**options)
    context.set_default_timeout(LONG)
    try:
        yield context.new_page()
    finally:
        context.close()


def stop_clock(page: Page) -> None:
    """From now on, in pages that follow too, time passes only when `let_pass` says so: for timers, dates and frames."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def let_pass(page: Page, milliseconds: int = LONG) -> None:
    """End the timers that end within this time, in order, in a page whose clock stands still."""
    page.clock.run_for(milliseconds)


def await_frames(page: Page) -> None:
    """Wait until what scripts wanted to draw is drawn: a frame begins, and after it another."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def await_true(page: Page, expression: str, arg: object = None) -> None:
    """Wait until an expression of the page, or a function that is given `arg`, is true.

    Playwright's own way asks again from within the page, where the page's policy forbids to evaluate a text.
    """
    await_that(page, lambda: _is_true(page, expression, arg), expression)


def await_that(page: Page, condition: Callable[[], bool], words: str) -> None:
    """Wait until something holds, and hear meanwhile what the page says."""
    end = time.monotonic() + LONG / 1000
    while not condition():
        assert time.monotonic() < end, f"never true: {words}"
        page.wait_for_timeout(20)


def _is_true(page: Page, expression: str, arg: object) -> bool:
    try:
        return bool(page.evaluate(expression, arg))
    except Error as error:
        if "context was destroyed" in error.message:  # the page is on its way to another
            return False
        raise
