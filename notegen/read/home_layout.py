"""The first page of VitePress, Starlight and their like, which is front matter alone: `hero` and `features`.

Where nothing stands below it, what these say is the note's text: the lines of the hero, its links, and each feature.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from notegen.model import Source
from notegen.read.code_spans import as_text

_KEYS = ("hero", "features")


def with_home_layout(source: Source) -> Source:
    """The source with such a text, if it has no other. Total."""
    hero, features = (source.properties.get(key) for key in _KEYS)
    if source.text.strip() or not (isinstance(hero, Mapping) or isinstance(features, list)):
        return source
    stated = hero if isinstance(hero, Mapping) else {}
    name = _words(stated.get("name") or stated.get("title"))
    text = "\n\n".join(filter(None, (*_hero(stated), "\n".join(_features(features)))))
    if not text:
        return source
    properties = {key: value for key, value in source.properties.items() if key not in _KEYS}
    if name:
        properties.setdefault("title", name)
    return replace(source, text=text, first_line=0, properties=properties)


def _hero(hero: Mapping[object, object]) -> Iterator[str]:
    yield from (_words(hero.get(key)) for key in ("text", "tagline"))
    yield "\n".join(f"- {link}" for link in map(_link, _maps(hero.get("actions"))) if link)


def _features(features: object) -> Iterator[str]:
    """An item each, with a sign of their own, which keeps them apart from the list of links above."""
    for feature in _maps(features):
        title, details = _words(feature.get("title")), _words(feature.get("details"))
        linked = _link({"text": feature.get("linkText") or title, "link": feature.get("link")})
        has_words = bool(feature.get("linkText"))
        heading = f"**{as_text(title)}**" if has_words or not linked else f"**{linked}**"
        if title or details:
            yield "* " + " ".join(
                filter(None, (heading if title else "", details, linked if has_words else ""))
            )


def _link(stated: Mapping[object, object]) -> str:
    """A link in Markdown, or its words where no address can stand between angle brackets."""
    words, address = _words(stated.get("text")), _words(stated.get("link"))
    if not words or not address or any(sign in address for sign in "<>\\"):
        return as_text(words)
    return f"[{as_text(words)}](<{address}>)"


def _maps(values: object) -> Iterable[Mapping[object, object]]:
    return (value for value in values if isinstance(value, Mapping)) if isinstance(values, list) else ()


def _words(value: object) -> str:
    """A value in one line; nothing for a list or a table."""
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) else ""
