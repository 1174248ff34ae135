"""What hosts and file systems refuse of a site: files, names and sizes beyond their limits.

The figures are the hosts' own, for what is free of charge; `notes/reference/hosts.md` has them with their sources.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Literal, get_args

from msgspec import Struct

from notegen.model import Code, Place, Problem, Url
from notegen.paths import fold, is_reserved

HostName = Literal["github", "gitlab", "cloudflare", "netlify", "windows", "any"]
HOSTS: tuple[HostName, ...] = get_args(HostName)

MIB = 2**20


class Limits(Struct, frozen=True):
    """What a host takes; None where it says nothing."""

    file_bytes: int | None = None
    files: int | None = None
    site_bytes: int | None = None
    counts_folders: bool = False
    """Whether folders count among the files."""
    name_bytes: int = 255
    """The most bytes of one name between slashes, in UTF-8."""
    path_letters: int | None = None
    refused: str = ""
    """Letters that no name has."""
    is_windows: bool = False
    """Whether names are reserved, end in no dot or space, and are the same in upper and lower case."""


LIMITS: dict[HostName, Limits] = {
    "github": Limits(file_bytes=100 * MIB, site_bytes=10**9),
    "gitlab": Limits(files=200_000, site_bytes=10**9, counts_folders=True),
    "cloudflare": Limits(file_bytes=25 * MIB, files=20_000),
    "netlify": Limits(refused="#?"),
    # 259 letters with the folder that the site lies in, for which 60 are left.
    "windows": Limits(path_letters=199, refused='<>:"\\|?*', is_windows=True),
}


def limits_of(host: HostName) -> Limits:
    """The limits of a host; those of `any` are the narrowest of all."""
    if host != "any":
        return LIMITS[host]
    every = LIMITS.values()

    def least(values: list[int | None]) -> int | None:
        return min((value for value in values if value is not None), default=None)

    return Limits(
        file_bytes=least([one.file_bytes for one in every]),
        files=least([one.files for one in every]),
        site_bytes=least([one.site_bytes for one in every]),
        name_bytes=min(one.name_bytes for one in every),
        path_letters=least([one.path_letters for one in every]),
        refused="".join(sorted({sign for one in every for sign in one.refused})),
        is_windows=True,
    )


def host_problems(sizes: Mapping[Url, int], host: HostName) -> tuple[Problem, ...]:
    """What the host would refuse of a site, given the bytes of each of its files, in order of address."""
    limits = limits_of(host)
    return (*_of_whole(sizes, host, limits), *_of_files(sizes, host, limits))


def _of_whole(sizes: Mapping[Url, int], host: HostName, limits: Limits) -> Iterator[Problem]:
    folders = (
        {parent for url in sizes for parent in PurePosixPath(url).parents} if limits.counts_folders else ()
    )
    count, total = len(sizes) + len(folders), sum(sizes.values())
    if limits.files is not None and count > limits.files:
        facts = (("host", host), ("count", f"{count:,}"), ("most", f"{limits.files:,}"))
        yield Problem(Code.HOST_TOO_MANY_FILES, Place("."), facts)
    if limits.site_bytes is not None and total > limits.site_bytes:
        facts = (
            ("host", host),
            ("size", f"{total / 10**9:,.2f}"),
            ("most", f"{limits.site_bytes / 10**9:g}"),
        )
        yield Problem(Code.HOST_SITE_TOO_LARGE, Place("."), facts)


def _of_files(sizes: Mapping[Url, int], host: HostName, limits: Limits) -> Iterator[Problem]:
    seen: dict[str, Url] = {}
    for url, size in sorted(sizes.items()):
        if limits.file_bytes is not None and size > limits.file_bytes:
            facts = (("host", host), ("size", f"{size / MIB:,.1f}"), ("most", f"{limits.file_bytes // MIB}"))
            yield Problem(Code.HOST_FILE_TOO_LARGE, Place(url), facts)
        if length := _too_long(url, limits):
            yield Problem(Code.HOST_NAME_TOO_LONG, Place(url), (("host", host), ("length", length)))
        if reason := _refused(url, limits):
            yield Problem(Code.HOST_NAME_REFUSED, Place(url), (("host", host), ("name", reason)))
        if limits.is_windows:
            other = seen.setdefault(fold(url), url)
            if other != url:
                yield Problem(Code.HOST_NAME_TWICE, Place(url), (("host", host), ("other", other)))


def _too_long(url: Url, limits: Limits) -> str:
    longest = max(len(part.encode("utf-8", "surrogateescape")) for part in url.split("/"))
    if longest > limits.name_bytes:
        return f"{longest} > {limits.name_bytes}"
    if limits.path_letters is not None and len(url) > limits.path_letters:
        return f"{len(url)} > {limits.path_letters}"
    return ""


def _refused(url: Url, limits: Limits) -> str:
    """The first name on the path that the host refuses."""
    for part in url.split("/"):
        is_odd = any(sign in part for sign in limits.refused) or re.search(r"[\x00-\x1f\x7f]", part)
        if is_odd or (limits.is_windows and (is_reserved(part) or part.endswith((".", " ")))):
            return part
    return ""
