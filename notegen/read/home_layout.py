"""The first page of VitePress, VuePress and Starlight, whose front matter is shown: `hero`, `features`, `footer`.

What these say is the note's text, above what stands below: the lines of the hero, its links, and each feature.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from notegen.model import Source
from notegen.read.code_spans import as_text
from notegen.read.flags import is_true

_KEYS = ("hero", "features")
_OF_VUEPRESS = ("home", "herotext", "heroimage", "tagline", "actions", "actiontext", "actionlink", "footer")


def with_home_layout(source: Source) -> Source:
    """The source with such a text above its own. Total."""
    stated = source.properties
    is_vuepress = is_true(stated.get("home"))
    hero, features = stated.get("hero"), stated.get("features")
    if is_vuepress and not isinstance(hero, Mapping):
        hero = _hero_of_vuepress(stated)
    if not (isinstance(hero, Mapping) or isinstance(features, list)):
        return source
    hero = hero if isinstance(hero, Mapping) else {}
    name = _words(hero.get("name") or hero.get("title"))
    footer = as_text(_words(stated.get("footer"))) if is_vuepress else ""
    above = "\n\n".join(filter(None, (*_hero(hero), "\n".join(_features(features)))))
    if not above and not footer:
        return source
    text = "\n\n".join(filter(None, (above, source.text.strip("\n"), footer)))
    own_start = len(source.text) - len(source.text.lstrip("\n"))
    added = above.count("\n") + 2 - own_start if above else -own_start
    first_line = max(0, source.first_line - added) if source.text.strip() else 0
    own = (
        *_KEYS,
        *(_OF_VUEPRESS if is_vuepress else ()),
        *(["template"] if stated.get("template") == "splash" else []),
    )
    properties = {key: value for key, value in stated.items() if key not in own}
    if name:
        properties.setdefault("title", name)
    return replace(source, text=text, first_line=first_line, properties=properties)


def _hero_of_vuepress(stated: Mapping[str, object]) -> Mapping[str, object]:
    actions = stated.get("actions")
    button = [{"text": stated.get("actiontext"), "link": stated.get("actionlink")}]
    return {
        "name": stated.get("herotext"),
        "tagline": stated.get("tagline"),
        "actions": actions if isinstance(actions, list) else button,
    }


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
