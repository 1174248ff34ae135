"""What Logseq writes within a line, in the words that notegen's Markdown knows."""

import re
from os.path import isfile
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from notegen.read.logseq.graph import LogseqGraph
from notegen.read.logseq.macros import BUILT_IN, MACRO
from notegen.regex import regex

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_HINTS = ("((", "{{", "^^", "{:", "](", ": <", "#]]", "@@")

# Org's way to write a macro, which Logseq knows everywhere.
_IN_THREE_BRACES = regex(
    rf"(?<!\{{)\{{(\{{\{{(?:{'|'.join(sorted(BUILT_IN))})(?![\w-])[^{{}}\n]*\}}\}})\}}(?!\}})", re.IGNORECASE
)
_LABELLED_BLOCK = regex(rf"\[([^\[\]\n]*)\]\(\(\(({_UUID})\)\)\)")
_LABELLED_PAGE = regex(r"\[([^\[\]\n]+)\]\(\[\[([^\[\]\n]+)\]\]\)")
# The same with a label that holds code or brackets, of which only the end is known here.
_BLOCK_AFTER_LABEL = regex(rf"\]\(\(\(({_UUID})\)\)\)")
_PAGE_AFTER_LABEL = regex(r"\]\(\[\[([^\[\]<>\n]+)\]\]\)")
_BLOCK_REFERENCE = regex(rf"(?<!\[\[)(?<!\(<)\(\(({_UUID})\)\)")
# The views and pages of the app: `[all](#/all-journals)`, `[it](#/page/Tides)`.
_ROUTE = regex(r"(?<!!)\[(?P<words>[^\[\]\n]+)\]\(#/(?P<view>[\w-]*)/?(?P<name>[^()\s]*)\)")
_HOME_VIEWS = frozenset({"", "all-journals", "all-pages"})
_EXPORTED = regex(r"@@(?P<format>\w{1,20}):[ \t]?(?P<text>(?:(?!@@)[^\n])*)@@")
"""What Org's and Logseq's export takes as it is: `@@html: <b>so</b>@@`; what is for other formats shows nothing."""
_HIGHLIGHT = regex(r"\^\^([^\^\n]+(?:\^[^\^\n]+)*)\^\^")
_SIZED_IMAGE = regex(r"(!\[[^\[\]\n]*)(\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))[ \t]*\{(:[^{}\n]*)\}")
_SIZED_LINK = regex(r"(\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))\{:[^{}\n]*\}")
_SPACED = regex(r"\]\((?P<path>[^()<>\n]*(?:\([^()<>\n]*\)[^()<>\n]*)*)\)")
_TITLED = regex(r"\S*[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))[ \t]*")
_ASSET = regex(r"(?P<open>\]\(<?)(?P<path>(?<=<)[./]*assets/[^<>\n]*|(?<=\()[./]*assets/[^()\s]*)")
_PLAN = regex(r"\b(SCHEDULED|DEADLINE): ?<(\d{4}-\d\d-\d\d)(?: [^\W\d_]+)?(?P<rest>[^<>\n]*)>")
# A tag goes on over a sign: `#node.js`, `#C++`, `#R&D`; no entity of HTML has one letter.
_DOTTED_TAG = regex(
    r"(?<!\S)#(?P<name>(?=[\d./+&@=%-]*[^\W\d])[\w/-]+(?:(?!&\w{2,};)[.&@=%](?=\w)[\w/-]+|\+[\w/-]*)+)"
)
_IN_TAG = frozenset(".+&@=%")
_SHARP = regex(r"\[\[([^\[\]|#\n]+)#\]\]")

_BAR = r"\|"
"""Before an image's size: one that ends no cell, where the image stands in a table."""
_ADDRESSES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "bilibili": "https://www.bilibili.com/video/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "video": "",
}
_LIVE = frozenset({"query", "renderer", "cards", "function"})
"""What only Logseq can work out: shown as it is written."""


def rewrite_inline(text: str, note: str, graph: LogseqGraph) -> str:
    """One stretch of text that is no code; no line end is added or taken."""
    if "#" in text and not _IN_TAG.isdisjoint(text):
        text = _DOTTED_TAG.sub(r"#[[\g<name>]]", text)
    if not any(hint in text for hint in _HINTS):
        return text
    if "](" in text:
        text = _rewrite_addresses(text)
    text = MACRO.sub(_rewrite_macro, _IN_THREE_BRACES.sub(r"\1", text))
    text = _EXPORTED.sub(lambda m: m["text"] if m["format"].lower() == "html" else "", text)
    text = _BLOCK_REFERENCE.sub(lambda m: f"[[(({m[1].lower()}))]]", text)
    text = _HIGHLIGHT.sub(lambda m: f"=={m[1]}==" if m[1] == m[1].strip() else m[0], text)
    if "](" in text:
        text = _SIZED_IMAGE.sub(_rewrite_size, text) if "{:" in text else text
        text = _SIZED_LINK.sub(r"\1", text) if "{:" in text else text
        text = _SPACED.sub(_rewrite_spaces, text)
        text = _ASSET.sub(lambda m: m["open"] + asset_path(m["path"], note, graph), text)
    text = _PLAN.sub(_rewrite_plan, text)
    return _SHARP.sub(lambda m: f"[[{encode_name(m[1] + '#')}|{m[1]}#]]", text)


def _rewrite_addresses(text: str) -> str:
    """Links whose address is a block or a page, whatever their label holds."""
    if "](#/" in text:
        text = _ROUTE.sub(_rewrite_route, text)
    if "](((" in text:
        text = _LABELLED_BLOCK.sub(lambda m: f"[[(({m[2].lower()}))|{m[1]}]]", text)
        text = _BLOCK_AFTER_LABEL.sub(lambda m: f"](<(({m[1].lower()}))>)", text)
    if "]([[" in text:
        text = label_pages(text)
        text = _PAGE_AFTER_LABEL.sub(r"](<[[\1]]>)", text)
    return text


def label_pages(text: str) -> str:
    """`[words]([[page]])` as the link with words that every tool knows."""
    return _LABELLED_PAGE.sub(r"[[\2|\1]]", text)


def _rewrite_route(link: re.Match[str]) -> str:
    """A link to a page or block in the app's own words; the lists of all pages are the site's home, a view is none."""
    name = unquote(link["name"])
    if link["view"] in ("page", "block") and re.fullmatch(_UUID, name):
        return f"[[(({name.lower()}))|{link['words']}]]"
    if link["view"] == "page" and name and not re.search(r"[\[\]|\n]", name):
        return f"[[{name}|{link['words']}]]"
    return f"[{link['words']}](/)" if link["view"] in _HOME_VIEWS and not name else link["words"]


def encode_name(title: str) -> str:
    """A page's name in the form that can stand in a link where `#` begins a heading: `C#` is `C%23`."""
    return title.replace("#", "%23")


def asset_path(path: str, note: str, graph: LogseqGraph) -> str:
    """The path of an attachment as `note` must write it.

    Logseq takes every path that begins with `assets` for one in the graph's own folder, however deep the page lies.
    """
    wanted = join("assets", path.partition("assets/")[2])
    near = normpath(join(dirname(graph.path_in_graph(note)), path))
    if near == wanted or path.startswith("/") or isfile(graph.folder / near):
        return path
    return "/" + join(graph.path, wanted)


def _rewrite_macro(macro: re.Match[str]) -> str:
    name, text = macro["name"].lower(), macro["text"].strip()
    if name == "embed" and (block := re.fullmatch(rf"\(\(({_UUID})\)\)", text)):
        return f"![[(({block[1].lower()}))]]"
    if name == "embed" and re.fullmatch(r"\[\[[^\[\]\n]+\]\]", text):
        return f"!{text}"
    if name == "cloze":
        return text.partition(" \\\\ ")[0]
    if name in _LIVE:
        return f"{name} {_inline_code(text)}" if text else _inline_code(f"{{{{{name}}}}}")
    if name.startswith("zotero-") and (file := re.search(r'"([^"]+)"\s*\Z', text)):
        return file[1]
    if name == "namespace" and text:
        return text if text.startswith("[[") else f"[[{text}]]"
    if name == "img" and text:
        return _rewrite_image(*(part.strip() for part in text.split(",")))
    if name in _ADDRESSES and text:
        return _rewrite_address(text, _ADDRESSES[name])
    return macro[0]


def _rewrite_address(text: str, address: str) -> str:
    """A plain link to a film or a post: nothing of another host is to be loaded with the page."""
    if re.fullmatch(r"https?://[^\s<>]+", text):
        return f"<{text}>"
    if re.fullmatch(r"[\w-]+", text) and address:
        return f"<{address.format(text)}>"
    return f"![]({text})" if re.match(r"[./]*assets/\S+$", text) else text


def _rewrite_image(address: str, *words: str) -> str:
    """`{{img a.png, 300, 200, left}}`: width, height and side, each as far as it is given."""
    size = "x".join(word for word in words if word.isdecimal())
    side = "".join(f"{_BAR}{word}" for word in words if word in ("left", "right", "center"))
    return f"![{f'{_BAR}{size}{side}' if size else ''}](<{address}>)"


def _rewrite_size(image: re.Match[str]) -> str:
    """`{:height 53, :width 42}` after an image as the `|42x53` that Obsidian writes."""
    sizes = dict(re.findall(r":(height|width)[ \t]+(\d+)", image[3]))
    width, height = sizes.get("width"), sizes.get("height")
    size = f"{_BAR}{width}x{height}" if width and height else f"{_BAR}{width}" if width else ""
    return f"{image[1]}{size}{image[2]}"


def _rewrite_spaces(link: re.Match[str]) -> str:
    """`](my picture.png)` as `](<my picture.png>)`: Logseq lets spaces stand in an address, which may name a page."""
    path = link["path"].strip()
    has_spaces = re.search(r"\s", path) and not _TITLED.fullmatch(path)
    return f"](<{path}>)" if has_spaces else link[0]


def _rewrite_plan(plan: re.Match[str]) -> str:
    """`SCHEDULED: <2021-05-31 Mon 10:00 .+1d>` as `Scheduled: [[2021-05-31]] 10:00, repeats .+1d`."""
    words = plan["rest"].split()
    time = "".join(f" {word}" for word in words if re.fullmatch(r"\d\d?:\d\d(?:-\d\d?:\d\d)?", word))
    repeats = "".join(
        f", repeats {word}" for word in words if re.fullmatch(r"(?:\.\+|\+\+?)\d+[hdwmy]", word)
    )
    return f"{plan[1].capitalize()}: [[{plan[2]}]]{time}{repeats}"


def _inline_code(text: str) -> str:
    """Inline code, fenced by more backticks than the text has in a row."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"
