"""The whole site of a small garden: its pages as they are, its links, its lists, what strangers' text cannot do."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin

import pytest

from notegen.config import Config
from notegen.graph import graph_of
from notegen.model import Garden, OutputFile, Url
from notegen.paths import fold, page_url
from notegen.theme import Theme
from tests.render.conftest import ThemeIn
from tests.support.gardens import TINY, TINY_ASSETS, Texts, grow, render, text_of, tie
from tests.support.golden import CASES

GOLDEN = CASES / "site"
GOLDEN_PAGES = (
    "404.html",
    "Tides.html",
    "calendar.html",
    "coast/Old-quay.html",
    "dates/2023-11-05.html",
    "dates/2024-01.html",
    "dates/2024.html",
    "folders.html",
    "folders/coast.html",
    "graph.html",
    "index.html",
    "tags.html",
    "tags/sea.html",
)


@pytest.fixture(scope="module")
def garden() -> Garden:
    """Four notes, three days, two tags, one picture, one link to a withheld note."""
    return grow(TINY, assets=TINY_ASSETS, withheld=frozenset({"Secret.md"}))


@pytest.fixture(scope="module")
def site(garden: Garden, theme: Theme) -> dict[Url, OutputFile]:
    """The garden's files, one note being related to another."""
    related = tie(garden, "Tides.md", "coast/Old quay.md", "when")
    return render(garden, theme, related=related, files=TINY_ASSETS, graph=graph_of(garden))


@pytest.mark.parametrize("url", GOLDEN_PAGES)
def test_a_page_is_as_it_was_seen_to_be_right(
    url: Url, site: dict[Url, OutputFile], update_cases: bool
) -> None:
    """Whole pages, but for the style sheet, whose content and name change with every touch."""
    page = re.sub(r"<style>.*?</style>", "<style>…</style>", text_of(site[url]), flags=re.DOTALL)
    page = re.sub(r"(style-src-elem 'self' 'sha256-)[^']*", r"\1…", page)
    page = re.sub(r"(\w+)\.[0-9a-f]{8}\.css", r"\1.HASH.css", page)
    golden = GOLDEN / url
    if update_cases:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text("utf-8"), f"{url}: run pytest with --update-cases and read the difference"


def test_every_link_leads_to_a_file_and_a_place_in_it(site: dict[Url, OutputFile]) -> None:
    """From every page but the 404 page, which is shown at any address: links, pictures, style, script, anchors."""
    places = {url: ids_of(page) for url, page in site.items() if url.endswith(".html")}
    broken = [
        f"{url}: {reference}"
        for url in places
        if url != "404.html"
        for reference in references_of(site[url])
        for target, fragment in [target_of(url, reference)]
        if target not in site or (fragment and fragment not in places[target])
    ]
    assert broken == []


def test_no_page_has_the_same_id_twice(site: dict[Url, OutputFile]) -> None:
    """Else an anchor would lead to the wrong place."""
    for url, page in site.items():
        if url.endswith(".html"):
            ids = ids_of(page)
            assert len(ids) == len(set(ids)), url


@pytest.mark.promise("You browse it by date, by tag and by link")
def test_every_page_can_be_reached_from_the_home_page(site: dict[Url, OutputFile]) -> None:
    """Without what only a script loads, and without typing an address."""
    seen: set[Url] = set()
    waiting = ["index.html"]
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        if url.endswith(".html"):
            waiting += [target_of(url, reference)[0] for reference in references_of(site[url])]
    loaded = (
        "notegen/search.",
        "notegen/enhancements.",
        "notegen/days-",
        "notegen/pieces.js",
        "notegen/previews/",
        "notegen/folders/",
    )
    by_script = {url for url in site if url.startswith(loaded)}
    assert len(by_script) == 9
    assert set(site) - seen == {"404.html", ".nojekyll", *by_script}


@pytest.mark.promise("the same notes give the same bytes")
def test_rendering_twice_gives_the_same_bytes_in_the_same_order(garden: Garden, theme: Theme) -> None:
    """Nothing depends on the clock, on a set's order or on the machine."""
    first, second = render(garden, theme), render(garden, theme)
    assert list(first.items()) == list(second.items())


def test_a_withheld_note_is_named_only_by_who_links_to_it(site: dict[Url, OutputFile]) -> None:
    """The one link's own words, in the note and in what quotes it."""
    naming = {url for url, file in site.items() if url.endswith(".html") and "Secret" in text_of(file)}
    assert naming == {"Tides.html"}


def test_text_of_strangers_never_becomes_markup(theme_in: ThemeIn) -> None:
    """Titles, tags, aliases, properties, descriptions, sentences and the site's own settings are all text."""
    evil = '"><script>alert(1)</script>'
    texts = {
        f"{n}.md": (
            f"# {evil}\n\nA [[{other}|{evil}]] {evil} link.\n",
            {
                "date": "2024-01-01",
                "tags": [evil],
                "aliases": [evil],
                "x": evil,
                evil: "y",
                "description": evil,
                "lang": evil,
            },
        )
        for n, other in (("a", "b"), ("b", "a"), ("c", "b"))
    }
    garden = grow(texts)
    config = Config(title=evil, description=evil, author=evil, base_url=f"https://x.example/{evil}/")
    site = render(
        garden, theme_in(evil), config=config, related=tie(garden, "a.md", "c.md", "script"), search=evil
    )
    for url, file in site.items():
        if url.endswith((".html", ".xml")):
            assert "<script>alert" not in text_of(file), url


def test_a_folder_like_index_note_opens_the_home_page(theme: Theme) -> None:
    """Its text comes first, the index by date after it, and it is not listed in itself."""
    garden = grow({"index.md": "# Welcome\n\nTo [[other]].\n", "other.md": ("x", {"date": "2024-01-02"})})
    home = text_of(render(garden, theme)["index.html"])
    assert "<h1>Welcome</h1>" in home
    assert home.index('To <a class="internal" href="other.html">other</a>.') < home.index('class="archive"')
    assert 'href="index.html">Welcome' not in home


@pytest.mark.parametrize(
    ("names", "opens"),
    [
        (["README.md", "a/index.md"], "README.md"),
        (["Home.md", "x.md"], "Home.md"),
        (["home.md", "README.markdown"], "README.markdown"),
        (["README.md", "index.md"], "index.md"),
        (["Index.md", "x.md"], "Index.md"),
        (["_index.md", "Home.md"], "_index.md"),
        (["a/README.md", "Homepage.md", "Home.canvas"], ""),
    ],
)
def test_the_first_note_of_the_names_that_open_a_folder_opens_the_site(
    names: list[str], opens: str, theme: Theme
) -> None:
    """Its own address leads to the first page; without a title it has the site's."""
    site = render(grow(dict.fromkeys(names, "Words of it.")), theme, config=Config(title="My garden"))
    home = text_of(site["index.html"])
    assert "<h1>My garden</h1>" in home
    assert ("Words of it.</p>\n</div>" in home) is bool(opens)
    old = page_url(opens) if opens else ""
    if fold(old) not in ("", "index.html"):
        assert 'url=index.html"' in text_of(site[old])
    others = {page_url(name) for name in names if name != opens}
    assert all("Words of it." in text_of(site[url]) for url in others)


def test_a_large_garden_lists_no_thousands_in_one_page(theme: Theme) -> None:
    """The home page shows the newest; months show days; days and tags go on in parts that lead to each other."""
    texts = {f"n{i:04}.md": ("#all", {"date": f"2024-01-{1 + (i < 450):02}"}) for i in range(900)}
    site = render(grow(texts), theme)
    longest = {url: text_of(file).count('href="') for url, file in site.items() if url.endswith(".html")}
    assert max(longest.values()) < 460  # a part has at most 200 notes and a link for each one's day
    assert [url for url in site if url.startswith("dates/2024-01-02")] == [
        "dates/2024-01-02.html",
        "dates/2024-01-02~2.html",
        "dates/2024-01-02~3.html",
    ]
    assert [url for url in site if url.startswith("tags/")] == ["tags/all.html"] + [
        f"tags/all~{n}.html" for n in range(2, 6)
    ]
    assert 'rel="next" href="2024-01-02~3.html"' in text_of(site["dates/2024-01-02~2.html"])
    listed = [
        entry for n, url in enumerate(site) if url.startswith("tags/") for entry in entries_of(site[url])
    ]
    assert len(listed) == len(set(listed)) == 900


def test_a_hub_quotes_some_of_its_backlinks_and_lists_more(theme: Theme) -> None:
    """A note that thousands link to stays a page that opens at once."""
    texts: Texts = {
        "hub.md": "x",
        **{f"n{i:03}.md": (f"[[hub]] number {i}", {"date": "2024-01-01"}) for i in range(500)},
    }
    page = text_of(render(grow(texts), theme)["hub.html"])
    assert page.count('class="context"') == 40
    assert page.partition("<summary>")[0].count('class="context"') == 3
    assert "<summary>437 more (and 60 not listed)</summary>" in page


def test_a_fold_hides_more_than_one(theme: Theme) -> None:
    """Of four notes that link here all are shown at once; of five, three."""
    for count, shown in ((4, 4), (5, 3)):
        texts: Texts = {"hub.md": "x", **{f"n{i}.md": f"[[hub]] number {i}" for i in range(count)}}
        page = text_of(render(grow(texts), theme)["hub.html"])
        assert page.partition('class="more"')[0].count('class="context"') == shown


@pytest.mark.promise("Everything has a date")
def test_a_note_without_a_date_says_so(site: dict[Url, OutputFile]) -> None:
    """And leads to all that have none; a stated date says nothing of the kind."""
    undated = 'href="../dates/0000.html" title="Neither the note, its name nor git says when it is from"'
    assert f"<a {undated}>Without a date</a>" in text_of(site["coast/Old-quay.html"])
    assert "Without a date" not in text_of(site["Tides.html"])
    assert 'href="../coast/Old-quay.html"' in text_of(site["dates/0000.html"])


def test_a_garden_without_dates_does_not_speak_of_them(theme: Theme) -> None:
    """Bar, notes, tags and lists: where no note has a date, to say so tells none from another."""
    site = render(grow({"a.md": "#sea", "b.md": "[[a]] #sea"}), theme)
    pages = {url: text_of(file) for url, file in site.items() if url.endswith(".html")}
    assert not [url for url, page in pages.items() if "Without a date" in page or ">Dates<" in page]
    assert '<a href="index.html" aria-current="page">Notes</a>' in pages["index.html"]
    assert "<h1>All notes</h1>" in pages["dates/0000.html"]
    assert 'class="pager"' not in pages["dates/0000.html"]
    dated = text_of(render(grow({"a.md": "", "2024-05-01 b.md": ""}), theme)["a.html"])
    assert ">Dates<" in dated
    assert "Without a date" in dated
    mentioned = text_of(render(grow({"a.md": "On [[2024-05-01]]."}), theme)["a.html"])
    assert ">Dates<" in mentioned, "a day that is told of has a page"


def test_the_language_of_a_note_is_on_its_text_only(theme: Theme) -> None:
    """What surrounds the text stays in the site's language and direction."""
    texts = {"a.md": ("שלום", {"lang": "he", "date": "2024-01-01"}), "b.md": ("x", {"date": "2024-01-01"})}
    site = render(grow(texts), theme)
    assert '<html lang="en">' in text_of(site["a.html"])
    assert '<article lang="he" dir="rtl">' in text_of(site["a.html"])
    assert '<div class="meta" lang="en">' in text_of(site["a.html"])
    assert '<div class="prose note-text" dir="rtl">' in text_of(site["a.html"])
    assert '<div class="prose note-text" dir="auto">' in text_of(site["b.html"])


def test_without_an_address_there_is_no_sitemap_and_no_canonical_link(site: dict[Url, OutputFile]) -> None:
    """A site that does not know where it will be says nothing about it."""
    assert not {"sitemap.xml", "robots.txt"} & set(site)
    assert "canonical" not in text_of(site["Tides.html"])


def test_with_an_address_search_engines_are_told(garden: Garden, theme: Theme) -> None:
    """The sitemap names each note; the 404 page finds its way by the address and is nobody's canonical page."""
    config = Config(title="Sea", base_url="https://me.example/notes")
    site = render(garden, theme, config=config)
    assert "<loc>https://me.example/notes/coast/Old-quay.html</loc>" in text_of(site["sitemap.xml"])
    assert '<link rel="canonical" href="https://me.example/notes/Tides.html">' in text_of(site["Tides.html"])
    assert '<link rel="canonical" href="https://me.example/notes/">' in text_of(site["index.html"])
    missing = text_of(site["404.html"])
    assert '<base href="https://me.example/notes/">' in missing
    assert "canonical" not in missing


def test_an_attachment_is_copied_from_where_it_lies(garden: Garden, theme: Theme) -> None:
    """The file itself is named, not read."""
    site = render(garden, theme, files={"plan.png": Path("somewhere/plan.png")})
    assert site["plan.png"] == OutputFile("plan.png", Path("somewhere/plan.png"))


def test_no_notes_make_a_site_too(theme: Theme) -> None:
    """An empty folder gives a home page that says so."""
    site = render(grow({}), theme)
    assert "There are no notes yet." in text_of(site["index.html"])
    assert "tags.html" not in site


def test_without_search_no_button_offers_it(garden: Garden, theme: Theme) -> None:
    """Neither in the header nor on the home and 404 pages."""
    site = render(garden, theme, search=None)
    assert not [
        url for url, file in site.items() if url.endswith(".html") and "data-ns-open" in text_of(file)
    ]


class Collector(HTMLParser):
    """Gathers ids and references of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser for each tag."""
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"href", "src", "data"} and value is not None:
                self.references.append(value)


def collect(file: OutputFile) -> Collector:
    """What stands in a page."""
    collector = Collector()
    collector.feed(text_of(file))
    return collector


def ids_of(file: OutputFile) -> list[str]:
    """The ids of a page, in order."""
    return collect(file).ids


def references_of(file: OutputFile) -> Iterator[str]:
    """What a page asks for or leads to within the site."""
    return (one for one in collect(file).references if not re.match(r"(?:https?|data|mailto):", one))


def target_of(page: Url, reference: str) -> tuple[Url, str]:
    """The file and the place in it that a reference leads to, as a browser finds them."""
    target, fragment = urldefrag(urljoin(f"http://site/{quote(page)}", reference))
    return unquote(target.removeprefix("http://site/")), unquote(fragment)


def entries_of(file: OutputFile) -> list[str]:
    """The notes that a page lists."""
    return re.findall(r'href="(?:\.\./)*(n\d+\.html)"', text_of(file))


def test_a_folder_that_is_one_note_with_its_files_is_listed_as_that_note(theme: Theme) -> None:
    """Hugo's bundles, anything's `README.md`; one with a second note or a folder within is a folder."""
    garden = grow(
        {
            "posts/tides/index.md": "# The tides",
            "posts/boats/README.md": "# On boats",
            "posts/many/index.md": "# Many",
            "posts/many/more.md": "",
            "posts/plain/note.md": "",
            "posts/deep/index.md": "",
            "posts/deep/er/x.md": "",
            "alone/index.md": "",
        }
    )
    site = render(garden, theme)
    posts = text_of(site["folders/posts.html"])
    assert '<a href="../posts/tides/index.html">The tides</a>' in posts
    assert ">On boats</a>" in posts
    listed = re.findall(r'<li(?: class="[^"]*")?><a href="[^"]*">([^<]*)</a> <span>', posts)
    assert listed == ["deep", "many", "plain"]
    everything = text_of(site["folders.html"])
    assert "<p>6 folders</p>" in everything
    assert ">tides</a>" not in everything
    assert ">alone</a>" in everything
    assert "folders/posts/tides.html" in site
