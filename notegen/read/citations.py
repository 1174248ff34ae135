"""Pandoc's citations, `[@doe2020, p. 5]`, where a bibliography lies in the folder: authors and year, as it does.

By its usual style, Chicago's with author and date; the year leads to the work where the bibliography says
where that is. What names a work that no bibliography has stays as it is written, and the writer is told.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from notegen.model import Code, Place, Problem, Source
from notegen.read.beginning import beginning_of
from notegen.read.code_spans import as_text, outside_code, without_code
from notegen.regex import regex

_MAX_BYTES = 4_000_000
_ENTRY = regex(r"@(?P<kind>[a-zA-Z]+)[ \t]*\{[ \t]*(?P<key>[^\s,{}\"@]+)[ \t]*,")
_FIELD = regex(
    r"\b(?P<name>author|editor|title|year|date|doi|url)[ \t]*=[ \t]*"
    r"(?:\{(?P<braced>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
    r"|\"(?P<quoted>(?:[^\"{}]|\{[^{}]*\})*)\"|(?P<number>\d{4}))",
    re.IGNORECASE,
)
_ACCENT = regex(r"\{?\\(?P<sign>[`'^\"~=.cvuH])[ \t]*\{?\\?(?P<letter>[a-zA-Z])\}?\}?")
_LIGATURE = regex(r"\{?\\(?P<name>ss|ae|AE|oe|OE|aa|AA|o|O|l|L)(?![a-zA-Z])[ \t]*(?:\{\})?\}?")
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b",
}  # fmt: skip
_LIGATURES = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
}  # fmt: skip
_KEY = r"\w(?:[\w:.#$%&+?<>~/-]{0,98}\w)?"
_GROUP = regex(r"(?<![\^!])\[(?P<inside>[^\[\]\n@]{0,200}@[^\[\]\n]{1,600})\](?![(\[:{])")
_ONE = regex(rf"(?P<before>[^@;]*?)(?P<only_year>-?)@(?P<key>{_KEY})(?P<after>[^;]*)")
_IN_TEXT = regex(rf"(?<![\w@.\[/-])@(?P<key>{_KEY})(?:[ \t]\[(?P<at>[^\[\]@\n]+)\])?")
_TO_A_PLACE = regex(r"(?:fig|tbl|tab|sec|eq|lst|thm|lem|def|exm|exr)[-:]")
"""What a key begins with that names a figure, a table or the like of the same text."""
_PAGES = regex(r"^,?[ \t]*(?:pp?\.[ \t]*)?(?P<at>.*?)[ \t]*$")
_AND = regex(r"\s+and\s+")
_YEAR = regex(r"\d{4}")
_NO_YEAR, _AND_OTHERS = "n.d.", "et al."
_FEW = 3
"""Authors that are all named."""

_DOI = regex(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:[ \t]*)?(?P<doi>10\.\d{4,9}/[^\s<>\"{}|\\^`]+)", re.IGNORECASE
)
_ADDRESS = regex(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


class Work(Struct, frozen=True):
    """What a citation says of a work."""

    who: str
    """Who wrote it, in the words of a citation."""
    year: str
    title: str = ""
    address: str = ""
    """Where it can be had; empty where its bibliography does not say."""


Works = Mapping[str, Work]
"""The works of a folder by their keys."""


def read_works(folder: Path) -> Works:
    """The works of all bibliographies that lie in the folder itself; none where these cannot be read."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".bib")
    except OSError:
        return {}
    found: dict[str, Work] = {}
    for file in files:
        for key, work in _works_in(beginning_of(file, _MAX_BYTES).decode("utf-8", "replace")):
            found.setdefault(key, work)
    return found


def _works_in(text: str) -> Iterator[tuple[str, Work]]:
    for entry, next_entry in pairwise((*_ENTRY.finditer(text), None)):
        assert entry  # only the last of all is none
        end = next_entry.start() if next_entry else len(text)
        fields: dict[str, str] = {}
        for field in _FIELD.finditer(text, entry.end(), end):
            fields.setdefault(
                field["name"].lower(), field["braced"] or field["quoted"] or field["number"] or ""
            )
        year = _YEAR.search(fields.get("year") or fields.get("date", ""))
        people = fields.get("author") or fields.get("editor", "")
        title = _plain(fields.get("title", ""))
        who = _named(people) if people.strip() else f"“{title}”"
        if who != "“”":
            yield entry["key"], Work(who, year[0] if year else _NO_YEAR, title, _address(fields))


def _address(fields: Mapping[str, str]) -> str:
    """Of a work that says both, by its number, which stays when a publisher moves."""
    if doi := _DOI.fullmatch(fields.get("doi", "").replace("\\", "").strip()):
        return f"https://doi.org/{doi['doi']}"
    address = _ADDRESS.fullmatch(fields.get("url", "").replace("\\", "").strip())
    return address[0] if address else ""


def _named(people: str) -> str:
    names = [_last_name(" ".join(one.split())) for one in _AND.split(people.strip())]
    if len(names) > _FEW or (len(names) > 1 and names[-1] == "others"):
        return " ".join((names[0], _AND_OTHERS))
    return f"{', '.join(names[:-1])}, and {names[-1]}" if len(names) == _FEW else " and ".join(names)


def _last_name(name: str) -> str:
    if name.startswith("{") and name.endswith("}"):  # of a body, which is one name
        return _plain(name)
    plain = _plain(name)
    return plain.partition(",")[0].strip() if "," in plain else plain.rpartition(" ")[2]


def _plain(text: str) -> str:
    text = _LIGATURE.sub(lambda found: _LIGATURES[found["name"]], text)
    text = _ACCENT.sub(
        lambda found: unicodedata.normalize("NFC", found["letter"] + _COMBINING[found["sign"]]), text
    )
    return " ".join(re.sub(r"[{}\\]", "", text).split())


def with_citations(text: str, works: Works) -> str:
    """The text with the words of its citations; lines keep their numbers. Total."""
    if not works or "@" not in text:
        return text
    return outside_code(text, lambda line: _with_words(line, works) if "@" in line else line)


def with_missing_works(source: Source, works: Works) -> Source:
    """The note with a problem for each work that it cites and no bibliography has, where it has to do with any."""
    states = source.properties.keys()
    if "@" not in source.text or "references" in states or not (works or "bibliography" in states):
        return source
    missing = [
        Problem(Code.CITATION_MISSING, Place(source.id, source.first_line + number), (("key", key),))
        for number, line in without_code(source.text)
        for key in dict.fromkeys(_cited_in(line))
        if key not in works and not _TO_A_PLACE.match(key)
    ]
    return replace(source, problems=(*source.problems, *missing)) if missing else source


def _cited_in(line: str) -> Iterator[str]:
    """The keys of citations in brackets; others may be names of people."""
    for group in _GROUP.finditer(line) if "@" in line else ():
        parts = [_ONE.fullmatch(part) for part in group["inside"].split(";")]
        if all(one and not one["before"][-1:].isalnum() for one in parts):
            yield from (one["key"] for one in parts if one)


def _with_words(line: str, works: Works) -> str:
    line = _IN_TEXT.sub(lambda found: _said_in_text(found, works), line)
    return _GROUP.sub(lambda found: _said(found, works), line)


def _said_in_text(found: re.Match[str], works: Works) -> str:
    if found["key"] not in works or _is_in_brackets(found):
        return found[0]
    work = works[found["key"]]
    return f"{work.who} ({_linked(work.year, work)}{_place(found['at'] or '')})"


def _is_in_brackets(found: re.Match[str]) -> bool:
    """Whether it stands in a link or the like; a note within the line, `^[as @doe2020 says]`, is text."""
    before = found.string[: found.start()]
    opening = before.rfind("[")
    return opening > before.rfind("]") and before[opening - 1 : opening] != "^"


def _linked(words: str, work: Work) -> str:
    """The words as a link to the work, with its title for who points at it."""
    if not work.address:
        return words
    title = f' "{as_text(work.title)}"' if work.title else ""
    return f"[{words}](<{work.address}>{title})"


def _said(found: re.Match[str], works: Works) -> str:
    said: list[str] = []
    for part in found["inside"].split(";"):
        one = _ONE.fullmatch(part)
        if one is None or one["key"] not in works:
            return found[0]
        work = works[one["key"]]
        names = _linked(work.year if one["only_year"] else f"{work.who} {work.year}", work)
        said.append(f"{one['before'].strip()} {names}{_place(one['after'])}".strip())
    return f"({'; '.join(said)})"


def _place(written: str) -> str:
    pages = _PAGES.match(written.strip())
    at = re.sub(r"(?<=\d)-(?=\d)", "–", pages["at"]) if pages else ""
    return f", {at}" if at else ""
