"""Texts cut to a length at a word."""


def shorten(text: str, max_length: int, *, ellipsis: str = "…") -> str:
    """The text, if it has at most `max_length` characters; else its words up to there, and an ellipsis.

    Signs before the ellipsis are left out. A text without a space up to there is cut where it must be.
    """
    if len(text) <= max_length:
        return text
    head, space, _ = text[:max_length].rpartition(" ")
    return (head if space else text[:max_length]).rstrip(",;:.· ") + ellipsis
