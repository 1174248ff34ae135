"""Hugo's shortcodes: `{{< figure src="a.png" >}}`, `{{% notice %}}…{{% /notice %}}`, `{{< ref "a.md" >}}`.

Only the site's own templates know what each makes, so it is read by its name and its arguments. One that names a
picture, a film or a sound is that. A reference is an address, a card a link with its words, and one that names a note
embeds it. A pair is a callout if it is called like one; else it shows what it encloses. Any other is shown as code,
whole. In code they are text.
`hidden` leaves out what a pair called `comment` encloses.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape, unescape
from posixpath import splitext

from msgspec import Struct

from notegen.model import REMOVED_LINE
from notegen.paths import NOTE_SUFFIXES, PICTURE_SUFFIXES
from notegen.read.code_spans import as_code, as_text, code_ranges, is_within
from notegen.regex import regex
from notegen.text.callout_kinds import CALLOUT_KINDS

_HINT = regex(r"\{\{[<%]")
_STRING = r"\"(?>(?:[^\"\\\n]|\\.|\n(?![ \t]*\n)){0,1000})\"|`[^`]{0,1000}`"
_SHORTCODE = regex(
    rf"\{{\{{[<%][ \t\n]*(?P<slash>/?)[ \t]*(?P<name>[a-zA-Z][\w./-]*)"
    rf"(?P<arguments>(?>(?:{_STRING}|[^\"`{{}}<>%\n]|\n(?![ \t]*\n)|[<>%](?!\}}\}}))*))[>%]\}}\}}"
)
_ESCAPED = regex(r"\{\{(?P<open>[<%])/\*(?P<inner>[^{}\n]*?)\*/(?P<close>[>%])\}\}")
_ARGUMENT = regex(
    r"(?:(?P<name>[\w-]+)[ \t\n]*=[ \t\n]*)?(?:\"(?P<text>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`=]+))"
)
# Found by the line's end above it, which is far quicker than by a line's beginning.
_HTML_BLOCK = regex(r"\n[ ]{0,3}</?[a-zA-Z][^\n]*(?:\n(?![ \t]*\n)[^\n]+)*")
_IN_ADDRESS = regex(r"(?:\]\([^()\s]*|=[ \t]*[\"'][^\"'<>]*)\Z")
_MARKED = regex(r"[*\\]|(?<!\w)_|_(?!\w)")
"""Words with marks of their own: others around them might be read as the ends of theirs."""
_IN_CAPTION = regex(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|(?<!\w)(?P<sign>[*_])(?P<em>[^*_\s](?:[^*_]*[^*_\s])?)(?P=sign)(?!\w)"
    r"|(?<!!)\[(?P<words>[^\[\]]+)\]\((?P<address>[^()\s]+)\)"
)
_ID = regex(r"[\w-]{1,100}")
_LANGUAGE = regex(r"[\w+#.-]{1,40}")

_SHOWN_SUFFIXES = PICTURE_SUFFIXES | frozenset(
    ".flac .m4a .mp3 .ogg .wav .mkv .mov .mp4 .ogv .webm .pdf".split()
)
_SOURCES = ("src", "source", "image", "img", "file", "filename", "path", "url", "")
_TITLES = ("title", "summary", "header", "label", "name")
_TITLED = frozenset("accordion collapse details expand expandable spoiler tab tabitem".split())
_FOLDING = frozenset("collapse details expand expandable spoiler".split())
_CALLOUTS = frozenset("admonition admonitions alert callout hint notice notification".split())
"""Pairs that say by an argument which kind of callout they are."""
_KIND_NAMES = ("type", "style", "context", "color", "level", "kind", "variant", "status", "0")
HOSTS: Mapping[str, str] = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}/{}",
    "tweet": "https://twitter.com/{}/status/{}",
    "x": "https://x.com/{}/status/{}",
}
_CONTENTS = frozenset({"toc", "tableofcontents", "table-of-contents"})
"""What lists a page's headings, which a page of ours does by itself."""
_REFERENCES = frozenset({"ref", "relref"})
_TOPS = frozenset({"baseurl", "base-url", "base_url", "siteurl", "site-url", "site_url"})
_CODE = frozenset({"highlight", "mermaid"})
_BUTTONS = frozenset({"button", "btn", "link", "a"})
_GOALS = ("href", "relref", "ref", "link", "url")
_MAX_WORDS = 1000
"""Letters of what becomes a link or a formula."""
_QUOTATIONS = frozenset({"quote", "blockquote", "epigraph", "pullquote", "cite"})
_SAID_BY = ("author", "by", "attribution", "cite", "source", "title")
"""Whom and what a quotation is from, which stands over it."""
_INCLUDES = frozenset(
    "include includes readfile read-file import transclude snippet md markdown page".split()
)
_NOTE_NAME = regex(r"[^\[\]|#^<>\n]+")
_ICONS = frozenset("icon icons fa fas fab far fontawesome iconify emojify".split())
_BADGES = frozenset("badge label pill chip tag".split())
_WORDS = ("content", "text", "label", "title", "name", "value", "0")
_SUBTITLES = ("subtitle", "description", "content", "text")
_FORMULAS = frozenset({"katex", "mathjax", "latex", "tex"})
_FENCE = "`````"


class _Shortcode(Struct, frozen=True):
    match: re.Match[str]
    name: str
    is_end: bool

    def arguments(self) -> dict[str, str]:
        """By name; those without one under `0`, `1` and so on."""
        found: dict[str, str] = {}
        for argument in _ARGUMENT.finditer(self.match["arguments"].strip().removesuffix("/")):
            value = argument["raw"] or argument["bare"] or re.sub(r"\\(.)", r"\1", argument["text"] or "")
            found.setdefault((argument["name"] or str(len(found))).lower(), " ".join(value.split()))
        return found


def without_shortcodes(text: str, *, with_divs: bool = True) -> str:
    """The text with what each shortcode stands for; lines keep their numbers. Total.

    Args:
        with_divs: whether blocks between colons are read in this text, so that a pair can be one.
    """
    if not _HINT.search(text):
        return text
    html = [(match.start(), match.end() - 1) for match in _HTML_BLOCK.finditer(f"\n{text}")]
    pieces: list[str] = []
    position = 0
    for code, partner in _paired(text):
        start, end = code.match.span()
        written = code.match[0]
        in_html = is_within(html, start)
        plain = (with_divs and not in_html and _div(code, partner, text)) or _plain(
            code, partner, text, in_html=in_html
        )
        if "\n" in written or (not plain and _is_alone(text, start, end)):
            plain, end = _over_lines(plain, written, text, end)
        pieces += text[position:start], plain
        position = end
    return _ESCAPED.sub(r"{{\g<open>\g<inner>\g<close>}}", "".join([*pieces, text[position:]]))


def _paired(text: str) -> Iterator[tuple[_Shortcode, "_Shortcode | None"]]:
    """Each shortcode outside code, with the one that closes or opens it."""
    code = code_ranges(text)
    found = [
        _Shortcode(match, match["name"].lower(), bool(match["slash"]))
        for match in _SHORTCODE.finditer(text)
        if not is_within(code, match.start()) and not _touches_hidden(match)
    ]
    open_: dict[str, list[int]] = defaultdict(list)
    partners: dict[int, int] = {}
    for number, shortcode in enumerate(found):
        if not shortcode.is_end:
            open_[shortcode.name].append(number)
        elif open_[shortcode.name]:
            partners[number] = open_[shortcode.name].pop()
            partners[partners[number]] = number
    for number, shortcode in enumerate(found):
        yield shortcode, found[partners[number]] if number in partners else None


def _touches_hidden(shortcode: re.Match[str]) -> bool:
    """Whether it hides something, or holds what may begin or end what is hidden: such a one stays as it is."""
    written = shortcode[0]
    return (
        shortcode["name"].lower() == "comment"
        or "%%" in written
        or "<!--" in written
        or "-->" in written
        or written.count("`") % 2 == 1
    )


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on its line."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return not before.strip() and not text[end : _line_end(text, end)].strip()


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _over_lines(plain: str, written: str, text: str, end: int) -> tuple[str, int]:
    """What stands for one of several lines, as many lines; what stands behind it goes on where it did."""
    lines = written.count("\n")
    if not lines:
        return plain, end
    rest_end = _line_end(text, end)
    rest = text[end:rest_end]
    if "{{" in rest or rest.strip():
        return "\n".join([plain, *[REMOVED_LINE] * (lines - 1), ""]), end
    return "\n".join([plain, *[REMOVED_LINE] * lines]), rest_end


def _plain(code: _Shortcode, partner: _Shortcode | None, text: str, *, in_html: bool) -> str:
    """What stands for one shortcode."""
    start, end = code.match.span()
    arguments = {} if code.is_end else code.arguments()
    before = text[max(0, start - 300) : start]
    if code.name in _REFERENCES and (path := arguments.get("0") or arguments.get("path")):
        return _address(path, before)
    if code.name in _TOPS:
        return "" if text.startswith("/", end) else "/"
    if code.name in _CODE and partner and not in_html:
        is_block = _is_alone(text, *code.match.span()) and _is_alone(text, *partner.match.span())
        return _fence(code, arguments) if is_block else ""
    if not code.is_end and (file := _file_of(arguments)):
        return _shown(file, arguments, as_html=in_html)
    # What is a block on its site ends its line: two films under each other are no sentence.
    line_end = "  " if not in_html and _is_alone(text, start, end) else ""
    if partner:
        title = _title(code, arguments)
        return _around(code, partner, text) or (title and title + (line_end or " "))
    if host := _address_elsewhere(code.name, arguments):
        words = arguments.get("title", "")
        if in_html:
            return f'<a href="{escape(host)}">{escape(words or host, quote=False)}</a>'
        return (f"[{as_text(words)}](<{host}>)" if words else f"<{host}>") + line_end
    if code.name in _CONTENTS:
        return ""
    if _IN_ADDRESS.search(before):
        return code.match[0]
    words = "" if in_html or code.is_end else _words(code.name, arguments)
    return "" if code.name in _ICONS else words + line_end if words else as_code(code.match[0])


def _words(name: str, arguments: Mapping[str, str]) -> str:
    """What one shows that stands alone and names a note, says a word or is a card; empty for any other."""
    named = next((arguments[key] for key in _SOURCES if arguments.get(key)), arguments.get("0", ""))
    if name in _INCLUDES and named.lower().endswith(NOTE_SUFFIXES) and _NOTE_NAME.fullmatch(named):
        return f"![[{named}]]"
    if name in _BADGES:
        return as_text(next((arguments[key] for key in _WORDS if arguments.get(key)), ""))
    goal, title = (
        next((arguments[key] for key in _GOALS if arguments.get(key)), ""),
        arguments.get("title", ""),
    )
    if not goal or not title:
        return ""
    below = next((arguments[key] for key in _SUBTITLES if arguments.get(key)), "")
    return f"[{as_text(title)}](<{_bracketed(goal)}>) {as_text(below)}".rstrip()


def _div(code: _Shortcode, partner: _Shortcode | None, text: str) -> str:
    """A line of colons for one end of a pair that is a callout or folds; empty for any other."""
    if partner is None or code.name not in _FOLDING | _CALLOUTS | _QUOTATIONS | CALLOUT_KINDS.keys():
        return ""
    if not (_is_alone(text, *code.match.span()) and _is_alone(text, *partner.match.span())):
        return ""
    if code.is_end:
        return ":::"
    arguments = code.arguments()
    names = _KIND_NAMES if code.name in _CALLOUTS else ()
    stated = next((name for name in names if arguments.get(name, "").lower() in CALLOUT_KINDS), "")
    if code.name in _FOLDING:
        kind = "details"
    elif code.name in _QUOTATIONS:
        kind, arguments = "quote", {"title": _said_by(arguments)}
    else:
        kind = arguments[stated] if stated else code.name if code.name in CALLOUT_KINDS else "note"
    # Behind a kind without a name stands the title; before it, of some theme's alerts, the name of an icon.
    unnamed = "" if code.name == "alert" else arguments.get("1" if stated == "0" else "0", "")
    title = next((arguments[name] for name in _TITLES if arguments.get(name)), unnamed)
    return f"::: {kind.lower()} {as_text(title)}".rstrip()


def _said_by(arguments: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(arguments[name] for name in _SAID_BY if arguments.get(name)))


def _around(code: _Shortcode, partner: _Shortcode, text: str) -> str:
    """What one end of a pair is that makes a link or a formula of what it encloses on its line; empty for others."""
    first, last = (partner, code) if code.is_end else (code, partner)
    start, end = first.match.end(), last.match.start()
    enclosed = text[start:end] if first.name in _BUTTONS | _FORMULAS and end - start < _MAX_WORDS else ""
    if "\n" in enclosed or "{{" in enclosed or not enclosed.strip():
        return ""
    if first.name in _FORMULAS and "$" not in enclosed and enclosed == enclosed.strip():
        return "$"
    arguments = first.arguments() if first.name in _BUTTONS else {}
    goal = next((arguments[name] for name in _GOALS if arguments.get(name)), "")
    if not goal or any(sign in enclosed for sign in "[]<`"):
        return ""
    return f"](<{_bracketed(goal)}>)" if code.is_end else "["


def _address(path: str, before: str) -> str:
    """A page's path as an address, within the brackets, quotes or text that it stands in."""
    if before.endswith("<") and not before.endswith(("(<", ": <")):
        return f"./{escape(path)}"  # `<b>` were an element
    if before.endswith(('"', "'", "<")):
        return escape(path)
    if before.endswith(("(", "]: ")):
        return f"<{path}>" if " " in path and "<" not in path else path
    # In a text Hugo shows the address; nobody reads it for itself.
    return f"[{as_text(path)}](<{_bracketed(path)}>)"


def _fence(code: _Shortcode, arguments: Mapping[str, str]) -> str:
    language = code.name if code.name == "mermaid" else arguments.get("0", "")
    return _FENCE if code.is_end or not _LANGUAGE.fullmatch(language) else _FENCE + language


def _file_of(arguments: Mapping[str, str]) -> str:
    """The first argument that names a file which a page can show; empty for none."""
    stated = (arguments.get(name or "0", "") for name in _SOURCES)
    return next((value for value in stated if is_shown(value)), "")


def is_shown(value: str) -> bool:
    """Whether an argument names a file that a page can show."""
    return "." in value and splitext(re.split(r"[?#]", value)[0])[1].lower() in _SHOWN_SUFFIXES


def _shown(file: str, arguments: Mapping[str, str], *, as_html: bool) -> str:
    """A picture, with its words, what it links to, and its caption behind it."""
    caption = arguments.get("caption", "")
    # Hugo shows a title over the caption, whatever the picture's words for those who cannot see it are.
    title = arguments.get("title", "") if caption or arguments.get("alt") else ""
    unnamed = arguments.get("1", "") if arguments.get("0") == file else ""
    words = unescape(arguments.get("alt") or arguments.get("title") or unnamed)
    link = arguments.get("link") or arguments.get("href", "")
    if as_html:
        picture = f'<img src="{escape(file)}" alt="{escape(words)}">'
        picture = f'<a href="{escape(link)}">{picture}</a>' if link else picture
        shown = [f"<strong>{escape(title, quote=False)}</strong>"] if title else []
        shown += [_caption_in_html(caption)] if caption else []
        return " ".join([picture, *shown])
    picture = f"![{as_text(words)}](<{_bracketed(file)}>)"
    picture = f"[{picture}](<{_bracketed(link)}>)" if link else picture
    shown = [f"**{title}**"] if title and not _MARKED.search(title) else [title] if title else []
    shown += [_caption(caption)] if caption else []
    return " ".join([picture, *shown])


def _caption(words: str) -> str:
    """A caption, which is Markdown."""
    return words if _MARKED.search(words) else f"*{words}*"


def _caption_in_html(words: str) -> str:
    """The same where no Markdown is read: its marks as elements."""
    written = escape(words, quote=False)
    marked = _IN_CAPTION.sub(_element, written)
    return marked if marked != written else f"<em>{written}</em>"


def _element(mark: re.Match[str]) -> str:
    if mark["address"]:
        return f'<a href="{mark["address"].replace(chr(34), "%22")}">{mark["words"]}</a>'
    name = next(name for name in ("code", "strong", "em") if mark[name])
    return f"<{name}>{mark[name]}</{name}>"


def _bracketed(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace("\\", "/")


def _title(code: _Shortcode, arguments: Mapping[str, str]) -> str:
    """The title of a pair, which its templates show over what it encloses."""
    if caption := arguments.get("caption", ""):
        return _caption(caption)
    named = next((arguments[name] for name in _TITLES if arguments.get(name)), "")
    named = _said_by(arguments) if code.name in _QUOTATIONS else named
    title = named or (arguments.get("0", "") if code.name in _TITLED else "")
    return f"**{as_text(title)}**" if title else ""


def _address_elsewhere(name: str, arguments: Mapping[str, str]) -> str:
    """The address of a film or post that one of Hugo's own shortcodes shows."""
    pattern = HOSTS.get(name, "")
    parts = [arguments[key] for key in ("user", "id", "0", "1") if key in arguments]
    if not pattern or len(parts) < pattern.count("{}") or not all(map(_ID.fullmatch, parts)):
        return ""
    return pattern.format(*parts)
