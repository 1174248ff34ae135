"""Empties the caches that the functions of this package fill while a build goes through all notes."""

from notegen.text.stems import stems_of
from notegen.text.tokens import fold, forget_tokens
from notegen.text.written_forms import forms_of_chunk


def clear_word_caches() -> None:
    """Lets go of it: some 30 MiB in a large garden, which what comes next can use."""
    for remembered in (stems_of, fold, forms_of_chunk):
        remembered.cache_clear()
    forget_tokens()
