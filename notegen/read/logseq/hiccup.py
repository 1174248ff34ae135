"""Hiccup, HTML in Clojure's brackets, as HTML: `[:b "so"]`. What may stand in a page is the sanitiser's to say."""

import re
from collections.abc import Callable, Mapping
from html import escape

from notegen.read.logseq.blocks import Block
from notegen.read.logseq.edn import read_form
from notegen.read.logseq.graph import LogseqGraph
from notegen.read.logseq.inline import asset_path
from notegen.regex import regex

_PHRASING = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time tt u var "
    "wbr".split()
)
_FLOW = frozenset(
    "address article aside audio blockquote caption center col colgroup dd details div dl dt figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr iframe input li main nav ol p pre section source summary table tbody "
    "td tfoot th thead tr ul video".split()
)
_NOTHING = frozenset({"script", "style"})
_VOID = frozenset("br col hr img input source wbr".split())

_NAME = r"[a-z][a-z0-9]*"
# Inline code is passed over, and so are the `[:b]` and `a[:p]` of programmers: most elements hold something.
_START = regex(
    r"(?P<code>`+)(?!`).*?(?<!`)(?P=code)(?!`)"
    rf"|(?P<form>(?<![\[\]!])\[:(?:{_NAME}(?=\s)|[bh]r(?=\]))|(?<![\w\[\]!])\[:{_NAME}(?=[.#]))"
)
_TAG = regex(rf":(?P<tag>{_NAME})(?P<marks>(?:[.#][\w-]+)*)")
# What Markdown, or Logseq, would find something in.
_MARKED = regex(r"[^\w\s,;?/.\-]")
_MARKED_IN_TAG = regex(r"[\[({^`\n]")
_ATTRIBUTE = regex(r":?(?P<name>[a-z][a-z-]*)")
_MAX_FORM_DEPTH = 40


class _TooDeepError(ValueError):
    pass


def rewrite_hiccup(block: Block, note: str, graph: LogseqGraph) -> None:
    """Puts HTML in the place of every form of Hiccup; what is none, or is not whole, stays as it is written.

    A form over several lines leaves its HTML on the first. Its text is text: Logseq finds no links in it either.
    """
    for index in range(len(block.texts)):
        position = 0
        while (text := block.texts[index]) and block.is_text(index) and "[:" in text:
            start = _START.search(text, position)
            if start is None:
                break
            position = start.end()
            if (start["form"] or "")[2:] in _PHRASING | _FLOW | _NOTHING:
                end = _put(block, index, start.start("form"), note, graph)
                if end is None:
                    return  # to try at every bracket would take time that grows with the square
                position = end


def _put(block: Block, index: int, start: int, note: str, graph: LogseqGraph) -> int | None:
    """Replaces the form at `start` of a line, and gives the index after its HTML; None if it is no whole form."""
    line = block.texts[index] or ""
    last, text = index, line
    found = read_form(line, start)
    if found is None:
        last = next((n for n in range(index, len(block.texts)) if block.code[n]), len(block.texts)) - 1
        text = "\n".join(part or "" for part in block.texts[index : last + 1])
        found = read_form(text, start)
    if found is None:
        return None
    form, end = found
    try:
        html = _form_html(form, lambda path: asset_path(path, note, graph), 0)
    except _TooDeepError:
        return None
    if not line[:start].strip() and not html.startswith("<wbr>"):
        html = f"<wbr>{html}"  # a line that begins with a tag is HTML to its end, and to the next empty line
    below = index + text.count("\n", 0, end)
    rest = text[end:].partition("\n")[0]
    html = html if rest.strip() else html.rstrip()
    block.texts[index] = line[:start] + html + rest
    block.texts[index + 1 : below + 1] = [None] * (below - index)
    return start + len(html)


def _form_html(form: object, asset: Callable[[str], str], depth: int) -> str:
    if depth > _MAX_FORM_DEPTH:
        raise _TooDeepError
    if isinstance(form, str):
        return _encode(_MARKED, " ".join(form.split("\n")))
    if not isinstance(form, tuple) or not form:
        return ""
    element = _TAG.fullmatch(form[0]) if isinstance(form[0], str) else None
    if element is None:
        return "".join(_form_html(child, asset, depth + 1) for child in form)
    stated = form[1] if len(form) > 1 and isinstance(form[1], dict) else {}
    attributes = _attributes(element["marks"], stated, asset)
    if element["tag"] in _NOTHING:
        return ""
    inner = "".join(_form_html(child, asset, depth + 1) for child in form[1:] if not isinstance(child, dict))
    tag = element["tag"]
    if tag == "iframe":  # a page asks no other host for anything
        address = attributes.get("src", "")
        return f'<a href="{address}">{address}</a> ' if address else ""
    if tag not in _PHRASING | _FLOW:
        return inner
    opening = "".join(f' {name}="{value}"' for name, value in attributes.items())
    after = "" if tag in _PHRASING else " "  # so that the words of two paragraphs do not run together
    return f"<{tag}{opening}>{after}" if tag in _VOID else f"<{tag}{opening}>{inner}</{tag}>{after}"


def _attributes(marks: str, stated: Mapping[str, object], asset: Callable[[str], str]) -> dict[str, str]:
    """Of `:div.note#top` and `{:class "x"}`, escaped; what is no text or number, as a map of styles, is left out."""
    found: dict[str, str] = {}
    classes = re.findall(r"\.([\w-]+)", marks)
    if id := re.search(r"#([\w-]+)", marks):
        found["id"] = id[1]
    for key, value in stated.items():
        name = _ATTRIBUTE.fullmatch(key)
        words = [word for word in value if isinstance(word, str)] if isinstance(value, tuple) else [value]
        texts = [word for word in words if isinstance(word, str)]
        if name and name["name"] == "class":
            classes += texts
        elif name and texts:
            text = " ".join(texts)
            is_path = name["name"] in ("src", "href") and re.match(r"[./]*assets/", text)
            found[name["name"]] = _encode(_MARKED_IN_TAG, escape(asset(text) if is_path else text))
        elif name and value is True:
            found[name["name"]] = ""
    return {"class": escape(" ".join(classes)), **found} if classes else found


def _encode(marks: re.Pattern[str], text: str) -> str:
    return marks.sub(lambda mark: f"&#{ord(mark[0])};", text)
