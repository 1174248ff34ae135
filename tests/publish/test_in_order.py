"""What readers see while a publish goes on, and what is left when one is interrupted: at every single step."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from notegen.errors import NotegenError
from notegen.publish.in_order import send_in_order
from notegen.publish.plan import Plan, Sight, make_plan
from notegen.publish.site_files import IDENTITY, SiteFiles, read_identity, urls_in
from notegen.write.manifest import MANIFEST
from tests.support.published import contents, site_of

FIRST = {"a.html": "needs style.1.css", "b.html": "needs style.1.css", "notegen/style.1.css": "1"}
SECOND = {
    "a.html": "needs style.2.css links c.html",
    "c.html": "needs style.2.css",
    "notegen/style.2.css": "2",
}
THIRD = {"a.html": "needs style.3.css", "d.html": "needs style.3.css", "notegen/style.3.css": "3"}


class Interrupted(Exception):
    """The program is killed."""


class Memory:
    """A place that ends after so many steps, and shows each state that a reader may see."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.site: SiteFiles | None = None
        self.steps = 10**9
        self.seen: list[dict[str, bytes]] = []

    def look(self, site: SiteFiles) -> Sight:
        """What is there."""
        self.site = site
        listed = urls_in(self.files.get(MANIFEST, b""))
        there = [url for url in site.sources if url in self.files]
        return Sight(
            ours=listed & self.files.keys(),
            listed=listed,
            identity=read_identity(self.files.get(IDENTITY, b"")),
            missing=frozenset(site.sources.keys() - self.files.keys()),
            different=frozenset(url for url in there if self.files[url] != site.content(url)),
        )

    def read_list(self) -> bytes | None:
        """The list."""
        return self.files.get(MANIFEST)

    def put_list(self, text: bytes) -> None:
        """Replace it."""
        self._step(MANIFEST, text)

    def put(self, urls: Sequence[str], done: Callable[[int], None]) -> None:
        """In the order that is worst for a reader who comes between two."""
        assert self.site is not None
        for url in reversed(urls):
            self._step(url, self.site.content(url))

    def remove(self, urls: Sequence[str]) -> None:
        """Take them away."""
        for url in urls:
            self._step(url, None)

    def _step(self, url: str, content: bytes | None) -> None:
        if self.steps == 0:
            raise Interrupted
        self.steps -= 1
        if content is None:
            del self.files[url]
        else:
            self.files[url] = content
        self.seen.append(dict(self.files))


def send(place: Memory, site: SiteFiles) -> Plan:
    """One publish."""
    plan = make_plan(site, place.look(site), "there")
    if not plan.is_empty:
        send_in_order(place, plan, site, "there", lambda stage, done, total: None)
    return plan


def missing_in(files: dict[str, bytes]) -> list[str]:
    """What pages that are there need or link to and is not there."""
    needs = (
        (url, f"notegen/{word}" if word.endswith(".css") else word)
        for url, text in files.items()
        if url.endswith(".html")
        for word in text.decode().split()
        if "." in word
    )
    return [f"{url}: {wanted}" for url, wanted in needs if wanted not in files]


def test_at_every_step_each_page_has_what_it_needs(tmp_path: Path) -> None:
    """From nothing, from one site to the next, and back: what pages load and link to is there before and after."""
    place = Memory()
    for texts in (FIRST, SECOND, FIRST):
        send(place, site_of(tmp_path, texts))
    assert [missing for files in place.seen if (missing := missing_in(files))] == []


@pytest.mark.parametrize("next_texts", [SECOND, THIRD], ids=["the same", "another"])
def test_what_was_interrupted_at_any_step_is_finished_by_the_next(
    tmp_path: Path, next_texts: dict[str, str]
) -> None:
    """With the site that was being sent, or one that was built since; nothing is left over, others' files stay."""
    steps, ended = 0, False
    while not ended:
        place = Memory()
        place.files["theirs.txt"] = b"mine"
        send(place, site_of(tmp_path, FIRST))
        place.steps = steps
        try:
            send(place, site_of(tmp_path, SECOND))
            ended = True
        except Interrupted:
            steps += 1
        place.steps = 10**9
        site = site_of(tmp_path, next_texts)
        send(place, site)
        assert place.files == {**contents(site), "theirs.txt": b"mine"}, steps
        assert send(place, site).is_empty
    assert steps == 7


def test_of_two_at_once_one_is_refused_and_the_other_is_whole(tmp_path: Path) -> None:
    """Whoever finds the list changed since it was read ends before anything is removed."""
    place = Memory()
    send(place, site_of(tmp_path, FIRST))
    site = site_of(tmp_path / "other", SECOND)
    plan = make_plan(site, place.look(site), "there")
    newer = site_of(tmp_path, THIRD)
    send(place, newer)
    place.site = site
    with pytest.raises(NotegenError, match="another publish to there has begun meanwhile"):
        send_in_order(place, plan, site, "there", lambda stage, done, total: None)
    assert place.files == contents(newer)


def test_one_that_begins_while_another_sends_is_noticed_before_anything_is_removed(tmp_path: Path) -> None:
    """The list is read again just before."""
    place = Memory()
    send(place, site_of(tmp_path, FIRST))
    site = site_of(tmp_path, SECOND)
    plan = make_plan(site, place.look(site), "there")
    put = place.put

    def put_while_another_begins(urls: Sequence[str], done: Callable[[int], None]) -> None:
        put(urls, done)
        place.files[MANIFEST] += b"x.html\n"

    place.put = put_while_another_begins  # type: ignore[method-assign]
    with pytest.raises(NotegenError, match="another publish"):
        send_in_order(place, plan, site, "there", lambda stage, done, total: None)
    assert {"b.html", "notegen/style.1.css"} <= place.files.keys()


def test_what_names_the_files_of_the_site_comes_after_them_and_what_tells_of_it_after_its_pages(
    tmp_path: Path,
) -> None:
    """Pointers with names that stay, feeds, the sitemap; in three steps, whose order within does not matter."""
    loaded = {"notegen/search/012345/b-012345.js", "notegen/style.0123abcd.css", "images/a.png", "a.pdf"}
    new = {"note.html", "tags/sea.html"}
    last = {
        "notegen/search.js",
        "notegen/search/manifest.js",
        "notegen/pieces.js",
        "notegen/early.js",
        "feed.xml",
        "feed.json",
        "tags/sea.xml",
    }
    changed = {"404.html", "robots.txt", "sitemap.xml"}
    place = Memory()
    send(place, site_of(tmp_path, dict.fromkeys([*changed, *last], "")))
    site = site_of(tmp_path, dict.fromkeys([*loaded, *new, *last, *changed], "more"))
    plan = make_plan(site, place.look(site), "there")
    assert [set(phase) for phase in plan.phases()] == [loaded, new, last | changed]
