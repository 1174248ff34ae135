"""The page of a note: the lists under its text, and the properties over it."""

import re

import pytest

from notegen.link.unlinked_mentions import find_unlinked_mentions
from notegen.model import Related
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of, tie

AROUND: Texts = {
    "Harbour.md": "# Harbour\n\nBoats lie here at night, and [[Out]] is far.",
    "Linking.md": "# Linking\n\nSee [[Harbour]], a harbour of boats.",
    "Naming.md": "# Naming\n\nThe harbour is where boats lie.",
    "Saying.md": "# Saying\n\nNobody knows the harbour.",
    "Near.md": "# Near\n\nBoats lie at night.",
    "Out.md": "# Out\n\nBoats are out there.",
}


def lists_of(page: str) -> dict[str, list[str]]:
    """The notes that each list under the text names, by the list's class."""
    parts = {
        "links": page.partition('id="LinkedFrom"')[2].partition("</section>")[0],
        "similar": page.partition('id="Related"')[2].partition("</section>")[0],
        "mentions": page.partition("<summary>Mentioned without a link")[2].partition("</details>\n</div>")[0],
    }
    return {name: re.findall(r'href="([^"]+)\.html"', part) for name, part in parts.items()}


def test_no_note_is_named_in_two_lists(theme: Theme) -> None:
    """Who links here is in that list alone; who is similar and says the name is among the similar ones."""
    garden = grow(AROUND)
    ties = [tie(garden, "Harbour.md", f"{name}.md", "boats") for name in ("Linking", "Naming", "Near")]
    neighbours = tuple(one for each in ties for one in each.neighbours["Harbour.md"])
    related = Related({"Harbour.md": neighbours})
    page = text_of(
        render(garden, theme, related=related, mentions=find_unlinked_mentions(garden))["Harbour.html"]
    )
    assert lists_of(page) == {"links": ["Linking"], "similar": ["Naming", "Near"], "mentions": ["Saying"]}


def test_a_similar_note_says_why_behind_a_fold(theme: Theme) -> None:
    """Two passages, the words that both have, and the sentence in which it says this one's name."""
    garden = grow(AROUND)
    related = tie(garden, "Harbour.md", "Naming.md", "boats")
    page = text_of(
        render(garden, theme, related=related, mentions=find_unlinked_mentions(garden))["Harbour.html"]
    )
    fold = page.partition('<summary aria-label="Why? Naming">Why?</summary>')[2].partition("</details>")[0]
    assert re.findall(r"<dt>(.*)</dt><dd>(.*)</dd>", fold) == [
        ("That note", "The harbour is where <mark>boats</mark> lie."),
        ("This note", "<mark>Boats</mark> lie here at night, and Out is far."),
        ("Shared", "boats"),
        ("Mentions this note", "The <mark>harbour</mark> is where boats lie."),
    ]


@pytest.mark.parametrize(("similar", "at_once"), [(3, 3), (4, 4), (5, 3), (7, 3)])
def test_many_similar_notes_are_three_and_a_fold(theme: Theme, similar: int, at_once: int) -> None:
    """Which is never of one; what is folded has its reason too."""
    garden = grow(
        {"Harbour.md": "# Harbour\n\nBoats lie here.", **{f"Near {n}.md": "Boats." for n in range(similar)}}
    )
    ties = [tie(garden, "Harbour.md", f"Near {n}.md", "boats") for n in range(similar)]
    related = Related({"Harbour.md": tuple(one for each in ties for one in each.neighbours["Harbour.md"])})
    page = text_of(render(garden, theme, related=related)["Harbour.html"])
    section = page.partition('id="Related"')[2].partition("</section>")[0]
    shown, _, folded = section.partition('<details class="more">')
    assert [part.count(">Why?</summary>") for part in (shown, folded)] == [at_once, similar - at_once]
    assert (f"<summary>{similar - at_once} more</summary>" in folded) == (similar > at_once)


@pytest.mark.parametrize(("tags", "at_once"), [(1, 1), (14, 14), (15, 12), (110, 12)])
def test_very_many_tags_are_a_line_or_two_and_a_fold(theme: Theme, tags: int, at_once: int) -> None:
    """All of them in order."""
    names = [f"tag{number:03}" for number in range(tags)]
    page = text_of(render(grow({"Harbour.md": ("Boats.", {"tags": names})}), theme)["Harbour.html"])
    head = page.partition('<header class="note-head">')[2].partition("</header>")[0]
    shown, _, folded = head.partition('<details class="more">')
    assert [part.count("<li>") for part in (shown, folded)] == [at_once, tags - at_once]
    assert re.findall(r">(tag\d+)</a>", head) == names
    assert (f"<summary>{tags - at_once} more</summary>" in folded) == (tags > at_once)


def test_few_properties_are_a_line_and_many_are_folded(theme: Theme) -> None:
    """Over the text, under the tags; the fold names what is in it."""
    texts: Texts = {
        "few.md": ("x", {"author": "Ann", "year": 1987}),
        "many.md": ("x", {f"key{n}": "a value of some length" for n in range(5)}),
    }
    pages = render(grow(texts), theme)
    few, many = text_of(pages["few.html"]), text_of(pages["many.html"])
    assert "<summary>" not in few
    assert few.index("<dt>author</dt> <dd>Ann</dd>") < few.index('class="prose note-text"')
    assert "<summary>Properties <span>key0, key1, key2, key3, key4</span></summary>" in many
    assert many.count("<dd>a value of some length</dd>") == 5


def test_a_path_without_words_shows_the_title(theme: Theme) -> None:
    """In the text, with the heading it leads to, and where it is quoted; words of an author's own stay."""
    texts: Texts = {
        "ideas/trust.md": "# What trust is\n\n## Limits\n\nFew.",
        "ideas/trust-2.md": "# More of it",
        "a.md": "On [[ideas/trust]] & [[ideas/trust-2]], [[ideas/trust#Limits]].\n\n"
        "In words [[ideas/trust|ideas/trust!]], [[trust]], `ideas/trust`.",
        "b.md": "![[a]]",
        "c.md": "Lost is [[ideas/none]], known [[AC/DC]].",
        "d.md": ("# A band", {"aliases": ["AC/DC"]}),
    }
    site = render(grow(texts), theme)
    shown = (
        ">What trust is</a> &amp; ",
        ">More of it</a>",
        ">What trust is &gt; Limits</a>",
        ">ideas/trust!</a>",
        ">trust</a>",
    )
    for page in ("a.html", "b.html"):
        assert [words for words in shown if words not in text_of(site[page])] == []
        assert "<code>ideas/trust</code>" in text_of(site[page])
    quoted = text_of(site["ideas/trust-2.html"]).partition('class="context"')[2]
    assert quoted.startswith(
        ">On What trust is &amp; <mark>More of it</mark>, What trust is &gt; Limits.</p>"
    )
    assert ">ideas/none</a>" in text_of(site["c.html"])
    assert ">AC/DC</a>" in text_of(site["c.html"])


def test_a_folder_that_holds_all_is_no_level(theme: Theme) -> None:
    """Beside the note that opens the site; a second folder on top makes both of them levels."""
    texts: Texts = {"index.md": "x", "content/a/b.md": "x", "content/c.md": "x"}

    def levels(texts: Texts) -> list[str]:
        trail = text_of(render(grow(texts), theme)["content/a/b.html"]).partition('class="breadcrumbs"')[2]
        return re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", trail.partition("</ol>")[0])

    assert levels(texts) == ["Home", "a"]
    assert levels({**texts, "other/d.md": "x"}) == ["Home", "content", "a"]
    assert levels({**texts, "d.md": "x"}) == ["Home", "content", "a"]


def test_two_sentences_of_a_note_are_quoted(theme: Theme) -> None:
    """The first ones; the same sentence counts once."""
    texts = ("One [[Harbour]].", "One [[Harbour]].", "Two [[Harbour]].", "Three [[Harbour]].")
    garden = grow({"Harbour.md": "# Harbour", "Use.md": "\n\n".join(texts)})
    page = text_of(render(garden, theme)["Harbour.html"])
    assert re.findall(r'<p class="context">(.*)</p>', page) == [
        "One <mark>Harbour</mark>.",
        "Two <mark>Harbour</mark>.",
    ]


def test_a_link_to_a_block_is_quoted_with_the_blocks_words(theme: Theme) -> None:
    """They are this note's; of further blocks in the sentence an ellipsis says that something stands there."""
    garden = grow(
        {
            "Boats.md": "- Tips & **oars** ^tips\n\t- Under it\n- Others ^others",
            "Use.md": "See [[((tips))]] for more, and [[((others))]].",
        }
    )
    page = text_of(render(garden, theme)["Boats.html"])
    assert re.findall(r'<p class="context">(.*)</p>', page) == [
        "See <mark>Tips &amp; oars</mark> for more, and ….",
        "See … for more, and <mark>Others</mark>.",
    ]


NO_TEXT = re.compile(r"related|footer|header|menu|pager|sidebar|extra")
TEXT = re.compile(r"article|body|content|entry|main|page|post|text")


def test_reader_views_can_tell_the_text_from_what_stands_below(theme: Theme) -> None:
    """They go by words in classes, Firefox' by Readability's: a text of links without one is taken for a menu.

    Source: https://github.com/mozilla/readability/blob/0.6.0/Readability.js, `unlikelyCandidates` and `positive`.
    """
    garden = grow(AROUND)
    near = Related({"Harbour.md": tie(garden, "Harbour.md", "Near.md", "boats").neighbours["Harbour.md"]})
    page = text_of(
        render(garden, theme, related=near, mentions=find_unlinked_mentions(garden))["Harbour.html"]
    )
    text, _, below = page.partition("<main")[2].partition("</article>")
    (kind,) = re.findall(r'<div class="([^"]*)" dir="auto">\n<p>Boats', text)
    assert TEXT.search(kind)
    assert not NO_TEXT.search(kind)
    # What is in a part that is none of the text is left out with it.
    parts = re.findall(r'^<(?:div|section) class="(note-(?:lists|folds)[^"]*)"', below, re.MULTILINE)
    assert [bool(NO_TEXT.search(part)) for part in parts] == [True, True]
