"""The public text in many languages that the multilingual query table is trained on, read from Debian packages.

Owns where each text lies and how its files are cut into sentences, names and words; `multilingual_texts.py` makes of
them what people type. Only the trained numbers are shipped, no text; `NOTICE` names the sources all the same.

The packages are not installed: `fetch_packages` has apt download them, and unpacks them into a folder. apt must be one
of Debian 12, and its lists must have the descriptions in all of LANGUAGES: put `Acquire::Languages { "en"; "de"; …; };`
into a file in /etc/apt/apt.conf.d and run `apt-get update`.
"""

from __future__ import annotations

import random
import re
import struct
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

from models.table_sources import SEED, read_dict, read_wordnet
from models.table_texts import is_prose

LANGUAGES = (
    "ar bg bn ca cs da de el en es fa fi fr he hi hr hu id it ja ko nb nl pl pt ro ru sk sr sv ta th tr uk vi zh"
).split()
"""Those that texts are taken in; `multilingual.py` knows more, whose tokens have no rows of their own."""

HELP = "cs de el es fi fr hi hu id it ja ko nl pl pt-br ru sv tr vi zh-cn".split()
INTERFACE = (
    "ar bg bn ca cs da de el es fa fi fr he hi hr hu id it ja ko nl pl pt-br ro ru sk sr sv ta th tr"
    " uk vi zh-cn"
).split()
SPELLING = (
    "hunspell-ar hunspell-bg hunspell-bn hunspell-cs hunspell-da hunspell-de-de hunspell-el hunspell-es"
    " hunspell-fr-classical hunspell-he hunspell-hi hunspell-hr hunspell-hu hunspell-id hunspell-it hunspell-ko"
    " hunspell-nl hunspell-pl hunspell-pt-br hunspell-ro hunspell-ru hunspell-sr hunspell-sv hunspell-th hunspell-tr"
    " hunspell-uk hunspell-vi myspell-fa"
).split()
THESAURI = "ar bg ca cs da de es fr hu id it pl pt-br ro ru sk sv uk".split()
SAYINGS = "bg cs de es it pl ru zh".split()
PACKAGES = (
    "wordnet-base",
    "unicode-cldr-core",
    "debian-handbook",
    "iso-codes",
    "gnome-user-docs",
    "wesnoth-1.16-data",
    "freeciv-data",
    "gcompris-qt-data",
    "gnucash-common",
    "gramps",
    "evolution-common",
    "kgeography-data",
    "kalzium-data",
    "edict",
    *(f"libreoffice-help-{language}" for language in HELP),
    *(f"libreoffice-l10n-{language}" for language in INTERFACE),
    *SPELLING,
    *(f"mythes-{language}" for language in THESAURI),
    *(f"fortunes-{language}" for language in SAYINGS),
)
"""Beside these all dictionaries of FreeDict, `dict-freedict-*`, and apt's lists of package descriptions."""

T = TypeVar("T")

MAX_LENGTH = 240
"""Characters of a text."""

MAX_KINDS = 26_000, 16_000, 20_000
"""Sentences, names and words of a language."""

SHARES = {"en": 2.2, **dict.fromkeys("ca bg sr sk hr nb ro da uk cs sv".split(), 0.55)}
"""Of MAX_KINDS: English is asked everywhere, and languages of which much is like that of a larger one have less."""

FOREIGN = frozenset("ar bg bn el fa he hi ja ko ru ta th uk zh".split())
"""Languages of whose texts those in plain Latin letters are left out, which are not in them."""

MAX_MESSAGES, MAX_PAGES, MAX_WORDS, MAX_ARTICLES = 4_000, 200, 15_000, 120_000
"""Of a catalogue, a manual and a dictionary; dictionaries with more articles give their own words only."""

ISO_639 = dict(
    pair.split(":")
    for pair in (
        "ara:ar bul:bg ces:cs dan:da deu:de ell:el eng:en fin:fi fra:fr hin:hi hrv:hr hun:hu ind:id"
        " ita:it jpn:ja nld:nl nob:nb nor:nb pol:pl por:pt rus:ru slk:sk spa:es srp:sr swe:sv tur:tr"
    ).split()
)
"""Of FreeDict's languages those that texts are taken in."""


@dataclass(frozen=True, slots=True)
class Source:
    """Texts of one language from one place."""

    language: str
    sentences: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Titles, labels and phrases."""
    words: tuple[str, ...] = ()


def language_of(tag: str) -> str:
    """The language of a locale's name such as `pt_BR`, `zh-TW` or `C`; empty for one that no texts are taken in."""
    if "@" in tag:
        return ""
    language = {"C": "en", "no": "nb", "gb": "en"}.get(tag, re.split(r"[_-]", tag)[0])
    return language if language in LANGUAGES else ""


def fetch_packages(folder: Path) -> Path:
    """Download the packages into the folder and unpack their texts; the root of what is unpacked."""
    root = folder / "root"
    if root.is_dir():
        return root
    dictionaries = subprocess.run(
        ["apt-cache", "pkgnames", "dict-freedict-"], check=True, capture_output=True, text=True
    ).stdout.split()
    archives = folder / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["apt-get", "download", "--quiet", *PACKAGES, *sorted(dictionaries)], check=True, cwd=archives
    )
    for archive in sorted(archives.glob("*.deb")):
        subprocess.run(["dpkg-deb", "--extract", archive, root], check=True)
    return root


def descriptions(lists: Path) -> Iterator[Source]:
    """The descriptions of Debian's packages in apt's lists: the first line a name, paragraphs as sentences."""
    for path in sorted(lists.glob("*_i18n_Translation-*")):
        if language := language_of(path.name.rpartition("Translation-")[2].split(".")[0].split("%")[0]):
            text = subprocess.run(
                ["/usr/lib/apt/apt-helper", "cat-file", str(path)], check=True, capture_output=True
            ).stdout.decode()
            found = re.findall(r"^Description-[\w-]+: (.*)\n((?: .*\n)*)", text, re.M)
            yield Source(
                language,
                tuple(part for _, body in found for part in sentences_in(_paragraphs(body))),
                tuple(re.sub(r"\s*[(\[][^)\]]*[)\]]\s*$|\s+[–-]\s.*$", "", line) for line, _ in found),
            )


def _paragraphs(body: str) -> str:
    """A description's running text, without lists."""
    return "\n".join(
        " ".join(line.strip() for line in paragraph.split("\n") if not line.startswith("  "))
        for paragraph in re.split(r"\n \.\n", body)
    )


def catalogues(root: Path) -> Iterator[Source]:
    """What programs say, by their catalogues of messages: long messages are sentences, short ones names."""
    for path in sorted(root.rglob("*.mo")):
        if language := language_of(path.parent.parent.name):
            sentences, names = [], []
            for message in drawn(list(messages(path.read_bytes())), MAX_MESSAGES):
                text = plain(message)
                found = sentences_in(text)
                sentences += found
                if not found and is_text(text) and len(text) <= 60:
                    names.append(text)
            yield Source(language, tuple(sentences), tuple(names))


def messages(content: bytes) -> Iterator[str]:
    """The translations in a compiled catalogue of GNU gettext, without its header."""
    order = "<" if content[:4] == b"\xde\x12\x04\x95" else ">"
    count, _, table = struct.unpack(f"{order}3I", content[8:20])
    for number in range(count):
        length, at = struct.unpack_from(f"{order}2I", content, table + 8 * number)
        text = content[at : at + length].decode("utf-8", "replace")
        if not text.startswith("Project-Id-Version") and "�" not in text:
            yield from text.split("\0")


def plain(message: str) -> str:
    """A message without markup, marks of keys to press, and places to be filled."""
    text = unescape(re.sub(r"<[^<>]{1,80}>", " ", message))
    text = re.sub(r"\(_\w\)|\(&\w\)|\{\{?[^{}]*\}\}?|%[-\w().]*\w|\$[\w()|.]+|\\[nt]", " ", text)
    text = re.sub(r"(?<!\w)[_&~](?=\w)|(?<=\w)[&~](?=\w)", "", text)
    return text.replace("…", "").strip()


def manuals(root: Path) -> Iterator[Source]:
    """Help pages and books, in HTML or Mallard: so many pages of each."""
    share = root / "usr/share"
    for place, pages in (
        ("help", "**/*.page"),
        ("libreoffice/help", "text/**/*.html"),
        ("doc/debian-handbook/html", "*.html"),
    ):
        for folder in sorted((share / place).iterdir()):
            if not (language := language_of(folder.name)):
                continue
            sentences, names = [], []
            paths = [path for path in sorted(folder.glob(pages)) if not path.is_symlink()]
            for path in drawn(paths, MAX_PAGES):
                for kind, block in _BLOCK.findall(path.read_text("utf-8", "replace")):
                    text = " ".join(unescape(re.sub(r"<[^>]*>", "", block)).replace("¶", "").split())
                    if kind in ("p", "dd"):
                        sentences += sentences_in(text)
                    else:
                        names.append(re.sub(r"^[\w.]*\d\.?\s+|\s+[—-]\s.*$", "", text))
            yield Source(language, tuple(sentences), tuple(names))


_BLOCK = re.compile(r"<(p|dd|h[1-4]|title)\b[^>]*>(.*?)</\1>", re.S)


def dictionaries(root: Path) -> Iterator[Source]:
    """The words of bilingual dictionaries, and what English words are in the other language."""
    folder = root / "usr/share/dictd"
    for path in sorted(folder.glob("freedict-*.index")):
        name = path.name.removesuffix(".index")
        here, there = (ISO_639.get(code, "") for code in name.split("-")[1:3])
        lines = path.read_text("utf-8", "replace").splitlines()
        if here:
            yield Source(here, words=tuple(drawn([line.split("\t")[0] for line in lines], MAX_WORDS)))
        if there and here == "en" and len(lines) < MAX_ARTICLES:
            articles = drawn(read_dict(name, folder), MAX_WORDS)
            yield Source(there, words=tuple(part for _, article in articles for part in _meanings(article)))


def _meanings(article: str) -> Iterator[str]:
    """The words in the first lines of an article, without remarks and examples."""
    for line in article.split("\n")[:3]:
        bare = re.sub(r"^\s*\d*[.)]?\s*|[<(\[{].*?[>)\]}]", "", line).replace("~", " ")
        yield from (part.strip(" .") for part in re.split(r"[,;]", bare)[:2] if '"' not in part)


def common_names(root: Path) -> Iterator[Source]:
    """Unicode's words for things that have a sign, and its names of countries and languages, in all languages."""
    common = root / "usr/share/unicode/cldr/common"
    for path in sorted((common / "annotations").glob("*.xml")):
        if language := language_of(path.stem):
            found = [node.text or "" for node in ElementTree.parse(path).iter("annotation")]
            yield Source(
                language,
                names=tuple(text.replace(" | ", " ") for text in found),
                words=tuple(part for text in found for part in text.split(" | ")),
            )
    for path in sorted((common / "main").glob("*.xml")):
        if language := language_of(path.stem):
            tree = ElementTree.parse(path)
            kinds = ("language", "territory", "displayName", "exemplarCity", "script")
            words = tuple(node.text or "" for kind in kinds for node in tree.iter(kind))
            yield Source(language, words=words)


def thesauri(root: Path) -> Iterator[Source]:
    """Words with those that mean about the same."""
    for path in sorted((root / "usr/share/mythes").glob("th_*.dat")):
        if not path.is_symlink() and (language := language_of(path.name.split("_")[1])):
            coding, *lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
            found = [
                line.decode(coding.decode().strip() or "utf-8", "replace")
                for line in drawn(lines, 2 * MAX_WORDS)
            ]
            rows = [[re.sub(r"\s*\(.*?\)", "", part) for part in line.split("|")] for line in found]
            yield Source(
                language,
                names=tuple(" ".join(row[1:4]) for row in rows if len(row) > 3),
                words=tuple(row[0] for row in rows if len(row) == 2 and row[1].strip().isdigit()),
            )


def spellings(root: Path) -> Iterator[Source]:
    """Words of spelling dictionaries."""
    for path in sorted((root / "usr/share/hunspell").glob("*.dic")):
        if not path.is_symlink() and (language := language_of(path.stem)):
            rules = path.with_suffix(".aff").read_bytes()
            coding = re.search(rb"^SET\s+([\w-]+)", rules, re.M)
            name = coding[1].decode().lower() if coding else "latin-1"
            lines = path.read_bytes().decode(name.replace("microsoft-cp", "cp"), "replace").splitlines()[1:]
            yield Source(
                language, words=tuple(re.split(r"[/\t]", line)[0] for line in drawn(lines, MAX_WORDS))
            )
    words = [
        line.split(" ")[0]
        for line in (root / "usr/share/edict/edict").read_bytes().decode("euc_jp", "replace").splitlines()[1:]
    ]
    yield Source("ja", words=tuple(drawn(words, MAX_WORDS)))


def sayings(root: Path) -> Iterator[Source]:
    """Quotations and jokes."""
    places = {"bg": "bg", "cs": "cs", "de": "de", "es": "es", "it": "it", "pl": "pl", "ru": "ru", "zh": "zh"}
    for path in sorted((root / "usr/share/games/fortunes").rglob("*")):
        tag = next((part for part in path.parts[-2:] if part in places), "")
        if path.is_file() and not path.is_symlink() and not path.suffix and tag:
            yield Source(
                tag, tuple(sentences_in(re.sub(r"\n%\n", "\n\n", path.read_text("utf-8", "replace"))))
            )


def english(root: Path) -> Iterator[Source]:
    """WordNet."""
    entries = read_wordnet(root / "usr/share/wordnet")
    yield Source(
        "en",
        tuple(
            example
            for entry in entries
            for example in (*entry.examples, entry.gloss)
            if len(example.split()) > 3
        ),
        tuple(f"{entry.words[0]} {entry.broader}" for entry in entries if entry.broader),
        tuple(word for entry in entries for word in entry.words),
    )


READERS: tuple[Callable[[Path], Iterator[Source]], ...] = (
    catalogues, manuals, dictionaries, common_names, thesauri, spellings, sayings, english,
)  # fmt: skip


def drawn(found: Sequence[T], count: int) -> Sequence[T]:
    """At most so many, drawn with the fixed seed."""
    return found if len(found) <= count else random.Random(SEED).sample(found, count)


def sentences_in(text: str) -> list[str]:
    """The sentences of a text that read as prose, in any script."""
    found = re.split(r"(?<=[.!?؟।])\s+|(?<=[。！？])|\n\s*\n", text)
    return [one for sentence in found if (one := " ".join(sentence.split())) and is_sentence(one)]


def is_sentence(text: str) -> bool:
    """Whether a text has some words, not too many, and is mostly letters."""
    if not (12 <= len(text) <= MAX_LENGTH and len(text.encode()) >= 18 and is_text(text)):
        return False
    unspaced = not text.isascii() and " " not in text[:-1].strip() and len(text) >= 14
    return len(text.split()) > 3 or unspaced


def is_text(text: str) -> bool:
    """Whether a text is mostly letters, marks and spaces."""
    return is_prose(re.sub(r"[\u0900-\u0dff\u0e30-\u0e4e\u064b-\u065f\u05b0-\u05c7]", "a", text))


def gather(root: Path, lists: Path) -> dict[str, Source]:
    """Texts by language, each once, at most so many of a kind, in a seeded order."""
    found: dict[str, tuple[dict[str, None], dict[str, None], dict[str, None]]] = {
        language: ({}, {}, {}) for language in LANGUAGES
    }
    for source in (*descriptions(lists), *(source for read in READERS for source in read(root))):
        kinds = source.sentences, source.names, source.words
        for kept, texts in zip(found[source.language], kinds, strict=True):
            kept.update(dict.fromkeys(texts))
    rng = random.Random(SEED)
    return {language: _chosen(language, kinds, rng) for language, kinds in found.items()}


def _chosen(language: str, kinds: Sequence[Iterable[str]], rng: random.Random) -> Source:
    """So many of the texts of one language as are taken."""
    order = random.Random(f"order {language}")
    chosen = []
    for kind, count in zip(kinds, MAX_KINDS, strict=True):
        spaced = (" ".join(text.split()) for text in kind)
        texts = sorted({text for text in spaced if text and is_text(text)})
        rng.shuffle(texts)
        fit = [
            text for text in texts if len(text) <= MAX_LENGTH and not (language in FOREIGN and text.isascii())
        ]
        taken = sorted(fit[: int(count * SHARES.get(language, 1))])
        order.shuffle(taken)
        chosen.append(tuple(taken))
    return Source(language, *chosen)
