"""What MDX and Vue write beside Markdown: `import` lines and components, `<Tabs>`, `<Card title="…">`, `<Note>`.

Docusaurus, Starlight, Nextra, Fumadocs, Mintlify and VitePress have them, and only their sites know what each draws.
So a component is read by its name and its attributes. One with the name of a callout is a callout, and one that folds
is a fold. What has a title stands under it; an address becomes a link, a picture a picture. What any other holds is
shown, read as Markdown, even if it is indented. A component that a line imports from a note, as in
`import Part from './part.mdx'`, embeds that note. Those that hold and say nothing are left out, and so are the lines
that import and export.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from msgspec import Struct, field

from notegen.model import REMOVED_LINE
from notegen.paths import NOTE_SUFFIXES, PICTURE_SUFFIXES
from notegen.read.code_spans import as_text, code_ranges, is_within, outside_fences
from notegen.regex import regex
from notegen.text.callout_kinds import CALLOUT_KINDS
from notegen.text.comments import NOT_SHOWN, SHOWN_INSTEAD

_BRACES = r"\{(?>(?:[^{}]|\{(?>(?:[^{}]|\{[^{}]*+\})*)\})*)\}"
_VALUE = rf"(?:\"[^\"]*+\"|'[^']*+'|{_BRACES})"
_ATTRIBUTES = rf"(?>(?:\s++(?:[\w:@#.-]++(?:\s*+=\s*+{_VALUE})?|{_BRACES}))*)"
_TAG = regex(
    rf"<(?:(?P<end>/)(?P<closes>[A-Z][\w.]*)|(?P<name>[A-Z][\w.]*)(?P<attributes>{_ATTRIBUTES})\s*+(?P<empty>/?))\s*+>"
)
_HTML_TAG = regex(rf"<(?P<name>[a-z][\w-]*)(?P<attributes>{_ATTRIBUTES})(?P<rest>\s*/?>)")
_ATTRIBUTE = regex(
    rf"(?P<name>[\w:@#.-]+)(?:\s*=\s*(?:\"(?P<text>[^\"]*)\"|'(?P<other>[^']*)'|(?P<code>{_BRACES})))?"
)
_STRING = regex(r"[\"'`]([^\"'`{}<>\n]*)[\"'`]")
_STATED = regex(
    r"\{\s*(?:(?:require|useBaseUrl|withBase)\(\s*)?(?:\"([^\"{}]*)\"|'([^'{}]*)'|`([^`{}]*)`|(\d{1,6}))"
    r"\s*(?:\)\s*(?:\.default)?)?\s*\}"
)
"""An expression that is one text or number, or the path of a file."""
_HIDES = regex(r"hidden|display|visibility|%%|<!--|-->|`", re.IGNORECASE)
"""What hides, or may begin or end what is hidden: such a tag stays as it is."""
_HIDES_IN_HTML = frozenset((*NOT_SHOWN, *SHOWN_INSTEAD))
"""Names that HTML knows in any case, and whose words no page of HTML shows: those of `<Head>` are in no page either."""
_COMMENT = regex(r"%%|<!--|-->")
_IMPORT = regex(
    r"import\s+(?:(?P<names>(?:[\w*$, \t]|\{[^{}]*\})+)\s+from\s+)?"
    r"(?P<quote>[\"'])(?P<path>[^\"'\n]+)(?P=quote);?[ \t]*"
)
"""Over several lines only within its braces: two lines that begin with the word are no statement together."""
_EXPORT = regex(r"export\s+(?:const|let|var|function|default|async|class)\b")
_IMPORTED = regex(r"[A-Z]\w*")
"""The name of a component that is all that a file exports."""
_PATH_OF_NOTE = regex(r"(?:[^\[\]|#^<>\n]*/)?[^\[\]|#^<>\n/_][^\[\]|#^<>\n/]*")
_CODE = regex(
    rf"^(?P<indent> {{0,3}})<(?P<name>[A-Z]\w*)(?P<attributes>{_ATTRIBUTES})\s*>\s*"
    r"\{`(?P<code>[^`]*)`\}\s*</(?P=name)>[ \t]*$",
    re.MULTILINE,
)
"""Code as one text of JavaScript's, which Markdown would take for a span."""
_CODE_STATED = regex(
    r"^(?P<indent> {0,3})<(?P<name>[A-Z]\w*)(?P<attributes>\s[^`<>]*?)\bcode=\{`(?P<code>[^`]*)`\}"
    r"(?P<more>[^`<>]*?)/>[ \t]*$",
    re.MULTILINE,
)
"""Code that is stated as an attribute, as in Starlight."""
_HTML = frozenset(
    "a abbr address article aside b big blockquote br caption center cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd li main mark "
    "nav ol p picture pre q s samp section small source span strike strong sub summary sup table tbody td "
    "tfoot th thead time tr tt u ul var video wbr".split()
)
_BREAKS = frozenset({"br", "hr", "wbr"})
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_MAX_CODE_LINES = 200
_MAX_IMPORT_LENGTH = 4000
_MAX_DEPTH = 20
_MAX_LINES_OF_TAG = 60

_CALLOUTS = frozenset("admonition alert aside callout".split())
"""Components that say by an attribute which kind of callout they are."""
_KINDS = ("type", "variant", "kind", "intent", "color")
_NO_CALLOUTS = frozenset({"quote", "example", "cite", "summary", "todo", "abstract", "faq", "question"})
"""Kinds of callouts that are also what somebody calls a component of another sense."""
_FOLDING = frozenset("accordion accordionitem collapse collapsible details expandable spoiler toggle".split())
_TITLES = ("title", "label", "heading", "summary", "header", "text", "name")
_GOALS = ("href", "to", "link", "url", "src")
_FIELDS = frozenset("field param paramfield property requestfield responsefield".split())
_ENTRIES = frozenset({"filetree.folder", "filetree.file", "folder", "file"})
_NOTHING = frozenset({"icon"})
"""What says nothing for readers though it has a name."""


class _Component(Struct):
    start: int
    end: int
    name: str
    """In lower case."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    closes: bool = False
    is_empty: bool = False
    partner: "_Component | None" = None
    parent: "_Component | None" = None
    place: int = 0
    """Which of its parent's components it is."""
    note: str = ""
    """The path of the note that it is imported from."""


def without_components(text: str, *, is_mdx: bool = False) -> str:
    """The text with what each component stands for; lines keep their numbers. Total.

    Args:
        is_mdx: whether the file says that it is MDX, where `import` may stand without a component.
    """
    if "<" not in text and not is_mdx:
        return text
    text = _without_expressions(_with_markdown_asides(text))
    if is_mdx or _first_component(text):
        notes: dict[str, str] = {}
        text = _in_one_line(_with_code(_without_scripts(text, notes)))
        text = _replaced(text, _paired(text, notes))
    return text


def _first_component(text: str) -> bool:
    code = code_ranges(text)
    return any(not (_is_html(tag) or is_within(code, tag.start())) for tag in _TAG.finditer(text))


def _is_html(tag: re.Match[str]) -> bool:
    """Whether a tag is HTML's own: what HTML hides in any case, else as old programs write it, `<DIV>`, or `<Br/>`."""
    name = tag["closes"] or tag["name"]
    hides = name.lower() in _HIDES_IN_HTML and not tag["empty"]
    return hides or name.lower() in (_HTML if name.isupper() else _BREAKS)


# -- What is no component --------------------------------------------------------------------------


def _with_markdown_asides(text: str) -> str:
    """Notion's callouts, `<aside>` on a line of its own up to `</aside>` on another, whose words are Markdown."""
    if "<aside>" not in text:
        return text
    lines = text.split("\n")
    outside = list(outside_fences(lines))
    tags = [number for number in outside if lines[number].strip() in ("<aside>", "</aside>")]
    for first, last in pairwise(tags):
        if lines[first].strip() == "<aside>" and lines[last].strip() == "</aside>":
            lines[first] = lines[first].replace("<aside>", '<aside markdown="1">')
    return "\n".join(lines)


def _without_expressions(text: str) -> str:
    """HTML's own elements with values that HTML knows: `style={{…}}` goes, `src={require('./a.png')}` is its path."""
    if "={" not in text:
        return text
    code = code_ranges(text)

    def plain(tag: re.Match[str]) -> str:
        if "={" not in tag[0] or "\n" in tag[0] or _HIDES.search(tag[0]) or is_within(code, tag.start()):
            return tag[0]
        values = _values(tag["attributes"])
        stated = "".join(
            f' {"class" if name == "classname" else name}="{escape(value)}"' for name, value in values.items()
        )
        return f"<{tag['name']}{stated}{tag['rest']}"

    return _HTML_TAG.sub(plain, text)


def _with_code(text: str) -> str:
    """The text with what a component shows as code, `<CodeBlock>{`…`}</CodeBlock>`, as HTML of as many lines."""
    if "{`" not in text:
        return text
    code = code_ranges(text)

    def shown(block: re.Match[str]) -> str:
        if "code" not in block["name"].lower() or is_within(code, block.start()) or _COMMENT.search(block[0]):
            return block[0]
        values = _values(block["attributes"] + block.groupdict().get("more", ""))
        spoken = values.get("language") or values.get("lang")
        title = f"<b>{escape(values['title'])}</b>&#10;" if values.get("title") else ""
        language = f' class="language-{escape(spoken)}"' if spoken else ""
        lines = escape(block["code"].strip("\n"), quote=False)
        written = f"{block['indent']}<pre>{title}<code{language}>{lines}</code></pre>"
        return written + f"\n{REMOVED_LINE}" * (block[0].count("\n") - written.count("\n"))

    text = _CODE.sub(shown, text)
    code = code_ranges(text)
    return _CODE_STATED.sub(shown, text)


def _without_scripts(text: str, notes: dict[str, str]) -> str:
    """The text with empty lines for those that import and export, each a block of its own at a line's beginning.

    Args:
        notes: gets the path of each note that one of them imports, by its component's name in lower case.
    """
    lines = text.split("\n")
    outside = frozenset(outside_fences(lines))
    number, is_free = 0, True
    while number < len(lines):
        line = lines[number]
        last = _end_of_script(lines, number) if is_free and number in outside else None
        if last is None:
            is_free = not line.strip()
            number += 1
            continue
        notes.update(_imported_note("\n".join(lines[number : last + 1])))
        lines[number : last + 1] = [""] * (last + 1 - number)
        number = last + 1
    return "\n".join(lines)


def _imported_note(line: str) -> dict[str, str]:
    """The path of the note that a line imports, by its component's name in lower case; nothing for any other.

    What begins with `_` is no page of such a site, and kept back: of it nothing is shown, as of what is no note.
    """
    found = _IMPORT.fullmatch(line)
    name, path = ((found["names"] or "").strip(), found["path"]) if found else ("", "")
    is_note = path.lower().endswith(NOTE_SUFFIXES) and _PATH_OF_NOTE.fullmatch(path)
    return {name.lower(): path} if is_note and _IMPORTED.fullmatch(name) else {}


def _end_of_script(lines: Sequence[str], first: int) -> int | None:
    """The last line of what imports or exports here; None for what does neither, or may hide something."""
    if not lines[first].startswith(("import", "export")):
        return None
    for last in range(first, min(first + _MAX_CODE_LINES, len(lines))):
        written = "\n".join(lines[first : last + 1])
        if not lines[last].strip() or len(written) > _MAX_IMPORT_LENGTH or _COMMENT.search(lines[last]):
            break
        if _IMPORT.fullmatch(written):
            return last
    if not _EXPORT.match(lines[first]):
        return None
    depth = 0
    for last in range(first, min(first + _MAX_CODE_LINES, len(lines))):
        if _COMMENT.search(lines[last]):
            return None
        depth += sum(_BRACKETS.get(sign, 0) for sign in lines[last])
        if depth <= 0 and (last + 1 == len(lines) or not lines[last + 1].strip()):
            return last
    return None


# -- Components ------------------------------------------------------------------------------------


def _in_one_line(text: str) -> str:
    """The text with each tag of several lines on the first of them; what stands behind it goes on where it did."""
    code = code_ranges(text)
    pieces: list[str] = []
    position = 0
    for tag in _TAG.finditer(text):
        below = tag[0].count("\n")
        if not below or below > _MAX_LINES_OF_TAG or is_within(code, tag.start()) or "\n\n" in tag[0]:
            continue
        if tag.start() < position:
            continue
        end = text.find("\n", tag.end())
        end = len(text) if end < 0 else end
        rest = text[tag.end() : end]
        if rest.strip():
            continue
        pieces += text[position : tag.start()], " ".join(tag[0].split()), f"\n{REMOVED_LINE}" * below
        position = end
    return "".join([*pieces, text[position:]])


def _paired(text: str, notes: Mapping[str, str]) -> list[_Component]:
    """The components outside code, each with its partner; tags that have none, or may hide something, are left out.

    Args:
        notes: the paths of those that are notes, by their names in lower case.
    """
    code = code_ranges(text)
    open_: list[_Component] = []
    found: list[_Component] = []
    counts: dict[int, int] = {}
    for tag in _TAG.finditer(text):
        if _is_html(tag) or is_within(code, tag.start()) or "\n" in tag[0] or _HIDES.search(tag[0]):
            continue
        name = (tag["closes"] or tag["name"]).lower()
        one = _Component(tag.start(), tag.end(), name, closes=bool(tag["end"]), is_empty=bool(tag["empty"]))
        one.note = "" if one.closes else notes.get(name, "")
        if one.closes:
            opening = next((other for other in reversed(open_) if other.name == name), None)
            if opening is None:
                continue
            del open_[open_.index(opening) :]
            one.partner, opening.partner = opening, one
        else:
            one.attributes = _values(tag["attributes"])
            if open_:
                one.parent = open_[-1]
                one.place = counts[one.parent.start] = counts.get(one.parent.start, -1) + 1
            if not one.is_empty and len(open_) < _MAX_DEPTH:
                open_.append(one)
        found.append(one)
    return [one for one in found if one.partner or one.is_empty]


def _values(attributes: str) -> dict[str, str]:
    """What is stated, by name in lower case; one without a value has its name, and what only code knows is left out."""
    values: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(attributes):
        stated = _STATED.fullmatch(one["code"]) if one["code"] else None
        text = next(filter(None, stated.groups()), "") if stated else one["text"] or one["other"] or ""
        if one["code"] and not stated:
            if one["name"] == "items":
                values["items"] = "\n".join(_STRING.findall(one["code"]))
            continue
        values.setdefault(one["name"].lower(), " ".join(text.split()))
    return values


def _replaced(text: str, components: Sequence[_Component]) -> str:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    by_line: dict[int, list[_Component]] = {}
    for one in components:
        by_line.setdefault(bisect_right(starts, one.start) - 1, []).append(one)
    number_of = {one.start: number for number, ones in by_line.items() for one in ones}
    alone = {
        one.start
        for number, ones in by_line.items()
        for one in ones
        if len(ones) == 1 and lines[number].strip() == text[one.start : one.end]
    }
    written = dict(enumerate(lines))
    for number, ones in by_line.items():
        written[number] = _line(lines[number], starts[number], ones, alone)
    _dedent(
        written,
        components,
        number_of,
        {number: _indent(_expanded(line)) for number, line in enumerate(lines)},
    )
    return "\n".join(written[number] for number in range(len(lines)))


def _line(line: str, start: int, ones: Sequence[_Component], alone: set[int]) -> str:
    """The line with what stands for its components."""
    if len(ones) == 2 and ones[0].partner is ones[1]:
        before, within = line[: ones[0].start - start], line[ones[0].end - start : ones[1].start - start]
        if not before.strip() and not line[ones[1].end - start :].strip() and (kind := _kind(ones[0])):
            title = _title(ones[0])
            words = f"**{as_text(title)}** {within.strip()}" if title else within.strip()
            classes = f'class="callout {CALLOUT_KINDS[kind]}" data-callout="{kind}"'
            return f'{before}<div {classes} markdown="1">{words}</div>'
    pieces: list[str] = []
    position = 0
    for one in ones:
        rest = line[one.end - start :]
        pieces.append(line[position : one.start - start])
        shown = _shown(one, alone, is_last=not rest.strip())
        is_first = not "".join(pieces).strip()
        pieces.append(shown if is_first or not shown.startswith("**") else f"<br>{shown}")
        position = one.end - start
    whole = "".join([*pieces, line[position:]]).rstrip()
    is_block = not line[: ones[0].start - start].strip() and not line[ones[-1].end - start :].strip()
    return whole + "  " if is_block and whole and not whole.lstrip().startswith((":::", "- ")) else whole


def _shown(one: _Component, alone: set[int], *, is_last: bool) -> str:
    opening = one.partner if one.closes and one.partner else one
    is_block = one.partner is not None and {one.start, one.partner.start} <= alone
    if is_block and (kind := "details" if opening.name in _FOLDING else _kind(opening)):
        return ":::" if one.closes else f"::: {kind} {as_text(_title(opening))}".rstrip()
    if one.closes:
        return _closing(opening)
    if one.name in _ENTRIES:
        title = _title(one)
        return f"- {as_text(title)}" if title else ""
    if one.is_empty:
        return f"![[{one.note}]]" if one.note else _empty(one)
    if one.name in ("link", "a") and (goal := _goal(one)):
        return "[" if goal else ""
    title = _title(one)
    if not title:
        return ""
    goal = _goal(one)
    words = f"[{as_text(title)}](<{goal}>)" if goal else as_text(title)
    further = ", ".join(
        value or name for name, value in one.attributes.items() if name in ("type", "required", "description")
    )
    further = f" {as_text(further)}" if further and one.name in (*_FIELDS, "update") else ""
    return f"**{words}**{further}" + ("  " if is_last else "<br>")


def _closing(opening: _Component) -> str:
    if opening.name in ("link", "a") and (goal := _goal(opening)):
        return f"](<{goal}>)"
    caption = opening.attributes.get("caption", "")
    return f"*{as_text(caption)}*" if caption else ""


def _empty(one: _Component) -> str:
    """What stands for a component that holds nothing: a picture, a link, or its words."""
    goal, title = _goal(one), next((one.attributes[name] for name in _TITLES if one.attributes.get(name)), "")
    if goal.lower().endswith(tuple(PICTURE_SUFFIXES)):
        return f"![{as_text(one.attributes.get('alt', ''))}](<{goal}>)"
    said = one.attributes.get("description", "")
    if goal:
        words = f"[{as_text(title or goal)}](<{goal}>)"
        return f"{words} – {as_text(said)}  " if said else f"{words}  "
    return f"<small>{as_text(title)}</small>" if title and one.name not in _NOTHING else ""


def _kind(one: _Component) -> str:
    """The kind of callout that a component is; empty for none."""
    if one.name in _CALLOUTS:
        stated = (one.attributes.get(name, "").lower() for name in _KINDS)
        return next((kind for kind in stated if kind in CALLOUT_KINDS), "note")
    return one.name if one.name in CALLOUT_KINDS and one.name not in _NO_CALLOUTS else ""


def _title(one: _Component) -> str:
    """What stands over what a component holds."""
    if one.name in _FIELDS and (name := _field_name(one)):
        return name
    stated = next((one.attributes[name] for name in _TITLES if one.attributes.get(name)), "")
    if not stated and "tab" in one.name:
        items = one.parent.attributes.get("items", "").split("\n") if one.parent else []
        stated = next(iter(items[one.place : one.place + 1]), "") or one.attributes.get("value", "")
    return stated


def _field_name(one: _Component) -> str:
    return next(
        (
            one.attributes[name]
            for name in ("path", "query", "body", "header", "name")
            if one.attributes.get(name)
        ),
        "",
    )


def _goal(one: _Component) -> str:
    goal = next((one.attributes[name] for name in _GOALS if one.attributes.get(name)), "")
    return (
        ""
        if any(sign in goal for sign in "<>\\\n") or ":" in goal.partition("/")[0].removeprefix("http")
        else goal
    )


# -- Indentation -----------------------------------------------------------------------------------


def _dedent(
    lines: dict[int, str],
    components: Sequence[_Component],
    number_of: Mapping[int, int],
    indents: dict[int, int],
) -> None:
    """Moves what stands between two tags to where they begin, since four spaces would make code of it.

    Args:
        indents: of each line, as it was written; changed with it.
    """
    for one in components:
        if one.closes or one.partner is None or one.name in _ENTRIES:
            continue
        first, last = number_of[one.start], number_of[one.partner.start]
        inner = [number for number in range(first + 1, last) if _is_text(lines[number])]
        surplus = min((indents[number] for number in inner), default=0) - indents[first]
        for number in inner if surplus > 0 else ():
            lines[number] = _expanded(lines[number])[surplus:]
            indents[number] -= surplus


def _is_text(line: str) -> bool:
    return bool(line.strip()) and line != REMOVED_LINE


def _expanded(line: str) -> str:
    words = line.lstrip(" \t")
    return line[: len(line) - len(words)].expandtabs(4) + words


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
