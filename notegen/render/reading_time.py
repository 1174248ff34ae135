"""How long a text takes to read."""

_WORDS_A_MINUTE = (
    230  # silent reading of English non-fiction: Brysbaert, Journal of Memory and Language 109, 2019: 238
)


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least 1; 0 for a note without words."""
    return max(1, round(words / _WORDS_A_MINUTE)) if words else 0
