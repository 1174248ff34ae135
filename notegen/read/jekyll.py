"""Jekyll folders, and Eleventy's: titles and addresses by file name, and Liquid."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from notegen.model import Source
from notegen.read.liquid import without_liquid

_DATED = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<slug>.+)")


def adapt_jekyll(source: Source) -> Source:
    """The source with its Liquid read, titled, and named by its address; total."""
    text = without_liquid(source.text, source.properties) if "{" in source.text else source.text
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
