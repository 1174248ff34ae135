"""Audits of sites in tests."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import notegen.build
from notegen.build import build
from notegen.cache import VectorCache
from notegen.config import Config
from notegen.context import BuildContext
from notegen.inspection import audit, prepared_audit
from notegen.load import load_garden
from notegen.model import Audit, Report
from tests.support.leaks import PASSWORD


def build_unaudited(notes: Path, site: Path, config: Config | None = None) -> Path:
    """A site by words only, whatever leaks."""
    nothing = Audit(0, 0, ())
    with patch.object(notegen.build, "prepared_audit", lambda *_, **__: lambda *_, **__: nothing):
        build(BuildContext(notes, config or Config(), encoder=None, password=lambda opens: PASSWORD), site)
    return site


def build_and_audit(notes: Path, site: Path, config: Config) -> tuple[Report, Audit]:
    """A site by words only, whatever leaks, and what the last look of its own build found in it."""
    found: list[Audit] = []
    nothing = Audit(0, 0, ())

    def prepared(*facts: object, **options: object) -> Callable[..., Audit]:
        look = prepared_audit(*facts, **options)  # type: ignore[arg-type]  # handed on as they come

        def note(*site: object, **options: object) -> Audit:
            found.append(look(*site, **options))  # type: ignore[arg-type]
            return nothing

        return note

    with patch.object(notegen.build, "prepared_audit", prepared):
        report = build(BuildContext(notes, config, encoder=None, password=lambda opens: PASSWORD), site)
    (audit,) = found
    return report, audit


def audit_of(
    site: Path, notes: Path, config: Config | None = None, *, cache: VectorCache | None = None
) -> Audit:
    """What `notegen audit` finds."""
    context = BuildContext(notes, config or Config(), encoder=None, cache=cache)
    reading, garden = load_garden(context, skip=(site,))
    return audit(site, context, reading, garden, skip=(site,))
