"""Links to private and encrypted notes: what they show says neither the note's name nor where it lies.

Words that the author gave a link stay, `[[secret/plan|my plan]]`; words that are the note's own name or path become two
neutral ones in the site's language. All this happens to the tokens, so that no sentence, heading, search or preview
ever holds the name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape, unescape
from urllib.parse import quote, unquote

from markdown_it.token import Token

from notegen.markdown.plain import source_text
from notegen.markdown.private_names import MIN_LOOSE, PrivateLinks
from notegen.model import Tool
from notegen.paths import CANVAS_SUFFIX, ORG_SUFFIX, slug
from notegen.regex import regex

_OF_APP = r"(?!https?:)[a-z][a-z\d+.-]{1,30}:"
_NAMES_NOTE = r"[?&](?:file|filename|filepath|note|notetitle|page|path|title)="
_APP = regex(
    rf"(?:(?:{_OF_APP}.*?{_NAMES_NOTE}|(?:obsidian|logseq)://vault/[^/]+/)"
    r"|(?:vscode(?:-insiders)?|vscodium|cursor|windsurf|zed)://file/)(?P<name>[^&]+?)(?::\d+)*(?=&|\Z)",
    re.IGNORECASE,
)
"""An address that opens a note in its program: Obsidian, Bear, NotePlan, iA Writer, an editor."""
_APP_IN_TEXT = regex(
    rf"\b(?:{_OF_APP}//[^\s<>]{{0,1000}}?{_NAMES_NOTE}|(?:obsidian|logseq)://vault/[^/\s<>]+/)([^&\s<>]+)",
    re.IGNORECASE,
)
_VAULT_IN_TEXT = regex(r"\b(dendron://[^\s/<>]{1,100}/[^\s<>()\[\]|\"'`#]{1,300})")
_SIZE = regex(r"\s*(?:\d{1,5}(?:%|em|px)?(?:\s*[x×]\s*\d{1,5}(?:px)?)?|left|right|center)?\s*")
_WIKI = regex(r"!?\[\[(?P<name>[^\[\]|]+)(?:\|(?P<words>[^\[\]]*))?\]\]")
_MARKDOWN = regex(r"!?\[(?P<words>[^\[\]]*)\]\(<?(?P<address>[^()<>]+)>?\)")
_REFERENCE = regex(r"\[\[([^\[\]]+)\]\]")
_STRING = regex(r"\"([^\"\n]{1,300})\"")
_QUOTED = regex(r"(?<!\w)'([^'\n]{1,300})'")
_CLICKED = regex(r"^[ \t]*(?:click|links?|callback)\b[^\n]*$", re.MULTILINE)
"""A line of a Mermaid diagram that makes a part of it a link."""
_CLICK_ADDRESS = regex(r"@[ \t]*([^\s\"]{1,300})")
_FORMULA_LINK = regex(r"(\\(?:href|url)[ \t]*)\{([^{}\n]{1,300})\}")
_HEADING_ASKED = regex(
    r"\bheading[ \t]+(?:does[ \t]+not[ \t]+)?(?:includes?|(?:regex[ \t]+)?match(?:es)?)[ \t]+/?([^\n]{1,300}?)"
    r"(?:/[a-z]*)?[ \t]*\)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LEFT_OVER = regex(r"\]\(<?([^()<>\n]{1,300})>?\)")
_HTML_TAG = regex(r"<(?P<tag>[a-zA-Z]\w*)\s[^<>]*>")
_ADDRESS = regex(r"\b(?:href|src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)
_SPOKEN = regex(r"\b(alt|title|aria-label|download)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)", re.IGNORECASE)
_QUERIES = frozenset("query dataview dataviewjs tasks base bases".split())
"""What Obsidian and its plugins call code that asks for notes, and is no code to its author."""
_ASKED = regex(r"\b(?:file|path):[ \t]*[(\"']*([^\s\"'()]{1,300})", re.IGNORECASE)
_ASKED_BARE = regex(
    r"(?:\b(?:includes?|contains|matches|name|from|is|are)\b|[:=]|^[ \t]*-)[ \t:/]*"
    r"([^\s\"'()\[\]{},:=][^\"()\[\]{},:=\n]{0,300}?)[ \t]*(?=$|[,)\]}]|/i?[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A value without quotes that reaches to the end of its line, as of Tasks' `path includes Plan`."""
_CODE = frozenset({"fence", "code_block"})
_INLINE_QUERY = regex(r"\$?=")
"""Begins code within a line that Dataview works out."""
_UNFINISHED = regex(r"\[\[\s*([^\[\]|#\n]{1,300}?)\s*(?=[\]|#\n]|\Z)")
"""The name in what would be a link, had it not been escaped or broken off."""
_ONE_BRACKET_SHORT = regex(r"\A\[([^\[\]|\n]{1,300})(?:\|[^\[\]\n]*)?\]\Z")
"""What is left of a link in the footnote `^[[Plan]]`, whose first bracket is the footnote's."""
_HTML_LINK = regex(r"(?P<open><a\s[^<>]*>)(?P<words>.*?)(?P<close></a\s*>)", re.IGNORECASE | re.DOTALL)
_BETWEEN_TAGS = regex(r"(<[^<>]*>)")
_ANY_TAG = regex(r"<[^<>]*>")


def mask_private_links(tokens: Sequence[Token], private: PrivateLinks, *, tool: Tool = "plain") -> None:
    """Puts the neutral words where a link would say the name of a private note; in Logseq, tags are links too."""
    if not private.names and not private.places:
        return
    inline = [child for token in tokens for child in token.children or ()]
    own = [child for child in inline if child.type == "wiki_link" and not child.meta["target"]]
    masked = {words for words in _said_of_private(inline, private) if words} if own else set()
    for index, token in enumerate(tokens):
        if token.type == "inline":
            if own:
                _mask_labels(token.children or [], masked, private)
            _mask_inline(token.children or [], private, tool)
            _mask_paths(token.children or [], private)
            if tool == "logseq":
                _mask_tags(token.children or [], private)
        elif token.type == "html_block":
            token.content = _mask_html(token.content, private)
        elif token.type.startswith("math_"):
            _mask_formula(token, private)
        elif token.type in _CODE:
            _mask_code(token, private, is_query=tool == "logseq" or _first_word(token.info) in _QUERIES)
        elif token.type == "diagram_links":
            _mask_diagram(tokens[index - 1], token, private)


def mask_properties(
    properties: Mapping[str, object], private: PrivateLinks, *, tool: Tool = "plain"
) -> dict[str, object]:
    """Front matter whose links to private notes say no name; Logseq's lose their brackets in reading."""
    if not private.names and not private.places and tool != "logseq":
        return dict(properties)
    if tool == "logseq":
        properties = {key: _mask_bare(key, value, private) for key, value in properties.items()}
    return {str(_mask_value(key, private)): _mask_value(value, private) for key, value in properties.items()}


def _mask_bare(key: str, value: object, private: PrivateLinks) -> object:
    if isinstance(value, list) and key in ("tags", "aliases"):
        named = (_REFERENCE.findall(item := str(one)) or [item] for one in value)
        return [name for names in named if not any(map(private.name, names)) for name in names]
    if not isinstance(value, str) or key == "permalink":
        return value
    if "[[" in value and value[0] == value[-1] == '"':  # what stands in quotes is no link
        value = _REFERENCE.sub(lambda link: _mask_reference(link, private), value[1:-1])
        return _REFERENCE.sub(r"\1", value)
    if key in ("title", "description"):  # in which commas separate no names
        return _REFERENCE.sub(lambda link: _mask_reference(link, private), value)
    return ", ".join(private.words_for(name) if private.name(name) else name for name in value.split(", "))


def _mask_reference(link: re.Match[str], private: PrivateLinks) -> str:
    name = link[1].partition("|")[0]
    return private.words_for(name) if private.name(name) or private.name(link[1]) else link[0]


def _mask_tags(children: Iterable[Token], private: PrivateLinks) -> None:
    for token in children:
        if token.type == "tag" and private.name(token.content):
            token.type, token.content = "text", private.words_for(token.content)


def _mask_value(value: object, private: PrivateLinks) -> object:
    match value:
        case [[str(name)]] if private.name(name.partition("|")[0]):  # `[[a]]` without quotes, in YAML
            return private.shown(name.partition("|")[2], name.partition("|")[0])
        case list(items):
            return [_mask_value(item, private) for item in items]
        case dict(table):
            return {_mask_value(key, private): _mask_value(item, private) for key, item in table.items()}
        case str(text):
            if text.strip().lower().endswith(private.endings) and private.name(text.strip()):
                return private.words_for(text.strip())
            return _mask_string(text, private)
        case _:
            return value


def _mask_written(link: re.Match[str], target: str, words: str, private: PrivateLinks) -> str:
    return private.shown(words, target) if private.name(target) else link[0]


def _mask_address(address: re.Match[str], private: PrivateLinks) -> str:
    """The words for the private note that an address opens, in its place."""
    names = (name for name in (address[1], unquote(address[1])) if private.name(name))
    return next((private.words_for(name) for name in names), address[0])


def _mask_either(link: re.Match[str], private: PrivateLinks) -> str:
    """Masks a link in code by what stands before its bar or, as Dendron has it, behind it."""
    name, words = link["name"], link["words"] or ""
    if not private.name(name) and private.name(words):
        name, words = words, name
    return _mask_written(link, name, words, private)


def _mask_paths(children: Iterable[Token], private: PrivateLinks, *, kind: str = "text") -> None:
    """Masks the paths of private notes that stand in the text, as what is left of a link that is none.

    Args:
        kind: of the tokens that are looked at.
    """
    for token in children:
        if token.type == kind:
            if kind == "text" and "](" in token.content:  # no link, since its address has spaces
                token.content = _MARKDOWN.sub(
                    lambda link: _mask_written(link, link["address"], link["words"], private), token.content
                )
            for pattern in _patterns_of_paths(token.content, private.endings):
                token.content = pattern.sub(
                    lambda path: (
                        path[0].replace(path[1], private.words_for(path[1]))
                        if private.name(path[1]) or private.name(unquote(path[1]))
                        else path[0]
                    ),
                    token.content,
                )


def _patterns_of_paths(text: str, endings: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    """Those that may match: a sign that all of one's matches have is looked for a hundred times as fast."""
    if "](" in text:
        yield _LEFT_OVER
    if "[[" in text:
        yield _UNFINISHED
    elif text[:1] == "[":
        yield _ONE_BRACKET_SHORT
    if "://" in text:
        yield _APP_IN_TEXT
        yield _VAULT_IN_TEXT
    if "." in text:
        lower = text.lower() if text.isascii() else ""
        if not lower or any(ending in lower for ending in (*endings, ORG_SUFFIX, CANVAS_SUFFIX)):
            yield _paths_in_text(endings)


@cache
def _paths_in_text(endings: tuple[str, ...]) -> re.Pattern[str]:
    suffixes = "|".join(map(re.escape, (*endings, ORG_SUFFIX, CANVAS_SUFFIX)))
    return re.compile(
        rf"(?<![^\s()\[\]<>\"'|])([^\s()\[\]<>\"'|]{{1,300}}(?:{suffixes}))(?![\w.-])", re.IGNORECASE
    )


def _mask_code(code: Token, private: PrivateLinks, *, is_query: bool) -> None:
    """Masks what leads to a private note in a block of code: other programs draw boxes, charts and maps of it.

    A name alone is text there as anywhere, but in a query.
    """
    if is_query:
        _mask_query(code, private)
    if "[" in code.content:
        text = _WIKI.sub(lambda link: _mask_either(link, private), code.content)
        code.content = _MARKDOWN.sub(lambda m: _mask_written(m, m["address"], m["words"], private), text)
    if "<" in code.content:  # words in a diagram may be HTML
        code.content = _HTML_LINK.sub(lambda link: _mask_anchor(link, private), code.content)
    code.content = _CLICKED.sub(lambda line: _with_strings_masked(line[0], private), code.content)
    code.info = _mask_string(code.info, private)  # a title is shown above it
    _mask_paths([code], private, kind=code.type)


def _with_strings_masked(line: str, private: PrivateLinks) -> str:
    for pattern in (_STRING, _CLICK_ADDRESS):
        line = pattern.sub(
            lambda name: (
                name[0].replace(name[1], private.words_for(name[1])) if private.name(name[1]) else name[0]
            ),
            line,
        )
    return line


def _mask_query(code: Token, private: PrivateLinks) -> None:
    """Masks the names that a query of Logseq's or Obsidian's asks for, which is shown as it is written."""
    if private.headings:
        code.content = _HEADING_ASKED.sub(lambda asked: _mask_heading(asked, private), code.content)
    for pattern in (_REFERENCE, _STRING, _QUOTED, _ASKED, _ASKED_BARE):
        code.content = pattern.sub(
            lambda name: (
                name[0].replace(name[1], private.words_for(name[1])) if private.name(name[1]) else name[0]
            ),
            code.content,
        )


def _mask_heading(asked: re.Match[str], private: PrivateLinks) -> str:
    anchor = slug(asked[1])
    is_private = len(anchor) >= MIN_LOOSE and any(anchor in heading for heading in private.headings)
    return asked[0].replace(asked[1], private.words) if is_private else asked[0]


_NAMING_NOTHING = frozenset(
    "text text_special softbreak hardbreak em_open em_close strong_open strong_close link_close tag".split()
)


def _mask_inline(children: list[Token], private: PrivateLinks, tool: Tool) -> None:
    for index, token in enumerate(children):
        if token.attrs and (title := str(token.attrs.get("title", ""))):
            token.attrs["title"] = _mask_string(title, private)
        if token.type in _NAMING_NOTHING:  # as most
            continue
        if token.type == "wiki_link":
            _mask_wiki_link(token, private, tool)
        elif token.type == "code_inline" and (tool == "logseq" or _INLINE_QUERY.match(token.content)):
            _mask_query(token, private)
        elif token.type.startswith("math_"):
            _mask_formula(token, private)
        elif token.type == "image" and not private.name(target := str(token.attrs.get("src", ""))):
            _mask_inline(token.children or [], private, tool)
            _mask_paths(token.children or [], private)
        elif token.type == "image":
            words = private.shown(_SIZE_OF.sub("", source_text(token.children)), target)
            token.children = [Token("text", "", 0, content=words)]
            if private.hides_place(target):
                token.attrs["src"] = f"{target.partition('#')[0]}#{quote(private.words)}"
        elif token.type == "link_open" and (app := _APP.match(unquote(str(token.attrs.get("href", ""))))):
            if private.name(target := app["name"]):
                token.attrs = {"href": quote(target)}  # a link to the note, which leads nowhere and is told
                _mask_words(list(_until(children, index + 1, "link_close")), target, private)
        elif token.type == "link_open" and private.name(target := str(token.attrs.get("href", ""))):
            _mask_words(list(_until(children, index + 1, "link_close")), target, private)
        elif token.type == "html_inline":
            token.content = _with_goals(token.content, private)
            target = _address_in(token.content)
            if not private.name(target):
                token.content = _mask_tag(token.content, private)
                continue
            if _HTML_TAG.fullmatch(token.content) and token.content[1:2].lower() == "a":
                _mask_words(list(_until_closed(children, index + 1)), target, private)
            token.content = _SPOKEN.sub("", token.content)


def _mask_formula(formula: Token, private: PrivateLinks) -> None:
    text = _FORMULA_LINK.sub(
        lambda link: f"{link[1]}{{}}" if private.name(link[2]) else link[0], formula.content
    )
    # Of money too, which looks like a formula: `$5 for [[Plan]] or 6$`.
    formula.content = _mask_string(text, private)


def _said_of_private(children: Sequence[Token], private: PrivateLinks) -> Iterator[str]:
    """What the links to private notes say of them, before it is masked."""
    for index, token in enumerate(children):
        if token.type == "wiki_link" and private.name(target := str(token.meta["target"])):
            yield from (str(token.meta["text"]), target)
        elif token.type == "link_open" and private.name(_goal_of(str(token.attrs.get("href", "")))):
            yield source_text(list(_until(children, index + 1, "link_close")))
        elif token.type == "html_inline" and private.name(_goal_of(_address_in(token.content))):
            yield source_text(list(_until_closed(children, index + 1)))
        elif token.type == "image":
            yield from _said_of_private(token.children or [], private)
        elif token.type == "text" or token.type.startswith("math_"):
            names = (*_WIKI.finditer(token.content), *_ONE_BRACKET_SHORT.finditer(token.content))
            yield from (found[1] for found in names if private.name(found[1]))


def _mask_labels(children: Iterable[Token], masked: Iterable[str], private: PrivateLinks) -> None:
    """Masks the words of links within the note that were made of a part with such a link, as the arrows of a board."""
    for token in children:
        if token.type == "wiki_link" and not token.meta["target"]:
            label = str(token.meta["text"])
            for words in masked:
                label = _without_end_of(label.replace(words, private.shown(words, words)), words, private)
            said = Token("text", "", 0, content=label)
            _mask_paths([said], private)
            token.meta["text"] = said.content


def _without_end_of(label: str, words: str, private: PrivateLinks) -> str:
    """The label, where it was cut off within the words."""
    shown = label.removesuffix(" …")
    if shown == label:
        return label
    for length in range(min(len(words), len(shown)), MIN_LOOSE - 1, -1):
        if shown.endswith(words[:length]):
            return f"{shown[:-length]}{private.shown(words, words)} …"
    return label


_SIZE_OF = regex(r"(?:\A|\|)\s*\d{1,5}(?:x\d{1,5})?\s*(?=\Z|\|)")


def _mask_wiki_link(token: Token, private: PrivateLinks, tool: Tool) -> None:
    meta = token.meta
    # What another program takes for the kind of a link, `[[author::Plan]]`; no file's name has a colon there.
    if ":" in meta["target"] and private.name(target := meta["target"].rpartition(":")[2]):
        meta["target"] = target
        meta["text"] = meta["text"] if meta["raw"].partition("|")[2] else ""
    if private.hides_place(place := f"{meta['target']}#{meta['fragment']}"):
        given = meta["raw"].partition("|")[2].strip("] ")
        if private.name(meta["target"]):  # what else is called so may be private
            meta["text"] = private.shown(given, place)
        elif not given or private.shown(given, place) != given:
            meta["text"] = "" if meta["kind"] == "embed" else meta["target"] or private.words
        if meta["kind"] == "embed":  # what is missing is named
            meta["fragment"] = private.words
        return
    if not private.name(meta["target"]):
        # Dendron has a link's words first: those of somebody who writes them last are a name.
        if tool == "dendron" and private.name(words := meta["text"].strip("\\ ")):
            meta["text"] = private.words_for(words)
        elif "[" in meta["text"] or "<" in meta["text"]:  # of a picture, whose caption is no Markdown
            meta["text"] = _mask_string(meta["text"], private)
        return
    given = meta["text"] if meta["raw"].partition("|")[2].strip("] ") else ""
    if meta["kind"] == "embed":
        given = "|".join(part for part in given.split("|") if not _SIZE.fullmatch(part))
    meta["text"] = private.shown(given, meta["target"])


def _until(children: Sequence[Token], start: int, end: str) -> Iterator[Token]:
    for token in children[start:]:
        if token.type == end:
            return
        yield token


def _until_closed(children: Sequence[Token], start: int) -> Iterator[Token]:
    """What stands in a link that is written in HTML, up to its end."""
    for token in children[start:]:
        if token.type == "html_inline" and token.content.lower().startswith("</a"):
            return
        yield token


def _mask_words(tokens: Sequence[Token], target: str, private: PrivateLinks) -> None:
    words = source_text(tokens)
    if private.shown(words, target) == words:
        return
    spoken = [token for token in tokens if token.type in ("text", "code_inline", "text_special", "image")]
    for token in spoken:
        token.type, token.content, token.children, token.meta = "text", "", None, {}
    if spoken:
        spoken[0].content = private.words_for(target)


def _mask_diagram(fence: Token, links: Token, private: PrivateLinks) -> None:
    """Hides the names in a diagram's source and in the list under it."""
    for link in links.meta["links"]:
        words = link["words"]
        if private.name(words.strip()):
            shown = private.words_for(words.partition("#")[0].strip())
            fence.content = fence.content.replace(words, shown)
            link["target"], link["words"] = words, shown


def _mask_html(html: str, private: PrivateLinks) -> str:
    html = _with_goals(html, private)

    def mask_link(link: re.Match[str]) -> str:
        target = _address_in(link["open"])
        if not private.name(target):
            return link[0]
        words = unescape(_ANY_TAG.sub("", link["words"]))
        shown = link["words"] if private.shown(words, target) == words else private.words_for(target)
        return f"{link['open']}{shown}{link['close']}"

    parts = _BETWEEN_TAGS.split(_HTML_LINK.sub(mask_link, html))
    parts[::2] = (_mask_left_over(words, private) for words in parts[::2])
    parts[1::2] = (_mask_tag(tag, private) for tag in parts[1::2])
    return "".join(parts)


def _mask_tag(tag: str, private: PrivateLinks) -> str:
    """Masks what an element's attributes say to people, of one that leads to a private note and of any other."""
    if private.name(_address_in(tag)):
        return _SPOKEN.sub("", tag)
    if "[" not in tag and "&" not in tag:
        return tag

    def mask_said(said: re.Match[str]) -> str:
        value = unescape(said[0].partition("=")[2].strip().strip("\"'"))
        masked = _mask_string(value, private)
        return said[0] if masked == value else f'{said[1]}="{escape(masked)}"'

    return _SPOKEN.sub(mask_said, tag)


def _mask_string(text: str, private: PrivateLinks) -> str:
    """Masks the links in words that are no Markdown to us, and may be that or HTML to others."""
    if "<" in text:
        text = _HTML_LINK.sub(lambda link: _mask_anchor(link, private), text)
        text = _HTML_TAG.sub(
            lambda tag: private.words_for(name) if private.name(name := _address_in(tag[0])) else tag[0], text
        )
    if "[" in text:
        text = _WIKI.sub(lambda m: _mask_written(m, m["name"], m["words"] or "", private), text)
        text = _MARKDOWN.sub(lambda m: _mask_written(m, _goal_of(m["address"]), m["words"], private), text)
    if "://" in text:
        text = _APP_IN_TEXT.sub(lambda m: _mask_address(m, private), text)
    return text


def _mask_anchor(link: re.Match[str], private: PrivateLinks) -> str:
    words = unescape(_ANY_TAG.sub("", link["words"]))
    return _mask_written(link, _goal_of(_address_in(link["open"])), words, private)


def _with_goals(html: str, private: PrivateLinks) -> str:
    """Tags in which what opens a private note in its program is a link to the note, which leads nowhere and is told."""

    def name_goal(found: re.Match[str]) -> str:
        goal = _goal_of(address := unescape(next(filter(None, found.groups()), "")))
        is_private = goal != address and private.name(goal)
        return f'{found[0].partition("=")[0]}="{quote(goal)}"' if is_private else found[0]

    return _ADDRESS.sub(name_goal, html) if "://" in html else html


def _goal_of(address: str) -> str:
    """The note that an address leads to, one that opens it in its program too."""
    app = _APP.match(unquote(address))
    return app["name"] if app else address


def _mask_left_over(words: str, private: PrivateLinks) -> str:
    """Words of HTML, where no link is read: masks what looks like one, and paths, as in a block of code."""
    if "[[" in words:
        words = _WIKI.sub(
            lambda link: _mask_written(link, unescape(link["name"]), link["words"] or "", private), words
        )
    token = Token("text", "", 0, content=words)
    _mask_paths([token], private)
    return token.content


def _address_in(tag: str) -> str:
    found = _ADDRESS.search(tag)
    return unescape(next(filter(None, found.groups()), "")) if found else ""


def _first_word(info: str) -> str:
    return info.strip().lower().partition(" ")[0]
