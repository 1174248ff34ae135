"""What the interface says, in the site's language.

`locales` knows what is common knowledge of languages (dates, numbers, plurals, directions), `sentences` reads the files
of translations, and `language` speaks.
"""

from notegen.language.language import Language, capital, fill, load_language
from notegen.language.locales import chain_of, direction_of
from notegen.language.sentences import FOLDER, Sentence

__all__ = ["FOLDER", "Language", "Sentence", "capital", "chain_of", "direction_of", "fill", "load_language"]
