"""Notes in: find the files, decode them, take the front matter off, and keep back what is private.

What this package leaves out is absent from everything after it; no later stage filters.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from notegen.config import Config
from notegen.dates import DATE_KEYS, day_in_name
from notegen.model import Code, Place, Problem, Reading, Source, ToolRoot
from notegen.read.adapt import Adapter, make_adapter
from notegen.read.decode import decode
from notegen.read.discover import discover
from notegen.read.front_matter import split_front_matter
from notegen.read.git_history import first_commits
from notegen.read.mojibake import Garbled, find_garbled
from notegen.read.visibility import is_withheld

__all__ = ["read_sources"]


def read_sources(root: Path, config: Config, *, skip: Sequence[Path] = ()) -> Reading:
    """Everything publishable under `root`, and the names of what is withheld.

    Undecodable bytes, unreadable files and bad front matter become problems, never a crash.

    Args:
        skip: folders that are not part of the notes, such as the site itself.

    Raises:
        NotegenError: `root` is no folder or cannot be read.
    """
    found = discover(root, config.ignore, skip=skip)
    if config.tool != "auto":
        found.roots.found = {"": config.tool}
    adapters: dict[ToolRoot, Adapter] = {}
    sources: list[Source] = []
    problems = list(found.problems)
    withheld: set[str] = set()
    for note in found.notes:
        try:
            source = _read(root, note, repair=config.repair_text)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems.append(Problem(Code.FILE_UNREADABLE, Place(note), (("reason", reason),)))
            continue
        place = found.roots.root_of(note)
        if place not in adapters:
            adapters[place] = make_adapter(root / place.path, place, line_breaks=config.line_breaks)
        if source is None or (source := adapters[place](source)) is None:
            withheld.add(note)
        else:
            sources.append(source)
    return Reading(
        sources=_with_history(root, sources),
        assets=found.assets,
        withheld=frozenset(withheld),
        problems=tuple(problems),
        roots=found.roots.all(),
    )


def _read(root: Path, note: str, *, repair: bool) -> Source | None:
    path = root / note
    content = path.read_bytes()
    text, problems = decode(content, note)
    if garbled := find_garbled(text):
        if repair:
            text = garbled.text
        else:
            problems = (*problems, _garbled_problem(note, garbled))
    front = split_front_matter(text, note)
    withheld, unclear = is_withheld(front, note)
    if withheld:
        return None
    return Source(
        id=note,
        text=front.body,
        first_line=front.first_line,
        properties=front.properties,
        property_lines=front.lines(),
        digest=hashlib.blake2b(content, digest_size=16).hexdigest(),
        modified=datetime.fromtimestamp(path.stat().st_mtime, UTC).date(),
        problems=(*problems, *front.problems, *unclear),
    )


def _garbled_problem(note: str, garbled: Garbled) -> Problem:
    facts = (("found", garbled.found), ("meant", garbled.meant), ("count", str(garbled.lines)))
    return Problem(Code.TEXT_GARBLED, Place(note, garbled.line, garbled.column), facts)


def _with_history(root: Path, sources: list[Source]) -> tuple[Source, ...]:
    """Asks git, which is slow, only when a note may need it: one with no date in its front matter or its name."""
    undated = [source for source in sources if not _states_a_day(source)]
    commits = first_commits(root) if undated else {}
    return tuple(replace(s, committed=commits[s.id]) if s.id in commits else s for s in sources)


def _states_a_day(source: Source) -> bool:
    return any(key in source.properties for key in DATE_KEYS) or day_in_name(Path(source.id).stem) is not None
