"""Validators of what programs are told of a site: by grammars of our own, and by a reader of feeds that is strict."""

import json
from pathlib import Path
from typing import Any

import feedparser
from jsonschema import Draft202012Validator
from lxml import etree

from notegen.model import OutputFile
from tests.support.gardens import text_of

GRAMMARS = Path(__file__).parent / "grammars"


def valid_atom(file: OutputFile) -> Any:
    """What a reader of feeds makes of the file, which is valid Atom."""
    _check_grammar(file, "atom.rng")
    read = feedparser.parse(text_of(file).encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo, read.get("bozo_exception")
    ids = [entry.id for entry in read.entries]
    assert len(ids) == len(set(ids))
    return read


def valid_json_feed(file: OutputFile) -> Any:
    """What a valid JSON Feed holds."""
    feed = json.loads(text_of(file))
    _check_schema(feed, "json-feed.json")
    return feed


def valid_structured_data(text: str) -> list[Any]:
    """The things that valid JSON-LD of a page tells of."""
    told = json.loads(text)
    _check_schema(told, "json-ld.json")
    return list(told.get("@graph", [told]))


def valid_sitemap(file: OutputFile) -> list[tuple[str, str]]:
    """The addresses that a valid sitemap names, each with the day of its last change, or nothing."""
    root = _check_grammar(file, "sitemap.rng")
    return [("".join(one[0].itertext()), "".join(one[1].itertext()) if len(one) > 1 else "") for one in root]


def _check_grammar(file: OutputFile, grammar: str) -> Any:
    root = etree.fromstring(text_of(file).encode())
    etree.RelaxNG(etree.parse(GRAMMARS / grammar)).assertValid(root)
    return root


def _check_schema(value: object, schema: str) -> None:
    rules = json.loads((GRAMMARS / schema).read_text("utf-8"))
    Draft202012Validator(rules).validate(value)
