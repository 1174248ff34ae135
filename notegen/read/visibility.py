"""Who may see a note. When in doubt, nobody: a mistake here is the one that cannot be taken back."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from typing import Literal
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from notegen.errors import front_matter_not_closed
from notegen.model import Code, Place, Problem
from notegen.month_names import month_of
from notegen.read.front_matter import FrontMatter
from notegen.read.loose_head import loose_heads
from notegen.read.properties import TruthWord
from notegen.regex import regex
from notegen.text.looks import INVISIBLE, look_of, with_looks_of_tags
from notegen.text.tags import composed_tag, written_tags

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
_LOCKED_IF_TRUE = frozenset({"encrypt", "encrypted"})
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
_BUILD = frozenset({"build"})
_NEVER = frozenset({"never", "false", "no", "link"})
_NESTED = ("params", "extra", "data", "meta", "metadata", "frontmatter", "properties", "taxonomies")
"""Tables in which Hugo, Zola and others look for a site's own keys."""
_TAG_KEYS = frozenset(
    "tag tags keyword keywords category categories topic topics label labels filetags".split()
)
"""Under which tools write tags; which of them are shown as such is another question."""

_FLAGS = _CLOSED_IF_TRUE | _CLOSED_IF_FALSE | _VISIBILITY | _LOCKED_IF_TRUE | _NO_PAGE_IF_FALSE
_FLAGS |= (
    _SAYS_PRIVATE | _POST_STATUS | _GUESSED_IF_TRUE | _GUESSED_IF_FALSE | _CLOSED_IF_ANY | {"password", "if"}
)
_FLAGS |= _TRAFFIC_LIGHT | _FOR_SOME_GROUP

_BOOLEAN_WORDS = {
    **dict.fromkeys("true yes on 1 y t".split(), True),
    **dict.fromkeys("false no off 0 n f".split(), False),
}
_WITH_WORDS = (
    _VISIBILITY
    | _BUILD
    | _SAYS_PRIVATE
    | _POST_STATUS
    | _NAMES_READERS
    | _CLOSED_IF_ANY
    | _TRAFFIC_LIGHT
    | _FOR_SOME_GROUP
    | {"password", "if"}
) - _CLOSED_IF_FALSE
"""Keys whose values are words, and not true or false."""

_KEY = "|".join(
    (
        r"(?:is[-_ ]?)?(?:draft|private|published|public)|encrypt(?:ed)?",
        r"dg[-_ ]?publish|no[-_ ]?publish|publish|share|headless|unpublished|visibility|status",
    )
)
_EDGE = r"(?:^|(?<=\w)[^\w\n{,;&]*+(?=[{,;&]))"
"""Where signs begin among which a key may: a line, or a word that a comma or brace follows before the next word.

What stands behind it takes all signs up to that word and gives none back, so that a row of signs is gone through once.
"""
# A flag in what cannot be read as settings: a key on its line's edge, or after a comma, brace or quote.
_MENTION = regex(
    rf"{_EDGE}(?P<said>[^\w\n]*+(?P<key>{_KEY})[^\w\n:=：]*(?::{{1,2}}|=|：)(?P<value>[^\n]*))",
    re.IGNORECASE | re.MULTILINE,
)
_LOOKS_PRIVATE = regex(
    r"^[^\w\n]*(?:(?:draft|private)[^\w\n]+(?:true|yes|on|1)|publi(?:c|sh(?:ed)?)[^\w\n]+(?:false|no|off|0))\b",
    re.IGNORECASE | re.MULTILINE,
)
_LOOKS_LOCKED = regex(r"^[^\w\n]*encrypt(?:ed)?[^\w\n]+(?:true|yes|on|1)\b", re.IGNORECASE | re.MULTILINE)
_LISTED_TAGS = regex(
    rf"{_EDGE}(?P<said>[^\w\n]*+tags?[\"']?[ \t]*(?::{{1,2}}|=|：)(?P<value>[^\n]*(?:\n[ \t]*-[ \t][^\n]*)*))",
    re.IGNORECASE | re.MULTILINE,
)
_NEVER_BUILT = regex(
    r"\b(?:(?:render|list)[\"']?\s*[:=]\s*[\"']?never|permalink[\"']?\s*:\s*false)\b", re.IGNORECASE
)
_INLINE = regex(rf"[ \t>]*(?:[-*+][ \t]+)*[\[(]?(?P<key>{_KEY})[ \t]*::(?P<value>[^\n]*)", re.IGNORECASE)
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


class Visibility(Struct, frozen=True):
    """What a note itself says about who may see it, and what was unclear about that."""

    withheld: bool = False
    says_public: bool = False
    """Whether it says in so many words that it is to be published."""
    encrypted: bool = False
    """Whether it says that it is to be encrypted, if it is published at all."""
    is_template: bool = False
    """Whether it is withheld since it is a template."""
    problems: tuple[Problem, ...] = ()


def read_visibility(front: FrontMatter, path: str, private: Set[str] = frozenset()) -> Visibility:
    """What a note's front matter says, or what seems to be meant as such; total.

    `draft`, `private` and their like keep the note back when true, `publish`, `public` and theirs when false. A quoted
    `"false"` counts as false, with a warning; a value that is neither keeps the note back, with a warning, except a
    date or nothing. A key that is given twice with different values does too. What cannot be read as front matter keeps
    the note back when something in it looks like one of these, or like one of the `private` tags, folded.
    `encrypt` encrypts a note when true, and in doubt.
    """
    said = read_flags(front.pairs or front.properties.items(), lambda key: Place(path, front.line_of(key)))
    problems = (*front.problems, *said.problems)
    if front.problems and (_mention(front.head) or _mention_tag(front.head, private)):
        return Visibility(True, problems=problems)
    if said.withheld:
        return replace(said, problems=problems)
    locks = bool(front.problems and _mention(front.head, locks=True))
    if (
        not front.properties
        and front.head
        and not front.problems
        and (found := _mention(front.head) or _mention_tag(front.head, private))
    ):
        return _in_doubt(found, path)
    if front.first_line:
        for head in loose_heads(front.body, on_top=not front.properties):
            if found := _mention(head.text, most_words=1) or _mention_tag(head.text, private):
                return _in_doubt(found, path)
    found = None if locks or said.encrypted else _misplaced_lock(front, path)
    if found:
        return Visibility(False, said.says_public, encrypted=True, problems=_in_doubt(found, path).problems)
    return replace(said, encrypted=said.encrypted or locks, problems=problems)


def _misplaced_lock(front: FrontMatter, path: str) -> re.Match[str] | None:
    """What seems to encrypt the note and is neither front matter nor a property of its first block."""
    if read_inline_flags(front.body, path, 1).encrypted:
        return None
    if not front.properties and front.head and (found := _mention(front.head, locks=True)):
        return found
    heads = loose_heads(front.body, on_top=not front.properties) if front.first_line else ()
    return next(filter(None, (_mention(head.text, most_words=1, locks=True) for head in heads)), None)


def read_flags(pairs: Iterable[tuple[str, object]], place: Callable[[str], Place]) -> Visibility:
    """What keys say about their note, as `read_visibility` has it; a key may come more than once.

    Args:
        place: where a key stands.
    """
    said: dict[str, dict[Meaning, object]] = {}
    problems: list[Problem] = []
    guesses: list[Problem] = []
    for key, value in with_nested(pairs):
        name = plain_key(key)
        meaning = meaning_of(name, value)
        said.setdefault(name, {}).setdefault(meaning, value)
        is_plain = isinstance(value, (bool, TruthWord)) or name in _WITH_WORDS
        if meaning != "silent" and (not is_plain or _is_guessed(name, value)):
            doubted = "encrypted" if name in _LOCKED_IF_TRUE else "withheld"
            is_doubted = meaning == "unclear" or _is_guessed(name, value)
            taken = doubted if is_doubted else str(is_true(value)).lower()
            written = str(value).lower() if isinstance(value, (bool, TruthWord)) else f'"{value}"'
            facts = (("key", key), ("value", written), ("taken", taken))
            found = guesses if _is_guessed(name, value) else problems
            found.append(Problem(Code.FLAG_UNCLEAR, place(key), facts))
    for name, meanings in said.items():
        if "open" in meanings and len(meanings) > 1 and meanings.keys() - {"silent"} != {"open"}:
            values = " / ".join(sorted(str(v).lower() for v in meanings.values()))
            taken = "encrypted" if name in _LOCKED_IF_TRUE else "withheld"
            twice = (("key", name), ("values", values), ("taken", taken))
            problems.append(Problem(Code.FLAG_TWICE, place(name), twice))
    locks = {meaning for name in _LOCKED_IF_TRUE for meaning in said.pop(name, ())}
    opens = any("open" in said.get(name, ()) for name in (*_CLOSED_IF_FALSE, *_VISIBILITY))
    if opens or said.get("private", {}).keys() == {"open"}:  # a guess is outdone by the word itself
        said = {
            name: meanings
            for name, meanings in said.items()
            if not all(_is_guessed(name, value) for value in meanings.values())
        }
        guesses = []
    every = {meaning for meanings in said.values() for meaning in meanings}
    return Visibility(
        not every.isdisjoint(("closed", "unclear")),
        opens,
        encrypted=not locks.isdisjoint(("locked", "unclear")),
        problems=tuple(dict.fromkeys((*problems, *guesses))),
    )


def meaning_of(key: str, value: object) -> Meaning:
    """What a key and its value say; `silent` for a key that is no flag, and for no value."""
    name = plain_key(key)
    if name in _BUILD and isinstance(value, Mapping):
        said = {plain_word(value.get(part)) for part in ("render", "list")}
        never = said & _NEVER or any(_BOOLEAN_WORDS.get(word) is False for word in said)
        return "closed" if never else "silent"
    if value is None:
        return "silent"
    word = plain_word(value)
    if name not in _FLAGS:
        key_meant = slip_of(name)
        keeps_back = bool(key_meant) and _BOOLEAN_WORDS.get(word) is (key_meant not in _CLOSED_IF_FALSE)
        return "closed" if keeps_back else "silent"
    if name in _GUESSED_IF_TRUE | _GUESSED_IF_FALSE:
        return "closed" if _BOOLEAN_WORDS.get(word) is (name in _GUESSED_IF_TRUE) else "silent"
    if name in _CLOSED_IF_ANY:
        return "closed" if word else "silent"
    if name in _TRAFFIC_LIGHT:
        return "closed" if word.removeprefix("tlp:").strip() not in ("", "clear", "white") else "silent"
    if name in _POST_STATUS:
        return "closed" if word and word not in ("publish", "published", "public", "inherit") else "silent"
    if name in _NAMES_READERS and word.replace(" ", "") in _FOR_SOME:
        return "closed"
    if name == "protect" or (name in _FOR_SOME_GROUP and isinstance(value, Mapping)):
        return "silent" if word in ("", "false", "none", "public") or not value else "closed"
    if name in _CLASSIFIED and not _CLASSES.isdisjoint(re.findall(r"\w+", word)):
        return "closed"
    if name in _SAYS_PRIVATE:
        return "closed" if word in _PRIVATE_WORDS | {"restricted"} else "silent"
    if name == "if":  # GitBook's, for some visitors only
        return "closed" if "visitor" in word else "silent"
    if name == "password":  # plugins of Hexo's and MkDocs' show the page only to who knows it
        return "closed" if word and not isinstance(value, bool) and word != "false" else "silent"
    if name in _NO_PAGE_IF_FALSE:
        built = value.get("build") if isinstance(value, Mapping) else None  # of Eleventy's
        return "closed" if word == "false" or is_false(built) else "silent"
    if name == "status":  # most of its values are other programs' own
        return "closed" if word == "private" or word.replace(" ", "") in _UNFINISHED else "silent"
    if name in _VISIBILITY:
        return (
            "closed"
            if word.replace(" ", "") in _SECLUDED
            else "open"
            if word in ("public", "published")
            else "silent"
        )
    meant = _BOOLEAN_WORDS.get(word)
    if value == [] or value == {}:
        return "unclear"
    if meant is None:
        dated = name in _DATED and _is_date(value)
        return "silent" if dated or not word or name in _ONLY_IF_PLAIN else "unclear"
    if name in _LOCKED_IF_TRUE:
        return "locked" if meant else "open"
    return "closed" if meant is (name in _CLOSED_IF_TRUE) else "open"


def _is_guessed(name: str, value: object) -> bool:
    """Whether somebody may have meant something else by it, so that the build has to say how it was taken."""
    guessed = name in _GUESSED_IF_TRUE | _GUESSED_IF_FALSE or bool(slip_of(name))
    return guessed or (name == "status" and plain_word(value).replace(" ", "") in _UNFINISHED)


def is_flag(key: str) -> bool:
    """Whether a key can keep its note back or encrypt it."""
    return plain_key(key) in _FLAGS | _BUILD or bool(slip_of(plain_key(key)))


def is_stated_open(key: str, value: object) -> bool:
    """Whether a note that has this in its front matter outdoes what its folder says under the same key."""
    name, meaning = plain_key(key), meaning_of(key, value)
    plain = name in _BUILD | _NO_PAGE_IF_FALSE
    return meaning == "open" or (plain and meaning == "silent" and value is not None)


def seems_private(text: str) -> bool:
    """Whether something in a text that cannot be read as settings looks like a flag which does not publish a note."""
    return _mention(text) is not None


def is_true(value: object) -> bool:
    """Whether a property is true, in quotes or not."""
    return _BOOLEAN_WORDS.get(plain_word(value)) is True


def is_false(value: object) -> bool:
    """Whether a property is false, in quotes or not."""
    return _BOOLEAN_WORDS.get(plain_word(value)) is False


def read_inline_flags(text: str, path: str, first_line: int) -> Visibility:
    """What Logseq's `public:: false`, or Dataview's, says in a text's first block, whatever tool the folder is of."""
    if "::" not in text:
        return Visibility()
    found: list[tuple[str, object, int]] = []
    for number, line in enumerate(first_block(text)):
        if match := _INLINE.match(line):
            found.append((match["key"], match["value"].rstrip(") ]") or None, number))
    lines = {key: first_line + number if first_line else 0 for key, _, number in found}
    said = read_flags(
        ((key, _bare(value)) for key, value, _ in found), lambda key: Place(path, lines.get(key, 1))
    )
    return said if said.withheld or said.encrypted else replace(said, problems=())


def has_private_tag(properties: Mapping[str, object], body: str, private: Set[str]) -> bool:
    """Whether the note as a whole has one of the tags, or one below it; those of a heading are its section's.

    In doubt it has: a tag in a comment counts.

    Args:
        private: folded, without `#`.
    """
    if not private:
        return False
    private = {form for tag in private for form in (composed_tag(tag), look_of(composed_tag(tag)))}
    body = with_looks_of_tags(body)
    stated: list[str] = []
    words: list[str] = []
    for key, value in with_nested(properties.items()):
        if (name := plain_key(key)) in _TAG_KEYS:
            texts = [*_texts(value)]
            # Only tags are parted by spaces too: `category: private lessons` is one.
            parted = r"[\s,;|]+" if name in ("tag", "tags") else r"[,;|]"
            stated += texts
            words += (word.strip("\"'#/[] :") for text in texts for word in re.split(parted, text))
    if any(is_private_tag(word, private) for word in (*words, *(text.strip("\"'#/ ") for text in stated))):
        return True
    folded = composed_tag(body).casefold()
    has_field = "tag" in folded and "::" in folded
    if not has_field and not any(f"#{tag}" in folded or f"#[[{tag}" in folded for tag in private):
        return False
    if any(" " in tag and f"#{tag}#" in folded for tag in private):  # Bear's, of several words
        return True
    lines = [*_outside_headings(body)]
    fields = (_CODE_SPAN.sub("", line) for line in lines if has_field and "::" in line)
    said = (
        word
        for line in fields
        for found in _TAG_FIELD.finditer(line)
        for word in re.split(r"[\s,;|]+", found[1])
    )
    return any(
        is_private_tag(tag, private)
        for tag in (
            *(word.strip("\"'#/[] ") for word in said),
            *(tag for line in lines for tag in _tags_in(line)),
        )
    )


def has_encrypt_tag(properties: Mapping[str, object], body: str, tags: Set[str]) -> bool:
    """Whether one of the tags is anywhere in the note, also on a heading or in code: a section has no lock of its own.

    Args:
        tags: folded, without `#`.
    """
    if not tags:
        return False
    tags = {form for tag in tags for form in (composed_tag(tag), look_of(composed_tag(tag)))}
    body = with_looks_of_tags(body)
    lines = (line for line in body.split("\n") if "#" in line)
    return has_private_tag(properties, "", tags) or any(
        is_private_tag(name, tags) for line in lines for name in _names_in(line)
    )


def is_private_tag(tag: str, private: Set[str]) -> bool:
    """Whether a tag, or one above it, is among them."""
    composed = composed_tag(tag)
    return any(
        "/".join(parts[:end]) in private
        for parts in {tuple(composed.casefold().split("/")), tuple(look_of(composed).split("/"))}
        for end in range(1, len(parts) + 1)
    )


# -- private helpers -------------------------------------------------------------------------------

_FENCE = regex(r"[ \t>*+-]*(?P<fence>`{3,}|~{3,})")
_HEADING = regex(r"[ \t>]*(?:[-*+][ \t]+)*#{1,6}[ \t]")
_TAG_FIELD = regex(r"(?:^|[\[(])[ \t>*+-]*tags?[ \t]*::([^\])\n]*)", re.IGNORECASE)
"""Dataview's, in a line of its own or in brackets."""
_ONLY_TAGS = regex(r"[ \t>]*(?:#[^\s#]+[ \t]*)+")
"""Above front matter, which then is no line under a heading, or alone in a paragraph above a rule."""
_UNDERLINE = regex(r"[ \t>]*(?:=+|-+)[ \t]*")
_TAG = regex(r"(?<!\]\()(?<![\w/#&`])#(?:\[\[([^\[\]\n|#]+)\]\]|([\w/-]+))")
_NO_TAG = regex(r"(?:\]\(|`)#")
_CODE_SPAN = regex(r"(`+)(?!`).*?(?<!`)\1(?!`)")


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


def _bare(value: object) -> object:
    """A property's text without the space around it, true and false as such."""
    text = value.strip() if isinstance(value, str) else value
    return {"true": True, "false": False}.get(str(text).lower(), text)


def _is_date(value: object) -> bool:
    """Whether a value is a date, a month or a year, and nothing else besides."""
    text = re.sub(r"\([^()]*\)", "", plain_word(value))
    words = re.findall(r"[^\W\d_]+", text)
    known = all(month_of(word) or word in _DATE_WORDS or len(word) == 1 for word in words)
    return known and bool(_YEARLY.search(text) or _SHORT_DATE.search(text))


def with_nested(pairs: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    """The pairs with those of the tables in which Hugo and Zola look for a site's own keys."""
    for key, value in pairs:
        yield key, value
        if key in _NESTED and isinstance(value, Mapping):
            yield from ((str(inner), below) for inner, below in value.items())


def _mention(text: str, *, most_words: int = 100, locks: bool = False) -> re.Match[str] | None:
    """The first thing in the text that looks like a flag which does not publish its note.

    Args:
        most_words: of a value that nobody understands; prose has more.
        locks: looks for one that encrypts the note instead.
    """
    text = INVISIBLE.sub("", normalize("NFKC", text))
    for found in _MENTION.finditer(text):
        value = re.split(r"[,}\]]|\s#", found["value"].strip(" \t\"'"), maxsplit=1)[0]
        meaning = meaning_of(found["key"], value)
        if locks is not (plain_key(found["key"]) in _LOCKED_IF_TRUE):
            continue
        of_nikola = found["said"].lstrip().startswith("..")
        is_guessed = _is_guessed(plain_key(found["key"]), value)
        if most_words == 1 and is_guessed and not of_nikola:  # in Pelican's header, and in prose
            continue
        if meaning in ("closed", "locked") or (meaning == "unclear" and len(value.split()) <= most_words):
            return found
    if locks:
        return _LOOKS_LOCKED.search(text)
    return _LOOKS_PRIVATE.search(text) or _NEVER_BUILT.search(text)


def _mention_tag(head: str, private: Set[str]) -> re.Match[str] | None:
    """The line, or the list below it, in which settings that cannot be read name one of the tags."""
    for listed in _LISTED_TAGS.finditer(INVISIBLE.sub("", head)):
        if any(is_private_tag(word, private) for word in re.findall(r"[\w/-]+", listed["value"])):
            return listed
    return None


def _in_doubt(found: re.Match[str], path: str) -> Visibility:
    said = found.groupdict().get("said") or found[0]
    reason = front_matter_not_closed(" ".join(said.split()).strip(",{; ")[:80])
    return Visibility(
        True, problems=(Problem(Code.FRONT_MATTER_INVALID, Place(path, 1), (("reason", reason),)),)
    )


def first_block(text: str) -> Iterator[str]:
    """The lines up to the second bullet, or up to an empty line after some text."""
    bullets = 0
    seen = False
    for line in text.split("\n"):
        if re.match(r"[ \t]*[-*+][ \t]", line):
            bullets += 1
        if bullets > 1 or (seen and not line.strip()) or _FENCE.match(line):
            return
        seen = seen or (bool(line.strip()) and not _HEADING.match(line))
        yield line


def _outside_headings(text: str) -> Iterator[str]:
    """The lines that are no heading and no fenced code; tags alone are none, whatever stands below them."""
    lines = text.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark["fence"].startswith(fence) else fence
        elif mark:
            fence = mark["fence"]
        elif _ONLY_TAGS.fullmatch(line) or not (
            _HEADING.match(line) or _UNDERLINE.fullmatch("".join(lines[number + 1 : number + 2]))
        ):
            yield line


def _tags_in(line: str) -> Iterator[str]:
    yield from _names_in(_CODE_SPAN.sub("", line))


def _names_in(text: str) -> Iterator[str]:
    """What stands behind each `#`: without the marks and emoji that belong to a tag, and with them."""
    yield from ((found[1] or found[2]).strip("/ ") for found in _TAG.finditer(text))
    yield from written_tags(_NO_TAG.sub("", text))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):  # its keys, which `{private: }` makes, and what they stand for
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)
