"""Which site generators keep back a note whose `date` is to come, and where their days begin.

    Hugo         unless `buildFuture = true`; names count where it is told `:filename`
    Jekyll       what is in `_posts`, or another folder that begins so, unless `future: true`; Bridgetown likewise
    Hexo         known by keys of its own: with `future: false`
    Nikola       unless `FUTURE_IS_NOW = True`
    ABlog        where it is an extension of Sphinx's
    Pelican      with `WITH_FUTURE_DATES = False`
    MkDocs       its blogs, with `draft_if_future_date: true`
    Middleman    its blogs, unless `publish_future_dated = true`

What others there are, Zola, Eleventy, Astro, Docusaurus, Quartz, publish it; so does GitHub with Jekyll, which sets
`future` itself. As elsewhere only what is written out counts, and no script is run.
Sources: https://gohugo.io/configuration/all/#buildfuture, https://jekyllrb.com/docs/configuration/options/,
https://hexo.io/docs/configuration, https://getnikola.com/handbook.html, https://ablog.readthedocs.io,
https://docs.getpelican.com/en/latest/settings.html, https://squidfunk.github.io/mkdocs-material/plugins/blog/,
https://middlemanapp.com/basics/blogging/
"""

import re
from collections.abc import Iterator
from pathlib import Path

from notegen.paths import fold
from notegen.read.folders import hugo
from notegen.read.folders.statements import HoldsDates, Statement, text_of
from notegen.regex import regex

POSTS = "_posts"
_ZONE = regex(r"^[\s{]*[\"']?time_?zone[\"']?\s*[:=]\s*[\"']?(?P<zone>[A-Za-z_]+(?:/[\w+/-]+)?)", re.I | re.M)
_REMARK = regex(r"^[ \t]*(?:#|//).*$", re.MULTILINE)
_OF_HEXO = regex(r"^(?:source_dir|public_dir|skip_render|render_drafts|new_post_name)\b", re.MULTILINE)
_OF_NIKOLA = regex(r"^(?:POSTS|FUTURE_IS_NOW|BLOG_TITLE)\s*=", re.MULTILINE)
_OF_ABLOG = regex(r"[\"']ablog[\"']")
_BLOG_OF_MIDDLEMAN = regex(r"\bactivate\s*\(?\s*:blog\b")


def read_dated(folder: Path, path: str, names: frozenset[str]) -> Iterator[Statement]:
    """Whether the settings in a folder keep notes with a later date back.

    Args:
        path: the folder, from the notes folder.
        names: of its entries.
    """
    place = fold(path)
    if hugo.generator_of(folder, names) == "hugo":
        text = "\n".join(map(_read, hugo.published_settings(folder, names)))
        held = not _says(text, "buildFuture", "true")
        yield HoldsDates(place, held, by_name=":filename" in text, zone=_zone_in(text))
    if not path and folder.absolute().name == POSTS:
        yield HoldsDates(place, True, by_name=True)
    for name in sorted(names):
        yield from _said_in(folder / name, place)


def _said_in(file: Path, place: str) -> Iterator[HoldsDates]:
    match file.name.lower():
        case "_config.yml" | "_config.yaml" | "_config.toml" | "bridgetown.config.yml":
            text = _read(file)
            if _OF_HEXO.search(text):
                yield HoldsDates(place, _says(text, "future", "false"), zone=_zone_in(text))
            else:
                held = not _says(text, "future", "true")
                yield HoldsDates(place, held, in_collections=True, by_name=True, zone=_zone_in(text))
        case "conf.py":
            text = _read(file)
            if _OF_NIKOLA.search(text) or _OF_ABLOG.search(text):
                yield HoldsDates(place, not _says(text, "FUTURE_IS_NOW", "true"), zone=_zone_in(text))
        case "pelicanconf.py":
            text = _read(file)
            yield HoldsDates(place, _says(text, "WITH_FUTURE_DATES", "false"), zone=_zone_in(text))
        case "mkdocs.yml" | "mkdocs.yaml":
            yield HoldsDates(place, _says(_read(file), "draft_if_future_date", "true"))
        case "config.rb" if _BLOG_OF_MIDDLEMAN.search(text := _read(file)):
            held = not _says(text, r"\w+\.publish_future_dated", "true")
            yield HoldsDates(place, held, by_name=True, zone=_zone_in(text))


def _read(file: Path) -> str:
    return _REMARK.sub("", text_of(file))


def _says(text: str, key: str, value: str) -> bool:
    """Whether settings, of whatever kind, have a line with a key and its value."""
    return bool(
        re.search(rf"^[\s{{]*[\"']?{key}[\"']?\s*[:=]\s*[\"']?{value}\b", text, re.MULTILINE | re.IGNORECASE)
    )


def _zone_in(text: str) -> str:
    found = _ZONE.search(text)
    return found["zone"] if found else ""
