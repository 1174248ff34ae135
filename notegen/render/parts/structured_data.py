"""What a page says of itself to programs, as JSON-LD (https://schema.org, https://www.w3.org/TR/json-ld11/).

It is data and no script: browsers run nothing of it, so that a page's policy need not allow it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from notegen.model import Note, Url
from notegen.paths import HOME
from notegen.render.parts.cards import picture_address
from notegen.render.site import Site, address
from notegen.theme import safe

_CONTEXT = "https://schema.org"
_SIGNS = str.maketrans({"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"})
"""What could end the element that the data stands in."""


def article_data(site: Site, note: Note, levels: Iterable[tuple[Url, str]]) -> str:
    """The note as an article, and the way down to it; empty where the site does not know its address.

    Args:
        levels: the pages above it with their names, the top one first.
    """
    base = site.config.base_url
    if not base:
        return ""
    page = address(base, site.garden.urls[note.id])
    changed = note.changed or note.dating.day
    article = {
        "@type": "Article",
        "headline": note.title,
        "url": page,
        "datePublished": note.dating.iso,
        "dateModified": changed.isoformat() if changed else "",
        "author": {"@type": "Person", "name": site.config.author} if site.config.author else None,
        "image": picture_address(site, note),
        "keywords": list(note.tags),
        "inLanguage": note.language or site.language.tag,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": address(base, HOME)},
    }
    steps = [(address(base, url), name) for url, name in levels if url]
    return _script([article, *([_trail([*steps, (page, note.title)])] if steps else [])])


def website_data(site: Site) -> str:
    """The site as a whole, for its first page; empty where it does not know its address."""
    base = site.config.base_url
    if not base:
        return ""
    told = {
        "@type": "WebSite",
        "name": site.title,
        "url": address(base, HOME),
        "description": site.config.description,
        "inLanguage": site.language.tag,
    }
    return _script([told])


def _trail(steps: Sequence[tuple[str, str]]) -> Mapping[str, object]:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": page}
        for position, (page, name) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _script(things: Sequence[Mapping[str, object]]) -> str:
    told = [{key: value for key, value in thing.items() if value} for thing in things]
    whole = {"@context": _CONTEXT, **(told[0] if len(told) == 1 else {"@graph": told})}
    return safe(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_SIGNS))
