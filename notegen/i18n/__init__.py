"""What the interface says, in the site's language.

`locales` knows what is common knowledge of languages (dates, numbers, plurals, directions), `messages` reads the files
of translations, and `language` speaks.
"""

from notegen.i18n.language import Language, capital, fill, load_language
from notegen.i18n.locales import chain_of, direction_of
from notegen.i18n.messages import FOLDER, Sentence

__all__ = ["FOLDER", "Language", "Sentence", "capital", "chain_of", "direction_of", "fill", "load_language"]
