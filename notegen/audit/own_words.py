"""Lists the words that a site has from notegen and from no note: of templates, languages, scripts and code."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from notegen.bundled import bundled
from notegen.i18n import load_language
from notegen.regex import regex
from notegen.theme_folder import LANGUAGES_FOLDER

_MARKUP = (
    "doctype html head body main article section header footer figure figcaption details summary template iframe "
    "annotation semantics mathvariant stretchy displaystyle rowspacing columnspacing columnalign scriptlevel accent "
    "mover munder munderover msubsup mstyle mspace mtable mtext mfrac msqrt mroot mpadded operatorname fence separator "
    "viewport stylesheet canonical prefetch nofollow noopener noreferrer polite assertive tabindex autocomplete"
).split()

_STRING = regex(r"\"([^\"\n]+)\"")


def sentences() -> Iterator[str]:
    """What pages say in every language, the markup around it, and the default theme's style sheets."""
    yield from _MARKUP
    yield from _texts_under(bundled("templates"), ".html .toml .css .svg .txt .xml")


def words_of_code() -> Iterator[str]:
    """The texts in notegen's code, of which some are written into pages: kinds, addresses, names of classes."""
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        if path.parent.name == "cluster":  # what it says goes to other machines' encoders
            continue
        yield "\n".join(_STRING.findall(path.read_text("utf-8")))


@cache
def for_private_links() -> tuple[str, ...]:
    """What notes say in place of the name of a note that not everybody sees, in every language."""
    folder = bundled("templates")
    tags = sorted(path.stem for path in (folder / LANGUAGES_FOLDER).glob("*.toml"))
    known = (load_language(tag, [folder]) for tag in tags)
    return tuple(
        dict.fromkeys(one.translate(key) for one in known for key in ("text.private", "text.locked"))
    )


def dates(language: str) -> Iterator[str]:
    """The names of months and weekdays, as pages have them, and moments as feeds do."""
    own = load_language(language, [bundled("templates")])
    yield from (name for names in own.weekdays() for name in names)
    for number in range(12):
        yield own.weekday_and_day(date(2024, 1, 1) + timedelta(31 * number))
        yield own.month_alone(number + 1)
        yield own.quarter_alone(number + 1)
        yield own.short_month(2024, number + 1)
    yield from (own.weekday_and_day(date(2024, 1, day)) for day in range(1, 8))
    # As feeds have them: `2024-01-23T12:00:00Z`, of which `23T12` is a word.
    yield from (f"{day:02}T{hour:02}" for day in range(1, 32) for hour in range(24))


def scripts() -> Iterator[str]:
    """The scripts that pages load."""
    yield from _texts_under(bundled("browser"), ".js .css")


def shipped(name: str) -> bytes | None:
    """The script of ours that a file of a site may be, by its name in the site; None where there is none."""
    stem = name.rpartition("/")[2]
    file = stem if stem.startswith("stem-") else f"{stem.partition('.')[0]}.js"
    path = _scripts().get(file)
    return path.read_bytes() if path else None


@cache
def _scripts() -> dict[str, Path]:
    """The scripts that come with notegen, by their names in a site without the part that is made of their bytes."""
    folder = bundled("browser")
    stemmers = {f"stem-{path.name}": path for path in (folder / "stemmers").glob("*")}
    return {path.name: path for path in folder.glob("*.js")} | stemmers


def _texts_under(folder: Path, suffixes: str) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in suffixes.split() and path.is_file():
            yield path.read_text("utf-8", "replace")
