"""The page of each folder, and the page of all folders."""

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

from notegen.model import NoteId, OutputFile, Url
from notegen.paths import FOLDERS, INDEX_NAMES, fold, part_url, shown_folder, stem_of
from notegen.render.parts.lists import NavLink, Row, entry_of, part_lead, part_link, parts_of
from notegen.render.site import Site, link_to, make_page
from notegen.text.collation import sort_key

MAX_FOLDERS_PER_PAGE = 600


def folder_pages(site: Site) -> Iterator[OutputFile]:
    """Each folder with the folders and notes in it, then all folders; nothing for a garden without."""
    pages_of = pages_by_folder(site)
    for folder in site.garden.folders:
        yield from pages_of(folder)
    if site.garden.folders:
        yield from all_folders_pages(site)


def pages_by_folder(site: Site) -> Callable[[str], Iterator[OutputFile]]:
    """What makes the pages of a folder: one, or parts of a long list."""
    counts, bundles = _note_counts(site), _bundles(site)
    within: dict[str, list[str]] = {}
    notes = {folder: list(inside) for folder, inside in site.garden.folders.items()}
    for folder in site.garden.folders:
        above = folder.rpartition("/")[0]
        if folder in bundles and above:
            notes[above].append(bundles[folder])
        else:
            within.setdefault(above, []).append(folder)
    return lambda folder: _folder_pages(site, folder, within.get(folder, []), notes[folder], counts)


def folder_rows(site: Site, page: Url, *, top: int) -> tuple[Row, ...]:
    """The first folders that divide the garden, the `top` ones with the most notes, in their usual order."""
    counts = _note_counts(site)
    outer = [folder for folder in site.garden.folders if "/" not in folder]
    # A folder that holds all the others, as `content` does, divides nothing.
    while len(outer) == 1 and (
        inner := [one for one in site.garden.folders if one.rpartition("/")[0] == outer[0]]
    ):
        outer = inner
    most = set(sorted(outer, key=lambda folder: (-counts[folder], folder))[:top])
    return tuple(_folder_row(site, page, folder, counts[folder]) for folder in outer if folder in most)


def _bundles(site: Site) -> Mapping[str, NoteId]:
    """Folders that are one note with its files, as Hugo has them: the note opens it, and no other is in it.

    Where notes are listed, the note stands for its folder.
    """
    parents = {folder.rpartition("/")[0] for folder in site.garden.folders}
    return {
        folder: notes[0]
        for folder, notes in site.garden.folders.items()
        if len(notes) == 1
        and folder not in parents
        and fold(stem_of(notes[0])).rpartition("/")[2] in INDEX_NAMES
    }


def _note_counts(site: Site) -> dict[str, int]:
    """How many notes lie in each folder or in one within it."""
    counts = dict.fromkeys(site.garden.folders, 0)
    for folder, notes in site.garden.folders.items():
        for upper in _way_down(folder):
            counts[upper] += len(notes)
    return counts


def _way_down(folder: str) -> Iterator[str]:
    """The folders above, the outermost first, and the folder itself."""
    return accumulate(folder.split("/"), lambda path, part: f"{path}/{part}")


def _folder_pages(
    site: Site, folder: str, within: list[str], inside: list[NoteId], counts: dict[str, int]
) -> Iterator[OutputFile]:
    first = site.garden.folder_urls[folder]
    parts = parts_of(sorted(inside, key=lambda note: _by_title(site, note)))
    above, name = folder.rpartition("/")[::2]
    lead = site.translate("count.notes", count=counts[folder])
    about = site.translate("folders.about", count=counts[folder], folder=shown_folder(folder))
    for number, notes in enumerate(parts, 1):
        page = part_url(first, number)
        names = {
            "heading": shown_folder(name),
            "lead": part_lead(site, lead, number, len(parts)),
            "folders": link_to(page, FOLDERS),
            "parents": tuple(
                NavLink(link_to(page, site.garden.folder_urls[upper]), shown_folder(upper.rpartition("/")[2]))
                for upper in (_way_down(above) if above else ())
            ),
            "rows": tuple(_folder_row(site, page, one, counts[one]) for one in within) if number == 1 else (),
            "notes": tuple(entry_of(site, page, note) for note in notes),
            "earlier": part_link(site, page, first, number - 1, len(parts), "list.before"),
            "later": part_link(site, page, first, number + 1, len(parts), "list.after"),
        }
        yield make_page(site, "folder.html", page, "", names, title=shown_folder(folder), description=about)


def all_folders_pages(site: Site) -> Iterator[OutputFile]:
    """All folders: one page, or parts of a long list."""
    bundles, counts = _bundles(site), _note_counts(site)
    folders = [folder for folder in site.garden.folders if folder not in bundles or "/" not in folder]
    parts = parts_of(folders, MAX_FOLDERS_PER_PAGE)
    lead = site.translate("count.folders", count=len(folders))
    for number, listed in enumerate(parts, 1):
        page = part_url(FOLDERS, number)
        names = {
            "lead": part_lead(site, lead, number, len(parts)),
            "rows": tuple(
                _folder_row(site, page, folder, counts[folder], depth=min(folder.count("/"), 3))
                for folder in listed
            ),
            "earlier": part_link(site, page, FOLDERS, number - 1, len(parts), "list.before"),
            "later": part_link(site, page, FOLDERS, number + 1, len(parts), "list.after"),
        }
        yield make_page(
            site, "folders.html", page, "", names, title=site.translate("folders.title"), description=lead
        )


def _by_title(site: Site, note: NoteId) -> tuple[str, NoteId]:
    return sort_key(site.garden.notes[note].title), note


def _folder_row(site: Site, page: Url, folder: str, count: int, *, depth: int = 0) -> Row:
    return Row(
        link_to(page, site.garden.folder_urls[folder]),
        shown_folder(folder.rpartition("/")[2]),
        site.language.number(count),
        depth,
    )
