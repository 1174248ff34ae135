"""How a test waits until a page would have done something, on a machine of any speed: never by the machine's clock."""

import time
from collections.abc import Callable

from playwright.sync_api import Error, Page

LONG = 60_000
"""Milliseconds after which every timer of a page has ended, and what it should do is taken not to come."""


def stop_clock(page: Page) -> None:
    """From the next page on, time passes only when `let_pass` says so: for timers, dates, and frames asked for."""
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
