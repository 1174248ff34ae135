"""What the interface says, in the site's language.

`locales` knows what is common knowledge of languages (dates, numbers, plurals, directions), `messages` reads the files
of translations, and `language` translates.
"""

from notegen.i18n.language import Language, capital, fill_placeholders, load_language
from notegen.i18n.locales import chain_of, direction_of, own_name_of
from notegen.i18n.messages import Message

__all__ = [
    "Language",
    "Message",
    "capital",
    "chain_of",
    "direction_of",
    "fill_placeholders",
    "load_language",
    "own_name_of",
]
