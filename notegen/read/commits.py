"""Gives notes the days on which git says that they came and changed."""

from collections.abc import Set

from msgspec.structs import replace

from notegen.errors.reasons import git_remedy, git_silence
from notegen.model import Code, Place, Problem, Source
from notegen.read.git_history import History, mass_changes, mass_commits


def with_history(
    history: History, sources: list[Source], *, is_asked: bool
) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Args: is_asked: whether some note's day hangs on what git says."""
    if history.silence:
        if not is_asked:
            return tuple(sources), ()
        facts = (
            ("reason", git_silence(history.silence, history.detail)),
            ("remedy", git_remedy(history.silence, history.detail)),
        )
        silent = tuple(replace(source, is_history_known=False) for source in sources)
        return silent, (Problem(Code.GIT_SILENT, Place("."), facts),)
    notes = [source.id for source in sources]
    mass, wide = mass_commits(history, notes), mass_changes(history, notes)
    return tuple(_with_commits(source, history, mass, wide) for source in sources), ()


def _with_commits(source: Source, history: History, mass: Set[int], wide: Set[int]) -> Source:
    """Args: mass: the commits that brought many notes at once. wide: those that changed many."""
    changes = (commit.day for commit in history.changed(source.id) if commit.number not in wide)
    if changed := next(changes, None):
        source = replace(source, changed=changed)
    first = history.first(source.id)
    if first is None:
        return source
    if first.number in mass:
        return replace(source, imported=first.day)
    return replace(source, committed=first.day)
