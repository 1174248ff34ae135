"""The page of each tag, and the page of all tags."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from notegen.model import OutputFile, Url
from notegen.paths import TAGS, fold, part_url
from notegen.render.lists import Row, Step, ledger, parts_of
from notegen.render.site import Site, link_to, make_page
from notegen.render.timeline import timeline_of
from notegen.render.words import count_words

TAGS_ON_A_PAGE = 600


def tag_pages(site: Site) -> Iterator[OutputFile]:
    """Each tag with its notes, newest first, and the tags within it; then all tags. Nothing for a garden without."""
    known = {fold(tag): tag for tag in site.garden.tags}
    within = _tags_within(known)
    for tag in site.garden.tags:
        yield from _tag_pages(site, tag, tuple(_above(tag, known)), within.get(tag, []))
    if site.garden.tags:
        yield from _overview_pages(site)


def _tag_pages(site: Site, tag: str, above: Sequence[str], within: Sequence[str]) -> Iterator[OutputFile]:
    notes, first = site.garden.tags[tag], site.garden.tag_urls[tag]
    parts = parts_of(notes)
    days = [site.garden.notes[note].dating.day for note in notes]
    lead = count_words(len(notes), "note")
    for number, listed in enumerate(parts, 1):
        page = part_url(first, number)
        names = {
            "heading": f"#{tag}",
            "lead": lead if len(parts) == 1 else f"{lead}, part {number} of {len(parts)}",
            "tags": link_to(page, TAGS),
            "parents": tuple(_row(site, page, one) for one in above),
            "rows": tuple(_row(site, page, one) for one in within) if number == 1 else (),
            "timeline": timeline_of(days) if number == 1 else None,
            "years": ledger(site, page, listed, months=len(listed) > 12),
            "earlier": _part_step(page, first, number - 1, len(parts), "Newer"),
            "later": _part_step(page, first, number + 1, len(parts), "Older"),
            "up": None,
        }
        yield make_page(
            site, "tag.html", page, "tags", names, title=f"#{tag}", description=f"{lead} tagged #{tag}"
        )


def _overview_pages(site: Site) -> Iterator[OutputFile]:
    parts = parts_of(list(site.garden.tags), TAGS_ON_A_PAGE)
    lead = count_words(len(site.garden.tags), "tag")
    for number, tags in enumerate(parts, 1):
        page = part_url(TAGS, number)
        names = {
            "lead": lead if len(parts) == 1 else f"{lead}, part {number} of {len(parts)}",
            "rows": tuple(_row(site, page, tag, depth=min(tag.count("/"), 3)) for tag in tags),
            "earlier": _part_step(page, TAGS, number - 1, len(parts), "Before"),
            "later": _part_step(page, TAGS, number + 1, len(parts), "After"),
        }
        yield make_page(site, "tags.html", page, "tags", names, title="Tags", description=lead)


def _tags_within(known: Mapping[str, str]) -> dict[str, list[str]]:
    """Each tag's direct children: `a/b` is within `a`, as far as there is a page for `a`."""
    children: dict[str, list[str]] = {}
    for folded, tag in known.items():
        parent = known.get(folded.rpartition("/")[0])
        if parent is not None:
            children.setdefault(parent, []).append(tag)
    return children


def _above(tag: str, known: Mapping[str, str]) -> Iterator[str]:
    """The tags that the tag is within, the top one first."""
    for upper in accumulate(tag.split("/")[:-1], lambda path, part: f"{path}/{part}"):
        if fold(upper) in known:
            yield known[fold(upper)]


def _row(site: Site, page: Url, tag: str, *, depth: int = 0) -> Row:
    return Row(link_to(page, site.garden.tag_urls[tag]), tag, f"{len(site.garden.tags[tag]):,}", depth)


def _part_step(page: Url, first: Url, number: int, parts: int, kind: str) -> Step | None:
    return (
        Step(link_to(page, part_url(first, number)), f"Part {number}", kind) if 1 <= number <= parts else None
    )
