"""What programs that keep folders alike leave in them: copies of what two machines changed, and stand-ins.

    Plan (Conflicted copy laptop 202503011200).md    Obsidian Sync; Dropbox and Nextcloud name theirs likewise
    Plan_conflict-20250301-120000.md                 ownCloud, and Nextcloud before 2.6
    Plan_laptop_Mar-01-1200-2025_Conflict.md         Synology Drive
    conflict-files-obsidian-git.md                   Obsidian's plugin Git: a list of what it could not merge
    .Plan.md.icloud                                  Plan.md lies on Apple's machines alone
    Plan.md.nextcloud                                the same, on Nextcloud's
    version https://git-lfs.github.com/spec/v1       what Git LFS has not fetched; git-annex has words of its own

A copy says what its note said before, perhaps before that was private. What is left alone is what people write too:
`Plan 2.md`, `Plan (1).md`, `Plan-LAPTOP.md`, by which iCloud, browsers and OneDrive name theirs; see `private_copies`.

Sources: https://help.obsidian.md/sync/troubleshoot, https://help.dropbox.com/organize/conflicted-copy,
https://github.com/nextcloud/desktop/blob/master/src/common/utility.cpp,
https://github.com/Vinzent03/obsidian-git/blob/master/src/constants.ts,
https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md.
"""

from collections.abc import Set

from notegen.paths import fold
from notegen.regex import regex

_SAYS_SO = ("onflic", "onflik", "onflit", "конфлик", "競合", "冲突", "衝突", "충돌")
"""What every such name has, folded: few others do, and the rest is asked of these alone."""
_CONFLICT = r"(?:[ck]onfli[ckt]|конфлик|競合|冲突|衝突|충돌)"
_COPY = r"(?:cop[iy]|cópi|kopi|копи|コピー|副本|複本|사본|exemplaar)"
_DAY = r"(?:19|20)\d\d[-_. ]?\d\d[-_. ]?\d\d"
_WITHIN = r"[^()\[\]]*"
_SURELY = regex(
    r".*(?:"
    rf"[(\[](?:{_WITHIN}(?:conflicted copy|case conflict){_WITHIN}|conflicted|sfconflict {_WITHIN})[)\]]"
    rf"|[(\[](?={_WITHIN}{_CONFLICT})(?={_WITHIN}{_COPY}){_WITHIN}{_DAY}{_WITHIN}[)\]]"
    r"|\.sync-conflict-"
    r"|_conflict-\d{8}-\d{6}"
    r"|_\w{3}-\d\d-\d{4}-\d{4}_(?:update)?conflict"
    r").*|conflict-files-obsidian-git\.md"
)
_AFTER_ITS_NAME = regex(
    r"(?P<name>.+?)"
    rf"(?: ?[(\[]{_WITHIN}{_CONFLICT}{_WITHIN}[)\]]|[ ._-]+{_CONFLICT}\w*(?:[ ._-]*{_DAY}.*|\d*))"
    r"(?P<ending>\.\w+)"
)
MAX_POINTER_BYTES = 1024
"""The size up to which a file may be one that only says where another lies."""
_POINTERS = (b"version https://git-lfs.github.com/spec/", b"version https://hawser", b"/annex/objects/")
_STAND_IN = regex(r"\.(?P<hidden>.+)\.icloud|(?P<plain>.+\.\w+)\.(?:nextcloud|owncloud)")


def is_conflicted_copy(name: str, names: Set[str]) -> bool:
    """Whether a program made a file since two machines had changed another one.

    Args:
        names: of all that lies in the folder: a person may write `Korea (conflict).md`, but where `Korea.md` lies
            beside it, it is a copy of that.
    """
    folded = fold(name)
    if not any(word in folded for word in _SAYS_SO):
        return False
    if _SURELY.fullmatch(folded):
        return True
    found = _AFTER_ITS_NAME.fullmatch(folded)
    return found is not None and any(fold(one) == found["name"] + found["ending"] for one in names)


def stands_for(name: str) -> str:
    """The name of the file that lies elsewhere, and for which another lies here; empty for every other file."""
    found = _STAND_IN.fullmatch(name)
    return (found["hidden"] or found["plain"]) if found else ""


def is_pointer(content: bytes) -> bool:
    """Whether a file, or its beginning, only says where the file itself lies, which git is to fetch."""
    return content.startswith(_POINTERS)
