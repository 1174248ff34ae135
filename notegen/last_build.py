"""The last build of each site, so that a build with nothing changed has nothing to do.

For each pair of a notes folder and a site a small file lies beside the cache of vectors. It holds what the disk said of
all files that the build read and wrote, and the build's report. While all that is the same, another build would write
the same bytes again. Of a site with encrypted notes all that names any is encrypted there as it is in the site, and is
read by who gives the same password. Nothing here loads what a build needs.
"""

import hashlib
import json
import os
import sys
import sysconfig
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from msgspec.structs import astuple, replace

from notegen.bundled import bundled
from notegen.clock import local_zone
from notegen.config import Config
from notegen.git import git_state
from notegen.model import Code, Place, Problem, Report, Scheduled, Span, Written
from notegen.paths import LAST_BUILDS
from notegen.settings_files import settings_beside
from notegen.stamps import Stamps, Tree, take_stamps
from notegen.write import is_as_written

if TYPE_CHECKING:
    from notegen.encrypt import Vault  # with a cipher, which few builds need

MAX_BUILDS = 64
"""Files that are kept; of more, the oldest go."""

_CACHE_CODES = frozenset({Code.CACHE_DAMAGED, Code.CACHE_UNUSABLE})
_VERSION = 5
_SEALED = "last-build"
"""The name for which it is encrypted."""


def recall_build(
    file: Path, site: Path, now: Stamps, moment: float, vault: "Callable[[], Vault] | None" = None
) -> Report | None:
    """The report of the last build, if another would do the same; None if something changed, or nothing is known.

    Args:
        now: of all that a build reads.
        moment: for which another would be, in seconds since 1970: a note that waits may have its day.
        vault: the keys of a site with encrypted notes, asked for where nothing else has changed; None where nobody has
            them, who is told nothing of such a site.

    Raises:
        NotegenError: the keys cannot be had.
    """
    began = time.perf_counter()
    try:
        kept = json.loads(file.read_bytes())
        if kept["version"] != _VERSION or kept["key"] != now.key:
            return None
        said = kept["said"] if isinstance(kept["said"], dict) else _unsealed(kept["said"], vault)
        was, report = Stamps(kept["key"], said["racy"]), _report_from(said["report"])
        is_known = report.stands.holds(moment) and was.hold(now)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if not is_known or not is_as_written(site, report.written):
        return None
    return replace(report, seconds={"compare": time.perf_counter() - began}, is_unchanged=True)


def remember_build(
    file: Path, report: Report, before: Stamps, after: Stamps, vault: "Vault | None" = None
) -> None:
    """Keep what was built, unless what it read changed meanwhile, or the next build may well come to more.

    Args:
        before: of all that the build read, from before it did.
        after: the same, from when it was done.
        vault: the keys of a site with encrypted notes, of which nothing is kept without.
    """
    passing = (
        report.written.left
        or (report.encrypted and not vault)
        or report.written.unreadable
        or any(problem.code in _CACHE_CODES for problem in report.problems)
    )
    if passing or not before.hold(after):
        return
    said = {"racy": {**before.racy, **after.racy}, "report": _report_facts(report)}
    kept = {"version": _VERSION, "key": before.key, "said": _sealed(said, vault) if vault else said}
    with suppress(OSError):  # the next build then has all to do, and does it
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace_file(file, json.dumps(kept).encode("utf-8"))
        _forget_old(file.parent)


def last_build_file(cache: Path, notes: Path, site: Path) -> Path:
    """Where the last build of these notes to this site is kept."""
    names = f"{os.path.realpath(notes)}\0{os.path.realpath(site)}".encode("utf-8", "surrogateescape")
    return cache / LAST_BUILDS / f"{hashlib.blake2b(names, digest_size=16).hexdigest()}.json"


def stamps_of_inputs(notes: Path, config: Config, without: Sequence[Path]) -> Stamps:
    """What the disk says now of all that a build of these notes reads.

    Args:
        without: what lies among the notes and is no part of them: the site, and the cache's own.
    """
    bundles = (bundled("templates"), bundled("models"), bundled("browser"))
    named = [Path(path) for path in (config.theme, config.encoder.folder) if path]
    trees = [Tree(path) for path in (Path(__file__).parent, *bundles, *named)]
    libraries = sorted({sysconfig.get_path(name) for name in ("purelib", "platlib")})
    installed = [str(os.stat(path).st_mtime_ns) for path in libraries if os.path.isdir(path)]
    beside = [Tree(path) for path in settings_beside(notes)]
    return take_stamps(
        [Tree(notes, is_garden=True, without=tuple(without)), *trees, *beside],
        [sys.version, *installed, str(notes.absolute()), repr(config), git_state(notes), local_zone()],
    )


def _sealed(said: Mapping[str, Any], vault: "Vault") -> str:
    sealed = vault.of_what_is_kept().seal(_SEALED, json.dumps(said).encode("utf-8"))
    return b64encode(sealed).decode("ascii")


def _unsealed(sealed: str, vault: "Callable[[], Vault] | None") -> Any:
    """What was sealed; None where nobody has the keys, or they are of another password."""
    content = vault().of_what_is_kept().unseal(_SEALED, b64decode(sealed)) if vault else None
    return None if content is None else json.loads(content)


def _report_facts(report: Report) -> dict[str, Any]:
    written = report.written
    return {
        "notes": report.notes,
        "passages": report.passages,
        "withheld": report.withheld,
        "encrypted": report.encrypted,
        "templates": report.templates,
        "scheduled": list(astuple(report.scheduled)),
        "stands": list(astuple(report.stands)),
        "semantic": report.semantic,
        "unfamiliar": report.unfamiliar,
        "encoder_language": report.encoder_language,
        "attachments": sorted(report.attachments),
        "written": {"files": written.files, "size": written.size, "stamp": written.stamp},
        "problems": [
            [
                problem.code.value,
                [problem.place.path, problem.place.line, problem.place.column],
                problem.facts,
            ]
            for problem in report.problems
        ],
    }


def _report_from(facts: Mapping[str, Any]) -> Report:
    """The report that these facts are of.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: they are of none.
    """
    return Report(
        notes=int(facts["notes"]),
        passages=int(facts["passages"]),
        withheld=int(facts["withheld"]),
        encrypted=int(facts["encrypted"]),
        templates=int(facts["templates"]),
        scheduled=Scheduled(*facts["scheduled"]),
        stands=Span(*map(float, facts["stands"])),
        problems=tuple(
            Problem(Code(code), Place(*place), tuple((str(name), str(value)) for name, value in said))
            for code, place, said in facts["problems"]
        ),
        written=Written(**facts["written"]),
        seconds={},
        semantic=bool(facts["semantic"]),
        attachments=frozenset(facts["attachments"]),
        unfamiliar=int(facts["unfamiliar"]),
        encoder_language=str(facts["encoder_language"]),
    )


def _replace_file(file: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=file.parent, delete=False) as stream:
        stream.write(content)
    Path(stream.name).replace(file)


def _forget_old(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for file in files[MAX_BUILDS:]:
        file.unlink(missing_ok=True)
