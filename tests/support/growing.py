"""Notes made of one construct, as many times as asked: what a build's time is measured on as they grow."""
# ruff: noqa: E501  # a construct a line

from collections.abc import Callable, Mapping

Files = Mapping[str, str]
"""By path in the notes folder."""

PIECES = (
    "[[", "]]", "![[", "[[a]]", "![[a]] ", "[[a|b]] ", "[a](b.md) ", "![a](b.png) ", "[x][y] ", "[", "]", "![", "](", "(",
    ")", "[a](", "<a ", "<", "<b>", "</b>", "<!--", "-->", "<div>\n", "<details>\n\n", "<p ", "<a href='", "&", "&amp;",
    "#", "#a ", "#a/b", "#[[", "^a ", "^[", "^[a] ", "[^a] ", "[^a]: b\n\n", "[^", "[a]: b\n", "*", "**", "*a ", "**a* ", "_",
    "_a", "***a** ", "~~", "~", "==", "==a", "=", "%%", "%% a", "$", "$$", "$a$ ", "$$\na\n$$\n\n", "$x", "\\", "\\(", "`", "``", "`a",
    "```\n", "```a\nb\n```\n", "~~~\n", "> ", ">", "> a\n", "> [!note]\n", "> [!note]- a\n> b\n\n", "- ", "- a\n", "- [ ] a\n", "1. ", "1. a\n",
    "* ", "+ a\n", "\t", "    a\n", " ", "\n", "\n\n", "a\n\n", "---\n", "***\n", "***\n\n", "=\n", "a\n=\n", "# ", "# a\n", "###### a\n\n",
    "|", "| a ", "|a|\n", "|-", "| a |\n|---|\n", "| a | b |\n|---|---|\n| c | d |\n\n", "a|b\n", ":", ": a\n", "a\n: b\n\n", "::", "a:: b\n",
    "\n  id:: x\n", "{{", "}}", "{{a}} ", "{%", "%}", "{% a %} ", "{{ a | b }} ", "((", "))", "((a)) ", "{", "}", "{:", "{: .a}\n",
    "https://", "https://a.example ", "www.a.example ", "http://a@", "a@b.example ", "@", "<https://a.example> ", "\"", "'", "\"a' ", "--", "...",
    "# a\n\t- b\n", "- a\n\t\t\t\t- b\n", "- a\n  heading:: true\n", "](a b.c ", "![a](b c.d)", "{{youtube-timestamp 1}} ", "{{youtube ", "](a){:b ",
    "[[dendron://a/b|", "[[dendron://a/b]] ", "![[a#b,1:#*]] ", "[a](dendron://b/c", "{{fm.a}} ", "{{fm.", "@a ", "@a.", "#a.b ", "#a.",
    "- #+BEGIN_A\n  - b\n  #+END_A\n", "- #+BEGIN_A\n  - b\n", "  #+BEGIN_A\n", "> [!a] b\n> -\n", "> [!a]\n> - \n\n",
    "TODO a\n", ":LOGBOOK:\n", ":END:\n", ":PROPERTIES:\n", "#+BEGIN_QUOTE\n", "#+BEGIN_SRC\n", "#+a: b\n", "* a\n", "** a\n",
    "```mermaid\nA-->B\n```\n", "```mermaid\n", "A[", "<% a %>", "<%", "[:b ", "2024-05-01 ", "[[2024-05-01]] ", "1.2.", "2024年", "Sep 5 ", "1:2:",  "a", "a ", "a. ", "A b. ", "日", "日本。",
    "é", "e\u0301", "\u200d", "\u202e", "ﷺ", "0", "9,", "x^2 ", "H~2~O ", "a-", "a_", "a/", "a.", "<script>", "<svg>", "<img src=a> ", "<img src='a", "<style>",
    "<iframe src=a>", "<table><tr><td>\n", "<a name=x>", "<br>", "<a href=b>c</a> ", "![[a#b|c]] ", "[[#a]] ", "[[a#^b]] ", "a ^b\n\n", "^b\n", "Ã©", "Ã©\n",
    ".", "!", "?", "\u00ad", "\ufe0f", "\U0001f600", "=== \"a\"\n", "!!! a\n", "::: a\n", ":a: ", "[TOC]\n", "[[_TOC_]]\n", "\\[", "\\begin{a}\n", "[a]{b} ", "{>>", "{++a++} ",
    "{: .a", "{:toc}\n", "* a\n{:toc}\n", "a\n{: #a}\n\n", "{: #a}\n\n", "{:a: .b}\n", "{: a=\"", "{: .a .a ", "{#a} ", "## a {#a}\n\n", "## {#a", "## a\n{: #a}\n\n",
    "|a|\n|-|\n{: .a}\n", "> a\n{: .a}\n", "[a]{.b}", "[a]{", "[a](b){.c} ", "`a`{:.b}", "*a*{: #a} ", "[[a]]{b} ", "[[a]]{", "{::comment}", "{:/comment}", "{::comment}a{:/} ",
    "<div markdown=1>\n", "<div markdown=1>\n</div>\n", "<p markdown=1>a</p>\n", "<a markdown", "</div>\n", "!!! a\n    b\n", "!!! a \"", "??? a\n\n    !!! b\n", "    !!! a\n",
    "=== \"a\"\n\n    b\n", "<a-b> ", "<a-b>\n", "</a-b>", "<ab>c</ab> ", "//a.example ", "[a](//b.example) ", "<a href=#b>c</a>", "<a id=b>", "![[#a]] ", "> # a\n", "- # a\n",
    "[[a]](//", "[[a]](#b) ", "[a [[b]]] ", "[[a]]]", "|[[a|b]]|", "|[[a|b]]|c|\n|-|-|\n", "| [[a|", "|\\|[[a\\|b]]|\n", "- [ ]\n", "[^a]\n\n[^a]: b[^a]\n\n",
    "<video src=a>", "<audio src=\"a.mp3#t=1\"></audio> ", "<source src=a>", "![[a.pdf#page=1]] ", "![a](b.png \"c\") ",
    "<p>a</p>\n\n", "<table>\n<tr><td>a</td></tr>\n\n", "<table>\n\n", "<tr><td>\n\n", "<td>a | b</td>\n\na\n\n",
    "![[a.base]] ", "![[a.base#", "```base\n", "> ```base\nfilters: a\n> ```\n", "<object data=a>", "<embed src=a>", "<svg><text>a</text></svg> ", "<video><source src=//a></video> ", "- 1) a\n", "- # DONE a\n",
    "**a：**日", "**「日」**日", "日**", "*（", "~~（日）~~日", "日https://a.example。", "https://a.example（", "日http", "www.a.example。",
    "#हि ", "#é", "#⭐", "#1️⃣", "#️⃣", "हि#", "#\u200d", "\u0301#",
    "1$x", "1$x$", "1$\\\\$", "1$\\a", "1$(1$", "1$a ", "1$'",
    "$\\ce{H2O}$ ", "$\\operatorname{a\\,", "$\\operatorname*{a\\,b}$ ", "$\\ce{", "$\\newcommand{\\b}{\\b\\b}\\b$ ", "$\\b$ ", "$\\set{a|b}$ ", "$\\big\\{x$ ", "$\\color{red} a & b$ ", "\\def\\a#1{",
    "==`", "`==`", "==a`==`", "==`==``==", "==a `==` b== ",
    "a\n$$\n\nb\n$$\n", "- a\n  $$\n\n  b\n  $$\n", "a\n$$\n\n", "a\n$$\nb\n",
    "a\n$$\n", "$$a\n", "{++", "{~~a~>b~~} ", "{~~a~>", "{>>a<<} ", "_{", "_{a} ", "^{a", "a\n^\n", "- a\n^\n", "![](file:a) ", "<file:a> ",
    "[a]({tag}b) ", "[a]({author}b", " #a.", "#a+", "[[Mon, 1.1.24]] ", "{{zotero-linked-file \"a", "<div>{{< a src=\"a.png\" caption=\"*a _b `c [d](e\" >}}</div>\n",
    "<a name=x/>", "<a id=x>\n\n", "<input> ", "*[a]: b\n", "{{<a>}}", "{{< a \"", "{{<a>}}{{</a>}}", "{{<a href=\"b\">}}c{{</a>}} ", "{{<katex>}}x{{</katex>}}", "<{{< ref \"a\" >}}>", "{{</a>}}", "{{< a b=\"c.png\" >}}\n", "{{< a\n", "{{% a `", "{{</*",
    "{{< comment >}}", "{{< comment >}}a{{< /comment >}} ", "{{< highlight >}}\na\n{{< /highlight >}}\n", "--8<-- \"a.md\"\n", "--8<--\n", "--8<--\na\n--8<--\n", "A: b\n", "Title: a\n", "Title: a\n    b\n",
)  # fmt: skip
"""Each is repeated without anything between."""


def note_of(text: str) -> Files:
    """A dated note with this text."""
    return {"a.md": f"---\ndate: 2024-01-01\n---\n{text}\n"}


def _head(head: str) -> Files:
    return {"a.md": f"---\ndate: 2024-01-01\n{head}\n---\nText.\n"}


def _each(count: int, write: Callable[[int], str], between: str = "\n") -> str:
    return between.join(write(number) for number in range(count))


WHOLES: Mapping[str, Callable[[int], Files]] = {
    "equal headings": lambda n: note_of("## Same\n\n" * n),
    "headings one level deeper": lambda n: note_of(_each(n, lambda i: f"{'#' * (1 + i % 6)} Part {i}\n")),
    "numbered words in brackets": lambda n: note_of(_each(n, lambda i: f"<word{i}>", " ")),
    "links to anchors of other tools": lambda n: note_of(
        "## What's new?\n\n" * n + _each(n, lambda i: f"[a](#whats-new-{i})")
    ),
    "indented admonitions": lambda n: note_of(_each(min(n, 300), lambda i: f"{'    ' * i}!!! note")),
    "links to headings": lambda n: note_of("## Same\n\n" + _each(n, lambda i: f"[[#Same {i}]]")),
    "links to nothing": lambda n: note_of(_each(n, lambda i: f"[[nobody {i}]]")),
    "links to one note": lambda n: {**note_of(_each(n, lambda i: f"[[b]] {i}.")), "b.md": "Text."},
    "links in one line": lambda n: {**note_of(_each(n, lambda i: "[[b]]", " ")), "b.md": "Text."},
    "markdown links in one line": lambda n: {**note_of(_each(n, lambda i: "[b](b.md)", " ")), "b.md": "Text."},
    "links in raw HTML": lambda n: note_of(_each(n, lambda i: f'<a href="b{i}.md">c</a>')),
    "embeds of one note": lambda n: {**note_of(_each(n, lambda i: "![[b]]", "\n\n")), "b.md": "Text."},
    "embeds in one line": lambda n: {**note_of(_each(n, lambda i: "![[b]]", " ")), "b.md": "Text."},
    "embeds of itself": lambda n: note_of(_each(n, lambda i: "![[a]]", "\n\n")),
    "pictures": lambda n: {**note_of(_each(n, lambda i: "![[b.png]]", " ")), "b.png": ""},
    "tags": lambda n: note_of(_each(n, lambda i: f"#tag{i}", " ")),
    "tags that are one address": lambda n: note_of(_each(n, lambda i: f"#[[a{'!' * (i % 100)}?{'*' * (i // 100)}]]", " ")),
    "nested tags": lambda n: note_of(_each(n, lambda i: f"#tag/{'/'.join(str(i))}", " ")),
    "one tag of many levels": lambda n: note_of("#" + "a/" * n + "b"),
    "one long tag": lambda n: note_of("#" + "a" * n),
    "tags in front matter": lambda n: _head(f"tags: [{_each(n, 't{}'.format, ', ')}]"),
    "aliases": lambda n: _head(f"aliases: [{_each(n, 'Alias {}'.format, ', ')}]"),
    "redirects": lambda n: _head(f"redirect_from: [{_each(n, '/old/{}/'.format, ', ')}]"),
    "one long redirect": lambda n: _head(f"redirect_from: /{'a' * n}/"),
    "properties": lambda n: _head(_each(n, lambda i: f"key{i}: value")),
    "a long property": lambda n: _head(f"key: {'word ' * n}"),
    "a property of links": lambda n: _head(f"key: {'[[b]] ' * n}".replace("[[", '"[[', 1) + '"'),
    "a long title": lambda n: _head(f"title: {'word ' * n}"),
    "a long language": lambda n: _head(f"lang: {'en-' * n}x"),
    "a long date": lambda n: _head(f"created: {'1-' * n}x"),
    "a long description": lambda n: _head(f"description: {'word ' * n}"),
    "a description of open links": lambda n: {
        "logseq/config.edn": "{}", "pages/a.md": f"description:: {'[a](b' * n}\n\n- b\n", "pages/b.md": f"description:: {'[a](' * n}{'b' * n}\n\n- b\n"
    },
    "quotes of Logseq's one after the other": lambda n: {
        "logseq/config.edn": "{}", "pages/a.md": "- a\n" + "  #+BEGIN_NOTE\n  a\n  #+END_NOTE\n" * n + "- " + "{{{embed " * n
    },
    "an Org page of lists and levels": lambda n: {
        "logseq/config.edn": "{}", "pages/a.org": _each(n, lambda i: f"{'*' * (i % 60 + 1)} a\n  - b\n      c") + "\n* d\n" + _each(n, lambda i: " " * (i % 50) + "- e")
    },
    "embeds in Dendron that hold a heading": lambda n: {
        "dendron.yml": "workspace:\n  vaults:\n    - fsPath: .\n", "a.md": "![[b]]\n\n" * n + "[[a#gone]] " * n, "b.md": "![[a]] [[b#gone]]"
    },
    "a long picture": lambda n: _head(f"image: {'[[' * n}x.png"),
    "broken front matter": lambda n: {"a.md": "---\na: [\n" + "\n" * n + "---\nText.\n"},
    "a key far in its line": lambda n: {"a.md": f"---\na: [\n{' ' * n}b\n---\nText.\n"},
    "front matter of signs": lambda n: {"a.md": "---\na: [\n" + "- \n" * n + "---\nText.\n"},
    "links in one property": lambda n: _head('see: "' + "[[b]] " * n + '"'),
    "open links in one property": lambda n: _head("see: '" + "![[a|[b](https://" * n + "'"),
    "properties of lists of maps": lambda n: _head("see:\n" + _each(n // 4, lambda i: f"  - {{a: [b{i}, '[[c]]'], d: {i}}}")),
    "open front matter": lambda n: {"a.md": "---\n" + "a: b\n" * n},
    "blank lines first": lambda n: {"a.md": "\n" * n + "---\ndraft: maybe\n---\nText.\n"},
    "spaces first": lambda n: {"a.md": " " * n + "---\ndraft: maybe\n---\nText.\n"},
    "TOML": lambda n: {"a.md": "+++\n" + _each(n, lambda i: f"k{i} = 1") + "\n+++\nText.\n"},
    "columns": lambda n: note_of("|" + " a |" * n + "\n|" + " - |" * n + "\n|" + " b |" * n),
    "columns of one row and many rows": lambda n: note_of("|" + " a |" * 40 + "\n|" + " - |" * 40 + "\n" + "| b |\n" * n),
    "rows": lambda n: note_of("| a | b |\n|---|---|\n" + "| c | d |\n" * n),
    "wide rows of few": lambda n: note_of("| a |\n|---|\n" + ("|" + " c |" * 200 + "\n") * (n // 200 + 1)),
    "one long line": lambda n: note_of("word " * n),
    "one long word": lambda n: note_of("w" * n),
    "one long sentence": lambda n: note_of("word, " * n + "."),
    "one long heading": lambda n: note_of("# " + "word " * n),
    "one long code line": lambda n: note_of("```python\n" + "x = (1, 'a') + " * n + "\n```"),
    "code of a language": lambda n: note_of("```python\n" + "x = {'a': [1, 2]}\n" * n + "```"),
    "code that never closes": lambda n: note_of("```python\n" + "'''\n" * n),
    "indented code": lambda n: note_of("    a\n\n" * n),
    "formulas": lambda n: note_of("$x_1^2$ " * n),
    "one long formula": lambda n: note_of("$" + "x_1 + " * n + "y$"),
    "macros in formulas": lambda n: note_of("$\\newcommand{\\b}{x\\c}\\newcommand{\\c}{y}$\n\n" + "$\\b$ " * n),
    "macros that grow": lambda n: note_of("$\\newcommand{\\b}[1]{#1#1\\b{#1#1}}$\n\n" + "$\\b{x}$ " * n),
    "sets in one formula": lambda n: note_of("$" + "\\set{" * n + "x" + "}" * n + "$"),
    "half sets in one formula": lambda n: note_of("$" + "\\ce{" * n + "$"),
    "chemistry in one formula": lambda n: note_of("$\\ce{" + "SO4^2- + ->[a] " * n + "}$"),
    "a deep formula": lambda n: note_of("$" + "{" * n + "x" + "}" * n + "$"),
    "fractions in fractions": lambda n: note_of("$" + "\\frac{1}{" * n + "x" + "}" * n + "$"),
    "lists in lists": lambda n: note_of(_each(min(n, 20000), lambda i: "  " * (i % 100) + "- a")),
    "a deep list": lambda n: note_of("- " * n + "a"),
    "a deep quote": lambda n: note_of(">" * n + "a"),
    "callouts in callouts": lambda n: note_of(_each(min(n, 90), lambda i: ">" * (i + 1) + " [!note] a")),
    "block ids": lambda n: note_of(_each(n, lambda i: f"Text. ^id{i}", "\n\n")),
    "equal block ids": lambda n: note_of("Text. ^same\n\n" * n),
    "footnotes": lambda n: note_of(_each(n, lambda i: f"a[^{i}]", " ") + "\n\n" + _each(n, lambda i: f"[^{i}]: b")),
    "footnotes of embedded pieces": lambda n: {
        **note_of("![[b#Part]]\n\n" * (n // 20)),
        "b.md": "---\ndate: 2024-01-01\n---\n## Part\n\na[^1]\n\n## Rest\n\n" + _each(n, lambda i: f"a[^{i}]", " ") + "\n\n" + _each(n, lambda i: f"[^{i}]: b"),
    },
    "links with bars in a table": lambda n: note_of("| a | b |\n|---|---|\n" + "| [[a|b]] | [[c\\|d]] |\n" * n),
    "one footnote named often": lambda n: note_of("a[^1] " * n + "\n\n[^1]: b"),
    "references": lambda n: note_of(_each(n, lambda i: f"[a][{i}]", " ") + "\n\n" + _each(n, lambda i: f"[{i}]: b.md")),
    "HTML in HTML": lambda n: note_of("<div>" * n + "a" + "</div>" * n),
    "HTML never closed": lambda n: note_of("<div><p>" * n),
    "HTML attributes": lambda n: note_of("<div " + _each(n, lambda i: f"a{i}=b", " ") + ">c</div>"),
    "HTML style": lambda n: note_of('<div style="' + "color:red;" * n + '">c</div>'),
    "sets of sources": lambda n: note_of('<img srcset="' + "a.png 1x, " * n + '">'),
    "tabs in HTML": lambda n: note_of("<details><summary>a</summary>b</details>\n" * n),
    "comments": lambda n: note_of("%% a %% b " * n),
    "open comments": lambda n: note_of("%% a\n\n" * n),
    "dates in a line": lambda n: note_of("2024-05-01 " * n),
    "versions in a line": lambda n: note_of("3.10.12 1-2-10 2024.1.4 " * (n // 3)),
    "dates with times in a line": lambda n: note_of("Sep 5, 2024, 2:30 pm 5.9.2024 " * (n // 3)),
    "dates in a property": lambda n: _head("created: " + "Sep 25 2024 14:30:00 " * n),
    "names of notes": lambda n: {**note_of("Tidal pool. " * n), "Tidal pool.md": "Text.", "Tidal.md": "Text."},
    "a mermaid diagram": lambda n: note_of("```mermaid\ngraph TD\n" + _each(n, lambda i: f"A{i} --> B{i}") + "\nclass A0 internal-link\n```"),
    "a mermaid class of many": lambda n: note_of("```mermaid\ngraph TD\nclass " + _each(n, lambda i: f"A{i}", ",") + " internal-link\n```"),
    "garbled text": lambda n: note_of("Ã© " * n),
    "spaces": lambda n: note_of("a" + " " * n + "b"),
    "spaces before a bar": lambda n: note_of("|" + " " * n + "a\n|-|\n"),
    "lines of spaces": lambda n: note_of("a\n" + (" " * 50 + "\n") * n),
    "lines with two spaces": lambda n: note_of("a  \n" * n),
    "words that differ": lambda n: note_of(_each(n, lambda i: f"word{i}", " ")),
    "one word": lambda n: note_of("word " * n),
    "japanese": lambda n: note_of("日本語" * n),
    "many notes": lambda n: {f"n{i}.md": f"---\ndate: 2024-01-01\n---\n[[n{i + 1}]]\n" for i in range(n // 40)},
    "notes of one title": lambda n: {f"n{i}.md": "---\ndate: 2024-01-01\ntitle: Same\n---\nText.\n" for i in range(n // 40)},
    "notes of one day": lambda n: {f"{i}/2024-05-01.md": "Text.\n" for i in range(n // 40)},
    "notes of one address": lambda n: {f"a{'!' * (i % 50 + 1)}{'?' * (i // 50 + 1)}.md": "---\ndate: 2024-01-01\n---\nText.\n" for i in range(n // 40)},
    "notes of one name": lambda n: {**{f"{i}/b.md": "---\ndate: 2024-01-01\n---\nText.\n" for i in range(n // 40)}, **note_of("[[b]]\n" * (n // 40))},
    "notes in folders": lambda n: {"/".join("f" for _ in range(min(i, 60))) + f"/n{i}.md": "---\ndate: 2024-01-01\n---\nText.\n" for i in range(1, n // 100)},
    "notes with all tags": lambda n: {f"n{i}.md": "---\ndate: 2024-01-01\n---\n" + _each(20, lambda t: f"#t{t}", " ") for i in range(n // 40)},
    "a chain of embeds": lambda n: {f"n{i}.md": f"---\ndate: 2024-01-01\n---\n![[n{i + 1}]]\n" for i in range(n // 40)},
    "a canvas of cards": lambda n: {"a.canvas": '{"nodes":[' + _each(n // 10, lambda i: f'{{"id":"{i}","type":"text","text":"Card","x":{i},"y":{i},"width":9,"height":9}}', ",") + "]}"},
    "a canvas of edges": lambda n: {"a.canvas": '{"nodes":[{"id":"x!","type":"text","text":"Card"},{"id":"x?","type":"text","text":"Card"}],"edges":[' + _each(n // 10, lambda i: '{"fromNode":"x!","toNode":"x?"}', ",") + "]}"},
    "a canvas of like names": lambda n: {"a.canvas": '{"nodes":[' + _each(n // 20, lambda i: f'{{"id":"{"!" * (i % 40)}{"?" * (i // 40)}","type":"text","text":"Card"}}', ",") + '],"edges":[' + _each(n // 20, lambda i: f'{{"fromNode":"{"!" * (i % 40)}{"?" * (i // 40)}","toNode":""}}', ",") + "]}"},
    "a canvas of groups": lambda n: {"a.canvas": '{"nodes":[' + _each(n // 20, lambda i: f'{{"id":"{i}","type":"group","label":"G","x":{i},"y":{i},"width":9,"height":9}}', ",") + "]}"},
    "block references": lambda n: {"pages/a.md": "- " + _each(n // 10, lambda i: "((66666666-6666-6666-6666-666666666666))", " "), "pages/b.md": "- Block " + "word " * (n // 10) + "\n  id:: 66666666-6666-6666-6666-666666666666\n", "logseq/config.edn": "{}"},
    "pages without a file": lambda n: {"pages/a.md": _each(n // 4, lambda i: f"- [[page {i}]] and [[top/{i}]]"), "logseq/config.edn": "{}"},
    "one page without a file": lambda n: {"pages/a.md": "- [[page]] #page\n" * (n // 4), "logseq/config.edn": "{}"},
    "Logseq's properties between rules": lambda n: {"pages/a.md": "---\n" + "a: [[b]], #c\n" * n + "---\n- a\n", "logseq/config.edn": "{}"},
    "a property of tags": lambda n: {"pages/a.md": "a:: " + "#b, #1,#1" * n + "\n\n- a\n", "logseq/config.edn": "{}"},
    "pieces of a note": lambda n: {**note_of(_each(n // 4, lambda i: f"![[b#part-{i},1:#part-{i + 1}]]", "\n\n")), "b.md": "---\ncreated: 1\n---\n" + "## Part\n\n" * (n // 4), "dendron.yml": ""},
    "next pieces of a note": lambda n: {**note_of("![[b#part,1:#*]]\n\n" * (n // 4)), "b.md": "---\ncreated: 1\n---\n" + "## Part\n\n" * (n // 4), "dendron.yml": ""},
    "a long value in the text": lambda n: {"a.md": "---\ndate: 2024-01-01\ndesc: " + "word " * (n // 4) + "\n---\n" + "{{fm.desc}} " * (n // 4), "dendron.yml": ""},
    "settings in EDN": lambda n: {"pages/a.md": "- a\n", "logseq/config.edn": "{:a " + "[" * n + "]" * n + "}"},
    "open settings in EDN": lambda n: {"pages/a.md": "- a\n", "logseq/config.edn": "{:a " + "[" * n},
    "settings in EDN, many": lambda n: {"pages/a.md": "- a\n", "logseq/config.edn": "{" + _each(n, lambda i: f":k{i} {i}") + "}"},
    "macros": lambda n: {"pages/a.md": "- " + "{{m a}} " * n + "\n", "logseq/config.edn": '{:macros {"m" "$1 {{m $1}} {{m $1}}"}}'},
}  # fmt: skip
"""Each grows with `n`, about in proportion."""

TOOLS: Mapping[str, Files] = {
    "plain": {},
    "obsidian": {".obsidian/app.json": "{}"},
    "logseq": {"logseq/config.edn": "{}"},
    "foam": {".foam/x": ""},
    "dendron": {"dendron.yml": ""},
    "emanote": {".emanoteignore": ""},
    "jekyll": {"_posts/x.md": "---\ndate: 2024-01-01\n---\nText."},
}
"""What makes a folder one of a tool's."""
