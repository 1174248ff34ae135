"""The page of each tag, and the page of all tags."""

from collections.abc import Iterator
from itertools import accumulate

from notegen.model import OutputFile, Url
from notegen.paths import TAGS, part_url
from notegen.render.lists import Row, Step, ledger, parts_of
from notegen.render.site import Site, link_to, make_page
from notegen.render.words import count_words

TAGS_ON_A_PAGE = 600


def tag_pages(site: Site) -> Iterator[OutputFile]:
    """Each tag with its notes, newest first, and the tags within it; then all tags. Nothing for a garden without."""
    within = _tags_within(site)
    for tag in site.garden.tags:
        yield from _tag_pages(site, tag, within.get(tag, []))
    if site.garden.tags:
        yield from _overview_pages(site)


def _tag_pages(site: Site, tag: str, within: list[str]) -> Iterator[OutputFile]:
    notes, first = site.garden.tags[tag], site.garden.tag_urls[tag]
    parts = parts_of(notes)
    lead = count_words(len(notes), "note")
    for number, listed in enumerate(parts, 1):
        page = part_url(first, number)
        names = {
            "heading": f"#{tag}",
            "lead": lead if len(parts) == 1 else f"{lead}, part {number} of {len(parts)}",
            "tags": link_to(page, TAGS),
            "parents": tuple(_parents(site, page, tag)),
            "rows": tuple(_row(site, page, one) for one in within) if number == 1 else (),
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


def _tags_within(site: Site) -> dict[str, list[str]]:
    """Each tag's direct children: `a/b` is within `a`, as far as there is a page for `a`."""
    by_fold = {tag.casefold(): tag for tag in site.garden.tags}
    children: dict[str, list[str]] = {}
    for tag in site.garden.tags:
        parent = by_fold.get(tag.casefold().rpartition("/")[0])
        if parent is not None:
            children.setdefault(parent, []).append(tag)
    return children


def _parents(site: Site, page: Url, tag: str) -> Iterator[Row]:
    by_fold = {one.casefold(): one for one in site.garden.tags} if "/" in tag else {}
    for above in accumulate(tag.split("/")[:-1], lambda upper, part: f"{upper}/{part}"):
        if known := by_fold.get(above.casefold()):
            yield _row(site, page, known)


def _row(site: Site, page: Url, tag: str, *, depth: int = 0) -> Row:
    return Row(link_to(page, site.garden.tag_urls[tag]), tag, f"{len(site.garden.tags[tag]):,}", depth)


def _part_step(page: Url, first: Url, number: int, parts: int, kind: str) -> Step | None:
    return (
        Step(link_to(page, part_url(first, number)), f"Part {number}", kind) if 1 <= number <= parts else None
    )
