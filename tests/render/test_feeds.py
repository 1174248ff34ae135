"""Feeds, the sitemap and what a page says of itself to programs: valid, whole, and nothing that is not published."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from notegen.config import Config, FeedSettings
from notegen.model import OutputFile, Url
from notegen.render import sitemap
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of
from tests.support.valid_files import valid_atom, valid_json_feed, valid_sitemap, valid_structured_data

CONFIG = Config(title="Sea & <shore>", author="Ines", base_url="https://me.example/notes/")

TEXTS: Texts = {
    "a/Tides.md": (
        "# Tides & <i>moons</i>\n\nSee [below](#springs), [[Harbour]], [[Secret]], ![plan](plan.png), "
        "[x](https://x.example/?a=1&b=2) and \x0b `a < b`.\n\n## Springs\n\n- [ ] mend\n",
        {"date": "2024-03-01 10:30", "updated": "2024-04-01", "tags": ["sea", "sea.xml/y"], "lang": "en-GB"},
    ),
    "Harbour.md": ("A harbour.\n", {"date": "2024-01-06", "id": 7, "tags": ["sea"]}),
    "Undated.md": "Nobody knows when.\n",
    "Empty.md": ("", {"date": "2020-02-02"}),
}


@pytest.fixture(scope="module")
def site(theme: Theme) -> Mapping[Url, OutputFile]:
    """A site that knows its address, with a feed for each tag."""
    return built(theme, replace(CONFIG, feeds=FeedSettings(tags=True)))


def built(theme: Theme, config: Config = CONFIG, texts: Texts = TEXTS) -> dict[Url, OutputFile]:
    """The files of the garden's site."""
    garden = grow(texts, assets={"plan.png": Path("plan.png")}, withheld=frozenset({"Secret.md"}))
    return render(garden, theme, config=config)


def test_a_feed_has_the_newest_dated_notes(site: Mapping[Url, OutputFile]) -> None:
    """As valid Atom and as a valid JSON Feed, which tell the same; a note's last change is told beside its day."""
    atom, told = valid_atom(site["feed.xml"]), valid_json_feed(site["feed.json"])
    assert [(one.title, one.published, one.updated) for one in atom.entries] == [
        ("Tides & moons", "2024-03-01T10:30:00Z", "2024-04-01T12:00:00Z"),
        ("Harbour", "2024-01-06T12:00:00Z", "2024-01-06T12:00:00Z"),
        ("Empty", "2020-02-02T12:00:00Z", "2020-02-02T12:00:00Z"),
    ]
    assert [(one["id"], one["url"], one["title"]) for one in told["items"]] == [
        (one.id, one.link, one.title) for one in atom.entries
    ]
    assert (atom.feed.title, atom.feed.author) == ("Sea & <shore>", "Ines")
    assert atom.feed.updated == "2024-04-01T12:00:00Z"
    assert [tag.term for tag in atom.entries[0].tags] == ["sea", "sea.xml/y"]


def test_a_text_in_a_feed_can_be_read_elsewhere(site: Mapping[Url, OutputFile]) -> None:
    """Addresses count from anywhere, nothing belongs to a page alone, and a private note is as little told as there."""
    text = valid_atom(site["feed.xml"]).entries[0].content[0].value
    assert re.findall(r'(?:href|src)="([^"]*)"', text) == [
        "https://me.example/notes/a/Tides.html#springs",
        "https://me.example/notes/Harbour.html",
        "https://me.example/notes/plan.png",
        "https://x.example/?a=1&amp;b=2",
    ]
    assert ' id="' not in text
    assert "loading" not in text
    assert "a &lt; b" in text
    assert text == valid_json_feed(site["feed.json"])["items"][0]["content_html"]


def test_an_id_stays_when_the_site_moves(theme: Theme) -> None:
    """To another address; a note that states an `id` keeps it in another folder too, unless two state the same."""
    here = ids(built(theme))
    there = replace(CONFIG, base_url="http://other.example")
    assert ids(built(theme, there)) == here
    moved = {**TEXTS, "b/Port.md": TEXTS["Harbour.md"]}
    twice = ids(built(theme, texts=moved))
    assert len(set(twice)) == 4
    assert not set(here[1:2]) & set(twice)
    del moved["Harbour.md"]
    assert ids(built(theme, texts=moved))[1] == here[1]
    named = replace(CONFIG, title="New", feeds=FeedSettings(id=CONFIG.title))
    assert ids(built(theme, named)) == here


def ids(site: Mapping[Url, OutputFile]) -> list[str]:
    """Those of the entries of the site's feed."""
    return [one.id for one in valid_atom(site["feed.xml"]).entries]


def test_a_tag_has_a_feed_where_that_is_asked_for(theme: Theme, site: Mapping[Url, OutputFile]) -> None:
    """Beside its page, which names it; never where a folder lies."""
    feed = valid_atom(site["tags/sea.xml.xml"])
    assert [one.title for one in feed.entries] == ["Tides & moons"]
    assert feed.feed.link == "https://me.example/notes/tags/sea.xml.html"
    assert feed.feed.id != valid_atom(site["feed.xml"]).feed.id
    assert 'href="sea.xml.xml">' in text_of(site["tags/sea.xml.html"])
    assert "tags/sea.xml" not in site
    assert not [url for url in built(theme) if re.match("tags/.*xml$", url)]


def test_a_feed_is_where_it_was_before_too(theme: Theme) -> None:
    """With the same bytes, so that it names its own address; what the notes bring is not covered."""
    also = FeedSettings(also=("/atom.xml", "blog/index.xml", "old.json", "own.json", "LICENSE/rss.xml"))
    garden = grow(
        {"a.md": ("[f](own.json) [g](LICENSE)", {"date": "2024-01-01"}), "blog/b.md": "x"},
        assets={"own.json": Path("f"), "LICENSE": Path("g")},
    )
    site = render(
        garden, theme, config=replace(CONFIG, feeds=also), files={"own.json": Path("f"), "LICENSE": Path("g")}
    )
    assert site["atom.xml"].content == site["blog/index.xml"].content == site["feed.xml"].content
    assert site["old.json"].content == site["feed.json"].content
    assert site["own.json"].content == Path("f")
    assert "LICENSE/rss.xml" not in site
    for config in (replace(CONFIG, feeds=replace(also, count=0)), replace(CONFIG, base_url="", feeds=also)):
        assert "atom.xml" not in built(theme, config)


def test_summaries_no_feeds_or_no_address(theme: Theme) -> None:
    """By setting an entry says only what its note is about; with none wanted, or no address, no page names a feed."""
    short = built(theme, replace(CONFIG, feeds=FeedSettings(count=2, content="summary")))
    entries = valid_atom(short["feed.xml"]).entries
    assert [("content" in one, one.get("summary")) for one in entries] == [
        (False, "See below, Harbour, Secret, , x and a < b."),
        (False, "A harbour."),
    ]
    assert valid_json_feed(short["feed.json"])["items"][1]["content_text"] == "A harbour."
    for config in (replace(CONFIG, feeds=FeedSettings(count=0)), replace(CONFIG, base_url="")):
        without = built(theme, config)
        assert not [url for url in without if "feed" in url]
        assert "RSS feed" not in text_of(without["a/Tides.html"])
        assert 'rel="alternate"' not in text_of(without["a/Tides.html"])
    assert not [url for url in built(theme, texts={"a.md": "No day."}) if "feed" in url]


def test_a_page_names_the_feeds(site: Mapping[Url, OutputFile]) -> None:
    """By relative addresses, from any depth; at its foot for people too, where there is a feed."""
    page = text_of(site["a/Tides.html"])
    links = re.findall(r'rel="alternate" type="([^"]*)".* href="([^"]*)"', page)
    assert links == [("application/atom+xml", "../feed.xml"), ("application/feed+json", "../feed.json")]
    assert '<a href="../feed.xml">RSS feed</a>' in page.partition("<footer")[2]


def test_a_file_of_the_notes_wins(theme: Theme) -> None:
    """The notes' own `feed.json` is copied, and only the other feed is made."""
    garden = grow({"a.md": ("[f](feed.json)", {"date": "2024-01-01"})}, assets={"feed.json": Path("f")})
    site = render(garden, theme, config=CONFIG, files={"feed.json": Path("f")})
    assert site["feed.json"].content == Path("f")
    assert valid_atom(site["feed.xml"])


def test_the_sitemap_tells_of_changes(site: Mapping[Url, OutputFile]) -> None:
    """The day of a note's last change, or else its own; of the home page the newest."""
    base = "https://me.example/notes/"
    assert valid_sitemap(site["sitemap.xml"]) == [
        (base, "2024-04-01"),
        (f"{base}Empty.html", "2020-02-02"),
        (f"{base}Harbour.html", "2024-01-06"),
        (f"{base}Undated.html", ""),
        (f"{base}a/Tides.html", "2024-04-01"),
    ]


def test_a_large_sitemap_is_in_parts(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the protocol wants it of more than 50,000 pages."""
    monkeypatch.setattr(sitemap, "MAX_PAGES", 2)
    site = built(theme)
    parts = [address.rpartition("/")[2] for address, _ in valid_sitemap(site["sitemap.xml"])]
    assert parts == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert sum(len(valid_sitemap(site[part])) for part in parts) == 5
    monkeypatch.setattr(sitemap, "MAX_PAGES", 5)
    assert len(valid_sitemap(built(theme)["sitemap.xml"])) == 5


def test_a_page_says_of_itself_what_it_is(theme: Theme, site: Mapping[Url, OutputFile]) -> None:
    """An article with the way down to it, the home page a site; nothing without an address."""
    article, trail = structured(site["a/Tides.html"])
    assert article["headline"] == "Tides & moons"
    assert (article["datePublished"], article["dateModified"]) == ("2024-03-01", "2024-04-01")
    assert article["author"] == {"@type": "Person", "name": "Ines"}
    assert [one["item"] for one in trail["itemListElement"]] == [
        "https://me.example/notes/",
        "https://me.example/notes/folders/a.html",
        "https://me.example/notes/a/Tides.html",
    ]
    assert [one["@type"] for one in structured(site["index.html"])] == ["WebSite"]
    assert [one["@type"] for one in structured(site["Undated.html"])] == ["Article"]
    assert "ld+json" not in text_of(built(theme, replace(CONFIG, base_url=""))["a/Tides.html"])


def test_no_title_ends_the_data(theme: Theme) -> None:
    """What looks like the end of a script stays text."""
    title = "</script><script>alert(1)</script><!--"
    site = built(theme, texts={"x.md": ("x", {"title": title, "date": "2024-01-01"})})
    assert [one["headline"] for one in structured(site["x.html"])] == [title]
    assert text_of(site["x.html"]).count("alert(1)</script>") == 0
    assert valid_atom(site["feed.xml"]).entries[0].title_detail.value == title


def structured(page: OutputFile) -> list[Any]:
    """What a page tells as JSON-LD."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text_of(page))
    assert found
    return valid_structured_data(found[1])
