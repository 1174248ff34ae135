"""How many links of real gardens lead somewhere, and why the others do not."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from notegen.config import Config
from notegen.link import link_notes
from notegen.model import Code, Garden, Link, Nowhere, ToNote
from notegen.parse import parse_notes
from notegen.read import read_sources

_KINDS = {"wiki": "wiki", "embed": "embed", "markdown": "Markdown", "image": "picture", "block": "block"}
_REASONS = {
    Code.LINK_MISSING: "note or file not there",
    Code.ASSET_MISSING: "picture or attachment not there",
    Code.LINK_WITHHELD: "note kept private",
    Code.HEADING_MISSING: "heading not there",
}


def main(vaults: dict[str, Path]) -> None:
    """Print a row for each vault and kind of link, and one of all that are no pictures or attachments.

    A link to a heading that is not there counts as unresolved. Pictures are left out of the last row of a vault, since
    some vaults were published without theirs.
    """
    print("| vault | links | how many | resolved | share | why the others do not |")
    print("| --- | --- | ---: | ---: | ---: | --- |")
    for name, folder in vaults.items():
        reading = read_sources(folder, Config())
        garden = link_notes(parse_notes(reading.sources), reading)
        links = [(link, code) for link, code in _links(garden) if link.kind in _KINDS]
        for kind, shown in _KINDS.items():
            _print_row(name, shown, [pair for pair in links if pair[0].kind == kind])
        words = [pair for pair in links if pair[0].kind != "image" and pair[1] != Code.ASSET_MISSING]
        _print_row(name, "all but pictures", words)


def _links(garden: Garden) -> Iterator[tuple[Link, Code | None]]:
    """Every link with what is wrong with it."""
    wrong = {
        (problem.place, dict(problem.facts)["target"]): problem.code
        for problem in garden.problems
        if problem.code in _REASONS
    }
    for id, note in garden.notes.items():
        for link, goal in zip(note.links, garden.resolutions[id], strict=True):
            target = goal.note if isinstance(goal, ToNote) else link.target
            yield link, wrong.get((link.place, target), Code.LINK_MISSING if goal == Nowhere() else None)


def _print_row(vault: str, kind: str, links: list[tuple[Link, Code | None]]) -> None:
    if not links:
        return
    reasons = Counter(_REASONS[code] for _, code in links if code)
    resolved = len(links) - reasons.total()
    why = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common()) or "–"
    print(f"| {vault} | {kind} | {len(links):,} | {resolved:,} | {resolved / len(links):.1%} | {why} |")
