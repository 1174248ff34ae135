"""Common knowledge of languages, from Unicode's Common Locale Data Repository. The only importer of babel."""

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

# The digit zero of each of CLDR's decimal numbering systems that a language has for its own; the others follow it.
_ZEROS = {
    "adlm": 0x1E950,
    "arab": 0x660,
    "arabext": 0x6F0,
    "beng": 0x9E6,
    "cakm": 0x11136,
    "deva": 0x966,
    "hmnp": 0x1E140,
    "khmr": 0x17E0,
    "laoo": 0xED0,
    "mtei": 0xABF0,
    "mymr": 0x1040,
    "nkoo": 0x7C0,
    "olck": 0x1C50,
    "thai": 0xE50,
    "tibt": 0xF20,
}
_RIGHT_TO_LEFT = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa yezi".split())  # scripts


def chain_of(tag: str) -> tuple[str, ...]:
    """The languages that may speak for a BCP 47 tag, the nearest first, and English: `de-AT`, `de`, `en`."""
    names = _names_of(tag)
    chain = ("-".join(names[:length]) for length in range(len(names), 0, -1))
    return (*(one for one in chain if one.lower() != "en"), "en")


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """The locale for dates and numbers, the world's English where nobody knows the language.

    A language without a territory is meant for all the world: `en` is `en-001`, which puts the day before the month.
    """
    tries = chain_of(tag)
    for name in (f"{tries[0]}-001", *tries[:-1], "en-001"):
        try:
            return _own(Locale.parse(name, sep="-"))
        except (ValueError, UnknownLocaleError):
            continue
    raise AssertionError("babel knows English")


@lru_cache(maxsize=1024)
def direction_of(tag: str) -> str:
    """`rtl`, `ltr`, or empty when the language is not said or not known."""
    primary, *rest = _names_of(tag)
    likely = get_global("likely_subtags").get(primary.lower(), "").split("_")
    script = next((part.lower() for part in (*rest, *likely) if len(part) == 4 and part.isalpha()), "")
    return "" if not script else "rtl" if script in _RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=64)
def own_name_of(tag: str) -> str:
    """What a language calls itself, `Deutsch`, `português (Brasil)`; the tag where nobody knows."""
    try:
        name: str = Locale.parse("-".join(_names_of(tag)), sep="-").get_display_name() or tag
    except (ValueError, UnknownLocaleError):
        return tag
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=64)
def first_weekday(tag: str) -> int:
    """The day on which weeks begin in the tag's territory, else where most speak the language.

    Returns:
        0 for Monday, also where nothing is known, to 6 for Sunday.
    """
    primary, *rest = _names_of(tag)
    likely = get_global("likely_subtags").get(primary.lower(), "").rpartition("_")[2]
    territory = next((part for part in rest if len(part) == 2), likely).upper()
    # A week is a territory's, but in babel's data a language's: any that is spoken there will do.
    spoken = [name for name in localedata.locale_identifiers() if name.endswith(f"_{territory}")]
    return Locale.parse(min(spoken)).first_week_day if territory and spoken else 0


def digits_of(tag: str) -> Mapping[int, str]:
    """For `str.translate`: the digits that the tag asks for, `ar-u-nu-arab`, else the language's own."""
    asked = re.search(r"-u-(?:\w+-)*?nu-(\w+)", tag)
    zero = _ZEROS.get(asked[1] if asked else locale_of(tag).default_numbering_system)
    return {ord("0") + digit: chr(zero + digit) for digit in range(10)} if zero else {}


@lru_cache(maxsize=4096)
def category_of(tag: str, count: int) -> str:
    """The plural category of a number: `one`, `few`, `other`, …; the language's own rules."""
    category: str = locale_of(tag).plural_form(count)
    return category


def categories_of(tag: str) -> frozenset[str]:
    """The plural categories that the language tells apart."""
    return frozenset({*locale_of(tag).plural_form.tags, "other"})


def _names_of(tag: str) -> list[str]:
    """The parts of a tag without what it asks for beside the language (`-u-nu-arab`)."""
    return tag.partition("-u-")[0].split("-")


def _own(locale: Locale) -> Locale:
    """The locale, its names of months and days apart from those of other locales.

    Babel resolves aliases inside the dictionaries of CLDR's root, which all locales share: after one Chinese month,
    every language without names of its own for a month alone would give Chinese ones.
    """
    known = localedata.load(str(locale))
    for key in ("months", "days"):
        known[key] = deepcopy(known[key])
    return locale
