"""What one key of front matter says of its note: publish it, keep it back, encrypt it, or nothing.

Keys are of notegen's own, of other programs, and of other languages. Those of notegen's own are true or false, in doubt
unclear; of all others a table says with which values they keep their note back.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Literal, NamedTuple
from unicodedata import normalize

from notegen.month_names import month_of
from notegen.regex import regex
from notegen.text.looks import INVISIBLE, look_of

Meaning = Literal["open", "closed", "locked", "unclear", "silent"]
"""What a key says about its note: publish it, keep it back, encrypt it, something that nobody understands, nothing."""

# Keys as `plain_key` gives them: `dg-publish`, `dg_publish` and `dgPublish` are one.
_CLOSED_IF_TRUE = frozenset(
    "draft private headless nopublish unpublished isdraft isprivate unlisted hidden secret confidential "
    "eleventyexcludefromcollections notpublic notpublished".split()
)
_GUESSED_IF_TRUE = frozenset(
    "unpublish trashed deleted isconflict restricted internal personal sensitive protected exclude excluded hide "
    "membersonly loginrequired requirelogin "
    "privat privé privée privado privada privato privata prywatne privatno приватно личное 私密 私人 非公開 비공개 "
    "donotpublish dontpublish notforpublication neverpublish noshare donotshare dontshare noexport ignored embargoed "
    "withdrawn istrashed unlist passwordprotected memberonly subscribersonly requireslogin requiresauth loggedin "
    "privatenote noteprivate keepprivate "
    "entwurf brouillon borrador rascunho bozza szkic koncept utkast luonnos taslak черновик 草稿 下書き 초안".split()
)
"""Keys of other programs, and the words of other languages; not one of notegen's own, so that the build says it."""
_GUESSED_IF_FALSE = frozenset(
    "visible shared listed publishable publishing export routable discoverable".split()
)
"""The same, which say nothing where they are true: that a note is visible is no word that it be published."""
_CLOSED_IF_ANY = frozenset("draftof drafttitle".split())
"""TiddlyWiki's, of a tiddler that is being written."""
_CLOSED_IF_FALSE = frozenset("publish published public dgpublish share ispublished ispublic".split())
LOCKED_IF_TRUE = frozenset({"encrypt", "encrypted"})
_DATED = frozenset({"publish", "published", "dgpublish", "ispublished"})
"""Keys that other tools give the day of publishing to."""
_ONLY_IF_PLAIN = frozenset("headless share unpublished hidden secret confidential".split())
"""Keys with other uses: a value that is neither true nor false says nothing of the note."""
_NO_PAGE_IF_FALSE = frozenset({"permalink", "render"})
"""Eleventy's and Zola's: a page that is not written. Any other value says where or how it is."""
_FOR_SOME_GROUP = frozenset({"access", "protect"})
"""Grav's `access: {site.login: true}`, Statamic's `protect: logged_in`."""
_VISIBILITY = frozenset({"visibility", "status"})
_POST_STATUS = frozenset("poststatus publishstatus wpstatus".split())
"""WordPress's: `draft`, `pending`, `future`, `trash` and `private` are not shown, `publish` is."""
_SAYS_PRIVATE = frozenset(
    "access privacy scope classification sensitivity audience permission acl sharing confidentiality state type "
    "privacylevel securitylevel permissions".split()
)
"""Keys of many meanings that keep back where their value is one of `_PRIVATE_WORDS`, as `status` does for the first."""
_PRIVATE_WORDS = frozenset("private confidential secret".split())
_FOR_SOME = _PRIVATE_WORDS | frozenset(
    "restricted internal personal members subscribers paid team staff family friends me myself self owner onlyme "
    "justme".split()
)
"""Whom a note is for, where it is not for all."""
_NAMES_READERS = frozenset("access audience visibility share sharing".split())
_UNFINISHED = frozenset(
    "draft hidden unpublished trash skip secret confidential embargoed notpublished".split()
)
"""What a `status` may say that is no word for private, and mostly means one."""
_CLASSIFIED = frozenset("classification sensitivity confidentiality securitylevel privacylevel".split())
_CLASSES = frozenset("private confidential secret restricted internal".split())
"""One of these in a value of those: `top secret`, `internal use only`."""
_SECLUDED = frozenset(
    "private privat hidden secret draft unlisted internal protected restricted members friends followers self me paid "
    "admin loggedin none nobody no false off myself self owner family team onlyme justme".split()
)
_TRAFFIC_LIGHT = frozenset({"tlp"})
"""The Traffic Light Protocol's: whatever is not `clear`, once called `white`, is for some only. https://first.org/tlp"""
_BUILT_NEVER = frozenset({"never", "false", "no", "link"})
_NESTED = ("params", "extra", "data", "meta", "metadata", "frontmatter", "properties", "taxonomies")
"""Tables in which Hugo, Zola and others look for a site's own keys."""
_TRUTHS = {
    **dict.fromkeys("true yes on 1 y t".split(), True),
    **dict.fromkeys("false no off 0 n f".split(), False),
}
_OWN = _CLOSED_IF_TRUE | _CLOSED_IF_FALSE | LOCKED_IF_TRUE
"""Keys that are true or false, and in doubt keep back or encrypt."""
SAYS_PUBLIC = _CLOSED_IF_FALSE | _VISIBILITY
"""Keys that may say of a note that it is public."""
_DATE_WORDS = frozenset(
    "am pm z t utc gmt cet cest bst est edt cst cdt mst mdt pst pdt jst of the at st nd rd th ca circa c "
    "early mid late "
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "spring summer autumn fall winter frühling frühjahr sommer herbst printemps été automne hiver primavera verano "
    "otoño invierno q h de 年 月 日 年月 年月日".split()
)
"""What may stand in a date beside numbers and names of months."""
_YEARLY = regex(r"(?<!\d)(?:[1-9]\d{2,3}|[12]\d{5}|[12]\d{7,})(?!\d)|[12]\d{3}(?=年)")
_SHORT_DATE = regex(r"\d{1,2}([./-])\d{1,2}\1\d{2}")


class _KeyValue(NamedTuple):
    """A key and its value, as they are compared."""

    key: str
    value: object
    word: str
    """The value in plain letters."""

    @property
    def truth(self) -> bool | None:
        """Whether the value is true or false; None where it is neither."""
        return _TRUTHS.get(self.word)

    @property
    def one_word(self) -> str:
        """The value as one word: `only me` is `onlyme`."""
        return self.word.replace(" ", "")


_CLOSED_WHERE: tuple[tuple[Set[str], Callable[[_KeyValue], bool]], ...] = (
    (_GUESSED_IF_TRUE, lambda given: given.truth is True),
    (_GUESSED_IF_FALSE, lambda given: given.truth is False),
    (_CLOSED_IF_ANY, lambda given: given.word != ""),
    (_TRAFFIC_LIGHT, lambda given: given.word.removeprefix("tlp:").strip() not in ("", "clear", "white")),
    (_POST_STATUS, lambda given: given.word not in ("", "publish", "published", "public", "inherit")),
    (_NAMES_READERS, lambda given: given.one_word in _FOR_SOME),
    (_FOR_SOME_GROUP, lambda given: _is_for_group(given)),
    (_CLASSIFIED, lambda given: not _CLASSES.isdisjoint(re.findall(r"\w+", given.word))),
    (_SAYS_PRIVATE, lambda given: given.word in _PRIVATE_WORDS | {"restricted"}),
    ({"if"}, lambda given: "visitor" in given.word),  # GitBook's, for some visitors only
    ({"password"}, lambda given: _is_password(given)),
    (_NO_PAGE_IF_FALSE, lambda given: given.word == "false" or is_false(_part(given.value, "build"))),
    # Most values of a status are other programs' own.
    ({"status"}, lambda given: given.word == "private" or given.one_word in _UNFINISHED),
    ({"visibility"}, lambda given: given.one_word in _SECLUDED),
    ({"build"}, lambda given: _is_never_built(given.value)),
)
"""With which values a key that is not of notegen's own keeps its note back; a key may stand in several rows."""

_FLAGS = _OWN.union(*(keys for keys, _ in _CLOSED_WHERE))
WITH_WORDS = _FLAGS - _OWN - _GUESSED_IF_TRUE - _GUESSED_IF_FALSE - _NO_PAGE_IF_FALSE
"""Keys whose values are words, and not true or false."""


def meaning_of(key: str, value: object) -> Meaning:
    """What a key and its value say; `silent` for a key that is no flag, and for no value."""
    name = plain_key(key)
    if value is None:
        return "silent"
    given = _KeyValue(name, value, plain_word(value))
    if any(is_closed(given) for is_closed in _rows_of(name)):
        return "closed"
    if name in _OWN:
        return _meaning_of_own(given)
    if name == "visibility" and given.word in ("public", "published"):
        return "open"
    meant = slip_of(name)
    is_slip = bool(meant) and given.truth is (meant not in _CLOSED_IF_FALSE)
    return "closed" if is_slip else "silent"


@lru_cache(maxsize=4096)
def _rows_of(name: str) -> tuple[Callable[[_KeyValue], bool], ...]:
    return tuple(is_closed for keys, is_closed in _CLOSED_WHERE if name in keys)


def _meaning_of_own(given: _KeyValue) -> Meaning:
    """What a key of notegen's own says: what its value is, or in doubt what keeps the note back or encrypts it."""
    if given.value == [] or given.value == {}:
        return "unclear"
    if given.truth is None:
        is_day = given.key in _DATED and _is_date(given.word)
        return "silent" if is_day or not given.word or given.key in _ONLY_IF_PLAIN else "unclear"
    if given.key in LOCKED_IF_TRUE:
        return "locked" if given.truth else "open"
    return "closed" if given.truth is (given.key in _CLOSED_IF_TRUE) else "open"


def _is_for_group(given: _KeyValue) -> bool:
    """Whether only a group sees the note: `access` in a table, as Grav has it, and whatever `protect` says."""
    if given.key == "access" and not isinstance(given.value, Mapping):
        return False
    return bool(given.value) and given.word not in ("", "false", "none", "public")


def _is_password(given: _KeyValue) -> bool:
    """Whether it is one: plugins of Hexo's and MkDocs' show the page only to who knows it."""
    return given.word not in ("", "false") and not isinstance(given.value, bool)


def _is_never_built(value: object) -> bool:
    """Whether Hugo's `build` makes no page, or lists it nowhere."""
    words = [plain_word(_part(value, part)) for part in ("render", "list")]
    return any(word in _BUILT_NEVER or _TRUTHS.get(word) is False for word in words)


def _part(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None


def is_guessed(name: str, value: object) -> bool:
    """Whether somebody may have meant something else by it, so that the build has to say how it was taken.

    Args:
        name: as `plain_key` gives it.
    """
    guessed = name in _GUESSED_IF_TRUE | _GUESSED_IF_FALSE or bool(slip_of(name))
    return guessed or (name == "status" and plain_word(value).replace(" ", "") in _UNFINISHED)


def is_flag(key: str) -> bool:
    """Whether a key can keep its note back or encrypt it."""
    return plain_key(key) in _FLAGS or bool(slip_of(plain_key(key)))


def is_stated_open(key: str, value: object) -> bool:
    """Whether a note that has this in its front matter outdoes what its folder says under the same key."""
    name, meaning = plain_key(key), meaning_of(key, value)
    decides_alone = name in _NO_PAGE_IF_FALSE or name == "build"
    return meaning == "open" or (decides_alone and meaning == "silent" and value is not None)


def is_true(value: object) -> bool:
    """Whether a property is true, in quotes or not."""
    return _TRUTHS.get(plain_word(value)) is True


def is_false(value: object) -> bool:
    """Whether a property is false, in quotes or not."""
    return _TRUTHS.get(plain_word(value)) is False


@lru_cache(maxsize=4096)
def plain_key(key: str) -> str:
    """A key as flags are compared: `dg-publish`, `dg_publish` and `dgPublish` are one."""
    return re.sub(r"[\W_]", "", look_of(normalize("NFKC", key)))


@lru_cache(maxsize=4096)
def slip_of(name: str) -> str:
    """The key of notegen's own that one was meant as, with a letter too few or twice, or two in each other's place.

    Empty for what is nearly none, and for those themselves. The first letter is hardly ever wrong, and were it, other
    words came near: `craft: true` is no draft.
    """
    return next((key for key in _MISTYPED if name != key and name in mistyped(key)), "")


_MISTYPED = ("private", "draft", "publish", "published", "public", "encrypt", "encrypted")


@lru_cache
def mistyped(key: str) -> frozenset[str]:
    """A key with a letter too few or twice, or two in each other's place; never the first."""
    inner = range(1, len(key))
    too_few = (key[:at] + key[at + 1 :] for at in inner[:-1])
    twice = (key[:at] + key[at] + key[at:] for at in inner)
    swapped = (key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in inner[:-1])
    return frozenset((*too_few, *twice, *swapped))


def plain_word(value: object) -> str:
    """A value as words are compared: in lower case, without what stands around it and without a remark."""
    text = re.sub(r"\s#.*", "", INVISIBLE.sub("", normalize("NFKC", str(value))))
    return text.strip(" \t\r\n\"'`,;.[]{}()\xa0").lower()


def _is_date(word: str) -> bool:
    """Whether a word is a date, a month or a year, and nothing else besides."""
    text = re.sub(r"\([^()]*\)", "", word)
    words = re.findall(r"[^\W\d_]+", text)
    known = all(month_of(word) or word in _DATE_WORDS or len(word) == 1 for word in words)
    return known and bool(_YEARLY.search(text) or _SHORT_DATE.search(text))


def with_nested(pairs: Iterable[tuple[str, object]], levels: int = 3) -> Iterator[tuple[str, object]]:
    """The pairs with those of the tables in which Hugo and Zola look for a site's own keys.

    Args:
        levels: of such tables within one another that are looked into.
    """
    for key, value in pairs:
        yield key, value
        if levels and key in _NESTED and isinstance(value, Mapping):
            yield from with_nested(((str(inner), below) for inner, below in value.items()), levels - 1)
