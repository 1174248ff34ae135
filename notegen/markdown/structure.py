"""Headings with their anchors, and the plain text under each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from markdown_it.token import Token
from msgspec import Struct, field

from notegen.markdown.formula_words import formula_text
from notegen.markdown.html_words import PLACEHOLDER
from notegen.markdown.plain import LITERAL, WITH_SOURCE, literal_spans, plain_text, source_text
from notegen.markdown.preview_words import only_links, preview_words
from notegen.model import Heading, Section
from notegen.paths import PICTURE_SUFFIXES, UniqueNames, slug
from notegen.text.one_line import ends_sentence, in_one_line

_AROUND_PICTURES = frozenset("link_open link_close softbreak hardbreak".split())
_OTHER_BLOCKS = frozenset("fence code_block math_block math_block_label blockquote_open callout_open".split())
_SAYING_NOTHING = frozenset(
    f"{name}_{side}"
    for name in "paragraph list_item bullet_list ordered_list td th thead tbody table".split()
    for side in ("open", "close")
)
"""What only holds inline text, where it has no id and nothing is noted of it."""
Spans = tuple[tuple[int, int], ...]
"""Where in a text something begins and ends."""
HtmlWords = Mapping[str, tuple[str, ...]]
CELLS_APART = " | "
MAX_EXCERPT_LENGTH = 400
"""Letters of a section's first words that are looked for; the block in which they end is there as a whole."""
MIN_LEAD_LENGTH = 60
"""Letters after which the first words of a text stop at the end of their paragraph or item."""
MAX_LEAD_LENGTH = 160
"""The same where they end with a colon, so that what they announce comes too."""
_ANNOUNCES = (":", "：")
_LEFT_OUT = "…"
_TITLES = frozenset({"callout_title_open", "dt_open"})
"""What begins words that are about the next block."""


class _OpenSection(Struct):
    trail: tuple[str, ...]
    anchor: str
    line: int
    paragraphs: list[tuple[str, str, Spans]] = field(default_factory=list)
    """Each with its source, which has formulas as they are written, and where code and formulas stand in it."""
    said: list[str] = field(default_factory=list)
    """What its blocks say, as far as it is for excerpts."""
    listed: list[str] = field(default_factory=list)
    """Links and rows of tables, which stand for a section that says nothing else."""


class Outline:
    """Walks the tokens of one text in order; headings get their `id` on the way."""

    def __init__(self, first_line: int) -> None:
        self.headings: list[Heading] = []
        self.blocks: dict[str, str] = {}
        self.ids: list[str] = []
        """Places that the text names itself, beside its headings' own: `{#id}` after a block."""
        self.repeated_blocks: list[tuple[str, int, int]] = []
        """Block ids that the text gives again: the id, the line, the line of the first."""
        self._block_lines: dict[str, int] = {}
        self.opening = ""
        """The first heading, else the first words that are not a picture's."""
        self.opens_with_heading = False
        self.top_headings = 0
        """Headings of level 1 that stand in nothing else."""
        self._first_line = first_line
        self._sections = [_OpenSection((), "", first_line)]
        self._trail: list[tuple[int, str]] = []
        self._anchors = UniqueNames()
        self._heading: Token | None = None
        self._row: list[tuple[str, str, Spans]] | None = None
        self._row_said: list[str] = []
        self._is_title = False
        """Whether the next block's words are about the one after it."""
        self._is_footnote = False
        self._blocks = 0
        self._has_other_blocks = False
        """Whether a quote, a callout, code or a formula has begun, which may hold no inline text."""

    def block(self, token: Token) -> None:
        """Takes a token that is no inline text."""
        if token.type in _SAYING_NOTHING and not token.attrs and not token.meta:
            return  # as most are
        if str(token.attrs.get("id", "")).startswith("^"):
            anchor = str(token.attrs["id"])
            for id in (anchor[1:], *token.meta.get("further_ids", ())):
                self._add_block(id, anchor, token)
        self._has_other_blocks |= token.type in _OTHER_BLOCKS
        self._is_title |= token.type in _TITLES
        if "explicit_id" in token.meta and token.type != "heading_open":
            self._name(token)
        match token.type:
            case "heading_open":
                self._heading = token
            case "tr_open":
                self._row, self._row_said = [], []
            case "tr_close":
                self._add(*_joined(self._row or ()))
                self._sections[-1].listed += filter(None, self._row_said)
                self._row = None
            case "html_block" if "words" in token.meta:
                self._add(token.meta["words"])
                self._sections[-1].said.append(token.meta["words"])
            case "footnote_block_open":
                self._is_footnote = True
            case "fence" | "code_block":
                content = token.content.strip()
                self._add(content, ((0, len(content)),))
                self._leave_out()
            case "math_block" | "math_block_label":
                content = formula_text(token)
                self._add(content, ((0, len(content)),), token.content.strip())
                self._leave_out()

    def inline(self, token: Token, kinds: Set[str]) -> None:
        """Takes a block's text, as its author wrote it: a heading's, a cell's, or a paragraph's wherever it stands.

        Args:
            kinds: of the tokens within it.
        """
        if token.meta.get("unwritten"):
            return
        children = token.children or []
        for child in children if "place" in kinds else ():
            if child.type == "place":
                child.meta["id"] = self._take(child.meta["id"])
        text = " ".join(plain_text(children).split())
        source = " ".join(source_text(children).split()) if kinds & WITH_SOURCE else text
        literal = literal_spans(children) if kinds & LITERAL else ()
        if not self.opening and not self.opens_with_heading:
            # What a picture is called is not said by the note.
            spoken = [child for child in children if child.type != "image"]
            self.opening = text if self._heading else " ".join(plain_text(spoken).split())
        self._blocks += bool(self._blocks or self._heading or not _only_pictures(children))
        if self._heading is not None:
            self._start_section(self._heading, text, source, token)
            self._heading = None
        elif self._row is not None:
            self._row.append((text, source, literal))
            if _letters(self._sections[-1].listed) <= MAX_EXCERPT_LENGTH:
                self._row_said.append(preview_words(children))
        else:
            self._add(text, literal, source)
            self._add_said(token)

    def sections(self, html: HtmlWords) -> tuple[Section, ...]:
        """In order; one that has neither a heading nor text is left out.

        Args:
            html: the paragraphs of each piece of raw HTML.
        """
        sections = (_section(section, html) for section in self._sections)
        return tuple(section for section in sections if section.anchor or section.paragraphs)

    def lead(self, html: HtmlWords) -> str:
        """The first words of the first section with prose, else of the first one with a list."""
        said = (_lead_of(_filled(section.said, html)) for section in self._sections)
        listed = (_lead_of(_filled(section.listed, html)) for section in self._sections)
        return next(filter(None, said), "") or next(filter(None, listed), "")

    def _start_section(self, token: Token, text: str, source: str, words: Token) -> None:
        """Args: words: the heading's inline token."""
        level = int(token.tag[1])
        anchor = self._name_heading(token, source, words)
        if "block_id" in token.meta:
            self._add_block(token.meta["block_id"], anchor, token)
        line = self._line_of(token)
        self.top_headings += level == 1 and token.level == 0
        self.headings.append(
            Heading(
                level,
                text,
                anchor,
                line,
                written="" if words.content == text else words.content,
                source="" if source == text else source,
            )
        )
        if self._blocks == 1:
            self.opens_with_heading = level == 1 and not self._has_other_blocks
        self._trail = [(above, name) for above, name in self._trail if above < level] + [(level, text)]
        self._sections.append(_OpenSection(tuple(name for _, name in self._trail), anchor, line))

    def _name_heading(self, token: Token, source: str, words: Token) -> str:
        """Gives the heading its anchor: the id that its author chose, else one of its words, formulas as source.

        Names never change: words that a version before read otherwise make the anchor that they made then, and one
        with a chosen id keeps that as a further place.
        """
        words_then = str(token.meta.get("former", source))
        if explicit := token.meta.get("explicit_id"):
            anchor = self._anchors.take(explicit)
            place = Token("place", "", 0, meta={"id": self._take(slug(words_then))})
            words.children = [place, *(words.children or ())]
        else:
            anchor = self._anchors.take(slug(words_then))
        token.attrSet("id", anchor)
        return anchor

    def _name(self, token: Token) -> None:
        """Gives a block the id that its author chose, where nothing else has it and the block has no other."""
        if "id" not in token.attrs and token.type != "html_block":
            token.attrSet("id", self._take(token.meta["explicit_id"]))

    def _take(self, id: str) -> str:
        """A place that links may name; its name with a number where another has it."""
        taken = self._anchors.take(id)
        self.ids.append(taken)
        return taken

    def _add_block(self, id: str, anchor: str, token: Token) -> None:
        line = self._line_of(token)
        if id in self.blocks:
            self.repeated_blocks.append((id, line, self._block_lines[id]))
        else:
            self.blocks[id], self._block_lines[id] = anchor, line

    def _line_of(self, token: Token) -> int:
        return self._first_line + (token.map[0] if token.map else 0)

    def _add(self, text: str, literal: Spans = (), source: str = "") -> None:
        if text:
            self._sections[-1].paragraphs.append((text, source or text, literal))

    def _add_said(self, token: Token) -> None:
        """What a block says in excerpts, while they have room for more."""
        section, is_title = self._sections[-1], self._is_title
        self._is_title = False
        if self._is_footnote or _letters(section.said) > MAX_EXCERPT_LENGTH:
            return
        said = preview_words(token.children)
        if said and is_title and not ends_sentence(said):
            said += ":"
        texts = section.listed if only_links(token.children) else section.said
        if said or texts[-1:] != [""]:  # what says nothing counts once, however often it stands there
            texts.append(said)

    def _leave_out(self) -> None:
        """Tells that something is left out of what is said, where it was announced."""
        said = self._sections[-1].said
        if said and said[-1].endswith(_ANNOUNCES):
            said.append(_LEFT_OUT)


def _only_pictures(children: Sequence[Token]) -> bool:
    """Whether a block is pictures, each perhaps a link, and no words: a banner above a note's title."""
    return any(map(_is_picture, children)) and all(
        _is_picture(child)
        or child.type in _AROUND_PICTURES
        or (child.type == "text" and not child.content.strip())
        for child in children
    )


def _is_picture(token: Token) -> bool:
    if token.type != "wiki_link":
        return token.type == "image"
    target: str = token.meta["target"]
    return token.meta["kind"] == "embed" and target.lower().endswith(tuple(PICTURE_SUFFIXES))


def _letters(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def _lead_of(texts: Iterable[str]) -> str:
    """The first text; the next ones too while that is too little to go by, or while something is announced."""
    lead: list[str] = []
    for text in texts:
        lead.append(text)
        length = _letters(lead)
        is_told = text == _LEFT_OUT or not lead[0].endswith(_ANNOUNCES)
        if length >= MIN_LEAD_LENGTH and (length >= MAX_LEAD_LENGTH or is_told):
            break
    return in_one_line(lead)


def _section(section: _OpenSection, html: HtmlWords) -> Section:
    paragraphs: list[str] = []
    literal: list[tuple[int, int, int]] = []
    sources: list[tuple[int, str]] = []
    for text, source, spans in section.paragraphs:
        literal += ((len(paragraphs), start, end) for start, end in spans)
        if source != text:
            sources.append((len(paragraphs), source))
        paragraphs += _filled([text], html)
    excerpt = in_one_line(_filled(section.said, html)) or in_one_line(_filled(section.listed, html))
    return Section(
        section.trail,
        section.anchor,
        tuple(paragraphs),
        section.line,
        excerpt=excerpt,
        literal=tuple(literal),
        sources=tuple(sources),
    )


def _joined(cells: Iterable[tuple[str, str, Spans]]) -> tuple[str, Spans, str]:
    """The text of a table's row, without its empty cells, where code and formulas stand in it, and its source."""
    texts: list[str] = []
    sources: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for text, source, inside in cells:
        if text:
            spans += ((position + start, position + end) for start, end in inside)
            texts.append(text)
            sources.append(source)
            position += len(text) + len(CELLS_APART)
    return CELLS_APART.join(texts), tuple(spans), CELLS_APART.join(sources)


def _filled(texts: Iterable[str], html: HtmlWords) -> Iterator[str]:
    """The texts, with the paragraphs of raw HTML where its name stands."""
    for text in texts:
        if text.startswith(PLACEHOLDER):
            yield from html.get(text, ())
        else:
            yield text
