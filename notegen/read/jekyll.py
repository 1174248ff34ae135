"""Jekyll folders, and Eleventy's: titles and addresses by file name, Liquid, and links whose address has spaces."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType

import yaml
from msgspec.structs import replace

from notegen.model import Source
from notegen.read.beginning import beginning_of
from notegen.read.code_spans import indented_code, outside_code, outside_fences
from notegen.read.liquid import without_liquid
from notegen.read.properties import MAX_LETTERS, read_yaml
from notegen.regex import regex

_SPACED = regex(
    r"\]\((?P<address>[^()<>\"'\n]{0,200}[^()<>\"'\s] [^()<>\"'\n]{0,200}\.[A-Za-z0-9]{1,8}(?:#[^()<>\"'\s]{0,200})?)"
    r"(?P<title> +\"[^\"\n]{0,200}\")?\)"
)
"""The address of a link whose file's name has spaces, as kramdown reads it."""
_BREAK = regex(r"(?<![\\`])\\\\[ \t]*\Z")
_DATED = regex(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<slug>.+)")


def read_site(folder: Path) -> dict[str, str]:
    """The texts and numbers of a site's settings, by name; none where these are not there or no YAML."""
    for name in ("_config.yml", "_config.yaml"):
        try:
            stated, _ = read_yaml(beginning_of(folder / name, MAX_LETTERS).decode("utf-8", "replace"))
        except (ValueError, yaml.YAMLError, RecursionError):
            continue
        if isinstance(stated, dict):
            return {str(key): str(value) for key, value in stated.items() if isinstance(value, str | int)}
    return {}


def adapt_jekyll(source: Source, site: Mapping[str, str] = MappingProxyType({})) -> Source:
    """The source with its Liquid read, titled, and named by its address; total.

    Args:
        site: what `read_site` gives.
    """
    text = without_liquid(source.text, source.properties, site) if "{" in source.text else source.text
    if "](" in text:
        text = outside_code(text, lambda line: _SPACED.sub(r"](<\g<address>>\g<title>)", line), indented=True)
    if "\\\\" in text:
        text = _with_line_breaks(text)
    dated = _DATED.fullmatch(PurePosixPath(source.id).stem)
    if dated is None:
        return replace(source, text=text)
    title = dated["slug"].replace("-", " ").strip().capitalize()
    # What posts call each other by, unless a site's settings say otherwise: `/2024/05/01/first-day/`.
    year, month, day = dated.group("y", "m", "d")
    days = [
        f"{year}/{month}/{day}",
        f"{year}/{month:0>2}/{day:0>2}",
        str(source.properties.get("date", ""))[:10].replace("-", "/"),
    ]
    names = [f"{day}/{dated['slug']}" for day in dict.fromkeys(days) if day]
    return replace(source, text=text, title=title, names=(*source.names, *names))


def _with_line_breaks(text: str) -> str:
    """The text with kramdown's two backslashes, which end a line that another follows, as CommonMark's one."""
    lines = text.split("\n")
    outside = frozenset(outside_fences(lines)).difference(indented_code(lines))
    in_formula = False
    for number, line in enumerate(lines[:-1]):
        if number not in outside:
            continue
        in_formula ^= line.count("$$") % 2 == 1
        if not in_formula and number + 1 in outside and lines[number + 1].strip(" \t>"):
            lines[number] = _BREAK.sub("\\\\", line)
    return "\n".join(lines)
