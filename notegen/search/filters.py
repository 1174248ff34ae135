"""Which notes the operators of a question let through. The page's `filters.ts` is the same in TypeScript."""

from collections.abc import Sequence

from notegen.model import Garden, Passage
from notegen.search.inverted_index import InvertedIndex, last_heading, read_postings
from notegen.search.query import Filter, Query, days_of
from notegen.text.scripts import is_no_space_script
from notegen.text.stems import stems_of
from notegen.text.tokens import fold, phrase_form, query_terms

MOST_CHECKED = 200
"""Notes whose texts are read to see whether a phrase is in them, best first: a page has to load these texts."""


def admitted(garden: Garden, index: InvertedIndex, query: Query) -> set[int]:
    """The numbers of the notes that pass all filters and say none of the excluded words."""
    found = set(range(len(garden.notes)))
    for filter in query.filters:
        passing = _passing(garden, filter)
        found = found - passing if filter.excluded else found & passing
    for word in query.excluded:
        for wanted in query_terms(f"{word} "):
            for stem in stems_of(wanted.token, index.algorithms):
                for form in index.forms_by_stem.get(stem, ()):
                    found -= {posting.note for posting in read_postings(index.postings[form])}
    return found


def holding(index: InvertedIndex, phrase: str) -> dict[int, set[int]] | None:
    """The notes that say each word of the phrase, with the passages that say them all.

    Returns:
        None when the phrase has no word to look up, a lone character of a script without spaces: any note may say it.
    """
    found: dict[int, set[int]] | None = None
    for wanted in query_terms(f"{phrase} "):
        form = wanted.token.form
        if is_no_space_script(form) and len(form) == 1:
            continue
        here = {
            posting.note: set(posting.passages) for posting in read_postings(index.postings.get(form, ""))
        }
        found = (
            here if found is None else {note: found[note] & here[note] for note in found.keys() & here.keys()}
        )
    return found


def phrase_places(phrase: str, passages: Sequence[Passage], held: set[int] | None) -> set[int]:
    """The numbers of a note's passages that say the phrase; of all, when the title does.

    Args:
        phrase: as written in the question.
        passages: all of the note.
        held: those that `holding` gives for the note, to read no others; None to read all.
    """
    wanted = phrase_form(phrase)
    if wanted in phrase_form(passages[0].title):
        return set(range(len(passages)))
    read = range(len(passages)) if held is None else sorted(held)
    return {
        n
        for n in read
        if wanted in phrase_form(passages[n].text) or wanted in phrase_form(last_heading(passages[n]))
    }


def _passing(garden: Garden, filter: Filter) -> set[int]:
    """The notes that a filter names, be they wanted or not.

    A tag is that of the tags within it too, `a` of `a/b`. A path may begin wherever a folder, a file or a word in it
    begins. Of dates the first and the last day count in.
    """
    wanted = fold(filter.value)
    if filter.kind == "tag":
        tagged = {id for tag, ids in garden.tags.items() if fold(tag) == wanted for id in ids}
        return {number for number, id in enumerate(garden.notes) if id in tagged}
    if filter.kind == "path":
        return {number for number, id in enumerate(garden.notes) if begins_in(wanted, fold(id))}
    days = days_of(filter.value)
    assert days, filter
    dated = [note.dating.day for note in garden.notes.values()]
    if filter.kind == "after":
        return {number for number, day in enumerate(dated) if day >= days[0]}
    return {number for number, day in enumerate(dated) if day <= days[1]}


def begins_in(part: str, path: str) -> bool:
    """Whether the path holds the part where a word of it begins; in scripts without spaces any character begins one."""
    start = path.find(part)
    while start > 0 and path[start - 1].isalnum() and not is_no_space_script(path[start]):
        start = path.find(part, start + 1)
    return start >= 0


def newest(garden: Garden) -> Sequence[int]:
    """All notes, the newest day first, those of one day by number."""
    dated = [note.dating.day for note in garden.notes.values()]
    return sorted(range(len(dated)), key=lambda number: (-dated[number].toordinal(), number))
