"""Decides by a note's own front matter whether it is private, public or neither: the audit's second opinion.

It knows fewer rules than `read/visibility.py`, on purpose: only what nobody could mean otherwise. It shares no code
with it, since an audit that asked the filter what is private would find nothing when the filter is broken.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from unicodedata import normalize

from notegen.audit.parts import TAG, code_in, end_at, is_below
from notegen.regex import regex

_YES, _NO = frozenset("true yes on 1 y t".split()), frozenset("false no off 0 n f".split())
_KEEP_IF_YES = frozenset("draft private isdraft isprivate nopublish headless unpublished".split())
_KEEP_IF_NO = frozenset("publish published ispublished public ispublic dgpublish share".split())
_SECLUDED = frozenset("private hidden secret draft unlisted".split())
_FROM, _UNTIL = frozenset({"publishdate", "pubdate"}), frozenset({"expirydate", "unpublishdate"})
_BEFORE_DATE = ("pub", "publish", "expiry")
_DAY = regex(r"[\"']?(\d{4}-\d\d-\d\d)")
_PLAIN_HEAD = regex(r"---\n(?:[a-z_]+: *[\w ,./-]*\n)*---\n")
_OWN_DATE = regex(r"^date: *(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]))$", re.MULTILINE)
_MAX_LINES = 60
_NOT_SEEN = regex("[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]")
_LINE_END = regex("[\n\x0b\x0c\x85\u2028\u2029]")
_FENCE = regex(r"[ \t\xa0>]*(?:-{3,}|\+{3,}|;{3,}|—-|\.\.\.)[ \t]*(?:\w+[ \t]*)?")
_ABOVE = regex(
    r"\s*(?:#{1,6}(?:[ \t].*)?|<!--(?!.*-->.*\S).*|%%.*%%|(?:#[\w/-]+\s*)+|=+|made by.*)?", re.DOTALL
)
_SETTING = regex(r"[>\s]*[\"']?(?P<key>[\w][\w -]{0,40}?)[\"']?[ \t]*(?:::?|=|：)[ \t]*(?P<value>.*)")
_NESTED = regex(r"(?:params|extra)\s*:\s*(?P<value>.*)", re.IGNORECASE)
_NEVER = regex(
    r"_?build\s*:\s*\{?\s*(?:render|list)\s*:\s*never\b|_?build\s*:\s*\n\s+(?:render|list)\s*:\s*never\b"
)
_INLINE = regex(r"[ \t>]*(?:[-*+][ \t]+)*[\[(]?(?P<key>[\w -]{4,20}?)[ \t]*::(?P<value>[^\n]*)")
_OPEN_ANYWHERE = regex(
    r"(?:is[-_ ]?)?(?:publi(?:c|sh(?:ed)?)|dg[-_ ]?publish|share)[\"']?\s*(?:::?|=|：)\s*[\"']?(?:true|yes|on|1|y|t)\b"
    r"|visibility[\"']?\s*(?:::?|=|：)\s*[\"']?publi",
    re.IGNORECASE,
)
_TAGS = regex(
    r"^[\"']?tags?[\"']?[ \t]*(?:::?|=)(?P<value>[^\n]*(?:\n[ \t]*-[ \t][^\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_REMARK = regex(r"(?<!\S)#[ \t][^\n]*")
_TAG = regex(rf"(?<!\]\(){TAG}")
_HEADING = regex(r"[ \t>]*(?:[-*+][ \t]+)*#{1,6}[ \t]")


def says_private(text: str, private_tags: frozenset[str]) -> bool:
    """Whether a note says in plain words that it is private, on top or by a tag."""
    lines = _top(text)
    head = "\n".join(lines)
    if any(_keeps(key, value) for key, value in _settings(lines)) or _NEVER.search(head):
        return True
    if any(_keeps(key, value) for key, value in _inline(text)):
        return True
    values = (_REMARK.sub("", found["value"]) for found in _TAGS.finditer(head))
    stated = (word.removeprefix("#") for value in values for word in re.split(r"[\s,\[\]\"'{}]+", value))
    return any(is_below(tag, private_tags) for tag in (*stated, *_tags_in(text, private_tags)))


def says_not_now(text: str, moment: float, *, by_date: bool = False) -> bool:
    """Whether a note names a day of publishing that has not come anywhere on earth, or an end that is long over.

    Args:
        moment: in seconds since 1970.
        by_date: whether a plain `date` is such a day, where nothing else is.
    """
    if not (by_date or _may_wait(text[:8000])):
        return False
    day = date(1970, 1, 1).toordinal() + int(moment // 86_400)
    last, first = (date.fromordinal(day + days).isoformat() for days in (2, -2))
    days = [
        (re.sub(r"[\W_]", "", key).lower(), found[1])
        for key, value in _settings(_top(text))
        if (found := _DAY.match(value))
    ]
    waits = any(name in _FROM and stated > last for name, stated in days)
    over = any(name in _UNTIL and "0002" < stated < first for name, stated in days)
    own = _own_dates(text) if by_date and not any("pub" in name for name, _ in days) else []
    return waits or over or (bool(own) and min(own) > last)


def _may_wait(top: str) -> bool:
    """Whether a key of such a day may be there; a pattern that pays no heed to case takes five times as long."""
    top = top.lower()
    at = top.find("date")
    while at >= 0:
        if top[max(at - 8, 0) : at].rstrip("-_ ").endswith(_BEFORE_DATE):
            return True
        at = top.find("date", at + 1)
    return False


def _own_dates(text: str) -> list[str]:
    """The days under `date` in front matter of which no line is anything but a key with a plain value."""
    head = _PLAIN_HEAD.match(text)
    return _OWN_DATE.findall(head[0]) if head else []


def may_say_public(text: str) -> bool:
    """Whether anything on top of a note can be read as leave to publish it."""
    return bool(_OPEN_ANYWHERE.search(normalize("NFKC", _NOT_SEEN.sub("", text[:6000]))))


def _top(text: str) -> list[str]:
    """The lines on top of a note that are settings, or stand where settings do."""
    lines = _LINE_END.split(text[:8000], _MAX_LINES)[:_MAX_LINES]
    if not text[:8000].isascii():
        lines = [normalize("NFKC", _NOT_SEEN.sub("", line)).replace("\xa0", " ") for line in lines]
    found: list[str] = []
    within = False
    for number, line in enumerate(lines):
        if _FENCE.fullmatch(line):
            within = not within
        elif within:
            found.append(line)
        elif _ABOVE.fullmatch(line) or "".join(lines[number + 1 : number + 2]).startswith("==="):
            continue
        elif (setting := _SETTING.fullmatch(line)) and len(setting["value"].split()) < 8:
            found.append(line)
        else:
            break
    return found


def _settings(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The keys on the outermost level, and those below Hugo's and Zola's tables for a site's own."""
    nested = False
    for line in lines:
        if opened := _NESTED.fullmatch(line):
            nested = True
            line = opened["value"].strip("{} ")
        elif line[:1].strip():
            nested = False
        if (nested or line[:1].strip()) and (setting := _SETTING.fullmatch(line)):
            yield setting["key"], setting["value"]


def _inline(text: str) -> Iterator[tuple[str, str]]:
    """Logseq's and Dataview's fields in a note's first block."""
    if "::" not in text:
        return
    bullets = 0
    seen = False
    for line in text[:4000].split("\n"):
        bullets += bool(re.match(r"[ \t]*[-*+][ \t]", line))
        if bullets > 1 or (seen and not line.strip()) or line.lstrip().startswith(("```", "~~~")):
            return
        seen = seen or (bool(line.strip()) and not _HEADING.match(line) and not line.startswith("---"))
        if found := _INLINE.match(line):
            yield found["key"], found["value"]


def _keeps(key: str, value: str) -> bool:
    name = re.sub(r"[\W_]", "", key).lower()
    word = re.sub(r"\s#.*", "", value).strip(" \t\"'`,;.[]{}()\r").lower()
    return (
        (name in _KEEP_IF_YES and word in _YES)
        or (name in _KEEP_IF_NO and word in _NO)
        or (name == "visibility" and word in _SECLUDED)
        or (name == "status" and word == "private")
    )


def _tags_in(text: str, private_tags: frozenset[str]) -> Iterator[str]:
    folded = text.casefold()
    if not any(f"#{tag}" in folded or f"#[[{tag}" in folded for tag in private_tags):
        return
    code = code_in(text)
    start = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        under = "".join(lines[number + 1 : number + 2]).strip(" \t>")
        if not _HEADING.match(line) and not (under and not under.strip("=-")):
            for found in _TAG.finditer(line):
                if not end_at(code, start + found.start()):
                    yield found[1] or found[2]
        start += len(line) + 1
