"""Words that say nothing beside others, by language: articles, pronouns, prepositions, and those of questions."""

import json
from collections.abc import Iterable
from pathlib import Path

DATA = (Path(__file__).parent / "stop_words.json").read_bytes()
"""The file: by language the folded forms, separated by spaces."""

_STOP_WORDS: dict[str, str] = json.loads(DATA)

_SAME = {"nn": "nb", "no": "nb"}


def stop_words(languages: Iterable[str]) -> frozenset[str]:
    """Those of these languages (BCP 47 tags), folded; none of a language without a list."""
    tags = {language.replace("_", "-").partition("-")[0].lower() for language in languages}
    return frozenset(form for tag in tags for form in _STOP_WORDS.get(_SAME.get(tag, tag), "").split())
