"""What a page does that it must not: scripts that ran, other hosts that were asked, what its policy had to refuse."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Dialog, Page, Request

from tests.support.firefox import Firefox, FirefoxPage
from tests.support.patience import LONG, await_true

LOCAL = {"about", "blob", "chrome", "chrome-extension", "data", "file"}

WATCH = """
    window.watched = {ran: [], refused: []};
    window.alert = name => void watched.ran.push(String(name));
    addEventListener('securitypolicyviolation', event =>
        watched.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""

TOUCH = """async () => {
    const links = 'a[href], area[href]';
    for (const fold of document.querySelectorAll('main details')) fold.open = true;
    for (const one of document.querySelectorAll('main, main *')) {
        for (const name of ['pointerover', 'mouseover', 'mouseenter', 'mousemove', 'focusin', 'focus'])
            one.dispatchEvent(new MouseEvent(name, {bubbles: true}));
        const near = one.closest(links);
        const protocol = near && new URL(near.href?.baseVal ?? near.href, document.baseURI).protocol;
        if (!near || !['http:', 'https:', 'file:', 'mailto:', 'ftp:'].includes(protocol)) one.click?.();
    }
    await new Promise(done => setTimeout(done, 20));
    for (const open of document.querySelectorAll('dialog[open]')) open.close();
}"""
"""Rests on everything in the text and presses it, except that it follows no link."""

DRAWN = """() => Array.from(document.querySelectorAll('pre > code.language-mermaid'))
    .every(code => code.parentElement.hidden || code.parentElement.title)"""

POWERS = """() => {
    const found = [];
    for (const one of document.querySelectorAll('main *')) {
        for (const {name, value} of one.attributes) {
            if (/^on/i.test(name)) found.push(`${name} on ${one.localName}`);
            if (/^(href|xlink:href|src|action|formaction|data)$/i.test(name)
                && /^[\\s\\0-\\x20]*(javascript:|vbscript:|data:text)/i.test(value)) found.push(`${name}=${value}`);
            if (/^(srcset|poster|background|ping)$/i.test(name)) found.push(`${name} on ${one.localName}`);
        }
        if (one.matches('script, iframe, embed, base, form, link, meta, template, style:not(.diagram style)'))
            found.push(one.localName);
    }
    return found;
}"""
"""Lists what could run or ask if no policy were there."""


PUT = """html => {
    document.querySelector('main').innerHTML = html;
    for (const open of document.querySelectorAll('dialog[open]')) open.close();
}"""
"""Puts another page's text into the page that is open: whatever its bytes let run or ask does so here."""

AROUND = """pages => pages.map(html => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    for (const main of page.querySelectorAll('main')) main.replaceChildren();
    return Array.from(page.querySelectorAll('*'), one => {
        const facts = Array.from(one.attributes, ({name, value}) => {
            const where = /href$|^src|action|data$|poster/.test(name)
                && /^[\\s\\0-\\x20]*([a-z]+:|[/\\\\]{2})/i.exec(value);
            return name + (where ? `=${where[0]}` : name === 'http-equiv' ? `=${value}` : '');
        });
        return `${one.parentElement?.localName ?? ''} > ${one.localName}[${facts.sort().join()}]`;
    });
})"""
"""What pages are made of outside their texts, without running any: each element in which other, with its attributes."""

ASK = """async question => {
    const [input, said] = ['input', '[role=status]'].map(one => document.querySelector(`dialog ${one}`));
    for (const words of ['', question]) {
        input.value = words;
        input.dispatchEvent(new Event('input', {bubbles: true}));
        while (said.textContent && !words) await new Promise(done => setTimeout(done, 5));
    }
}"""
"""Asks in the box that is open, which says nothing before it has an answer."""
ANSWERED = "Boolean(document.querySelector('dialog [role=status]')?.textContent)"


@dataclass(slots=True)
class Watched:
    """What was seen so far, each with the page it was seen on."""

    page: Page
    seen: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open the page, rest on everything in it and press it, and look at what it is made of."""
        self.page.goto(address, wait_until="load")
        if self.page.evaluate("Boolean(document.querySelector('code.language-mermaid'))"):
            await_true(self.page, DRAWN)
        self.page.evaluate(TOUCH)
        self.look(address)
        self.seen += [f"{address}: made of {one}" for one in self.page.evaluate(POWERS)]

    def put(self, name: str, page: str) -> None:
        """Put what a page says into the one that is open, and look at what it is made of.

        That is a tenth of what opening it costs. Its pictures and frames load, and what runs by itself runs. What
        scripts do to a page when it opens is not done.
        """
        self.page.evaluate(PUT, page.partition("<main")[2].partition(">")[2].rpartition("</main>")[0])
        self.look(name)
        self.seen += [f"{name}: made of {one}" for one in self.page.evaluate(POWERS)]

    def around(self, pages: Sequence[str]) -> list[frozenset[str]]:
        """What each of the pages is made of outside its text: a kind of element, what it lies in and what it has."""
        return [frozenset(kinds) for kinds in self.page.evaluate(AROUND, pages)]

    def look(self, address: str) -> None:
        """Take note of what ran and what was refused on the page that is open."""
        watched = self.page.evaluate("window.watched")
        self.seen += [f"{address}: ran {name}" for name in watched["ran"]]
        self.seen += [f"{address}: refused {what}" for what in watched["refused"]]


def watch(browser: Browser) -> Watched:
    """A fresh page, watched from its first moment."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(LONG)
    context.add_init_script(WATCH)
    watched = Watched(context.new_page())

    def on_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in LOCAL and url.hostname != "127.0.0.1":
            watched.seen.append(f"{watched.page.url}: asked {request.url}")

    def on_dialog(dialog: Dialog) -> None:
        watched.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context.on("request", on_request)
    context.on("dialog", on_dialog)
    return watched


@contextmanager
def firefox_watched(firefox: Firefox) -> Iterator[None]:
    """In the block every page of this Firefox is watched from its first moment."""
    added = firefox.call("script.addPreloadScript", functionDeclaration=f"() => {{ {WATCH} }}")
    yield
    firefox.call("script.removePreloadScript", script=added["script"])


def look_in_firefox(page: FirefoxPage, address: str) -> list[str]:
    """What ran and was refused on the page that is open, and what complaints there were."""
    watched = page.evaluate("window.watched")
    found = [f"{address}: ran {name}" for name in watched["ran"]]
    found += [f"{address}: refused {what}" for what in watched["refused"]]
    page.catch_up()
    found += [f"{address}: {complaint}" for complaint in page.complaints]
    page.complaints.clear()
    return found


def open_in_firefox(page: FirefoxPage, address: str) -> list[str]:
    """What is seen on a page when it is opened, and everything in it rested on and pressed."""
    page.goto(address)
    page.evaluate(f"({TOUCH})()")
    made = [f"{address}: made of {one}" for one in page.evaluate(f"({POWERS})()")]
    return look_in_firefox(page, address) + made
