"""Quotes and dashes as a printer sets them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.config import Config, NoteSettings
from notegen.render.typeset import QUOTES, typeset
from notegen.text.html_tags import text_of as words_of
from notegen.theme import Theme
from tests.support.gardens import Texts, grow, render, text_of


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("en", "<p>&quot;It's 'so'&quot; -- really.</p>", "<p>“It’s ‘so’” – really.</p>"),
        ("de", "<p>&quot;Er sagt 'so'&quot; --- ja.</p>", "<p>„Er sagt ‚so‘“ — ja.</p>"),
        ("fr-CA", "<p>L'un dit &quot;oui&quot;.</p>", "<p>L’un dit «\u202foui\u202f».</p>"),
        ("es", '<p>¿"Sí"?</p>', "<p>¿«Sí»?</p>"),
        ("ja", "<p>&quot;a&quot; -- b</p>", "<p>&quot;a&quot; -- b</p>"),
        ("en", "<p>(&quot;a&quot;), &quot;<em>b</em>&quot;</p>", "<p>(“a”), “<em>b</em>”</p>"),
        (
            "en",
            '<p><em>&quot;a</em>&quot; &quot;<a href="x">b</a>&quot;</p>',
            '<p><em>“a</em>” “<a href="x">b</a>”</p>',
        ),
        ("en", "<p>'C++' or 'so!' at ('?', '('), '[' ' x'</p>", "<p>‘C++’ or ‘so!’ at (‘?’, ‘(’), ‘[’ ' x’</p>"),
        ("en", "<p>the '90s, 'tis, dogs' and Ann's</p>", "<p>the ’90s, ’tis, dogs’ and Ann’s</p>"),
        ("en", "<p>5'10&quot; and 3&quot; wide</p>", "<p>5'10&quot; and 3&quot; wide</p>"),
        (
            "en",
            "<p>'<em>so</em>' and '<a href=\"x\">a b</a>', '<code>c</code>', '<em>n</em>'</p>",
            "<p>‘<em>so</em>’ and ‘<a href=\"x\">a b</a>’, ‘<code>c</code>’, ’<em>n</em>’</p>",
        ),
        ("en", "<li>'<br></li><li>so' '<p>x'</p></li>", "<li>'<br></li><li>so’ '<p>x’</p></li>"),
        ("en", "<p>&quot;open</p><p>next&quot;</p>", "<p>“open</p><p>next&quot;</p>"),
        ("en", "<p>https://a.example/(<em>'so'</em></p>", "<p>https://a.example/(<em>’so’</em></p>"),
        (
            "en",
            '<p>run --verbose, a --&gt; b, &lt;-- c, ----</p>',
            '<p>run --verbose, a --&gt; b, &lt;-- c, ----</p>',
        ),
        (
            "en",
            "<p>word--word https://a--b.example/it's www.a--b.example</p>",
            "<p>word–word https://a--b.example/it's www.a--b.example</p>",
        ),
        (
            "en",
            '<p>Say <code>\'a\' -- "b"</code>\'s &quot;<code>c</code>&quot;</p>',
            '<p>Say <code>\'a\' -- "b"</code>’s “<code>c</code>”</p>',
        ),
        ("en", "<pre><code>x = 'a'</code></pre><p>'b'</p>", "<pre><code>x = 'a'</code></pre><p>‘b’</p>"),
        ("en", '<p title="it\'s -- so">a</p>', '<p title="it\'s -- so">a</p>'),
        (
            "en",
            '<p><span class="formula invalid">f\' -- <span>g\'</span> \'</span> \'a\'</p>',
            '<p><span class="formula invalid">f\' -- <span>g\'</span> \'</span> ‘a’</p>',
        ),
        (
            "en",
            '<a href="x">xn--bcher-kva.example</a> me@a--b.example docs/a--b old--boat.png one. Two--three',
            '<a href="x">xn--bcher-kva.example</a> me@a--b.example docs/a--b old--boat.png one. Two–three',
        ),
        ("en", "<math><mtext>'a'</mtext></math>", "<math><mtext>'a'</mtext></math>"),
    ],
)  # fmt: skip
def test_signs_are_set_in_the_language(language: str, written: str, shown: str) -> None:
    """Never in code, formulas, addresses and attributes; what may be an inch, an option or an arrow stays."""
    assert typeset(written, language) == shown


@given(
    st.lists(st.sampled_from(("a", " ", "'", "&quot;", "--", "<em>", "</em>", "<code>", "</code>", "5", ".")))
)
def test_nothing_but_the_signs_changes(pieces: list[str]) -> None:
    """Whatever stands around them, all letters and tags stay, in every language."""
    html = "".join(pieces)
    letters = [sign for sign in words_of(html).replace("&quot;", "") if sign.isalnum()]
    for language in QUOTES:
        done = typeset(html, language)
        assert [sign for sign in words_of(done).replace("&quot;", "") if sign.isalnum()] == letters
        assert done.count("<") == html.count("<")


def test_titles_and_what_is_quoted_are_set_as_the_text_is(theme: Theme) -> None:
    """In the heading that a file's name makes, in lists, and in the lists under a note; each in its own language."""
    texts: Texts = {
        "It's here.md": ('He said "no" -- and went.', {"date": "2024-01-01"}),
        "Dort.md": ('Sie sagte "nein", siehe [[It\'s here]].', {"date": "2024-01-02", "lang": "de"}),
        "5'10 tall.md": ('`"code"` and 5\'10" stay. See [[It\'s here]].', {"date": "2024-01-03"}),
    }
    pages = {url: text_of(file) for url, file in render(grow(texts), theme).items() if url.endswith(".html")}
    here = next(page for page in pages.values() if "<h1>It’s here</h1>" in page)
    assert "Sie sagte „nein“" in here
    assert "5&#39;10 tall</a>" in here
    assert "<title>It&#39;s here" in here  # as it was written: what search engines and tabs show
    assert '<a href="It-s-here.html">It’s here</a><p>He said “no” – and went.</p>' in pages["index.html"]
    assert "Sie sagte „nein“" in pages["index.html"]


def test_a_note_is_set_in_its_own_language_unless_the_setting_is_off(theme: Theme) -> None:
    """In another note's page too; properties stay as written."""
    texts: Texts = {
        "a.md": 'He said "so".\n\n![[b]]',
        "b.md": ('"Ja" und `"nein"`', {"lang": "de", "motto": '"so"'}),
    }
    pages = render(grow(texts), theme)
    assert "<p>He said “so”.</p>" in text_of(pages["a.html"])
    for url in ("a.html", "b.html"):
        assert "<p>„Ja“ und <code>&quot;nein&quot;</code></p>" in text_of(pages[url])
    off = render(grow(texts), theme, config=Config(note=NoteSettings(smart_quotes=False)))
    assert "<p>He said &quot;so&quot;.</p>" in text_of(off["a.html"])


def test_rows_of_the_contents_are_set_as_their_headings_are(theme: Theme) -> None:
    """But for those with code, whose quotes are its own."""
    text = '# T\n\n## A "quoted" one\n\n## It\'s `"code"`\n\n## It\'s so -- here\n\n## Last\n'
    page = text_of(render(grow({"a.md": text}), theme)["a.html"])
    contents = page[page.index('class="toc"') : page.index("</details>")]
    rows = re.findall(r'href="#[^"]+">([^<]+)', contents)
    assert rows == ["A “quoted” one", "It&#39;s &#34;code&#34;", "It’s so – here", "Last"]
