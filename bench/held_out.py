"""Labelled sets that nobody tunes on, made from documentation that Debian packages.

    python -m bench.held_out build/bench/held-out

Two kinds, both labelled by the authors themselves. A FAQ: the query is a question as its author put it, the answer
is the text under it, which is laid out without the question, titled by its chapter. Anchors: the query is the text of
a link that shares no word with the title of the page it leads to, as in ir-jackyzha0-anchors; no one judged the other
pages, so figures compare systems and are not absolute.

Each set is a folder in the layout of ../shared/corpora's, with a README.md that names package and licence. Wants
`apt-get` and `dpkg-deb`; what was fetched is kept.
"""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath

from bench.usage import arguments

SHORTEST = 120
"""Characters that an answer must have, to be more than a pointer elsewhere."""

SHORTEST_QUESTION = 3
"""Words that a heading must have to be a question."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Documents, each with its id and title, and queries with the ids that answer them."""

    documents: Mapping[str, tuple[str, str]]
    queries: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a set comes from and how it is made of the package's files."""

    package: str
    folder: str
    """In the unpacked package."""
    licence: str
    make: Callable[[Path], Answered]


@dataclass(frozen=True, slots=True)
class Section:
    """The text under a heading, up to the next heading of the same level or a higher one."""

    chapter: str
    """The heading above."""
    heading: str
    text: str


@dataclass(slots=True)
class Reading:
    """What a page says: its title, its text cut at headings, its links."""

    title: str = ""
    pieces: list[tuple[int, str]] = field(default_factory=list)
    """A heading with its level, or text with 0."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Address as written, text."""


def held_out(into: Path) -> list[Path]:
    """The sets' folders, made where they are not there yet."""
    folders = []
    for name, source in SOURCES.items():
        folder = into / name
        if not (folder / "README.md").is_file():
            package = unpack(source.package, into)
            write_set(folder, name, source, source.make(package / source.folder))
        folders.append(folder)
    return folders


def unpack(package: str, into: Path) -> Path:
    """The folder that Debian's package is unpacked in."""
    place = into / "packages" / package
    if not place.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        for old in place.parent.glob(f"{package}_*.deb"):
            old.unlink()
        subprocess.run(["apt-get", "download", "-qq", package], cwd=place.parent, check=True)
        (archive,) = place.parent.glob(f"{package}_*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, place], check=True)
    return place


def write_set(folder: Path, name: str, source: Source, answered: Answered) -> None:
    """The set's files; README.md last, as the sign that all are there."""
    folder.mkdir(parents=True, exist_ok=True)
    documents = [
        {"_id": id, "title": title, "text": text} for id, (title, text) in answered.documents.items()
    ]
    queries = [{"_id": f"q{number}", "text": text} for number, text in enumerate(answered.queries)]
    judged = [
        f"q{number}\t{id}\t1" for number, ids in enumerate(answered.queries.values()) for id in sorted(ids)
    ]
    _write_lines(folder / "corpus.jsonl", map(json.dumps, documents))
    _write_lines(folder / "queries.jsonl", map(json.dumps, queries))
    _write_lines(folder / "qrels.tsv", ["query-id\tcorpus-id\tscore", *judged])
    _write_lines(
        folder / "README.md",
        [
            f"# {name}",
            "",
            f"- Source: Debian's package {source.package}, `{source.folder}`. Licence: {source.licence}.",
            f"- Holds: {len(documents)} documents, {len(queries)} queries, {len(judged)} judgments.",
        ],
    )


def faq_of(sections: Iterable[Section]) -> Answered:
    """Each section that answers is a document, its heading the query; a question asked twice has two answers."""
    documents: dict[str, tuple[str, str]] = {}
    queries: dict[str, frozenset[str]] = {}
    for section in sections:
        if len(section.text) < SHORTEST:
            continue
        id = f"a{len(documents)}"
        documents[id] = (section.chapter, section.text)
        if len(section.heading.split()) >= SHORTEST_QUESTION:
            queries[section.heading] = queries.get(section.heading, frozenset()) | {id}
    return Answered(documents, queries)


def faq_of_pages(folder: Path, pattern: str, *, level: int) -> Answered:
    """The FAQ of HTML pages whose questions are headings of `level` or below."""
    return faq_of(
        section
        for page in sorted(folder.glob(pattern))
        for section in sections_of(read_page(page.read_text("utf-8")), level)
    )


def faq_of_pods(folder: Path) -> Answered:
    """The FAQ of Perl's pods: `=head2` asks."""
    return faq_of(
        section
        for page in sorted(folder.glob("perlfaq[1-9].pod"))
        for section in sections_of(read_pod(page.read_text("utf-8")), 2)
    )


def anchors_of(folder: Path, pattern: str) -> Answered:
    """Whole pages, and the texts of the links between them that share no word with the title they lead to."""
    pages = {
        path.relative_to(folder).as_posix(): read_page(path.read_text("utf-8", "replace"))
        for path in sorted(folder.glob(pattern))
    }
    documents = {
        name: (page.title, text)
        for name, page in pages.items()
        if len(text := "\n".join(text for _, text in page.pieces)) >= SHORTEST
    }
    targets: defaultdict[str, set[str]] = defaultdict(set)
    for name, page in pages.items():
        for address, text in page.links:
            target = normpath(f"{name}/../{address.partition('#')[0]}")
            if address.partition("#")[0] and target in documents and target != name:
                targets[text.lower()].add(target)
    queries = {
        text: frozenset(found)
        for text, found in targets.items()
        if len(found) <= 2
        and _is_plain(text)
        and not any(_words(text) & _words(f"{documents[id][0]} {id}") for id in found)
    }
    return Answered(documents, queries)


def sections_of(page: Reading, level: int) -> Iterator[Section]:
    """Sections whose heading is of `level` or below; the one above is their chapter."""
    trail: dict[int, str] = {}
    texts: list[str] = []

    def close() -> Iterator[Section]:
        if trail and max(trail) >= level:
            chapter = (
                trail[max(trail.keys() - {max(trail)}, default=max(trail))] if len(trail) > 1 else page.title
            )
            yield Section(chapter, trail[max(trail)], "\n".join(texts))

    for depth, text in page.pieces:
        if depth:
            yield from close()
            texts.clear()
            trail = {d: heading for d, heading in trail.items() if d < depth} | {depth: text}
        else:
            texts.append(text)
    yield from close()


def read_pod(text: str) -> Reading:
    """Perl's plain old documentation, its marks taken off."""
    name = re.search(r"=head1 NAME\s+\S+ - (.*)", text)
    found = Reading(title=name[1] if name else "")
    for block in re.sub(r"(?m)^=head1 [A-Z]+$", "", text).split("\n\n"):
        said = _unmarked(block.strip())
        if heading := re.match(r"=head([12])\s+(.*)", said, re.DOTALL):
            found.pieces.append((int(heading[1]), " ".join(heading[2].split())))
        elif said and not said.startswith("="):
            found.pieces.append((0, said))
    return found


def _unmarked(text: str) -> str:
    text = re.sub(r"X<[^<>]*>", "", text)
    text = re.sub(r"([BCEFILS])<<+ (.*?) >+>", r"\1<\2>", text)
    text = text.replace("E<lt>", "\ue000").replace("E<gt>", "\ue001")
    while (plain := re.sub(r"[BCEFILS]<(?:[^<>|]*\|)?([^<>]*)>", r"\1", text)) != text:
        text = plain
    return text.replace("\ue000", "<").replace("\ue001", ">")


def read_page(html: str) -> Reading:
    """An HTML page without its navigation."""
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    return reader.reading()


class _PageReader(HTMLParser):
    SKIPPED = frozenset("script style nav footer header table".split())
    SKIPPED_CLASSES = frozenset(
        "nosearch menu navheader navfooter toc contents footer tertiary_nav document_nav".split()
    )

    def __init__(self) -> None:
        super().__init__()
        self._reading = Reading()
        self._skipping: tuple[str, int] | None = None
        self._level = 0
        self._said: list[str] = []
        self._link: tuple[str, list[str]] | None = None
        self._in_title = False

    def reading(self) -> Reading:
        self._flush()
        self._reading.title = unnumbered(" ".join(self._reading.title.split()))
        return self._reading

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "title":
            self._in_title = True
        if self._skipping:
            self._skipping = (self._skipping[0], self._skipping[1] + (tag == self._skipping[0]))
        elif tag in self.SKIPPED or self.SKIPPED_CLASSES & set((named.get("class") or "").split()):
            self._skipping = (tag, 1)
        elif re.fullmatch(r"h[1-6]", tag):
            self._flush()
            self._level = int(tag[1])
        elif tag in ("p", "div", "li", "dt", "dd", "pre", "blockquote", "br"):
            self._flush()
        elif tag == "a" and named.get("href"):
            self._link = (named["href"] or "", [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if self._skipping:
            left = self._skipping[1] - (tag == self._skipping[0])
            self._skipping = (self._skipping[0], left) if left else None
        elif re.fullmatch(r"h[1-6]", tag):
            self._flush()
            self._level = 0
        elif tag == "a" and self._link:
            self._reading.links.append((self._link[0], " ".join("".join(self._link[1]).split())))
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._reading.title += data
        elif not self._skipping:
            self._said.append(data)
            if self._link:
                self._link[1].append(data)

    def _flush(self) -> None:
        text = " ".join("".join(self._said).split())
        self._said.clear()
        if self._level:
            text = unnumbered(text).rstrip("¶")
        if text:
            self._reading.pieces.append((self._level, text))


def unnumbered(heading: str) -> str:
    """The heading without `4.1. ` or `Chapter 5. ` before it."""
    return re.sub(r"^(Chapter )?\d[\d.]*\s+", "", heading)


def _is_plain(text: str) -> bool:
    """Whether a link's text is two words or more, no name in a program, and no bare pointer such as `see here`."""
    return bool(
        re.fullmatch(r"[a-z]+([ '-][a-z]+)+", text)
        and " " in text
        and not re.match(r"(see|this|that|these|more|click|additional|another|other|further) ", text)
        and not re.search(r"\b(above|below|here|documentation|document|page|section|example|details)$", text)
    )


def _words(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{3,}", text.lower())}


def _write_lines(file: Path, lines: Iterable[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")


SOURCES: Mapping[str, Source] = {
    "ho-perl-faq": Source(
        "perl-doc",
        "usr/share/perl",
        "Artistic or GPL 1+",
        lambda folder: faq_of_pods(next(folder.glob("*/pod"))),
    ),
    "ho-r-faq": Source(
        "r-doc-html",
        "usr/share/R/doc/manual",
        "GPL 2+",
        lambda folder: faq_of_pages(folder, "R-FAQ.html", level=3),
    ),
    "ho-sqlite-anchors": Source(
        "sqlite3-doc", "usr/share/doc/sqlite3", "public domain", lambda folder: anchors_of(folder, "*.html")
    ),
    "ho-gimp-anchors": Source(
        "gimp-help-en", "usr/share/gimp/2.0/help/en", "GFDL 1.2", lambda folder: anchors_of(folder, "*.html")
    ),
}

if __name__ == "__main__":
    for made in held_out(Path(arguments("held_out FOLDER")[0])):
        print((made / "README.md").read_text("utf-8"))
