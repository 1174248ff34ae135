"""Links to private and encrypted notes: what they show says neither the note's name nor where it lies.

Words that the author gave a link stay, `[[secret/plan|my plan]]`; words that are the note's own name or path become two
neutral ones in the site's language. All this happens to the tokens, so that no sentence, heading, search or preview
ever holds the name.

A link that was read is a token and masked as one. Where none is read, in code, titles, front matter and text that is
left over, each form in which a name may be written is a pattern; a tuple of them says which forms a place may hold.
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
from notegen.text.listed import listed_texts

_OF_APP = r"(?!https?:)[a-z][a-z\d+.-]{1,30}:"
_NAMES_NOTE = r"[?&](?:file|filename|filepath|note|notetitle|page|path|title)="
_APP = regex(
    rf"(?:(?:{_OF_APP}.*?{_NAMES_NOTE}|(?:obsidian|logseq)://vault/[^/]+/)"
    r"|(?:vscode(?:-insiders)?|vscodium|cursor|windsurf|zed)://file/)(?P<name>[^&]+?)(?::\d+)*(?=&|\Z)",
    re.IGNORECASE,
)
"""An address that opens a note in its program: Obsidian, Bear, NotePlan, iA Writer, an editor."""
_LINK_TAG = regex(r"<a\s", re.IGNORECASE)
_HTML_LINK = regex(r"(?P<tag><a\s[^<>]*>)(?P<words>.*?)(?P<close></a\s*>)", re.IGNORECASE | re.DOTALL)
_BETWEEN_TAGS = regex(r"(<[^<>]*>)")
_ANY_TAG = regex(r"<[^<>]*>")
_ADDRESS = regex(r"\b(?:href|src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE)
_SPOKEN = regex(r"\b(alt|title|aria-label|download)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)", re.IGNORECASE)
_REFERENCE = regex(r"\[\[(?P<name>[^\[\]]+)\]\]")
_FORMULA_LINK = regex(r"(\\(?:href|url)[ \t]*)\{([^{}\n]{1,300})\}")
_CLICKED = regex(r"^[ \t]*(?:click|links?|callback)\b[^\n]*$", re.MULTILINE)
"""A line of a Mermaid diagram that makes a part of it a link."""
_QUERIES = frozenset("query dataview dataviewjs tasks base bases".split())
"""What Obsidian and its plugins call code that asks for notes, and is no code to its author."""
_INLINE_QUERY = regex(r"\$?=|(?:INPUT|VIEW|BUTTON)\[")
"""Begins code within a line that Dataview or Meta Bind works out."""
_HEADING_ASKED = regex(
    r"\bheading[ \t]+(?:does[ \t]+not[ \t]+)?(?:includes?|(?:regex[ \t]+)?match(?:es)?)[ \t]+/?([^\n]{1,300}?)"
    r"(?:/[a-z]*)?[ \t]*\)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SIZE = regex(r"\s*(?:\d{1,5}(?:%|em|px)?(?:\s*[x×]\s*\d{1,5}(?:px)?)?|left|right|center)?\s*")
_SIZE_OF = regex(r"(?:\A|\|)\s*\d{1,5}(?:x\d{1,5})?\s*(?=\Z|\|)")
_NAMING_NOTHING = frozenset(
    "text_special softbreak hardbreak em_open em_close strong_open strong_close link_close".split()
)

_Form = tuple[str, re.Pattern[str]]
"""One way in which a name may be written, behind a sign that it has in small letters, which is quick to look for.

Of a pattern with a group `words` all that is found gives way to what may be shown of it; of another only its `name`.
Where a `tag` of HTML names the note, its address is the name.
"""

_WIKI: _Form = ("[[", regex(r"!?\[\[(?P<name>[^\[\]|]+)(?:\|(?P<words>[^\[\]]*))?\]\]"))
_DENDRON: _Form = ("[[", regex(r"!?\[\[(?P<words>[^\[\]|]+)\|(?P<name>[^\[\]]+)\]\]"))
_MARKDOWN: _Form = ("](", regex(r"!?\[(?P<words>[^\[\]]*)\]\(<?(?P<name>[^()<>]+)>?\)"))
_ANCHOR: _Form = ("<a", _HTML_LINK)
_APP_ADDRESS = rf"\b(?:{_OF_APP}//[^\s<>]{{0,1000}}?{_NAMES_NOTE}|(?:obsidian|logseq)://vault/[^/\s<>]+/)(?P<name>[^&\s<>]+)"
_STRING: _Form = ('"', regex(r"\"(?P<name>[^\"\n]{1,300})\""))
_TEMPLATE: _Form = (
    "{",
    regex(
        r"\{(?:\{[<%]?|%-?)[ \t]*"
        r"(?:(?:include(?:_relative)?|embed|ref|relref|link|(?:post|asset)_(?:url|link|path))[ \t]+)?"
        r"[\"']?(?P<name>[^\s\"'{}%<>|]{1,300})[\"']?[^{}%<>\n]{0,300}[}%>]"
    ),
)
"""What inserts or links another note in a template: `{% post_url Plan %}`, `{{< include Plan.qmd >}}`, `{{Plan}}`."""
_ROLE = regex(r"\{(?:any|doc|download|numref|ref|term)\}\Z")
"""Stands before code within a line that is a link to a note in MyST, as `{doc}`plan`` is."""
_DIRECTIVE = regex(r"\{(?:include|literalinclude|tableofcontents|toctree)\}")
_LISTED: _Form = (
    "",
    regex(r"^[ \t]*(?:[^<>\n]{0,300}<)?(?P<name>[^<>\s][^<>\n]{0,300}?)>?[ \t]*$", re.MULTILINE),
)
"""A note in a list of them, `plan` or `My plan <plan>`."""
_ONE_BRACKET: _Form = ("[", regex(r"\A\[(?P<name>[^\[\]|\n]{1,300})(?:\|[^\[\]\n]*)?\]\Z"))
"""What is left of a link in the footnote `^[[Plan]]`, whose first bracket is the footnote's."""

_IN_WORDS: tuple[_Form, ...] = (
    _ANCHOR,
    ("<", regex(r"(?P<tag><[a-zA-Z]\w*\s[^<>]*>)(?P<words>)")),
    _WIKI,
    _MARKDOWN,
    ("://", regex(rf"{_APP_ADDRESS}(?P<words>)", re.IGNORECASE)),
)
"""The forms in words that notegen does not read as Markdown, and that may be Markdown or HTML to others."""
_IN_CODE: tuple[_Form, ...] = (_WIKI, _DENDRON, _MARKDOWN, _ANCHOR)  # words in a diagram may be HTML
_IN_CLICK: tuple[_Form, ...] = (_STRING, ("@", regex(r"@[ \t]*(?P<name>[^\s\"]{1,300})")))
_IN_QUERY: tuple[_Form, ...] = (
    ("[[", _REFERENCE),
    _STRING,
    ("'", regex(r"(?<!\w)'(?P<name>[^'\n]{1,300})'")),
    (":", regex(r"\b(?:file|path):[ \t]*[(\"']*(?P<name>[^\s\"'()]{1,300})", re.IGNORECASE)),
    # A value without quotes that reaches to the end of its line, as of Tasks' `path includes Plan`.
    ("", regex(
        r"(?:\b(?:includes?|contains|matches|name|from|is|are)\b|[:=]|^[ \t]*-)[ \t:/]*"
        r"(?P<name>[^\s\"'()\[\]{},:=][^\"()\[\]{},:=\n]{0,300}?)[ \t]*(?=$|[,)\]}]|/i?[ \t]*$)",
        re.IGNORECASE | re.MULTILINE,
    )),
)  # fmt: skip


@cache
def _in_text(endings: tuple[str, ...]) -> tuple[_Form, ...]:
    """Of text: what is left of links that are none, since they have spaces, are escaped or broken off, and paths."""
    suffixes = (*endings, ORG_SUFFIX, CANVAS_SUFFIX)
    ends = "|".join(map(re.escape, suffixes))
    path = re.compile(
        rf"(?<![^\s()\[\]<>\"'|])(?P<name>[^\s()\[\]<>\"'|]{{1,300}}(?:{ends}))(?![\w.-])", re.IGNORECASE
    )
    return (
        _MARKDOWN,
        ("](", regex(r"\]\(<?(?P<name>[^()<>\n]{1,300})>?\)")),
        ("[[", regex(r"\[\[\s*(?P<name>[^\[\]|#\n]{1,300}?)\s*(?=[\]|#\n]|\Z)")),
        _ONE_BRACKET,
        _TEMPLATE,
        (":", regex(r"\b(?:include|xref|link):{1,2}(?P<name>[^\s\[\]:]{1,300})(?=\[)")),
        ("://", regex(_APP_ADDRESS, re.IGNORECASE)),
        ("dendron:", regex(r"\b(?P<name>dendron://[^\s/<>]{1,100}/[^\s<>()\[\]|\"'`#]{1,300})")),
        *((suffix, path) for suffix in suffixes),
    )


def _masked(text: str, forms: Iterable[_Form], private: PrivateLinks) -> str:
    """The text with each name of a private note that is written in one of the forms taken out."""
    small = text.casefold()
    for sign, pattern in forms:
        if sign in small:
            text = pattern.sub(lambda found: _mask_found(found, private), text)
    return text


def _mask_found(found: re.Match[str], private: PrivateLinks) -> str:
    groups = found.groupdict()
    written = groups["name"] if "name" in groups else _address_in(groups["tag"])
    if "words" not in groups:
        is_private = any(map(private.name, {written, unquote(written)}))
        return found[0].replace(written, private.words_for(written)) if is_private else found[0]
    goal = _goal_of(written)
    target = next(filter(private.name, dict.fromkeys((goal, unquote(goal), unescape(goal)))), None)
    words = groups["words"] or ""
    if target is None:
        return found[0]
    return private.shown(unescape(_ANY_TAG.sub("", words)) if "tag" in groups else words, target)


def mask_private_links(tokens: Sequence[Token], private: PrivateLinks, *, tool: Tool = "plain") -> None:
    """Puts the neutral words where a link would say the name of a private note; in Logseq, tags are links too."""
    if not private.names and not private.places:
        return
    inline = [child for token in tokens for child in token.children or ()]
    own = any(child.type == "wiki_link" and not child.meta["target"] for child in inline)
    names = {name for name in _names_said(inline, private) if name} if own else ()
    _mask(tokens, private, tool, sorted(names, key=lambda name: (-len(name), name)))


def _mask(tokens: Sequence[Token], private: PrivateLinks, tool: Tool, names: Sequence[str]) -> None:
    """Masks the tokens, and those within them.

    Args:
        names: what links to private notes say, and links within the note may say too; the longest first.
    """
    in_text = _in_text(private.endings)
    for index, token in enumerate(tokens):
        if token.attrs and (title := str(token.attrs.get("title", ""))):
            token.attrs["title"] = _masked(title, _IN_WORDS, private)
        match token.type:
            case "text":
                token.content = _masked(token.content, in_text, private)
            case kind if kind in _NAMING_NOTHING:
                pass
            case "inline":
                _mask(token.children or (), private, tool, names)
                _mask_tags(token.children or (), private, all_link=tool == "logseq")
            case "wiki_link":
                if not token.meta["target"]:
                    token.meta["text"] = _masked_label(token.meta["text"], names, private)
                _mask_wiki_link(token, private, tool)
            case "link_open" if private.name(goal := _goal_of(href := str(token.attrs.get("href", "")))):
                if goal != href:
                    token.attrs = {"href": quote(goal)}  # a link to the note, which leads nowhere and is told
                _mask_words(_words_of(tokens, index), goal, private)
            case "image" if private.name(target := str(token.attrs.get("src", ""))):
                words = private.shown(_SIZE_OF.sub("", source_text(token.children)), target)
                token.children = [Token("text", "", 0, content=words)]
                if private.hides_place(target):
                    token.attrs["src"] = f"{target.partition('#')[0]}#{quote(private.words)}"
            case "image":
                _mask(token.children or (), private, tool, names)
            case "html_block" | "html_inline":
                token.content = _mask_html(token.content, private)
                if token.type == "html_inline" and private.name(target := _address_in_link(token)):
                    _mask_words(_words_of(tokens, index), target, private)
            case "code_inline" if index and _ROLE.search(tokens[index - 1].content):
                token.content = _masked(token.content, (_LISTED,), private)
            case "code_inline" if tool == "logseq" or _INLINE_QUERY.match(token.content):
                token.content = _mask_query(token.content, private)
            case "fence" | "code_block":
                _mask_code(token, private, is_query=tool == "logseq" or _first_word(token.info) in _QUERIES)
            case "diagram_links":
                _mask_diagram(tokens[index - 1], token, private)
            case kind if kind.startswith("math_"):
                token.content = _mask_formula(token.content, private)


def _names_said(tokens: Sequence[Token], private: PrivateLinks) -> Iterator[str]:
    """The names of private notes that links say, before they are masked."""
    for index, token in enumerate(tokens):
        match token.type:
            case "wiki_link" if private.name(target := token.meta["target"]):
                yield from (_name_in(token.meta["text"], target, private), target)
            case "link_open" if private.name(goal := _goal_of(str(token.attrs.get("href", "")))):
                yield _name_in(source_text(_words_of(tokens, index)), goal, private)
            case "html_inline" if private.name(goal := _goal_of(_address_in_link(token))):
                yield _name_in(source_text(_words_of(tokens, index)), goal, private)
            case "image":
                yield from _names_said(token.children or (), private)
            case kind if kind == "text" or kind.startswith("math_"):
                written = (
                    found["name"]
                    for _, form in (_WIKI, _ONE_BRACKET)
                    for found in form.finditer(token.content)
                )
                yield from filter(private.name, written)


def _name_in(words: str, target: str, private: PrivateLinks) -> str:
    return "" if private.shown(words, target) == words else words


def _masked_label(label: str, names: Sequence[str], private: PrivateLinks) -> str:
    """The words of a link within the note, which were made of a part that has others, as the arrows of a board are."""
    if names:
        label = re.sub("|".join(map(re.escape, names)), lambda name: private.words_for(name[0]), label)
    for name in names:
        label = _without_end_of(label, name, private)
    return _masked(label, _in_text(private.endings), private)


def _without_end_of(label: str, name: str, private: PrivateLinks) -> str:
    """The label, where it was cut off within the name."""
    shown = label.removesuffix(" …")
    if shown == label:
        return label
    for length in range(min(len(name), len(shown)), MIN_LOOSE - 1, -1):
        if shown.endswith(name[:length]):
            return f"{shown[:-length]}{private.words_for(name)} …"
    return label


def _mask_wiki_link(link: Token, private: PrivateLinks, tool: Tool) -> None:
    meta = link.meta
    given = meta["raw"].partition("|")[2].strip("] ")
    # What another program takes for the kind of a link, `[[author::Plan]]`; no file's name has a colon there.
    if ":" in meta["target"] and private.name(target := meta["target"].rpartition(":")[2]):
        meta["target"] = target
        meta["text"] = meta["text"] if given else ""
    is_embed = meta["kind"] == "embed"
    if private.hides_place(place := f"{meta['target']}#{meta['fragment']}"):
        if private.name(meta["target"]):  # what else is called so may be private
            meta["text"] = private.shown(given, place)
        elif not given or private.shown(given, place) != given:
            meta["text"] = "" if is_embed else meta["target"] or private.words
        if is_embed:  # what is missing is named
            meta["fragment"] = private.words
    elif private.name(meta["target"]):
        words = meta["text"] if given else ""
        if is_embed:
            words = "|".join(part for part in words.split("|") if not _SIZE.fullmatch(part))
        meta["text"] = private.shown(words, meta["target"])
    elif tool == "dendron" and private.name(words := meta["text"].strip("\\ ")):
        meta["text"] = private.words_for(
            words
        )  # its links have their words first, unless somebody writes them last
    else:
        meta["text"] = _masked(meta["text"], _IN_WORDS, private)  # a picture's caption is no Markdown


def _mask_words(tokens: Sequence[Token], target: str, private: PrivateLinks) -> None:
    words = source_text(tokens)
    if private.shown(words, target) == words:
        return
    spoken = [token for token in tokens if token.type in ("text", "code_inline", "text_special", "image")]
    for token in spoken:
        token.type, token.content, token.children, token.meta = "text", "", None, {}
    if spoken:
        spoken[0].content = private.words_for(target)


def _words_of(tokens: Sequence[Token], opening: int) -> Sequence[Token]:
    """The tokens between those that open a link, in Markdown or in HTML, and that close it."""
    closing, start = ("html_inline", "</a") if tokens[opening].type == "html_inline" else ("link_close", "")
    for end in range(opening + 1, len(tokens)):
        if tokens[end].type == closing and tokens[end].content.lower().startswith(start):
            return tokens[opening + 1 : end]
    return tokens[opening + 1 :]


def _mask_tags(tokens: Iterable[Token], private: PrivateLinks, *, all_link: bool) -> None:
    """Masks tags that lead to notes: all of Logseq's, elsewhere `#[[Plan]]`, which holds a link to other programs."""
    for token in tokens:
        links = token.type == "tag" and (all_link or token.markup.startswith("#[["))
        if links and private.name(token.content):
            token.type, token.content = "text", private.words_for(token.content)


def _mask_formula(formula: str, private: PrivateLinks) -> str:
    text = _FORMULA_LINK.sub(lambda link: f"{link[1]}{{}}" if private.name(link[2]) else link[0], formula)
    return _masked(
        text, _IN_WORDS, private
    )  # of money too, which looks like a formula: `$5 for [[Plan]] or 6$`


def _mask_code(code: Token, private: PrivateLinks, *, is_query: bool) -> None:
    """Masks what leads to a private note in a block of code: other programs draw boxes, charts and maps of it.

    A name alone is text there as anywhere, but in a query.
    """
    text = _mask_query(code.content, private) if is_query else code.content
    text = _masked(text, _IN_CODE, private)
    if _DIRECTIVE.match(code.info):
        text = _masked(text, (_LISTED,), private)
    text = _CLICKED.sub(lambda line: _masked(line[0], _IN_CLICK, private), text)
    code.content = _masked(text, _in_text(private.endings), private)
    code.info = _masked(
        code.info, (*_IN_WORDS, *_in_text(private.endings)), private
    )  # a title is shown above it


def _mask_query(text: str, private: PrivateLinks) -> str:
    """Masks the names that a query of Logseq's or Obsidian's asks for, which is shown as it is written."""
    if private.headings:
        text = _HEADING_ASKED.sub(lambda asked: _mask_heading(asked, private), text)
    return _masked(text, _IN_QUERY, private)


def _mask_heading(asked: re.Match[str], private: PrivateLinks) -> str:
    anchor = slug(asked[1])
    is_private = len(anchor) >= MIN_LOOSE and any(anchor in heading for heading in private.headings)
    return asked[0].replace(asked[1], private.words) if is_private else asked[0]


def _mask_diagram(fence: Token, links: Token, private: PrivateLinks) -> None:
    """Hides the names in a diagram's source and in the list under it."""
    for link in links.meta["links"]:
        words = link["words"]
        if private.name(words.strip()):
            shown = private.words_for(words.partition("#")[0].strip())
            fence.content = fence.content.replace(words, shown)
            link["target"], link["words"] = words, shown


def _mask_html(html: str, private: PrivateLinks) -> str:
    def mask_link(link: re.Match[str]) -> str:
        target = _address_in(link["tag"])
        words = unescape(_ANY_TAG.sub("", link["words"]))
        is_said = private.name(target) and private.shown(words, target) != words
        return f"{link['tag']}{private.words_for(target)}{link['close']}" if is_said else link[0]

    parts = _BETWEEN_TAGS.split(_HTML_LINK.sub(mask_link, _with_goals(html, private)))
    in_text = (_WIKI, *_in_text(private.endings))  # no link of Markdown's is read there
    parts[::2] = (_masked(words, in_text, private) for words in parts[::2])
    parts[1::2] = (_mask_tag(tag, private) for tag in parts[1::2])
    return "".join(parts)


def _with_goals(html: str, private: PrivateLinks) -> str:
    """Tags in which what opens a private note in its program is a link to the note, which leads nowhere and is told."""

    def name_goal(found: re.Match[str]) -> str:
        goal = _goal_of(address := unescape(next(filter(None, found.groups()), "")))
        is_private = goal != address and private.name(goal)
        return f'{found[0].partition("=")[0]}="{quote(goal)}"' if is_private else found[0]

    return _ADDRESS.sub(name_goal, html) if "://" in html else html


def _mask_tag(tag: str, private: PrivateLinks) -> str:
    """Masks what an element's attributes say to people, of one that leads to a private note and of any other."""
    if private.name(_address_in(tag)):
        return _SPOKEN.sub("", tag)
    if "[" not in tag and "&" not in tag:
        return tag

    def mask_said(said: re.Match[str]) -> str:
        value = unescape(said[0].partition("=")[2].strip().strip("\"'"))
        masked = _masked(value, _IN_WORDS, private)
        return said[0] if masked == value else f'{said[1]}="{escape(masked)}"'

    return _SPOKEN.sub(mask_said, tag)


def _address_in(tag: str) -> str:
    found = _ADDRESS.search(tag)
    return unescape(next(filter(None, found.groups()), "")) if found else ""


def _address_in_link(tag: Token) -> str:
    """Where a tag of HTML within a line leads that opens a link; nothing for another tag."""
    return _address_in(tag.content) if _LINK_TAG.match(tag.content) else ""


def _goal_of(address: str) -> str:
    """The note that an address leads to, one that opens it in its program too."""
    app = _APP.match(unquote(address))
    return app["name"] if app else address


def _first_word(info: str) -> str:
    return info.strip().lower().partition(" ")[0]


_NAME_KEYS = frozenset({"tag", "tags", "alias", "aliases"})


def mask_properties(
    properties: Mapping[str, object], private: PrivateLinks, *, tool: Tool = "plain"
) -> dict[str, object]:
    """Front matter whose links to private notes say no name; Logseq's lose their brackets in reading."""
    if tool == "logseq":
        properties = {key: _mask_bare(key, value, private) for key, value in properties.items()}
    elif not private.names and not private.places:
        return dict(properties)
    masked = {
        str(_mask_value(key, private)): _mask_value(value, private) for key, value in properties.items()
    }
    # What stands for a name is no tag, and no name of this note.
    names = {key: value for key, value in properties.items() if key in _NAME_KEYS and masked[key] != value}
    return masked | {key: [*_public_names(value, private)] for key, value in names.items()}


def _public_names(value: object, private: PrivateLinks) -> Iterator[str]:
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
    for part in parts:
        if _mask_value([part], private) == [part]:
            yield from listed_texts(part)


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
            return _masked(text, _IN_WORDS, private)
        case _:
            return value
