"""The part of a passage that shows why it was found. The page's `snippet.ts` is the same in TypeScript."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notegen.text.stems import stems_of
from notegen.text.tokens import QueryTerm, token_spans

LONGEST = 240
"""Characters: three lines of the search box."""

BEFORE = 60
"""Characters of context before the first marked word."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Plain text in one line, with `…` where it was cut, and the words to mark: `text[start:end]`, ascending."""

    text: str
    marks: tuple[tuple[int, int], ...]


def cut_excerpt(text: str, wanted: Sequence[QueryTerm], algorithms: tuple[str, ...]) -> Excerpt:
    """The first stretch of the passage that holds the most of the query's words; its beginning when it holds none.

    Args:
        text: of the passage.
        wanted: the query's words, to be found in any of their forms.
        algorithms: for the endings of the notes' languages.
    """
    flat = text.replace("\n", " ")
    stems = [frozenset(stems_of(word.token, algorithms)) for word in wanted]
    spots: dict[tuple[int, int], set[str]] = {}
    for spot in token_spans(flat):
        own = stems_of(spot.token, algorithms)
        for word, wanted_stems in zip(wanted, stems, strict=True):
            begun = word.prefix and spot.token.form.startswith(word.prefix)
            if begun or not wanted_stems.isdisjoint(own):
                spots.setdefault((spot.start, spot.end), set()).add(word.token.form)
    start = _start(list(spots.items()))
    end = min(len(flat), start + LONGEST)
    while start and not flat[start - 1].isspace() and start > end - LONGEST - 20:
        start -= 1
    if end < len(flat):
        end = _word_end(flat, start, end)
    head, tail = "…" if start else "", "…" if end < len(flat) else ""
    shift = len(head) - start
    marks = _join((a + shift, b + shift) for a, b in spots if start <= a and b <= end)
    return Excerpt(f"{head}{flat[start:end]}{tail}", tuple(marks))


def _join(spots: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spots, those that touch as one: pairs of characters overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in spots:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _start(spots: Sequence[tuple[tuple[int, int], set[str]]]) -> int:
    best = found = 0
    for index, ((start, _), _) in enumerate(spots):
        seen: set[str] = set()
        for (_, end), words in spots[index:]:
            if end > start - BEFORE + LONGEST:
                break
            seen |= words
        if len(seen) > found:
            best, found = max(0, start - BEFORE), len(seen)
    return best


def _word_end(text: str, start: int, end: int) -> int:
    """The last space before `end`, unless the text has none to offer."""
    space = text.rfind(" ", start, end)
    return space if space > end - 40 else end
