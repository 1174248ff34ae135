"""One text, parsed: its structure and its safe HTML."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from functools import cache, partial
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from msgspec import Struct

from notegen.errors.reasons import no_mathml
from notegen.markdown.code_problems import code_problems
from notegen.markdown.far_media import name_far_media
from notegen.markdown.footnote_problems import footnote_problems
from notegen.markdown.formula import (
    FORMULAS,
    expand_formulas,
    fill_formulas,
    is_formula,
    is_valid,
    put_formulas_in_line,
    take_fences_of_math,
)
from notegen.markdown.hidden import ShownText, leave_out_hidden
from notegen.markdown.html_words import name_html, words_of_html
from notegen.markdown.links import SCHEME, LinkCollector, leads_elsewhere, with_scheme
from notegen.markdown.list_direction import direct_lists
from notegen.markdown.parser import parser
from notegen.markdown.plain import source_text
from notegen.markdown.private_link import mask_private_links
from notegen.markdown.private_names import NO_PRIVATE_LINKS, PrivateLinks
from notegen.markdown.sanitize import ALLOWED_TAGS, close_raw_text, sanitize_marked
from notegen.markdown.spaced_links import spaced_link_problems
from notegen.markdown.spans import mark_spans, take_spans
from notegen.markdown.structure import Outline
from notegen.model import Code, Heading, Link, Place, Problem, Section, Tool
from notegen.regex import regex

_NOT_FOR_SITES = frozenset({"obsidian", "logseq", "dendron"})
_COLON_LINE = regex(r"^[ \t>]*:", re.MULTILINE)
_JEKYLL_LIST = regex(r"\{:\s*(?:[.#]|\w+=)[^{}\n]*\}")
_IN_BRACKETS = regex(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
_FOOTNOTE = regex(r"#fn(?:ref)?\d")


class ParsedText(Struct, frozen=True):
    """What a text says. `html` has holes for links, formulas are in place."""

    html: str
    spans: dict[str, tuple[int, int]]
    """Where in `html` the section of each heading lies, by anchor, and each block with an id, by `^id`."""
    blocks: dict[str, str]
    """Block ids to the anchors they are at."""
    ids: tuple[str, ...]
    """Further places that links may name."""
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    tags: tuple[str, ...]
    opening: str
    """The plain text of the first heading or paragraph that says something beside what pictures are called."""
    lead: str
    """The first words of its prose, as a section's `excerpt` has them."""
    opens_with_heading: bool
    """Whether the first block is a heading of level 1."""
    top_headings: int
    """Headings of level 1 that stand in no quote, list or callout."""
    problems: tuple[Problem, ...]


class TextOptions(Struct, frozen=True):
    """How a text is to be read, which its note or its garden says."""

    hard_breaks: bool = False
    """Whether a line's end in a paragraph shows as one."""
    emoji_codes: bool = False
    """Whether `:seedling:` is an emoji."""
    figures: bool = False
    """Whether the note is of a project of Quarto's or bookdown's, where a picture alone in a paragraph shows its words
    as a caption, and letters may count items."""
    private_tags: Sequence[str] = ()
    """Without `#`; the section of a heading that has one is left out."""
    private: PrivateLinks = NO_PRIVATE_LINKS
    """What links must not be called by."""
    tool: Tool = "plain"
    """What the text was written with."""
    direction: str = ""
    """Which way the note runs, `ltr` or `rtl`, where it or its language says so."""


_NO_OPTIONS = TextOptions()


def parse_text(
    text: str, *, path: str, first_line: int = 1, options: TextOptions = _NO_OPTIONS
) -> ParsedText:
    """The text's structure and HTML; total: no text makes it raise.

    Args:
        path: the file, for places.
        first_line: the number of the text's first line in it.
    """
    md, shown = _without_hidden(text, path, first_line, options)
    text = shown.text
    env: dict[str, Any] = {
        "text": text,
        "tool": options.tool,
        "emoji_codes": options.emoji_codes,
        "figures": options.figures,
    }
    tokens = _tokens(md, env, options)
    secret = secret_of(text)
    has_raw_html = "<" in text and any(map(_has_raw_html, tokens))
    env["scheme"] = f"{SCHEME}-{secret}" if has_raw_html else SCHEME
    if has_raw_html:
        name_html(tokens)
    outline = Outline(first_line)
    links = LinkCollector(
        path, list(shown.lines), first_line, env["scheme"], tags_are_links=options.tool == "logseq"
    )
    tags = _collect(tokens, outline, links)
    problems = (
        *shown.problems,
        *_token_problems(tokens, env, shown.lines, path, first_line),
        *_block_problems(outline, path),
    )
    if has_raw_html:
        env["formulas"] = []
    html = _rendered(mark_spans(tokens, secret), env, options.hard_breaks)
    named: Iterable[str] = ()
    if has_raw_html:
        html, named = _sanitized(html, secret, env, links, options.private)
    html, spans = take_spans(html, secret, has_raw_html=has_raw_html)
    html_words = words_of_html(html, spans)
    return ParsedText(
        html=html,
        spans={name: span for name, span in spans.items() if name not in html_words},
        blocks=outline.blocks,
        ids=_further_ids(outline, named),
        headings=tuple(outline.headings),
        sections=outline.sections(html_words),
        links=tuple(links.links),
        tags=tuple(tags),
        opening=outline.opening,
        lead=outline.lead(html_words),
        opens_with_heading=outline.opens_with_heading,
        top_headings=outline.top_headings,
        problems=problems,
    )


def _without_hidden(
    text: str, path: str, first_line: int, options: TextOptions
) -> tuple[MarkdownIt, ShownText]:
    """The parser for the text, and the text without what it hides."""
    for_sites = options.tool not in _NOT_FOR_SITES
    parser_of_text = partial(
        parser, for_sites=for_sites, for_pandoc=options.figures, for_outlines=options.tool == "logseq"
    )
    md = parser_of_text()
    shown = leave_out_hidden(
        parser_of_text(is_flat=True),
        text,
        path=path,
        first_line=first_line,
        private_tags=options.private_tags,
        also=md if for_sites and _COLON_LINE.search(text) else None,
    )
    return md, shown


def _tokens(md: MarkdownIt, env: dict[str, Any], options: TextOptions) -> list[Token]:
    """The text in tokens, none of which says the name of a private note."""
    text = env["text"]
    tokens = md.parse(text, env)
    if options.tool == "jekyll" and "$$" in text:
        put_formulas_in_line(tokens)
    if options.tool not in _NOT_FOR_SITES and ("`math" in text or "~math" in text):
        take_fences_of_math(tokens)
    expand_formulas(tokens, text)
    _remember_former_words(tokens, env, options)
    mask_private_links(tokens, options.private, tool=options.tool)
    direct_lists(tokens, text, options.direction)
    return tokens


def _collect(tokens: Iterable[Token], outline: Outline, links: LinkCollector) -> list[str]:
    """Tells outline and links of every token; the tags of the text."""
    tags: list[str] = []
    for token in tokens:
        if token.type == "inline":
            kinds = frozenset([child.type for child in token.children or ()])
            outline.inline(token, kinds)
            links.collect(token, kinds)
            if "tag" in kinds:
                tags += (child.content for child in token.children or () if child.type == "tag")
        else:
            outline.block(token)
        if token.type == "diagram_links":
            links.collect_nodes(token)
    return tags


def _token_problems(
    tokens: Sequence[Token], env: dict[str, Any], lines: Sequence[str], path: str, first_line: int
) -> Iterator[Problem]:
    """What is wrong in a text; each kind is looked for only where a sign that it needs stands in it."""
    text = env["text"]
    if "$" in text:
        for token in tokens:
            if "$" in token.content or token.type in FORMULAS:
                yield from _formula_problems(token, path, first_line)
    if "[^" in text:
        yield from footnote_problems(tokens, env, lines, path=path, first_line=first_line)
    if "```" in text or "~~~" in text:
        yield from code_problems(tokens, lines, path=path, first_line=first_line)
    if "](" in text:
        yield from spaced_link_problems(tokens, lines, path=path, first_line=first_line)


def _sanitized(
    html: str, secret: str, env: dict[str, Any], links: LinkCollector, private: PrivateLinks
) -> tuple[str, Iterable[str]]:
    """Safe HTML of a text that holds raw HTML, and the ids and names that elements of it are called by."""
    named: dict[str, None] = {}
    scheme = env["scheme"]
    html = sanitize_marked(
        name_far_media(close_raw_text(html), private),
        _rewriter(links, private, named),
        lambda marked: take_spans(marked, secret)[0],
        scheme,
    )
    return fill_formulas(html, env["formulas"], scheme).replace(scheme, SCHEME), named


def _remember_former_words(tokens: Sequence[Token], env: dict[str, Any], options: TextOptions) -> None:
    """Tells a heading what it said to versions that read no attribute lists and dropped words in brackets."""
    for heading, words in pairwise(tokens):
        written = heading.meta.get("written", words.content) if heading.type == "heading_open" else ""
        if "{" in written or "<" in written:
            if options.tool == "jekyll":
                written = _JEKYLL_LIST.sub("", written)
            own = {**env, "tool": "plain", "footnotes": deepcopy(env.get("footnotes", {}))}
            line = parser(for_sites=False, for_pandoc=False).parseInline(written, own)
            mask_private_links(line, options.private, tool=options.tool)
            then = line[0].children or []
            for token in then:
                if token.type == "text":
                    token.content = _IN_BRACKETS.sub("", token.content)
                elif token.type == "html_inline":
                    token.content = ""
            heading.meta["former"] = source_text(then)


def _rendered(tokens: Sequence[Token], env: dict[str, Any], hard_breaks: bool) -> str:
    html: str = parser().renderer.render(tokens, _options(hard_breaks), env)
    return html


@cache
def _options(hard_breaks: bool) -> OptionsDict:
    options = deepcopy(parser().options)
    options["breaks"] = hard_breaks
    return options


def _further_ids(outline: Outline, named: Iterable[str]) -> tuple[str, ...]:
    """The places that links may name beside headings, blocks and footnotes, those in HTML too."""
    own = {heading.anchor for heading in outline.headings}
    return tuple(id for id in dict.fromkeys((*outline.ids, *named)) if id not in own and id[:1] != "^")


def _has_raw_html(token: Token) -> bool:
    if token.type != "inline" or "<" not in token.content:
        return token.type == "html_block"
    return any(child.type == "html_inline" for child in token.children or ())


def _block_problems(outline: Outline, path: str) -> list[Problem]:
    return [
        Problem(Code.BLOCK_TAKEN, Place(path, line), (("id", id), ("first", str(first))))
        for id, line, first in outline.repeated_blocks
    ]


def _formula_problems(token: Token, path: str, first_line: int) -> list[Problem]:
    formulas = [t for t in (token, *(token.children or ())) if is_formula(t)]
    line = first_line + (token.map[0] if token.map else 0)
    return [
        Problem(
            Code.FORMULA_INVALID,
            Place(path, line),
            (("source", formula.content.strip()[:60]), ("reason", no_mathml())),
        )
        for formula in formulas
        if not is_valid(formula)
    ]


def secret_of(text: str) -> str:
    """A string that the text cannot hold, since it is a digest of all of it; the same for the same text.

    Whoever writes it into the text has another text, with another secret. It begins with a letter, as a scheme does.
    """
    secret = f"k{blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()}"
    return secret if secret not in text.lower() else secret_of(f"{text}\n{secret}")


def _is_local(address: str) -> bool:
    """Whether the address is of something in the garden, this note's own headings too, but no footnote's."""
    return address not in ("", "#") and not _FOOTNOTE.match(address) and not leads_elsewhere(address)


def _rewriter(
    links: LinkCollector, private: PrivateLinks, named: dict[str, None]
) -> Callable[[str, str, str], str | None]:
    """Makes holes of the relative addresses in raw HTML, as Markdown's own links have.

    Args:
        named: comes to hold the places that elements are called by.
    """

    def rewrite(tag: str, attribute: str, value: str) -> str | None:
        if attribute in ("id", "name"):
            if tag == "a" or (tag in ALLOWED_TAGS and attribute == "id"):
                named[value] = None
            return value
        value = with_scheme(value) if attribute in ("href", "src", "cite") else value
        if links.is_hole(value):
            return value
        if value.startswith((f"{SCHEME}:", f"{SCHEME}-")):  # a hole that raw HTML only pretends
            return links.empty_hole(is_tag=value.startswith(f"{SCHEME}-tag:"))
        if (tag, attribute) == ("a", "href") and _is_local(value):
            return links.add_raw("markdown", value, value)
        if attribute in ("src", "poster") and value and not leads_elsewhere(value):
            words = private.words_for(value) if private.name(value) else ""
            return links.add_raw("image", value, words)
        # Sound and film on other hosts are asked for without the reader's doing; pictures there become links later.
        return None if attribute in ("src", "poster") and tag != "img" else value

    return rewrite
