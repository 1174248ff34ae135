"""What a broken link may have meant."""

from dataclasses import replace

from rapidfuzz import fuzz, process

from notegen.errors import in_backticks
from notegen.model import Code, Garden, Problem, Reading
from notegen.paths import fold, stem_of

_MIN_RATIO = 80  # of 100, rapidfuzz's ratio: one wrong letter in five


def did_you_mean(garden: Garden, reading: Reading) -> tuple[Problem, ...]:
    """The garden's problems, missing links with up to three names like theirs; apart from linking, since it is slow."""
    notes = {fold(name): name for id in garden.notes for name in (stem_of(id).rpartition("/")[2],)}
    files = {fold(path.rpartition("/")[2]): path for path in reading.assets}
    return tuple(_with_candidates(problem, notes, files) for problem in garden.problems)


def _with_candidates(problem: Problem, notes: dict[str, str], files: dict[str, str]) -> Problem:
    names = {Code.LINK_MISSING: notes, Code.ASSET_MISSING: files}.get(problem.code)
    if not names:
        return problem
    facts = dict(problem.facts)
    wanted = fold(facts["target"].rpartition("/")[2])
    close = process.extract(wanted, names.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=_MIN_RATIO)
    facts["candidates"] = in_backticks(names[name] for name, _, _ in close)
    return replace(problem, facts=tuple(facts.items()))
