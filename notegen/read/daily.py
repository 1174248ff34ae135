"""Obsidian's daily notes: their path is a moment.js format, which may hold folders: `YYYY/MMMM/YYYY-MM-DD`."""

import re
from datetime import date

from notegen.dates import MONTHS

_TOKENS = {
    "YYYY": r"(?P<y>\d{4})",
    "MMMM": r"(?P<mon>[^\W\d_]+)",
    "MMM": r"(?P<mon>[^\W\d_]+)",
    "MM": r"(?P<m>\d\d)",
    "M": r"(?P<m>\d{1,2})",
    "DD": r"(?P<d>\d\d)",
    "Do": r"(?P<d>\d{1,2})(?:st|nd|rd|th)",
    "D": r"(?P<d>\d{1,2})",
    "dddd": r"[^\W\d_]+",
    "ddd": r"[^\W\d_]+",
    "dd": r"[^\W\d_]+",
    "gggg": r"\d{4}",
    "GGGG": r"\d{4}",
    "ww": r"\d\d",
    "WW": r"\d\d",
    "Q": r"\d",
}
_TOKEN = re.compile(r"\[([^\]]*)\]|" + "|".join(sorted(_TOKENS, key=len, reverse=True)))


def daily_pattern(format: str) -> re.Pattern[str] | None:
    """The pattern of paths, without extension, that the format makes; None when it does not say year, month and day."""
    pattern = ""
    position = 0
    for match in _TOKEN.finditer(format):
        pattern += re.escape(format[position : match.start()])
        token = re.escape(match[1]) if match[1] is not None else _TOKENS[match[0]]
        # A part that is written twice, as the year is in `YYYY/YYYY-MM-DD`, is only read once.
        name = re.match(r"\(\?P<(\w+)>", token)
        if name and name[0] in pattern:
            token = f"(?:{token.removeprefix(name[0])}"
        pattern += token
        position = match.end()
    pattern += re.escape(format[position:])
    complete = "(?P<y>" in pattern and "(?P<d>" in pattern and ("(?P<m>" in pattern or "(?P<mon>" in pattern)
    return re.compile(rf"(?:.*/)?{pattern}\.md", re.IGNORECASE) if complete else None


def day_in_path(path: str, pattern: re.Pattern[str]) -> date | None:
    """The day of a daily note; None for any other note."""
    match = pattern.fullmatch(path)
    if match is None:
        return None
    parts = match.groupdict()
    month = int(parts["m"]) if parts.get("m") else MONTHS.get(parts["mon"].lower(), 0)
    try:
        return date(int(parts["y"]), month, int(parts["d"]))
    except ValueError:
        return None
