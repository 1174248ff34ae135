"""The public text that the query table is trained on, read from installed Debian packages.

Owns where each text lies, its licence and how its files are cut into entries, sentences and titles.
Only the trained numbers are shipped, no text; `NOTICE` names the sources all the same.

    apt-get install wordnet-base dict-foldoc dict-jargon python3.11-doc python-django-doc python-sklearn-doc
    apt-get install python-statsmodels-doc postgresql-doc-15 rust-doc gnome-user-docs libreoffice-help-en-us
    apt-get install debian-faq debian-reference-en
"""

from __future__ import annotations

import gzip
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from models.table_texts import (
    Entry,
    distinct,
    is_prose,
    sentences_of,
    texts_of_dates,
    texts_of_entry,
    texts_of_pair,
    texts_of_sentence,
    texts_of_title,
    texts_of_word,
)

SEED = 20261122

TOPICS = (
    "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body "
    "noun.cognition noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive "
    "noun.object noun.person noun.phenomenon noun.plant noun.possession noun.process noun.quantity "
    "noun.relation noun.shape noun.state noun.substance noun.time verb.body verb.change verb.cognition "
    "verb.communication verb.competition verb.consumption verb.contact verb.creation verb.emotion verb.motion "
    "verb.perception verb.possession verb.social verb.stative verb.weather adj.ppl"
).split()
"""WordNet's lexicographer files by number (lexnames(5WN))."""


@dataclass(frozen=True, slots=True)
class Manual:
    """One documentation package: where its pages lie and how many of its sentences and titles are taken at most."""

    package: str
    folder: str
    licence: str
    pages: str = "**/*.html"
    sentences: int = 5_000
    titles: int = 2_000


MANUALS = (
    Manual("python3.11-doc", "/usr/share/doc/python3.11/html", "PSF-2.0"),
    Manual("python-django-doc", "/usr/share/doc/python-django-doc/html", "BSD-3-Clause"),
    Manual("python-sklearn-doc", "/usr/share/doc/python-sklearn-doc/html", "BSD-3-Clause"),
    Manual("python-statsmodels-doc", "/usr/share/doc/python-statsmodels-doc/html", "BSD-3-Clause"),
    Manual("postgresql-doc-15", "/usr/share/doc/postgresql-doc-15/html", "PostgreSQL"),
    Manual("rust-doc", "/usr/share/doc/rust-doc/html/book", "MIT OR Apache-2.0"),
    Manual("gnome-user-docs", "/usr/share/help/C", "CC-BY-SA-3.0", pages="**/*.page"),
    Manual("libreoffice-help-en-us", "/usr/share/libreoffice/help/en-US", "MPL-2.0"),
    Manual("debian-faq", "/usr/share/doc/debian/FAQ", "GPL-2.0-or-later"),
    Manual("debian-reference-en", "/usr/share/debian-reference", "GPL-2.0-or-later", pages="*.en.html"),
)


PACKAGES = (
    "wordnet-base",
    "package descriptions",
    "dict-foldoc",
    "dict-jargon",
    *(each.package for each in MANUALS),
)
"""Where the texts come from, as the artefact's facts and `NOTICE` name it."""


def read_wordnet(folder: Path = Path("/usr/share/wordnet")) -> tuple[Entry, ...]:
    """Every synset of WordNet's data files, nouns first, in file order."""
    lines = {
        f"{speech}{line[:8]}": line
        for name, speech in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r"))
        for line in (folder / f"data.{name}").read_text("utf-8", "replace").splitlines()
        if not line.startswith(" ")
    }
    first_words = {key: written(line.split(" ", 5)[4]) for key, line in lines.items()}
    return tuple(entry_of_line(line, first_words) for line in lines.values())


def entry_of_line(line: str, first_words: dict[str, str]) -> Entry:
    """One line of a WordNet data file (format: wndb(5WN)); `first_words` maps part of speech and offset to a word."""
    facts, _, explanation = line.partition(" | ")
    fields = facts.split()
    count = int(fields[3], 16)  # words are counted in hexadecimal, pointers in decimal
    words = tuple(written(fields[4 + 2 * at]) for at in range(count))
    after = 4 + 2 * count
    pointers = [fields[after + 1 + 4 * at : after + 4 + 4 * at] for at in range(int(fields[after]))]
    broader = next(
        (first_words.get(speech + offset, "") for sign, offset, speech in pointers if sign in ("@", "@i")), ""
    )
    parts = [part.strip() for part in re.split(r";\s*(?=\")", explanation)]
    examples = tuple(part.strip('" ') for part in parts if part.startswith('"'))
    gloss = next((part.partition(";")[0] for part in parts if part and not part.startswith('"')), words[0])
    return Entry(
        words, TOPICS[int(fields[1])], gloss, examples, broader, any(sign == "@i" for sign, _, _ in pointers)
    )


def written(word: str) -> str:
    """A WordNet word as in running text: spaces for underscores, no marker of an adjective's place such as `(p)`."""
    return re.sub(r"\((a|p|ip)\)$", "", word).replace("_", " ")


def read_package_lines() -> tuple[str, ...]:
    """The one-line descriptions of the Debian packages known here, once each, without remarks in brackets, sorted."""
    listing = subprocess.run(["apt-cache", "dumpavail"], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^Description(?:-en)?: (.+)$", listing, re.M)
    return tuple(sorted({re.sub(r"\s*[(\[][^)\]]*[)\]]\s*$", "", line).strip() for line in found}))


def read_dict(name: str, folder: Path = Path("/usr/share/dictd")) -> tuple[tuple[str, str], ...]:
    """(headword, text) of a dictd dictionary whose articles begin at the margin, in file order."""
    lines = gzip.decompress((folder / f"{name}.dict.dz").read_bytes()).decode("utf-8", "replace").splitlines()
    articles: list[tuple[str, list[str]]] = []
    for line in lines:
        if line and not line.startswith(" "):
            articles.append((line.strip(), []))
        elif articles:
            articles[-1][1].append(line)
    return tuple((word, cleaned("\n".join(body))) for word, body in articles if not word.startswith("00"))


def cleaned(text: str) -> str:
    """A dictd article without its braces, subject labels and drawings."""
    return re.sub(r"[{}]|<[^>]{1,40}>", "", text)


class Prose(HTMLParser):
    """Collects the titles (h1 to h4, title) and paragraphs (p, dd) of a page of HTML or Mallard."""

    TITLES = frozenset(("h1", "h2", "h3", "h4", "title"))
    BLOCKS = TITLES | {"p", "dd"}

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self._open = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a title or paragraph; what was open ends, as HTML lets it."""
        if tag in self.BLOCKS:
            self._close()
            self._open = tag

    def handle_endtag(self, tag: str) -> None:
        """End the open title or paragraph at its own tag."""
        if tag == self._open:
            self._close()

    def handle_data(self, data: str) -> None:
        """Keep text inside a title or paragraph."""
        if self._open:
            self._text.append(data)

    def _close(self) -> None:
        text = " ".join("".join(self._text).replace("¶", "").split())
        if self._open and text:
            self.blocks.append((self._open, text))
        self._open, self._text = "", []


def read_manual(manual: Manual) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(sentences, titles) of a documentation package: distinct, a seeded sample of too many."""
    root = Path(manual.folder)
    sentences: dict[str, None] = {}
    titles: dict[str, None] = {}
    for path in sorted(root.glob(manual.pages)):
        if path.stat().st_size > 1_500_000:  # generated indexes and single-page copies of the whole manual
            continue
        page = Prose()
        page.feed(path.read_text("utf-8", "replace"))
        for tag, text in page.blocks:
            if tag in Prose.TITLES:
                title = re.sub(r"^[\d.]+\s+|^(Chapter|Appendix) \w+\.?\s+|\s+[—-]\s.*$", "", text)
                if is_prose(title) and "." not in title and len(title.split()) <= 12:
                    titles[title] = None
            else:
                sentences.update(dict.fromkeys(sentences_of(text)))
    if not sentences:
        raise FileNotFoundError(
            f"no text in `{manual.folder}`: install the Debian package `{manual.package}`"
        )
    return sample(tuple(sentences), manual.sentences), sample(tuple(titles), manual.titles)


def sample(texts: tuple[str, ...], count: int) -> tuple[str, ...]:
    """At most `count` of the texts, drawn with the fixed seed."""
    return texts if len(texts) <= count else tuple(random.Random(SEED).sample(texts, count))


def gather_texts(vocabulary: Sequence[str]) -> tuple[str, ...]:
    """Every training text: distinct, shuffled with the fixed seed.

    Args:
        vocabulary: the tokenizer's tokens; those that are whole words give texts of their own, so that names and words
            that no source holds are trained too.
    """
    rng = random.Random(SEED)
    entries = read_wordnet()
    words = [entry.words[0] for entry in entries]
    plain = [token for token in vocabulary if token.isalpha() and len(token) > 1]

    def written() -> Iterator[str]:
        for entry in entries:
            yield from texts_of_entry(entry, rng)
        for line in sample(read_package_lines(), 20_000):
            yield from texts_of_title(line, rng)
        for name in ("foldoc", "jargon"):
            for headword, article in read_dict(name):
                yield from texts_of_title(headword, rng)
                for sentence in sentences_of(article)[:2]:
                    yield from texts_of_sentence(sentence, rng)
        for manual in MANUALS:
            sentences, titles = read_manual(manual)
            for sentence in sentences:
                yield from texts_of_sentence(sentence, rng)
            for title in titles:
                yield from texts_of_title(title, rng)
        for _ in range(25_000):
            yield from texts_of_pair(rng.choice(words), rng.choice(words), rng)
        for token in plain:
            yield from texts_of_word(token, rng.choice(words), rng)
        yield from texts_of_dates(4_000, rng)

    texts = list(distinct(written()))
    rng.shuffle(texts)
    return tuple(texts)
