"""How many levels deep each page shows notes within notes, so that no page grows without bound.

Without a limit, seven notes that each embed the next one twelve times make a page of thirty-six million pieces. The
limit is a depth and not a count: so it does not depend on the order in which a page is filled, and of the embeds of a
level all are shown or none.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from notegen.model import MAX_EMBED_DEPTH, Code, LinkKind, Note, NoteId, Place, Problem, Resolution, ToNote
from notegen.regex import regex

MAX_EMBEDDED_LETTERS = 2_000_000
"""The letters of HTML that a page may take from other notes."""
MAX_EMBEDS = 2_000
"""Pieces of notes that a page may hold, those within others counted too."""
FRAME_LETTERS = 200
"""What stands around each piece, about."""

SHOWN_KINDS: frozenset[LinkKind] = frozenset({"embed", "block", "image"})
"""The kinds of links that may show what they lead to; others are links in the text."""

_HOLE = regex(r'<img[^<>]* src="notegen:(\d+)"')


def embed_depths(
    notes: Mapping[NoteId, Note],
    resolutions: Mapping[NoteId, Sequence[Resolution]],
    showing: Mapping[NoteId, Sequence[int]],
) -> dict[NoteId, int]:
    """How many levels of embeds the page of a note shows, for those that show fewer than `MAX_EMBED_DEPTH`.

    The most for which the page stays within bounds; 0 where what it embeds itself is too much already.

    Args:
        showing: of each note the numbers of its links that are of `SHOWN_KINDS`: of most none leads to a note, and
            their text is not read.
    """

    @cache
    def shown_in(goal: ToNote) -> tuple[tuple[ToNote, bool], ...]:
        """What the piece at an anchor shows of notes, and whether as a block's words, in which nothing is shown."""
        return tuple(_shown_notes(notes[goal.note], _piece(notes[goal.note], goal), resolutions[goal.note]))

    @cache
    def letters_of(goal: ToNote) -> int:
        return FRAME_LETTERS + len(_piece(notes[goal.note], goal))

    def depth_of(page: NoteId) -> int:
        level: list[tuple[ToNote, ...]] = [(ToNote(page, ""),)]
        pieces = letters = 0
        for depth in range(MAX_EMBED_DEPTH + 1):
            shown = [(chain, *one) for chain in level for one in shown_in(chain[-1])]
            # What is not shown, one level further down, is named in a frame all the same.
            if depth and letters + len(shown) * FRAME_LETTERS > MAX_EMBEDDED_LETTERS:
                return depth - 1
            pieces += len(shown)
            letters += sum(letters_of(target) for _, target, _ in shown)
            if pieces > MAX_EMBEDS or letters > MAX_EMBEDDED_LETTERS:
                return depth
            level = [
                (*chain, target) for chain, target, is_block in shown if not is_block and target not in chain
            ]
        return MAX_EMBED_DEPTH

    depths = {
        id: depth_of(id)
        for id in notes
        if any(isinstance(resolutions[id][number], ToNote) for number in showing[id]) and shown_in(ToNote(id))
    }
    return {id: depth for id, depth in depths.items() if depth < MAX_EMBED_DEPTH}


def embed_problems(depths: Mapping[NoteId, int]) -> list[Problem]:
    """What there is to say about pages that show less than they embed."""
    most = ("letters", f"{MAX_EMBEDDED_LETTERS:,}"), ("pieces", f"{MAX_EMBEDS:,}")
    return [
        Problem(Code.EMBEDS_CUT, Place(id), (("depth", str(depth)), *most)) for id, depth in depths.items()
    ]


def _shown_notes(note: Note, piece: str, resolutions: Sequence[Resolution]) -> Iterator[tuple[ToNote, bool]]:
    for hole in _HOLE.finditer(piece):
        number = int(hole[1][:9])
        goal = resolutions[number] if number < len(resolutions) else None
        if isinstance(goal, ToNote) and not goal.missing:
            yield goal, note.links[number].kind == "block"


def _piece(note: Note, goal: ToNote) -> str:
    start, end = note.piece_of(goal)
    return note.body[start:end]
