"""What a broken link may have meant."""

from msgspec.structs import replace
from rapidfuzz import fuzz, process

from notegen.errors.phrases import in_backticks
from notegen.model import Code, Garden, Problem, Reading
from notegen.paths import fold, stem_of
from notegen.regex import regex

_NUMBER = regex(r"\d+")
_MIN_RATIO = 80  # of 100, rapidfuzz's ratio: one wrong letter in five
_MIN_RATIO_TYPED = 60  # a name that a person has just typed, who sees at once that it was not meant


def did_you_mean(garden: Garden, reading: Reading) -> tuple[Problem, ...]:
    """The garden's problems, missing links with up to three names like theirs; apart from linking, since it is slow."""
    notes = {fold(name): name for id in garden.notes for name in (stem_of(id).rpartition("/")[2],)}
    files = {fold(path.rpartition("/")[2]): path for path in reading.assets}
    return tuple(_with_candidates(problem, notes, files) for problem in garden.problems)


def names_like(garden: Garden, name: str) -> list[str]:
    """Up to three notes that are called nearly so, the nearest first: by name, title or alias, each by its name."""
    called = {
        fold(one): stem_of(id).rpartition("/")[2]
        for id, note in garden.notes.items()
        for one in (*note.aliases, note.title, stem_of(id), stem_of(id).rpartition("/")[2])
    }
    close = process.extract(
        fold(name), called.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_RATIO_TYPED, limit=9
    )
    return list(dict.fromkeys(called[one] for one, _, _ in close))[:3]


def _with_candidates(problem: Problem, notes: dict[str, str], files: dict[str, str]) -> Problem:
    names = {Code.LINK_MISSING: notes, Code.ASSET_MISSING: files}.get(problem.code)
    if not names:
        return problem
    facts = dict(problem.facts)
    wanted = fold(facts["target"].rpartition("/")[2])
    # What is numbered otherwise is another thing: a screenshot of another second, the second picture of three.
    numbers = _numbers(wanted)
    alike = [name for name in names if _numbers(name) == numbers]
    close = process.extract(wanted, alike, scorer=fuzz.ratio, limit=3, score_cutoff=_MIN_RATIO)
    facts["candidates"] = in_backticks(names[name] for name, _, _ in close)
    return replace(problem, facts=tuple(facts.items()))


def _numbers(name: str) -> list[str]:
    """The numbers in a name, in their order; `07` is 7."""
    return [number.lstrip("0") for number in _NUMBER.findall(name)]
