"""The part of a passage that shows why it was found. The page's `snippet.ts` is the same in TypeScript."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from notegen.search.rules import (
    MAX_SNIPPET_LEAD,
    MAX_SNIPPET_LENGTH,
    MAX_WORD_END_SHIFT,
    MAX_WORD_START_SHIFT,
)
from notegen.text.one_line import in_one_line
from notegen.text.stems import stems_of
from notegen.text.tokens import QueryTerm, Token, TokenSpan, token_spans
from notegen.text.written_forms import written_forms


class Snippet(Struct, frozen=True):
    """Plain text in one line, with `…` where it was cut, and the words to mark: `text[start:end]`, ascending."""

    text: str
    marks: tuple[tuple[int, int], ...]


def cut_snippet(text: str, terms: Sequence[QueryTerm], algorithms: tuple[str, ...]) -> Snippet:
    """The first stretch of the passage that holds the most of the query's words; its beginning when it holds none.

    Args:
        text: of the passage.
        terms: the query's words, to be found in any of their forms.
        algorithms: for the endings of the notes' languages.
    """
    flat = in_one_line(text.split("\n"))
    matches = _find_matches(flat, terms, algorithms)
    start = _start(list(matches.items()))
    end = min(len(flat), start + MAX_SNIPPET_LENGTH)
    earliest = end - MAX_SNIPPET_LENGTH - MAX_WORD_START_SHIFT
    while start and not flat[start - 1].isspace() and start > earliest:
        start -= 1
    if end < len(flat):
        end = _word_end(flat, start, end)
    head, tail = "…" if start else "", "…" if end < len(flat) else ""
    shift = len(head) - start
    marks = _join((a + shift, b + shift) for a, b in matches if start <= a and b <= end)
    return Snippet(f"{head}{flat[start:end]}{tail}", tuple(marks))


def find_marks(
    text: str, terms: Sequence[QueryTerm], algorithms: tuple[str, ...]
) -> tuple[tuple[int, int], ...]:
    """Where a text holds words of the query, as a snippet marks them."""
    return tuple(_join(_find_matches(text, terms, algorithms)))


def _find_matches(
    text: str, terms: Sequence[QueryTerm], algorithms: tuple[str, ...]
) -> dict[tuple[int, int], set[str]]:
    """Where a text holds words of the query, in order, each with the forms that the query has of it."""
    stems = [frozenset(stems_of(term.token, algorithms)) for term in terms]
    matches: dict[tuple[int, int], set[str]] = {}
    written = (TokenSpan(Token(one.form, one.form), one.start, one.end) for one in written_forms(text))
    for span in sorted((*token_spans(text), *written), key=lambda span: (span.start, span.end)):
        own_stems = stems_of(span.token, algorithms)
        for term, term_stems in zip(terms, stems, strict=True):
            completes = term.prefix and span.token.form.startswith(term.prefix)
            if completes or not term_stems.isdisjoint(own_stems):
                matches.setdefault((span.start, span.end), set()).add(term.token.form)
    return matches


def _join(matches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The matches, those that touch as one: bigrams overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in matches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _start(matches: Sequence[tuple[tuple[int, int], set[str]]]) -> int:
    best = found = 0
    for index, ((start, _), _) in enumerate(matches):
        seen: set[str] = set()
        for (_, end), words in matches[index:]:
            if end > start - MAX_SNIPPET_LEAD + MAX_SNIPPET_LENGTH:
                break
            seen |= words
        if len(seen) > found:
            best, found = max(0, start - MAX_SNIPPET_LEAD), len(seen)
    return best


def _word_end(text: str, start: int, end: int) -> int:
    """The last space before `end`, unless there is none near."""
    space = text.rfind(" ", start, end)
    return space if space > end - MAX_WORD_END_SHIFT else end
