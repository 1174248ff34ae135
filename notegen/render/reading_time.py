"""How long a text takes to read."""

_WORDS_A_MINUTE = (
    230  # silent reading of English non-fiction: Brysbaert, Journal of Memory and Language 109, 2019: 238
)


_MIN_MINUTES_IN_HOURS = 100


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least 1; 0 for a note without words."""
    return max(1, round(words / _WORDS_A_MINUTE)) if words else 0


def hours_to_read(words: int) -> int:
    """Whole hours; 0 where minutes say it better."""
    minutes = minutes_to_read(words)
    return round(minutes / 60) if minutes >= _MIN_MINUTES_IN_HOURS else 0
