"""Which notes the operators of a question let through. The page's `filters.ts` is the same in TypeScript."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from notegen.model import Garden, Passage
from notegen.search.inverted_index import InvertedIndex, last_heading, read_postings
from notegen.search.query import Filter, Query, days_of
from notegen.text.scripts import is_no_space_script
from notegen.text.stems import stems_of
from notegen.text.tokens import fold, phrase_form, query_terms


class PhraseFilter(Struct, frozen=True, eq=False):
    """A phrase that a question's notes must say, or must not."""

    phrase: str
    candidates: Mapping[int, set[int]] | None
    """What `phrase_candidates` gives for it."""

    def may_be_in(self, note: int) -> bool:
        """Whether the note may say the phrase, as far as it can be told without reading its text."""
        return self.candidates is None or note in self.candidates

    def found_in(self, note: int, passages: Sequence[Passage]) -> set[int]:
        """The numbers of the note's passages that say the phrase; `passages` are all of the note."""
        return phrase_passages(
            self.phrase, passages, None if self.candidates is None else self.candidates[note]
        )


class FilterResult(Struct, frozen=True, eq=False):
    """What a question's operators ask for."""

    notes: set[int]
    """The notes that pass every filter that can be judged without their texts."""
    required: Sequence[PhraseFilter]
    excluded: Sequence[PhraseFilter]


def apply_filters(garden: Garden, index: InvertedIndex, query: Query) -> FilterResult | None:
    """What a question's operators ask for, without reading texts; None for a question without operators."""
    if not query.is_filtered:
        return None
    required = [PhraseFilter(phrase, phrase_candidates(index, phrase)) for phrase in query.phrases]
    excluded = [PhraseFilter(phrase, phrase_candidates(index, phrase)) for phrase in query.excluded_phrases]
    notes = matching_notes(garden, index, query)
    for phrase in required:
        if phrase.candidates is not None:
            notes &= phrase.candidates.keys()
    return FilterResult(notes, required, excluded)


def matching_notes(garden: Garden, index: InvertedIndex, query: Query) -> set[int]:
    """The numbers of the notes that pass all filters and say none of the excluded words."""
    found = set(range(len(garden.notes)))
    for filter in query.filters:
        passing = _passing(garden, filter)
        found = found - passing if filter.excluded else found & passing
    for word in query.excluded:
        for term in query_terms(f"{word} "):
            for stem in stems_of(term.token, index.algorithms):
                for form in index.forms_by_stem.get(stem, ()):
                    found -= {posting.note for posting in read_postings(index.postings[form])}
    return found


def phrase_candidates(index: InvertedIndex, phrase: str) -> dict[int, set[int]] | None:
    """The notes that say each word of the phrase, with the passages that say them all.

    Returns:
        None when the phrase has no word to look up, a lone character of a script without spaces: any note may say it.
    """
    found: dict[int, set[int]] | None = None
    for term in query_terms(f"{phrase} "):
        form = term.token.form
        if is_no_space_script(form) and len(form) == 1:
            continue
        here = {
            posting.note: set(posting.passages) for posting in read_postings(index.postings.get(form, ""))
        }
        found = (
            here if found is None else {note: found[note] & here[note] for note in found.keys() & here.keys()}
        )
    return found


def phrase_passages(phrase: str, passages: Sequence[Passage], candidates: set[int] | None) -> set[int]:
    """The numbers of a note's passages that say the phrase; of all, when the title does.

    Args:
        phrase: as written in the question.
        passages: all of the note.
        candidates: those that `phrase_candidates` gives for the note, to read no others; None to read all.
    """
    wanted = phrase_form(phrase)
    if wanted in phrase_form(passages[0].title):
        return set(range(len(passages)))
    read = range(len(passages)) if candidates is None else sorted(candidates)
    return {
        number
        for number in read
        if wanted in phrase_form(passages[number].text)
        or wanted in phrase_form(last_heading(passages[number]))
    }


def _passing(garden: Garden, filter: Filter) -> set[int]:
    """The notes that a filter names, whether it asks for them or excludes them.

    A tag is that of the tags within it too, `a` of `a/b`. A path may begin wherever a folder, a file or a word in it
    begins. Of dates the first and the last day count in; a note without a date is on neither side.
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
        return {number for number, day in enumerate(dated) if day and day >= days[0]}
    return {number for number, day in enumerate(dated) if day and day <= days[1]}


def begins_in(part: str, path: str) -> bool:
    """Whether the path holds the part where a word of it begins; in scripts without spaces any character begins one."""
    start = path.find(part)
    while start > 0 and path[start - 1].isalnum() and not is_no_space_script(path[start]):
        start = path.find(part, start + 1)
    return start >= 0


def newest(garden: Garden) -> Sequence[int]:
    """All notes, the newest day first, those of one day by number; last those without a date."""
    days = [day.toordinal() if (day := note.dating.day) else 0 for note in garden.notes.values()]
    return sorted(range(len(days)), key=lambda number: (-days[number], number))
