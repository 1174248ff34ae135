"""Classes of characters that notegen and its pages share: `characters.json`, which the page's code is bundled with.

A class is written as it stands between the brackets of a regular expression, in Python and in JavaScript. Python's
`re` and JavaScript's know the rest alike: letters, digits, marks and spaces by their Unicode properties.
"""

import json
from pathlib import Path

DATA = (Path(__file__).parent / "characters.json").read_bytes()
"""The file, for keys of what is made with it."""

_CLASSES = json.loads(DATA)

NO_SPACE_SCRIPTS: dict[str, str] = _CLASSES["no_space_scripts"]
"""The scripts whose words have no spaces between them, by name. Korean has, but endings grow onto its words."""

OPTIONAL_MARKS = "".join(_CLASSES["optional_marks"].values())
"""Marks that are optional in writing. Others (Thai and Indic vowels, the Japanese voicing mark) tell words apart."""

PLAIN_LETTERS: dict[str, str] = _CLASSES["plain_letters"]
"""Letters that readers type in another way, though Unicode does not decompose them: without the stroke, as two
letters, in the form of a neighbouring language, or as the digits of another keyboard."""

WRITTEN_OUT_NASALS: str = _CLASSES["written_out_nasals"]
"""A pattern: Devanagari's nasals before a consonant of their own place, for which most write a dot above, `हिंदी`."""

NASAL = "ं"

QUERY_SPACES: str = _CLASSES["query_spaces"]
"""What separates the words of a question, listed, since Python and JavaScript do not agree on what else is a space."""

QUERY_QUOTES: str = _CLASSES["query_quotes"]
"""What keyboards that correct as one types turn quotation marks into."""

IDEOGRAPHS = "".join(_CLASSES["ideographs"].values())
"""The blocks that BERT takes for Chinese: each character is a word to it."""

SIGNS: str = _CLASSES["signs"]
"""ASCII's signs, each of which is a word to BERT."""

SYMBOLS = "".join(_CLASSES["symbols"].values())
"""Symbols that are words of their own, emoji among them, without what only changes how another looks."""

OPENING_SIGNS: str = _CLASSES["opening_signs"]
"""What may stand between a space and the signs that belong to a word."""
