"""Encrypted notes in Debian's Firefox, from disk, where it gives each file a storage of its own."""

from pathlib import Path

from notegen.build import build
from notegen.context import BuildContext
from tests.support.firefox import FirefoxPage
from tests.support.locked_garden import CONFIG, PASSWORD, write_garden
from tests.support.word_encoder import TABLE, WordEncoder

UNLOCK = """(() => {
    const field = document.querySelector('.unlock input');
    field.value = PASSWORD;
    field.form.requestSubmit();
})()"""


def test_the_password_opens_a_page_from_disk(fox: FirefoxPage, tmp_path: Path) -> None:
    """Firefox decrypts there too; the key stays with the page, so that the next page is locked and asks again."""
    site = tmp_path / "site"
    notes = write_garden(tmp_path / "notes")
    build(BuildContext(notes, CONFIG, WordEncoder(), TABLE, password=lambda opens: PASSWORD), site)
    fox.goto((site / "Harbour.html").as_uri())
    fox.evaluate("document.querySelector('.lock-switch').click()")
    fox.wait_for("!!document.querySelector('.unlock input')")
    fox.evaluate(UNLOCK.replace("PASSWORD", repr(PASSWORD)))
    fox.wait_for("document.querySelector('.lock-switch[aria-pressed=true]') !== null", seconds=30)
    assert "The quillgold coins" in fox.evaluate("document.querySelector('.prose').innerText")
    found = fox.evaluate("notegen.search('quillgold').then(({hits}) => hits[0].title)")
    assert found == "Quillfish Hoard"
    fox.goto(fox.evaluate("document.querySelector('.prose a').href"))
    fox.wait_for("document.documentElement.classList.contains('scripted')")
    assert fox.evaluate("document.title") == "Locked note · Locked"
    assert "quill" not in fox.evaluate("document.documentElement.outerHTML").lower()
