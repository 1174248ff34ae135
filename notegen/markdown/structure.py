"""Headings with their anchors, and the plain text under each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from notegen.markdown.html_words import PLACEHOLDER
from notegen.markdown.plain import plain_text
from notegen.model import Heading, Section
from notegen.paths import UniqueNames, slug

_OTHER_BLOCKS = frozenset("fence code_block math_block math_block_label blockquote_open callout_open".split())
HtmlWords = Mapping[str, tuple[str, ...]]
MIN_LEAD_LENGTH = 30
"""Letters of a paragraph that says what a note is about."""


@dataclass(slots=True)
class _OpenSection:
    trail: tuple[str, ...]
    anchor: str
    line: int
    paragraphs: list[str] = field(default_factory=list)


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
        self._leads: list[str] = []
        """Texts that are no heading, code or formula, up to the first that is long enough to be the lead."""
        self.opens_with_heading = False
        self.top_headings = 0
        """Headings of level 1 that stand in nothing else."""
        self._first_line = first_line
        self._sections = [_OpenSection((), "", first_line)]
        self._trail: list[tuple[int, str]] = []
        self._anchors = UniqueNames()
        self._heading: Token | None = None
        self._row: list[str] | None = None
        self._blocks = 0
        self._has_other_blocks = False
        """Whether a quote, a callout, code or a formula has begun, which may hold no inline text."""

    def block(self, token: Token) -> None:
        """Takes a token that is no inline text."""
        if str(token.attrs.get("id", "")).startswith("^"):
            anchor = str(token.attrs["id"])
            for id in (anchor[1:], *token.meta.get("further_ids", ())):
                self._add_block(id, anchor, token)
        self._has_other_blocks |= token.type in _OTHER_BLOCKS
        if "explicit_id" in token.meta and token.type != "heading_open":
            self._name(token)
        match token.type:
            case "heading_open":
                self._heading = token
            case "tr_open":
                self._row = []
            case "tr_close":
                row = " | ".join(cell for cell in self._row or () if cell)
                self._add(row)
                if len(row) >= MIN_LEAD_LENGTH:
                    self._add_lead(row)
                self._row = None
            case "html_block" if "words" in token.meta:
                self._add(token.meta["words"])
                self._add_lead(token.meta["words"])
            case "fence" | "code_block":
                self._add(token.content.strip())
            case "math_block" | "math_block_label":
                self._add(token.content.strip())

    def inline(self, token: Token) -> None:
        """Takes a block's text, as its author wrote it: a heading's, a cell's, or a paragraph's wherever it stands."""
        if token.meta.get("unwritten"):
            return
        for child in token.children or ():
            if child.type == "place":
                child.meta["id"] = self._take(child.meta["id"])
        text = " ".join(plain_text(token.children).split())
        if not self.opening and not self.opens_with_heading:
            # What a picture is called is not said by the note.
            spoken = [child for child in token.children or () if child.type != "image"]
            self.opening = text if self._heading else " ".join(plain_text(spoken).split())
        self._blocks += 1
        if self._heading is not None:
            self._start_section(self._heading, text, token)
            self._heading = None
        elif self._row is not None:
            self._row.append(text)
        else:
            self._add(text)
            self._add_lead(text)

    def sections(self, html: HtmlWords) -> tuple[Section, ...]:
        """In order; one that has neither a heading nor text is left out.

        Args:
            html: the paragraphs of each piece of raw HTML.
        """
        sections = (
            Section(s.trail, s.anchor, tuple(_filled(s.paragraphs, html)), s.line) for s in self._sections
        )
        return tuple(section for section in sections if section.anchor or section.paragraphs)

    def lead(self, html: HtmlWords) -> str:
        """The first text that is no heading, code or formula; of several the first that is long enough."""
        texts = list(filter(None, _filled(self._leads, html)))
        return next((text for text in texts if len(text) >= MIN_LEAD_LENGTH), texts[0] if texts else "")

    def _start_section(self, token: Token, text: str, words: Token) -> None:
        """Args: words: the heading's inline token."""
        level = int(token.tag[1])
        anchor = self._name_heading(token, text, words)
        if "block_id" in token.meta:
            self._add_block(token.meta["block_id"], anchor, token)
        line = self._line_of(token)
        self.top_headings += level == 1 and token.level == 0
        self.headings.append(
            Heading(level, text, anchor, line, "" if words.content == text else words.content)
        )
        if self._blocks == 1:
            self.opens_with_heading = level == 1 and not self._has_other_blocks
        self._trail = [(above, name) for above, name in self._trail if above < level] + [(level, text)]
        self._sections.append(_OpenSection(tuple(name for _, name in self._trail), anchor, line))

    def _name_heading(self, token: Token, text: str, words: Token) -> str:
        """Gives the heading its anchor: the id that its author chose, else one of its words.

        Names never change: words that a version before read otherwise make the anchor that they made then, and one
        with a chosen id keeps that as a further place.
        """
        words_then = str(token.meta.get("former", text))
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

    def _add(self, text: str) -> None:
        if text:
            self._sections[-1].paragraphs.append(text)

    def _add_lead(self, text: str) -> None:
        if not self._leads or len(self._leads[-1]) < MIN_LEAD_LENGTH:
            self._leads.append(text)


def _filled(texts: Iterable[str], html: HtmlWords) -> Iterator[str]:
    """The texts, with the paragraphs of raw HTML where its name stands."""
    for text in texts:
        if text.startswith(PLACEHOLDER):
            yield from html.get(text, ())
        else:
            yield text
