"""Links that a gardener may have forgotten: names that are mentioned without one, and notes close in meaning."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from notegen.errors.phrases import both_say
from notegen.model import (
    Code,
    Garden,
    Mention,
    Neighbour,
    NoteId,
    Passage,
    Place,
    Problem,
    Related,
    Source,
)
from notegen.regex import regex
from notegen.text.scripts import is_no_space_script
from notegen.text.shorten import shorten

MAX_SUGGESTIONS = 2
"""Notes close in meaning that are suggested for one note."""

MIN_SCORE = 0.5
"""Score of a pair that is suggested: closer than half of all related pairs."""

_MAX_SHOWN = 90  # characters of a passage
# Where no link can be put: fenced and inline code, links, HTML, addresses, headings.
_NOT_PROSE = regex(
    r"^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1|\Z)|`[^`\n]*`|\[\[[^\]\n]*\]\]|\[[^\]\n]*\]\([^)\n]*\)"
    r"|<[^>\n]*>|\bhttps?://\S+|^[ \t]*#{1,6} .*$",
    re.MULTILINE,
)


def suggest_links(
    garden: Garden,
    sources: Iterable[Source],
    mentions: Mapping[NoteId, tuple[Mention, ...]],
    related: Related,
) -> tuple[Problem, ...]:
    """A problem for each mention, at its place, and one for each pair of notes that are close, at a passage.

    A pair is suggested when either is among the MAX_SUGGESTIONS closest that the other has no link with, and neither
    mentions the other.
    """
    every_mention = [mention for found in mentions.values() for mention in found]
    named = {frozenset((mention.note, mention.target)) for mention in every_mention}
    texts = {source.id: source for source in sources}
    stems = Counter(PurePosixPath(id).stem.casefold() for id in garden.notes)
    return (
        *(_mention_problem(mention, texts.get(mention.note), stems, garden) for mention in every_mention),
        *(
            _closeness_problem(garden, here, neighbour)
            for here, neighbour in _pairs(related)
            if frozenset((here, neighbour.note)) not in named
        ),
    )


def place_of_mention(mention: Mention, source: Source) -> Place:
    """Where the mention stands in its file: the first time after its heading that it is no code, link or heading.

    Where markup separates its words it cannot be found, and the place is its heading.
    """
    open_text = _NOT_PROSE.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), source.text)
    lines = open_text.split("\n")
    skipped = max(0, mention.section - source.first_line)
    start = sum(len(line) + 1 for line in lines[:skipped])
    words = r"\s+".join(map(re.escape, mention.words.split()))
    found = re.compile(rf"{_edge(mention.words[0], '<!')}{words}{_edge(mention.words[-1], '!')}").search(
        open_text, start
    )
    if not found:
        return Place(mention.note, mention.section)
    line = open_text.count("\n", 0, found.start())
    column = found.start() - (open_text.rfind("\n", 0, found.start()) + 1)
    return Place(mention.note, source.first_line + line, column + 1)


def _edge(character: str, look: str) -> str:
    """No letter beside it, but in scripts without spaces, where names stand within runs."""
    return "" if is_no_space_script(character) else rf"(?{look}\w)"


def _mention_problem(mention: Mention, source: Source | None, stems: Counter[str], garden: Garden) -> Problem:
    path = PurePosixPath(mention.target)
    note = garden.notes[mention.target]
    name = str(path.with_suffix("")) if stems[path.stem.casefold()] > 1 else path.stem
    if note.tool == "logseq":  # its files are named otherwise than its pages
        name = note.title
    link = f"[[{name}]]" if name == mention.words else f"[[{name}|{mention.words}]]"
    place = place_of_mention(mention, source) if source else Place(mention.note, mention.section)
    facts = (("words", mention.words), ("target", mention.target), ("link", link))
    return Problem(Code.MENTION_UNLINKED, place, facts)


def _pairs(related: Related) -> Iterator[tuple[NoteId, Neighbour]]:
    """Each pair to suggest once, from the note that has it first."""
    seen: set[frozenset[NoteId]] = set()
    for here, neighbours in related.neighbours.items():
        close = [one for one in neighbours if not one.linked and one.score >= MIN_SCORE]
        for neighbour in close[:MAX_SUGGESTIONS]:
            pair = frozenset((here, neighbour.note))
            if pair not in seen:
                seen.add(pair)
                yield here, neighbour


def _closeness_problem(garden: Garden, here: NoteId, neighbour: Neighbour) -> Problem:
    facts = (
        ("target", neighbour.note),
        ("words", both_say(neighbour.reason.words)),
        ("here", _passage_excerpt(neighbour.reason.here)),
        ("there", _passage_excerpt(neighbour.reason.there)),
    )
    return Problem(Code.LINK_SUGGESTED, Place(here, _passage_line(garden, neighbour.reason.here)), facts)


def _passage_line(garden: Garden, passage: Passage) -> int:
    """The line of the heading over a passage; 0 for the note as a whole."""
    headings = garden.notes[passage.note].headings
    return next((heading.line for heading in headings if heading.anchor == passage.anchor), 0)


def _passage_excerpt(passage: Passage) -> str:
    text = shorten(" ".join(passage.text.split()), _MAX_SHOWN)
    heading = f"{passage.trail[-1]}: " if passage.trail and passage.trail[-1] != passage.title else ""
    return f"“{heading}{text}”"
