"""Reads what settings files say about the notes below their folders: one module a format, one list of statements.

Only statements that keep notes back count: that a note is public, the note has to say itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from notegen.errors.reasons import toml_not_valid
from notegen.model import Code, Place, Problem
from notegen.paths import fold
from notegen.read.flags import is_flag, is_stated_open, plain_key, with_nested
from notegen.read.folders import (
    beside,
    ciphers,
    content_folders,
    data_files,
    dated,
    hugo,
    own_lists,
    publishers,
    quarto,
    scripts,
    site_yaml,
)
from notegen.read.folders.statements import (
    LANGUAGE,
    FileFlags,
    FolderFlags,
    HoldsDates,
    LeftOut,
    Pairs,
    Statement,
    WantsWord,
    below_root,
    joined,
    left_out,
    settings_problem,
    table,
    text_of,
    texts,
)
from notegen.read.patterns import match_patterns
from notegen.read.properties import read_toml
from notegen.read.schedule import Dated, is_schedule_key
from notegen.read.visibility import read_flags
from notegen.settings_files import names_beside

_IGNORE_FILES = (
    *(f".{tool}ignore" for tool in ("eleventy", "mint", "book", "mkdocs", "quartz", "neuron")),
    ".export-ignore",
)
"""Of Eleventy, Mintlify, GitBook, plugins, obsidian-export and Neuron: as a .gitignore, from their folder on."""


class FolderSettings(Struct):
    """All that is said below a notes folder; filled while the folders are walked through, from the top down."""

    problems: list[Problem] = field(default_factory=list)
    _flags: list[FolderFlags] = field(default_factory=list)
    _of_files: dict[str, Pairs] = field(default_factory=dict)
    """What lies beside a note or file says of it, by its path, folded; it cannot say otherwise."""
    _left_out: list[LeftOut] = field(default_factory=list)
    _wanting: list[WantsWord] = field(default_factory=list)
    _dates: list[HoldsDates] = field(default_factory=list)
    _sites: dict[str, hugo.Generator] = field(default_factory=dict)
    """Folders, folded, with settings of Hugo's or Zola's."""

    def add(self, folder: Path, path: str, names: Iterable[str], endings: tuple[str, ...]) -> None:
        """Read what the settings in a folder say.

        Args:
            path: the folder, from the notes folder.
            names: of its entries.
            endings: of notes.

        Raises:
            NotegenError: a list of what is left out cannot be read, or has a pattern that is none.
        """
        have = frozenset(names)
        if not path:
            self._add_beside(folder, endings)
        for said in self._said_in(folder, path, have, endings):
            self._take(said)

    def leaves_out(self, path: str, *, published: bool = False) -> bool:
        """Whether a note or file is no part of what its site's generator publishes.

        Args:
            path: folded.
            published: whether it says `publish: true`.
        """
        return any(one.names(path) and not (published and one.unless_published) for one in self._left_out)

    def beside_content(self, notes: Iterable[str]) -> Iterator[Problem]:
        """How many notes lie beside the folders in which their site's generator looks, by their paths."""
        for one in self._left_out:
            if one.told_of and (count := sum(one.names(fold(note)) for note in notes)):
                yield Problem(Code.BESIDE_CONTENT, Place(one.told_of), (("count", str(count)),))

    def wants_word(self, path: str) -> bool:
        """Whether a note, by its path, folded, is published only if it says that it is public."""
        return any(one.is_needed and below_root(path, one.folder) is not None for one in self._wanting)

    def own_keys(self, path: str) -> tuple[str, ...]:
        """The keys, plain, under which its folder's plugins ask a note, by its path, folded, whether it is public."""
        return tuple(
            plain_key(one.key)
            for one in self._wanting
            if one.key and below_root(path, one.folder) is not None
        )

    def dated(self, path: str) -> Dated:
        """What is done with a note, by its path, folded, whose date is to come.

        What lies in a folder `_posts` is Jekyll's, wherever its settings are.
        """
        above = [one for one in self._dates if below_root(path, one.folder) is not None]
        meant = [one for one in above if one.names(path)]
        posts = not above and f"/{dated.POSTS}/" in f"/{path}"
        return Dated(
            posts or any(one.held for one in meant),
            posts or any(one.by_name for one in meant),
            next((one.zone for one in reversed(above) if one.zone), ""),
        )

    def flags_of(self, path: str, own: Iterable[tuple[str, object]] = ()) -> tuple[tuple[str, object], ...]:
        """The keys that a note has from its folders and does not outdo, by its path, folded.

        Args:
            own: its own front matter.
        """
        said = [one for one in self._flags if one.names(path)]
        beside = self._of_files.get(path, ())
        if not said:
            return beside
        stated = {
            plain_key(key)
            for key, value in with_nested(own)
            if is_stated_open(key, value) or (is_schedule_key(key) and value is not None)
        }
        best: dict[tuple[str, str], tuple[tuple[int, ...], list[tuple[str, object]]]] = {}
        for one in said:
            for key, value in with_nested(one.values):
                name = plain_key(key)
                if (name in stated and not one.is_final) or (isinstance(value, Mapping) and not is_flag(key)):
                    continue
                rank, values = best.get((one.tool, name), (one.rank, []))
                if one.rank > rank:
                    rank, values = one.rank, []
                if one.rank == rank:
                    values.append((key, value))
                best[one.tool, name] = rank, values
        return (*beside, *(pair for _, values in best.values() for pair in values))

    def said_beside(self, path: str) -> tuple[tuple[str, object], ...]:
        """The keys that files beside a note or file give to it alone, by its path, folded."""
        return self._of_files.get(path, ())

    def _take(self, said: Statement) -> None:
        match said:
            case FileFlags():
                self._of_files[said.path] = (*self._of_files.get(said.path, ()), *said.values)
            case FolderFlags():
                place = Place(said.file)
                judged = read_flags(said.values, lambda key: place)
                self.problems += (one for one in judged.problems if one not in self.problems)
                self._flags.append(said)
            case LeftOut():
                self._left_out.append(said)
            case WantsWord():
                self._wanting.append(said)
            case HoldsDates():
                self._dates.append(said)
            case Problem():
                self.problems.append(said)

    def _said_in(
        self, folder: Path, path: str, have: frozenset[str], endings: tuple[str, ...]
    ) -> Iterator[Statement]:
        if have & hugo.SITE_FILES or "config" in have:
            if generator := hugo.generator_of(folder, have):
                self._sites[fold(path)] = generator
            yield from hugo.read_site(folder, path, have)
        for name in sorted(filter(hugo.is_section, have)):
            yield from hugo.read_section(folder, path, name, self._generator_at(path), self._roots_at(path))
        if self._generator_at(path) == "hugo":
            for name in sorted(filter(hugo.is_leaf_bundle, have)):
                holds = self.dated(fold(joined(path, name))).holds
                yield from hugo.read_leaf_bundle(folder, path, name, dates_hold=holds)
        for name in sorted(have.intersection(site_yaml.JEKYLL_FILES)):
            yield from site_yaml.read_jekyll(folder, path, name, endings, is_book="_toc.yml" in have)
        for name in sorted(have.intersection(site_yaml.MKDOCS_FILES)):
            yield from site_yaml.read_mkdocs(folder, path, name, None)
        for name in sorted(have.intersection(own_lists.QUARTO_FILES)):
            yield from quarto.read_quarto(folder, path, name, endings)
        if ".zk" in have:
            yield from _ignored_by_zk(folder / ".zk/config.toml", path)
        yield from dated.read_dated(folder, path, have)
        yield from _said_in_scripts(folder, path, have)
        yield from own_lists.read_own_lists(folder, path, have, endings)
        yield from content_folders.read_content_folders(folder, path, have, endings)
        for name in sorted(one for one in have if one.startswith(".obsidian")):
            yield from publishers.read_publishers(folder, path, name)
        yield from ciphers.read_ciphers(folder, path, have)
        yield from beside.read_meta_files(folder, path, have)
        yield from beside.read_joplin_tags(folder, path, have)
        stems = frozenset(PurePosixPath(name).stem for name in have if name.lower().endswith(endings))
        yield from data_files.read_data_files(folder, path, have, stems)
        for name in sorted(have.intersection(_IGNORE_FILES)):
            yield from _ignored(folder / name, path)
        if ".gitignore" in have and any(scripts.heeds_gitignore(folder, name) for name in have):
            yield from _ignored(folder / ".gitignore", path)

    def _add_beside(self, folder: Path, endings: tuple[str, ...]) -> None:
        """The settings of a site whose notes are the folder itself, which lie in the one above it."""
        whole = folder.absolute()
        above = whole.parent
        have = names_beside(folder)
        if generator := hugo.generator_of(above, have):
            self._sites[""] = generator
        said = [*hugo.read_site(above, "", have, ""), *ciphers.read_ciphers_above(folder)]
        said += dated.read_dated(above, "", have)
        for name in sorted(have.intersection(site_yaml.MKDOCS_FILES)):
            if site_yaml.docs_dir(above, name) == whole.name:
                said += site_yaml.read_mkdocs(above, "", name, "")
        for name in sorted(have):
            if scripts.QUARTZ.fullmatch(name) and whole.name == "content":
                said += scripts.read_quartz(above, "", name, "")
            elif scripts.DOCUSAURUS.fullmatch(name):
                said += scripts.read_docusaurus(above, "", name)
        if "book.toml" in have:
            said += own_lists.read_book_above(whole, above, endings)
        for one in said:
            self._take(one)

    def _generator_at(self, path: str) -> hugo.Generator | None:
        """Whose site a folder is of, going by the nearest settings above it."""
        place = fold(path)
        while place not in self._sites and place:
            place = place.rpartition("/")[0]
        return self._sites.get(place)

    def _roots_at(self, path: str) -> tuple[str, ...]:
        """Where a path in a target of Hugo's may begin: the notes folder, a folder `content`, one of a language.

        Without a folder `content` nobody knows, so that it may be any above.
        """
        parts = fold(path).split("/") if path else []
        ends = [number for number, part in enumerate(parts, 1) if part == "content"]
        ends = [0, *(ends or range(1, len(parts)))]
        ends += [end + 1 for end in ends if LANGUAGE.fullmatch("".join(parts[end : end + 1]))]
        return tuple("/".join(parts[:end]) for end in ends)


def _said_in_scripts(folder: Path, path: str, have: frozenset[str]) -> Iterator[Statement]:
    for name in sorted(have):
        if scripts.QUARTZ.fullmatch(name):
            content = joined(path, "content") if "content" in have else path
            yield from scripts.read_quartz(folder, path, name, content)
        elif scripts.DOCUSAURUS.fullmatch(name):
            yield from scripts.read_docusaurus(folder, path, name)
        elif name in (".vitepress", ".vuepress"):
            yield from scripts.read_vitepress(folder, path, folder / name)
        elif scripts.has_list(name):
            yield from scripts.read_list(folder, path, name)
        elif scripts.is_meta(name):
            yield from scripts.read_meta(folder, path, name)


def _ignored(file: Path, path: str) -> Iterator[Statement]:
    lines = text_of(file).splitlines()
    match_patterns(lines, setting=joined(path, file.name))
    kept = tuple(fold(line) for line in lines if line.strip() and not line.startswith("#"))
    if kept:
        yield LeftOut(fold(path), lines=kept)


def _ignored_by_zk(file: Path, path: str) -> Iterator[Statement]:
    """What zk's settings of a notebook leave out of its index."""
    try:
        note = table(table(read_toml(text_of(file))[0]).get("note"))
    except ValueError:
        yield settings_problem(joined(path, ".zk/config.toml"), toml_not_valid())
        return
    globs = [*texts(note.get("exclude")), *texts(note.get("ignore"))]
    yield from left_out((fold(path),), globs, joined(path, ".zk/config.toml"))


def speaks_for_folder(note: str) -> bool:
    """Whether what a note says may keep others back."""
    name = PurePosixPath(note).name
    return hugo.is_section(name) or own_lists.is_list_of_pages(name)
